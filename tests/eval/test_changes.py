"""Two runs are compared question by question, and a figure falls only where chance does not explain it."""

from __future__ import annotations

import json

import pytest

from assistant.errors import AssistantError
from assistant.evaluation.changes import changes
from assistant.evaluation.report import read_values


def runs(before: list[float], after: list[float], key: str = "recall"):
    return changes(*({str(n): {key: value} for n, value in enumerate(side)} for side in (before, after)))


@pytest.mark.parametrize(
    ("lost", "fell"),
    [
        (0, False),
        (1, False),
        (3, False),  # of forty; a draw without any of them has a chance of about e^-3, 5 %
        (4, True),  # e^-4, 1.8 %: less than the 2.5 % that the interval leaves outside
        (12, True),
    ],
)
def test_a_figure_falls_where_its_whole_interval_does(lost, fell):
    found = runs([1] * 40, [0] * lost + [1] * (40 - lost))
    assert [change.figure.key for change in found.fallen] == (["recall"] if fell else [])
    (change,) = found.figures
    assert (change.before, change.after) == (1, 1 - lost / 40)


def test_a_figure_of_which_less_is_better_falls_when_it_rises():
    found = runs([0] * 40, [1] * 10 + [0] * 30, key="false_refusal")
    assert [change.figure.name for change in found.fallen] == ["false refusals"]


def test_gains_and_losses_that_even_out_are_no_fall_but_are_named():
    found = runs([1] * 10 + [0] * 10, [0] * 10 + [1] * 10, key="complete")
    assert found.fallen == ()
    assert found.lost == tuple(map(str, range(10)))
    assert found.gained == tuple(map(str, range(10, 20)))


def test_unverified_statements_are_added_up():
    (change,) = runs([0, 0, 1], [2, 0, 1], key="unverified").figures
    assert (change.before, change.after) == (1, 3)


def test_times_are_not_compared_as_machines_differ():
    assert runs([10, 20], [1000, 2000], key="latency").figures == ()


def test_only_questions_that_both_runs_have_are_compared():
    found = changes({"a": {"recall": 1}, "b": {"recall": 1}}, {"b": {"recall": 0}, "c": {"recall": 0}})
    assert found.compared == 1
    assert [(c.before, c.after) for c in found.figures] == [(1, 0)]


def test_the_values_of_an_earlier_run_are_read_from_its_report(tmp_path):
    path = tmp_path / "report.json"
    path.write_text(json.dumps({"cases": [{"id": "a", "results": {"assistant": {"values": {"recall": 1}}}}]}))
    assert read_values(path) == {"a": {"recall": 1.0}}


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"cases": [{"id": "a"}]}', '{"cases": 3}'])
def test_what_is_no_report_is_told(tmp_path, text):
    path = tmp_path / "other.json"
    path.write_text(text)
    with pytest.raises(AssistantError, match=r"other\.json is not the report.json of an evaluation\. Give one that"):
        read_values(path)


def test_a_report_that_is_not_there_is_told(tmp_path):
    with pytest.raises(AssistantError, match=r"none\.json cannot be read \(No such file or directory\)"):
        read_values(tmp_path / "none.json")
