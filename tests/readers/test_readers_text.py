"""Plain text and Markdown in the encodings people have."""

from __future__ import annotations

import datetime as dt
import textwrap

import pytest

from assistant.models import Metadata, Tier
from assistant.readers import read

CLAUSE = "企业应当依法履行实施职业教育的义务，参与、支持或者开展职业教育。"
TEXT = f"第一条　{CLAUSE}\n\n　　第二条　国家鼓励企业举办高质量职业教育。\r\n（一）⼆⼗⼈；\n"
LINES = [f"第一条　{CLAUSE}", "第二条　国家鼓励企业举办高质量职业教育。", "（一）二十人；"]


def texts(source):
    return [line.text for line in source.lines]


@pytest.fixture
def saved(tmp_path):
    """A function that writes a file and reads it."""

    def saved_(content, name="file.txt", encoding="utf-8"):
        data = content if isinstance(content, bytes) else content.encode(encoding, errors="ignore")
        (tmp_path / name).write_bytes(data)
        return read(tmp_path / name, name)

    return saved_


@pytest.mark.parametrize(
    ("encoding", "finding"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("utf-16", None),
        ("utf-32", None),
        ("utf-16-le", "read as UTF-16-LE"),
        ("utf-16-be", "read as UTF-16-BE"),
        ("gb18030", "read as GB18030"),
    ],
)
def test_every_usual_encoding_is_told_by_what_it_decodes_to(encoding, finding, saved):
    source = saved(TEXT, encoding=encoding)
    assert texts(source) == LINES
    assert source.findings == ((finding,) if finding else ())


def test_other_encodings_are_guessed_and_the_guess_is_reported(saved):
    traditional = "企業應當依法履行實施職業教育的義務，參與、支持或者開展職業教育。國家鼓勵企業舉辦高質量職業教育。" * 3
    source = saved(traditional, encoding="big5")
    assert texts(source) == [traditional]
    assert source.findings == ("read as BIG5, which is a guess",)


def test_a_stray_byte_does_not_lose_the_text(saved):
    source = saved(CLAUSE.encode() * 30 + b"\xff" + CLAUSE.encode())
    assert len(source.lines) == 1
    assert source.findings == ("1 character could not be decoded",)


def test_english_and_short_texts_are_not_taken_for_garbled(saved):
    for text in ("Über die Förderung der Ausbildung in Österreich", "中文", "Apprenticeship contracts – a “review”"):
        assert texts(saved(text)) == [text]


# --- wrapped lines


def wrap(paragraph, width, indent="　　"):
    text = indent + paragraph
    return "\n".join(text[start : start + width] for start in range(0, len(text), width))


PARAGRAPHS = [
    "第一条　为了推动职业教育高质量发展，提高劳动者素质和技术技能水平，促进就业创业，建设教育强国，根据宪法，制定本法。",
    "第二条　本法所称职业教育，是指为了培养高素质技术技能人才，使受教育者具备从事某种职业所需要的综合素质和行动能力而实施的教育。",
    "其他专门培训由法律、行政法规另行规定。依照第一条的规定，职业教育必须坚持正确的办学方向，坚持立德树人、德技并修、产教融合。",
]


def test_lines_wrapped_at_a_column_are_joined_to_paragraphs(saved):
    source = saved("\n".join(wrap(paragraph, 30) for paragraph in PARAGRAPHS))
    assert texts(source) == PARAGRAPHS
    assert source.findings == ("lines wrapped at column 60 joined to paragraphs",)


def test_english_wrapped_at_a_column_is_joined_with_spaces(saved):
    paragraph = (
        "Enterprises take part in vocational education because it pays, because they must, and because others do. " * 4
    )
    paragraphs = [paragraph.strip(), paragraph.strip()]
    source = saved("\n\n".join(textwrap.fill(text, 72) for text in paragraphs))
    assert texts(source) == paragraphs


@pytest.mark.parametrize(
    "lines",
    [
        PARAGRAPHS * 4,  # one line per paragraph, of any length
        ["江西铜业集团有限公司", "江铃汽车集团有限公司", "中国", "九江石化", "晶科能源股份有限公司"]
        * 3,  # a list of short lines
        [
            f"第{n}项工作由教育行政部门负责组织实施，并在每年年底以前报送总结材料。" for n in range(10)
        ],  # sentences of one length
        ["短", "行"] * 3,
    ],
)
def test_lines_that_were_not_wrapped_stay_as_they_are(lines, saved):
    assert texts(saved("\n".join(lines))) == lines


def columns(text):
    return sum(2 if char > "⺀" else 1 for char in text)


def cut(paragraph, width):
    """A paragraph as an editor wraps it: at a column, no full stop or comma at a line's start."""
    lines = [""]
    for char in paragraph:
        if columns(lines[-1] + char) > width and char not in "，。；：、）》":
            lines.append("")
        lines[-1] += char
    return lines


LAYOUTS = {
    "indented by full-width spaces": lambda p, w: cut(f"　　{p}", w),
    "indented by spaces": lambda p, w: cut(f"    {p}", w),
    "apart by blank lines": lambda p, w: [*cut(p, w), ""],
    "double-spaced": lambda p, w: [part for line in cut(f"　　{p}", w) for part in (line, "")],
    "set in as a whole": lambda p, w: [f"      {line}" if n else f"        {line}" for n, line in enumerate(cut(p, w))],
}


@pytest.mark.originals
@pytest.mark.parametrize("width", [36, 50, 66, 80])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_law_wrapped_at_any_column_comes_back_as_its_paragraphs(layout, width, originals, paragraphs_of, saved):
    law = [text for text, _ in paragraphs_of(originals / "labor-law-2018.md")]
    source = saved("\n".join(line for text in law for line in LAYOUTS[layout](text, width)))
    found = set(texts(source))
    # A paragraph whose last line is full ends without a sign where only that sign would tell.
    assert sum(text in found for text in law) >= 0.99 * len(law)
    assert "".join(texts(source)).replace(" ", "") == "".join(law).replace(" ", "")


def test_headings_and_items_of_a_wrapped_text_stay_lines_of_their_own(saved):
    lines = [
        "第一章　总则",
        *PARAGRAPHS[:2],
        "有下列情形之一的，不予补贴：",
        "（一）不签协议；",
        "（二）不付报酬。",
        PARAGRAPHS[2],
    ]
    wrapped = [line for text in lines for line in cut(text, 60)]
    assert texts(saved("\n".join(wrapped))) == lines


def test_a_mention_at_the_start_of_a_line_stays_in_its_paragraph(saved):
    # 2 characters of indent, 26 of text and 依照 fill a line of 60 columns: the mention begins the next one.
    paragraph = f"{'企业接收学生实习并付报酬'[:12] * 3}"[:26] + "依照第十二条 的规定给予补贴，并且公示结果。"
    wrapped = [line for text in [*PARAGRAPHS * 3, paragraph] for line in cut(f"　　{text}", 60)]
    assert wrapped[-1].startswith("第十二条 ")
    assert texts(saved("\n".join(wrapped)))[-1] == paragraph


def test_one_address_wider_than_the_column_does_not_hide_the_habit(saved):
    address = f"http://www.example.gov.cn/{'a' * 90}.html"
    lines = [line for text in PARAGRAPHS * 8 for line in cut(f"　　{text}", 60)]
    assert texts(saved("\n".join([*lines, address]))) == [*PARAGRAPHS * 8, address]


def test_page_numbers_of_a_converted_text_are_removed_and_its_paragraphs_joined_across(saved):
    lines = [line for text in PARAGRAPHS * 4 for line in cut(f"　　{text}", 60)]
    paged = [*lines[:5], "", "- 1 -", "", *lines[5:10], "- 2 -", *lines[10:], "第 3 页 共 3 页"]
    source = saved("\n".join(paged))
    assert texts(source) == PARAGRAPHS * 4
    assert source.findings == ("page numbers removed (3 lines)", "lines wrapped at column 62 joined to paragraphs")


def test_numbers_that_count_no_pages_stay(saved):
    assert texts(saved("甲\n- 5 -\n乙\n- 2 -\n丙")) == ["甲", "- 5 -", "乙", "- 2 -", "丙"]


@pytest.mark.parametrize(
    "lines",
    [
        [
            f"{n}.{'企业应当接收学生实习，学校应当签订协议' if n % 2 else '学校可以组织培训，企业应当提供岗位条件'}"
            for n in range(1, 20)
        ],
        [f"某某省某某市某某区人力资源服务有限公司{n:02}，2023年" for n in range(20)],
        [f"{name}有限公司\t2023年\t某市" for name in ("甲乙电子", "丙丁新能源", "戊己建筑工程", "庚辛汽车") * 5],
    ],
    ids=["items", "names", "rows"],
)
def test_lists_whose_lines_are_equally_long_are_no_wrapped_text(lines, saved):
    assert texts(saved("\n".join(lines))) == lines


def test_big5_is_read_where_a_page_or_file_is_in_it(saved):
    page = "<html><meta charset=big5><body><p>企業應當依法履行實施職業教育的義務。</p></body></html>"
    assert texts(saved(page, "page.html", "big5")) == ["企業應當依法履行實施職業教育的義務。"]


# --- Markdown


def test_markdown_keeps_headings_and_loses_markup(saved):
    source = saved(
        """<!-- 编者注 -->
# 校企合作**促进办法**
##第一章 总则
第一条 依照《[职业教育法](http://x.cn/a_(b))》制定。<br>第二行 `代码` *强调* __加粗__ ~~删~~ a_b_c 2*3*4
- 列表项一
  1. 子项
> 引用
![流程图](a.png) &lt;甲&gt; 修改<电力法>的决定 <u>下划线</u> 注[^1] \\*星\\*

附则
----
***
[^1]: 脚注文字
[链接]: http://x.cn "title"
```
# 不是标题
```
""",
        "file.md",
    )
    assert [(line.text, line.heading) for line in source.lines] == [
        ("校企合作促进办法", 1),
        ("第一章 总则", 2),
        ("第一条 依照《职业教育法》制定。", None),
        ("第二行 代码 强调 加粗 删 a_b_c 2*3*4", None),
        ("列表项一", None),
        ("1. 子项", None),
        ("引用", None),
        ("流程图 <甲> 修改<电力法>的决定 下划线 注[1] *星*", None),
        ("附则", 2),
        ("[1] 脚注文字", None),
        ("# 不是标题", None),
    ]


def test_markdown_tables_become_rows(saved):
    source = saved("标准：\n\n| 学历 | 标准 |\n|---|:--:|\n| **本科** | 1000元\\|月 |\n| 专科 |\n\n以上。\n", "file.md")
    assert [(line.text, line.cells) for line in source.lines] == [
        ("标准：", None),
        ("学历；标准", ("学历", "标准")),
        ("学历：本科；标准：1000元|月", ("本科", "1000元|月")),
        ("学历：专科", ("专科", "")),
        ("以上。", None),
    ]


def test_front_matter_is_metadata(saved):
    source = saved(
        """---
title: 校企合作促进办法
doc_number: 教职成〔2018〕1号
issuers: [教育部, 财政部]
issued: 2018-02-05
effective: 2018-02
expires: 2023/2/28
jurisdiction: CN
tier: normative
url: https://www.moe.gov.cn/1.html
author: 某人
---
第一条 为了合作。
""",
        "file.md",
    )
    assert texts(source) == ["第一条 为了合作。"]
    assert source.declared == Metadata(
        title="校企合作促进办法",
        doc_number="教职成〔2018〕1号",
        issuers=("教育部", "财政部"),
        issued=dt.date(2018, 2, 5),
        expires=dt.date(2023, 2, 28),
        jurisdiction="CN",
        tier=Tier.NORMATIVE,
        url="https://www.moe.gov.cn/1.html",
    )
    assert source.findings == (
        "effective “2018-02” is no full date (YYYY-MM-DD), so it stays unknown",
        "unknown field “author” ignored",
    )


def test_what_looks_like_front_matter_and_is_none_stays_text(saved):
    source = saved("---\n第一条 为了合作。\n---\n第二条 完。\n", "file.md")
    assert [(line.text, line.heading) for line in source.lines] == [("第一条 为了合作。", None), ("第二条 完。", None)]
    assert source.findings == ("the front matter is no list of fields and was kept as text",)
