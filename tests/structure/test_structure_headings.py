"""What is a heading and what only mentions one: the rule on line starts and running numbers."""

import pytest
from structure_texts import at, gives_back, read, source, steps

from assistant.structure import markers
from assistant.structure.numbering import Candidate, standing


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("第十二条　企业应当接纳学生实习。", ("article", (12,))),
        ("第12条 企业应当接纳学生实习。", ("article", (12,))),
        ("第１２条　企业应当接纳学生实习。", ("article", (12,))),
        ("第一百二十条　本法自公布之日起施行。", ("article", (120,))),
        ("第 十 二 条  企业应当接纳学生实习。", ("article", (12,))),
        ("第十二条之一　企业应当接纳学生实习。", ("article", (12, 1))),
        ("第十二条企业应当接纳学生实习。", ("article", (12,))),
        ("第三条　中国公民可以申请。", ("article", (3,))),
        ("第四条实施职业教育必须坚持正确方向。", ("article", (4,))),
        ("第三章　附　则", ("chapter", (3,))),
        ("第二节 一般规定", ("section", (2,))),
        ("第一编　总则", ("book", (1,))),
        ("第一分编　通则", ("subbook", (1,))),
        ("第二部分　实施步骤", ("part", (2,))),
        ("（三）依法登记满三年；", ("paren", (3,))),
        ("(十二)其他情形。", ("paren", (12,))),
        ("（八）项目管理制度；", ("paren", (8,))),
        ("第五条至少每年考核一次。", ("article", (5,))),
        ("一、总体要求", ("dunhao", (1,))),
        ("2．农作物新品种的选育；", ("arabic", (2,))),
        ("（3）拖欠工资；", ("paren-arabic", (3,))),
        ("④加强统筹。", ("circled", (4,))),
        ("2.3.1 假设的提出", ("decimal", (2, 3, 1))),
        ("附件2", ("annex", (2,))),
        ("附件", ("annex", (1,))),
        ("Article 27 Enterprises shall accept interns.", ("article-en", (27,))),
        ("Chapter IV Funds", ("chapter-en", (4,))),
    ],
)
def test_headings_are_read_with_their_number(line, expected):
    marker = markers.read(line)
    assert marker is not None
    assert (marker.shape.name, marker.numbers) == expected


@pytest.mark.parametrize(
    "line",
    [
        "依照第十二条的规定执行。",
        "第十二条规定的情形除外。",
        "第十二条的规定不适用于小微企业。",
        "第十条、第十一条所列企业应当备案。",
        "第十条第二款规定的期限届满后，",
        "第十条至第十五条不适用。",
        "第十条 的规定不适用。",
        "第三章规定的程序",
        "（一）至（三）项所列材料应当齐全。",
        "（二）项规定的情形除外。",
        "一、二年级学生不安排实习。",
        "3.5亿元的投入带动了就业。",
        "2019年以来，投入超过三亿元。",
        "Article 27 of the Labour Law shall apply.",
        "第一次申报的企业应当补充材料。",
    ],
)
def test_mentions_are_no_headings(line):
    assert markers.read(line) is None


def test_a_mention_at_a_line_start_stays_in_its_article():
    text = """
        第一条　本办法适用于本市企业。
        第十条规定的情形除外。
        第二条　企业应当接纳实习生。
        第九条、第十条所列企业不受前款限制。
        第三条　本办法自发布之日起施行。
    """
    parsed = read(text)
    assert steps(parsed) == [
        "art_1",
        "art_1/para_1",
        "art_1/para_2",
        "art_2",
        "art_2/para_1",
        "art_2/para_2",
        "art_3",
    ]
    assert at(parsed, "art_1/para_2").text == "第十条规定的情形除外。"


def test_a_number_that_jumps_out_of_the_sequence_loses_against_the_numbers_that_run_on():
    text = """
        第五条　企业应当申报。
        第三十条　这一行是引文中的条文。
        第六条　部门应当受理。
        第七条　部门应当公示。
    """
    parsed = read(text)
    assert [s for s in steps(parsed) if "/" not in s] == ["art_5", "art_6", "art_7"]
    assert at(parsed, "art_5/para_2").text == "第三十条　这一行是引文中的条文。"


def test_an_excerpt_may_begin_anywhere_and_have_gaps():
    text = """
        第五条　企业应当申报。
        第九条　学校应当具备下列条件：
        （二）有场地；
        （三）有教师。
        第三十条　本办法自发布之日起施行。
    """
    parsed = read(text)
    assert steps(parsed) == ["art_5", "art_9", "art_9/item_2", "art_9/item_3", "art_30"]
    assert parsed.findings == ("articles 6, 7, 8, 10, 11, 12, 13, 14, 15, 16 … are not in the text",)


def test_a_record_that_holds_one_article_is_that_article():
    parsed = read("第十二条 企业应当按照工资总额的一定比例提取教育经费。", title="某法")
    assert steps(parsed) == ["art_12"]
    assert at(parsed, "art_12").locator == "第十二条"


def test_articles_without_a_space_after_the_number_are_found():
    text = """
        第一条为了促进产教融合，制定本办法。
        第二条本办法适用于本市企业。
        第十条规定的情形除外。
        第三条企业应当接纳实习生。
    """
    assert [s for s in steps(read(text)) if "/" not in s] == ["art_1", "art_2", "art_3"]


def test_a_line_broken_in_mid_sentence_makes_no_article():
    text = """
        第一条　违反本办法
        第九条　企业应当承担责任。
        第二条　本办法自发布之日起施行。
    """
    assert [s for s in steps(read(text)) if "/" not in s] == ["art_1", "art_2"]


def test_inserted_articles_keep_their_own_number():
    text = """
        第四条　甲应当申报。
        第四条之一　乙应当申报。
        第四条之二　丙应当申报。
        第五条　丁应当申报。
    """
    parsed = read(text)
    assert steps(parsed) == ["art_4", "art_4_1", "art_4_2", "art_5"]
    assert at(parsed, "art_4_1").locator == "第四条之一"


def test_a_number_that_stands_twice_gets_a_suffix_and_is_reported():
    text = """
        第三条　甲应当申报。
        第三条　乙应当申报。
        第四条　丙应当申报。
    """
    parsed = read(text)
    assert steps(parsed) == ["art_3", "art_3~2", "art_4"]
    assert parsed.findings == ("第三条 come twice; the second has ~2 in its address",)


def test_two_texts_in_one_file_each_begin_at_one():
    text = """
        第一条　甲应当申报。
        第二条　乙应当申报。
        第一条　丙应当受理。
        第二条　丁应当受理。
    """
    assert steps(read(text)) == ["art_1", "art_2", "art_1~2", "art_2~2"]


def test_a_second_text_begins_at_one_after_its_title():
    text = """
        第一条　甲应当申报。
        第二条　乙应当申报。
        某某实施细则（2019年3月1日印发）和附录
        第一条　丙应当受理。
        第二条　丁应当受理。
    """
    assert [s for s in steps(read(text)) if "art_" in s][-2:] == ["art_1~2", "art_2~2"]


def test_sections_restart_under_each_chapter_and_chapters_under_each_book():
    text = """
        # 某法典
        第一编　总则
        第一章　基本规定
        第一条　甲。
        第二章　自然人
        第一节　能力
        第二条　乙。
        第二编　物权
        第一分编　通则
        第一章　一般规定
        第三条　丙。
    """
    parsed = read(text)
    assert steps(parsed)[1:] == [
        "book_1",
        "book_1/ch_1",
        "art_1",
        "book_1/ch_2",
        "book_1/ch_2/sec_1",
        "art_2",
        "book_2",
        "book_2/book_1",
        "book_2/book_1/ch_1",
        "art_3",
    ]
    assert at(parsed, "art_2").trail == ("第一编 总则", "第二章 自然人", "第一节 能力")


def test_a_table_of_contents_makes_no_chapters():
    text = """
        某市职业教育条例
        目　录
        第一章　总则……………1
        第二章　实施……………3
        第一章　总则
        第一条　甲。
        第二章　实施
        第二条　乙。
    """
    parsed = read(text)
    assert steps(parsed) == ["preamble", "toc", "ch_1", "art_1", "ch_2", "art_2"]
    assert gives_back(parsed, source(text))


def test_a_table_of_contents_without_its_title_is_told_by_its_lines_coming_again():
    text = """
        # 某某省深化产教融合实施方案
        一、总体要求
        二、主要任务
        三、保障措施
        一、总体要求
        坚持政府引导。
        二、主要任务
        建设实训基地。
        三、保障措施
        加大财政投入。
    """
    parsed = read(text)
    assert [s for s in steps(parsed) if "/" not in s] == ["preamble", "toc", "part_1", "part_2", "part_3"]


def candidates(*numbers, spaced=True, clean=True):
    return [Candidate(n if isinstance(n, tuple) else (n,), spaced, clean) for n in numbers]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((1, 2, 3), {0, 1, 2}),
        ((1, 2, 9, 3, 4), {0, 1, 3, 4}),
        ((1, 2, 5, 6), {0, 1, 2, 3}),
        (((12,), (12, 1), (13,)), {0, 1, 2}),
        ((7,), {0}),
        ((), set()),
    ],
)
def test_the_chain_that_runs_on_stands(numbers, expected):
    assert standing(candidates(*numbers)) == expected


def test_a_number_after_a_broken_line_may_only_continue():
    broken = [*candidates(1, 2), Candidate((9,), True, False)]
    assert standing(broken) == {0, 1}
    continued = [*candidates(1, 2), Candidate((3,), True, False)]
    assert standing(continued) == {0, 1, 2}
