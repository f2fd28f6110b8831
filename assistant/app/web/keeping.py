"""A conversation as text for the reader's browser to keep, and back: what comes back may be anything."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pydantic import TypeAdapter, ValidationError

from assistant.app.web.texts import LANGUAGES
from assistant.app.web.turns import REMEMBERED, Rating, This, Trouble, Turn
from assistant.models import Answer, Citation
from assistant.understand import LONGEST

VERSION = 1  # of the format; one more whenever an older one cannot be read any more
LARGEST = 2_000_000  # characters of a conversation that is read back


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """What is kept of a turn; its clauses are read from the policies again."""

    question: str
    answer: Answer | None = None
    trouble: Trouble | None = None
    reason: str = ""
    stopped: bool = False
    rating: Rating | None = None


@dataclass(frozen=True, slots=True)
class Restored:
    """The turns of a kept conversation that can be shown, without their clauses."""

    turns: tuple[Turn, ...] = ()
    lost: int = 0  # turns that could not be read
    unreadable: bool = False  # nothing of it: damaged, of another version, or too large


_TURN = TypeAdapter(KeptTurn)


def kept(turns: Sequence[Turn]) -> str:
    """Return a conversation as JSON; an answer that is still being made is kept as far as it is verified."""
    return f'{{"version": {VERSION}, "turns": [{", ".join(_json(This(turn)) for turn in turns)}]}}'


def restored(text: str) -> Restored:
    """Read a kept conversation back; a turn that is damaged is left out and counted."""
    nothing = Restored(unreadable=True)
    if len(text) > LARGEST:
        return nothing
    try:
        conversation = json.loads(text)
    except (ValueError, RecursionError):
        return nothing
    if not isinstance(conversation, dict) or conversation.get("version") != VERSION:
        return nothing
    entries = conversation.get("turns")
    if not isinstance(entries, list) or not entries:
        return nothing
    turns = [turn for turn in map(_turn, entries) if turn]
    return Restored(tuple(turns), len(entries) - len(turns)) if turns else nothing


@lru_cache(maxsize=REMEMBERED)
def _json(this: This) -> str:
    return json.dumps(_TURN.dump_python(_kept(this.turn), mode="json"), ensure_ascii=False)


def _kept(turn: Turn) -> KeptTurn:
    if turn.pending:  # who comes back to it finds it stopped
        trouble = None if turn.draft else Trouble.STOPPED
        return KeptTurn(turn.question, turn.draft, trouble, stopped=turn.draft is not None)
    return KeptTurn(turn.question, turn.answer, turn.trouble, turn.reason, turn.stopped, turn.rating)


def _turn(entry: object) -> Turn | None:
    try:
        turn = _TURN.validate_python(entry)
    except (ValidationError, RecursionError):
        return None
    shown = turn.answer is not None or turn.trouble is not None
    if not shown or not 0 < len(turn.question) <= LONGEST or (turn.answer and not _is_whole(turn.answer)):
        return None
    return Turn(
        turn.question,
        turn.answer,
        trouble=turn.trouble,
        reason=turn.reason,
        stopped=turn.stopped,
        rating=turn.rating,
    )


def _is_whole(answer: Answer) -> bool:
    """Whether the parts of an answer fit together, which its types alone do not say."""
    languages = {answer.language, *((answer.understood.language,) if answer.understood else ())}
    columns = len(answer.table.columns) if answer.table else 0
    square = all(len(row.cells) == columns for row in answer.table.rows) if answer.table else True
    return languages <= set(LANGUAGES) and square and _numbered((*answer.citations, *answer.related))


def _numbered(citations: Sequence[Citation]) -> bool:
    """Whether each citation has a number of its own."""
    numbers = {citation.n for citation in citations}
    return len(numbers) == len(citations) and min(numbers, default=1) > 0
