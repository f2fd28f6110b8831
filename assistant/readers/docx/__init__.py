"""Word documents (DOCX): paragraphs with their printed numbers, tables as rows, footnotes at the end."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml import etree

from assistant.errors import ReadError
from assistant.models import Metadata, Source
from assistant.readers.declared import printed_title
from assistant.readers.docx.body import Body
from assistant.readers.limits import Limits

_OLD_WORD = b"\xd0\xcf\x11\xe0"  # the container of .doc files, and of DOCX files with a password
_NOTES = (("footnote", RELATIONSHIP_TYPE.FOOTNOTES), ("endnote", RELATIONSHIP_TYPE.ENDNOTES))
_MOST_PARTS = 10_000
_SMALL_PART = 10_000_000  # bytes: below this, how well a part is packed says nothing


def read_docx(data: bytes, name: str, limits: Limits) -> Source:
    """Return the text of a Word document; raises for what is no DOCX, locked, damaged, or unpacks to too much."""
    _check_package(data, name, limits)
    try:
        document = docx.Document(io.BytesIO(data))
    except (KeyError, ValueError, EOFError, etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error) as error:
        raise ReadError(
            f"{name}: the Word document is damaged ({error}). Open it in Word or LibreOffice and save it again as DOCX."
        ) from error
    part = document.part
    body = Body(
        document.element.body,
        _related(part, RELATIONSHIP_TYPE.STYLES),
        _related(part, RELATIONSHIP_TYPE.NUMBERING),
        {
            (kind, note.get(qn("w:id"))): note
            for kind, relation in _NOTES
            for note in _children(_related(part, relation))
        },
    )
    lines, findings = body.lines()
    declared = Metadata(title=printed_title(document.core_properties.title, lines))
    return Source(name, tuple(lines), declared, tuple(findings))


def _related(part: Any, relation: str) -> Any | None:
    """Return the root element of a part of the document, parsed without following entities; None where it is absent."""
    try:
        return parse_xml(part.part_related_by(relation).blob)
    except (KeyError, ValueError, etree.XMLSyntaxError):
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
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            strict = b"purl.oclc.org/ooxml" in package.read("_rels/.rels")
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, NotImplementedError, RuntimeError) as error:
        raise ReadError(
            f"{name}: is no Word document, or a damaged one. Open it in Word or LibreOffice and save it again as DOCX."
        ) from error
    if not any(part.filename.startswith("word/") for part in parts):
        raise ReadError(f"{name}: is a package of another kind, not a Word document. Give it the suffix of what it is.")
    if strict:
        raise ReadError(
            f"{name}: is a Strict Open XML document. Save it in Word as an ordinary “Word document (.docx)”."
        )
    expanded = sum(part.file_size for part in parts)
    packed = [p for p in parts if p.file_size > _SMALL_PART and p.file_size > limits.max_expansion * p.compress_size]
    if expanded > limits.max_expanded_bytes or packed or len(parts) > _MOST_PARTS:
        raise ReadError(
            f"{name}: unpacks to {expanded:,} bytes in {len(parts)} parts, which is more than a document needs "
            f"(limit {limits.max_expanded_bytes:,}), so it was not opened. "
            "Save it again from Word without its pictures."
        )
