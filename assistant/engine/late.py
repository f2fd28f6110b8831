"""Late interaction: how well a clause answers a question, seen word piece by word piece (MaxSim).

Each piece of the question looks for the piece of the clause nearest to it in meaning. The mean of what they find orders
clauses far better than one vector for the whole text; and what a single piece finds, or fails to, is evidence of
whether the clause speaks of it at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from assistant.engine.weights import Floats

Int8s: TypeAlias = NDArray[np.int8]
# Multiplications up to which OpenBLAS stays on the thread it is called from (interface/gemm.c): it would share so small
# a product as a clause's among threads, and on a busy machine wait long for the last of them.
_ON_ONE_THREAD = 262_144
UNLIKE = -1.0  # the least a cosine can be: what a clause without any piece gives


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """One unit vector for each word piece of a clause, rounded to whole numbers: the vectors are values * scales."""

    values: Int8s  # [pieces, width]
    scales: Floats  # [pieces]


def rounded(vectors: Floats) -> TokenVectors:
    """Return vectors [pieces, width] in a quarter of the room, each with the scale that loses least."""
    scales = np.abs(vectors).max(axis=1) / np.float32(127)
    return TokenVectors(np.rint(vectors / scales[:, None]).astype(np.int8), scales)


def maxsim_profile(question: Floats, clause: TokenVectors) -> Floats:
    """Return for each piece of the question the cosine of the clause's piece that is nearest to it."""
    vectors = clause.values.astype(np.float32)
    similarities = np.empty((len(vectors), len(question)), np.float32)
    rows = max(_ON_ONE_THREAD // max(question.size, 1), 1)
    for start in range(0, len(vectors), rows):
        np.matmul(vectors[start : start + rows], question.T, out=similarities[start : start + rows])
    similarities *= clause.scales[:, None]
    nearest: Floats = similarities.max(axis=0, initial=UNLIKE)
    return nearest


def maxsim(question: Floats, clause: TokenVectors) -> float:
    """Return the mean over the question's pieces of their nearest cosine in the clause; -1 when either has no piece."""
    return float(maxsim_profile(question, clause).mean()) if len(question) else UNLIKE


def scores(question: Floats, clauses: Sequence[TokenVectors]) -> list[float]:
    """Return the MaxSim of each clause."""
    return [maxsim(question, clause) for clause in clauses]
