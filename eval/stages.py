"""How well each stage of the ranking does: words, bigrams, vectors, fused, late interaction, final order."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant import Assistant
from assistant.config import RetrievalSettings
from assistant.index import StoredChunk
from assistant.pipeline.ask import _understood, ranked, scope_of
from assistant.retrieve import ranker, resolve
from assistant.retrieve.fusion import best_first, standardise
from assistant.retrieve.search import _allowed, _first_stage, _in_field_words
from eval.cases import Case, Gold

DEPTH = 50
FIRST_STAGES = {"words": (1, 0, 0), "bigrams": (0, 1, 0), "vectors": (0, 0, 1)}  # weights of words, bigrams, vectors
FUSED, LATE, FINAL = "fused", "fused + late interaction", "final order"


@dataclass(frozen=True, slots=True)
class Quality:
    """How good the rankings of one stage are, over questions."""

    stage: str
    questions: int
    recall: dict[int, float]  # share of questions with a gold clause among the first 1, 3, 10
    ndcg: float  # at 10


def table(assistant: Assistant, cases: Iterable[Case]) -> list[Quality]:
    """Return the quality of each stage on the questions that have gold clauses, each stage on all of them."""
    found: dict[str, list[list[int | None]]] = {}
    for case in cases:
        if case.gold:
            for stage, chunks in rankings(assistant, case).items():
                found.setdefault(stage, []).append([_gold(case.gold, chunk, assistant) for chunk in chunks])
            found.setdefault("golds", []).append([len(case.gold)])
    golds = [n for row in found.pop("golds", []) for n in row if n]
    return [_quality(stage, rows, golds) for stage, rows in found.items()]


def rankings(assistant: Assistant, case: Case) -> dict[str, list[StoredChunk]]:
    """Return the clauses as each stage ranks them for one question, best first."""
    index, settings = assistant._index, assistant._settings.retrieval
    *history, question = case.turns
    scope = scope_of(index)
    inquiry = _understood(question, index, history=history, as_of=case.as_of, jurisdiction=case.jurisdiction)
    named, encoded = resolve(inquiry, index, scope), index.encode(_in_field_words(inquiry))

    def first(weights: RetrievalSettings) -> list[StoredChunk]:
        allowed = _allowed(inquiry, scope)
        stage = _first_stage(inquiry, encoded, index, weights, allowed, named, settings.candidates)
        return [candidate.chunk for candidate in stage[:DEPTH]]

    alone = {name: first(_weighted(settings, *weights)) for name, weights in FIRST_STAGES.items()}
    hits = ranked(index, assistant._settings, case.turns, as_of=case.as_of, jurisdiction=case.jurisdiction)
    by = {
        name: {n: hit.features[ranker.FEATURES.index(name)] for n, hit in enumerate(hits)} for name in ("first", "late")
    }
    late, before = standardise(by["late"]), standardise(by["first"])
    mixed = best_first({n: late[n] + 0.5 * before[n] for n in late})
    return alone | {
        FUSED: first(settings),
        LATE: [hits[n].chunk for n in mixed],
        FINAL: [hit.chunk for hit in hits],
    }


def _weighted(settings: RetrievalSettings, words: float, bigrams: float, vectors: float) -> RetrievalSettings:
    return settings.model_copy(update={"words": words, "bigrams": bigrams, "vectors": vectors})


def _gold(golds: Sequence[Gold], chunk: StoredChunk, assistant: Assistant) -> int | None:
    """Which of the gold clauses a chunk stands in."""
    locators = [p.locator for address in chunk.addresses for p in assistant._index.subtree(address)[:1]]
    source, policy = chunk.policy.source, chunk.policy.id
    covered = (n for n, gold in enumerate(golds) if any(gold.covers(source, policy, locator) for locator in locators))
    return next(covered, None)


def _quality(stage: str, rows: Sequence[Sequence[int | None]], golds: Sequence[int]) -> Quality:
    recall = {k: sum(any(g is not None for g in row[:k]) for row in rows) / len(rows) for k in (1, 3, 10)}
    ndcg = sum(_ndcg(row[:10], held) for row, held in zip(rows, golds, strict=True)) / len(rows)
    return Quality(stage, len(rows), recall, ndcg)


def _ndcg(row: Sequence[int | None], golds: int) -> float:
    """Each gold clause counts where it first comes up."""
    first = {gold: rank for rank, gold in reversed(list(enumerate(row))) if gold is not None}
    ideal = sum(1 / math.log2(rank + 2) for rank in range(min(golds, 10)))
    return sum(1 / math.log2(rank + 2) for rank in first.values()) / ideal
