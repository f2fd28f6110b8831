"""The text of ruled tables, cell by cell, and tables that go on over several pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.readers.marks import ends_sentence, join
from assistant.readers.pdf.glyphs import Glyph, segments
from assistant.readers.pdf.layout import PageTable, TextLine, lines_of
from assistant.readers.pdf.rules import Grid
from assistant.readers.pdf.view import View

_LARGEST_CELL = 1_500  # characters: boxes around running text are not cells
_SAME_EDGE = 4.0  # points
_ABOUT_SAME_EDGE = 24.0  # points: the white between two columns is as wide as the words on a page leave it
_SURELY_DRAWN = 4  # lines between columns: no frame around text
_WIDEST_PADDING = 12.0  # points
_NEXT_LETTER = 1.8  # in em: a line that ends nearer to the edge of its cell had no room for one more, and its mark
_LEAST_CUT = 8  # characters: a shorter cell that happens to fill its width was not cut

Cell = list[TextLine]


def split_tables(glyphs: Sequence[Glyph], found: Sequence[Grid], view: View) -> tuple[list[Glyph], list[PageTable]]:
    """Part the characters of a page into those outside of tables and the tables that hold the others."""
    outside = list(glyphs)
    tables = []
    for grid in found:
        if len(grid.xs) < 3:  # one column is a frame around text
            continue
        cells: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
        rest: list[Glyph] = []
        for glyph in outside:
            place = grid.place((glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2)
            (rest if place is None else cells[place]).append(glyph)
        least = 1 if len(grid.xs) >= _SURELY_DRAWN else 2  # the rest of a row on the next page may be a single cell
        if len(cells) < least or max(map(len, cells.values())) > _LARGEST_CELL:
            continue
        tables.append(_table(grid, {place: _lines(inside, view) for place, inside in cells.items()}, view))
        outside = rest
    return outside, tables


def _lines(glyphs: Iterable[Glyph], view: View) -> Cell:
    return [line for line in lines_of(segments(glyphs), view, "cell") if isinstance(line, TextLine)]


def _table(grid: Grid, cells: dict[tuple[int, int], Cell], view: View) -> PageTable:
    texts = {place: _text(lines) for place, lines in cells.items()}
    last = grid.owner[-1]
    ends = {place: grid.xs[column + 1] for column, place in enumerate(last)}
    full = tuple(place in cells and _is_full(cells[place], grid.xs[place[1]], ends[place]) for place in last)
    return PageTable(
        rows=tuple(tuple(texts.get(place, "") for place in places) for places in grid.owner),
        boxes=tuple((view.box((grid.xs[0], low, grid.xs[-1], high)),) for high, low in pairwise(grid.ys)),
        owner=grid.owner,
        xs=grid.xs,
        y=grid.ys[0],
        is_open=grid.is_open,
        full=full,
    )


def _text(lines: Cell) -> str:
    text = ""
    for line in lines:
        text = join(text, line.text)
    return text


def _is_full(lines: Cell, left: float, right: float) -> bool:
    padding = min(min(line.x0 for line in lines) - left, _WIDEST_PADDING)
    return right - lines[-1].x1 < padding + _NEXT_LETTER * lines[-1].em


def join_tables(elements: Iterable[TextLine | PageTable]) -> list[TextLine | PageTable]:
    """Return the elements with every table that goes on in the next column or page made one, its head kept once."""
    joined: list[TextLine | PageTable] = []
    for element in elements:
        last = joined[-1] if joined else None
        if isinstance(element, PageTable) and isinstance(last, PageTable) and _goes_on(last, element):
            joined[-1] = _appended(last, element)
        else:
            joined.append(element)
    return joined


def _goes_on(table: PageTable, following: PageTable) -> bool:
    """Tell whether a table has the columns of the one before and stands on the next page, or beside it."""
    if len(table.xs) != len(following.xs):
        return False
    shift = following.x0 - table.x0  # books mirror their margins
    tolerance = _SAME_EDGE if table.is_drawn and following.is_drawn else _ABOUT_SAME_EDGE
    if any(abs(b - a - shift) > tolerance for a, b in zip(table.xs, following.xs, strict=True)):
        return False
    turns = following.boxes[0][0].page - table.boxes[-1][-1].page
    return turns == 1 or (turns == 0 and following.x0 >= table.x1)


def _appended(table: PageTable, following: PageTable) -> PageTable:
    repeated = 0
    while repeated < min(len(following.rows), len(table.rows)) and following.rows[repeated] == table.rows[repeated]:
        repeated += 1
    rows = [list(row) for row in following.rows[repeated:]]
    owner, boxes = following.owner[repeated:], following.boxes[repeated:]
    before, before_boxes, before_owner = table.rows, table.boxes, table.owner
    cut = bool(rows) and _is_cut(table, rows[0])
    if cut:
        pairs = zip(before[-1], rows[0], strict=True)
        rows[0] = [upper if upper == lower else join(upper, lower) for upper, lower in pairs]
        boxes = ((*before_boxes[-1], *boxes[0]), *boxes[1:])
        before, before_boxes, before_owner = before[:-1], before_boxes[:-1], before_owner[:-1]
    for column in range(len(table.xs) - 1):
        # A merged cell that the page break cut is printed empty on the second page.
        for position, row in enumerate(rows[cut:], start=cut):
            if row[column] or owner[position][column] != owner[0][column]:
                break
            row[column] = table.rows[-1][column]
    return replace(
        table,
        rows=(*before, *(tuple(row) for row in rows)),
        boxes=(*before_boxes, *boxes),
        owner=(*before_owner, *owner),
        xs=following.xs,
        is_open=following.is_open,
        full=following.full,
    )


def _is_cut(table: PageTable, first: Sequence[str]) -> bool:
    """Tell whether the first row on a page is the rest of the last one on the page before.

    Browsers draw no line below a row that the page break cuts. Word processors do, and leave the cells empty that were
    complete: what goes on must then have filled the width of its cell, and stopped in mid-sentence or stand alone.
    """
    if table.is_open:
        return True
    filled = [column for column, text in enumerate(first) if text]
    if not filled or not all(table.full[column] for column in filled):
        return False
    last = table.rows[-1]
    to_the_end = filled[-1] == len(first) - 1
    own_row = len(table.owner) < 2 or table.owner[-1][0] != table.owner[-2][0]
    if filled[0] > 0 and not to_the_end and own_row:
        return True  # a row without beginning and end, where no merged cells can have been cut
    unfinished = any(len(last[column]) >= _LEAST_CUT and not ends_sentence(last[column]) for column in filled)
    return unfinished and (len(filled) == 1 or not to_the_end)
