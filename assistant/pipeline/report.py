"""What an ingest tells: a step while it runs, one outcome per file, and a report at the end."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum


class Change(StrEnum):
    """What became of a file."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file, and why."""

    source: str
    status: Change
    reason: str = ""
    provisions: int = 0
    chunks: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Step:
    """How far an ingest has come."""

    stage: str  # reading | embedding
    done: int  # clauses
    total: int  # clauses; while reading an estimate from the share of bytes that is done
    rate: float  # clauses a second
    remaining: float  # seconds
    outcome: Outcome | None = None  # of the file that has just been finished


Progress = Callable[[Step], None]


@dataclass(frozen=True, slots=True)
class Report:
    """How an ingest ended."""

    outcomes: tuple[Outcome, ...]
    seconds: float
    stored: int = 0  # clauses read and stored anew
    embedded: int = 0
    problem: str | None = None  # why vectors could not be made; the documents are found by their words all the same
    passed_over: tuple[str, ...] = ()  # files in folders that no reader knows
    notes: tuple[str, ...] = ()  # what else the user should know; nothing is missing because of it

    @property
    def failed(self) -> int:
        """How many files or lines failed, and one more where the vectors could not be made."""
        return self.counts[Change.FAILED] + (self.problem is not None)

    @property
    def counts(self) -> Counter[Change]:
        """How many files came to each end."""
        return Counter(outcome.status for outcome in self.outcomes)

    @property
    def summary(self) -> str:
        """The report in one line."""
        counts = self.counts
        ends = ", ".join(f"{counts[change]} {change}" for change in Change if counts[change]) or "nothing to do"
        return f"{ends}; {self.stored} clauses stored, {self.embedded} embedded, {self.seconds:.1f} s"


def counts_of(summary: str) -> Counter[Change]:
    """Return how many files came to each end, as a report's summary tells it."""
    ends, _, _ = summary.partition(";")
    return Counter({Change(end): int(count) for count, end in _END.findall(ends)})


_END = re.compile(rf"(\d+) ({'|'.join(Change)})\b")


@dataclass(slots=True)
class Meter:
    """Turns counts into steps, at most ten a second besides those that carry an outcome."""

    progress: Progress | None
    stage: str
    started: float = field(default_factory=time.perf_counter)
    _told: float = 0.0

    def tell(self, done: int, share: float, outcome: Outcome | None = None) -> None:
        """Report `done` clauses, which are `share` of the work."""
        now = time.perf_counter()
        if not self.progress or (outcome is None and share < 1 and now - self._told < 0.1):
            return
        self._told = now
        spent = max(now - self.started, 1e-9)
        remaining = spent * (1 - share) / share if share else 0.0
        total = round(done / share) if share else done
        self.progress(Step(self.stage, done, total, done / spent, remaining, outcome))
