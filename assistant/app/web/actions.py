"""HTML of what a reader can do with an answer: take it along, point others at it, rate it."""

from __future__ import annotations

from html import escape

from assistant.app.web import rating
from assistant.app.web.taking import copied
from assistant.app.web.talk_texts import talk_texts
from assistant.app.web.texts import Texts
from assistant.app.web.turns import Turn


def actions(number: int, turn: Turn, t: Texts) -> str:
    """Return the row of buttons below an answer."""
    say = talk_texts(t.language)
    copy = (
        f'<button type="button" class="action copy" data-copy="{escape(copied(turn, t))}"'
        f' data-done="{escape(say.copied)}" data-failed="{escape(say.copy_failed)}">{escape(say.copy)}</button>'
    )
    kept = turn.answer.record if turn.answer else None
    others = f"{_link(kept, t)}{rating.buttons(number, turn, t)}" if kept else ""
    said = '<span class="action-said" role="status"></span>'
    return f'<div class="actions">{copy}{others}{said}</div>{rating.reasons(number, turn, t)}'


def _link(record: str, t: Texts) -> str:
    say = talk_texts(t.language)
    return (
        f'<button type="button" class="action share" data-record="{escape(record)}" data-done="{escape(say.linked)}"'
        f' data-failed="{escape(say.copy_failed)}">{escape(say.link)}</button>'
    )
