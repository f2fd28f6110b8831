"""How well each stage of the ranking does, over all questions and over sets of them."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant import Assistant
from assistant.evaluation import intervals, ranking
from assistant.evaluation.cases import Case, Gold
from assistant.evaluation.stages import FINAL, legs
from assistant.index import StoredChunk
from assistant.models import Level, Status, Wording
from assistant.pipeline.ask import ranked, scope_of, understood
from assistant.retrieve import encoded, ranker, resolve
from assistant.retrieve.fusion import best_first, standardise

DEPTH = 50
RERANKED = "reranked"
LONG = 80  # clauses of a document from which it counts as long
LOOK_UPS = 100  # about so many questions for a clause by its number are made
LOOK_UP = "look-up"


@dataclass(frozen=True, slots=True)
class Measured:
    """One question, with the gold clause, if any, at each place of each stage's ranking."""

    case: Case
    rows: dict[str, Sequence[int | None]]


@dataclass(frozen=True, slots=True)
class Quality:
    """How good the rankings of one stage are, over questions."""

    stage: str
    questions: int
    recall: dict[int, float]  # share of questions with a gold clause among the first 1, 3, 10
    ndcg: float  # at 10


@dataclass(frozen=True, slots=True)
class Comparison:
    """Recall@1 of two stages on one set of questions."""

    set: str
    questions: int
    before: float
    after: float
    low: float  # 95 % bootstrap interval of the gain, question by question
    high: float

    @property
    def is_worse(self) -> bool:
        """Whether the later stage is below the earlier one by more than chance."""
        return self.high < 0


def measure(assistant: Assistant, cases: Iterable[Case]) -> list[Measured]:
    """Return the rankings of each stage for the questions that have gold clauses."""
    return [
        Measured(
            case,
            {
                stage: [_gold(case.gold, chunk, assistant) for chunk in chunks]
                for stage, chunks in rankings(assistant, case).items()
            },
        )
        for case in cases
        if case.gold
    ]


def rankings(assistant: Assistant, case: Case) -> dict[str, list[StoredChunk]]:
    """Return the clauses as each stage ranks them for one question, best first."""
    index, settings = assistant._index, assistant._settings.retrieval
    *history, question = case.turns
    scope = scope_of(index)
    inquiry = understood(question, index, history=history, as_of=case.as_of, jurisdiction=case.jurisdiction)
    named, query = resolve(inquiry, index, scope), encoded(inquiry, index)
    hits = ranked(index, assistant._settings, case.turns, as_of=case.as_of, jurisdiction=case.jurisdiction)
    by = {
        name: {n: hit.features[ranker.FEATURES.index(name)] for n, hit in enumerate(hits)} for name in ("first", "late")
    }
    late, before = standardise(by["late"]), standardise(by["first"])
    mixed = best_first({n: late[n] + 0.5 * before[n] for n in late})
    first = {
        stage: list(chunks) for stage, chunks in legs(inquiry, named, query, index, scope, settings, DEPTH).items()
    }
    return first | {RERANKED: [hits[n].chunk for n in mixed], FINAL: [hit.chunk for hit in hits]}


def table(measured: Sequence[Measured]) -> list[Quality]:
    """Return the quality of each stage, each on all questions."""
    golds = [len(m.case.gold) for m in measured]
    stages = measured[0].rows if measured else ()
    return [_quality(stage, [m.rows[stage] for m in measured], golds) for stage in stages]


def compare(measured: Sequence[Measured], assistant: Assistant, before: str, after: str) -> list[Comparison]:
    """Return how two stages stand to each other in recall@1, on all questions and on each set that has any."""
    found = []
    for name, belongs in _sets(assistant).items():
        firsts = [(_hit(m, before), _hit(m, after)) for m in measured if belongs(m.case)]
        if firsts:
            earlier, later = (statistics.mean(column) for column in zip(*firsts, strict=True))
            gain = intervals.mean([b - a for a, b in firsts])
            if gain:
                found.append(Comparison(name, len(firsts), earlier, later, gain.low, gain.high))
    return found


def look_ups(assistant: Assistant) -> list[Case]:
    """Return questions for single articles by title and number, in even steps through the law texts that are held.

    A title that stands for several versions is left out: which of them is meant is another question.
    """
    index = assistant._index
    titles = Counter(policy.metadata.title for policy in index.policies())
    articles = [
        (policy, provision)
        for policy in index.policies()
        if policy.wording is Wording.ORIGINAL and policy.metadata.title and titles[policy.metadata.title] == 1
        for provision in index.provisions(policy.id)
        if provision.level is Level.ARTICLE
    ]
    return [
        _case(
            provision.address,
            f"{policy.metadata.title}{provision.locator}是怎么规定的？",
            policy.source,
            provision.locator,
        )
        for policy, provision in articles[:: max(1, len(articles) // LOOK_UPS)]
    ]


def _case(id_: str, question: str, source: str, locator: str) -> Case:
    unsaid: dict[str, Any] = dict.fromkeys(("items", "as_of", "jurisdiction"))
    gold = (Gold(source, locator),)
    return Case(id_, LOOK_UP, "dev", "lookup", "zh", (question,), Status.ANSWERED, gold, also=(), facts=(), **unsaid)


def _sets(assistant: Assistant) -> dict[str, Callable[[Case], bool]]:
    """Sets of questions, which overlap; those for a clause by its number are no part of the others."""
    long = set(_long_documents(assistant))
    return {
        "all": lambda case: case.suite != LOOK_UP,
        "law texts": lambda case: case.suite == "laws",
        "starter corpus": lambda case: case.suite == "corpus",
        "in Chinese": lambda case: case.suite != LOOK_UP and case.language != "en",
        "in English": lambda case: case.language == "en",
        f"documents of {LONG} clauses or more": lambda case: (
            case.suite != LOOK_UP and any(gold.document in long for gold in case.gold)
        ),
        "a clause by its number": lambda case: case.suite == LOOK_UP,
    }


def _long_documents(assistant: Assistant) -> Iterator[str]:
    """The names, as gold clauses give them, of documents with many clauses."""
    index = assistant._index
    for policy in index.policies():
        if len(index.chunks_of(policy.id)) >= LONG:
            yield from (policy.id, policy.source, policy.source.removesuffix(".md"))


def _hit(measured: Measured, stage: str) -> int:
    row = measured.rows[stage]
    return int(bool(row) and row[0] is not None)


def _gold(golds: Sequence[Gold], chunk: StoredChunk, assistant: Assistant) -> int | None:
    """Which of the gold clauses a chunk stands in."""
    locators = [p.locator for address in chunk.addresses for p in assistant._index.subtree(address)[:1]]
    source, policy = chunk.policy.source, chunk.policy.id
    covered = (n for n, gold in enumerate(golds) if any(gold.covers(source, policy, locator) for locator in locators))
    return next(covered, None)


def _quality(stage: str, rows: Sequence[Sequence[int | None]], golds: Sequence[int]) -> Quality:
    recall = {k: sum(any(g is not None for g in row[:k]) for row in rows) / len(rows) for k in (1, 3, 10)}
    ndcg = [ranking.ndcg(row, dict.fromkeys(range(held), 1.0)) for row, held in zip(rows, golds, strict=True)]
    return Quality(stage, len(rows), recall, statistics.mean(ndcg))
