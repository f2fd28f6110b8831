"""Word documents (DOCX): paragraphs with their printed numbers, tables as rows, footnotes at the end."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import PartFactory
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.package import Package as WordPackage
from docx.parts.document import DocumentPart
from lxml import etree

from assistant.errors import NoTextFound, ReadError
from assistant.models import Metadata, Source
from assistant.readers.declared import printed_title
from assistant.readers.docx.body import Body
from assistant.readers.limits import Limits
from assistant.readers.packages import UNREADABLE, Package, check_size

_OLD_WORD = b"\xd0\xcf\x11\xe0"  # the container of .doc files, and of DOCX files with a password
_NOTES = (("footnote", RELATIONSHIP_TYPE.FOOTNOTES), ("endnote", RELATIONSHIP_TYPE.ENDNOTES))
_KINDS = (  # templates, and documents with macros, which nothing here runs
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)
PartFactory.part_type_for.update(dict.fromkeys(_KINDS, DocumentPart))


def read_docx(data: bytes, name: str, limits: Limits) -> Source:
    """Return the text of a Word document; raises for what is no DOCX, locked, damaged, or unpacks to too much."""
    _check_package(data, name, limits)
    try:
        part: Any = WordPackage.open(io.BytesIO(data)).main_document_part
        root = part.element
    except (AttributeError, TypeError, *UNREADABLE, etree.XMLSyntaxError) as error:
        raise ReadError(
            f"{name}: the Word document is damaged ({error}). Open it in Word or LibreOffice and save it again as DOCX."
        ) from error
    if root.find(qn("w:body")) is None:
        raise ReadError(f"{name}: the Word document is damaged (it has no body). Get it again from where it came from.")
    body = Body(
        root.find(qn("w:body")),
        _related(part, RELATIONSHIP_TYPE.STYLES),
        _related(part, RELATIONSHIP_TYPE.NUMBERING),
        {
            (kind, note.get(qn("w:id"))): note
            for kind, relation in _NOTES
            for note in _children(_related(part, relation))
        },
    )
    lines, findings = body.lines()
    if not lines and body.pictures:
        raise NoTextFound(
            f"{name}: holds only pictures, so its pages are probably scans. "
            "Save it as PDF: the pictures of a PDF are read by text recognition."
        )
    declared = Metadata(title=printed_title(_stated_title(part.package), lines))
    return Source(name, tuple(lines), declared, tuple(findings))


def _related(part: Any, relation: str) -> Any | None:
    """Return the root element of a part of the document, parsed without following entities; None where it is absent."""
    try:
        return parse_xml(part.part_related_by(relation).blob)
    except (KeyError, ValueError, etree.XMLSyntaxError):
        return None


def _stated_title(package: Any) -> str | None:
    """Return the title among the properties of a document; what is wrong with them is no reason not to read it."""
    try:
        return str(package.core_properties.title)
    except (AttributeError, *UNREADABLE, etree.XMLSyntaxError):
        return None


def _children(root: Any | None) -> Iterator[Any]:
    yield from () if root is None else root


def _check_package(data: bytes, name: str, limits: Limits) -> None:
    if data.startswith(_OLD_WORD):
        raise ReadError(
            f"{name}: is a Word file of the old format (.doc) or one locked with a password. "
            "Open it in Word or LibreOffice and save it as DOCX without a password."
        )
    try:
        package = Package(data)
        strict = b"purl.oclc.org/ooxml" in package.read("_rels/.rels")
    except UNREADABLE as error:
        raise ReadError(
            f"{name}: is no Word document, or a damaged one. Open it in Word or LibreOffice and save it again as DOCX."
        ) from error
    if strict:
        raise ReadError(
            f"{name}: is a Strict Open XML document. Save it in Word as an ordinary “Word document (.docx)”."
        )
    check_size(package.parts, name, limits, "Save it again from Word without its pictures.")
