"""HTML of how a question was understood: above its answer, each part a button that asks again without it."""

from __future__ import annotations

from html import escape

from assistant.app import understanding
from assistant.app.web.texts import Texts
from assistant.models import Answer


def chips(turn: int, answer: Answer, t: Texts) -> str:
    """Return the chips of an answer; "" where nothing narrows it."""
    if answer.understood is None:
        return ""
    buttons = "".join(
        f'<li><button type="button" class="chip" data-turn="{turn}" data-without="{chip.filter}"'
        f' aria-label="{escape(chip.remove)}" title="{escape(chip.remove)}">{escape(chip.text)}'
        '<span aria-hidden="true"> ×</span></button></li>'
        for chip in understanding.chips(answer.understood, t.language)
    )
    whole = understanding.whole(answer.understood, answer.question, t.language)
    said = f'<p class="understood">{escape(whole)}</p>' if whole else ""
    return f'{said}<ul class="chips">{buttons}</ul>' if buttons else said
