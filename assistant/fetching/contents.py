"""What kind of document some bytes are, and whether that is what the server said they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from assistant.errors import FetchError

_HEAD = 4_096
_MARKUP = re.compile(rb"<(!doctype\s+html|html|head|body|meta|title|script|div|p|table|h1)\b", re.IGNORECASE)


class Form(StrEnum):
    """A kind of document that can be read."""

    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    DOC = "doc"  # of Word or WPS before 2007
    RTF = "rtf"
    OFD = "ofd"


@dataclass(frozen=True, slots=True)
class _Other:
    """Bytes that begin like this are of a kind that cannot be read."""

    start: bytes
    name: str


_OTHERS = (
    _Other(b"PK\x03\x04", "an archive"),
    _Other(b"Rar!", "an archive"),
    _Other(b"\x1f\x8b", "an archive"),
    _Other(b"\x89PNG", "a picture"),
    _Other(b"\xff\xd8\xff", "a picture"),
    _Other(b"GIF8", "a picture"),
    _Other(b"{", "data for programs (JSON)"),
)
# What servers call a kind; any other name says nothing about it.
_CALLED = {
    "text/html": Form.HTML,
    "application/xhtml+xml": Form.HTML,
    "application/pdf": Form.PDF,
    "application/x-pdf": Form.PDF,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Form.DOCX,
    "application/msword": Form.DOC,
    "application/rtf": Form.RTF,
    "text/rtf": Form.RTF,
    "application/ofd": Form.OFD,
}
_NAMES = {
    Form.HTML: "a web page",
    Form.PDF: "a PDF",
    Form.DOCX: "a Word document",
    Form.DOC: "an old Word document",
    Form.RTF: "an RTF document",
    Form.OFD: "an OFD document",
}

_WORD = {Form.DOC, Form.DOCX, Form.RTF}  # servers go by the ending, and Word by what it finds


def form_of(path: Path, content_type: str) -> Form:
    """Return the kind of a downloaded document; FetchError where it cannot be read or is not what it was called."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        file.seek(0)
        found = _form(head, file.read() if head.startswith(b"PK") else b"")
    if found is None:
        other = next((o.name for o in _OTHERS if head.lstrip().startswith(o.start)), "neither a web page nor a PDF")
        raise FetchError(f"what came is {other}, and that cannot be read here")
    called = _CALLED.get(content_type.partition(";")[0].strip().lower())
    if called and called is not found and not {called, found} <= _WORD:
        raise FetchError(f"what came is {_NAMES[found]} though the server calls it {_NAMES[called]}")
    return found


def _form(head: bytes, archive: bytes) -> Form | None:
    if b"%PDF-" in head[:1024]:
        return Form.PDF
    if b"word/document.xml" in archive:
        return Form.DOCX
    if b"OFD.xml" in archive:
        return Form.OFD
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return Form.DOC
    if head.startswith(b"{\\rtf"):
        return Form.RTF
    text = head.replace(b"\0", b"")  # UTF-16 has one beside each letter
    return Form.HTML if text.lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n").startswith(b"<") and _MARKUP.search(text) else None
