"""The gate: a few questions over the starter corpus, whose figures must not fall by more than chance explains."""

from __future__ import annotations

from collections import Counter

import pytest

from assistant import Assistant
from assistant.evaluation.cases import Case
from assistant.evaluation.changes import changes
from assistant.evaluation.facts import Record
from assistant.evaluation.gate import gate_cases, reference
from assistant.evaluation.report import read_values
from assistant.evaluation.run import run
from assistant.evaluation.systems import Installation


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return gate_cases()


def test_the_gate_asks_questions_of_every_type_and_every_trap_none_of_the_test_split(cases):
    assert {case.split for case in cases} == {"dev"}
    assert [id_ for id_, count in Counter(case.id for case in cases).items() if count > 1] == []
    assert {case.suite for case in cases} == {"corpus", "unanswerable"}
    assert len({case.trap for case in cases}) == 10  # nine kinds of trap, and none
    assert {"amount", "comparison", "condition", "followup", "list", "validity"} <= {case.type for case in cases}


def test_the_reference_holds_every_question_of_the_gate(cases):
    assert set(read_values(reference())) == {case.id for case in cases}, (
        "The list of the gate has changed: `assistant eval --suite gate --keep` writes the reference anew."
    )


@pytest.mark.timeout(600)
def test_no_figure_of_the_gate_has_fallen(starter_home, cases):
    with Assistant.open(starter_home) as assistant:
        index = assistant._index
        results = run(cases, Installation(index, assistant._settings), Record(index), search=False)
    found = changes(read_values(reference()), {id_: result.values for id_, result in results.items()})
    told = [f"{c.figure.name}: {c.before:.3f} -> {c.after:.3f}, lost {', '.join(found.lost)}" for c in found.fallen]
    assert told == []
    assert [one for result in results.values() for one in result.unverified] == []
