"""A report as a PDF file, its Chinese font inside, so that it looks and reads the same everywhere."""

from __future__ import annotations

import logging
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import WrapMode, XPos, YPos
from fpdf.fonts import FontFace
from pylopdf_fonts_zh_cn import sans_path

from assistant.app.verdicts.document import Block, Document, Heading, Listing, Paragraph, Table

_FONT = "report"
_BODY, _CELL, _SMALL = 10.0, 8.5, 8.0  # points
_HEADINGS = {1: 17.0, 2: 12.5}
_SPACING = 1.5
_MM = 25.4 / 72  # of a point
_SHADE = (232, 238, 246)
_MISSING = {"✓": "√", "✗": "×", "☐": "□"}  # signs the font has under another code


class _Pages(FPDF):
    """A4 pages, numbered; Chinese is broken anywhere, English between words."""

    def __init__(self, language: str) -> None:
        super().__init__(format="A4")
        self.wrap = WrapMode.CHAR if language == "zh" else WrapMode.WORD

    def footer(self) -> None:
        """Number the page."""
        self.set_y(-12)
        self.set_font(_FONT, size=_SMALL)
        self.cell(0, 6, f"{self.page_no()} / {{nb}}", align="C")


def write(document: Document, path: Path) -> None:
    """Write a report as PDF."""
    logging.getLogger("fontTools").setLevel(logging.ERROR)  # it tells how it makes the font smaller
    pages = _Pages(document.language)
    pages.set_margins(18, 16)
    pages.set_auto_page_break(auto=True, margin=18)
    pages.add_font(_FONT, "", str(sans_path()))
    pages.set_title(document.title)
    pages.set_lang("zh-CN" if document.language == "zh" else "en")
    pages.add_page()
    for block in document.blocks:
        _add(pages, block)
    pages.output(str(path))


def _add(pages: _Pages, block: Block) -> None:
    match block:
        case Heading(text, level):
            pages.ln(1 if level == 1 else 3)
            if pages.will_page_break(20):  # no heading stands alone at the foot of a page
                pages.add_page()
            _text(pages, text, _HEADINGS[level])
            pages.ln(1)
        case Paragraph(text, strong, small):
            _text(pages, text, _SMALL if small else 11.5 if strong else _BODY)
            pages.ln(1)
        case Listing(items, boxes):
            for item in items:
                _text(pages, f"{'□' if boxes else '•'}\u00a0{item}", _BODY)
            pages.ln(1)
        case Table():
            _table(pages, block)


def _text(pages: _Pages, text: str, size: float) -> None:
    pages.set_font(_FONT, size=size)
    pages.multi_cell(
        0, size * _MM * _SPACING, _shown(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT, wrapmode=pages.wrap
    )


def _table(pages: _Pages, table: Table) -> None:
    pages.set_font(_FONT, size=_CELL)
    with pages.table(
        col_widths=table.widths,
        text_align="LEFT",
        v_align="TOP",
        line_height=_CELL * _MM * _SPACING,
        padding=1,
        wrapmode=pages.wrap,
        headings_style=FontFace(emphasis=None, fill_color=_SHADE),
    ) as made:
        for cells in (table.header, *table.rows):
            row = made.row()
            for cell in cells:
                row.cell(_shown(cell))
    pages.ln(2)


def _shown(text: str) -> str:
    for sign, other in _MISSING.items():
        text = text.replace(sign, other)
    return text
