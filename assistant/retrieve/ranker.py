"""The second stage: from what is known of each candidate to the probability that it answers.

A logistic model over a dozen figures anyone can read, fitted on the development questions by `eval/fit_ranker.py`; its
weights lie beside this file. The same probability orders the clauses and decides whether there is an answer at all.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from assistant.models import Kind, Level, Provision, Tier
from assistant.retrieve.candidates import Candidate
from assistant.understand import Inquiry

FEATURES = (
    "first", "late", "late_above", "late_subject", "cosine", "coverage", "lexical", "kind", "other_kind", "figure",
    "no_figure", "listed", "named", "other_document", "named_clause", "local", "here", "paper", "cross",
)  # fmt: skip
NO_COSINE = 0.75  # about what unrelated texts have in the bundled model
_FIGURE = re.compile(r"\d|[一二三四五六七八九十百千万两]+(?:年|个?月|日|天|倍|元|万|人|名|家|％|%|分之|小时|周|次)|分之")
_LISTED = frozenset({Level.ITEM, Level.SUBITEM, Level.POINT, Level.SUBPOINT, Level.DETAIL, Level.ROW})

Features = tuple[float, ...]


def features(
    inquiry: Inquiry, names_document: bool, candidates: Sequence[Candidate], clauses: Sequence[Sequence[Provision]]
) -> list[Features]:
    """Return the figures of each candidate, in the order of FEATURES; `clauses` gives each one's provisions."""
    lates = [c.late for c in candidates if c.late is not None]
    middle = sum(lates) / len(lates) if lates else 0.0
    return [_features(inquiry, names_document, c, p, middle) for c, p in zip(candidates, clauses, strict=True)]


def probability(values: Features) -> float:
    """Return the probability that a candidate with these figures answers."""
    weights, bias = _weights()
    return 1 / (1 + math.exp(-(bias + sum(w * v for w, v in zip(weights, values, strict=True)))))


def _features(
    inquiry: Inquiry, names_document: bool, c: Candidate, provisions: Sequence[Provision], middle: float
) -> Features:
    metadata = c.chunk.policy.metadata
    kinds = {kind for p in provisions for kind in p.kinds}
    asked = set(inquiry.kinds)
    has_figure = bool(_FIGURE.search(c.chunk.text))
    local = metadata.jurisdiction not in (None, "CN")
    late = middle if c.late is None else c.late
    return (
        c.first,
        late,
        late - middle,
        c.late_subject or 0.0,
        NO_COSINE if c.cosine is None else c.cosine,
        c.coverage,
        float(c.word_rank is not None and c.word_rank <= 3),
        float(bool(asked & kinds)),
        float(bool(asked) and bool(kinds) and not asked & kinds),
        float(inquiry.wants_amount and has_figure),
        float(inquiry.wants_amount and not has_figure),
        float(inquiry.wants_list and sum(p.level in _LISTED for p in provisions) >= 2),
        float(c.named),
        float(names_document and not c.named),
        float(c.named_clause),
        float(local and not inquiry.jurisdiction),
        float(bool(inquiry.jurisdiction) and metadata.jurisdiction == inquiry.jurisdiction and local),
        float(metadata.tier is Tier.PAPER and Kind.FINDING not in asked),
        float(inquiry.language == "en" and not c.chunk.text_en),
    )


@cache
def _weights() -> tuple[Features, float]:
    stored = json.loads(files(__package__).joinpath("ranker.json").read_text("utf-8"))
    return tuple(float(stored["weights"][name]) for name in FEATURES), float(stored["bias"])
