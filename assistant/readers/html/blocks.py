"""The elements of a page as lines: blocks and line breaks part them, inline elements do not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from assistant.models import Line
from assistant.readers.marks import join
from assistant.readers.numbers import label
from assistant.readers.tables import table_lines
from assistant.text import repair

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SILENT = frozenset(("head", "rp", "rt", "script", "style", "template", "title"))
_WIDE = "⺀-鿿豈-﫿＀-￯　-〿"
_SOURCE_BREAK = re.compile(rf"(?<=[{_WIDE}])[ \t]*[\r\n][ \t\r\n]*(?=[{_WIDE}])")
_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
_LONGEST_CELL = 800  # characters; a longer one belongs to a table that lays out the page
_MOST_CELLS = 20_000
_NUMBERING = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


class _Writer:
    """Collects the words of inline elements and ends a line at every block."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.heading: int | None = None
        self._words: list[str] = []

    def add(self, text: str | None) -> None:
        if text:
            self._words.append(text)

    def end_line(self) -> None:
        text = _SPACE.sub(" ", _SOURCE_BREAK.sub("", "".join(self._words)))
        text = repair(text).strip()
        if text:
            self.lines.append(Line(text, heading=self.heading))
        self._words = []


def lines_of(element: etree._Element) -> list[Line]:
    """Return the lines of an element and everything in it."""
    writer = _Writer()
    _write(element, writer)
    writer.end_line()
    return writer.lines


def _write(element: etree._Element, writer: _Writer) -> None:
    tag = element.tag
    if not isinstance(tag, str) or tag in _SILENT:
        return
    if tag == "br":
        # In a heading a break only arranges the words; the heading stays one.
        writer.add("\n" if writer.heading else None)
        if not writer.heading:
            writer.end_line()
        return
    if tag == "table" and is_data_table(element):
        writer.end_line()
        writer.lines.extend(_table(element))
        return
    block = tag in _BLOCKS
    outer = writer.heading
    if block:
        writer.end_line()
        writer.heading = _HEADINGS.get(tag, outer)
    if tag == "li":
        writer.add(_item_number(element))
    if tag == "pre":
        for line in "".join(element.itertext()).splitlines():
            writer.add(line)
            writer.end_line()
    else:
        writer.add(element.text)
        for child in element:
            _write(child, writer)
            writer.add(child.tail)
    if block:
        writer.end_line()
        writer.heading = outer


def _item_number(item: etree._Element) -> str:
    """Return the number a browser prints before an item of a numbered list."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol" or "list-style" in (parent.get("style") or ""):
        return ""
    before = sum(1 for sibling in item.itersiblings("li", preceding=True))
    start = parent.get("start", "1")
    number = int(start) + before if start.isascii() and start.isdigit() and len(start) < 5 else before + 1
    return f"{label(number, _NUMBERING.get(parent.get('type', '1'), 'decimal'))}. "


def is_data_table(table: etree._Element) -> bool:
    """Tell whether a table holds data; many pages use tables only to place their parts."""
    rows = list(_rows(table))
    if table.find(".//table") is not None or max((len(row) for row in rows), default=0) < 2:
        return False
    if table.get("role") == "presentation" or table.find(".//h1") is not None:
        return False
    return all(len("".join(cell.itertext())) <= _LONGEST_CELL for row in rows for cell in row)


def _rows(table: etree._Element) -> Iterator[list[etree._Element]]:
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        if cells:
            yield cells


def _table(table: etree._Element) -> list[Line]:
    caption = table.find("caption")
    before = lines_of(caption) if caption is not None else []
    grid, heads = table_grid(table)
    return [*before, *table_lines(grid, heads=heads or None)]


def table_grid(table: etree._Element) -> tuple[list[list[str]], int]:
    """Return the text of every place of a table, merged cells filled in, and the number of marked head rows."""
    places: dict[tuple[int, int], str] = {}
    heads = 0
    rows = list(_rows(table))
    for number, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (number, column) in places:
                column += 1
            text = cell_text(cell)
            across, down = _span(cell, "colspan"), min(_span(cell, "rowspan"), len(rows) - number)
            if len(places) + across * down > _MOST_CELLS:
                break
            for row in range(number, number + down):
                for place in range(column, column + across):
                    places.setdefault((row, place), text)
            column += across
        parent = cells[0].getparent().getparent()
        if heads == number and ((parent is not None and parent.tag == "thead") or all(c.tag == "th" for c in cells)):
            heads += 1
    width = max((column for _, column in places), default=-1) + 1
    return [[places.get((row, column), "") for column in range(width)] for row in range(len(rows))], heads


def cell_text(cell: etree._Element) -> str:
    """Return the text of a cell on one line."""
    text = ""
    for line in lines_of(cell):
        text = join(text, line.text)
    return text


def brief(element: etree._Element, limit: int) -> str | None:
    """Return the words of an element with single spaces; None where they are more than some characters."""
    text = ""
    for piece in element.itertext():
        text += piece
        if len(text) > 4 * limit or len(words := " ".join(text.split())) > limit:
            return None
    return words if text else ""


def _span(cell: etree._Element, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), 1_000) if value.isascii() and value.isdigit() and len(value) < 6 else 1
