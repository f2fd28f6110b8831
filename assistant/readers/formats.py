"""What a file is by its bytes: names lie, most of all on documents downloaded from government sites."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

from assistant.readers.packages import UNREADABLE

# Each kind is named by its usual suffix; these are the words for it in a message.
WORDS: Mapping[str, str] = {
    ".pdf": "a PDF",
    ".docx": "a Word document (DOCX)",
    ".doc": "a Word document of the old format (DOC)",
    ".wps": "a WPS document of the old format",
    ".rtf": "an RTF document",
    ".odt": "an OpenDocument text",
    ".xml": "a Word document saved as one XML file",
    ".ofd": "an OFD",
    ".html": "a web page",
    ".mht": "a web page archive",
    ".png": "a PNG image",
    ".jpg": "a JPEG image",
    ".tif": "a TIFF image",
    ".bmp": "a BMP image",
    ".gif": "a GIF image",
    ".webp": "a WebP image",
    ".xls": "an Excel or WPS sheet of the old format",
    ".xlsx": "an Excel sheet",
    ".ods": "an OpenDocument sheet",
    ".ppt": "a PowerPoint or WPS presentation of the old format",
    ".pptx": "a PowerPoint presentation",
    ".rar": "a RAR archive",
    ".7z": "a 7z archive",
    ".gz": "a gzip archive",
    ".zip": "a ZIP archive",
    ".locked": "a document locked with a password",
}
# Suffixes that name the same kind.
_ALIKE: Mapping[str, str] = {
    ".htm": ".html", ".xhtml": ".html", ".shtml": ".html", ".mhtml": ".mht", ".wps": ".doc", ".wpt": ".doc",
    ".dot": ".doc", ".jpeg": ".jpg", ".tiff": ".tif", ".et": ".xls", ".dps": ".ppt",
}  # fmt: skip
_STARTS = (
    (b"{\\rtf", ".rtf"),
    (b"\x89PNG\r\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"II*\0", ".tif"),
    (b"MM\0*", ".tif"),
    (b"GIF8", ".gif"),
    (b"Rar!\x1a\x07", ".rar"),
    (b"7z\xbc\xaf\x27\x1c", ".7z"),
    (b"\x1f\x8b\x08", ".gz"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .doc, .xls and .ppt, and of DOCX with a password
_STREAMS = (
    ("EncryptedPackage", ".locked"),
    ("WordDocument", ".doc"),
    ("Workbook", ".xls"),
    ("PowerPoint Document", ".ppt"),
)
_OPEN_DOCUMENT = {"text": ".odt", "spreadsheet": ".ods"}
_MAIN_PARTS = (("word/", ".docx"), ("ofd.xml", ".ofd"), ("xl/", ".xlsx"), ("ppt/", ".pptx"))
_HEAD = 4096  # bytes in which a text tells what it is
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|meta|body)\b", re.I | re.S
)
_ARCHIVE = re.compile(r"^content-type:\s*multipart/related", re.I | re.M)
_WORD_XML = re.compile(
    r"\s*<\?xml[^>]*\?>.{0,2000}?(?:<\?mso-application progid=\"Word|<w:wordDocument|<pkg:package)", re.S
)


def kind_of(data: bytes) -> str | None:
    """Return the usual suffix of the format a file is in; None where its bytes do not tell, as with plain text."""
    if b"%PDF-" in data[:1024]:
        return ".pdf"
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    if data.startswith(_OLE):
        return next((kind for stream, kind in _STREAMS if stream.encode("utf-16-le") in data), None)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return ".webp"
    if data.startswith(b"BM") and data[6:10] == bytes(4):
        return ".bmp"
    return _written(data[:_HEAD])


def same_kind(suffix: str, kind: str) -> bool:
    """Tell whether a suffix names a kind of file."""
    return _ALIKE.get(suffix, suffix) == kind


def _zipped(data: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = [name.lower().replace("\\", "/") for name in package.namelist()]
            stated = package.read("mimetype")[:200].decode("ascii", "replace") if "mimetype" in names else ""
    except UNREADABLE:
        return None
    if "opendocument." in stated:
        return _OPEN_DOCUMENT.get(re.split(r"opendocument\.|-", stated)[1].strip(), ".zip")
    return next((kind for part, kind in _MAIN_PARTS if any(name.startswith(part) for name in names)), ".zip")


def _written(head: bytes) -> str | None:
    """Return the kind of a file that consists of text; markup is told by how it begins."""
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in head[:8]
    encoding = ("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-16-le") if wide else "utf-8-sig"
    text = head.decode(encoding, errors="replace")
    if _PAGE.match(text):
        return ".html"
    if _WORD_XML.match(text):
        return ".xml"
    headers = re.split(r"\r?\n\r?\n", text, maxsplit=1)[0]
    return ".mht" if _ARCHIVE.search(headers) and "mime-version:" in headers.lower() else None
