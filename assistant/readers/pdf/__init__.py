"""PDF files read by pdfium, scans by text recognition: paragraphs in order, tables as rows, furniture removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

import pypdfium2
import pypdfium2.raw as pdfium

from assistant.errors import NoTextFound, ReadError
from assistant.models import Line, Metadata, Source
from assistant.readers.declared import printed_title
from assistant.readers.heartbeat import beat
from assistant.readers.limits import Limits
from assistant.readers.ocr.recognition import Recognition
from assistant.readers.pdf.compose import compose
from assistant.readers.pdf.opening import opened
from assistant.readers.pdf.page import Page, read_page
from assistant.readers.wording import counted, pages
from assistant.text.normal import squeeze

_MOST_BOOKMARKS = 5_000
_LONGEST_HEADING = 120  # characters


def read_pdf(data: bytes, name: str, limits: Limits) -> Source:
    """Return the text of a PDF; raises when it is locked, damaged or holds no text."""
    recognition = Recognition(limits)
    with opened(data, name) as document:
        if len(document) > limits.max_pages:
            raise ReadError(
                f"{name}: the PDF has {len(document)} pages and the limit is {limits.max_pages}. "
                "Split it, or raise the limit max_pages."
            )
        sheets, findings = _read_pages(document, name, limits, recognition)
        title = document.get_metadata_value("Title")
        outline = _outline(document)
        attached = pdfium.FPDFDoc_GetAttachmentCount(document.raw)
    lines, lost = compose(sheets)
    findings += [*recognition.findings(), *lost]
    if not lines:
        raise NoTextFound(f"{name}: {_why_empty(sheets, recognition.trouble)}")
    if attached:
        findings.append(f"{counted(attached, 'attached file')} inside the PDF not read")
    if b"%%EOF" not in data[-2048:]:
        findings.append("the end of the file is missing, so text may be lost")
    declared = Metadata(title=printed_title(title, lines))
    return Source(name, tuple(_with_headings(lines, outline)), declared, tuple(findings))


def _read_pages(
    document: pypdfium2.PdfDocument, name: str, limits: Limits, recognition: Recognition
) -> tuple[list[Page], list[str]]:
    sheets: list[Page] = []
    unreadable: list[int] = []
    characters = 0
    for number in range(1, len(document) + 1):
        beat()
        try:
            sheets.append(recognition.page(document, read_page(document, number)))
        except pypdfium2.PdfiumError:
            unreadable.append(number)
            continue
        characters += sheets[-1].characters
        if characters > limits.max_characters:
            raise ReadError(
                f"{name}: holds more than {limits.max_characters:,} characters by page {number}. "
                "Split it, or raise the limit max_characters."
            )
    findings = [f"{pages(unreadable)} damaged and not read"] if unreadable else []
    return sheets, findings


def _why_empty(sheets: Sequence[Page], trouble: str | None) -> str:
    if not sheets:
        return "every page of the PDF is damaged. Download or export it again."
    where = pages(sheet.number for sheet in sheets)
    if any(sheet.garbled for sheet in sheets):
        return f"the characters on {where} cannot be decoded. Print it to a new PDF, or get the file it was made from."
    if not any(sheet.images for sheet in sheets):
        return f"nothing is written on {where}. Check that it is the right file."
    if trouble is None:
        return (
            f"no text could be made out on {where}. "
            "Scan it again, upright and at 200 to 300 dpi, or get the file it was made from."
        )
    scan = "holds no text, so it is probably a scan" if len(sheets) == 1 else "hold no text, so they are probably scans"
    return f"{where} {scan}, and {trouble}."


def _outline(document: pypdfium2.PdfDocument) -> list[tuple[str, int, int]]:
    """Return the bookmarks: title, page and depth from 0."""
    found = []
    for bookmark in islice(document.get_toc(), _MOST_BOOKMARKS):
        target = bookmark.get_dest()
        index = target.get_index() if target else None
        if index is not None:
            found.append((squeeze(bookmark.get_title()), index + 1, bookmark.level))
    return found


def _with_headings(lines: Sequence[Line], outline: Sequence[tuple[str, int, int]]) -> list[Line]:
    """Return the lines with those marked as headings that the outline names on their page."""
    tops = sum(depth == 0 for _, _, depth in outline)
    levels = {(title, page): depth + (1 if tops == 1 else 2) for title, page, depth in outline}  # one top: the title
    marked = []
    for line in lines:
        level = (
            levels.get((squeeze(line.text), line.page or 0)) if levels and len(line.text) <= _LONGEST_HEADING else None
        )
        marked.append(replace(line, heading=level) if level and line.cells is None else line)
    return marked
