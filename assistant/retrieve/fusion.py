"""The first stage: several rankings made one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

Ranking = Sequence[tuple[int, float]]  # (chunk id, score), best first


def fuse(legs: Sequence[tuple[float, Ranking]]) -> dict[int, float]:
    """Return the weighted sum of the legs' scores, each scaled to 0-1 between its worst and best candidate.

    Scaled score sums were at or above both their parts on all seven public Chinese sets tried; reciprocal-rank
    fusion, which drops the scores, was not. A chunk that a leg did not return gets 0 there.
    """
    scaled = [(weight, _scale(ranking)) for weight, ranking in legs if weight]
    ids = set(chain.from_iterable(scores for _, scores in scaled))
    return {id_: sum(weight * scores.get(id_, 0.0) for weight, scores in scaled) for id_ in ids}


def standardise(scores: Mapping[int, float]) -> dict[int, float]:
    """Return the scores in standard deviations from their mean; all 0 when they do not differ."""
    if not scores:
        return {}
    mean = sum(scores.values()) / len(scores)
    deviation = (sum((s - mean) ** 2 for s in scores.values()) / len(scores)) ** 0.5
    return {id_: (s - mean) / deviation if deviation else 0.0 for id_, s in scores.items()}


def best_first(scores: Mapping[int, float]) -> list[int]:
    """Return the ids by falling score; the id breaks ties, so that runs are repeatable."""
    return sorted(scores, key=lambda id_: (-scores[id_], id_))


def _scale(ranking: Ranking) -> dict[int, float]:
    if not ranking:
        return {}
    low = min(score for _, score in ranking)
    span = max(score for _, score in ranking) - low
    return {id_: (score - low) / span if span else 1.0 for id_, score in ranking}
