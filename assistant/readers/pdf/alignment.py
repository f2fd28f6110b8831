"""Words that stand below each other: the whites between them, and the rows and cells they make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.readers.marks import join
from assistant.readers.pdf.glyphs import Segment
from assistant.readers.pdf.layout import PageTable
from assistant.readers.pdf.view import View

LEAST_ROWS = 3  # lines that hold more than one cell
EVERYWHERE = 1e6  # points: further than any page reaches
_WHITE = 0.5  # in em: the least white between two columns
_LETTER = 0.5  # in em: from the middle of a line to the edge of its letters
_GAP_APART = 1.4  # times the smallest white between lines: a white that parts rows
_RULES_APART = 3  # lines drawn between rows, from which on every row ends in one
_WRAPPED = 4  # lines of text in a row that is drawn so, at most

_SPACE = re.compile(r"(?<=\S)[ \u3000](?=\S)")
Lines = list[list[Segment]]  # printed lines from top to bottom, the words of each from left to right
Extent = tuple[float, float]


def printed_lines(words: Iterable[Segment]) -> Lines:
    """Return words as the lines in which they are printed."""
    lines: Lines = []
    for word in sorted(words, key=lambda w: -w.y):
        if lines and abs(lines[-1][0].y - word.y) < 0.4 * max(word.em, lines[-1][0].em):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda w: w.x0) for line in lines]


def pieces(word: Segment) -> Iterable[Segment]:
    """Yield a run of characters cut at its wider spaces: narrow columns stand no further apart."""
    start = 0
    for match in _SPACE.finditer(word.text):
        at = match.start()
        if word.lefts[at + 1] - word.lefts[at] >= _WHITE * word.em:
            yield _piece(word, start, at)
            start = at + 1
    yield _piece(word, start, len(word.text)) if start else word


def _piece(word: Segment, start: int, end: int) -> Segment:
    right = word.lefts[end] if end < len(word.text) else word.x1
    return replace(word, text=word.text[start:end], x0=word.lefts[start], x1=right, lefts=word.lefts[start:end])


def without(extents: Iterable[Extent], line: Sequence[Segment]) -> list[Extent]:
    """Return what a line leaves free of some extents."""
    free = list(extents)
    for word in line:
        free = [
            (start, end)
            for x0, x1 in free
            for start, end in ((x0, min(x1, word.x0)), (max(x0, word.x1), x1))
            if end - start >= _WHITE * word.em
        ]
    return free


def table(lines: Lines, between: Sequence[Extent], rules: Sequence[float], view: View) -> PageTable:
    """Return these lines as a table with these whites `between` its columns; `rules` are drawn between its rows."""
    words = [word for line in lines for word in line]
    edges = [min(w.x0 for w in words), *((x0 + x1) / 2 for x0, x1 in between), max(w.x1 for w in words)]
    columns = list(pairwise(edges))
    bands = [
        band for strip in _strips(words, rules) for band in _rows(strip, columns, drawn=len(rules) >= _RULES_APART)
    ]
    rows = tuple(_cells(band, columns) for band in bands)
    boxes = tuple((view.box((edges[0], _bottom(band), edges[-1], _top(band))),) for band in bands)
    owner = tuple(tuple((row, column) for column in range(len(columns))) for row in range(len(rows)))
    full = (False,) * len(columns)
    return PageTable(rows, boxes, owner, tuple(edges), _top(bands[0]), is_drawn=False, full=full)


def whites(lines: Lines) -> list[Extent]:
    """Return the whites between the columns: the first lines, heads over several columns, may run across them."""
    if sum(len(line) > 1 for line in lines) < LEAST_ROWS:
        return []
    found = [inner_whites(lines[heads:]) for heads in range(min(3, max(len(lines) - 2, 1)))]
    return max(found, key=len)


def inner_whites(lines: Lines) -> list[Extent]:
    """Return what all lines leave free between their leftmost and their rightmost letter."""
    free = [(-EVERYWHERE, EVERYWHERE)]
    for line in lines:
        free = without(free, line)
    return free[1:-1]


def _strips(words: Sequence[Segment], rules: Sequence[float]) -> list[list[Segment]]:
    """Return the words between each two lines drawn across the table, from the top down."""
    strips: list[list[Segment]] = [[] for _ in range(len(rules) + 1)]
    for word in words:
        strips[sum(word.y < level for level in rules)].append(word)
    return [strip for strip in strips if strip]


def _rows(strip: list[Segment], columns: Sequence[Extent], *, drawn: bool) -> list[list[Segment]]:
    """Return the words of each row: all of a strip where rows are parted by lines, else parted by the widest whites."""
    bands: list[list[Segment]] = []
    for word in sorted(strip, key=lambda w: -w.y):
        if bands and word.y + _LETTER * word.em > _bottom(bands[-1]):
            bands[-1].append(word)
        else:
            bands.append([word])
    if drawn and len(bands) <= _WRAPPED:
        return [strip]
    gaps = [_bottom(above) - _top(below) for above, below in pairwise(bands)]
    apart = _GAP_APART * max(min(gaps, default=0.0), 0.1 * strip[0].em)
    uneven = bool(gaps) and max(gaps) > apart
    rows = bands[:1]
    for gap, band in zip(gaps, bands[1:], strict=True):
        begins = _cells(band, columns)[0] if not uneven else gap > apart
        if begins:
            rows.append(band)
        else:
            rows[-1] = [*rows[-1], *band]
    return rows


def _cells(band: Sequence[Segment], columns: Sequence[Extent]) -> tuple[str, ...]:
    """Return the text of each cell of a row; what stands over several columns belongs to each of them."""
    cells = [""] * len(columns)
    for word in sorted(band, key=lambda w: (-w.y, w.x0)):
        for number, (x0, x1) in enumerate(columns):
            if min(x1, word.x1) - max(x0, word.x0) > min(word.em, 0.5 * (word.x1 - word.x0)):
                cells[number] = join(cells[number], word.text)
    return tuple(cells)


def _top(band: Iterable[Segment]) -> float:
    return max(word.y + _LETTER * word.em for word in band)


def _bottom(band: Iterable[Segment]) -> float:
    return min(word.y - _LETTER * word.em for word in band)
