"""The characters of a PDF page with their places, as pdfium reports them."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import pypdfium2.raw as pdfium

from assistant.readers.pdf.calls import address, char_box, char_origin, is_generated
from assistant.readers.pdf.view import turned
from assistant.text import repair

# A line-end hyphen is reported as one of these.
_HYPHENS = {0x02, 0xAD, 0xFFFE}
_SPACES = {0x20, 0xA0, 0x3000}
_LINE_ENDS = {0x0D, 0x0A}
_UNDECODED = {0, 0xFFFD}
_CELL_GAP = 0.9  # in em: further apart, two characters may belong to different columns
_FULL_SPACE = 1.6  # in em: as much a full-width space takes up in a line that is stretched
_MARKS = frozenset("编章节条")  # 第一条　为了: printers report the space after a number as an ordinary one
_SPACE_GAP = 0.15  # in em: nearer than this, a space between two Chinese characters is an artefact of justification
_SMALLEST = 0.1  # points: damaged files hold letters without any extent
_MIXED_GAP = 0.35  # in em: word processors part Chinese and Latin letters by a quarter em, which is no space


class Glyph(NamedTuple):
    """One printed character and its box in points, y upwards; `space` is the white space printed before it."""

    char: str
    x0: float
    y0: float
    x1: float
    y1: float
    space: str
    number: int  # pdfium's number of it on the page
    size: float  # of its font, as far as its box shows it
    wide: bool  # fills a full square


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters that stand on one line without a wide gap."""

    text: str
    x0: float
    x1: float
    y: float  # the middle of the line
    em: float  # size of its letters
    lefts: tuple[float, ...]  # left edge of each character of `text`
    first: int  # pdfium's number of its first character


def is_wide(char: str) -> bool:
    """Tell whether a character fills a full square: Chinese characters, kana and full-width marks."""
    return "⺀" <= char <= "鿿" or "＀" <= char <= "｠" or "豈" <= char <= "﫿" or char >= "\U00020000"


@cache
def _mended(code: int) -> tuple[str, bool, bool]:
    """Return what a reader sees for a code (empty for nothing), whether it is wide, whether the code means anything."""
    if code in _HYPHENS:
        return "-", False, True
    known = code not in _UNDECODED and not 0xD800 <= code <= 0xF8FF  # surrogates alone, and private use
    char = repair(chr(code)) if code >= 0x20 and not 0xD800 <= code <= 0xDFFF else ""
    return char, bool(char) and is_wide(char), known


def read_glyphs(textpage: ctypes.c_void_p) -> tuple[list[Glyph], int]:
    """Return the visible characters in the order of the file, and the number that have no readable code."""
    glyphs: list[Glyph] = []
    undecoded = 0
    space, drawn = "", False  # white space since the last character, and whether the file holds it
    text, new = address(textpage), tuple.__new__  # quicker than a call of the class
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    box_at, x_at, y_at = address(box), address(x), address(y)
    for number, code in enumerate(_codes(textpage)):
        if code in _SPACES:
            space = space or ("　" if code == 0x3000 else " ")
            drawn = drawn or not is_generated(text, number)
            continue
        char, wide, known = _mended(code)
        undecoded += not known
        if not char or not char_box(text, number, box_at):
            if code in _LINE_ENDS:
                space, drawn = "", False
            continue
        x0, y0, x1, y1 = box.left, box.bottom, box.right, box.top
        if not math.isfinite(x0 + y0 + x1 + y1):  # so it is nowhere on the page
            undecoded += known
            continue
        size = _size(x1 - x0, y1 - y0, wide)
        if wide and not 0.97 < (x1 - x0) / (y1 - y0 or 1) < 1.03 and char_origin(text, number, x_at, y_at):
            x0 = min(x0, x.value)  # some boxes enclose only the strokes; the letter begins before them
        if space and not drawn and glyphs and not _is_gap(glyphs[-1], char, x0, wide):
            space = ""
        glyphs.append(new(Glyph, (char, x0, y0, x1, y1, space, number, size, wide)))
        space, drawn = "", False
    return glyphs, undecoded


def _codes(textpage: ctypes.c_void_p) -> list[int]:
    """Return the code of every character; asked for one by one only where the page's text leaves some out."""
    count = pdfium.FPDFText_CountChars(textpage)
    units = (ctypes.c_ushort * (count + 1))()
    if pdfium.FPDFText_GetText(textpage, 0, count, units) == count + 1:
        text = bytes(units)[:-2].decode("utf-16-le", errors="surrogatepass")
        if len(text) == count:
            return [ord(char) for char in text]
    return [pdfium.FPDFText_GetUnicode(textpage, number) for number in range(count)]


def _is_gap(before: Glyph, char: str, x0: float, wide: bool) -> bool:
    """Tell whether a white is a space; beside Chinese characters pdfium takes stretched lines for spaced ones."""
    if before.wide and wide:
        return x0 - max(before.x1, before.x0 + before.size) > _SPACE_GAP * before.size
    if before.wide != wide and (before.char if wide else char).isalnum():
        return x0 - before.x1 > _MIXED_GAP * before.size
    return True


def _size(width: float, height: float, wide: bool) -> float:
    # The box of a Latin letter is higher than its font size, and that of 一 is sometimes only as high as its stroke.
    if wide:
        return max(width, height) if height < 0.8 * width else width
    return 0.87 * height


def segments(glyphs: Iterable[Glyph]) -> list[Segment]:
    """Return the runs of characters that follow each other on a line, in the order of the file."""
    found: list[Segment] = []
    run: list[Glyph] = []
    reach = last_x0 = last_x1 = last_y = 0.0
    for glyph in glyphs:
        x0, y = glyph.x0, glyph.y0 + glyph.y1
        if glyph.size > reach:
            reach = glyph.size
        # On one line: the middles lie within half a letter, and the next letter begins where the last one ends.
        gap = _FULL_SPACE if glyph.space == "　" or (run and glyph.space and run[-1].char in _MARKS) else _CELL_GAP
        if run and not (abs(y - last_y) < reach and last_x0 - 0.1 * reach <= x0 <= last_x1 + gap * reach):
            found.append(_segment(run))
            run = []
            reach = glyph.size
        run.append(glyph)
        last_x0, last_x1, last_y = x0, glyph.x1, y
    if run:
        found.append(_segment(run))
    return found


def _segment(run: Sequence[Glyph]) -> Segment:
    # Latin letters differ in height from font to font; the width of a Chinese character is the font size itself.
    sizes = sorted([g.size for g in run if g.wide] or [g.size for g in run])
    em = max(sizes[len(sizes) // 2], _SMALLEST)
    text: list[str] = []
    lefts: list[float] = []
    previous = run[0]
    for glyph in run:
        if glyph.space and glyph is not previous:
            text.append(glyph.space)
            lefts.append(previous.x1)
        text.append(glyph.char)
        lefts.append(glyph.x0)
        previous = glyph
    middles = sorted([g.y0 + g.y1 for g in run])
    return Segment(
        text="".join(text),
        x0=run[0].x0,
        x1=max([g.x1 for g in run]),
        y=middles[len(middles) // 2] / 2,
        em=em,
        lefts=tuple(lefts),
        first=run[0].number,
    )


def angle(textpage: ctypes.c_void_p, segment: Segment) -> float:
    """Return the direction in which a segment is printed, in degrees from 0 to 360."""
    return math.degrees(pdfium.FPDFText_GetCharAngle(textpage, segment.first)) % 360


def turned_glyphs(glyphs: Iterable[Glyph], quarter_turns: int) -> list[Glyph]:
    """Return the characters as they stand when the sheet is turned, so that sideways text is read upright."""
    upright = []
    for glyph in glyphs:
        x0, y0, x1, y1 = turned(glyph[1:5], quarter_turns)
        size = _size(x1 - x0, y1 - y0, glyph.wide)
        upright.append(glyph._replace(x0=x0, y0=y0, x1=x1, y1=y1, size=size))
    return upright
