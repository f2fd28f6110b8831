"""What clauses do, and how many members of a list they ask for."""

import pytest
from structure_texts import at, read

from assistant.models import Kind
from assistant.structure import quantifier
from assistant.structure.kinds import kinds_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("申报企业应当符合下列条件之一：", "any"),
        ("有下列情形之一的，取消资格：", "any"),
        ("具有下列资格之一的人员", "any"),
        ("符合以下任意一项的", "any"),
        ("满足下列条件中的任意一项即可", "any"),
        ("申报企业应当同时具备下列条件：", "all"),
        ("应当具备下列条件：", "all"),
        ("提交下列材料：", "all"),
        ("按照下列程序办理：", "all"),
        ("符合下列条件两项以上的企业：", "at least 2"),
        ("至少满足下列条件中的三项：", "at least 3"),
        ("具备下列条件至少一项", "any"),
        ("符合下列任意两项的：", "at least 2"),
        ("具备下列条件之二以上的：", "at least 2"),
        ("满足以下4个条件中的2个：", "at least 2"),
        ("下列条件满足其一即可：", "any"),
        ("以下条件须全部满足：", "all"),
        ("除符合第八条规定外，还应当具备下列条件：", "all"),
        ("需提供下列材料之一：", "any"),
        ("符合以下三项条件：", "all"),
        ("补贴范围包括：", None),
        ("下列收入为免税收入：", None),
        ("本办法所称企业，包括下列各类：", None),
        ("shall meet the following conditions:", "all"),
        ("meets at least two of the following conditions:", "at least 2"),
        ("in any of the following circumstances", "any"),
    ],
)
def test_any_and_all_are_told_by_the_lead_in(text, expected):
    assert quantifier(text) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("申请产教融合型企业应当具备下列条件：", Kind.CONDITION),
        ("试点企业可按投资额的30%抵免当年应缴教育费附加。", Kind.BENEFIT),
        ("对符合条件的企业给予每人4000元补贴。", Kind.BENEFIT),
        ("企业自愿申报，省级部门组织评审并公示。", Kind.PROCEDURE),
        ("申请人应当提交下列材料：", Kind.MATERIAL),
        ("自收到申请之日起15日内作出决定。", Kind.DEADLINE),
        ("企业应当接纳学生实习。", Kind.OBLIGATION),
        ("不得安排学生从事高空作业。", Kind.OBLIGATION),
        ("教育部门应当定期监督检查。", Kind.SUPERVISION),
        ("由主管部门责令改正，处一万元以上五万元以下罚款。", Kind.SANCTION),
        ("本办法所称产教融合型企业是指深度参与产教融合的企业。", Kind.DEFINITION),
        ("国务院教育行政部门负责职业教育工作的统筹规划。", Kind.AUTHORITY),
        ("到2025年，建成150家市域产教联合体。", Kind.TARGET),
        ("坚持政府引导、企业主体的原则。", Kind.PRINCIPLE),
    ],
)
def test_kinds_are_told_by_the_words_of_a_clause(text, kind):
    assert kind in kinds_of(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("企业按照应缴费额的50%减征。", Kind.OBLIGATION),
        ("自2019年7月1日至2024年12月31日减征。", Kind.TARGET),
        ("应届毕业生可以参加培训。", Kind.OBLIGATION),
        ("（四）罚金、罚款和被没收财物的损失；（三）税收滞纳金；", Kind.SANCTION),  # what cannot be deducted
    ],
)
def test_words_that_only_look_like_a_kind_are_not_taken_for_it(text, kind):
    assert kind not in kinds_of(text)


def test_items_share_the_kinds_of_their_lead_in():
    parsed = read("第五条　申请人应当提交下列材料：\n（一）营业执照；\n（二）实习协议。")
    assert Kind.MATERIAL in at(parsed, "art_5/item_1").kinds


def test_points_share_the_practical_kinds_of_their_title_but_not_its_principles():
    parsed = read("# 申报指南\n一、申报条件\n（一）依法登记；\n二、总体要求\n（一）加大投入。")
    assert at(parsed, "part_1/point_1").kinds == (Kind.CONDITION,)
    assert Kind.PRINCIPLE not in at(parsed, "part_2/point_1").kinds


def test_a_paper_has_findings_and_no_rules():
    parsed = read(
        "# 研究\n摘要：本文研究激励。\n关键词：激励\n1 引言\n企业应当参与。\n2 结论\n研究表明，抵免提高参与度。"
    )
    assert at(parsed, "sec_1/para_1").kinds == ()
    assert at(parsed, "sec_2/para_1").kinds == (Kind.FINDING,)
