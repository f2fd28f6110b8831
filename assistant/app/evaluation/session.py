"""One evaluation from start to end: documents in, questions asked, what came out put together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from pydantic import ValidationError

from assistant.app.api import Assistant
from assistant.chat import chat
from assistant.config import ChatSettings
from assistant.errors import AssistantError, ConfigError
from assistant.evaluation.baseline import Tutorial, check_installed
from assistant.evaluation.cases import OVER_TEXTS, SUITES, Case, load
from assistant.evaluation.facts import Record
from assistant.evaluation.gate import GATE, gate_cases
from assistant.evaluation.installation import law_texts, prepare, warm
from assistant.evaluation.report import Report, Result
from assistant.evaluation.run import is_searched, run
from assistant.evaluation.systems import WORDED, Installation, System

SEARCH = "search"  # not a file of questions: what can be searched for is also ranked

Counting = Callable[[str], AbstractContextManager[Callable[[int, int], None] | None]]


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be evaluated."""

    suites: tuple[str, ...]
    split: str
    originals: Path | None  # folder of full law texts
    baseline: bool
    writer: ChatSettings | None = None  # the language model that words the answers a second time
    most: int | None = None  # questions; None: all

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
    suites: Sequence[str],
    split: str,
    originals: Path | None,
    baseline: bool,
    tell: Callable[[str], None],
    writer: ChatSettings | None = None,
    most: int | None = None,
) -> Choice:
    """Return what can be evaluated of what was wished for, telling what cannot; raises AssistantError for nonsense."""
    known = (*SUITES, SEARCH, GATE)
    unknown = [suite for suite in suites if suite not in known]
    if unknown or not suites:
        raise AssistantError(f"There is no suite '{', '.join(unknown)}'. There are {', '.join(known)}.")
    if GATE in suites and len(suites) > 1:
        raise AssistantError("The gate stands alone: give --suite gate without other suites.")
    if GATE in suites:
        if writer or most:
            raise AssistantError(
                "The gate asks all its questions without a language model: leave --model and --questions out."
            )
        return Choice((GATE,), "dev", None, baseline=False)
    if writer and tuple(suites) == (SEARCH,):
        raise AssistantError("A search alone is worded by no language model: give --model with a suite that is asked.")
    texts = law_texts(originals)
    chosen = [suite for suite in dict.fromkeys(suites) if texts or suite not in OVER_TEXTS]
    if texts is None:
        tell("The full law texts are not here, so their questions are left out; --originals names their folder.")
    if not chosen:
        raise AssistantError("Nothing is left to evaluate: the suites 'laws' and 'second' ask over the full law texts.")
    if baseline:
        try:
            check_installed()
        except ConfigError as error:
            tell(f"Without the baseline: {error}")
            baseline = False
    return Choice(tuple(chosen), split, texts, baseline, writer, most)


def questions(choice: Choice) -> list[Case]:
    """Return the questions that are put."""
    if choice.is_gate:
        return gate_cases()
    files = [suite for suite in choice.suites if suite in SUITES]
    if choice.asks:
        return _spread(load(files, choice.split), choice.most)
    searched = [suite for suite in SUITES if choice.originals or suite not in OVER_TEXTS]
    return _spread([case for case in load(searched, choice.split) if is_searched(case)], choice.most)


def chat_settings(model: str | None, base_url: str | None) -> ChatSettings | None:
    """Return the language model that is named; None where none is. Raises ConfigError for half of a name."""
    given = {key: value for key, value in (("model", model), ("base_url", base_url)) if value is not None}
    try:
        return ChatSettings.model_validate(given) if given else None
    except ValidationError as error:
        why = str(error.errors()[0]["msg"]).removeprefix("Value error, ")
        raise ConfigError(f"--model and --base-url: {why}.") from error


def evaluate(choice: Choice, cases: Sequence[Case], assistant: Assistant, counting: Counting) -> Report:
    """Return the report of an evaluation in an installation, which takes in what the questions ask over."""
    index, settings = assistant._index, assistant._settings
    named = choice.writer.model_dump(exclude_unset=True) if choice.writer else {}
    writer = chat(settings.chat.model_copy(update=named)) if named else None  # what is wrong with it is told first
    prepare(index, settings, choice.originals)
    if not choice.is_gate:
        warm(index)
    record = Record(index)
    systems: list[System] = [Installation(index, settings)]
    if choice.baseline:
        with counting("embedding for the baseline") as progress:
            systems.append(Tutorial.build(index, index.home / "baseline", progress=progress))
    if writer:
        systems.append(Installation(index, settings, writer))
    results: dict[str, dict[str, Result]] = {}
    for system in systems:
        search = choice.searches and system.name != WORDED  # a model has no part in it
        with counting(f"asking the {system.name}") as progress:
            results[system.name] = run(cases, system, record, ask=choice.asks, search=search, progress=progress)
    about = {
        "split": choice.split,
        "suites": ", ".join(choice.suites),
        "documents": str(len(index.policies())),
        "clauses": str(index.size),
        "model": settings.embedding.model,
        "reranker": settings.retrieval.reranker,
        **({"language model": writer.model_id} if writer else {}),
        "version": version("policy-assistant"),
    }
    return Report(dt.datetime.now().astimezone().isoformat(timespec="seconds"), about, tuple(cases), results)


def _spread(cases: list[Case], most: int | None) -> list[Case]:
    """Return some of the questions, from everywhere in their order."""
    if most is None or most >= len(cases):
        return cases
    return [cases[number * len(cases) // most] for number in range(most)]
