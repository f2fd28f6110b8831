"""The page of an evaluation stands alone, shows what changed and what is worst, and trusts nothing it shows."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from handmade import answered, case, refused

from assistant.app.evaluation.page import page
from assistant.evaluation.changes import changes
from assistant.evaluation.figures import Asked
from assistant.evaluation.report import Report, Result, report_json, views
from assistant.evaluation.run import _result
from assistant.models import Status

NASTY = "补多少<script>alert(1)</script>钱？\"'&"


@pytest.fixture
def report(rules, record):
    """Three questions: one answered in full, one with the wrong clause, one refused as it should be."""
    cases = (
        case("right", facts=[["50万元"]]),
        case("wrong", turns=("前一句", NASTY), language="en", type="followup"),
        case("refused", gold=(), expect=Status.NOT_FOUND, suite="unanswerable", trap="off_topic"),
    )
    answers = {"right": answered(rules, 3), "wrong": answered(rules, 4), "refused": refused()}
    results = {c.id: _result(Asked(c, record, answers[c.id], 0.05)) for c in cases}
    theirs = {c.id: _result(Asked(c, record, answered(rules, 2, 3, 4), 0.02)) for c in cases}
    about = {"split": "dev", "note": "<b>bold</b>"}
    return Report("2026-01-01T00:00:00+00:00", about, cases, {"assistant": results, "baseline": theirs})


class Tags(HTMLParser):
    """Every tag of a page with its attributes, and whether each that opens is closed."""

    VOID = frozenset({"meta", "br"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in self.VOID and tag not in ("rect", "circle"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, f"{tag} closes something else"


def test_the_page_is_whole_and_loads_and_runs_nothing(report):
    html = page(report)
    tags = Tags(html)
    assert tags.open == []
    names = {tag for tag, _ in tags.found}
    assert "svg" in names
    assert names.isdisjoint({"script", "link", "img", "iframe", "object"})
    assert all(
        name not in ("src", "srcset") and not name.startswith("on")
        for _, attributes in tags.found
        for name in attributes
    )
    assert all(a["href"].startswith("#") for tag, a in tags.found if tag == "a")
    assert re.findall(r"url\(|@import", html) == []


def test_links_lead_to_sections_that_are_there(report):
    tags = Tags(page(report)).found
    assert {a["href"][1:] for tag, a in tags if tag == "a"} == {a["id"] for tag, a in tags if tag == "section"}


def test_questions_and_all_else_from_outside_are_shown_as_text(report):
    html = page(report)
    assert "<script>alert" not in html
    assert "补多少&lt;script&gt;alert(1)&lt;/script&gt;钱？&quot;&#x27;&amp;" in html
    assert "&lt;b&gt;bold&lt;/b&gt;" in html


def test_a_bad_case_is_shown_with_its_question_and_the_clauses_expected_and_given(report):
    worst = page(report).partition('id="worst"')[2].partition("</section>")[0]
    assert "前一句<br>补多少" in worst
    assert "<dt>expected</dt><dd>answered<br>办法.md: 第三条</dd>" in worst
    assert "<dt>given</dt><dd>answered<br>办法.md: 第四条</dd>" in worst
    assert "right ·" not in worst


def test_the_items_of_a_clause_that_were_cited_are_counted_in_one_line(report, rules, record):
    wrong = case("wrong")
    listed = {"wrong": _result(Asked(wrong, record, answered(rules, 201, 202, 203, 4)))}
    html = page(replace(report, cases=(wrong,), results={"assistant": listed}))
    assert "<dt>given</dt><dd>answered<br>办法.md: 第二条 (cited 3 times)<br>办法.md: 第四条</dd>" in html


def test_the_worst_come_first_and_those_without_a_fault_not_at_all(report):
    assert [c.id for c in report.worst()] == ["wrong"]
    half = replace(report.results["assistant"]["right"], values={"recall": 0.5})
    results = {**report.results["assistant"], "right": half}
    both = replace(report, results={"assistant": results})
    assert [c.id for c in both.worst()] == ["wrong", "right"]
    assert [c.id for c in both.worst(1)] == ["wrong"]


def test_every_figure_is_explained_beside_its_value_and_the_baselines(report):
    figures = page(report).partition('id="figures"')[2].partition("</section>")[0]
    assert "clause citation recall<small>Share of the clauses a complete answer cites" in figures
    rows = [row for row in figures.split("<tr>") if row.startswith("<td>clause citation recall")]
    # Two questions have clauses: we cited one of two, the baseline both. In Chinese ours was right, in English not.
    assert re.findall(r">([\d.]+) \[", rows[0]) == ["0.500", "1.000", "0.000", "1.000"]


def test_what_changed_is_told_with_the_questions_gained_and_lost(report):
    after = {id_: result.values for id_, result in report.results["assistant"].items()}
    before = {
        **after,
        "right": {**after["right"], "complete": 0, "recall": 0},
        "wrong": {**after["wrong"], "complete": 1},
    }
    html = page(report, changes(before, after), "last/report.json")
    part = html.partition('id="changes"')[2].partition("</section>")[0]
    assert "Since last/report.json" in part
    assert "0.000 → 0.500" in part  # recall over the two questions that have clauses
    gained, _, lost = part.partition("Lost")
    assert ("50万元" in gained, "补多少&lt;script" in gained) == (True, False)
    assert "补多少&lt;script" in lost


def test_the_report_as_data_holds_what_the_page_shows(report):
    data = report_json(report)
    assert data["figures"]["assistant"]["all"]["clause citation recall"]["value"] == 0.5
    assert data["figures"]["assistant"]["language: English"]["clause citation recall"]["value"] == 0
    assert data["figures"]["baseline"]["all"]["clause citation recall"]["value"] == 1
    (wrong,) = (c for c in data["cases"] if c["id"] == "wrong")
    assert wrong["question"] == ["前一句", NASTY]
    assert wrong["gold"] == [["办法.md", "第三条"]]
    assert wrong["results"]["assistant"]["cited"] == [["办法.md", "第四条"]]


def test_figures_are_given_by_suite_language_type_and_trap(report):
    assert [(division, part, [c.id for c in cases]) for division, part, cases in views(report.cases)] == [
        ("suite", "laws", ["right", "wrong"]),
        ("suite", "unanswerable", ["refused"]),
        ("language", "Chinese", ["right", "refused"]),
        ("language", "English", ["wrong"]),
        ("type", "condition", ["right", "refused"]),
        ("type", "followup", ["wrong"]),
        ("kind of trap", "off_topic", ["refused"]),
    ]


def test_a_page_of_rankings_only_has_no_answers_to_show():
    searched = case("s")
    result = Result(None, (), "", {"ndcg10": 1.0, "recall1": 1.0}, ())
    html = page(Report("2026-01-01", {}, (searched,), {"assistant": {"s": result}}))
    assert "search: nDCG@10" in html
    assert 'id="worst"' not in html
    assert 'id="time"' not in html
