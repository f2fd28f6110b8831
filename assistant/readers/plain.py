"""Plain text: one line, one paragraph, unless the file was clearly wrapped at a column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.models import Line, Metadata, Source
from assistant.readers.encoding import decode
from assistant.readers.limits import Limits
from assistant.readers.marks import ends_sentence, join, opens_provision
from assistant.text import repair

_LEAST_LINES = 8
_COLUMNS = range(40, 141)  # where people and mail programs wrap; a Chinese character takes two
_FULL = 0.5  # share of lines with a line below them that must reach the wrap
_UNFINISHED = 0.6  # share of those that must stop in the middle of a sentence
_INDENTED = re.compile(r"[\t　]| {2}")
_WIDE = re.compile(r"[ᄀ-ᅟ⺀-꓏가-힣豈-﫿︰-﹏＀-｠￠-￦\U00020000-\U0003fffd]")
_FIRST_WORD = re.compile(r"[!-~]+|.", re.DOTALL)


def read_plain(data: bytes, name: str, _limits: Limits) -> Source:
    """Return the text of a .txt file."""
    text, findings = decode(data, name)
    lines, wrapped = unwrap(text.splitlines())
    if wrapped:
        findings.append(f"lines wrapped at column {wrapped} joined to paragraphs")
    return Source(name, text_lines("\n".join(lines)), Metadata(), tuple(findings))


def text_lines(text: str) -> tuple[Line, ...]:
    """Return the lines of a text that hold anything, mended and without the white space around them."""
    return tuple(Line(line) for line in (repair(raw).strip() for raw in text.splitlines()) if line)


def unwrap(lines: Sequence[str]) -> tuple[list[str], int | None]:
    """Join lines that were wrapped at a column, and return that column; None and the lines as they are otherwise.

    A text counts as wrapped when it has at least 8 lines, none wider than 140 columns, at least half of the lines that
    have a line right below them are full (the next word would not have fitted), and most of those stop in mid-sentence.
    """
    filled = [line.rstrip() for line in lines]
    widths = [_width(line) for line in filled]
    column = max(widths, default=0)
    if sum(map(bool, filled)) < _LEAST_LINES or column not in _COLUMNS:
        return list(lines), None
    pairs = [(above, below) for above, below in pairwise(filled) if above and below]
    full = [above for above, below in pairs if _is_full(above, below, column)]
    unfinished = sum(not ends_sentence(line) for line in full)
    if not full or len(full) < _FULL * len(pairs) or unfinished < _UNFINISHED * len(full):
        return list(lines), None
    joined: list[str] = []
    above = ""
    for line in filled:
        starts_anew = bool(_INDENTED.match(line)) or (opens_provision(line.lstrip()) and ends_sentence(above))
        if above and line and _is_full(above, line, column) and not starts_anew:
            joined[-1] = join(joined[-1], line.lstrip())
        else:
            joined.append(line)
        above = line
    return joined, column


def _width(text: str) -> int:
    return len(text) + len(_WIDE.findall(text))


def _is_full(above: str, below: str, column: int) -> bool:
    word = _FIRST_WORD.match(below.lstrip())
    return _width(above) + _width(word[0] if word else "") + 1 > column - 2  # marks that may not begin a line cost 2
