"""Tables without a grid: rows under three lines, or nothing but words that stand below each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from assistant.readers.marks import ends_sentence, opens_provision
from assistant.readers.pdf.alignment import (
    EVERYWHERE,
    LEAST_ROWS,
    Extent,
    Lines,
    inner_whites,
    pieces,
    printed_lines,
    table,
    whites,
    without,
)
from assistant.readers.pdf.glyphs import Segment
from assistant.readers.pdf.layout import Element, PageTable
from assistant.readers.pdf.rules import Rule
from assistant.readers.pdf.view import View

_LEAST_RULES = 3  # a line above, one below the head, one at the end
_SAME_EXTENT = 6.0  # points
_NEAR = 3.5  # in em: lines further apart belong to different tables
_WIDE = 6.0  # in em: text is not set in narrower columns
_NEAR_EDGE = 1.5  # in em
_FULL = 0.5  # share of the lines of running text that reach the edge of their column, and that hold a sentence
_ENCLOSING = 3  # whites: those before the first and after the last letter, and one between
_DIGIT = re.compile(r"\d")
_SENTENCE = re.compile(r"[，。；：、,;]|\w+ \w+ \w+ \w+")  # names and figures in a table hold none of these
_NUMBER = re.compile(r"\d{1,4}")


def with_tables(elements: Iterable[Element], rules: Sequence[Rule], view: View) -> list[Element]:
    """Return what a page, or one of its columns, holds, with the tables that are told by alignment put together.

    Between three lines of one length or more, aligned words are a table unless all of it is running text in columns.
    Where nothing is drawn, a table has a column of figures and none of running text: signatures and lists stay lines.
    """
    kept = list(elements)
    parts = [(part, word) for word in kept if isinstance(word, Segment) for part in pieces(word)]
    lines = printed_lines(part for part, _ in parts)
    if sum(len(line) > 1 for line in lines) < LEAST_ROWS:
        return kept
    found: list[tuple[PageTable, Lines]] = []
    for (start, end), levels in _ruled_areas(rules):
        inside = _inside(lines, start, end, levels)
        if (between := whites(inside)) and not all(_running(inside, between)):
            found.append((table(inside, between, levels[1:-1], view), inside))
            within = {id(part) for line in inside for part in line}
            lines = [rest for line in lines if (rest := [part for part in line if id(part) not in within])]
    for group in _groups(lines):
        if (between := whites(group)) and not any(_running(group, between)):
            made = table(group, between, (), view)
            if _shows_figures(made) and not _is_list(made):
                found.append((made, group))
    taken = {id(part) for _, inside in found for line in inside for part in line}
    gone = {id(word) for part, word in parts if id(part) in taken}
    return [*(element for element in kept if id(element) not in gone), *(made for made, _ in found)]


def _ruled_areas(rules: Iterable[Rule]) -> Iterable[tuple[Extent, list[float]]]:
    """Yield where lines of one length that stand over each other begin and end, and their heights from the top down."""
    areas: dict[tuple[int, int], list[Rule]] = defaultdict(list)
    for rule in rules:
        areas[round(rule.start / _SAME_EXTENT), round(rule.end / _SAME_EXTENT)].append(rule)
    for drawn in areas.values():
        if len(drawn) >= _LEAST_RULES:
            yield (drawn[0].start, drawn[0].end), sorted((rule.at for rule in drawn), reverse=True)


def _inside(lines: Lines, start: float, end: float, levels: Sequence[float]) -> Lines:
    found = []
    for line in lines:
        if levels[-1] < line[0].y < levels[0]:
            found.append([p for p in line if start - _SAME_EXTENT < p.x0 and p.x1 < end + _SAME_EXTENT])
    return [line for line in found if line]


def _running(lines: Lines, between: Sequence[Extent]) -> list[bool]:
    """Tell for each column whether it is running text: wide, sentences, and most lines reach its right edge."""
    edges = [-EVERYWHERE, *((x0 + x1) / 2 for x0, x1 in between), EVERYWHERE]
    told = []
    for left, right in pairwise(edges):
        column = [piece for line in lines for piece in line if left < (piece.x0 + piece.x1) / 2 < right]
        end, em = max(p.x1 for p in column), column[0].em
        full = sum(end - p.x1 < _NEAR_EDGE * em for p in column)
        wide = end - min(p.x0 for p in column) >= _WIDE * em
        prose = sum(bool(_SENTENCE.search(p.text)) for p in column)
        told.append(wide and len(column) >= LEAST_ROWS and min(full, prose) >= _FULL * len(column))
    return told


def _groups(lines: Lines) -> list[Lines]:
    """Return runs of lines that leave a white free in common, beginning and ending with a line of several cells."""
    groups: list[Lines] = []
    run: Lines = []
    free: list[Extent] = []
    for line in lines:
        near = bool(run) and run[-1][0].y - line[0].y <= _NEAR * max(line[0].em, run[-1][0].em)
        left = without(free, line) if near else []
        if len(left) < _ENCLOSING:
            groups.append(run)
            run, left = [], without([(-EVERYWHERE, EVERYWHERE)], line)
        if run or len(left) >= _ENCLOSING:
            run.append(line)
            free = left
    groups.append(run)
    return [_with_head(lines, kept) for group in groups if len(kept := _trimmed(group)) >= LEAST_ROWS]


def _with_head(lines: Lines, group: Lines) -> Lines:
    """Return a group with the line above it that names several of its columns, and not the first."""
    between, at = inner_whites(group), lines.index(group[0])
    above = lines[at - 1] if at else []
    end = max(word.x1 for line in group for word in line)
    if not (above and between) or above[0].y - group[0][0].y > _NEAR * above[0].em:
        return group
    return [above, *group] if above[0].x0 >= between[0][0] and above[-1].x1 <= end + above[0].em else group


def _trimmed(group: Lines) -> Lines:
    """Leave out lines of one cell at the end, save those that stand right below a cell as its second line."""
    kept = len(group)
    while kept and len(group[kept - 1]) == 1:
        kept -= 1
    while 0 < kept < len(group) and _goes_on(group[kept - 1], group[kept][0]):
        kept += 1
    return group[:kept]


def _goes_on(line: Sequence[Segment], word: Segment) -> bool:
    above = [w for w in line if w.x0 < word.x1 and word.x0 < w.x1]
    close = line[0].y - word.y < 2 * word.em
    return close and bool(above) and not ends_sentence(above[0].text) and not opens_provision(word.text)


def _shows_figures(made: PageTable) -> bool:
    """Tell whether a column after the first holds figures in most of its cells."""
    values = list(zip(*made.rows, strict=True))[1:]
    return any(2 * sum(bool(_DIGIT.search(cell)) for cell in column) > len(column) for column in values)


def _is_list(made: PageTable) -> bool:
    """Tell whether the rows are a numbered list with hanging text, or a table of contents with its page numbers."""
    numbered = sum(opens_provision(f"{row[0]} ") for row in made.rows)
    if len(made.xs) > 3:
        return False
    pages = [int(row[1]) for row in made.rows if _NUMBER.fullmatch(row[1])]
    leads = len(pages) == len(made.rows) and pages == sorted(pages)
    return 2 * numbered > len(made.rows) or (leads and numbered > 0)
