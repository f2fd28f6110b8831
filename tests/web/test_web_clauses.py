"""What a source card shows of a clause, and where the quoted words are found in it."""

from __future__ import annotations

import dataclasses

import pytest
from web_fakes import CONDITIONS, DIGEST, MEASURES, cite

from assistant.app.web.clauses import Run, clause, find
from assistant.models import Level, Policy, Provision


@pytest.mark.parametrize(
    ("quote", "texts", "expected"),
    [
        ("学生实习", ["企业接收学生实习。"], {0: (4, 8)}),
        ("学生 实习", ["企业接收学生\n实习。"], {0: (4, 9)}),  # white space does not count
        ("〔2019〕46号", ["财税[2019]46号规定"], {0: (2, 11)}),  # nor does the kind of bracket
        ("３０％", ["按30%抵免"], {0: (1, 4)}),  # nor width
        ("条件之一：独立", ["符合条件之一：", "（一）独立举办"], None),  # a number stands between
        ("条件之一：（一）独立", ["符合条件之一：", "（一）独立举办"], {0: (2, 7), 1: (0, 5)}),
        ("不在其中", ["企业接收学生实习。"], None),
        ("", ["企业"], None),
    ],
)
def test_a_quote_is_found_whatever_its_spacing_and_marks(quote, texts, expected):
    assert find(quote, texts) == expected


def test_of_two_places_the_one_in_the_cited_provision_is_marked():
    assert find("应当", ["企业应当登记。", "学校应当公开。"], first=1) == {1: (2, 4)}


def test_a_quote_before_the_cited_provision_is_still_found():
    assert find("登记", ["企业应当登记。", "学校应当公开。"], first=1) == {0: (4, 6)}


def test_an_item_is_shown_with_its_whole_article_and_only_the_quote_marked():
    shown = clause(cite(2, MEASURES, "art_5/item_2", "每年接收实习学生不少于五人"), MEASURES)
    assert ["".join(run.text for run in p.runs) for p in shown.paragraphs] == [
        "第五条　申请认定的企业应当依法登记，并符合下列条件之一：",
        *CONDITIONS,
    ]
    assert [p.depth for p in shown.paragraphs] == [0, 1, 1, 1]
    assert shown.paragraphs[2].runs == (
        Run("（二）近三年"),
        Run("每年接收实习学生不少于五人", quoted=True),
        Run("；"),
    )
    assert not any(run.quoted for p in (*shown.paragraphs[:2], shown.paragraphs[3]) for run in p.runs)
    assert shown.trail == ("第二章　认定条件",)


def test_an_english_quote_is_marked_in_the_english_text_and_the_chinese_becomes_the_other_language():
    shown = clause(cite(1, DIGEST, "part_1", "may credit 30% of its investment"), DIGEST)
    assert shown.quote_found
    assert [r.text for r in shown.paragraphs[0].runs if r.quoted] == ["may credit 30% of its investment"]
    assert (shown.translation, shown.translation_language) == ((DIGEST.provisions[0].text,), "zh")


def test_a_quote_that_is_not_in_the_clause_is_reported_as_such():
    shown = clause(cite(1, MEASURES, "art_5", "从未写过的话"), MEASURES)
    assert not shown.quote_found
    assert not any(run.quoted for p in shown.paragraphs for run in p.runs)


def test_a_policy_that_is_gone_leaves_the_citation():
    citation = cite(1, MEASURES, "art_5", "依法登记")
    shown = clause(citation, None)
    assert (shown.citation, shown.metadata, shown.paragraphs) == (citation, None, ())


def test_of_a_very_long_article_only_the_cited_item_is_shown():
    items = tuple(
        Provision(f"long/art_1/item_{n}", Level.ITEM, f"第一条第（{n}）项", f"（{n}）" + "款" * 2_000)
        for n in range(1, 5)
    )
    policy: Policy = dataclasses.replace(
        MEASURES, id="long", provisions=(Provision("long/art_1", Level.ARTICLE, "第一条", "第一条　如下："), *items)
    )
    shown = clause(cite(1, policy, "art_1/item_3", "（3）"), policy)
    assert len(shown.paragraphs) == 1
    assert shown.paragraphs[0].depth == 0
    assert shown.quote_found
