"""Pages made into the lines of one document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from assistant.models import Line
from assistant.readers.pdf.aligned import with_tables
from assistant.readers.pdf.furniture import Sheet, remove_furniture
from assistant.readers.pdf.habits import Habits, habits
from assistant.readers.pdf.layout import Element, PageTable, TextLine, columns, lines_of
from assistant.readers.pdf.page import Page
from assistant.readers.pdf.paragraphs import footnotes, known_words, paragraphs
from assistant.readers.pdf.rules import Rule
from assistant.readers.pdf.tables import join_tables
from assistant.readers.pdf.view import View
from assistant.readers.tables import table_lines
from assistant.readers.wording import pages, short

_CONTENTS_ENTRY = re.compile(r"(?:[.．…·‥]\s*){4,}\s*[-—–]?\s*\d+\s*[-—–]?$")  # 第一章 总则 ……… 3

_SIMILAR = 20.0  # points: pages that differ less in width are set alike


def compose(sheets: Sequence[Page]) -> tuple[list[Line], list[str]]:
    """Return the lines of a document in reading order, footnotes last, and what was lost or left out."""
    findings = _missing(sheets)
    legible = [page for page in sheets if not page.garbled]
    watermarks: dict[str, list[int]] = defaultdict(list)
    for page in legible:
        if page.askew:
            watermarks[page.askew].append(page.number)
    findings += [f"watermark “{short(text)}” removed from {pages(where)}" for text, where in watermarks.items()]
    cleaned, removed = remove_furniture([Sheet(page.number, page.view.rect, page.segments) for page in legible])
    findings += removed
    elements: list[TextLine | PageTable] = []
    for page, sheet in zip(legible, cleaned, strict=True):
        # Upright and sideways pages, and pages of other sizes, have edges of their own.
        layout = str(round((page.view.rect[2] - page.view.rect[0]) / _SIMILAR))
        elements += _reading_order([*sheet.segments, *page.tables], page.view, layout, page.rules)
        for view, segments in page.aside:
            elements += _reading_order(segments, view, f"{layout} aside {view.turn}")
    contents = [e for e in elements if isinstance(e, TextLine) and _CONTENTS_ENTRY.search(e.text)]
    if contents:
        elements = [e for e in elements if not (isinstance(e, TextLine) and _CONTENTS_ENTRY.search(e.text))]
        findings.append(f"table of contents removed from {pages(line.page for line in contents)}")
    text = [element for element in elements if isinstance(element, TextLine)]
    known = habits(text, {page.number: page.view.rect for page in legible})
    return _lines(elements, text, known), findings


def _reading_order(
    elements: Sequence[Element], view: View, layout: str, rules: Sequence[Rule] = ()
) -> list[TextLine | PageTable]:
    """Return the lines of a page as they are read: what stands in aligned columns is no text in columns."""
    parted = list(columns(with_tables(elements, rules, view), layout))
    if len(parted) == 1:
        return lines_of(parted[0][1], view, layout)
    return [line for name, column in parted for line in lines_of(with_tables(column, rules, view), view, name)]


def _missing(sheets: Iterable[Page]) -> list[str]:
    """Say which pages hold nothing that can be read."""
    empty: dict[str, list[int]] = defaultdict(list)
    for page in sheets:
        if page.garbled:
            empty["a text layer whose characters cannot be decoded"].append(page.number)
        elif not page.characters:
            empty["no text, only pictures" if page.images else "nothing on them"].append(page.number)
    return [
        f"{pages(where)} {'has' if len(where) == 1 else 'have'} {_singular(what) if len(where) == 1 else what}"
        for what, where in empty.items()
    ]


def _singular(what: str) -> str:
    return what.replace("on them", "on it")


def _lines(elements: Sequence[TextLine | PageTable], text: Sequence[TextLine], known: Habits) -> list[Line]:
    words = known_words(text)
    notes: list[TextLine] = []
    by_page: dict[int, list[TextLine]] = defaultdict(list)
    for line in text:
        by_page[line.page].append(line)
    for printed in by_page.values():
        notes += footnotes(printed, known)
    aside = set(map(id, notes))
    lines: list[Line] = []
    waiting: list[TextLine] = []
    for element in join_tables(e for e in elements if id(e) not in aside):
        if isinstance(element, TextLine):
            waiting.append(element)
            continue
        lines += _logical(waiting, known, words)
        waiting = []
        lines += table_lines(element.rows, boxes=element.boxes)
    return [*lines, *_logical(waiting, known, words), *_logical(notes, known, words)]


def _logical(lines: Sequence[TextLine], known: Habits, words: frozenset[str]) -> list[Line]:
    return [
        Line(p.text.strip(), p.boxes[0].page, boxes=p.boxes) for p in paragraphs(lines, known, words) if p.text.strip()
    ]
