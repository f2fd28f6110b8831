"""Question sets as data, and what one answer scores against its case."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant import config
from assistant.models import Answer, Status
from assistant.text.normal import squeeze

SUITES = ("laws", "corpus", "unanswerable", "second")  # files of questions
OVER_TEXTS = frozenset({"laws", "second"})  # those that ask over the full law texts
REFUSALS = (Status.NOT_FOUND, Status.OUT_OF_SCOPE)
_ARTICLE = re.compile(r"^第[^条]+条(?:之[一二三四五六七八九十]+)?")


@dataclass(frozen=True, slots=True)
class Gold:
    """A clause that answers, by document and the beginning of its locator."""

    document: str  # policy id, or the name of a law text
    locator: str | None

    def covers(self, source: str, policy_id: str, locator: str) -> bool:
        """Return whether a citation stands in this clause."""
        if self.document not in (policy_id, source, source.removesuffix(".md")):
            return False
        return self.locator is None or _inside(squeeze(locator), squeeze(self.locator))


@dataclass(frozen=True, slots=True)
class Case:
    """One question with what a right answer holds."""

    id: str
    suite: str
    split: str
    type: str
    language: str
    turns: tuple[str, ...]  # earlier questions, then the one asked
    expect: Status
    gold: tuple[Gold, ...]
    also: tuple[Gold, ...]
    facts: tuple[tuple[str, ...], ...]
    items: int | None
    as_of: dt.date | None
    jurisdiction: str | None
    trap: str | None = None  # of what must be refused: what makes it tempting

    @property
    def must_be_refused(self) -> bool:
        """Whether an answer to it would be wrong, whatever it says."""
        return self.expect in REFUSALS

    @property
    def question(self) -> str:
        """The question asked, the last of its conversation."""
        return self.turns[-1]


@dataclass(frozen=True, slots=True)
class Score:
    """What one answer is worth; None where the case does not ask for it."""

    status: bool  # answered or refused as it should be
    recall: float | None  # share of gold clauses cited
    precision: float | None  # share of cited clauses that answer
    facts: float | None
    items: float | None


def load(suites: Iterable[str] = SUITES, split: str | None = None) -> list[Case]:
    """Return the cases of some suites, of one split or both."""
    cases = [_case(entry, suite) for suite in suites for entry in _entries(suite)]
    return [case for case in cases if split in (None, case.split)]


def score(case: Case, answer: Answer) -> Score:
    """Return how an answer does against its case."""
    refused = answer.status in REFUSALS
    if case.must_be_refused:
        return Score(refused, None, None, None, None)
    cited = [(c.source, c.policy_id, c.locator) for c in answer.citations]
    clauses = {(source, clause_of(locator)): (source, policy, locator) for source, policy, locator in cited}
    found = [g for g in case.gold if any(g.covers(*c) for c in cited)]
    right = [c for c in clauses.values() if any(g.covers(*c) for g in (*case.gold, *case.also))]
    text = squeeze(answer.text)
    facts = [any(squeeze(fact) in text for fact in alternatives) for alternatives in case.facts]
    in_gold = [c for c in answer.citations if any(g.covers(c.source, c.policy_id, c.locator) for g in case.gold)]
    listed = sum("/item_" in c.address or "/point_" in c.address or "/sub" in c.address for c in in_gold)
    return Score(
        status=not refused,
        recall=len(found) / len(case.gold) if case.gold else None,
        precision=(len(right) / len(clauses) if clauses else 0.0) if case.gold else None,
        facts=sum(facts) / len(facts) if facts else None,
        items=min(1.0, listed / case.items) if case.items else None,
    )


def clause_of(locator: str) -> str:
    """Return the clause that a citation counts for: its article, where it stands in one."""
    match = _ARTICLE.match(locator)
    return match[0] if match else locator


def _inside(locator: str, wanted: str) -> bool:
    rest = locator.removeprefix(wanted)
    return (rest != locator and not rest.startswith("之")) or locator == wanted


def _entries(suite: str) -> list[dict[str, Any]]:
    path = questions() / f"{suite}.yaml"
    loaded = yaml.safe_load(path.read_text("utf-8")) if path.is_file() else []
    return list(loaded or [])


def questions() -> Path:
    """Return the folder of the question sets."""
    return config.bundled("eval/questions")


def _case(entry: dict[str, Any], suite: str) -> Case:
    day = entry.get("as_of")
    return Case(
        id=entry["id"],
        suite=suite,
        split=entry["split"],
        type=entry["type"],
        language=entry["lang"],
        turns=tuple(entry.get("turns") or (entry["question"],)),
        expect=Status(entry["expect"]),
        gold=tuple(_gold(g) for g in entry.get("gold") or ()),
        also=tuple(_gold(g) for g in entry.get("also") or ()),
        facts=tuple(_spellings(fact) for fact in entry.get("facts") or ()),
        items=entry.get("items"),
        as_of=dt.date.fromisoformat(str(day)) if day else None,
        jurisdiction=str(entry["jurisdiction"]) if entry.get("jurisdiction") else None,
        trap=entry.get("trap"),
    )


def _spellings(fact: object) -> tuple[str, ...]:
    return tuple(map(str, fact)) if isinstance(fact, list) else (str(fact),)


def _gold(entry: dict[str, str]) -> Gold:
    return Gold(entry.get("source") or entry["policy"], entry.get("locator"))
