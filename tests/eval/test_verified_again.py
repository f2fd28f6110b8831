"""Statements are held against the stored clauses once more, and nothing an answer says of itself is believed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from handmade import answered

from assistant.models import Cell, Row, Statement, Table


def test_what_stands_in_its_clause_is_verified(rules, record):
    assert list(record.unverified(answered(rules, 202, 3))) == []


def test_a_statement_without_a_citation_is_not(rules, record):
    answer = replace(answered(rules, 3), statements=(Statement("可以获得补助。", ()),))
    assert list(record.unverified(answer)) == ["可以获得补助。: it cites nothing, or what is not among the citations"]


def test_a_statement_whose_citation_is_missing_is_not(rules, record):
    answer = replace(answered(rules, 3), citations=())
    (told,) = record.unverified(answer)
    assert told.endswith("it cites nothing, or what is not among the citations")


def test_a_quote_that_is_not_in_its_clause_is_found(rules, record):
    answer = answered(rules, 3)
    (citation,) = answer.citations
    answer = replace(answer, citations=(replace(citation, quote="可以获得五百万元的补助"),))
    (told,) = record.unverified(answer)
    assert told.endswith(f"its quote is not in {citation.address}")


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("可以获得80万元的补助。", "80 is in none of its clauses"),
        ("可以获得八十万元的补助。", "800000 元 is in none of its clauses"),
        ("1. 可以获得50万元的补助。", None),  # the number of a list
        ("可以获得五十万元的补助。", None),  # the same amount in other words
    ],
)
def test_a_number_that_no_cited_clause_has_is_found(rules, record, said, wrong):
    told = list(record.unverified(answered(rules, 3, said=said)))
    assert [one.split(": ", 1)[1] for one in told] == ([wrong] if wrong else [])


def test_numbers_may_come_from_any_of_the_cited_clauses(rules, record):
    answer = answered(rules, 202, 3)
    both = replace(answer, statements=(Statement("接收六十人以上的，可以获得50万元。", (1, 2)),))
    assert list(record.unverified(both)) == []


@pytest.mark.parametrize("where", ["lead", "remark", "table"])
def test_the_short_answer_remarks_and_cells_are_held_against_the_clauses_too(rules, record, where):
    answer = answered(rules, 3)
    (statement,) = answer.statements
    wrong = "补助90万元"
    answers = {
        "lead": replace(answer, lead=Statement(wrong, (1,))),
        "remark": replace(answer, statements=(replace(statement, remark=wrong),)),
        "table": replace(answer, table=Table(("甲", "乙"), (Row("补助", (Cell(wrong, (1,)), Cell())),))),
    }
    assert list(record.unverified(answers[where])) == ["补助90万元: 90 is in none of its clauses"]


@pytest.mark.parametrize(
    ("said", "wrong"), [("没有找到条款", False), ("", False), ("90万元", True), ("九十万元", True)]
)
def test_a_cell_without_a_citation_may_say_that_nothing_was_found_but_no_number(rules, record, said, wrong):
    table = Table(("甲", "乙"), (Row("补助", (Cell("可以获得50万元", (1,)), Cell(said))),))
    assert bool(list(record.unverified(replace(answered(rules, 3), table=table)))) is wrong
