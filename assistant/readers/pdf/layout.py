"""The reading order of a page: columns found by the white between them, lines put together inside each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.models import Box
from assistant.readers.pdf.glyphs import Segment, is_wide
from assistant.readers.pdf.view import View

_COLUMN_ROWS = 4  # lines a column must have on both sides of the white
_CROSSING = 0.45  # share of lines that may run across it: titles, abstracts
_DEEPEST = 2  # columns of columns: up to four side by side
_CANDIDATES = 6  # whites that are tried, the least crossed first
_TITLE = 1.15  # times the size of the body text: from here on print is large
_HALF_LINE = 0.6  # in em: from the middle of a line to where its letters are sure to end
_FILLED = 0.3  # share of lines that must reach the edges of a column; cells of a table do not


@dataclass(frozen=True, slots=True)
class TextLine:
    """A printed line of one column."""

    text: str
    x0: float
    x1: float
    y: float
    em: float
    lefts: tuple[float, ...]  # left edge of each character
    box: Box  # the same place on the page as displayed
    frame: str  # which column of which layout: "612" is the full width of such pages, "612L" and "612R" its halves

    @property
    def page(self) -> int:
        """The page the line stands on."""
        return self.box.page

    @property
    def is_full_width(self) -> bool:
        """Whether the line stands in no column of several."""
        return self.frame[-1] not in "LR"


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table in its place; its text has merged cells filled in everywhere they reach."""

    rows: tuple[tuple[str, ...], ...]
    boxes: tuple[tuple[Box, ...], ...]  # of each row, on the page as displayed; two where a page break cut the row
    owner: tuple[tuple[tuple[int, int], ...], ...]  # owner[row][column]: the top left place of the cell lying there
    xs: tuple[float, ...]  # edges of the columns
    y: float
    is_drawn: bool = True  # its columns are parted by lines, and not by nothing but white
    is_open: bool = False  # its last row goes on, on the next page
    full: tuple[bool, ...] = ()  # for each cell of the last row: whether its last line is as long as the cell is wide

    @property
    def x0(self) -> float:
        return self.xs[0]

    @property
    def x1(self) -> float:
        return self.xs[-1]


Element = Segment | PageTable


def columns(elements: Sequence[Element], frame: str) -> Iterable[tuple[str, list[Element]]]:
    """Yield the columns of a page in the order in which they are read, each named after its layout, `frame`."""
    return _columns(list(elements), frame, _DEEPEST)


def _columns(elements: list[Element], frame: str, depth: int) -> Iterable[tuple[str, list[Element]]]:
    gutter = _gutter(elements) if depth else None
    if gutter is None:
        yield frame, elements
        return
    centred = _centred(elements)
    across: list[Element] = []  # what runs over the full width: it ends the columns above it
    sides: dict[str, list[Element]] = {"L": [], "R": []}
    for element in sorted(elements, key=lambda e: (-e.y, e.x0)):
        side = "L" if element.x1 <= gutter[0] + 1 else "R" if element.x0 >= gutter[1] - 1 else None
        if side and id(element) in centred:
            side = None
        if side is None:
            for name, column in sides.items():
                if column:
                    yield from _columns(column, frame + name, depth - 1)
            sides = {"L": [], "R": []}
            across.append(element)
        else:
            if across:
                yield frame, across
                across = []
            sides[side].append(element)
    for name, column in sides.items():
        if column:
            yield from _columns(column, frame + name, depth - 1)
    if across:
        yield frame, across


def _centred(elements: Sequence[Element]) -> set[int]:
    """Return the lines of titles: in larger print, alone at their height, in the middle between the outer edges.

    The last line of a title may be so short that it stands within the middle one of three columns.
    """
    sizes = sorted(e.em for e in elements if isinstance(e, Segment))
    body = sizes[len(sizes) // 2]
    middle = (min(e.x0 for e in elements) + max(e.x1 for e in elements)) / 2
    large = [e for e in elements if isinstance(e, Segment) and e.em > _TITLE * body]
    return {
        id(e)
        for e in large
        if abs((e.x0 + e.x1) / 2 - middle) < e.em
        and not any(abs(other.y - e.y) < 0.5 * e.em for other in elements if other is not e)
    }


def _gutter(elements: Sequence[Element]) -> tuple[float, float] | None:
    """Return the white between two columns of running text; None where the page has one column."""
    lines = [e for e in elements if isinstance(e, Segment) and len(e.text) > 1]
    if len(lines) < 2 * _COLUMN_ROWS:
        return None
    em = sorted(line.em for line in lines)[len(lines) // 2]
    start, end = min(line.x0 for line in lines), max(line.x1 for line in lines)
    edges = sorted({round(line.x0, 1) for line in lines} | {round(line.x1, 1) for line in lines})
    whites = []
    for x0, x1 in pairwise(edges):
        middle = (x0 + x1) / 2
        if start + 0.15 * (end - start) < middle < end - 0.15 * (end - start):
            crossing = sum(line.x0 < middle < line.x1 for line in lines)
            if crossing <= _CROSSING * len(lines):
                whites.append((crossing, x0 - x1, middle))
    found = (_between(lines, middle, em) for _, _, middle in sorted(whites)[:_CANDIDATES])
    return next((gutter for gutter in found if gutter), None)


def _between(lines: Sequence[Segment], middle: float, em: float) -> tuple[float, float] | None:
    """Return the edges of the white at a place, if what stands on both sides of it is running text."""
    beside = _beside(lines, middle, em)
    if beside is None:
        return None
    left, right = beside
    x0, x1 = max(line.x1 for line in left), min(line.x0 for line in right)
    begin_at_gutter = sum(line.x0 <= x1 + 2.5 * em for line in right) / len(right)
    filled = min(_shared_end(left, em), _shared_end(right, em), begin_at_gutter) >= _FILLED
    narrowest = min(x0 - min(line.x0 for line in left), max(line.x1 for line in right) - x1)
    return (x0, x1) if filled and x1 - x0 >= 0.8 * em and narrowest >= 6 * em else None


def _shared_end(lines: Sequence[Segment], em: float) -> float:
    """Return the largest share of lines that end at one edge: high in running text, low in lists and tables."""
    ends = sorted(line.x1 for line in lines)
    return max(bisect_right(ends, end) - bisect_left(ends, end - 2 * em) for end in ends) / len(ends)


def _beside(lines: Iterable[Segment], middle: float, em: float) -> tuple[list[Segment], list[Segment]] | None:
    """Return the lines left and right of a white, where several of both follow each other without one across it."""
    sides: tuple[list[Segment], list[Segment]] = ([], [])
    band: tuple[list[Segment], list[Segment]] = ([], [])
    for line in [*sorted(lines, key=lambda e: -e.y), None]:
        if line is not None and not line.x0 < middle < line.x1:
            band[line.x0 >= middle].append(line)
            continue
        if min(len({round(s.y / em) for s in side}) for side in band) >= _COLUMN_ROWS:
            sides[0].extend(band[0])
            sides[1].extend(band[1])
        band = ([], [])
    return sides if sides[0] else None


def lines_of(elements: Iterable[Element], view: View, frame: str) -> list[TextLine | PageTable]:
    """Put the elements of one column together to lines, top to bottom."""
    lines: list[TextLine | PageTable] = []
    row: list[Segment] = []
    for element in sorted(elements, key=lambda e: -e.y):
        if isinstance(element, Segment) and row and abs(element.y - row[0].y) < 0.5 * max(element.em, row[0].em):
            row.append(element)
            continue
        if row:
            lines.append(_line(row, view, frame))
            row = []
        if isinstance(element, Segment):
            row.append(element)
        else:
            lines.append(element)
    if row:
        lines.append(_line(row, view, frame))
    return lines


def _line(row: Sequence[Segment], view: View, frame: str) -> TextLine:
    text = ""
    lefts: list[float] = []
    previous: Segment | None = None
    for segment in sorted(row, key=lambda s: s.x0):
        if previous is not None and _apart(previous, segment):
            text += " "
            lefts.append(previous.x1)
        text += segment.text
        lefts.extend(segment.lefts)
        previous = segment
    main = max(row, key=lambda s: len(s.text))
    x0, x1 = min(s.x0 for s in row), max(s.x1 for s in row)
    y0, y1 = min(s.y - _HALF_LINE * s.em for s in row), max(s.y + _HALF_LINE * s.em for s in row)
    return TextLine(text, x0, x1, main.y, main.em, tuple(lefts), view.box((x0, y0, x1, y1)), frame)


def _apart(left: Segment, right: Segment) -> bool:
    # Between Chinese characters only a wide gap is a space: justified lines are full of narrow ones.
    least = 0.4 if is_wide(left.text[-1]) and is_wide(right.text[0]) else 0.15
    return right.x0 - left.x1 > least * max(left.em, right.em)
