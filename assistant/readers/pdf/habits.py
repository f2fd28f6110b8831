"""How a document sets its text: column edges, line distance, size, and whether paragraph starts can be seen."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from assistant.readers.marks import opens_provision
from assistant.readers.pdf.glyphs import is_wide
from assistant.readers.pdf.layout import TextLine
from assistant.readers.pdf.view import Rect

# Marks that may not begin a line, and marks that may not end one: each moves to the other line with its neighbour.
_NO_START = frozenset("，。、；：？！）》〉」』】〕”’…—～·,.;:?!)]}%％℃")
_NO_END = frozenset("（《〈「『【〔“‘([{")
_WORD = re.compile(r"[0-9A-Za-z.,%/&+@_'-]+")

WIDER = 1.25  # times the usual distance between lines: a gap that separates
INDENT = 0.6  # in em: a line that starts this much further in is indented
_LONE_PITCH = 1.8  # in em: the line distance assumed where a document is too short to show its own
_ALWAYS = 0.9  # share of certain paragraph starts that must show before layout alone is trusted
_SHORT = 25  # lines: in a shorter text, one line alone may show where the column begins
_WRAPPED = 0.4  # share of lines that must end at one edge far from the opposite margin to be wrapped there
_LEAST_WRAPPED = 6  # lines
_MIRRORED_PAGES = 6  # from here on, odd and even pages are measured apart: books mirror their margins


Pair = tuple[TextLine, TextLine]  # two lines that follow each other in one column


@dataclass(frozen=True, slots=True)
class Frame:
    """The edges of a column, measured over all pages that have it."""

    left: float
    right: float
    margins: tuple[float, ...]  # every left edge that several lines share


@dataclass(frozen=True, slots=True)
class Habits:
    """What the lines of a document have in common."""

    frames: Mapping[str, Frame]
    pitch: float  # usual distance between the lines of a paragraph, in em
    body: float  # size of the body text
    marks_stand_off: bool  # a numbered line that opens a paragraph is always indented or set off by a gap
    marks_are_indented: bool
    indent: float | None  # how far the first line of a paragraph is set in, in em; None where it is not
    blocks: bool  # whole paragraphs are set in, all their lines alike: lists, quotations

    def frame(self, line: TextLine) -> Frame:
        """Return the column a line stands in."""
        return self.frames.get(f"{line.frame}/{line.page % 2}") or self.frames[line.frame]

    def offset(self, line: TextLine) -> float:
        """Return how far a line is indented, in em."""
        return (line.x0 - self.frame(line).left) / line.em

    def is_indented(self, line: TextLine) -> bool:
        """Tell whether a line starts further in than its column does."""
        return self.offset(line) >= INDENT

    def is_full(self, line: TextLine, following: TextLine) -> bool:
        """Tell whether a line ended because the next word no longer fitted, not because its paragraph ended."""
        frame = self.frame(line)
        if line.x0 - frame.left > 0.4 * (frame.right - frame.left):  # a signature or a date at the right
            return False
        return line.x1 + _first_unit(following) > frame.right - 0.3 * line.em

    def is_set_off(self, line: TextLine, following: TextLine) -> bool:
        """Tell whether the gap between two lines of one column is wider than between lines of a paragraph."""
        return (line.y - following.y) / max(line.em, following.em) > WIDER * self.pitch


def habits(lines: Sequence[TextLine], boxes: Mapping[int, Rect]) -> Habits:
    """Return how these lines, in reading order, are set; `boxes` are those of the pages."""
    groups: dict[str, list[TextLine]] = defaultdict(list)
    mirrored = len({line.page for line in lines}) >= _MIRRORED_PAGES
    for line in lines:
        groups[line.frame].append(line)
        if mirrored:
            groups[f"{line.frame}/{line.page % 2}"].append(line)
    frames = {name: _frame(group, boxes) for name, group in groups.items() if "/" not in name or len(group) >= 20}
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.em, 1)] += len(line.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    pairs = [(a, b) for a, b in pairwise(lines) if same_column(a, b)]
    known = Habits(
        frames, _pitch(pairs, body), body, marks_stand_off=False, marks_are_indented=False, indent=None, blocks=False
    )
    starts = [(a, b) for a, b in pairs if not known.is_full(a, b)]
    marked = [(a, b) for a, b in starts if opens_provision(b.text)]
    return replace(
        known,
        marks_stand_off=_always([known.is_indented(b) or known.is_set_off(a, b) for a, b in marked]),
        marks_are_indented=_always([known.is_indented(b) for _, b in marked]),
        **_indents(known, pairs, starts),
    )


def same_column(line: TextLine, following: TextLine) -> bool:
    """Tell whether two lines follow each other in one column of one page."""
    return line.page == following.page and line.frame == following.frame and line.y > following.y


def has_chinese(line: TextLine) -> bool:
    """Tell whether a line holds a full-width character, whose width gives the font size exactly."""
    return any(map(is_wide, line.text))


def _always(observed: Sequence[bool]) -> bool:
    return bool(observed) and sum(observed) >= _ALWAYS * len(observed)


def _indents(known: Habits, pairs: Sequence[Pair], starts: Sequence[Pair]) -> dict[str, Any]:
    """Return how far first lines are set in, and whether whole paragraphs are."""
    wrapped = [(known.offset(a), known.offset(b)) for a, b in pairs if known.is_full(a, b) and known.is_indented(a)]
    first_lines = [first - second for first, second in wrapped if first - second >= INDENT]
    level = sum(abs(first - second) < INDENT for first, second in wrapped)
    blocks = level > max(len(first_lines), 0.2 * len(starts))
    # Where no paragraph has a second line, the places at which paragraphs start have to tell.
    offsets = [] if blocks else first_lines or [known.offset(b) for _, b in starts]
    place, count = Counter(round(offset * 2) / 2 for offset in offsets).most_common(1)[0] if offsets else (0.0, 0)
    return {"indent": place if place >= INDENT and 2 * count > len(offsets) else None, "blocks": blocks}


def _frame(lines: Sequence[TextLine], boxes: Mapping[int, Rect]) -> Frame:
    em = sorted(line.em for line in lines)[len(lines) // 2]
    starts = Counter(round(line.x0 / (0.5 * em)) for line in lines)
    few = max(2 if len(lines) >= _SHORT else 1, 0.04 * len(lines))
    shared = sorted(place for place in starts if starts[place] + starts[place + 1] >= few)
    left = min((line.x0 for line in lines if shared and line.x0 >= (shared[0] - 0.5) * 0.5 * em), default=None)
    if left is None:
        left = min(line.x0 for line in lines)
    ends = sorted((line.x1 for line in lines), reverse=True)
    right, share = ends[0], 0.0
    for position, end in enumerate(ends):
        near = sum(1 for other in ends[position:] if other > end - 1.5 * em)
        if near >= few:
            right, share = end, near / len(ends)
            break
    box = boxes[lines[0].page]
    opposite = box[2] - (left - box[0])
    wrapped = share >= _WRAPPED and share * len(lines) >= _LEAST_WRAPPED
    if lines[0].is_full_width and right < opposite - 4 * em and not wrapped:
        right = opposite  # a list of short lines: none of them was wrapped
    return Frame(left, right, tuple(place * 0.5 * em for place in shared))


def _pitch(pairs: Iterable[Pair], body: float) -> float:
    """Return the smallest distance that is common between lines of body text: paragraphs may stand further apart."""
    distances = Counter(
        round((a.y - b.y) / max(a.em, b.em), 1)
        for a, b in pairs
        if max(abs(a.em - body), abs(b.em - body)) < 0.15 * body
    )
    total = sum(distances.values())
    common = [d for d, n in distances.items() if n >= max(2, 0.08 * total) and 0.9 <= d <= 4]
    return min(common, default=_LONE_PITCH)


def _first_unit(line: TextLine) -> float:
    """Return the width of what has to stay together at the start of a line: a word, or a character and its marks."""
    text = line.text
    end = 0
    while end < len(text) and text[end] in _NO_END:
        end += 1
    word = _WORD.match(text, end)
    end = word.end() if word else end + 1
    while end < len(text) and text[end] in _NO_START:
        end += 1
    return (line.lefts[end] if end < len(text) else line.x1) - line.lefts[0]
