"""The ruling lines of a PDF page, and the table grids they draw."""

from __future__ import annotations

import ctypes
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2.raw as pdfium

from assistant.readers.pdf.calls import address, kind_of, object_at
from assistant.readers.pdf.view import Rect, turned

_THIN = 3.0  # points: a filled shape no thicker than this is a line
_SNAP = 4.0  # points: lines this near each other are one (cells with spacing draw their borders twice)
_OPEN = 8.0  # points: lines that run on so far past the last one across them enclose another row or column
_MAX_OBJECTS = 20_000  # a page with more is a drawing, not a table
_MAX_SEGMENTS = 400  # of one path; longer ones are curves and maps
_MAX_CELLS = 20_000


class Rule(NamedTuple):
    """A horizontal or vertical line: where it lies across its direction, and from where to where it runs."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: the lines between its columns (left to right) and rows (top to bottom), and its merged cells."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    owner: tuple[tuple[tuple[int, int], ...], ...]  # owner[row][column]: the top left place of the cell lying there
    is_open: bool = False  # no line ends it below: the page break cut its last row

    @property
    def box(self) -> Rect:
        return self.xs[0], self.ys[-1], self.xs[-1], self.ys[0]

    def place(self, x: float, y: float) -> tuple[int, int] | None:
        """Return the (row, column) of the cell that holds a point; None outside the table."""
        x0, y0, x1, y1 = self.box
        if not (x0 <= x <= x1 and y0 <= y <= y1):
            return None
        column = min(bisect_right(self.xs, x) - 1, len(self.xs) - 2)
        row = min(bisect_right([-v for v in self.ys], -y) - 1, len(self.ys) - 2)
        return self.owner[row][column]


def read_rules(page: ctypes.c_void_p) -> tuple[list[Rect], bool]:
    """Return the boxes of the thin straight lines drawn on a page, and whether it shows any image."""
    boxes: list[Rect] = []
    images = False
    sheet, text = address(page), pdfium.FPDF_PAGEOBJ_TEXT
    for position in range(min(pdfium.FPDFPage_CountObjects(page), _MAX_OBJECTS)):
        kind = kind_of(object_at(sheet, position))
        if kind == text:  # nearly all of them
            continue
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            boxes.extend(_lines(pdfium.FPDFPage_GetObject(page, position)))
        elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM):
            images = True
    return boxes, images


def _lines(path: ctypes.c_void_p) -> Iterable[Rect]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(path, left, bottom, right, top):
        return
    box = (left.value, bottom.value, right.value, top.value)
    if min(box[2] - box[0], box[3] - box[1]) <= _THIN:
        yield box
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    if stroke.value:
        yield from _strokes(path)


def _strokes(path: ctypes.c_void_p) -> Iterable[Rect]:
    count = pdfium.FPDFPath_CountSegments(path)
    matrix = pdfium.FS_MATRIX()
    if not 0 < count <= _MAX_SEGMENTS or not pdfium.FPDFPageObj_GetMatrix(path, matrix):
        return
    x, y = ctypes.c_float(), ctypes.c_float()
    start = here = (0.0, 0.0)
    for position in range(count):
        piece = pdfium.FPDFPath_GetPathSegment(path, position)
        pdfium.FPDFPathSegment_GetPoint(piece, x, y)
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = pdfium.FPDFPathSegment_GetType(piece)
        ends = []
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            ends.append((here, point))
        if pdfium.FPDFPathSegment_GetClose(piece):
            ends.append((point, start))
        here = point
        for a, b in ends:
            box = (min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
            if min(box[2] - box[0], box[3] - box[1]) <= _THIN:
                yield box


def rules_across(boxes: Sequence[Rect], quarter_turns: int = 0) -> tuple[Rule, ...]:
    """Return the horizontal lines of a page that is turned by quarter turns."""
    upright = [turned(box, quarter_turns) for box in boxes]
    return tuple(_merged(Rule((b[1] + b[3]) / 2, b[0], b[2]) for b in upright if b[2] - b[0] > b[3] - b[1]))


def grids(boxes: Sequence[Rect], quarter_turns: int = 0) -> list[Grid]:
    """Return the tables drawn by the lines of a page: at least two cells, enclosed on all sides."""
    upright = [turned(box, quarter_turns) for box in boxes]
    across = rules_across(boxes, quarter_turns)
    down = _merged(Rule((b[0] + b[2]) / 2, b[1], b[3]) for b in upright if b[3] - b[1] >= b[2] - b[0])
    found = []
    for rows, columns in _connected(across, down):
        levels = _levels(rows)
        ys = tuple(sorted(_closed(levels, columns), reverse=True))
        xs = tuple(_closed(_levels(columns), rows))
        cells = (len(ys) - 1) * (len(xs) - 1)
        if len(ys) >= 2 and len(xs) >= 2 and 2 <= cells <= _MAX_CELLS:
            found.append(Grid(xs, ys, _owners(xs, ys, rows, columns), is_open=ys[-1] < levels[0]))
    return found


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Join the pieces of which a line is made, and lines drawn twice."""
    joined: list[Rule] = []
    levels: list[list[Rule]] = []
    for rule in sorted(rules):
        if levels and rule.at - levels[-1][0].at <= _SNAP:
            levels[-1].append(rule)
        else:
            levels.append([rule])
    for level in levels:
        at = sum(rule.at for rule in level) / len(level)
        for rule in sorted(level, key=lambda r: r.start):
            if joined and joined[-1].at == at and rule.start - joined[-1].end <= _SNAP:
                joined[-1] = Rule(at, joined[-1].start, max(joined[-1].end, rule.end))
            else:
                joined.append(Rule(at, rule.start, rule.end))
    return [rule for rule in joined if rule.end - rule.start > _SNAP]


def _connected(across: Sequence[Rule], down: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Group the lines that touch each other: every group is one table, or a frame, or a lone cross."""
    group = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while group[i] != i:
            group[i] = group[group[i]]
            i = group[i]
        return i

    for i, row in enumerate(across):
        for j, column in enumerate(down, start=len(across)):
            if (
                row.start - _SNAP <= column.at <= row.end + _SNAP
                and column.start - _SNAP <= row.at <= column.end + _SNAP
            ):
                group[root(i)] = root(j)
    members: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, rule in enumerate([*across, *down]):
        members.setdefault(root(i), ([], []))[i >= len(across)].append(rule)
    return [(rows, columns) for rows, columns in members.values() if rows and columns]


def _levels(rules: Iterable[Rule]) -> list[float]:
    return sorted({rule.at for rule in rules})


def _closed(levels: list[float], across: Sequence[Rule]) -> list[float]:
    """Return the levels with one more at either end where the lines across run on past the last.

    A row that the page break cuts has no line below, and many tables have none at their left and right.
    """
    low = [rule.start for rule in across if rule.start < levels[0] - _OPEN]
    high = [rule.end for rule in across if rule.end > levels[-1] + _OPEN]
    return [*([min(low)] if len(low) > 1 else []), *levels, *([max(high)] if len(high) > 1 else [])]


def _owners(
    xs: Sequence[float], ys: Sequence[float], across: Sequence[Rule], down: Sequence[Rule]
) -> tuple[tuple[tuple[int, int], ...], ...]:
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(len(ys) - 1):
        middle_y = (ys[row] + ys[row + 1]) / 2
        for column in range(len(xs) - 1):
            middle_x = (xs[column] + xs[column + 1]) / 2
            place = (row, column)
            if column and not _crosses(down, xs[column], middle_y):
                place = owner[row, column - 1]
            elif row and not _crosses(across, ys[row], middle_x):
                place = owner[row - 1, column]
            owner[row, column] = place
    return tuple(tuple(owner[row, column] for column in range(len(xs) - 1)) for row in range(len(ys) - 1))


def _crosses(rules: Sequence[Rule], at: float, where: float) -> bool:
    return any(rule.at == at and rule.start - _SNAP <= where <= rule.end + _SNAP for rule in rules)
