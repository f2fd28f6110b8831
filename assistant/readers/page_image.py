"""A page of a PDF as a picture on which a quoted passage is marked, as with a felt pen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PIL import Image, ImageChops

from assistant.errors import ReadError
from assistant.models import Box
from assistant.readers.pdf.opening import opened
from assistant.readers.pdf.quoted import printed
from assistant.readers.pdf.render import picture, png

_SCALE = 2.0  # pixels a point: A4 becomes 1,190 wide, which can be read at twice the width of a card
_FELT_PEN = (255, 226, 104)  # multiplied with the page, so that black letters stay black
_MARGIN = 2  # pixels around the letters


class Marked(StrEnum):
    """What is marked on a page."""

    WORDS = "words"  # the quoted ones
    LINES = "lines"  # those of the clause: the words were not found letter by letter, as in a scan
    ELSEWHERE = "elsewhere"  # the quoted words stand on another page
    NOTHING = "nothing"  # it is not known where on the page the clause stands


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as a PNG, and what is marked on it."""

    png: bytes
    marked: Marked
    marks: int


def page_image(path: Path, name: str, page: int, words: str, lines: Sequence[Box], max_bytes: int) -> PageImage:
    """Return a page (counted from 1) of a PDF with `words` of a clause marked, which is printed on `lines`.

    Raises ReadError, which tells the document by `name`, for a file that cannot be read and a page it does not have.
    """
    with opened(_bytes(path, name, max_bytes), name) as document:
        drawn = picture(document, page, _SCALE, name).convert("RGB")
        places = printed(document, words, lines)
    here = tuple(box for box in places or lines if box.page == page)
    for box in here:
        _mark(drawn, box)
    return PageImage(png(drawn), _marked(bool(here), bool(places), bool(lines)), len(here))


def pages_of(lines: Iterable[Box]) -> tuple[int, ...]:
    """Return the pages on which lines are printed, in order."""
    return tuple(sorted({box.page for box in lines}))


def _marked(here: bool, words: bool, lines: bool) -> Marked:
    if here:
        return Marked.WORDS if words else Marked.LINES
    return Marked.ELSEWHERE if lines else Marked.NOTHING


def _mark(drawn: Image.Image, box: Box) -> None:
    width, height = drawn.size
    left, top = max(int(box.x0 * width) - _MARGIN, 0), max(int(box.y0 * height) - _MARGIN, 0)
    right, bottom = min(int(box.x1 * width) + _MARGIN, width), min(int(box.y1 * height) + _MARGIN, height)
    if right > left and bottom > top:
        below = drawn.crop((left, top, right, bottom))
        drawn.paste(ImageChops.multiply(below, Image.new("RGB", below.size, _FELT_PEN)), (left, top))


def _bytes(path: Path, name: str, max_bytes: int) -> bytes:
    try:
        if path.stat().st_size > max_bytes:
            raise ReadError(f"{name}: is larger than {max_bytes:,} bytes. Raise the setting reading.max_bytes.")
        return path.read_bytes()
    except OSError as error:
        raise ReadError(f"{name}: cannot be read any more ({error.strerror}). Add the file again.") from error
