"""How findings name things: pages, numbers of things, and shortened quotes."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

_MOST_RANGES = 5


def pages(numbers: Iterable[int]) -> str:
    """Return page numbers as a reader would say them: "page 5", "pages 3-4, 9", or "12 pages" when they are many."""
    ordered = sorted(set(numbers))
    ranges = []
    for _, run in groupby(enumerate(ordered), key=lambda pair: pair[1] - pair[0]):
        members = [page for _, page in run]
        ranges.append(str(members[0]) if len(members) == 1 else f"{members[0]}-{members[-1]}")
    if len(ranges) > _MOST_RANGES:
        return f"{len(ordered)} pages"
    return f"page{'' if len(ordered) == 1 else 's'} {', '.join(ranges)}"


def short(text: str, limit: int = 40) -> str:
    """Return the start of a text, for a message."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def counted(number: int, noun: str) -> str:
    """Return "1 line" or "12 lines"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
