"""What a sentence may say of its clauses: their words under their signs, and nothing beside them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assistant import Assistant
from assistant.drafting.bindings import stand_where_said
from assistant.drafting.signs import of_lead
from assistant.drafting.support import unsupported
from assistant.retrieve import idf

ENTRIES = yaml.safe_load((Path(__file__).parent / "support.yaml").read_text("utf-8"))
UNTRUE = [(entry["clause"], sentence) for entry in ENTRIES for sentence, _ in entry["not"]]
TRUE = [(entry["clause"], sentence) for entry in ENTRIES for sentence in entry["says"]]


@pytest.fixture(scope="module")
def weight(starter_home):
    """How much each word tells among the clauses of the starter corpus."""
    with Assistant.open(starter_home) as assistant:
        yield lambda word: idf(assistant._index, word)


@pytest.mark.parametrize(("clause", "sentence"), UNTRUE, ids=[sentence for _, sentence in UNTRUE])
def test_what_a_clause_does_not_say_is_not_shown(clause, sentence, weight):
    assert unsupported(sentence, clause, "", weight)


def test_what_a_clause_says_in_other_words_is_shown(weight):
    refused = [sentence for clause, sentence in TRUE if unsupported(sentence, clause, "", weight)]
    assert len(refused) <= 0.07 * len(TRUE), refused


@pytest.mark.parametrize(
    ("sentence", "clause", "holds"),
    [
        ("改扩建项目最高1000万元。", "新建项目最高2000万元，改扩建项目最高1000万元。", True),
        ("改扩建项目最高2000万元。", "新建项目最高2000万元，改扩建项目最高1000万元。", False),
        ("教师每2年到企业实践不少于2个月。", "教师每2年到企业实践不少于2个月。", True),
        ("教师每2个月到企业实践不少于2年。", "教师每2年到企业实践不少于2个月。", False),
        ("培育期至少1个月。", "培育期至少1年，于次年1月底前公开报告。", False),
        ("实习期为6个月。", "实习期为六个月。", True),
    ],
)
def test_a_figure_stands_with_the_words_it_has_in_the_clause(sentence, clause, holds):
    assert stand_where_said(sentence, [clause]) is holds


@pytest.mark.parametrize(
    ("sentence", "lead", "differs"),
    [
        ("安排未满十六周岁的学生实习。", "学校不得有下列行为：", "negation"),
        ("不得安排未满十六周岁的学生实习。", "学校不得有下列行为：", None),
        ("企业必须举办职业学校。", "符合下列条件之一的企业可以申请：", "all and any"),
        ("企业举办职业学校的，可以申请。", "符合下列条件之一的企业可以申请：", None),
    ],
)
def test_an_item_is_told_as_the_words_above_its_list_mean_it(sentence, lead, differs):
    assert of_lead(sentence, lead, "安排未满十六周岁的学生实习；举办职业学校；") == differs
