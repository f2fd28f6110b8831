"""Whatever the lines are, the provisions give them back, each at an address of its own."""

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
)
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join) | st.text(max_size=20)


@st.composite
def lines(draw):
    text = draw(TEXTS).replace("\r", "")
    kind = draw(st.sampled_from(("plain", "plain", "plain", "plain", "heading", "row")))
    heading = draw(st.integers(1, 4)) if kind == "heading" else None
    cells = tuple(text.split("，")) if kind == "row" else None
    return Line(text, draw(st.sampled_from((None, 1, 2))), heading, cells)


@settings(max_examples=300, deadline=None)
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
