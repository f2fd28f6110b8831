"""The shapes of real documents: opinions, notices with annexes, papers, pages, lists, tables."""

import pytest
from structure_texts import at, gives_back, read, source, steps

from assistant.models import Level, Tier
from assistant.structure import lead_in

OPINION = """
某某省人民政府办公厅关于深化产教融合的实施意见
某政办发〔2018〕48号
各市、县（市、区）人民政府，省政府各部门、各直属机构：
为深化产教融合，经省政府同意，现提出如下实施意见。
一、总体要求
（一）指导思想。坚持新发展理念，深化产教融合。
（二）主要目标。到2025年，建成100家产教融合型企业。
二、重点任务
（三）构建发展格局
1.同步规划产教融合发展。
2.统筹职业教育布局。
①优化布局。
②加强统筹。
（四）强化企业主体作用。一是拓宽参与途径；二是深化引企入教；三是开展实习实训。
三、保障措施
（五）落实财税政策。对符合条件的企业给予补贴。
附件：1.申报表
2.任务分工表
某某省人民政府办公厅
2018年8月15日
（此件公开发布）
附件1
申报表
企业名称应当与营业执照一致。
附件2
任务分工表
| 任务 | 单位 |
| 布局 | 省教育厅 |
"""


def test_points_of_an_opinion_nest_and_count_on_across_parts():
    parsed = read(OPINION)
    assert steps(parsed) == [
        "preamble",
        "para_1",
        "part_1",
        "part_1/point_1",
        "part_1/point_2",
        "part_2",
        "part_2/point_3",
        "part_2/point_3/subpoint_1",
        "part_2/point_3/subpoint_2",
        "part_2/point_3/subpoint_2/detail_1",
        "part_2/point_3/subpoint_2/detail_2",
        "part_2/point_4",
        "part_2/point_4/detail_1",
        "part_2/point_4/detail_2",
        "part_2/point_4/detail_3",
        "part_3",
        "part_3/point_5",
        "closing",
        "annex_1",
        "annex_1/para_1",
        "annex_2",
        "annex_2/table_1",
        "annex_2/table_1/row_1",
        "annex_2/table_1/row_2",
    ]
    assert gives_back(parsed, source(OPINION))


@pytest.mark.parametrize(
    ("address", "locator"),
    [
        ("part_1", "一、总体要求"),
        ("part_1/point_2", "一、（二）"),
        ("part_2/point_3/subpoint_2", "二、（三）2."),
        ("part_2/point_3/subpoint_2/detail_1", "二、（三）2.①"),
        ("part_2/point_4/detail_2", "二、（四）第二点"),
        ("annex_1", "附件1"),
        ("annex_2/table_1/row_2", "附件2 表1第二行"),
        ("closing", "落款"),
        ("preamble", "题注"),
    ],
)
def test_locators_read_as_a_reader_would_write_them(address, locator):
    assert at(read(OPINION), address).locator == locator


def test_headings_above_a_point_are_its_trail():
    assert at(read(OPINION), "part_2/point_3/subpoint_2/detail_1").trail == (
        "二、重点任务",
        "（三）构建发展格局",
        "2.统筹职业教育布局",
    )


def test_a_list_of_attachments_and_the_signature_are_no_part_of_the_last_point():
    parsed = read(OPINION)
    assert at(parsed, "part_3/point_5").text == "（五）落实财税政策。对符合条件的企业给予补贴。"
    assert at(parsed, "closing").text.startswith("附件：1.申报表")


def test_the_parts_of_a_notice_hang_under_the_notice_not_under_its_opening():
    text = """
        财政部关于调整部分政府性基金政策的通知
        财税〔2019〕46号
        现就有关政策通知如下：
        一、文化事业建设费按照应缴费额的50%减征。
        二、试点企业可按投资额的30%抵免。
        当年不足抵免的，可在以后年度继续抵免。
        三、本通知自印发之日起执行。
        财政部
        2019年4月22日
    """
    parsed = read(text)
    assert steps(parsed) == ["preamble", "para_1", "part_1", "part_2", "part_2/para_1", "part_3", "closing"]
    assert at(parsed, "part_2/para_1").text == "当年不足抵免的，可在以后年度继续抵免。"


def test_a_covering_letter_ends_with_its_signature_and_the_measures_follow():
    text = """
        教育部 财政部关于印发《企业建设实施办法（试行）》的通知
        教职成〔2019〕5号
        各省、自治区、直辖市教育厅（教委）：
        现将《企业建设实施办法（试行）》印发给你们，请遵照执行。
        教育部
        财政部
        2019年3月28日
        企业建设实施办法（试行）
        第一章　总　则
        第一条　为了深化产教融合，制定本办法。
        第二条　本办法自发布之日起施行，试行期两年。
    """
    parsed = read(text)
    assert steps(parsed) == ["preamble", "para_1", "closing", "head_1", "ch_1", "art_1", "art_2"]
    assert at(parsed, "art_1").trail == ("企业建设实施办法（试行）", "第一章 总则")
    assert (str(parsed.metadata.issued), str(parsed.metadata.effective)) == ("2019-03-28", "2019-03-28")
    assert str(parsed.metadata.expires) == "2021-03-27"  # two years from 28 March 2019, the last day included


def test_annexes_restart_the_articles_below_their_own_address():
    text = """
        第一条　本办法自发布之日起施行。
        附件1
        资金管理细则
        第一条　资金专款专用。
        第二条　资金由财政部门拨付。
        附件2
        考核细则
        第一条　每年考核一次。
    """
    parsed = read(text)
    assert steps(parsed) == [
        "art_1",
        "annex_1",
        "annex_1/art_1",
        "annex_1/art_2",
        "annex_2",
        "annex_2/art_1",
    ]
    assert at(parsed, "annex_2/art_1").locator == "附件2第一条"
    assert at(parsed, "annex_1/art_2").trail == ("附件1 资金管理细则",)


def test_a_paper_is_read_by_its_numbered_headings():
    text = """
        职业教育产教融合的激励机制研究
        张三，李四
        摘　要：本文研究产教融合。结果表明，企业参与度显著提高。
        关键词：产教融合；激励
        1 引言
        产教融合是职业教育改革的方向。
        2019 年以来政策密集出台。
        2 文献综述
        2.1 理论基础
        资源依赖理论认为，企业与学校相互依赖。
        2.2 研究假设
        3.5 亿元的投入带动了就业。
        3 结论
        研究发现，抵免提高了参与度。
        参考文献
        [1] 王五. 职业教育研究[J]. 2018(05): 40-46.
    """
    parsed = read(text)
    assert steps(parsed) == [
        "preamble",
        "para_1",
        "para_2",
        "para_3",
        "sec_1",
        "sec_1/para_1",
        "sec_1/para_2",
        "sec_2",
        "sec_2/sec_1",
        "sec_2/sec_1/para_1",
        "sec_2/sec_2",
        "sec_2/sec_2/para_1",
        "sec_3",
        "sec_3/para_1",
        "head_1",
        "head_1/para_1",
    ]
    assert parsed.metadata.tier is Tier.PAPER
    assert at(parsed, "sec_2/sec_2/para_1").trail == ("2 文献综述", "2.2 研究假设")
    assert at(parsed, "sec_2/sec_1").locator == "第2.1节"


def test_unnumbered_headings_nest_by_their_depth():
    text = """
        # 产教融合政策问答
        ## 申报
        向发展改革部门申报。
        ### 材料
        提交申报书。
        ## 认定
        省级部门认定。
    """
    parsed = read(text)
    assert steps(parsed) == [
        "preamble",
        "head_1",
        "head_1/para_1",
        "head_1/head_1",
        "head_1/head_1/para_1",
        "head_2",
        "head_2/para_1",
    ]
    assert at(parsed, "head_1/head_1/para_1").trail == ("申报", "材料")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# 一、背景\n甲乙丙。", ["part_1", "part_1/para_1"]),
        ("# 背景\n甲乙丙。\n# 目标\n丁戊己。", ["head_1", "head_1/para_1", "head_2", "head_2/para_1"]),
        ("# 申报指南\n甲乙丙。", ["preamble", "para_1"]),
    ],
)
def test_a_first_heading_is_the_title_only_where_it_is_no_chapter(text, expected):
    assert steps(read(text)) == expected


def test_a_news_page_without_structure_is_paragraphs():
    text = """
        产教融合让企业更有活力
        发布时间：2023-05-01  来源：某某日报
        记者获悉，全省已有120家企业进入培育库。
        第十二条规定的优惠已经落地。
        3.5亿元的投入带动了就业。
    """
    parsed = read(text)
    assert steps(parsed) == ["preamble", "para_1", "para_2", "para_3"]
    assert parsed.metadata.title == "产教融合让企业更有活力"
    assert [p.locator for p in parsed.provisions[1:]] == ["第一段", "第二段", "第三段"]


def test_a_list_of_names_is_a_list_and_not_the_sections_of_a_paper():
    text = """
        # 第五批产教融合型企业名单
        1 某某船舶有限公司
        2 某某电网有限公司
        3 某某集团公司
    """
    parsed = read(text)
    assert [p.level for p in parsed.provisions[1:]] == [Level.SUBPOINT] * 3
    assert parsed.metadata.tier is Tier.LIST


def test_the_first_row_of_a_table_names_its_columns():
    text = """
        第一条　补贴标准见下表。
        | 工种 | 标准 |
        | 工种：电工；标准：每人4000元 |
    """
    lines = source(text).lines
    parsed = read(text)
    assert lines[1].text == "工种；标准"
    assert steps(parsed) == ["art_1", "art_1/table_1", "art_1/table_1/row_1"]
    row = at(parsed, "art_1/table_1/row_1")
    assert (row.level, row.locator, row.text) == (Level.ROW, "第一条 表1第一行", "工种：电工；标准：每人4000元")


def test_english_articles_chapters_and_items_are_read():
    text = """
        # Vocational Education Law
        Chapter I General Provisions
        Article 1 This Law is enacted to promote vocational education.
        Article 2 Enterprises shall meet the following conditions:
        (1) registration; and
        (2) a training plan.
        Article 27 of the Labour Law shall apply.
        Chapter II Funds
        Article 3 Funds shall be used for training.
    """
    parsed = read(text)
    assert [s for s in steps(parsed) if "/" not in s] == ["preamble", "ch_1", "art_1", "art_2", "ch_2", "art_3"]
    assert at(parsed, "art_2/para_1/item_2").locator == "Article 2, paragraph 1, (2)"
    assert at(parsed, "art_2/para_2").text == "Article 27 of the Labour Law shall apply."


def test_a_text_that_was_never_broken_into_lines_still_has_its_articles():
    text = (
        "某市产教融合促进条例 第一章 总则 第一条 为了促进产教融合，制定本条例。 第二条 本条例适用于本市。"
        "依照第一条 的规定执行。 第二章 附则 第三条 本条例自2019年1月1日起施行。"
    )
    parsed = read(text)
    assert steps(parsed) == ["preamble", "ch_1", "art_1", "art_2", "ch_2", "art_3"]
    assert gives_back(parsed, source(text))


@pytest.mark.parametrize(
    ("sentence", "members"),
    [
        ("企业应当具备下列条件：（一）依法登记；（二）信用良好；（三）有实训场地。", ["（一）", "（二）", "（三）"]),
        ("主要措施包括：一是拓宽途径；二是深化改革。", ["一是", "二是"]),
        ("申报材料：1.申请书；2.营业执照；3.实习协议。", ["1.", "2.", "3."]),
        ("分为两类：①国家级；②省级。", ["①", "②"]),
        ("第一，看资质；第二，看投入；第三，看成效。", ["第一，", "第二，", "第三，"]),
    ],
)
def test_an_enumeration_inside_a_line_is_unfolded(sentence, members):
    parsed = read(f"说明文字。\n{sentence}")
    found = [p for p in parsed.provisions if p.text.startswith(tuple(members))]
    assert [p.text[: len(m)] for p, m in zip(found, members, strict=True)] == members
    assert gives_back(parsed, source(f"说明文字。\n{sentence}"))


@pytest.mark.parametrize(
    "sentence",
    [
        "依照第（一）项、第（二）项的规定办理。",
        "（一）、（二）项所列企业除外。",
        "投入3.5亿元，增长2.1个百分点。",
        "统一是前提，不统一是问题。",
    ],
)
def test_what_only_looks_like_an_enumeration_is_left_whole(sentence):
    assert [p.text for p in read(f"说明文字。\n{sentence}").provisions] == ["说明文字。", sentence]


def test_items_unfolded_from_an_article_are_its_items_and_the_next_line_its_next_paragraph():
    text = """
        第三条　申报企业应当符合下列条件之一：（一）独立办学；（二）合作办学。
        前款所称合作办学应当签订协议。
        第四条　企业自愿申报。
    """
    parsed = read(text)
    assert steps(parsed) == [
        "art_3",
        "art_3/para_1",
        "art_3/para_1/item_1",
        "art_3/para_1/item_2",
        "art_3/para_2",
        "art_4",
    ]
    assert at(parsed, "art_3/para_1/item_2").locator == "第三条第一款第（二）项"


def test_an_enumeration_keeps_its_lead_in():
    parsed = read("第五条　企业应当具备下列条件：\n（一）依法登记；\n1.在本省注册；\n2.信用良好；\n（二）有实训场地。")
    assert lead_in(parsed.provisions, "x/art_5/item_2").text == "第五条　企业应当具备下列条件："
    assert lead_in(parsed.provisions, "x/art_5/item_1/sub_2").text == "（一）依法登记；"
    assert lead_in(parsed.provisions, "x/art_5") is None


def test_an_item_that_goes_on_after_its_line_broke_off_stays_one_item():
    parsed = read("第四条　申报应当符合下列条件：\n（一）近三年无违法行为，\n并且信用良好；\n（二）依法纳税。")
    assert steps(parsed) == ["art_4", "art_4/item_1", "art_4/item_2"]
    assert at(parsed, "art_4/item_1").text == "（一）近三年无违法行为，\n并且信用良好；"


def test_text_between_two_items_of_one_list_belongs_to_the_first_of_them():
    parsed = read("第四条　有下列情形之一的，取消资格：\n（一）弄虚作假；\n前述行为由省级部门认定。\n（二）拒绝检查。")
    assert steps(parsed) == ["art_4", "art_4/item_1", "art_4/item_1/para_1", "art_4/item_2"]


def test_a_second_list_in_an_opinion_hangs_under_the_line_that_leads_it_in():
    text = """
        # 申报指南
        申报条件：
        （一）依法登记；
        （二）信用良好。
        申报材料：
        （一）申请书；
        （二）营业执照。
    """
    parsed = read(text)
    assert steps(parsed)[1:] == [
        "para_1",
        "para_1/point_1",
        "para_1/point_2",
        "para_2",
        "para_2/point_1",
        "para_2/point_2",
    ]


def test_the_page_of_a_provision_is_the_page_its_text_begins_on():
    from assistant.models import Line, Metadata, Source
    from assistant.structure import parse

    lines = (Line("第一条　甲应当申报：", 1), Line("（一）按时；", 1), Line("（二）如实。", 2), Line("第二条　乙。", 2))
    parsed = parse("x", Source("a.pdf", lines, Metadata()))
    assert [(p.address, p.page) for p in parsed.provisions] == [
        ("x/art_1", 1),
        ("x/art_1/item_1", 1),
        ("x/art_1/item_2", 2),
        ("x/art_2", 2),
    ]
