"""Tables as real printers set them: cut by page breaks, divided by columns, drawn with three lines or with none."""

from __future__ import annotations

import pytest
from documents import FOOTNOTE, HEADS, TITLE, clauses, gazette, sheet, subsidies, subsidy_document, subsidy_table, word

from assistant.readers import read

CONDITION = "企业应当与学校签订三方协议，为实习学生购买实习责任保险，按月足额支付实习报酬，并指派技术人员担任指导教师。"
# Every third row is long, so that some page break falls into one, at whatever height a printer sets the lines.
LONG_ROWS = [(f"第{n}项", CONDITION * (7 if n % 3 == 0 else 2), f"{n}00元") for n in range(1, 15)]
DEGREES = [
    ("学历", "每月补贴", "最长期限", "条件"),
    ("博士研究生", "3000元", "12个月", "签订一年以上劳动合同并缴纳社会保险费满六个月，且在本市就业创业的毕业生"),
    ("硕士研究生", "2500元", "10个月", "签订一年以上劳动合同"),
    ("本科", "2000元", "8个月", "无"),
    ("专科", "1500元", "6个月", "签订一年以上劳动合同并缴纳社会保险费满六个月，且在本市就业创业的毕业生"),
    ("技工院校", "1000元", "", "应届"),
]
BEFORE = (
    "各县区人力资源和社会保障局应当按照下列标准发放补贴，所需资金从就业补助资金中列支，不得挤占挪用，并公开使用情况。"
)
AFTER = "注：以上标准自2024年1月1日起执行。"


def cells_of(source):
    return [line.cells for line in source.lines if line.cells is not None]


def table(rows, css_class=""):
    head, *body = rows
    drawn = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in body)
    names = "".join(f"<th>{name}</th>" for name in head)
    return f'<table class="{css_class}"><thead><tr>{names}</tr></thead>{drawn}</table>'


@pytest.fixture(scope="module")
def subsidy(print_pdf, tmp_path_factory):
    return read(print_pdf(subsidy_table(), tmp_path_factory.mktemp("subsidy") / "subsidy.pdf"), "subsidy.pdf")


def test_a_landscape_table_of_three_pages_has_one_head_and_every_merged_cell_on_every_row(subsidy):
    assert cells_of(subsidy) == [HEADS, *subsidies()]
    pages = [line.page for line in subsidy.lines]
    assert pages == sorted(pages)
    assert pages[-1] == 3
    # A district's rows lie on both sides of a page break, its name only on the first.
    districts = {line.cells[0] for line in subsidy.lines if line.cells and line.page == 1}
    assert districts & {line.cells[0] for line in subsidy.lines if line.cells and line.page == 2}


def test_every_row_of_the_table_reads_on_its_own_with_both_levels_of_the_head(subsidy):
    district, degree, monthly, months, once = subsidies()[-1]
    assert subsidy.lines[-2].text == (
        f"地区：{district}；学历：{degree}；实习补贴·每月金额：{monthly}；实习补贴·最长期限：{months}；就业补贴·一次性金额：{once}"
    )


def test_title_above_and_note_below_a_table_are_lines_of_their_own(subsidy):
    assert [line.text for line in subsidy.lines if line.cells is None] == [TITLE, FOOTNOTE]


def test_a_word_file_gives_the_same_rows_as_the_print(subsidy, tmp_path):
    subsidy_document().save(str(tmp_path / "subsidy.docx"))
    assert cells_of(read(tmp_path / "subsidy.docx", "subsidy.docx")) == cells_of(subsidy)


def test_a_row_cut_by_the_page_break_is_one_row_in_a_browser_print(print_pdf, tmp_path):
    css = "table{border-collapse:collapse;width:100%} td,th{border:1px solid;padding:4px}"
    body = f"<p>{BEFORE}</p>{table([('事项', '条件', '金额'), *LONG_ROWS])}<p>{AFTER}</p>"
    source = read(print_pdf(sheet(body, css), tmp_path / "cut.pdf"), "cut.pdf")
    assert cells_of(source) == [("事项", "条件", "金额"), *LONG_ROWS]
    assert any(len({box.page for box in line.boxes}) == 2 for line in source.lines), "the print does not show the case"


def test_a_row_cut_by_the_page_break_is_one_row_in_a_print_of_a_word_file(print_office, tmp_path):
    document = word()
    document.add_paragraph(BEFORE)
    drawn = document.add_table(1 + len(LONG_ROWS), 3)
    drawn.style = "Table Grid"
    for row, texts in zip(drawn.rows, [("事项", "条件", "金额"), *LONG_ROWS], strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_paragraph(AFTER)
    document.save(str(tmp_path / "cut.docx"))
    source = read(print_office(tmp_path / "cut.docx"), "cut.pdf")
    assert cells_of(source) == [("事项", "条件", "金额"), *LONG_ROWS]
    assert any(len({box.page for box in line.boxes}) == 2 for line in source.lines), "the print does not show the case"
    assert [line.text for line in source.lines if line.cells is None] == [BEFORE, AFTER]


# Ways to draw a table without a grid; each is printed on a page of its own.
DRAWN = {
    "nothing": "",
    "three lines": "T{border-top:2px solid;border-bottom:2px solid} T thead{border-bottom:1px solid}",
    "a line below each row": "T td,T th{border-top:1px solid;border-bottom:1px solid}",
    "nothing, and cells begin at the top": "T td{vertical-align:top}",
    "no line at the sides": (
        "T td,T th{border:1px solid} T td:first-child,T th:first-child{border-left:none}"
        "T td:last-child,T th:last-child{border-right:none}"
    ),
}
WORDS = {
    "signatures": [
        ("教育部", "国家发展改革委", "财政部"),
        ("农业农村部", "国务院国资委", "税务总局"),
        ("全国总工会", "共青团中央", "全国妇联"),
    ],
    "contents": [("第一章", "总则"), ("第二章", "实习管理"), ("第三章", "支持措施"), ("第四章", "附则")],
    "a list": [
        ("（一）", "三年内接收学生60人以上；"),
        ("（二）", "近2年没有重大安全事故；"),
        ("（三）", "缴纳社会保险满12个月。"),
    ],
}


@pytest.fixture(scope="module")
def bare(print_pdf, tmp_path_factory):
    """Lines by page: one page for every way of DRAWN, then one for each of WORDS, then one with a divided head."""
    css = "table{border-collapse:collapse} td,th{padding:4px 6px;text-align:left} .words td{padding:2px 20px}"
    pages = []
    for number, (name, drawn) in enumerate(DRAWN.items()):
        css += drawn.replace("T", f".t{number}")
        pages.append(f"<p>{name}: {BEFORE}</p>{table(DEGREES, f't{number}')}<p>{AFTER}</p><p>{BEFORE}</p>")
    for lines in WORDS.values():
        rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in line)}</tr>" for line in lines)
        pages.append(f'<table class="words">{rows}</table>')
    head = "<tr><td></td><td colspan=2>实习期间的补贴</td></tr><tr><td>学历</td><td>每月金额</td><td>最长期限</td></tr>"
    rows = "".join(f"<tr><td>{d}</td><td>{m}</td><td>{n}</td></tr>" for d, m, n, _ in DEGREES[1:-1])
    pages.append(f'<table class="words" style="text-align:center">{head}{rows}</table>')
    body = "".join(f'<div style="break-after:page">{page}</div>' for page in pages)
    source = read(print_pdf(sheet(body, css), tmp_path_factory.mktemp("bare") / "bare.pdf"), "bare.pdf")
    names = [*DRAWN, *WORDS, "divided head"]
    return {name: [line for line in source.lines if line.page == page] for page, name in enumerate(names, start=1)}


@pytest.mark.parametrize("name", DRAWN)
def test_a_table_without_a_grid_is_told_by_its_alignment(name, bare):
    assert [line.cells for line in bare[name] if line.cells] == DEGREES
    assert [line.text for line in bare[name] if line.cells is None] == [f"{name}: {BEFORE}", AFTER, BEFORE]


def test_a_head_over_several_columns_names_each_of_them_where_nothing_is_drawn(bare):
    names = ("学历", "实习期间的补贴·每月金额", "实习期间的补贴·最长期限")
    assert [line.cells for line in bare["divided head"]] == [names, *(row[:3] for row in DEGREES[1:-1])]


@pytest.mark.parametrize("name", WORDS)
def test_words_below_each_other_without_figures_or_behind_numbers_stay_lines(name, bare):
    assert [(line.text, line.cells) for line in bare[name]] == [(" ".join(line), None) for line in WORDS[name]]


def test_a_long_table_without_a_grid_keeps_every_cell_at_the_edges_of_its_pages(print_pdf, tmp_path):
    head = ("学校", "专业", "人数", "金额")
    majors, towns = ("机电", "汽车检测与维修"), ("景德镇", "南昌", "九江")
    rows = [(f"{towns[n % 3]}第{n}职业技术学院", majors[n % 2], f"{n * 7}人", f"{n * 1200}元") for n in range(1, 110)]
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in (head, *rows))
    page = sheet(f"<p>名单如下：</p><table>{body}</table><p>以上。</p>", "td{padding:3px 12px}")
    source = read(print_pdf(page, tmp_path / "long.pdf"), "long.pdf")
    assert cells_of(source) == [head, *rows]
    assert source.lines[-1].page >= 4
    assert source.lines[-2].text == "学校：南昌第109职业技术学院；专业：汽车检测与维修；人数：763人；金额：130800元"
    assert source.findings == ()


def test_a_table_that_goes_on_in_the_next_column_is_one_table(print_pdf, tmp_path):
    texts = clauses(12)
    rows = [("学校", "人数", "金额"), *((f"第{n}职业学院", f"{n * 3}人", f"{n * 100}元") for n in range(1, 41))]
    css = "<style>table{border-collapse:collapse;width:100%} td,th{border:1px solid;padding:2px}</style>"
    page = gazette("公报", texts).replace("</div></body>", f"{css}{table(rows)}</div></body>")
    source = read(print_pdf(page, tmp_path / "columns.pdf"), "columns.pdf")
    assert cells_of(source) == rows
    lefts = {round(line.boxes[-1].x0, 1) for line in source.lines if line.cells}
    assert len(lefts) == 2, "the print does not show the case"
