"""Recognised lines made into the characters a PDF page consists of, so that both go through one layout."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from assistant.readers.ocr.engine import Found
from assistant.readers.pdf.glyphs import Glyph, is_wide

_LONG_RUN, _SHORT_RUN = 9, 4  # Chinese characters in a row whose distance shows their size well, and roughly
_SAME_SIZE = 1.08  # sizes that differ less are one: scanning is not exact
_ROUGHLY = 1.2
_SHORT_BOX = 1.75  # the boxes of short lines are too high by up to this much
_PLAUSIBLE = (0.6, 1.4)  # distance of two characters over the height of the line; wider, there is a gap
_SPACE = 0.5  # in em: from here on a gap between Chinese characters is a space
_FULL_SPACE = 0.75  # in em: from here on a gap is a full-width space
_HALF_LINE = 0.5

_FULL = str.maketrans({",": "，", ";": "；", ":": "：", "?": "？", "!": "！"})
_HALF_MARK = re.compile(r"(?<=[\u2E80-\u9FFF\u3000-\u303F\uFF00-\uFF5E])\s?[,;:?!]|[,;:?!](?=[\u2E80-\u9FFF])")
_BRACKETS = re.compile(r"[(（]([^()（）]{0,30})[)）]")
_YEAR = re.compile(r"[〔\[(（]((?:19|20)\d\d)[〕\])）]")  # of a document's number
_CHINESE = re.compile(r"[\u2E80-\u9FFF]")
_RIGHT_HALF = frozenset("（《〈「『【〔“‘")  # drawn in the right half of their square
_LEFT_HALF = frozenset("，。、；：？！）》〉」』】〕")

Place = Callable[[float, float], tuple[float, float]]  # from pixels to points


def full_width(text: str) -> str:
    """Return a text with the marks between Chinese characters as they are printed there; its length stays the same."""
    text = _HALF_MARK.sub(lambda mark: mark[0].translate(_FULL), text)
    text = _YEAR.sub(lambda year: f"〔{year[1]}〕" if "〔" in year[0] or "〕" in year[0] else year[0], text)
    return _BRACKETS.sub(lambda inside: f"（{inside[1]}）" if _is_chinese(inside) else inside[0], text)


def _is_chinese(brackets: re.Match[str]) -> bool:
    """Tell whether brackets are full-width on one side, hold Chinese text, or stand in it."""
    around = brackets.string[max(brackets.start() - 1, 0) : brackets.end() + 1]
    return any("\u2e80" <= char <= "\u9fff" or char in "（）" for char in around)


def glyphs(lines: Sequence[Found], place: Place) -> list[Glyph]:
    """Return the characters with their boxes in points, row by row; `place` turns pixels into points."""
    made: list[Glyph] = []
    for row in _rows(list(zip(lines, sizes(lines), strict=True))):
        before: Glyph | None = None
        for line, size in row:
            letters = _glyphs(line, size, place, len(made))
            if before and letters[0].x0 - before.x1 > _SPACE * before.size:
                letters[0] = letters[0]._replace(space=" ")  # a line found in pieces
            made += letters
            before = letters[-1]
    return made


def _rows(lines: Sequence[tuple[Found, float]]) -> list[list[tuple[Found, float]]]:
    """Return lines with their sizes in rows from top to bottom, each from left to right."""
    rows: list[list[tuple[Found, float]]] = []
    for line, size in sorted(lines, key=lambda pair: middle(pair[0])):
        if line.letters and rows and middle(line) - middle(rows[-1][0][0]) < _HALF_LINE * size:
            rows[-1].append((line, size))
        elif line.letters:
            rows.append([(line, size)])
    return [sorted(row, key=lambda pair: pair[0].letters[0][1]) for row in rows]


def sizes(lines: Sequence[Found]) -> list[float]:
    """Return the size of the letters of each line, in pixels: measured in long lines, for the others one of those."""
    runs = [_longest_run(line) for line in lines]
    exact = [run for run in runs if len(run) >= _LONG_RUN] or [run for run in runs if len(run) >= _SHORT_RUN]
    known: list[tuple[float, int]] = []  # a size, and how many characters have it
    for pitch, count in sorted((_pitch(run), len(run)) for run in exact):
        if known and pitch <= known[-1][0] * _SAME_SIZE:
            size, others = known[-1]
            known[-1] = ((size * others + pitch * count) / (others + count), others + count)
        else:
            known.append((pitch, count))
    return [_size(line, run, known) for line, run in zip(lines, runs, strict=True)]


def _size(line: Found, run: Sequence[float], known: Sequence[tuple[float, int]]) -> float:
    if len(run) >= _SHORT_RUN:
        measured, low, high = _pitch(run), 1 / _ROUGHLY, _ROUGHLY
    else:
        measured, low, high = height(line), 1 / _SAME_SIZE, _SHORT_BOX
    near = [(count, size) for size, count in known if low < measured / size < high]
    return max(near)[1] if near else measured


def _pitch(run: Sequence[float]) -> float:
    return (run[-1] - run[0]) / (len(run) - 1)


def _longest_run(line: Found) -> list[float]:
    """Return where the most Chinese characters stand that follow each other without a gap."""
    low, high = (share * height(line) for share in _PLAUSIBLE)
    runs: list[list[float]] = [[]]
    for char, x in line.letters:
        if not _CHINESE.match(char):
            runs.append([])
            continue
        if runs[-1] and not low < x - runs[-1][-1] < high:
            runs.append([])
        runs[-1].append(x)
    return max(runs, key=len)


def height(line: Found) -> float:
    """Return how high a line is, in pixels."""
    (_, y0), (_, y1), (_, y2), (_, y3) = line.corners
    return max((y2 + y3 - y0 - y1) / 2, 1.0)


def middle(line: Found) -> float:
    """Return at which height a line lies, in pixels."""
    return sum(y for _, y in line.corners) / 4


def _glyphs(line: Found, size: float, place: Place, number: int) -> list[Glyph]:
    chars = full_width(line.text)
    visible = [i for i, char in enumerate(chars) if not char.isspace()]
    y = middle(line)
    made: list[Glyph] = []
    for position, (index, (_, x)) in enumerate(zip(visible, line.letters, strict=True)):
        char = chars[index]
        wide = is_wide(char)
        x0 = x - size / 2 if wide else x - size / 4
        if char in _RIGHT_HALF:
            x0 -= size / 4
        elif char in _LEFT_HALF:
            x0 += size / 4
        x1 = x0 + (size if wide else size / 2)
        (left, bottom), (right, top) = place(x0, y + _HALF_LINE * size), place(x1, y - _HALF_LINE * size)
        made.append(Glyph(char, left, bottom, right, top, "", number + position, top - bottom, wide))
    spaced = made[:1]
    for (before, after), (i, j) in zip(pairwise(made), pairwise(visible), strict=True):
        gap = (after.x0 - before.x1) / after.size
        # Between Chinese characters a gap is a space when it is wide, whatever the model takes it for.
        is_space = gap > _SPACE if before.wide and after.wide else j > i + 1
        spaced.append(after._replace(space="　" if gap > _FULL_SPACE else " ") if is_space else after)
    return spaced
