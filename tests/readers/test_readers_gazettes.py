"""Gazettes and compilations as browsers and word processors print them: columns in order, furniture gone and told."""

from __future__ import annotations

import pytest
from documents import clauses, gazette, sheet, word
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from assistant.readers import read
from assistant.text.normal import squeeze

# In three columns its second line is short enough to stand within the middle one.
TITLE = "云溪市人民政府公报目录与文件选登：关于促进职业教育校企合作若干规定"
HEAD = "云溪市人民政府公报"
CLAUSES = clauses(60)
TABLE = (("学历", "每月", "期限"), ("本科", "2000元", "八个月"), ("专科", "1500元", "六个月"))


def squeezed(source):
    return [squeeze(line.text) for line in source.lines]


@pytest.mark.parametrize("count", [2, 3])
def test_columns_under_a_title_across_them_are_read_in_order_over_pages(count, print_pdf, tmp_path):
    path = print_pdf(gazette(TITLE, CLAUSES, columns=count, head=HEAD), tmp_path / "gazette.pdf")
    source = read(path, "gazette.pdf")
    assert squeezed(source) == [squeeze(text) for text in (TITLE, *CLAUSES)]
    last = source.lines[-1].page
    assert last >= 4
    assert source.findings == (
        f"header “{HEAD}” removed from pages 1-{last}",
        f"page numbers removed from pages 1-{last}",
    )
    # A clause that goes on in the next column, or on the next page, is one line with places in both.
    assert any(len({round(box.x0, 1) for box in line.boxes}) > 1 for line in source.lines[1:])
    assert any(len({box.page for box in line.boxes}) == 2 for line in source.lines)


def test_a_table_across_the_columns_parts_them_and_one_inside_a_column_does_not(print_pdf, tmp_path):
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in TABLE)
    table = f"<table>{rows}</table>"
    parts = ["".join(f"<p>{text}</p>" for text in part) for part in (CLAUSES[:14], CLAUSES[14:20], CLAUSES[20:30])]
    css = (
        "@page{size:A4;margin:22mm 18mm} body{font-size:10.5pt;line-height:1.7} p{margin:0;text-indent:2em}"
        ".text{columns:2;column-gap:2em} table{border-collapse:collapse;width:100%;break-inside:avoid;margin:5mm 0}"
        "td{border:1px solid;padding:3px}"
    )
    body = f'<div class="text">{parts[0]}</div>{table}<div class="text">{parts[1]}{table}{parts[2]}</div>'
    source = read(print_pdf(sheet(body, css), tmp_path / "tables.pdf"), "tables.pdf")
    read_rows = ["学历；每月；期限", "学历：本科；每月：2000元；期限：八个月", "学历：专科；每月：1500元；期限：六个月"]
    expected = [*CLAUSES[:14], *read_rows, *CLAUSES[14:20], *read_rows, *CLAUSES[20:30]]
    assert squeezed(source) == [squeeze(text) for text in expected]


def test_what_a_page_fixes_to_every_sheet_is_removed_and_told(print_pdf, tmp_path):
    css = (
        "@page{size:A4;margin:15mm 20mm} body{font-size:12pt;line-height:1.8} p{margin:0;text-indent:2em}"
        "header,footer{position:fixed;left:0;right:0;font-size:9pt;text-align:center} header{top:0} footer{bottom:0}"
        ".slanted{position:fixed;top:45%;left:25%;transform:rotate(-45deg);font-size:60pt;color:#ddd}"
        ".upright{position:fixed;top:50%;left:35%;font-size:40pt;color:#eee} thead td,tfoot td{height:12mm}"
    )
    fixed = (
        "<header>云溪市教育局文件汇编</header><footer>内部资料 注意保存</footer>"
        '<div class="slanted">征求意见稿</div><div class="upright">样本</div>'
    )
    text = "".join(f"<p>{clause}</p>" for clause in CLAUSES)
    room = "<tr><td></td></tr>"  # empty rows that a browser repeats keep the text clear of head and foot
    body = f"{fixed}<table><thead>{room}</thead><tfoot>{room}</tfoot><tr><td>{text}</td></tr></table>"
    source = read(print_pdf(sheet(body, css), tmp_path / "fixed.pdf"), "fixed.pdf")
    assert squeezed(source) == [squeeze(clause) for clause in CLAUSES]
    last = source.lines[-1].page
    assert source.findings == (
        f"watermark “征求意见稿” removed from pages 1-{last}",
        f"header “云溪市教育局文件汇编” removed from pages 1-{last}",
        f"footer “内部资料 注意保存” removed from pages 1-{last}",
        f"watermark “样本” removed from pages 1-{last}",
    )


def field(paragraph, code):
    """Add a field that the word processor fills in: a page number."""
    for kind in ("begin", None, "end"):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = code
        paragraph.add_run()._r.append(element)


def test_a_gazette_from_a_word_processor_reads_like_that_of_a_browser(print_office, tmp_path):
    document = word()
    title = document.add_heading(TITLE, 1)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    columns = document.add_section(WD_SECTION.CONTINUOUS)._sectPr.find(qn("w:cols"))
    columns.set(qn("w:num"), "2")
    for clause in CLAUSES:
        form = document.add_paragraph(clause).paragraph_format
        form.first_line_indent, form.space_after = Pt(22), Pt(0)
    document.sections[0].header.paragraphs[0].text = HEAD
    foot = document.sections[0].footer.paragraphs[0]
    foot.add_run("第 ")
    field(foot, "PAGE")
    foot.add_run(" 页 共 ")
    field(foot, "NUMPAGES")
    foot.add_run(" 页")
    document.save(str(tmp_path / "gazette.docx"))
    source = read(print_office(tmp_path / "gazette.docx"), "gazette.pdf")
    assert squeezed(source) == [squeeze(text) for text in (TITLE, *CLAUSES)]
    last = source.lines[-1].page
    assert source.findings == (
        f"header “{HEAD}” removed from pages 1-{last}",
        f"page numbers removed from pages 1-{last}",
    )


def new_section(document):
    """Begin a new page that lies on its side, or stands again."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    upright = section.orientation == WD_ORIENT.PORTRAIT
    section.orientation = WD_ORIENT.LANDSCAPE if upright else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = section.page_height, section.page_width


def test_a_landscape_table_amid_upright_pages_keeps_its_merged_cells_and_the_head_goes_from_all(print_office, tmp_path):
    school = "职业技术学院（高等职业教育与应用技术研究院）"
    names = ("序号", "地区", "学校名称", "专业", "金额")
    rows = [
        (str(n), "南昌市" if n <= 30 else "九江市", f"第{n}{school}", ("机电", "护理")[n % 2], f"{n}00元")
        for n in range(1, 61)
    ]
    document = word()
    document.sections[0].header.paragraphs[0].text = HEAD
    for clause in CLAUSES[:12]:
        document.add_paragraph(clause)
    new_section(document)
    table = document.add_table(1 + len(rows), len(names))
    table.style = "Table Grid"
    cells = [list(row.cells) for row in table.rows]
    for drawn, row in zip(cells, [names, *rows], strict=True):
        for column, text in enumerate(row):
            drawn[column].text = text
    for first in (1, 31):
        for drawn in cells[first : first + 30]:
            drawn[1].text = ""
        cells[first][1].merge(cells[first + 29][1]).text = rows[first - 1][1]
    new_section(document)
    for clause in CLAUSES[12:20]:
        document.add_paragraph(clause)
    document.save(str(tmp_path / "mixed.docx"))
    source = read(print_office(tmp_path / "mixed.docx"), "mixed.pdf")
    assert [line.cells for line in source.lines if line.cells] == [names, *rows]
    assert [squeeze(line.text) for line in source.lines if line.cells is None] == [squeeze(c) for c in CLAUSES[:20]]
    assert source.findings == (f"header “{HEAD}” removed from pages 1-{source.lines[-1].page}",)
    wide = {line.page for line in source.lines if line.cells}
    assert len(wide) >= 4
    assert any(len(line.boxes) == 2 for line in source.lines if line.cells), "no row is cut by a page break"


def test_a_title_that_is_also_the_running_head_stays(print_pdf, tmp_path):
    # Near the upper edge of its page, where the head stands on the others.
    page = gazette(HEAD, CLAUSES[:40], columns=1, head=HEAD).replace("margin:22mm 18mm", "margin:12mm 18mm")
    page = page.replace("body{margin:0", "@page:first{@top-center{content:none}} body{margin:0")
    source = read(print_pdf(page, tmp_path / "titled.pdf"), "titled.pdf")
    assert squeezed(source) == [squeeze(text) for text in (HEAD, *CLAUSES[:40])]
    assert f"header “{HEAD}” removed from pages 2-{source.lines[-1].page}" in source.findings


def test_the_narrow_white_a_word_processor_sets_between_chinese_and_figures_is_no_space(print_office, tmp_path):
    document = word()
    text = "本办法自2024年1月1日起施行，第12条的补贴为每人每月500元，由A市于30日内拨付。Cooperation in 2024 年"
    document.add_paragraph(text)
    document.save(str(tmp_path / "spaces.docx"))
    assert [line.text for line in read(print_office(tmp_path / "spaces.docx"), "spaces.pdf").lines] == [text]
