"""PDF files printed by a real browser: lines become paragraphs again, and nothing of the layout is left in them."""

from __future__ import annotations

import re

import pypdf
import pypdfium2
import pytest

from assistant.readers import read

WIDTH = 30  # characters of a full line
SHEET = f"@page{{size:{WIDTH * 16 + 160}px 800px;margin:80px}} body{{font-size:16px;margin:0}} p{{text-align:left}}"


def text_of(source):
    return [line.text for line in source.lines]


def filled(length, start=""):
    """Return running text of exactly so many characters, without a mark that could not stand at a line end."""
    words = "职业学校与企业共同制定人才培养方案并组织学生在真实岗位上开展实习实训"
    return (start + words * (length // len(words) + 1))[:length]


def visual_lines(path):
    document = pypdfium2.PdfDocument(path)
    return [line for page in document for line in page.get_textpage().get_text_range().splitlines()]


# First lines hold two characters less where they are indented; so the mention begins the second line in each case.
@pytest.mark.parametrize(
    ("style", "first_line"), [("indented", WIDTH - 2), ("spaced", WIDTH), ("flush", WIDTH)], ids=lambda v: str(v)
)
def test_a_mention_at_the_wrap_is_joined_to_its_sentence(style, first_line, page, print_pdf, tmp_path):
    mentions = ["第十条的规定", "（三）项的条件", "三、四级高级工", "第二章 的要求"]
    paragraphs = [f"{filled(first_line, '依照本法')}{mention}，由教育行政部门处理。" for mention in mentions]
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    path = print_pdf(page(body, style, SHEET), tmp_path / "mentions.pdf")
    starts = [line[:4] for line in visual_lines(path)]
    assert all(mention[:4] in starts for mention in mentions), "the print does not show the case"
    assert text_of(read(path, "mentions.pdf")) == paragraphs


@pytest.mark.parametrize("style", ["indented", "spaced", "flush"])
def test_a_clause_after_a_full_line_begins_a_line_of_its_own(style, page, print_pdf, tmp_path):
    # Each paragraph ends exactly at the right margin, so only indent, gap, or its number tells the next one apart.
    first_line = WIDTH - 2 if style == "indented" else WIDTH
    clauses = [f"{filled(first_line - 1, start)}。" for start in ("第九条 ", "第十条 ", "（一）", "（二）", "一、")]
    # A space is a quarter of a character wide in this font, so a line with one has room left for nothing but that.
    body = "".join(f"<p>{clause}</p>" for clause in clauses)
    path = print_pdf(page(body, style, SHEET), tmp_path / "clauses.pdf")
    assert len(visual_lines(path)) == len(clauses), "the print does not show the case"
    assert text_of(read(path, "clauses.pdf")) == clauses


def test_a_paragraph_runs_on_over_the_page_break_and_keeps_its_first_page(page, print_pdf, tmp_path):
    long = [f"第{number}条 {filled(400)}。" for number in "一二三四五六"]
    css = "@page{size:A5;margin:20mm}"
    path = print_pdf(page("".join(f"<p>{text}</p>" for text in long), css=css), tmp_path / "long.pdf")
    source = read(path, "long.pdf")
    assert text_of(source) == long
    pages = [line.page for line in source.lines]
    assert pages[0] == 1
    assert pages == sorted(pages)
    assert len(pypdf.PdfReader(path).pages) > len(set(pages)) or max(pages) > 1


def test_characters_come_out_as_people_type_them(page, print_pdf, tmp_path):
    # Browsers write these characters with the codes of radicals (⼆⼗⼈⽣⻔) into the file.
    words = "第二十人生门：一月八日，父子见面，用心力行，金玉之言，马到成功；长风⻓"
    source = read(print_pdf(page(f"<p>{words}</p>"), tmp_path / "radicals.pdf"), "radicals.pdf")
    assert text_of(source) == [words.replace("⻓", "长")]


def test_headers_footers_page_numbers_and_watermarks_are_removed_and_reported(page, print_pdf, tmp_path):
    css = """@page{margin:25mm;@top-center{content:"江西省教育厅文件汇编"}
    @bottom-center{content:"— " counter(page) " —"}}
    .stamp{position:fixed;top:40%;left:20%;transform:rotate(-30deg);opacity:.2;font-size:60px}"""
    articles = [f"第{number}条 {filled(300)}。" for number in ("一", "二", "三", "四", "五", "六", "七", "八", "九")]
    body = '<div class="stamp">内部资料</div>' + "".join(f"<p>{article}</p>" for article in articles)
    source = read(print_pdf(page(body, css=css), tmp_path / "report.pdf"), "report.pdf")
    assert text_of(source) == articles
    last = max(line.page for line in source.lines)
    assert last >= 3
    assert set(source.findings) == {
        f"watermark “内部资料” removed from pages 1-{last}",
        f"header “江西省教育厅文件汇编” removed from pages 1-{last}",
        f"page numbers removed from pages 1-{last}",
    }


def test_what_a_browser_adds_to_a_single_page_is_removed(page, print_pdf, tmp_path):
    path = print_pdf(page("<p>只有一页的通知。</p>", title="通知"), tmp_path / "one.pdf", header_footer=True)
    source = read(path, "one.pdf")
    assert text_of(source) == ["只有一页的通知。"]
    assert source.findings == (
        "what a browser prints in the header removed from page 1",
        "what a browser prints in the footer removed from page 1",
    )


def test_numbers_in_the_text_are_no_page_numbers(page, print_pdf, tmp_path):
    sheet = '<div style="break-before:page"><p>{}</p><p>{}。</p></div>'
    body = "".join(sheet.format(year, filled(60)) for year in (2019, 2017, 2022))
    source = read(print_pdf(page(body, "spaced"), tmp_path / "years.pdf"), "years.pdf")
    assert [line for line in text_of(source) if line.isdigit()] == ["2019", "2017", "2022"]


def test_columns_are_read_one_after_the_other_and_the_full_width_above_them_first(page, print_pdf, tmp_path):
    articles = [f"第{number}条 {filled(120)}。" for number in "一二三四五六七八九"]
    abstract = f"{filled(150)}。"
    columns = "".join(f"<p>{article}</p>" for article in articles)
    for count in (2, 3):
        body = f'<h1>公报</h1><p>{abstract}</p><div style="columns:{count};column-gap:2em">{columns}</div>'
        path = print_pdf(page(body, css="body{font-size:12px}"), tmp_path / f"{count}.pdf")
        assert text_of(read(path, "columns.pdf")) == ["公报", abstract, *articles]


def test_a_list_of_short_lines_stays_a_list(page, print_pdf, tmp_path):
    names = ["江西铜业集团有限公司", "江铃汽车集团有限公司", "九江石化有限责任公司", "晶科能源股份有限公司"]
    path = print_pdf(page(f"<p>{'<br>'.join(names)}</p>", "flush"), tmp_path / "names.pdf")
    assert text_of(read(path, "names.pdf")) == names


def test_title_addressee_and_signature_of_a_notice_are_lines_of_their_own(page, print_pdf, tmp_path):
    title = "教育部等六部门关于印发《职业学校校企合作促进办法》实施细则与有关配套政策文件（试行）的通知"
    body = (
        f"<h1>{title}</h1><p style='text-indent:0'>各省、自治区、直辖市教育厅（教委）：</p><p>{filled(90)}。</p>"
        "<div style='text-align:right'>教育部</div><div style='text-align:right'>财政部</div>"
        "<div style='text-align:right'>2018年2月5日</div>"
    )
    source = read(print_pdf(page(body, title=title), tmp_path / "notice.pdf"), "notice.pdf")
    assert text_of(source) == [
        title, "各省、自治区、直辖市教育厅（教委）：", f"{filled(90)}。", "教育部", "财政部", "2018年2月5日",
    ]  # fmt: skip
    assert source.declared.title == title


def test_a_title_in_the_file_counts_only_if_it_is_printed(page, print_pdf, tmp_path):
    path = print_pdf(page("<p>关于实习补贴的通知</p>", title="Microsoft Word - 1.doc"), tmp_path / "word.pdf")
    assert read(path, "word.pdf").declared.title is None


def test_items_set_in_and_hanging_numbers_are_joined(page, print_pdf, tmp_path):
    items = [f"{filled(80, '接收学生实习')}；", f"{filled(80, '参与课程开发')}。"]
    body = f"<ol><li>{items[0]}</li><li>{items[1]}</li></ol><p>{filled(80)}。</p>"
    source = read(print_pdf(page(body, css="li{text-indent:0}"), tmp_path / "list.pdf"), "list.pdf")
    assert text_of(source) == [f"1. {items[0]}", f"2. {items[1]}", f"{filled(80)}。"]


def test_english_words_parted_at_the_line_end_are_whole_again(page, print_pdf, tmp_path):
    words = "Cooper&shy;ation be&shy;tween enter&shy;prises and insti&shy;tutions is a long-term respon&shy;sibility. "
    css = "@page{size:300px 600px;margin:20px} body{font-family:serif} p{text-align:left}"
    path = print_pdf(page(f"<p>{words * 6}</p>", "flush", css), tmp_path / "paper.pdf")
    assert any(re.search(r"[a-z][-‐]$", line) for line in visual_lines(path)), "the print does not show the case"
    sentence = words.replace("&shy;", "").strip()
    assert text_of(read(path, "paper.pdf")) == [" ".join([sentence] * 6)]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_pages_on_their_side_are_read_upright(degrees, page, print_pdf, tmp_path):
    paragraphs = [f"{filled(150)}。", "第二段。"]
    path = print_pdf(page("".join(f"<p>{text}</p>" for text in paragraphs)), tmp_path / "upright.pdf")
    writer = pypdf.PdfWriter(clone_from=path)
    writer.pages[0].rotate(degrees)
    writer.pages[0].transfer_rotation_to_content()
    writer.write(tmp_path / "turned.pdf")
    assert text_of(read(tmp_path / "turned.pdf", "turned.pdf")) == paragraphs


def test_wide_pages_among_narrow_ones_do_not_change_how_those_are_read(page, print_pdf, tmp_path):
    articles = [f"第{number}条 {filled(150)}。" for number in "一二三四五六"]
    writer = pypdf.PdfWriter()
    for name, texts, size in (("law", articles[:3], "A4"), ("annex", articles[3:], "A4 landscape")):
        css = f"@page{{size:{size};margin:20mm}}"
        writer.append(print_pdf(page("".join(f"<p>{text}</p>" for text in texts), css=css), tmp_path / f"{name}.pdf"))
    writer.write(tmp_path / "both.pdf")
    assert text_of(read(tmp_path / "both.pdf", "both.pdf")) == articles


def test_footnotes_come_after_the_text_they_stand_under(page, print_pdf, tmp_path):
    body = (
        f'<p>{filled(100)}。</p><div style="position:absolute;bottom:0;font-size:10px"><p style="text-indent:0">'
        f"① 见《职业教育法》第二十七条。</p></div>"
        f'<div style="break-before:page"><p>{filled(100, "产业")}。</p></div>'
    )
    css = "@page{size:A5;margin:15mm} html{height:100%}"
    source = read(print_pdf(page(body, css=css), tmp_path / "notes.pdf"), "notes.pdf")
    assert text_of(source)[-1] == "① 见《职业教育法》第二十七条。"
    assert source.lines[-1].page == 1


def test_a_table_of_contents_is_left_out_and_reported(page, print_pdf, tmp_path):
    body = "<p>第一章 总则………………………1</p><p>第二章 附则………………………9</p><h2>第一章 总则</h2><p>第一条 为了合作。</p>"
    source = read(print_pdf(page(body), tmp_path / "contents.pdf"), "contents.pdf")
    assert text_of(source) == ["第一章 总则", "第一条 为了合作。"]
    assert source.findings == ("table of contents removed from page 1",)


def test_bookmarks_make_headings_and_attachments_are_reported(page, print_pdf, tmp_path):
    path = print_pdf(page("<h1>促进办法</h1><h2>第一章 总则</h2><p>第一条 为了合作。</p>"), tmp_path / "plain.pdf")
    writer = pypdf.PdfWriter(clone_from=path)
    top = writer.add_outline_item(title="促进办法", page_number=0)
    writer.add_outline_item(title="第一章  总则", page_number=0, parent=top)
    writer.add_attachment(filename="附件1.xlsx", data=b"x")
    writer.write(tmp_path / "marked.pdf")
    source = read(tmp_path / "marked.pdf", "marked.pdf")
    assert [(line.text, line.heading) for line in source.lines] == [
        ("促进办法", 1), ("第一章 总则", 2), ("第一条 为了合作。", None),
    ]  # fmt: skip
    assert source.findings == ("1 attached file inside the PDF not read",)


def test_spaces_between_words_survive_and_justified_lines_gain_none(page, print_pdf, tmp_path):
    paragraph = f"第十二条 {filled(200)}。Law of 2022 第 3 版，Vocational Education。"
    source = read(print_pdf(page(f"<p>{paragraph}</p>"), tmp_path / "spaces.pdf"), "spaces.pdf")
    assert text_of(source) == [paragraph]
    assert not re.search(r"[一-鿿] [一-鿿]", filled(200))
