"""The Python API: what the README shows, on a real installation."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.errors import AssistantError, QuestionError

CONDITIONS = "企业申请认定为合作企业要符合哪些条件？"


@pytest.fixture(scope="module")
def held(small):
    with Assistant.open(small.home) as assistant:
        yield assistant


def test_a_question_is_answered_with_quotes_from_its_clauses(held):
    answer = held.ask(CONDITIONS)
    assert answer.status == "answered"
    assert (answer.citations[0].locator, answer.citations[0].source) == ("第二条", "办法.md")
    text = "".join(p.text for p in held.policy("办法").provisions)
    assert all(citation.quote in text for citation in answer.citations)


def test_an_earlier_question_may_be_given_as_one_text_or_as_several(held):
    once = held.ask("那补助是多少？", history=CONDITIONS)
    assert once == held.ask("那补助是多少？", history=[CONDITIONS])


@pytest.mark.parametrize("day", [dt.date(2024, 5, 1), dt.datetime(2024, 5, 1, 9), "2024-05-01"])
def test_the_day_may_be_a_date_or_its_iso_form(held, day):
    assert held.ask(CONDITIONS, as_of=day).as_of == dt.date(2024, 5, 1)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("330200", "330200"),
        ("宁波", "330200"),
        ("Zhejiang", "330000"),
        ("cn", "CN"),
        ("330299", "330299"),
        (None, None),
    ],
)
def test_the_place_may_be_a_code_or_a_name(held, given, code):
    assert held.ask(CONDITIONS, jurisdiction=given).jurisdiction == code


@pytest.mark.parametrize("given", ["Mars", "990000", "33", "浙江和江苏"])
def test_a_place_nobody_knows_is_refused(held, given):
    with pytest.raises(QuestionError, match=re.escape(f"'{given}' is not a known place; give its GB/T 2260 code")):
        held.ask(CONDITIONS, jurisdiction=given)


def test_search_returns_as_many_hits_as_asked_for(held):
    hits = held.search("企业条件", k=2)
    assert len(hits) == 2
    assert hits[0].score >= hits[1].score
    assert hits[0].policy.source == "办法.md"


@pytest.mark.parametrize("as_given", [str, Path, lambda path: [path], lambda path: (str(path),)])
def test_one_path_needs_no_list(tmp_path, as_given):
    (tmp_path / "a.txt").write_text("第一条　企业应当接收学生。", "utf-8")
    with Assistant.open(tmp_path / "home") as assistant:
        report = assistant.ingest(as_given(tmp_path / "a.txt"))
        assert [(o.source, o.status) for o in report.outcomes] == [("a.txt", "added")]
        assert assistant.remove("a.txt") == ["a.txt"]
        assert assistant.policies() == ()
        assert assistant.ask("企业应当接收学生吗？").citations == ()


def test_a_document_that_is_not_held_is_told(held):
    with pytest.raises(AssistantError, match="There is no document 'x' here"):
        held.policy("x")


def test_an_installation_that_holds_something_gets_no_starter_corpus(held):
    assert held.init() is None
    assert [policy.source for policy in held.policies()] == ["办法.md"]


def test_an_installation_is_new_until_something_was_taken_in(tmp_path):
    (tmp_path / "rules.txt").write_text("第一条　学校、企业和学生应当签订实习协议。", encoding="utf-8")
    with Assistant.open(tmp_path / "home") as assistant:
        assert assistant.is_new
        assistant.ingest(tmp_path / "rules.txt")
        assistant.remove("rules.txt")
        assert not assistant.is_new
