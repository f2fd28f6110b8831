"""The picture of a page has the quoted words marked whichever way the page is turned, and no more than the clause."""

from __future__ import annotations

import io

import pypdf
import pytest
from documents import clauses, gazette
from PIL import Image

from assistant.errors import ReadError
from assistant.models import Box
from assistant.readers import read
from assistant.readers.page_image import Marked, page_image

ENOUGH = 10_000_000
FELT_PEN = (255, 226, 104)


@pytest.fixture(scope="module")
def columns(print_pdf, tmp_path_factory):
    return print_pdf(gazette("云溪市校企合作办法", clauses(30)), tmp_path_factory.mktemp("columns") / "columns.pdf")


def place_of(png):
    """Return the middle of what is marked, as shares of the page."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    pixels = picture.load()
    marked = [
        (x, y) for x in range(0, picture.width, 3) for y in range(0, picture.height, 3) if pixels[x, y] == FELT_PEN
    ]
    assert marked
    return sum(x for x, _ in marked) / len(marked) / picture.width, sum(y for _, y in marked) / len(
        marked
    ) / picture.height


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_words_in_a_column_are_marked_where_they_are_seen_when_the_page_is_turned(columns, tmp_path, degrees):
    writer = pypdf.PdfWriter(clone_from=columns)
    for page in writer.pages:
        page.rotate(degrees)
    turned = tmp_path / "turned.pdf"
    writer.write(turned)
    line = read(turned, "turned.pdf").lines[3]
    words = line.text[4:14]
    shown = page_image(turned, "turned.pdf", line.page, words, line.boxes, ENOUGH)
    assert (shown.marked, shown.marks) == (Marked.WORDS, 1)
    x, y = place_of(shown.png)
    assert any(box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1 for box in line.boxes)


def test_a_scan_has_the_lines_marked_that_text_recognition_found_and_none_where_it_found_none(tmp_path):
    scan = tmp_path / "scan.pdf"
    Image.new("RGB", (600, 800), "white").save(scan, "PDF")
    lines = (Box(1, 0.1, 0.2, 0.9, 0.25), Box(1, 0.1, 0.3, 0.5, 0.35))
    shown = page_image(scan, "scan.pdf", 1, "五百元", lines, ENOUGH)
    assert (shown.marked, shown.marks) == (Marked.LINES, 2)
    blank = page_image(scan, "scan.pdf", 1, "五百元", (), ENOUGH)
    assert (blank.marked, blank.marks) == (Marked.NOTHING, 0)


def test_what_cannot_be_shown_says_why(columns, tmp_path):
    with pytest.raises(ReadError, match=r"办法\.pdf: has no page 9\. Its pages are 1 to \d"):
        page_image(columns, "办法.pdf", 9, "", (), ENOUGH)
    with pytest.raises(
        ReadError, match=r"办法\.pdf: is larger than 100 bytes\. Raise the setting reading\.max_bytes\."
    ):
        page_image(columns, "办法.pdf", 1, "", (), 100)
    with pytest.raises(ReadError, match=r"gone\.pdf: cannot be read any more .* Add the file again\."):
        page_image(tmp_path / "gone.pdf", "gone.pdf", 1, "", (), ENOUGH)
    (tmp_path / "page.pdf").write_text("<html>", "utf-8")
    with pytest.raises(ReadError, match=r"page\.pdf: is not a PDF"):
        page_image(tmp_path / "page.pdf", "page.pdf", 1, "", (), ENOUGH)
