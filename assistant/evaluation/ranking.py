"""What a ranking is worth, by the usual figures."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

One = TypeVar("One", bound=Hashable)  # a document's id, or the number of a clause


def ndcg(ranked: Sequence[One | None], gains: Mapping[One, float], k: int = 10) -> float:
    """Return the discounted gain of the first k over the best possible one: 1 for a perfect order, 0 for nothing found.

    Each relevant thing counts where it first comes up; `None` is anything that is not relevant.
    """
    found = 0.0
    seen: set[One] = set()
    for place, one in enumerate(ranked[:k]):
        if one is not None and one not in seen:
            seen.add(one)
            found += gains.get(one, 0.0) / math.log2(place + 2)
    best = sorted((gain for gain in gains.values() if gain > 0), reverse=True)[:k]
    ideal = sum(gain / math.log2(place + 2) for place, gain in enumerate(best))
    return found / ideal if ideal else 0.0


def recall(ranked: Sequence[One | None], relevant: Sequence[One], k: int) -> float:
    """Return the share of what is relevant that stands among the first k."""
    return len(set(relevant).intersection(ranked[:k])) / len(relevant) if relevant else 0.0


def success(ranked: Sequence[One | None], relevant: Sequence[One], k: int) -> float:
    """Return 1 where anything relevant stands among the first k, else 0."""
    return float(not set(relevant).isdisjoint(ranked[:k]))


def reciprocal_rank(ranked: Sequence[One | None], relevant: Sequence[One], k: int = 10) -> float:
    """Return one over the place of the first relevant thing among the first k: 1, 1/2, 1/3, …; 0 where there is none."""
    wanted = set(relevant)
    return next((1 / place for place, one in enumerate(ranked[:k], start=1) if one in wanted), 0.0)
