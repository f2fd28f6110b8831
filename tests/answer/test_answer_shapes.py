"""What an answer looks like: the short answer, tables, steps, things to tick off, duties and sanctions, research, gaps."""

from __future__ import annotations

import datetime as dt

import pytest
from answer_policies import clause, inquiry, passage, policy

from assistant.answer import compare, compose, conflicts, gaps, qualifying, short, steps
from assistant.answer.draft import Draft, markdown, render
from assistant.answer.passages import Passage
from assistant.answer.verify import verify
from assistant.models import Cell, Kind, Provision, Quantity, Row, Table, Tier, Wording
from assistant.prompts import phrases
from assistant.retrieve import Scope
from assistant.structure.kinds import kinds_of

ZH, EN = phrases("answer", "zh"), phrases("answer", "en")


def rule(address: str, text: str, locator: str = "第一条", **more: object) -> Provision:
    """A clause that knows what it does, as one that was read does."""
    return clause(address, text, locator, kinds=kinds_of(text), **more)


def text_of(question: str, *passages: Passage, wording=ZH) -> str:
    draft = Draft()
    compose.compose(inquiry(question), passages, wording, draft)
    return render(draft, draft.statements)


def lead_of(question: str, *passages: Passage, as_of: dt.date | None = None) -> str | None:
    draft, asked = Draft(), inquiry(question, as_of)
    compose.compose(asked, passages, ZH, draft)
    found = short.lead(passages, draft.statements, draft.citations, asked)
    return found.text if found else None


CREDIT = (
    "试点企业兴办职业教育的投资，应当经省级主管部门确认。企业可按投资额的30%抵免当年应缴的教育费附加。"
    "未抵免完的部分可以结转以后年度继续抵免，具体办法由税务机关制定并公布。"
)


def test_the_sentence_with_the_figure_asked_for_comes_first_word_for_word():
    assert lead_of("投资额的百分之几可以抵免？", passage(policy("p", rule("p/art_1", CREDIT)))) == (
        "企业可按投资额的30%抵免当年应缴的教育费附加。"
    )


def test_a_clause_of_one_sentence_is_not_said_twice():
    one = "企业可按投资额的30%抵免当年应缴的教育费附加。"
    assert lead_of("投资额的百分之几可以抵免？", passage(policy("p", rule("p/art_1", one)))) is None


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("企业投资抵免要经主管部门确认吗？", "试点企业兴办职业教育的投资，应当经省级主管部门确认。"),
        ("投资抵免和结转的百分之几，各是多少？", None),  # several things: one sentence is half the answer
        ("投资抵免有哪些规定？", None),  # a list
    ],
)
def test_a_yes_or_no_is_answered_by_the_sentence_that_rules_and_a_list_by_no_sentence(question, sentence):
    assert lead_of(question, passage(policy("p", rule("p/art_1", CREDIT)))) == sentence


@pytest.mark.parametrize(
    "of",
    [
        passage(policy("p", rule("p/art_1", CREDIT), tier=Tier.PAPER)),
        passage(policy("p", rule("p/art_1", CREDIT), jurisdiction="330200")),
        passage(policy("p", rule("p/art_1", CREDIT)), in_force=False),
    ],
    ids=["research", "another place", "not in force"],
)
def test_what_is_no_rule_here_and_today_is_never_the_short_answer(of):
    assert lead_of("投资额的百分之几可以抵免？", of) is None


def test_a_member_of_a_list_of_what_is_forbidden_is_never_the_short_answer():
    forbidden = (
        rule("p/art_1", "学校不得有下列情形："),
        rule("p/art_1/item_1", "（一）安排学生每天实习超过8小时；"),
        rule(
            "p/art_1/item_2", "（二）安排学生到与专业无关的企业实习，或者安排一年级学生参加岗位实习，情节特别严重的。"
        ),
    )
    assert lead_of("学生每天实习几小时？", passage(policy("p", *forbidden))) is None


def test_at_least_so_many_of_a_list_is_said_in_the_answers_language():
    listed = (
        clause("p/art_1", "申报单位应当具备下列条件中的两项："),
        clause("p/art_1/item_1", "（一）年产值1亿元；"),
        clause("p/art_1/item_2", "（二）员工100人。"),
    )
    assert "以下各项须至少满足2项：" in text_of("条件是什么？", passage(policy("p", *listed)))
    assert "At least 2 of the following" in text_of("What conditions?", passage(policy("p", *listed)), wording=EN)


def test_a_procedure_in_running_text_becomes_numbered_steps_with_who_and_by_when():
    text = "企业向市教育局提出申请；市教育局应当自收到申请之日起20个工作日内审核；审核通过的予以公示。"
    assert text_of("怎么申请？", passage(policy("p", rule("p/art_1", text)))).splitlines()[1:] == [
        "1. 企业向市教育局提出申请；（办理：市教育局） [1]",
        "2. 市教育局应当自收到申请之日起20个工作日内审核；（办理：市教育局；时限：自收到申请之日起20个工作日内） [1]",
        "3. 审核通过的予以公示。 [1]",
    ]


def test_materials_are_to_be_ticked_off_and_what_leads_them_in_is_not():
    listed = (
        rule("p/art_1", "申请时应当提交下列材料："),
        clause("p/art_1/item_1", "（一）申请书；", kinds=(Kind.MATERIAL,)),
        clause("p/art_1/item_2", "（二）营业执照。", kinds=(Kind.MATERIAL,)),
    )
    assert text_of("要提交什么材料？", passage(policy("p", *listed))).splitlines()[1:] == [
        "- 申请时应当提交下列材料： [1]",
        "  以下各项须全部满足：",
        "  ☐ （一）申请书； [2]",
        "  ☐ （二）营业执照。 [3]",
    ]


@pytest.mark.parametrize(
    ("question", "text", "line"),
    [
        (
            "补贴多少钱？",
            "对培养学徒的企业补贴5000元/人/年。",
            "☐ 对培养学徒的企业补贴5000元/人/年。（单位：人/年） [1]",
        ),
        ("补贴多少钱？", "每名学徒每年补贴5000元。", "☐ 每名学徒每年补贴5000元。（单位：每名学徒每年） [1]"),
        ("抵免比例是多少？", "可按投资额的30%抵免。", "☐ 可按投资额的30%抵免。（基数：投资额） [1]"),
    ],
)
def test_an_amount_comes_with_its_unit_and_its_base(question, text, line):
    assert text_of(question, passage(policy("p", rule("p/art_1", text)))).splitlines()[1] == line


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("职工教育经费支出，不超过工资薪金总额8%的部分，准予扣除", "工资薪金总额"),
        ("经费占企业职工教育经费的百分之六十以上", "企业职工教育经费"),
        ("30% of the investment in the year, credited", "the investment in the year"),
        ("补贴30%", ""),
    ],
)
def test_the_base_of_a_share_stands_in_the_clause(text, base):
    assert steps.base(text) == base
    assert base in text


def test_duties_and_sanctions_have_headings_of_their_own():
    duty = policy("p", rule("p/art_1", "企业应当与学生签订实习协议。"))
    fine = policy("q", rule("q/art_9", "企业未签订协议的，责令改正，处一万元以下罚款。", "第九条"), title="罚则")
    heads = [line for line in text_of("企业必须签协议吗，违反怎么处罚？", passage(duty), passage(fine)).splitlines()
             if line.endswith("：")]  # fmt: skip
    assert heads == ["【义务】《试点办法》第一条：", "【法律责任】《罚则》第九条："]


PAPER = policy(
    "r", clause("r/art_1", "研究发现参与意愿低。", "摘要"), title="意愿研究", tier=Tier.PAPER, wording=Wording.DIGEST
)
RULE = policy("p", clause("p/art_1", "企业应当参与。", "第一条"))


def test_what_a_paper_found_is_introduced_as_research_and_stands_behind_the_rule():
    assert text_of("企业参与产教融合吗？", passage(PAPER), passage(RULE)).splitlines() == [
        "《试点办法》第一条：",
        "- 企业应当参与。 [1]",
        "",
        "研究《意愿研究》摘要提出〔研究观点，不是规定〕：",
        "- 研究发现参与意愿低。 [2]",
    ]
    english = text_of("Do firms take part?", passage(PAPER), wording=EN)
    assert english.startswith("A study, 意愿研究, 摘要, found [research finding, not a rule]:")


def test_research_leads_where_research_is_asked_for():
    assert text_of("论文怎么说企业参与？", passage(RULE), passage(PAPER)).startswith("《试点办法》")
    assert text_of("论文怎么说企业参与？", passage(PAPER), passage(RULE)).startswith("研究《意愿研究》")


def sides(question: str, **texts: str | None) -> tuple[Table, Draft]:
    """A comparison of sides, each with one clause or none."""
    draft = Draft()
    compared = []
    for name, text in texts.items():
        own = [passage(policy(name, rule(f"{name}/art_1", text)))] if text else []
        compared.append(compare.Compared(name, inquiry(question), own))
    return compare.table(compared, ZH, draft), draft


def test_every_cell_of_a_comparison_is_a_quote_with_its_citation_and_none_is_invented():
    table, draft = sides(
        "教师到企业实践多少个月？",
        宁波="教师每2年到企业实践不少于2个月。经费由学校承担。",
        国家="教师每5年到企业实践不少于6个月。",
        甘肃=None,
    )
    assert table.columns == ("宁波", "国家", "甘肃")
    assert table.rows[0].cells == (
        Cell("教师每2年到企业实践不少于2个月。", (1,)),
        Cell("教师每5年到企业实践不少于6个月。", (2,)),
        Cell("没有找到条款"),
    )
    assert [c.quote for c in draft.citations] == [
        "教师每2年到企业实践不少于2个月。经费由学校承担。",
        "教师每5年到企业实践不少于6个月。",
    ]


def test_figures_in_which_the_sides_differ_are_named_first_and_verified():
    table, draft = sides("教师实践多久？", 宁波="教师每2年实践不少于2个月。", 国家="教师每5年实践不少于6个月。")
    line = compare.differences(table, ZH)
    assert line is not None
    assert line.text == "数字不同：宁波 2年、2个月；国家 5年、6个月。"
    held = {c.address: clause(c.address, c.quote) for c in draft.citations}
    assert verify([line], draft.citations, held) == ((line,), 0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("占比不低于百分之六十。", "占比不低于60%。"),  # the same
        ("占比不低于60%。", "开办资金不少于10万元。"),  # not the same sort
        ("园区10个，基地15个。", "园区20个。"),  # which of two is compared is not known
        ("占比不低于60%。", "占比应当合理。"),  # one side has none
    ],
)
def test_figures_that_cannot_be_compared_are_not_said_to_differ(one, other):
    table, _ = sides("占比多少？", 甲=one, 乙=other)
    assert compare.differences(table, ZH) is None


def test_lists_are_paired_member_by_member():
    draft = Draft()
    ours = (
        rule("a/art_1", "应当具备下列条件："),
        rule("a/art_1/item_1", "（一）有不少于十万元的开办资金；"),
        rule("a/art_1/item_2", "（二）有三名以上专职工作人员。"),
    )
    theirs = (
        rule("b/art_1", "应当具备下列条件："),
        rule("b/art_1/item_1", "（一）有一定数量的专职工作人员；"),
        rule("b/art_1/item_2", "（二）有一定数额的开办资金。"),
    )
    asked = inquiry("开办资金要多少？")
    two = [compare.Compared(n, asked, [passage(policy(n, *held))]) for n, held in (("a", ours), ("b", theirs))]
    table = compare.table(two, ZH, draft)
    assert [(row.aspect, *(c.text for c in row.cells)) for row in table.rows] == [
        ("开办资金", "有不少于十万元的开办资金；", "有一定数额的开办资金。"),
        ("专职工作人员", "有三名以上专职工作人员。", "有一定数量的专职工作人员；"),
    ]  # fmt: skip


def test_a_cell_whose_quote_does_not_stand_in_its_clause_says_that_no_clause_was_found():
    table, draft = sides("占比多少？", 甲="占比60%。", 乙="占比70%。")
    held = {"甲/art_1": clause("甲/art_1", "占比60%。"), "乙/art_1": clause("乙/art_1", "占比80%。")}
    assert compare.verified(table, draft.citations, held, ZH).rows[0].cells == (
        Cell("占比60%。", (1,)),
        Cell("没有找到条款"),
    )


def test_a_table_in_text_is_markdown_that_no_word_of_a_clause_breaks():
    table = Table(("甲|乙", "丙"), (Row("金额", (Cell("1|2\n元", (1,)), Cell("没有找到条款"))),))
    assert markdown(table).splitlines() == [
        "|  | 甲｜乙 | 丙 |",
        "| --- | --- | --- |",
        "| 金额 | 1｜2 元 [1] | 没有找到条款 |",
    ]


def conflict(one: Passage, other: Passage, question: str = "职工教育经费扣除比例是多少？") -> list[str]:
    scope = Scope.of((one.policy, other.policy))
    return list(conflicts.told((one, other), scope, inquiry(question), ZH))


def share(id_: str, percent: str, **about: object) -> Passage:
    return passage(policy(id_, rule(f"{id_}/art_1", f"职工教育经费扣除比例是{percent}。"), title=f"办法{id_}", **about))


def test_two_clauses_in_force_with_different_figures_for_one_thing_are_both_named():
    assert conflict(share("a", "2.5%"), share("b", "百分之八")) == [
        "两处规定的数字不一致：《办法a》第一条为2.5%，《办法b》第一条为百分之八；适用哪一处请向主管部门核实。"
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (share("a", "8%"), share("b", "百分之八")),
        (
            share("a", "2.5%"),
            share("b", "8%", jurisdiction="330200"),
        ),  # a local rule beside the nation's: told elsewhere
        (share("a", "2.5%"), share("b", "8%", tier=Tier.PAPER)),
    ],
    ids=["equal", "another level", "research"],
)
def test_what_does_not_bind_side_by_side_is_no_conflict(one, other):
    assert conflict(one, other) == []


def test_a_clause_that_has_ended_conflicts_with_none():
    ended = passage(share("a", "2.5%").policy, in_force=False)
    assert conflict(ended, share("b", "8%")) == []


def test_quantities_of_one_name_and_unit_conflict_whatever_the_words():
    def limit(id_: str, value: str) -> Passage:
        quantity = Quantity("补贴上限", value, "万元", "<=")
        return passage(policy(id_, clause(f"{id_}/art_1", "给予补贴。", "第一条", quantities=(quantity,)), title=id_))

    (told,) = conflict(limit("a", "10"), limit("b", "20"), "补贴上限？")
    assert "补贴上限 10万元" in told
    assert "补贴上限 20万元" in told


@pytest.mark.parametrize(
    ("question", "text", "missing"),
    [
        ("补贴多少万？", "对企业给予补贴。", ["关于“多少万”，所引条款没有写明。"]),
        ("补贴多少万？", "对企业给予补贴10万元。", []),
        ("报酬最低是多少？", "报酬不低于当地最低工资标准。", []),  # an amount in words
        ("申请条件和材料是什么？", "申请应当符合下列条件：在本市注册。", ["关于“材料”，所引条款没有写明。"]),
        ("申请条件和材料是什么？", "符合条件的，应当提交申请材料。", []),
    ],
)
def test_what_is_asked_besides_and_not_said_is_named(question, text, missing):
    assert list(gaps.gaps(inquiry(question), [passage(policy("p", rule("p/art_1", text)))], ZH)) == missing


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("我们公司能享受抵免吗？", True),
        ("我们能不能申请补贴？", True),
        ("我厂符合条件吗？", True),
        ("Do we qualify for the credit?", True),
        ("Is our company eligible?", True),
        ("企业能享受抵免吗？", False),  # of no one in particular
        ("我们能拿多少补贴？", False),  # an amount
        ("我们要交什么材料？", False),
        ("How much can we claim?", False),
    ],
)
def test_a_question_for_a_verdict_on_the_asker_is_told_from_others(question, asks):
    assert qualifying.asks_verdict(inquiry(question)) is asks


def test_the_facts_that_decide_are_named_by_the_conditions():
    interns = Quantity("接收实习生人数", "60", "人", ">=")
    listed = (
        rule("p/art_1", "企业应当符合下列条件："),
        rule("p/art_1/item_1", "（一）近3年接收60人以上实习；", quantities=(interns,)),
        rule("p/art_1/item_2", "（二）在本市注册。"),
    )
    told, draft = passage(policy("p", *listed)), Draft()
    compose.compose(inquiry("我们公司符合条件吗？"), [told], ZH, draft)
    assert qualifying.deciding([told], draft.citations, ZH) == (
        "能否符合要看贵单位的情况，现在不能下结论：取决于是否满足[2][3]所列条件。需要的事实：接收实习生人数。"
    )
    assert qualifying.deciding([passage(RULE)], [], ZH) == ""


def test_the_cases_in_which_a_rule_applies_are_not_told_as_conditions_to_be_met():
    listed = (
        clause("p/art_1", "有下列情形之一的，不得安排实习："),
        clause("p/art_1/item_1", "（一）未满十六周岁；"),
        clause("p/art_1/item_2", "（二）一年级学生。"),
    )
    assert "有以下情形之一即适用：" in text_of("哪些学生不能实习？", passage(policy("p", *listed)))


def test_conditions_one_of_which_asks_for_a_proof_are_no_list_of_what_to_hand_in():
    listed = (
        rule("p/art_1", "企业应当符合下列条件："),
        clause("p/art_1/item_1", "（一）在本市登记；", kinds=(Kind.CONDITION,)),
        clause("p/art_1/item_2", "（二）共享专利，并提交证明。", kinds=(Kind.CONDITION, Kind.MATERIAL)),
    )
    assert "☐" not in text_of("要提交什么材料？", passage(policy("p", *listed)))


def test_a_clause_that_does_not_speak_of_what_is_asked_gives_no_short_answer():
    hours = (
        "非全日制用工每日不超过四小时。用人单位与劳动者可以订立口头协议，并可以随时通知对方终止用工，不支付经济补偿。"
    )
    assert (
        lead_of("实习生顶岗实习每天最多几小时？", passage(policy("p", rule("p/art_1", hours), title="合同法"))) is None
    )
