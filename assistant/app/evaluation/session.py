"""One evaluation from start to end: documents in, questions asked, what came out put together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from assistant.app.api import Assistant
from assistant.errors import AssistantError, ConfigError
from assistant.evaluation.baseline import Tutorial, check_installed
from assistant.evaluation.cases import SUITES, Case, load
from assistant.evaluation.facts import Record
from assistant.evaluation.gate import GATE, gate_cases
from assistant.evaluation.installation import law_texts, prepare, warm
from assistant.evaluation.report import Report, Result
from assistant.evaluation.run import is_searched, run
from assistant.evaluation.systems import Installation, System

SEARCH = "search"  # not a file of questions: what can be searched for is also ranked

Counting = Callable[[str], AbstractContextManager[Callable[[int, int], None] | None]]


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be evaluated."""

    suites: tuple[str, ...]
    split: str
    originals: Path | None  # folder of full law texts
    baseline: bool

    @property
    def is_gate(self) -> bool:
        """Whether it is the gate, which stands alone."""
        return GATE in self.suites

    @property
    def searches(self) -> bool:
        """Whether rankings are measured."""
        return SEARCH in self.suites

    @property
    def asks(self) -> bool:
        """Whether answers are measured."""
        return self.suites != (SEARCH,)


def choose(
    suites: Sequence[str], split: str, originals: Path | None, baseline: bool, tell: Callable[[str], None]
) -> Choice:
    """Return what can be evaluated of what was wished for, telling what cannot; raises AssistantError for nonsense."""
    known = (*SUITES, SEARCH, GATE)
    unknown = [suite for suite in suites if suite not in known]
    if unknown or not suites:
        raise AssistantError(f"There is no suite '{', '.join(unknown)}'. There are {', '.join(known)}.")
    if GATE in suites and len(suites) > 1:
        raise AssistantError("The gate stands alone: give --suite gate without other suites.")
    if GATE in suites:
        return Choice((GATE,), "dev", None, baseline=False)
    texts = law_texts(originals)
    chosen = [suite for suite in dict.fromkeys(suites) if texts or suite != "laws"]
    if texts is None:
        tell("The full law texts are not here, so their questions are left out; --originals names their folder.")
    if not chosen:
        raise AssistantError("Nothing is left to evaluate: the suite 'laws' asks over the full law texts.")
    if baseline:
        try:
            check_installed()
        except ConfigError as error:
            tell(f"Without the baseline: {error}")
            baseline = False
    return Choice(tuple(chosen), split, texts, baseline)


def questions(choice: Choice) -> list[Case]:
    """Return the questions that are put."""
    if choice.is_gate:
        return gate_cases()
    files = [suite for suite in choice.suites if suite in SUITES]
    if choice.asks:
        return load(files, choice.split)
    searched = [suite for suite in SUITES if choice.originals or suite != "laws"]
    return [case for case in load(searched, choice.split) if is_searched(case)]


def evaluate(choice: Choice, cases: Sequence[Case], assistant: Assistant, counting: Counting) -> Report:
    """Return the report of an evaluation in an installation, which takes in what the questions ask over."""
    index, settings = assistant._index, assistant._settings
    prepare(index, settings, choice.originals)
    if not choice.is_gate:
        warm(index)
    record = Record(index)
    systems: list[System] = [Installation(index, settings)]
    if choice.baseline:
        with counting("embedding for the baseline") as progress:
            systems.append(Tutorial.build(index, index.home / "baseline", progress=progress))
    results: dict[str, dict[str, Result]] = {}
    for system in systems:
        with counting(f"asking the {system.name}") as progress:
            results[system.name] = run(
                cases, system, record, ask=choice.asks, search=choice.searches, progress=progress
            )
    about = {
        "split": choice.split,
        "suites": ", ".join(choice.suites),
        "documents": str(len(index.policies())),
        "clauses": str(index.size),
        "model": settings.embedding.model,
        "reranker": settings.retrieval.reranker,
        "version": version("policy-assistant"),
    }
    return Report(dt.datetime.now().astimezone().isoformat(timespec="seconds"), about, tuple(cases), results)
