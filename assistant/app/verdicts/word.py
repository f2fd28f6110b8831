"""A report as a Word file."""

from __future__ import annotations

from pathlib import Path
from typing import IO, Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from assistant.app.verdicts.document import Block, Document, Heading, Listing, Paragraph, Table

_LATIN, _CHINESE = "Calibri", "宋体"
_WIDTH = 16.6  # cm between the margins


def write(document: Document, to: Path | IO[bytes]) -> None:
    """Write a report as DOCX, to a path or into an open file."""
    file = docx.Document()
    file.core_properties.title = document.title
    for section in file.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.2)
    for style in file.styles:
        if getattr(style, "font", None) is not None:
            _font(style)
    file.styles["Normal"].font.size = Pt(10.5)
    for block in document.blocks:
        _add(file, block)
    file.save(str(to) if isinstance(to, Path) else to)


def _font(style: Any) -> None:
    """Word takes Chinese from a font of its own, which python-docx leaves out."""
    style.font.name = _LATIN
    properties = style.element.get_or_add_rPr()
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), _CHINESE)


def _add(file: Any, block: Block) -> None:
    match block:
        case Heading(text, level):
            file.add_heading(text, level=level - 1)
        case Paragraph(text, strong, small):
            run = file.add_paragraph().add_run(text)
            run.bold = strong
            if small:
                run.font.size = Pt(9)
        case Listing(items, boxes):
            for item in items:
                file.add_paragraph(f"☐ {item}" if boxes else item, style=None if boxes else "List Bullet")
        case Table():
            _table(file, block)


def _table(file: Any, table: Table) -> None:
    made = file.add_table(rows=1, cols=len(table.header))
    made.style, made.autofit = "Table Grid", False
    for cell, text in zip(made.rows[0].cells, table.header, strict=True):
        _fill(cell, text, bold=True)
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # repeated on each page
    for row in table.rows:
        for cell, text in zip(made.add_row().cells, row, strict=True):
            _fill(cell, text)
    for column, width in zip(made.columns, table.widths, strict=True):
        for cell in column.cells:
            cell.width = Cm(_WIDTH * width / sum(table.widths))
    file.add_paragraph()


def _fill(cell: Any, text: str, *, bold: bool = False) -> None:
    run = cell.paragraphs[0].add_run(text)
    run.bold, run.font.size = bold, Pt(9)
