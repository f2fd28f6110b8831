"""The second stage: how near each candidate is to the question, by late interaction or by a reranker that was set.

The ranker's weights belong to what the bundled model gives. Figures from elsewhere know another scale, and some no
scale at all (many rerankers give 0.99 to one text and 0.001 to the rest). So only the order they put the candidates in
is taken over: the best gets the best figure that late interaction has for this question, the second the second best,
and so on. Weights and answer threshold keep their meaning, and a clause named, local or repealed counts as before.
Where late interaction has no figures, as without token vectors, those it has for a typical question are given out; and
where nothing reranks at all, by the order of the first stage.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from assistant.errors import EngineError
from assistant.index import Encoded, Index, StoredChunk
from assistant.rerankers import Reranker
from assistant.retrieve.candidates import Candidate
from assistant.understand import Inquiry

logger = logging.getLogger(__name__)

Floats = NDArray[np.float32]

# The candidates' figures in the mean over the answerable development questions, which the ranker was fitted on.
LATE, SUBJECT, COSINE = NormalDist(0.71, 0.034), NormalDist(0.70, 0.040), NormalDist(0.78, 0.023)
WEAKEST = 0.61
CARRIED = 0.35  # how much a word of an earlier question counts, beside one of the last that asks something of its own


def compared(
    candidates: Sequence[Candidate],
    inquiry: Inquiry,
    question: Encoded,
    index: Index,
    *,
    late: bool = True,
    reranker: Reranker | None = None,
) -> list[Candidate]:
    """Return the candidates with how near each is to the question.

    A reranker that fails is told in the log, and the candidates are compared without it.
    """
    found = _late(candidates, question, inquiry, index) if late else None
    scores = _judged(candidates, inquiry.text, reranker) if reranker else None
    if found is None:
        found = _typical(candidates, [c.first for c in candidates] if scores is None else scores)
    elif scores is not None:
        found = _in_order(found, scores)
    return found if question.bundled else _cosines_rescaled(found)


def _judged(candidates: Sequence[Candidate], question: str, reranker: Reranker) -> list[float] | None:
    try:
        return reranker(question, [c.chunk.indexed for c in candidates])
    except EngineError as error:
        logger.warning("%s Clauses are ranked without it.", error)
        return None


def _in_order(candidates: Sequence[Candidate], scores: Sequence[float]) -> list[Candidate]:
    """Give the candidates' own figures out among them anew, by score."""
    late = sorted((c.late or 0.0 for c in candidates), reverse=True)
    subject = sorted((c.late_subject or 0.0 for c in candidates), reverse=True)
    return [
        replace(c, late=late[place], late_subject=subject[place])
        for c, place in zip(candidates, _places(scores), strict=True)
    ]


def _typical(candidates: Sequence[Candidate], scores: Sequence[float]) -> list[Candidate]:
    late, subject = _spread(LATE, len(candidates)), _spread(SUBJECT, len(candidates))
    return [
        replace(c, late=late[place], late_subject=subject[place], weakest=WEAKEST)
        for c, place in zip(candidates, _places(scores), strict=True)
    ]


def _cosines_rescaled(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Another model's cosines, brought to the bundled one's scale in their order."""
    known = [c.cosine for c in candidates if c.cosine is not None]
    given = iter(_spread(COSINE, len(known))[place] for place in _places(known))
    return [c if c.cosine is None else replace(c, cosine=next(given)) for c in candidates]


def _places(scores: Sequence[float]) -> list[int]:
    """The place of each score, 0 for the highest; of equal ones the earlier candidate comes first."""
    order = sorted(range(len(scores)), key=lambda i: (-scores[i], i))
    places = [0] * len(order)
    for place, i in enumerate(order):
        places[i] = place
    return places


def _spread(figures: NormalDist, count: int) -> list[float]:
    """So many figures as they are spread, highest first: each stands for an equal share of them."""
    return [figures.inv_cdf(1 - (place + 0.5) / count) for place in range(count)]


def _late(candidates: Sequence[Candidate], question: Encoded, inquiry: Inquiry, index: Index) -> list[Candidate] | None:
    """Compare the question with each candidate piece by piece; a piece may find its like in any wording of the clause.

    What is carried along from earlier questions counts less than the words asked now: it was answered before. None
    where there are no token vectors to compare.
    """
    views = [(i, view) for i, c in enumerate(candidates) for view in _views(c, index)]
    profiles = index.compare(question, [view for _, view in views])
    if profiles is None:
        return None
    before = inquiry.carried_to
    shares = question.shares(
        [(s.start, s.end, s.weight * (CARRIED if s.end <= before else 1)) for s in inquiry.subjects]
    )
    each = [question.shares([(s.start, s.end, 1.0)]) for s in inquiry.subjects]
    counts = np.array([CARRIED if piece.end <= before else 1.0 for piece in question.pieces], dtype=np.float32)
    counts /= counts.sum()
    best: dict[int, Floats] = {}
    for (i, _), profile in zip(views, profiles, strict=True):
        best[i] = np.maximum(best[i], profile) if i in best else profile
    return [
        replace(
            c,
            late=float(best[i] @ counts),
            late_subject=float(best[i] @ shares),
            weakest=min((float(best[i] @ one) for one in each if one.any()), default=float(best[i].min(initial=1.0))),
        )
        for i, c in enumerate(candidates)
    ]


def _views(candidate: Candidate, index: Index) -> list[StoredChunk]:
    """A clause in all its words: its own, its translation, the questions it answers, also those of its digest."""
    views = [candidate.chunk]
    for chunk in (candidate.chunk, candidate.digest):
        if chunk and chunk.text_en:
            views += [c for c in index.chunks_of(chunk.policy.id) if c.addresses == chunk.addresses and c is not chunk]
    return views
