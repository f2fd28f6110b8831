"""Sections: 1. that has 1.1 below it numbers the sections of a guide or a paper, and so do the 2. and 3. that go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.structure.blocks import is_complete
from assistant.structure.markers import ARABIC, DECIMAL, PLAIN
from assistant.structure.rows import Row

_LONGEST_TITLE = 60


def mark(rows: Sequence[Row]) -> list[Row]:
    """Return the rows with the numbers 1. 2. 3. made those of sections, where decimal numbers stand below them."""
    done = list(rows)
    for i in _sections(rows):
        if marker := rows[i].marker:
            done[i] = replace(rows[i], marker=replace(marker, shape=PLAIN))
    return done


def _sections(rows: Sequence[Row]) -> list[int]:
    titles = [i for i, row in enumerate(rows) if row.marker and row.marker.shape is ARABIC and _is_title(row)]
    parents = {i for i in titles if _has_decimals(rows, i)}
    if not parents:
        return []
    first = min(parents)
    found, expected = [first], _number(rows[first])
    for i in reversed([i for i in titles if i < first]):  # 1. 引言 before 2. with its 2.1
        if _number(rows[i]) == expected - 1:
            found.append(i)
            expected -= 1
    expected, inner = _number(rows[first]) + 1, 0  # `inner`: the last number of a list inside a section
    for i in (i for i in titles if i > first):
        number = _number(rows[i])
        if i in parents or (number == expected and number != inner + 1):
            found.append(i)
            expected, inner = number + 1, 0
        else:
            inner = number
    return found


def _number(row: Row) -> int:
    return row.marker.number if row.marker else 0


def _is_title(row: Row) -> bool:
    return row.heading is not None or (len(row.text) <= _LONGEST_TITLE and not is_complete(row.text))


def _has_decimals(rows: Sequence[Row], i: int) -> bool:
    """Tell whether 2.1 is the next number of its kind after 2."""
    after = (row.marker for row in rows[i + 1 :] if row.marker and row.marker.shape in (ARABIC, DECIMAL))
    marker = next(after, None)
    return marker is not None and marker.numbers == (_number(rows[i]), 1)
