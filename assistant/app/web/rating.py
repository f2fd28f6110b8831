"""Whether an answer was of use: two buttons below it, and a reason to choose where it was not."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from assistant.app.web.answering import Assistant
from assistant.app.web.talk_texts import talk_texts
from assistant.app.web.texts import Texts
from assistant.app.web.turns import Rating, Turn
from assistant.errors import AssistantError
from assistant.models import Answer
from assistant.records import LONGEST_REASON, Complaint

_OF_REFUSALS = (Complaint.SHOULD_ANSWER, Complaint.WRONG_PLACE, Complaint.OFF_TOPIC, Complaint.UNCLEAR, Complaint.OTHER)
_OF_ANSWERS = tuple(complaint for complaint in Complaint if complaint is not Complaint.SHOULD_ANSWER)


def buttons(number: int, turn: Turn, t: Texts) -> str:
    """Return the two buttons, the one chosen pressed."""
    say = talk_texts(t.language)
    good, bad = turn.rating is Rating.GOOD, turn.rating in (Rating.BAD, Rating.BAD_TOLD)
    return "".join(
        f'<button type="button" class="action rate" data-turn="{number}" data-good="{value}"'
        f' aria-pressed="{str(pressed).lower()}">{escape(label)}</button>'
        for value, label, pressed in (("yes", say.rate_good, good), ("no", say.rate_bad, bad))
    )


def reasons(number: int, turn: Turn, t: Texts) -> str:
    """Return what follows a rating: thanks, and for a bad one the reasons to choose from; "" before it."""
    say = talk_texts(t.language)
    if turn.rating is None or turn.answer is None:
        return ""
    if turn.rating is not Rating.BAD:
        return f'<p class="small rated" role="status">{escape(say.rate_thanks)}</p>'
    choices = "".join(
        f'<li><button type="button" class="action complaint" data-turn="{number}" data-reason="{complaint}">'
        f"{escape(say.complaints[complaint])}</button></li>"
        for complaint in _complaints(turn.answer)
    )
    return (
        f'<div class="reasons" role="group" aria-label="{escape(say.rate_why)}">'
        f'<p class="small" role="status">{escape(say.rate_why)}</p><ul>{choices}</ul>'
        f'<div class="own-words"><input type="text" maxlength="{LONGEST_REASON}" aria-label="{escape(say.rate_words)}"'
        f' placeholder="{escape(say.rate_words)}"><button type="button" class="action complaint"'
        f' data-turn="{number}">{escape(say.rate_send)}</button></div></div>'
    )


def rated(turn: Turn, good: bool, reason: str, assistant: Assistant, t: Texts) -> Turn | str:
    """Keep what a reader thinks of an answer; return its turn so marked, or why it could not be kept."""
    say = talk_texts(t.language)
    if turn.answer is None or turn.answer.record is None:
        return say.rate_gone
    if len(reason) > LONGEST_REASON:
        return say.rate_long.format(length=len(reason), limit=LONGEST_REASON)
    try:
        assistant.rate(turn.answer.record, good, reason or None)
    except AssistantError:
        return say.rate_gone
    bad = Rating.BAD_TOLD if reason else Rating.BAD
    return replace(turn, rating=Rating.GOOD if good else bad)


def _complaints(answer: Answer) -> tuple[Complaint, ...]:
    return _OF_ANSWERS if answer.statements else _OF_REFUSALS
