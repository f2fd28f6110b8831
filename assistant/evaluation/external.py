"""How well the search ranks a test collection that others wrote: each leg alone, all together, and the final order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant import pipeline
from assistant.config import Settings
from assistant.errors import AssistantError, QuestionError
from assistant.evaluation import intervals, ranking
from assistant.evaluation.collection import Collection, write_documents
from assistant.evaluation.intervals import Estimate
from assistant.evaluation.stages import FINAL, legs
from assistant.index import Index
from assistant.pipeline.ask import scope_of, understood
from assistant.pipeline.report import Change
from assistant.pipeline.report import Progress as Reading
from assistant.retrieve import encoded, resolve

DEPTH = 100  # documents of a ranking that are looked at
_FURTHER = 3  # times as many clauses are ranked, as a document has several

FIGURES: dict[str, Callable[[Sequence[str], dict[str, float]], float]] = {
    "nDCG@10": lambda row, grades: ranking.ndcg(row, grades),
    "recall@1": lambda row, grades: ranking.recall(row, list(grades), 1),
    "recall@3": lambda row, grades: ranking.recall(row, list(grades), 3),
    "recall@10": lambda row, grades: ranking.recall(row, list(grades), 10),
    "recall@100": lambda row, grades: ranking.recall(row, list(grades), 100),
    "MRR@10": lambda row, grades: ranking.reciprocal_rank(row, list(grades), 10),
}


@dataclass(frozen=True, slots=True)
class Scores:
    """What each stage of the search makes of a collection."""

    documents: int  # taken in
    queries: int
    stages: dict[str, dict[str, Estimate]]  # by stage, then by figure, over all queries
    not_found: dict[str, tuple[str, ...]]  # by query: right documents not among the first hundred of the final order
    not_held: tuple[str, ...]  # judged documents that could not be taken in or that the corpus does not have
    failed: tuple[str, ...]  # documents and queries that could not be used, and why
    rankings: dict[str, tuple[str, ...]]  # by query: the final order


def take_in(collection: Collection, path: Path, index: Index, settings: Settings, reading: Reading | None) -> list[str]:
    """Ingest the documents of a collection through a file at `path`; return what failed and why.

    Raises AssistantError where the installation holds other documents, as those would be ranked too.
    """
    others = [entry.source for entry in index.entries() if entry.origin.path != str(path.absolute())]
    if others:
        raise AssistantError(
            f"{index.home} holds documents of other origin ({others[0]}), which would be ranked too. Give another --home."
        )
    write_documents(collection, path)
    report = pipeline.ingest([path], index, settings, progress=reading)
    if report.problem:
        raise AssistantError(report.problem)
    return [f"{o.source}: {o.reason}" for o in report.outcomes if o.status is Change.FAILED]


def score(
    collection: Collection,
    index: Index,
    settings: Settings,
    failed: Iterable[str] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Scores:
    """Return the figures of every stage over the judged queries; one that cannot be asked counts as not answered."""
    rows: dict[str, dict[str, Sequence[str]]] = {}
    told = list(failed)
    for number, (id_, text) in enumerate(collection.queries.items(), start=1):
        try:
            rows[id_] = _rankings(text, index, settings)
        except QuestionError as error:
            rows[id_] = {}
            told.append(f"query {id_}: {error}")
        if progress:
            progress(number, len(collection.queries))
    held = {policy.source for policy in index.policies()}
    stages = list(dict.fromkeys(stage for row in rows.values() for stage in row))
    final = {id_: tuple(row.get(FINAL, ())) for id_, row in rows.items()}
    judged = collection.judged
    return Scores(
        documents=len(held),
        queries=len(rows),
        stages={stage: _figures([(row.get(stage, ()), judged[id_]) for id_, row in rows.items()]) for stage in stages},
        not_found={
            id_: missing for id_, row in final.items() if (missing := tuple(d for d in judged[id_] if d not in row))
        },
        not_held=tuple(dict.fromkeys(d for grades in judged.values() for d in grades if d not in held)),
        failed=tuple(told),
        rankings=final,
    )


def scores_json(scores: Scores, collection: Collection) -> dict[str, Any]:
    """Return the scores as they are written to a file."""
    return {
        "documents": scores.documents,
        "queries": scores.queries,
        "stages": {
            stage: {
                name: {"value": round(e.value, 4), "low": round(e.low, 4), "high": round(e.high, 4)}
                for name, e in figures.items()
            }
            for stage, figures in scores.stages.items()
        },
        "not_found": {id_: list(documents) for id_, documents in scores.not_found.items()},
        "judged_but_not_held": list(scores.not_held),
        "queries_without_text": list(collection.without_text),
        "failed": list(scores.failed),
        "rankings": {id_: list(row) for id_, row in scores.rankings.items()},
    }


def _figures(rows: Sequence[tuple[Sequence[str], dict[str, float]]]) -> dict[str, Estimate]:
    found = {name: intervals.mean([of(row, grades) for row, grades in rows]) for name, of in FIGURES.items()}
    return {name: estimate for name, estimate in found.items() if estimate}


def _rankings(text: str, index: Index, settings: Settings) -> dict[str, Sequence[str]]:
    """Return the documents as each stage ranks them; a document stands where its best clause does."""
    hits = pipeline.search(text, index, settings, k=DEPTH)
    scope = scope_of(index)
    inquiry = replace(understood(text.strip(), index), jurisdiction=None)  # as a search takes it
    named, query = resolve(inquiry, index, scope), encoded(inquiry, index)
    ranked = legs(inquiry, named, query, index, scope, settings.retrieval, _FURTHER * DEPTH)
    by_stage = {stage: [chunk.policy.source for chunk in chunks] for stage, chunks in ranked.items()}
    by_stage[FINAL] = [hit.policy.source for hit in hits]
    return {stage: list(dict.fromkeys(sources))[:DEPTH] for stage, sources in by_stage.items()}
