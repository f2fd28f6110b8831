"""The text of ruled tables, cell by cell, and tables that go on over several pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.readers.marks import join
from assistant.readers.pdf.glyphs import Glyph, segments
from assistant.readers.pdf.layout import PageTable, TextLine, lines_of
from assistant.readers.pdf.rules import Grid
from assistant.readers.pdf.view import View

_LARGEST_CELL = 1_500  # characters: boxes around running text are not cells
_SAME_EDGE = 4.0  # points


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
        if len(cells) < 2 or max(map(len, cells.values())) > _LARGEST_CELL:
            continue
        texts = {place: _cell_text(inside, view) for place, inside in cells.items()}
        rows = tuple(tuple(texts.get(place, "") for place in places) for places in grid.owner)
        boxes = tuple(view.box((grid.xs[0], low, grid.xs[-1], high)) for high, low in pairwise(grid.ys))
        tables.append(PageTable(rows, boxes, grid.owner, grid.xs, grid.ys[0]))
        outside = rest
    return outside, tables


def _cell_text(glyphs: Iterable[Glyph], view: View) -> str:
    text = ""
    for line in lines_of(segments(glyphs), view, "cell"):
        if isinstance(line, TextLine):
            text = join(text, line.text)
    return text


def join_tables(elements: Iterable[TextLine | PageTable]) -> list[TextLine | PageTable]:
    """Return the elements with every table that goes on at the top of the next page made one, its head kept once."""
    joined: list[TextLine | PageTable] = []
    for element in elements:
        last = joined[-1] if joined else None
        if isinstance(element, PageTable) and isinstance(last, PageTable) and _goes_on(last, element):
            joined[-1] = _appended(last, element)
        else:
            joined.append(element)
    return joined


def _goes_on(table: PageTable, following: PageTable) -> bool:
    return (
        following.boxes[0].page == table.boxes[-1].page + 1
        and len(table.xs) == len(following.xs)
        and all(abs(a - b) <= _SAME_EDGE for a, b in zip(table.xs, following.xs, strict=True))
    )


def _appended(table: PageTable, following: PageTable) -> PageTable:
    repeated = 0
    while repeated < min(len(following.rows), len(table.rows)) and following.rows[repeated] == table.rows[repeated]:
        repeated += 1
    rows = [list(row) for row in following.rows[repeated:]]
    owner = following.owner[repeated:]
    for column in range(len(table.xs) - 1):
        # A merged cell that the page break cut is printed empty on the second page.
        for position, row in enumerate(rows):
            if row[column] or owner[position][column] != owner[0][column]:
                break
            row[column] = table.rows[-1][column]
    return replace(
        table,
        rows=(*table.rows, *(tuple(row) for row in rows)),
        boxes=(*table.boxes, *following.boxes[repeated:]),
        owner=(*table.owner, *owner),
    )
