"""The body of a Word document as lines, in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from assistant.models import Line
from assistant.readers.docx.contents import Contents
from assistant.readers.docx.numbering import Numbering
from assistant.readers.docx.styles import Style, hides, is_on, list_place, outline_level, read_styles
from assistant.readers.docx.text import Aside, words
from assistant.readers.marks import join
from assistant.readers.tables import table_lines
from assistant.readers.wording import counted
from assistant.text import repair

_CONTAINERS = frozenset(
    qn(name) for name in ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "w:smartTag")
)
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_WIDEST = 200  # columns a cell may span


class Body:
    """Reads one document: it counts the lists and collects the notes on the way."""

    def __init__(self, body: Any, styles: Any | None, numbering: Any | None, notes: dict[tuple[str, str], Any]) -> None:
        self._body = body
        self._styles = read_styles(styles) if styles is not None else {}
        self._numbering = Numbering.of(numbering)
        self._note_texts = notes
        self._aside = Aside(self._styles, body.getparent() is None or body.getparent().find(qn("w:background")) is None)
        self._has_title = any(self._style(p).title for p in body.iter(qn("w:p")))
        self._contents = Contents()
        self._carried = ""  # text of a paragraph whose end was deleted: it runs on into the next

    def lines(self) -> tuple[list[Line], list[str]]:
        """Return the lines of the document with its notes at the end, and what was left out."""
        lines = list(self._blocks(self._body))
        if self._carried.strip():
            lines.append(Line(repair(self._carried).strip()))
        for number, (kind, identifier) in enumerate(self._aside.referred, start=1):
            note = self._note_texts.get((kind, identifier))
            text = " ".join(line.text for line in self._blocks(note)) if note is not None else ""
            if text:
                lines.append(Line(f"[{number}] {text}"))
        removed = self._contents.lines
        findings = [f"table of contents removed ({counted(removed, 'line')})"] if removed else []
        return lines, [*findings, *self._aside.findings()]

    @property
    def pictures(self) -> int:
        """How many pictures the lines read so far hold."""
        return self._aside.met["picture"]

    def _blocks(self, parent: Any) -> Iterator[Line]:
        for element in parent:
            if element.tag == qn("w:p"):
                yield from self._paragraph(element)
            elif element.tag == qn("w:tbl"):
                yield from self._table(element)
            elif element.tag == qn("w:altChunk"):
                self._aside.met["object"] += 1
            elif element.tag == _ALTERNATE and len(element):
                yield from self._blocks(element[0])
            elif element.tag in _CONTAINERS and not self._contents.is_gallery(element):
                yield from self._blocks(element)

    def _paragraph(self, paragraph: Any) -> Iterator[Line]:
        style = self._style(paragraph)
        text, boxes = words(paragraph, self._aside)
        if self._contents.holds(paragraph, style, text):
            return
        text, self._carried = self._carried + text, ""
        if _end_is_deleted(paragraph):
            self._carried = text
            return
        if text.strip() or not _mark_is_hidden(paragraph):
            # An empty paragraph of a list counts, too; in the cell of a table its number is what the cell says.
            label = self._label(paragraph, style)
            in_cell = next(paragraph.iterancestors(qn("w:tc")), None) is not None
            text = label + text if text.strip() or in_cell else text
        heading = self._heading(paragraph, style)
        for part in text.split("\n") if heading is None else [text.replace("\n", " ")]:
            mended = repair(part).strip()
            if mended:
                yield Line(mended, heading=heading)
        for box in boxes:
            yield from self._blocks(box)

    def _style(self, paragraph: Any) -> Style:
        named = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return self._styles.get(named.get(qn("w:val")) if named is not None else "", Style())

    def _heading(self, paragraph: Any, style: Style) -> int | None:
        if style.title:
            return 1
        properties = paragraph.find(qn("w:pPr"))
        own = outline_level(properties) if properties is not None else None
        level = own if own is not None else style.outline
        return None if level is None else level + (2 if self._has_title else 1)

    def _label(self, paragraph: Any, style: Style) -> str:
        properties = paragraph.find(qn("w:pPr"))
        own_list, own_level = list_place(properties) if properties is not None else (None, None)
        list_id = own_list or style.list_id
        if list_id is None or list_id == "0":
            return ""
        level = own_level if own_level is not None else style.list_level
        if level is None:
            named = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            level = self._numbering.level_of_style(list_id, named.get(qn("w:val")) if named is not None else "")
        return self._numbering.next_label(list_id, level)

    def _table(self, table: Any) -> list[Line]:
        grid: list[list[str]] = []
        heads = 0
        inside: list[Line] = []
        for row in _rows(table):
            texts = [""] * _number_of(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)
            for cell in _cells(row):
                lines = list(self._blocks(cell))
                inside += lines
                column = len(texts)
                text = grid[-1][column] if _continues(cell) and grid and column < len(grid[-1]) else _on_one_line(lines)
                texts += [text] * _number_of(cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"), 1)
            header = row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}")
            if header is not None and is_on(header) and heads == len(grid):
                heads += 1
            grid.append(texts)
        columns = max(map(len, grid), default=0)
        if columns <= 1:  # a frame around text
            return inside
        return table_lines([row + [""] * (columns - len(row)) for row in grid], heads=heads or None)


def _end_is_deleted(paragraph: Any) -> bool:
    return paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}") is not None


def _mark_is_hidden(paragraph: Any) -> bool:
    return bool(hides(paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")))


def _rows(table: Any) -> Iterator[Any]:
    """Yield the rows of a table but not of tables inside it, without deleted ones."""
    for child in table:
        if child.tag == qn("w:tr"):
            if child.find(f"{qn('w:trPr')}/{qn('w:del')}") is None:
                yield child
        elif child.tag in _CONTAINERS:
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == qn("w:tc"):
            if child.find(f"{qn('w:tcPr')}/{qn('w:cellDel')}") is None:
                yield child
        elif child.tag in _CONTAINERS:
            yield from _cells(child)


def _continues(cell: Any) -> bool:
    """Tell whether a cell is the lower part of one merged downwards."""
    merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merged is not None and merged.get(qn("w:val")) != "restart"


def _number_of(element: Any | None, default: int) -> int:
    value = element.get(qn("w:val")) if element is not None else None
    return min(int(value), _WIDEST) if value and value.isascii() and value.isdigit() else default


def _on_one_line(lines: list[Line]) -> str:
    text = ""
    for line in lines:
        text = join(text, line.text)
    return text
