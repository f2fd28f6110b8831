"""Printed lines put back together to the paragraphs they were wrapped from, by where they stand on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.models import Box
from assistant.readers.marks import OPENING, ends_sentence, join, opens_provision
from assistant.readers.pdf.habits import INDENT, Habits, has_chinese, same_column
from assistant.readers.pdf.layout import TextLine

_NOTE = re.compile(r"[\[［(（]?(?:\d{1,3}|[①-⑳*＊])|注[：:释]")
_HYPHENATED = re.compile(r"([A-Za-z]+)[-‐]$")
_LATIN_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_LONGEST_INDENT = 5.5  # in em: a first line that starts further in is no first line but a centred or right-hand one


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A logical line, and where its printed lines stand."""

    text: str
    boxes: tuple[Box, ...]


def footnotes(lines: Sequence[TextLine], habits: Habits) -> list[TextLine]:
    """Return those lines of a page that are footnotes: small print at the foot of a column, opened by its mark."""
    notes: list[TextLine] = []
    for frame in dict.fromkeys(line.frame for line in lines):
        column = [line for line in lines if line.frame == frame]
        start = len(column)
        for position in range(len(column) - 1, 0, -1):
            if column[position].em > 0.92 * habits.body:
                break
            if _NOTE.match(column[position].text):
                start = position
        notes += column[start:]
    return notes


def paragraphs(lines: Iterable[TextLine], habits: Habits, words: frozenset[str]) -> list[Paragraph]:
    """Return the logical lines; `words` are the document's words, by which a hyphen at a line end is judged."""
    groups: list[list[TextLine]] = []
    for line in lines:
        if groups and continues(groups[-1], line, habits):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [Paragraph(_joined(group, words), tuple(line.box for line in group)) for group in groups]


def continues(paragraph: Sequence[TextLine], line: TextLine, habits: Habits) -> bool:
    """Tell whether a line goes on with a paragraph: the line before was full, and nothing sets this one apart."""
    last = paragraph[-1]
    together = same_column(last, line)
    tolerance = 0.12 if has_chinese(last) and has_chinese(line) else 0.25
    if abs(last.em - line.em) > tolerance * max(last.em, line.em):
        return False
    if together and _is_title_line(last, habits) and _is_title_line(line, habits):
        return not opens_provision(line.text) and (last.y - line.y) < 2.2 * line.em
    if not habits.is_full(last, line) or (together and habits.is_set_off(last, line)):
        return False
    first, here = habits.offset(paragraph[0]), habits.offset(line)
    if len(paragraph) > 1:
        # Every line after the first starts at one edge; a different one belongs to something else.
        return abs(here - habits.offset(last)) < INDENT and not _starts_anew(last, line, habits)
    if abs(here - first) < INDENT:
        if first < INDENT:
            return not _starts_anew(last, line, habits)
        # Two lines at one indent: two paragraphs of a line each, or a block that is set further in.
        if habits.indent is not None and abs(here - habits.indent) < INDENT:
            return False
        if habits.blocks:
            return not _starts_anew(last, line, habits)
        return not opens_provision(line.text) and not ends_sentence(last.text)
    if here < first:
        return first - here < _LONGEST_INDENT and (here < INDENT or _is_left_edge(first - here, line, habits))
    return _hangs(last, line)


def _starts_anew(last: TextLine, line: TextLine, habits: Habits) -> bool:
    """Decide by the words alone where the layout cannot: a numbered line after a finished sentence opens a paragraph.

    A numbered line after an unfinished sentence is a mention (依照 / 第十条的规定). And where every numbered line that
    certainly opens a paragraph is indented or set off, one that is neither opens none.
    """
    visible = habits.marks_stand_off if same_column(last, line) else habits.marks_are_indented
    return not visible and opens_provision(line.text) and ends_sentence(last.text)


def _is_left_edge(dedent: float, line: TextLine, habits: Habits) -> bool:
    """Tell whether a line starts where the lines of a paragraph go on: at a known edge, or one indent further out."""
    if habits.indent is not None and abs(dedent - habits.indent) < INDENT:
        return True
    return any(abs(line.x0 - margin) < 0.5 * line.em for margin in habits.frame(line).margins)


def _hangs(last: TextLine, line: TextLine) -> bool:
    """Tell whether a line is set under the text of a numbered line, to the right of its number."""
    mark = OPENING.match(last.text)
    if mark is None:
        return False
    start = mark.end() + (len(last.text[mark.end() :]) - len(last.text[mark.end() :].lstrip()))
    return start < len(last.lefts) and abs(line.x0 - last.lefts[start]) < 0.6 * line.em


def _is_title_line(line: TextLine, habits: Habits) -> bool:
    frame = habits.frame(line)
    centred = abs((line.x0 + line.x1) - (frame.left + frame.right)) < 2 * line.em
    return centred and line.em > 1.15 * habits.body


def known_words(lines: Iterable[TextLine]) -> frozenset[str]:
    """Return the Latin words that stand whole inside the lines, in lower case."""
    return frozenset(word.lower() for line in lines for word in _LATIN_WORD.findall(line.text))


def _joined(lines: Sequence[TextLine], words: frozenset[str]) -> str:
    text = lines[0].text
    for line in lines[1:]:
        broken = _HYPHENATED.search(text)
        rest = _LATIN_WORD.match(line.text)
        if broken and rest and rest[0][0].islower():
            keep = f"{broken[1]}-{rest[0]}".lower() in words and f"{broken[1]}{rest[0]}".lower() not in words
            text = f"{text[:-1]}{'-' if keep else ''}{line.text}"
        else:
            text = join(text, line.text)
    return text
