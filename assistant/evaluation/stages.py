"""The ranking as each of its legs alone makes it, and as they make it together."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.config import RetrievalSettings
from assistant.index import Encoded, Index, StoredChunk
from assistant.retrieve import Named, Scope, first_stage
from assistant.understand import Inquiry

LEGS = {"words": (1, 0, 0), "bigrams": (0, 1, 0), "vectors": (0, 0, 1)}  # weights of words, bigrams, vectors
FUSED, FINAL = "fused", "final order"


def legs(
    inquiry: Inquiry, named: Named, query: Encoded, index: Index, scope: Scope, settings: RetrievalSettings, depth: int
) -> dict[str, Sequence[StoredChunk]]:
    """Return the clauses as words, bigrams and vectors rank them, each alone and then fused, best first."""

    def first(weights: RetrievalSettings) -> list[StoredChunk]:
        stage = first_stage(inquiry, named, query, index, scope, weights, max(settings.candidates, depth))
        return [candidate.chunk for candidate in stage[:depth]]

    alone = {name: first(_weighted(settings, *weights)) for name, weights in LEGS.items()}
    return {**alone, FUSED: first(settings)}


def _weighted(settings: RetrievalSettings, words: float, bigrams: float, vectors: float) -> RetrievalSettings:
    return settings.model_copy(update={"words": words, "bigrams": bigrams, "vectors": vectors})
