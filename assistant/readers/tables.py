"""Tables as lines that read on their own: every row names its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.models import Box, Line

Row = Sequence[str]

_MAX_HEAD = 30  # characters; a longer cell in the first row is content
_LONG_VALUE = 12  # characters
_VALUE = re.compile(
    r"[\d\s.,，．/\-—–~～:：%％‰￥¥$元万亿人年月日个]+"
)  # an amount, a date, a range: no column is called so
_DIGIT = re.compile(r"[\d０-９]")


def table_lines(
    rows: Sequence[Row], *, heads: int | None = None, boxes: Sequence[tuple[Box, ...]] | None = None
) -> list[Line]:
    """Return one line per row; `rows` has every merged cell filled in everywhere it reaches, `boxes` the places of each.

    `heads` is the number of head rows where the format marks them. Otherwise the first row is a head when it looks
    like one; a table of two columns without a head is read as name and value. A row that is one merged cell is a
    caption or a heading inside the table and keeps its single cell.
    """
    places = boxes or [()] * len(rows)
    kept = [(tuple(cell.strip() for cell in row), place) for row, place in zip(rows, places, strict=True) if any(row)]
    if not kept:
        return []
    if max(len(row) for row, _ in kept) == 1:
        return [_line(row[0], place) for row, place in kept]
    lines: list[Line] = []
    while kept and _is_caption(kept[0][0]):
        (text, *_), place = kept.pop(0)
        lines.append(_line(text, place))
        heads = None if heads is None else max(heads - 1, 0)
    body = [row for row, _ in kept]
    count = guess_heads(body) if heads is None else min(heads, len(body))
    names = _names(body[:count])
    if names:
        whole = tuple(box for _, place in kept[:count] for box in place)
        lines.append(_line("；".join(filter(None, names)), whole, tuple(names)))
    for row, place in kept[count:]:
        if _is_caption(row):
            lines.append(_line(row[0], place, row[:1]))
        elif row not in body[:count]:  # a head repeated further down names nothing new
            lines.append(_line(_sentence(row, names), place, row))
    return lines


def _line(text: str, place: tuple[Box, ...], cells: Row | None = None) -> Line:
    return Line(text, place[0].page if place else None, cells=tuple(cells) if cells is not None else None, boxes=place)


def guess_heads(rows: Sequence[Row]) -> int:
    """Return how many of the first rows name the columns, judged by how they look; 0 when in doubt."""
    count = 1
    while count < len(rows) and _subdivides(rows[count - 1], rows[count]):
        count += 1
    if len(rows) <= count:
        return 0
    names = _names(rows[:count])
    if sum(not name for name in names) > 1 or len(set(names)) < len(names):
        return 0
    if any(len(name) > _MAX_HEAD or name.endswith(("：", ":")) or _VALUE.fullmatch(name) for name in names if name):
        return 0
    return count if len(names) > 2 or _contrasts(names, rows[count:]) else 0


def _contrasts(names: Sequence[str], body: Sequence[Row]) -> bool:
    """Tell whether some column holds figures under a name without any: then the first row is no row of figures."""
    for column, name in enumerate(names):
        figures = sum(bool(_DIGIT.search(row[column])) for row in body if column < len(row))
        if not _DIGIT.search(name) and figures * 2 > len(body):
            return True
    return False


def _subdivides(upper: Row, lower: Row) -> bool:
    """Tell whether a cell merged over several columns in one row is divided in the row below."""
    pairs = zip(pairwise(upper), pairwise(lower), strict=False)
    return any(above[0] and above[0] == above[1] and below[0] != below[1] for above, below in pairs)


def _names(heads: Sequence[Row]) -> list[str]:
    """Return one name per column, the levels of a divided head joined: 补贴标准·本科."""
    if not heads:
        return []
    return ["·".join(dict.fromkeys(filter(None, levels))) for levels in zip(*heads, strict=False)]


def _is_caption(row: Row) -> bool:
    return len(row) > 1 and bool(row[0]) and len(set(row)) == 1


def _sentence(row: Row, names: Sequence[str]) -> str:
    if not names and len(row) == 2 and all(row):
        return f"{row[0].rstrip('：: ')}：{row[1]}"
    parts: list[tuple[list[str], str]] = []
    for column, cell in enumerate(row):
        name = names[column] if column < len(names) and names[column] != cell else ""
        if parts and cell == parts[-1][1] and len(cell) > _LONG_VALUE and name and parts[-1][0]:
            parts[-1][0].append(name)  # a sentence merged over several columns is said once
        elif cell:
            parts.append(([name] if name else [], cell))
    return "；".join(f"{'、'.join(named)}：{cell}" if named else cell for named, cell in parts)
