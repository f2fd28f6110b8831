"""Whatever the lines are, the provisions give them back, each at an address of its own."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from structure_texts import bare

from assistant.models import Line, Metadata, Source
from assistant.structure import parse

PIECES = (
    *(
        "第一章 总则",
        "第二章",
        "第三章　附　则",
        "第一节 甲",
        "第一部分 甲",
        "目录",
        "附件1",
        "附件2：表",
        "附件：1.甲 2.乙",
    ),
    *(
        "第一条 为了甲。",
        "第二条",
        "第三条　乙：",
        "第十条规定的",
        "第十二条之一 丙。",
        "第 五 条 空格",
        "第１２条　全角",
    ),
    *(
        "（一）丁；",
        "（二）戊。",
        "(三)己，",
        "（十一）跳",
        "1.庚",
        "2．辛；",
        "3、壬",
        "（1）癸",
        "(2)子",
        "①丑",
        "②寅",
    ),
    *(
        "一、总体要求",
        "二、任务。",
        "三、卯",
        "一是辰；二是巳。",
        "：（一）甲；（二）乙；（三）丙。",
        "应当具备下列条件：",
    ),
    *("1 引言", "2 方法", "1.1 节", "1.2 节二", "2.1", "3.5亿元", "摘要：本文。", "参考文献", "I. Intro", "II. Next"),
    *("Article 1 Foo", "Chapter I Bar", "2019年3月28日", "教育部", "某办法", "正文，未完，", "正文完。", "：", "。"),
    *("。第五条 ", "。第六条 ", "　", "\u200b"),
    *(
        "第一章总则第一条为了甲。第二条乙。",
        "第三条丙。",
        "第四条：丁",
        "第五条　第二条规定的",
        "0 引言",
        "1. 引言",
        "2. 方法",
    ),
    *("㈠戊；", "㈡己。", "⑴庚", "⒈辛", "⒉壬", "a）癸", "b）子", "问：甲？", "答：乙。", "专栏1 重点工程", "（试行）"),
    *(
        "特此通知。",
        "本意见自发布之日起施行。",
        "《某办法",
        "规定》第",
        "企业应当按照本办法第二条",
        "规定的，由主管部门处理",
    ),
    *("参考文献", "[1] 王五. 研究[J]. 2018.", "附件1.表", "某某文件", "2019年第12号", "“第八条　引用的条文。"),
)
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join) | st.text(max_size=20)


@st.composite
def lines(draw):
    text = draw(TEXTS).replace("\r", "")
    kind = draw(st.sampled_from(("plain", "plain", "plain", "plain", "heading", "row")))
    heading = draw(st.integers(1, 4)) if kind == "heading" else None
    cells = tuple(text.split("，")) if kind == "row" else None
    return Line(text, draw(st.sampled_from((None, 1, 2))), heading, cells)


@settings(max_examples=500, deadline=None)
@example(
    [
        Line("第二条"),
        Line("（二）戊。", heading=2),
        Line("摘要：本文。(三)己，"),
        Line("一是辰；二是巳。"),
        Line("(三)己"),
    ]
)
@example([Line("①"), Line("1.2 节二"), Line("：（一）甲；（二）乙。"), Line("摘要：本文。"), Line("②寅")])
@given(st.lists(lines(), max_size=20))
def test_provisions_give_back_their_source_at_unique_addresses(document):
    parsed = parse("x", Source("a document", tuple(document), Metadata()))
    assert bare("".join(p.text for p in parsed.provisions)) == bare("".join(line.text for line in document))
    addresses = [p.address for p in parsed.provisions]
    assert len(set(addresses)) == len(addresses)
    assert all(p.locator for p in parsed.provisions)


def test_lists_within_lists_without_end_are_no_structure():
    document = tuple(Line("（一）下列：") for _ in range(3000))
    parsed = parse("x", Source("a document", document, Metadata()))
    assert len(parsed.provisions) == 3000
    assert max(p.address.count("/") for p in parsed.provisions) < 20


def test_more_lines_than_clauses_are_ever_counted_have_places_in_figures():
    parsed = parse("x", Source("a document", tuple(Line("甲乙") for _ in range(10_001)), Metadata()))
    assert parsed.provisions[-1].locator == "第10001段"


@pytest.mark.parametrize(
    "run", ["1", "１", "一", "1.", "第", "第一", "（", "《", "　", "甲、", "2019年", "根据", "废止", "以下简称", "[1]"]
)
def test_long_runs_of_the_same_marks_are_read_in_a_moment(run):
    """A pattern that looks at every place of such a run from every other takes minutes for a line of this length."""
    started = time.process_time()
    parse("x", Source("a document", (Line(f"甲{run * (40_000 // len(run))}甲"),), Metadata()))
    assert time.process_time() - started < 3


def test_a_text_in_one_line_is_cut_however_long_it_is():
    line = "第一条甲。" + "".join(f"第{n}条企业应当依照第{n - 1}条办理。" for n in range(2, 3000))
    started = time.process_time()
    parsed = parse("x", Source("a document", (Line(line),), Metadata()))
    assert [p.locator for p in parsed.provisions[:2]] == ["第一条", "第二条"]
    assert len(parsed.provisions) == 2999
    assert time.process_time() - started < 5
