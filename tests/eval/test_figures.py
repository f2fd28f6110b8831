"""Every figure counts what its description says."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from handmade import answered, case, refused

from assistant.evaluation.figures import FIGURES, Asked, measured
from assistant.models import Refusal, Status


def values(case_, record, answer, **more):
    return measured(Asked(case_, record, answer, **more))


def test_every_figure_is_described_in_a_sentence_of_its_own():
    assert all(figure.meaning.endswith(".") for figure in FIGURES)
    described = {figure.key: figure.meaning for figure in FIGURES}
    assert len(set(described.values())) == len(described)


def test_a_complete_answer_has_every_clause_fact_and_item(rules, record):
    wanted = case(gold=(2, 3), facts=[["50万元", "500,000 yuan"], ["六十人"]], items=3)
    found = values(wanted, record, answered(rules, 201, 202, 203, 3))
    assert {key: found[key] for key in ("right_end", "recall", "precision", "facts", "items", "complete")} == {
        "right_end": 1, "recall": 1, "precision": 1, "facts": 1, "items": 1, "complete": 1,
    }  # fmt: skip


def test_what_an_answer_lacks_is_missing_from_its_figures(rules, record):
    wanted = case(gold=(2, 3), facts=[["50万元"], ["六十人"]], items=3)
    found = values(wanted, record, answered(rules, 202, 4))
    assert found["recall"] == 1 / 2  # of articles 2 and 3 the second only
    assert found["precision"] == 1 / 2  # article 4 does not belong
    assert found["facts"] == 1 / 2
    assert found["items"] == pytest.approx(1 / 3)
    assert found["complete"] == 0


def test_a_refused_question_that_has_an_answer_is_a_false_refusal(record):
    found = values(case(), record, refused())
    assert (found["right_end"], found["false_refusal"], found["recall"], found["precision"]) == (0, 1, 0, 0)
    assert "refusal" not in found


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (Status.OUT_OF_SCOPE, {"refusal": 1, "refusal_kind": 1, "complete": 1}),
        (Status.NOT_FOUND, {"refusal": 1, "refusal_kind": 0, "complete": 1}),
    ],
)
def test_a_right_refusal_counts_whatever_its_kind_which_is_counted_by_itself(record, status, expected):
    asked = case(gold=(), expect=Status.OUT_OF_SCOPE, type="out_of_scope")
    found = values(asked, record, refused(status))
    assert {key: found[key] for key in expected} == expected
    assert "false_refusal" not in found


@pytest.mark.parametrize(
    ("trap", "reason", "expected"),
    [
        ("foreign_law", Refusal.FOREIGN_LAW, 1),
        ("foreign_law", Refusal.NOT_FOUND, 0),
        ("no_such_article", Refusal.NO_SUCH_CLAUSE, 1),
        ("number_not_given", Refusal.NOT_FOUND, None),  # nothing more than that can be said
    ],
)
def test_a_refusal_gives_the_reason_there_is(record, trap, reason, expected):
    asked = case(gold=(), expect=Status.NOT_FOUND, trap=trap)
    assert values(asked, record, replace(refused(), refusal=reason)).get("refusal_reason") == expected


def test_a_question_without_an_answer_that_gets_one_is_not_refused(rules, record):
    found = values(case(gold=(), expect=Status.NOT_FOUND), record, answered(rules, 3))
    assert (found["refusal"], found["right_end"], found["complete"]) == (0, 0, 0)
    assert "refusal_kind" not in found


@pytest.mark.parametrize(
    ("articles", "fact", "expected"),
    [
        ((3,), "50万元", 1),
        ((3,), "5万元", 0),  # not the same number, though its last characters are
        ((3, 4), "50万元", 0),  # the fine of article 4 is claimed besides
        ((3, 202), "50万元", 1),  # sixty people are no money
        ((4,), "50万元", 0),
    ],
)
def test_an_amount_is_right_where_the_number_asked_for_stands_alone(rules, record, articles, fact, expected):
    found = values(case(type="amount", facts=[[fact]]), record, answered(rules, *articles))
    assert found["amount"] == expected


def test_amounts_of_clauses_that_may_be_cited_too_are_not_held_against_an_answer(rules, record):
    asked = case(type="amount", facts=[["50万元"]])
    asked = replace(asked, also=case(gold=(4,)).gold)
    assert values(asked, record, answered(rules, 3, 4))["amount"] == 1


def test_a_question_for_a_figure_without_a_number_has_no_amount(rules, record):
    assert "amount" not in values(case(type="amount", facts=[["一次性补助"]]), record, answered(rules, 3))


def test_a_follow_up_is_right_with_every_clause(rules, record):
    asked = case(type="followup", gold=(2, 3))
    assert values(asked, record, answered(rules, 2, 3))["follow_up"] == 1
    assert values(asked, record, answered(rules, 3))["follow_up"] == 0


def test_a_clause_not_yet_in_force_counts_only_with_a_notice_that_names_document_and_day(rules, record):
    early = replace(answered(rules, 3), as_of=dt.date(2018, 3, 31))  # in force from 1 April
    warned = replace(early, notices=("《某省校企合作办法》在2018-03-31尚未施行。",))
    elsewhere = replace(early, notices=("《另一部办法》在2018-03-31尚未施行。", "另见《某省校企合作办法》。"))
    assert values(case(), record, answered(rules, 3))["in_force"] == 1
    assert [values(case(), record, a)["in_force"] for a in (early, warned, elsewhere)] == [0, 1, 0]


def test_a_search_is_measured_by_the_places_of_the_right_clauses(record):
    found = values(case(gold=(2, 3)), record, None, ranked=[None, 1, None, 0])
    assert (found["recall1"], found["recall3"], found["recall10"], found["mrr"]) == (0, 1, 1, 1 / 2)
    assert "latency" not in found
    assert "right_end" not in found


def test_the_time_is_told_in_milliseconds(rules, record):
    assert values(case(), record, answered(rules, 3), seconds=0.25)["latency"] == 250
