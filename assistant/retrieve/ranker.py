"""The second stage: what is known of each candidate becomes an order, and for each the probability that it answers.

Two linear models over a score of figures anyone can read. `order` was fitted so that of a question's candidates the
right one comes first; `answers` is a logistic regression over the first few of that order, so that its probability
means what it says where it decides whether there is an answer at all. `eval/fit_ranker.py` fits both on the
development questions and writes their weights beside this file.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from assistant.models import Kind, Level, Provision, Tier, Wording
from assistant.retrieve.candidates import Candidate
from assistant.understand import Inquiry

FEATURES = (
    "first", "late", "late_above", "late_subject", "subject_above", "weakest", "cosine", "coverage", "coverage_above",
    "lexical", "kind", "other_kind", "figure", "no_figure", "listed", "named", "other_document", "named_clause", "local",
    "here", "elsewhere", "paper", "cross", "ended", "asked",
)  # fmt: skip
PRIORS = frozenset({"local", "here", "elsewhere", "paper", "ended"})  # what a clause is, not what it says
STANDING = ("behind", "ahead")  # of the best candidate, of the next one, in the order's own units
TAKEN_IN = 0.6  # how local a local text counts that a user has taken in, beside a digest's 1
NO_COSINE = 0.64  # about what unrelated texts have in the bundled model
_FIGURE = re.compile(
    r"\d|[一二三四五六七八九十百千万两]+(?:年|个?月|日|天|倍|元|万|人|名|家|％|%|分之|小时|周|次)|分之"
)
_LISTED = frozenset({Level.ITEM, Level.SUBITEM, Level.POINT, Level.SUBPOINT, Level.DETAIL, Level.ROW})

Features = tuple[float, ...]


class Weights(NamedTuple):
    """The two models."""

    order: Features
    answers: Features  # over FEATURES and STANDING
    bias: float


def features(
    inquiry: Inquiry, names_document: bool, candidates: Sequence[Candidate], clauses: Sequence[Sequence[Provision]]
) -> list[Features]:
    """Return the figures of each candidate, in the order of FEATURES; `clauses` gives each one's provisions."""
    middle = (
        Candidate(
            candidates[0].chunk,
            first=0,
            cosine=None,
            word_rank=None,
            vector_rank=None,
            late=_mean([c.late for c in candidates]),
            late_subject=_mean([c.late_subject for c in candidates]),
            coverage=_mean([c.coverage for c in candidates]),
        )
        if candidates
        else None
    )
    return [
        _features(inquiry, names_document, c, p, middle) for c, p in zip(candidates, clauses, strict=True) if middle
    ]


def rank(figures: Sequence[Features]) -> list[tuple[int, float]]:
    """Return (position in `figures`, probability that it answers), best first."""
    weights = _weights()
    scores = [_dot(weights.order, f) for f in figures]
    order = _best_first(scores)
    in_order = [scores[i] for i in order]
    return [(i, _probability(weights, figures[i], standing(in_order, place))) for place, i in enumerate(order)]


def rank_by_words(figures: Sequence[Features]) -> list[tuple[int, float]]:
    """Return (position in `figures`, score relative to the best, which has 1), best first.

    What a clause is, national or local, in force or not, counts for nothing here: a search prefers no place to another.
    """
    weights = [0.0 if name in PRIORS else w for name, w in zip(FEATURES, _weights().order, strict=True)]
    scores = [_dot(tuple(weights), f) for f in figures]
    return [(i, math.exp(scores[i] - max(scores))) for i in _best_first(scores)]


def _best_first(scores: Sequence[float]) -> list[int]:
    return sorted(range(len(scores)), key=lambda i: (-scores[i], i))


def standing(scores: Sequence[float], place: int) -> Features:
    """Return how far the score at a place lies behind the best and ahead of the next."""
    after = scores[place + 1] if place + 1 < len(scores) else scores[place]
    return (scores[place] - scores[0], scores[place] - after)


def _probability(weights: Weights, figures: Features, stands: Features) -> float:
    return 1 / (1 + math.exp(-weights.bias - _dot(weights.answers, figures + stands)))


def _features(
    inquiry: Inquiry, names_document: bool, c: Candidate, provisions: Sequence[Provision], middle: Candidate
) -> Features:
    metadata = c.chunk.policy.metadata
    kinds = {kind for p in provisions for kind in p.kinds}
    asked = set(inquiry.kinds)
    has_figure = bool(_FIGURE.search(c.chunk.text))
    local = metadata.jurisdiction not in (None, "CN")
    late, late_subject = (
        (middle.late or 0.0, middle.late_subject or 0.0) if c.late is None else (c.late, c.late_subject or 0.0)
    )
    return (
        c.first,
        late,
        late - (middle.late or 0.0),
        late_subject,
        late_subject - (middle.late_subject or 0.0),
        c.weakest or 0.0,
        NO_COSINE if c.cosine is None else c.cosine,
        c.coverage,
        c.coverage - middle.coverage,
        float(c.word_rank is not None and c.word_rank <= 3),
        float(bool(asked & kinds)),
        float(bool(asked) and bool(kinds) and not asked & kinds),
        float(inquiry.wants_amount and has_figure),
        float(inquiry.wants_amount and not has_figure),
        float(inquiry.wants_list and sum(p.level in _LISTED for p in provisions) >= 2),
        float(c.named),
        float(names_document and not c.named),
        float(c.named_clause),
        # The nation's texts come first for who names no place; what a user has taken in is more likely meant than a digest.
        float(local and not inquiry.jurisdiction) * (1.0 if c.chunk.policy.wording is Wording.DIGEST else TAKEN_IN),
        float(bool(inquiry.jurisdiction) and metadata.jurisdiction == inquiry.jurisdiction and local),
        float(bool(inquiry.jurisdiction) and metadata.jurisdiction != inquiry.jurisdiction),
        float(metadata.tier is Tier.PAPER and Kind.FINDING not in asked),
        float(inquiry.language == "en" and not (c.chunk.text_en or c.digest)),
        float(c.in_force is False),
        float(bool(c.chunk.text_en or c.digest)),
    )


def _mean(values: Sequence[float | None]) -> float:
    known = [v for v in values if v is not None]
    return sum(known) / len(known) if known else 0.0


def _dot(weights: Features, figures: Features) -> float:
    return sum(w * f for w, f in zip(weights, figures, strict=True))


@cache
def _weights() -> Weights:
    stored = json.loads(files(__package__).joinpath("ranker.json").read_text("utf-8"))
    return Weights(
        tuple(float(stored["order"][name]) for name in FEATURES),
        tuple(float(stored["answers"][name]) for name in FEATURES + STANDING),
        float(stored["bias"]),
    )
