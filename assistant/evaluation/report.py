"""The result of an evaluation as data: what `report.json` holds, and how it is read again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import mean
from typing import Any

from assistant.errors import AssistantError
from assistant.evaluation.cases import Case
from assistant.evaluation.figure import Figure
from assistant.evaluation.figures import FIGURES, estimates
from assistant.evaluation.intervals import Estimate
from assistant.evaluation.systems import OURS, WORDED

_WORTH = ("recall", "precision", "facts", "items")  # a refusal has none of them: only its end is right or wrong

Values = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Result:
    """What one system made of one question."""

    status: str | None  # None where it was only searched for
    cited: tuple[tuple[str, str], ...]  # source and locator of each clause
    answer: str
    values: Values  # by the keys of the figures
    unverified: tuple[str, ...]  # statements that the clauses do not carry, with what is wrong
    failure: str | None = None  # why a language model did not finish

    @property
    def worth(self) -> float:
        """How good it is by and large, from 0 to 1: what cases are ordered by."""
        return mean([self.values[key] for key in _WORTH if key in self.values] or [self.values.get("right_end", 1.0)])


@dataclass(frozen=True, slots=True)
class Report:
    """One evaluation: its questions, and what each system made of them."""

    made: str  # when, ISO
    about: Mapping[str, str]  # what was asked over and how, for people
    cases: tuple[Case, ...]
    results: Mapping[str, Mapping[str, Result]]  # by system, then by case id

    def values(self, system: str, cases: Sequence[Case] | None = None) -> list[Values]:
        """Return what a system's figures are made of, over all questions or some of them."""
        held = self.results.get(system, {})
        return [held[case.id].values for case in (self.cases if cases is None else cases) if case.id in held]

    def figures(self, system: str, cases: Sequence[Case] | None = None) -> list[tuple[Figure, Estimate]]:
        """Return a system's figures over all questions or some of them."""
        return estimates(self.values(system, cases))

    def listed(self) -> list[Figure]:
        """Return the figures that any system has, in their order."""
        asked = {figure.name for system in self.results for figure, _ in self.figures(system)}
        return [figure for figure in FIGURES if figure.name in asked]

    def worst(self, count: int = 10) -> list[Case]:
        """Return the questions with an answer that we did worst on, worst first; those without a fault are left out."""
        held = self.results[OURS]
        asked = [case for case in self.cases if not case.must_be_refused and held[case.id].status]
        faulty = [case for case in asked if held[case.id].worth < 1]
        return sorted(faulty, key=lambda case: (held[case.id].worth, case.id))[:count]

    def not_refused(self) -> list[Case]:
        """Return the questions without an answer that got one."""
        held = self.results[OURS]
        return [case for case in self.cases if case.must_be_refused and held[case.id].values.get("refusal") == 0]


def views(cases: Sequence[Case]) -> Iterator[tuple[str, str, list[Case]]]:
    """Yield the sets of questions that figures are given for: what divides them, the name of one part, its questions."""
    divisions: tuple[tuple[str, Callable[[Case], str | None]], ...] = (
        ("suite", lambda case: case.suite),
        ("language", lambda case: language_of(case)),
        ("type", lambda case: case.type),
        ("kind of trap", lambda case: case.trap),
    )
    for division, part_of in divisions:
        parts: dict[str, list[Case]] = {}
        for case in cases:
            if (part := part_of(case)) is not None:
                parts.setdefault(part, []).append(case)
        for part in sorted(parts):
            yield division, part, parts[part]


def language_of(case: Case) -> str:
    """Return what tables call the language of a question."""
    return {"en": "English", "mixed": "both mixed"}.get(case.language, "Chinese")


def report_json(report: Report) -> dict[str, Any]:
    """Return a report as `report.json` holds it."""
    sets = [("all", "all", list(report.cases)), *views(report.cases)]
    return {
        "made": report.made,
        "about": dict(report.about),
        "figures": {
            system: {
                (part if division == "all" else f"{division}: {part}"): {
                    figure.name: _rounded(estimate) for figure, estimate in report.figures(system, cases)
                }
                for division, part, cases in sets
            }
            for system in report.results
        },
        "cases": [
            {
                **_case_json(case),
                "results": {system: _result_json(by[case.id], system) for system, by in report.results.items()},
            }
            for case in report.cases
        ],
    }


def read_values(path: Path) -> dict[str, Values]:
    """Return our values by case id from an earlier `report.json`; raises AssistantError where it is none."""
    try:
        loaded = json.loads(path.read_text("utf-8"))
        found = {case["id"]: case["results"][OURS]["values"] for case in loaded["cases"]}
        return {id_: {key: float(value) for key, value in values.items()} for id_, values in found.items()}
    except OSError as error:
        raise AssistantError(f"{path} cannot be read ({error.strerror}). Give the report.json of a run.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise AssistantError(f"{path} is not the report.json of an evaluation. Give one that `eval` wrote.") from error


def _rounded(estimate: Estimate) -> dict[str, float]:
    return {name: round(value, 4) for name, value in asdict(estimate).items()}


def _case_json(case: Case) -> dict[str, Any]:
    return {
        "id": case.id,
        "suite": case.suite,
        "split": case.split,
        "type": case.type,
        "language": case.language,
        "trap": case.trap,
        "question": list(case.turns),
        "as_of": case.as_of.isoformat() if case.as_of else None,
        "jurisdiction": case.jurisdiction,
        "expect": case.expect.value,
        "gold": [[gold.document, gold.locator] for gold in case.gold],
    }


def _result_json(result: Result, system: str) -> dict[str, Any]:
    told: dict[str, Any] = {"status": result.status, "values": dict(result.values)}
    if result.failure:
        told["failure"] = result.failure
    if system in (OURS, WORDED):
        told["cited"] = [list(clause) for clause in result.cited]
        told |= {"unverified": list(result.unverified), "answer": result.answer}
    return told
