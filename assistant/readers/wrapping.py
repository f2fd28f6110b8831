"""Lines that an editor, a mail program or a converter cut at a column, put back together to paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from assistant.readers.marks import ends_sentence, join, opens_provision

BARRIER = "\0"  # a line that begins with it stands for something else and is joined with nothing

_LEAST_LINES = 8
_COLUMNS = range(24, 141)  # where people and programs wrap; a Chinese character takes two
_LEAST_FULL = 4  # lines that reach the column and have a line below them
_FULL = 0.1  # their share of the lines that have one
_UNFINISHED = 0.6  # share of those that must stop in the middle of a sentence
_STOPPED_SHORT = 0.5  # for each full line: how many may stop shortly before the column, and in the middle of a sentence
_NEARLY = 0.6  # of the column: a shorter line that ends without a full stop is a heading or the item of a list
_OUTLIERS = 0.02  # share of lines that may be wider: addresses, rows of a table
_DOUBLE_SPACED = 0.9  # share of lines with a blank one below
_PROSE = 0.25  # share of lines that must hold a mark of running text; lists of names have none
_FINISHED = 0.03  # share of lines that must end a sentence: paragraphs come to an end somewhere
_HANGING = 2  # columns that a mark may stand beyond the last one
_WIDE = re.compile(r"[ᄀ-ᅟ⺀-꓏가-힣豈-﫿︰-﹏＀-｠￠-￦\U00020000-\U0003fffd]")
_FIRST_WORD = re.compile(r"[!-~]+|.", re.DOTALL)
_MARK = re.compile(r"[，。；：！？]|[,.;:?!](?:\s|$)")
_PAGE_NUMBER = re.compile(r"\s*(?:[-—–~·]\s*(\d{1,4})\s*[-—–~·]|第\s*(\d{1,4})\s*页(?:\s*[/，,]?\s*共\s*\d+\s*页)?)\s*")


def unwrap(lines: Sequence[str]) -> tuple[list[str], int | None]:
    """Join lines that were wrapped at a column, and return that column; None and the lines as they are otherwise.

    A text counts as wrapped when hardly a line is wider than some column and many reach it (the next word would not
    have fitted), most of those stopping in mid-sentence, while the shorter ones end sentences or are headings.
    """
    filled = [line.rstrip() for line in lines]
    for candidate in (filled, _single_spaced(filled)):
        if candidate is not None and (column := _column(candidate)):
            return _joined(candidate, column), column
    return list(lines), None


def without_page_numbers(lines: Sequence[str]) -> tuple[list[str], int]:
    """Return the lines without those that only count the pages, and how many these were."""
    found = [
        (place, int(match[1] or match[2]))
        for place, line in enumerate(lines)
        if (match := _PAGE_NUMBER.fullmatch(line))
    ]
    if len(found) < 2 or any(after[1] != before[1] + 1 for before, after in pairwise(found)):
        return list(lines), 0
    kept = list(lines)
    for place, _ in reversed(found):
        start, end = place, place + 1
        while start > 0 and not kept[start - 1].strip():
            start -= 1
        while end < len(kept) and not kept[end].strip():
            end += 1
        # The white around a page number belongs to the page, unless the text stands apart there anyway.
        kept[start:end] = [""] if start > 0 and ends_sentence(kept[start - 1]) and end - start > 1 else []
    return kept, len(found)


def _single_spaced(lines: Sequence[str]) -> list[str] | None:
    """Return a double-spaced text without the blank line below every line; None for any other text."""
    filled = sum(map(bool, lines))
    apart = sum(bool(above) and not below for above, below in pairwise(lines))
    if apart < _DOUBLE_SPACED * filled:
        return None
    return [line for place, line in enumerate(lines) if line or (place and not lines[place - 1])]


def _column(lines: Sequence[str]) -> int | None:
    written = [line for line in lines if _is_text(line)]
    total = len(written)
    if total < _LEAST_LINES or sum(bool(_MARK.search(line)) for line in written) < _PROSE * total:
        return None
    if sum(ends_sentence(line) or line.endswith(".") for line in written) < _FINISHED * total:
        return None
    widths = Counter(map(_width, written))
    wider = 0
    for column in sorted(widths, reverse=True):
        if wider > max(1, _OUTLIERS * total):
            return None
        if column in _COLUMNS and _is_column(lines, column):
            return column
        wider += widths[column]
    return None


def _is_column(lines: Sequence[str], column: int) -> bool:
    pairs = [(above, below) for above, below in pairwise(lines) if _is_text(above) and _is_text(below)]
    full = [above for above, below in pairs if _is_full(above, below, column) and not opens_provision(below.lstrip())]
    unfinished = sum(not ends_sentence(line) for line in full)
    short = sum(
        not _is_full(above, below, column) and _NEARLY * column <= _width(above) <= column and not ends_sentence(above)
        for above, below in pairs
    )
    return (
        len(full) >= max(_LEAST_FULL, _FULL * len(pairs))
        and unfinished >= _UNFINISHED * len(full)
        and short <= _STOPPED_SHORT * len(full)
    )


def _joined(lines: Sequence[str], column: int) -> list[str]:
    pairs = [(above, below) for above, below in pairwise(lines) if _is_text(above) and _is_text(below)]
    going_on = [
        _indent(b) for a, b in pairs if _is_full(a, b, column) and not ends_sentence(a) and not opens_provision(b)
    ]
    edge = Counter(going_on).most_common(1)[0][0] if going_on else 0
    joined: list[str] = []
    above = ""
    for line in lines:
        if _is_text(above) and _is_text(line) and _is_full(above, line, column) and not _starts_anew(above, line, edge):
            joined[-1] = join(joined[-1], line.lstrip())
        else:
            joined.append(line)
        above = line
    return joined


def _starts_anew(above: str, line: str, edge: int) -> bool:
    """Tell whether a line opens a paragraph though the one above is full: it is indented, or numbered after a full stop."""
    if abs(_indent(line) - edge) > 1:
        return True
    return opens_provision(line.lstrip()) and ends_sentence(above)


def _is_text(line: str) -> bool:
    return bool(line) and not line.startswith(BARRIER)


def _is_full(above: str, below: str, column: int) -> bool:
    width, word = _width(above), _FIRST_WORD.match(below.lstrip())
    needed = _width(word[0]) if word else 0
    if needed > column:  # an address that fits nowhere tells nothing of the line above it
        needed = 1
    # Marks that may not begin a line cost two columns.
    return width <= column + _HANGING and width + needed + 1 > column - 2


def _indent(line: str) -> int:
    return _width(line[: len(line) - len(line.lstrip())].expandtabs(4))


def _width(text: str) -> int:
    return len(text) + len(_WIDE.findall(text))
