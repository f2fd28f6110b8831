"""Every line says where it is printed: on the page as displayed, whatever way the file turns or crops it."""

from __future__ import annotations

import io

import pypdf
import pypdfium2
import pytest
from documents import Notice, clauses, gazette, red_header_notice, subsidies, subsidy_table
from PIL import Image, ImageDraw

from assistant.errors import ReadError
from assistant.models import Level
from assistant.readers import read
from assistant.readers.pdf.render import render_page
from assistant.structure import parse
from assistant.text import repair
from assistant.text.normal import squeeze

SCALE = 1.5
DARK = 128


@pytest.fixture(scope="module")
def notice(print_pdf, tmp_path_factory):
    return print_pdf(red_header_notice(), tmp_path_factory.mktemp("notice") / "notice.pdf")


@pytest.fixture(scope="module")
def columns(print_pdf, tmp_path_factory):
    """Three pages in three columns, without a head or a page number."""
    page = gazette("云溪市校企合作办法", clauses(40), columns=3).replace("@bottom-center", "@bottom-centre")
    return print_pdf(page, tmp_path_factory.mktemp("columns") / "columns.pdf")


def picture_of(path, page):
    return Image.open(io.BytesIO(render_page(path.read_bytes(), page, SCALE))).convert("L")


def ink(picture, box=None):
    """Return whether anything dark is printed in a picture, or in a place on it."""
    if box is not None:
        width, height = picture.size
        picture = picture.crop((box.x0 * width, box.y0 * height, box.x1 * width, box.y1 * height))
    return picture.getextrema()[0] < DARK


def assert_boxes_hold_the_print(path):
    """Check that something is printed in every box, and nothing outside of them."""
    source = read(path, path.name)
    boxes = [box for line in source.lines for box in line.boxes]
    for page in range(1, len(pypdf.PdfReader(path).pages) + 1):
        picture = picture_of(path, page)
        here = [box for box in boxes if box.page == page]
        assert all(ink(picture, box) for box in here)
        drawing = ImageDraw.Draw(picture)
        for box in here:
            width, height = picture.size
            drawing.rectangle((box.x0 * width, box.y0 * height, box.x1 * width, box.y1 * height), fill=255)
        assert here
        assert not ink(picture)


def printed_in(path, box):
    """Return the text that pdfium finds in a place of an upright page."""
    document = pypdfium2.PdfDocument(path)
    page = document[box.page - 1]
    width, height = page.get_size()
    place = (box.x0 * width, (1 - box.y1) * height, box.x1 * width, (1 - box.y0) * height)
    return squeeze(repair(page.get_textpage().get_text_bounded(*place)))


def test_everything_printed_on_a_page_lies_in_the_boxes_of_its_lines(columns):
    assert_boxes_hold_the_print(columns)


def test_a_page_that_is_displayed_turned_reads_the_same(columns, tmp_path):
    expected = [line.text for line in read(columns, "columns.pdf").lines]
    for degrees in (90, 180, 270):
        writer = pypdf.PdfWriter(clone_from=columns)
        for page in writer.pages:
            page.rotate(degrees)
        writer.write(tmp_path / "turned.pdf")
        assert [line.text for line in read(tmp_path / "turned.pdf", "turned.pdf").lines] == expected


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_boxes_follow_a_page_that_is_displayed_turned_and_cropped(degrees, columns, tmp_path):
    writer = pypdf.PdfWriter(clone_from=columns)
    for page in writer.pages:
        page.cropbox.lower_left = (20, 30)
        page.cropbox.upper_right = (float(page.mediabox.right) - 5, float(page.mediabox.top) - 10)
        page.rotate(degrees)
    writer.write(tmp_path / "turned.pdf")
    assert_boxes_hold_the_print(tmp_path / "turned.pdf")


def test_text_printed_sideways_on_an_upright_page_has_its_boxes(columns, tmp_path):
    writer = pypdf.PdfWriter(clone_from=columns)
    for page in writer.pages:
        page.rotate(90)
        page.transfer_rotation_to_content()
    writer.write(tmp_path / "sideways.pdf")
    assert_boxes_hold_the_print(tmp_path / "sideways.pdf")


def test_the_boxes_of_a_line_hold_its_words_one_printed_line_each(notice):
    source = read(notice, "notice.pdf")
    assert [line.text.replace(" ", "　") for line in source.lines] == list(Notice().lines)
    for line in source.lines:
        assert squeeze("".join(printed_in(notice, box) for box in line.boxes)) == squeeze(line.text)
        assert line.page == line.boxes[0].page
    by_text = {line.text: line for line in source.lines}
    assert len(by_text[Notice().date].boxes) == 1
    assert len(by_text[Notice().body[0]].boxes) == 2  # 50 characters, 28 to a line


def test_the_box_of_a_table_row_is_the_row(print_pdf, tmp_path):
    path = print_pdf(subsidy_table(), tmp_path / "subsidy.pdf")
    rows = [line for line in read(path, "subsidy.pdf").lines if line.cells][1:]
    for line, (_, *cells) in zip(rows, subsidies(), strict=True):
        [box] = line.boxes
        # The district stands once for several rows; the rest of a row stands in it.
        assert all(squeeze(cell) in printed_in(path, box) for cell in cells)
        assert box.x1 - box.x0 > 0.8


def test_a_clause_has_the_boxes_of_its_own_lines(notice):
    source = read(notice, "notice.pdf")
    parsed = parse("notice", source)
    lines = {squeeze(line.text): line for line in source.lines}
    checked = []
    for provision in parsed.provisions:
        line = lines.get(squeeze(provision.text))
        if line is not None:
            assert (provision.boxes, provision.page) == (line.boxes, line.page)
            checked.append(provision.level)
    assert checked.count(Level.ARTICLE) == 3
    assert checked.count(Level.PART) == checked.count(Level.POINT) == 2
    [preamble] = [p for p in parsed.provisions if p.address == "notice/preamble"]
    assert squeeze("".join(printed_in(notice, box) for box in preamble.boxes)) == squeeze(preamble.text)


def test_a_divided_article_has_the_first_line_for_its_number_and_each_paragraph_its_own(print_pdf, tmp_path):
    first, second = "第一条　企业应当按照协议接收学生实习。", "实习期满的，企业应当出具证明。"
    page = gazette("办法", [first, second, "第二条　本办法自发布之日起施行。"], columns=1)
    source = read(print_pdf(page, tmp_path / "divided.pdf"), "divided.pdf")
    boxes = {squeeze(line.text): line.boxes for line in source.lines}
    provisions = {p.address: p for p in parse("x", source).provisions}
    article, one, two = (provisions[f"x/art_1{step}"] for step in ("", "/para_1", "/para_2"))
    assert article.level is Level.ARTICLE
    assert article.boxes == one.boxes == boxes[squeeze(first)]
    assert two.boxes == boxes[squeeze(second)]


def test_a_picture_shows_the_page_as_displayed(columns, tmp_path):
    width, height = pypdfium2.PdfDocument(columns)[0].get_size()
    picture = Image.open(io.BytesIO(render_page(columns.read_bytes(), 2, 0.5)))
    assert picture.format == "PNG"
    assert picture.size == pytest.approx((width / 2, height / 2), abs=1)
    writer = pypdf.PdfWriter(clone_from=columns)
    writer.pages[0].rotate(90)
    writer.write(tmp_path / "turned.pdf")
    turned = Image.open(io.BytesIO(render_page((tmp_path / "turned.pdf").read_bytes(), 1, 0.5)))
    assert turned.size == pytest.approx((height / 2, width / 2), abs=1)


def test_a_page_of_any_size_gives_a_picture_that_fits_into_memory():
    writer = pypdf.PdfWriter()
    writer.add_blank_page(14_400, 7_200)  # the largest there is: 5 m wide
    data = io.BytesIO()
    writer.write(data)
    picture = Image.open(io.BytesIO(render_page(data.getvalue(), 1, 4.0)))
    assert picture.size[0] * picture.size[1] <= 16_100_000
    assert picture.size[0] == pytest.approx(2 * picture.size[1], abs=2)


def test_a_page_that_is_not_there_says_which_are(columns):
    with pytest.raises(ReadError) as caught:
        render_page(columns.read_bytes(), 4, name="columns.pdf")
    assert str(caught.value) == "columns.pdf: has no page 4. Its pages are 1 to 3."
    with pytest.raises(ReadError) as caught:
        render_page(b"%PDF-1.7 cut off", 1, name="cut.pdf")
    assert str(caught.value) == (
        "cut.pdf: the PDF is damaged or cut off and cannot be opened. Download or export it again."
    )
