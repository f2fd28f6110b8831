"""What a sentence may say of its clauses: their words under their signs, and nothing beside them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from drafting_clauses import clause as clause_of

from assistant import Assistant
from assistant.drafting import signs
from assistant.drafting.bindings import stand_where_said
from assistant.drafting.check import problem
from assistant.drafting.reading import Sentence
from assistant.drafting.signs import of_lead
from assistant.drafting.support import of_another, unsupported
from assistant.retrieve import idf
from assistant.text import language

HERE = Path(__file__).parent
HELD_OUT = [
    (entry["clause"], entry.get("lead"), *told)
    for name in ("support_unseen.yaml", "support_fresh.yaml")
    for entry in yaml.safe_load((HERE / name).read_text("utf-8"))
    for told in entry["says"]
]
ENTRIES = yaml.safe_load((HERE / "support.yaml").read_text("utf-8"))
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


def told_of(clause: str, lead: str | None, sentence: str, weight) -> str | None:
    """Why a sentence that points at a clause is not shown, after everything that a draft is held against."""
    given = {"C1": clause_of(clause, 1, "C2" if lead else None)}
    if lead:
        given["C2"] = clause_of(lead, 2)
    asked = {"spoken": language(sentence), "weight": weight, "prompt": "", "before": ()}
    return problem(Sentence(sentence, ("C1",)), given, **asked)


@pytest.mark.parametrize(
    ("clause", "lead", "sentence"),
    [(clause, lead, sentence) for clause, lead, sentence, true, _ in HELD_OUT if not true],
)
def test_no_untrue_sentence_of_the_held_out_sets_is_shown(clause, lead, sentence, weight):
    assert told_of(clause, lead, sentence, weight)


def test_most_true_sentences_of_the_held_out_sets_are_shown(weight):
    true = [(clause, lead, sentence) for clause, lead, sentence, holds, _ in HELD_OUT if holds]
    refused = [one[2] for one in true if told_of(*one, weight)]
    assert len(refused) <= 0.1 * len(true), refused


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
        ("举办职业学校的。", "有下列情形之一的，予以警告；情节严重的，三年内不得申请：", None),
        ("举办职业学校的。", "有下列情形之一的，三年内不得申请：", "negation"),
    ],
)
def test_an_item_is_told_as_the_words_above_its_list_mean_it(sentence, lead, differs):
    assert of_lead(sentence, lead, "安排未满十六周岁的学生实习；举办职业学校；") == differs


@pytest.mark.parametrize(
    ("sentence", "lead", "differs"),
    [
        ("可以为无合法证照的单位介绍。", "不得有下列行为：", "negation"),
        ("不得为无合法证照的单位介绍。", "不得有下列行为：", None),
    ],
)
def test_a_no_inside_an_item_is_not_the_one_above_its_list(sentence, lead, differs):
    assert of_lead(sentence, lead, "为无合法证照的单位介绍；") == differs


@pytest.mark.parametrize(
    ("sentence", "clause", "differs"),
    [
        ("结转年限最长不能超过五年。", "结转年限最长不得超过五年。", None),
        ("结转年限最长可以超过五年。", "结转年限最长不得超过五年。", "bound"),
        ("实习报酬可以少于最低工资。", "实习报酬不得低于最低工资。", "bound"),
        ("超过三十日的，须另行批准。", "超过三十日的，应当另行批准。", None),
        ("不超过三十日的，应当另行批准。", "超过三十日的，应当另行批准。", "bound"),
        ("单个基地的补助最低300万元。", "单个基地的补助最高不超过300万元。", "bound"),
        ("At most 80 percent of the wage must be paid.", "At least 80 percent of the wage must be paid.", "bound"),
        ("学校应当向企业报送计划。", "企业应当向学校报送计划。", "actor"),
        ("计划应当由企业向学校报送。", "企业应当向学校报送计划。", None),
        ("企业可以向学校报送计划。", "企业应当向学校报送计划。", "must and may"),
        ("The term may exceed five years.", "The term may not exceed five years.", "bound"),
        ("The term must not exceed five years.", "The term may not exceed five years.", None),
        ("自然人、法人和非法人组织依法享受优惠。", "自然人、法人或者非法人组织依法享受优惠。", None),
        ("国务院另有规定的，从其规定。", "国务院另有规定的，从其规定。", None),
        ("剩余财产不归属任何个人。", "符合下列条件：剩余财产不归属任何个人；", None),
        ("不适宜青少年的场所可以招用学徒。", "不适宜青少年的场所不得招用学徒。", "negation"),
        (
            "超出的部分，企业可以选择结转抵扣，可以从收入中抵扣。",
            "收入以外超出的部分，企业可以选择结转抵扣。",
            "must and may",
        ),
        ("可以岗位实习，是独立参与工作。", "岗位实习，是独立参与工作。", "must and may"),
        ("企业可以选择结转抵扣，也可以申请退还。", "企业可以选择结转抵扣或者申请退还。", None),
        ("税款对应的凭证，不得从支出中扣除。", "下列凭证不得从支出中扣除：税款对应的凭证；", None),
    ],
)
def test_a_bound_keeps_its_no_and_a_name_that_holds_one_denies_nothing(sentence, clause, differs):
    assert signs.differing(sentence, [clause]) == differs


@pytest.mark.parametrize(
    ("sentence", "lead", "of_its_lead"),
    [
        ("失业保险基金用于下列支出。", "失业保险基金用于下列支出：", True),
        ("失业保险基金用于失业保险金、医疗补助金。", "失业保险基金用于下列支出：", False),
    ],
)
def test_what_only_leads_in_a_list_is_not_said_by_its_item(sentence, lead, of_its_lead, weight):
    assert of_another(sentence, ["（一）失业保险金、医疗补助金；"], [lead], weight) is of_its_lead


def test_a_short_sentence_that_stands_in_the_clause_is_shown(weight):
    clause = "只有列入名单的企业才能享受。没有入库的企业不能享受。"
    assert unsupported("按照规定，没有入库的企业不得享受。", [clause], "", weight) is None


def test_a_duty_that_the_clause_does_not_name_is_not_shown(weight):
    clause = ["培训方案应当在开展培训前报主管部门备案。"]
    assert unsupported("开展培训的，应当制定培训方案。", clause, "", weight) == "words"
    assert unsupported("开展培训前，应当报主管部门备案培训方案。", clause, "", weight) is None


def test_an_item_of_one_word_is_told_by_that_word(weight):
    assert unsupported("此外，劳动报酬。", ["合同应当具备以下条款：", "（四）劳动报酬；"], "", weight) is None
    assert unsupported("此外，劳动报酬。", ["用人单位应当按月支付劳动报酬。"], "", weight) == "nothing said"
