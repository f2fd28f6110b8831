"""How far a figure over a few hundred questions can be trusted: bootstrap intervals, the same in every run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ROUNDS = 2_000

Statistic = Callable[[NDArray[np.float64]], NDArray[np.float64]]  # of each row


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure over some questions with its 95 % bootstrap interval."""

    value: float
    low: float
    high: float
    n: int

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.2f} {self.high:.2f}]"


def mean(values: Sequence[float]) -> Estimate | None:
    """Return the mean; None over no questions."""
    return _estimate(values, lambda rows: rows.mean(axis=1))


def percentile(values: Sequence[float], share: float) -> Estimate | None:
    """Return the value that so many percent of all stay below; None over no questions."""
    return _estimate(values, lambda rows: np.percentile(rows, share, axis=1))


def total(values: Sequence[float]) -> Estimate | None:
    """Return the sum, which is a count and has no interval; None over no questions."""
    found = float(sum(values))
    return Estimate(found, found, found, len(values)) if values else None


def _estimate(values: Sequence[float], statistic: Statistic) -> Estimate | None:
    """Draw as many questions as there are, with repetition, again and again: the middle 95 % of what comes out."""
    if not values:
        return None
    all_ = np.asarray(values, dtype=np.float64)
    draws = np.random.default_rng(0).integers(0, len(all_), size=(ROUNDS, len(all_)))
    low, high = np.percentile(statistic(all_[draws]), [2.5, 97.5])
    return Estimate(float(statistic(all_[None])[0]), float(low), float(high), len(all_))
