"""What a figure is: how it is called, how it is made of questions, and when it is good."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from assistant.evaluation import intervals
from assistant.evaluation.intervals import Estimate

if TYPE_CHECKING:
    from assistant.evaluation.figures import Asked


class Over(StrEnum):
    """How the values of several questions become one figure."""

    MEAN = "mean"
    SUM = "sum"
    P50 = "p50"
    P95 = "p95"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its key in report.json, what tables call it, and how it is made."""

    key: str
    name: str
    of: Callable[[Asked], float | None]
    over: Over = Over.MEAN
    more_is_better: bool = True
    aim: float | None = None
    unit: str = ""
    is_share: bool = True  # from 0 to 1

    @property
    def meaning(self) -> str:
        """What exactly is counted."""
        return " ".join((self.of.__doc__ or "").split())

    def estimate(self, values: Sequence[float]) -> Estimate | None:
        """Return the figure over questions, with its interval; None over none."""
        if self.over is Over.SUM:
            return intervals.total(values)
        if self.over is Over.MEAN:
            return intervals.mean(values)
        return intervals.percentile(values, 50 if self.over is Over.P50 else 95)

    def is_reached(self, value: float) -> bool | None:
        """Return whether a value reaches the aim; None without one."""
        if self.aim is None:
            return None
        return value >= self.aim if self.more_is_better else value <= self.aim
