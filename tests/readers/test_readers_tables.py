"""Tables of every format as rows that read on their own, with merged cells resolved."""

from __future__ import annotations

import docx
import pytest

from assistant.readers import read
from assistant.readers.tables import table_lines

# One table as every format shows it: a divided head, a cell merged downwards, a sentence merged across.
SENTENCE = "不满三个月的按照实际月数计算，最多不超过两千元"
MERGED_HTML = f"""<table><thead><tr><th rowspan="2">地区</th><th colspan="2">补贴标准</th></tr>
<tr><th>本科</th><th>专科</th></tr></thead>
<tr><td rowspan="2">南昌市</td><td>1000元</td><td>800元</td></tr><tr><td colspan="2">{SENTENCE}</td></tr></table>"""
MERGED_ROWS = [
    ("地区；补贴标准·本科；补贴标准·专科", ("地区", "补贴标准·本科", "补贴标准·专科")),
    ("地区：南昌市；补贴标准·本科：1000元；补贴标准·专科：800元", ("南昌市", "1000元", "800元")),
    (f"地区：南昌市；补贴标准·本科、补贴标准·专科：{SENTENCE}", ("南昌市", SENTENCE, SENTENCE)),
]
BORDERS = "table{border-collapse:collapse;width:100%} td,th{border:1px solid;padding:4px} p{text-indent:0}"


def rows_of(source):
    return [(line.text, line.cells) for line in source.lines if line.cells is not None]


def test_merged_cells_of_a_web_page_are_filled_in(page, tmp_path):
    (tmp_path / "table.html").write_text(page(f"<p>标准如下：</p>{MERGED_HTML}"), "utf-8")
    source = read(tmp_path / "table.html", "table.html")
    assert source.lines[0].text == "标准如下："
    assert rows_of(source) == MERGED_ROWS


@pytest.mark.parametrize("css", [BORDERS, "td,th{border:1px solid;padding:4px}"], ids=["one line", "double lines"])
def test_merged_cells_of_a_printed_table_are_filled_in(css, page, print_pdf, tmp_path):
    path = print_pdf(page(f"<p>标准如下：</p>{MERGED_HTML}<p>以上。</p>", css=css), tmp_path / "table.pdf")
    source = read(path, "table.pdf")
    assert rows_of(source) == MERGED_ROWS
    assert [line.text for line in source.lines if line.cells is None] == ["标准如下：", "以上。"]


def test_merged_cells_of_a_word_table_are_filled_in(tmp_path):
    document = docx.Document()
    table = document.add_table(4, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "地区"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "补贴标准"
    table.cell(1, 1).text, table.cell(1, 2).text = "本科", "专科"
    table.cell(2, 0).merge(table.cell(3, 0)).text = "南昌市"
    table.cell(2, 1).text, table.cell(2, 2).text = "1000元", "800元"
    table.cell(3, 1).merge(table.cell(3, 2)).text = SENTENCE
    document.save(tmp_path / "table.docx")
    assert rows_of(read(tmp_path / "table.docx", "table.docx")) == MERGED_ROWS


def test_a_printed_table_of_several_pages_names_its_columns_on_each_and_keeps_the_page_of_a_row(
    page, print_pdf, tmp_path
):
    rows = [(str(n), f"{'南昌' if n % 2 else '九江'}第{n}职业学院", f"每人每月{n * 100}元") for n in range(1, 120)]
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    table = f"<table><thead><tr><th>序号</th><th>学校</th><th>标准</th></tr></thead>{body}</table>"
    source = read(print_pdf(page(table, css=BORDERS), tmp_path / "long.pdf"), "long.pdf")
    assert [cells for _, cells in rows_of(source)] == [("序号", "学校", "标准"), *rows]
    assert source.lines[-1].text == "序号：119；学校：南昌第119职业学院；标准：每人每月11900元"
    pages = [line.page for line in source.lines]
    assert pages == sorted(pages)
    assert pages[-1] >= 3


def test_a_cell_that_the_page_break_cut_reaches_the_rows_on_the_next_page(page, print_pdf, tmp_path):
    rows = "".join(f"<tr><td>项目{n}</td><td>{n}万元</td></tr>" for n in range(2, 60))
    first = '<tr><td rowspan="59">南昌市</td><td>项目1</td><td>1万元</td></tr>'
    table = f"<table><thead><tr><th>地区</th><th>项目</th><th>金额</th></tr></thead>{first}{rows}</table>"
    source = read(print_pdf(page(table, css=BORDERS), tmp_path / "cut.pdf"), "cut.pdf")
    assert {cells[0] for _, cells in rows_of(source)[1:]} == {"南昌市"}
    assert source.lines[-1].text == "地区：南昌市；项目：项目59；金额：59万元"
    assert source.lines[-1].page > 1


def test_a_frame_around_text_is_no_table(page, print_pdf, tmp_path):
    body = '<div style="border:1px solid;padding:1em"><p>第一条 为了合作。</p><p>第二条 学校与企业。</p></div>'
    source = read(print_pdf(page(body), tmp_path / "frame.pdf"), "frame.pdf")
    assert [(line.text, line.cells) for line in source.lines] == [
        ("第一条 为了合作。", None),
        ("第二条 学校与企业。", None),
    ]


def test_a_word_table_of_one_cell_is_text(tmp_path):
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "第一条 为了合作。"
    cell.add_paragraph("第二条 学校与企业。")
    document.save(tmp_path / "box.docx")
    source = read(tmp_path / "box.docx", "box.docx")
    assert [(line.text, line.cells) for line in source.lines] == [
        ("第一条 为了合作。", None),
        ("第二条 学校与企业。", None),
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # A first row of names is a head.
        ([("学历", "年限", "标准"), ("本科", "2", "3元")], ["学历；年限；标准", "学历：本科；年限：2；标准：3元"]),
        # Two columns without figures under a name are names and values.
        ([("申报单位", "江铜集团"), ("所在地", "贵溪市")], ["申报单位：江铜集团", "所在地：贵溪市"]),
        # Two columns with figures below have a head.
        ([("学历", "标准"), ("本科", "1000元")], ["学历；标准", "学历：本科；标准：1000元"]),
        # A first row of figures is no head.
        ([("本科", "1000元", "2年"), ("专科", "800元", "1年")], ["本科；1000元；2年", "专科；800元；1年"]),
        # Labels with a colon are no head.
        ([("单位：", "江铜", "电话："), ("地址：", "贵溪", "1234")], ["单位：；江铜；电话：", "地址：；贵溪；1234"]),
        # A merged first row is the caption, one further down a heading inside the table.
        (
            [("补贴表",) * 3, ("学历", "年限", "标准"), ("一、本省",) * 3, ("本科", "2", "1000元")],
            ["补贴表", "学历；年限；标准", "一、本省", "学历：本科；年限：2；标准：1000元"],
        ),
        # Empty cells and rows say nothing.
        ([("学历", "年限", "标准"), ("", "", ""), ("本科", "", "1")], ["学历；年限；标准", "学历：本科；标准：1"]),
        # One column is text.
        ([("第一条",), ("第二条",)], ["第一条", "第二条"]),
        ([], []),
    ],
)  # fmt: skip
def test_rows_read_on_their_own(rows, expected):
    assert [line.text for line in table_lines(rows)] == expected


def test_marked_heads_are_believed():
    lines = table_lines([("2019年", "2020年"), ("5", "6")], heads=1)
    assert [line.text for line in lines] == ["2019年；2020年", "2019年：5；2020年：6"]
