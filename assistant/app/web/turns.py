"""One question of a conversation and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.app.web.clauses import Clause
from assistant.models import Answer

# Turns that what is made of them is kept of: each answer is shown again with every one that follows. Where more are in
# use, each is made anew every time; thirty readers have nine hundred on their pages at most.
REMEMBERED = 1_500


class Trouble(StrEnum):
    """Why a question has no answer at all."""

    UNUSABLE = "unusable"  # the assistant refused the question
    FAILED = "failed"  # the program is at fault
    STOPPED = "stopped"  # by the reader, before anything was verified


class Rating(StrEnum):
    """What the reader thought of an answer."""

    GOOD = "good"
    BAD = "bad"
    BAD_TOLD = "bad_told"  # and why


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and what became of it; neither answer nor trouble while it is being worked on."""

    question: str
    answer: Answer | None = None
    clauses: tuple[Clause, ...] = ()
    trouble: Trouble | None = None
    reason: str = ""  # what the assistant said of an unusable question
    draft: Answer | None = None  # what is verified already of an answer that is still being written
    stopped: bool = False  # by the reader: the answer is what was verified until then
    rating: Rating | None = None

    @property
    def pending(self) -> bool:
        """Whether the answer is still to come."""
        return self.answer is None and self.trouble is None


@dataclass(frozen=True, slots=True, eq=False)
class This:
    """A turn that equals only itself, so that what is made of it is made once, without comparing its words."""

    turn: Turn

    def __eq__(self, other: object) -> bool:
        return isinstance(other, This) and other.turn is self.turn

    def __hash__(self) -> int:
        return id(self.turn)
