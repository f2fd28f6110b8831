"""Rows: the lines of a source made ready for outlining, with enumerations that stand in one line unfolded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.models import Box, Line
from assistant.structure import markers, unbroken
from assistant.structure.markers import Marker, Shape

_BLANK = " \t\r\n\f\v　\xa0\u200b\u2060\ufeff"


@dataclass(frozen=True, slots=True)
class Row:
    """A line without the white space around it, or a piece of a line that holds a whole enumeration."""

    text: str
    page: int | None = None
    heading: int | None = None
    cells: tuple[str, ...] | None = None
    glued: bool = False  # in the source it goes on the line of the row before it
    marker: Marker | None = None
    loose: bool = False  # an unnumbered heading that only its surroundings give away
    closing: bool = False  # signature and date, list of attachments
    wrapped: bool = False  # it goes on with the sentence of the row before it
    boxes: tuple[Box, ...] = ()  # where the whole line is printed


def rows_of(lines: Iterable[Line]) -> list[Row]:
    """Return the lines that hold anything as rows, with the markers they begin with."""
    rows: list[Row] = []
    for line in lines:
        if line.cells is not None:
            if any(cell.strip(_BLANK) for cell in line.cells) or line.text.strip(_BLANK):
                rows.append(Row(line.text.strip(_BLANK), line.page, None, line.cells, boxes=line.boxes))
            continue
        for text in line.text.splitlines() if "\n" in line.text or "\r" in line.text else (line.text,):
            if text := text.strip(_BLANK):
                rows.append(Row(text, line.page, line.heading, marker=markers.read(text), boxes=line.boxes))
    return rows


def boxes_of(rows: Iterable[Row]) -> tuple[Box, ...]:
    """Return where rows are printed, each place once: pieces of one line share its places."""
    return tuple(dict.fromkeys(box for row in rows for box in row.boxes))


_HEADING_LENGTH = 40


@dataclass(frozen=True, slots=True)
class _Inline:
    """How a numbering is recognised inside a line: the shape, and what must stand right before each number."""

    shape: Shape
    pattern: re.Pattern[str]  # finds places where the shape may begin
    lead: re.Pattern[str]  # what the text before the first number must end with, where a list begins in mid-line
    restarts: bool = False


_OPENS = r"(?:^|(?<=[。！？；”）〉》 　]))第"  # where 第十条 may begin inside a line that was never broken
_BREAK = re.compile(r"[：:；;。，,、\s—）)”](?:[和及且]|以及)?[ 　]*$")
_COLON = re.compile(r"[：:。；;][ 　]*$")
_CITING = "第和至或及与、按照依"  # before a number, these make it a mention
_ANYTHING = re.compile(rf"[^{_CITING}]$")
_INLINE = (
    _Inline(markers.CHAPTER, re.compile(rf"{_OPENS}(?=[^ 章]{{1,4}}章[ 　])"), _ANYTHING, True),
    _Inline(markers.ARTICLE, re.compile(rf"{_OPENS}(?=[^ 条]{{1,6}}条[ 　])"), _ANYTHING, True),
    _Inline(markers.DUNHAO, re.compile(r"(?<=[。；;：:])[ 　]*(?=[一二三四五六七八九十]{1,3}、)"), _COLON),
    _Inline(markers.PAREN, re.compile(rf"(?<![{_CITING}])(?=[（(][ ]?[一二三四五六七八九十]|[㈠-㈩])"), _ANYTHING),
    _Inline(markers.ARABIC, re.compile(r"(?<=[：:；;。，,\s])(?=[0-9０-９]{1,2}[.．、](?![0-9０-９])|[⒈-⒛])"), _COLON),
    _Inline(markers.PAREN_ARABIC, re.compile(rf"(?<![{_CITING}0-9A-Za-z])(?=[（(][0-9０-９]{{1,2}}[）)]|[⑴-⒇])"), _BREAK),
    _Inline(markers.CIRCLED, re.compile(r"(?=[①-⑳])"), _ANYTHING),
    _Inline(markers.ORDINAL, re.compile(r"(?<=[：:；;。，,\s])(?=第?[一二三四五六七八九十]{1,2}[是，,、])"), _BREAK),
)  # fmt: skip
# A line without a second number holds no enumeration; most lines are told by this one look.
_SECOND = re.compile(
    r"[（(][ ]?[二三四五六七八九十2-9２-９]|[二三四五六七八九十]是|第[二三四五六七八九十][，、]|[②-⑳㈡-㈩⑵-⒇⒉-⒛]"
    r"|[2-9２-９][.．、](?![0-9０-９])|[。；;：:][ 　]*[二三四五六七八九十]、|[ 　。]第[^ 条章]{1,6}[条章]"
)


def _run(inline: _Inline, text: str, own: Marker | None) -> list[int]:
    """Return where the members of an enumeration begin in a text: 1, 2, 3 …, or on from the text's own number."""
    if inline.restarts:
        return _unbroken(inline, text, own)
    continued = own is not None and own.shape is inline.shape
    expected = own.number + 1 if own and continued else 1
    starts: list[int] = []
    for match in inline.pattern.finditer(text, 1 if own else 0):
        at = match.end()
        marker = markers.read(text[at : at + 40])
        fits = marker is not None and marker.shape is inline.shape and marker.number == expected
        if fits and (expected > 1 or at == 0 or inline.lead.search(text[max(0, at - 8) : at])):
            starts.append(at)
            expected += 1
    return starts if len(starts) >= (1 if continued else 2) else []


def _unbroken(inline: _Inline, text: str, own: Marker | None) -> list[int]:
    """Return where chapters or articles begin in a text that was never broken into lines."""
    heads = markers.read(_clip(text, 0))
    last = own.number if own and own.shape is inline.shape else None
    starts: list[int] = []
    for match in inline.pattern.finditer(text, 1 if own else 0):
        at = match.end() - 1
        marker = markers.read(_clip(text, at))
        if marker is None or marker.shape is not inline.shape:
            continue
        after_heading = heads is not None and heads.is_heading and not starts and at <= _HEADING_LENGTH
        if after_heading or last is None or marker.number in (last, last + 1, 1):
            starts.append(at)
            last = marker.number
    alone = last is not None and len(starts) == 1 and own is None and not (heads and heads.is_heading)
    return [] if alone else starts


def _clip(text: str, at: int) -> str:
    """Return the first words from a place on: 第二章 组织管理, without the article after it."""
    head = text[at : at + 40].split(maxsplit=2)
    return " ".join(head[:2]) if len(head) > 1 else text[at : at + 40]


def _pieces(text: str, own: Marker | None, tries: Sequence[_Inline] = _INLINE) -> Iterator[str]:
    """Yield a text cut before each member of the enumerations in it, outermost first."""
    for n, inline in enumerate(tries):
        if own and own.shape.rank > inline.shape.rank:
            continue
        starts = _run(inline, text, own)
        if not starts:
            continue
        for start, end in zip([0, *starts], [*starts, len(text)], strict=True):
            if piece := text[start:end].strip(_BLANK):
                yield from _pieces(piece, markers.read(piece), tries[n + 1 :])
        return
    yield text


def unfold(rows: Iterable[Row]) -> list[Row]:
    """Return the rows with lines that hold a whole enumeration, or several articles, cut into one row per member.

    A cut needs the numbers 1, 2, … in order, or a line that begins with a number and goes on counting; each cut-off
    row is `glued`: joined without a break they are the line again.
    """
    done: list[Row] = []
    listed = list(rows)
    for row, after in zip(listed, [*listed[1:], None], strict=False):
        if row.cells or row.heading or row.closing:
            done.append(row)
            continue
        if not _SECOND.search(row.text):
            done.extend(_first_item(row, after))
            continue
        parts = unbroken.cut(row.text)
        pieces = [p for n, part in enumerate(parts) for p in _pieces(part, markers.read(part) if n else row.marker)]
        if len(pieces) == 1:
            done.append(row)
            continue
        done.append(replace(row, text=pieces[0], marker=markers.read(pieces[0])))
        done.extend(Row(p, row.page, glued=True, marker=markers.read(p), boxes=row.boxes) for p in pieces[1:])
    return done


def _first_item(row: Row, after: Row | None) -> list[Row]:
    """Return an article whose line goes on with its first item, 第三条　（一）…, cut between the two; else the row."""
    if row.marker is None or not row.marker.is_article or after is None or after.marker is None:
        return [row]
    start = len(row.marker.printed)
    rest = row.text[start:].lstrip(_BLANK)
    item = markers.read(rest)
    if item is None or item.shape is not after.marker.shape or (item.number, after.marker.number) != (1, 2):
        return [row]
    return [replace(row, text=row.marker.printed), Row(rest, row.page, glued=True, marker=item, boxes=row.boxes)]
