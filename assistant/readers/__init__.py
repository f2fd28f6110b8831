"""Files to sources: one call per file, whatever its format; every failure is a ReadError that says what to do."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from assistant.errors import NoTextFound, ReadError, UnsupportedFormat
from assistant.models import Source
from assistant.readers.formats import WORDS, kind_of, same_kind
from assistant.readers.limits import Limits
from assistant.readers.wording import counted

__all__ = ["COLLECTIONS", "SUFFIXES", "VERSION", "Limits", "read", "read_jsonl"]

VERSION = 2  # raise it when the same file comes to give another text: documents are then read anew

logger = logging.getLogger(__name__)

_DEFAULTS = Limits()

Reader = Callable[[bytes, str, Limits], Source]

# What to do with files that no reader knows, by suffix.
_REMEDIES = {
    **dict.fromkeys((".xls", ".xlsx", ".csv", ".et", ".ods"), "Save the sheet as a web page (HTML)."),
    **dict.fromkeys((".ppt", ".pptx", ".dps"), "Export it as PDF."),
    **dict.fromkeys((".gif", ".webp", ".heic", ".psd"), "Save the picture as PNG or JPEG."),
    **dict.fromkeys((".zip", ".rar", ".7z", ".gz", ".tar"), "Unpack it and give the files inside."),
    **dict.fromkeys((".url", ".webloc"), "Open the address and save the page as HTML."),
    **dict.fromkeys((".json",), "Write one JSON object per line and name the file .jsonl."),
    ".locked": "Open it with the password in Word, WPS or LibreOffice and save a copy without one.",
}


def _pdf(data: bytes, name: str, limits: Limits) -> Source:
    from assistant.readers.pdf import read_pdf

    return read_pdf(data, name, limits)


def _docx(data: bytes, name: str, limits: Limits) -> Source:
    from assistant.readers.docx import read_docx

    return read_docx(data, name, limits)


def _images(data: bytes, name: str, limits: Limits) -> Source:
    from assistant.readers.images import read_images

    return read_images(data, name, limits)


def _html(data: bytes, name: str, limits: Limits) -> Source:
    from assistant.readers.html import read_html

    return read_html(data, name, limits)


def _archive(data: bytes, name: str, limits: Limits) -> Source:
    from assistant.readers.html.archive import read_archive

    return read_archive(data, name, limits)


def _ofd(data: bytes, name: str, limits: Limits) -> Source:
    from assistant.readers.ofd import read_ofd

    return read_ofd(data, name, limits)


def _office(data: bytes, name: str, limits: Limits, kind: str) -> Source:
    from assistant.readers.office import read_office

    return read_office(data, name, limits, kind)


def _markdown(data: bytes, name: str, limits: Limits) -> Source:
    from assistant.readers.markdown import read_markdown

    return read_markdown(data, name, limits)


def _plain(data: bytes, name: str, limits: Limits) -> Source:
    from assistant.readers.plain import read_plain

    return read_plain(data, name, limits)


_OFFICE = (".doc", ".wps", ".rtf", ".odt")  # read through LibreOffice
# Each reader brings its own libraries, so it is loaded when its first file comes.
_READERS: Mapping[str, Reader] = {
    ".pdf": _pdf,
    ".docx": _docx,
    ".ofd": _ofd,
    **{suffix: partial(_office, kind=suffix) for suffix in _OFFICE},
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"), _images),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml"), _html),
    **dict.fromkeys((".mht", ".mhtml"), _archive),
    **dict.fromkeys((".md", ".markdown"), _markdown),
    **dict.fromkeys((".txt", ".text"), _plain),
}
COLLECTIONS = frozenset((".jsonl", ".ndjson"))  # files that hold many documents: `read_jsonl`
SUFFIXES = frozenset(_READERS) | COLLECTIONS


def read(path: Path, name: str, limits: Limits = _DEFAULTS) -> Source:
    """Return one document, named as the user gave it; raises ReadError for whatever cannot be read."""
    suffix = path.suffix.lower()
    if suffix in COLLECTIONS:
        raise UnsupportedFormat(f"{name}: is a collection of many documents. Read it line by line (read_jsonl).")
    data = _bytes(path, name, limits)
    reader, finding = _reader(suffix, data, name)
    try:
        source = reader(data, name, limits)
    except ReadError:
        raise
    except Exception as error:  # a parser met something its authors did not expect; the batch must go on
        logger.debug("%s could not be parsed", name, exc_info=True)
        raise ReadError(
            f"{name}: the file is damaged or of an unusual kind ({type(error).__name__}: {error}). "
            "Open it in the program it was made with and save it again."
        ) from error
    characters = sum(len(line.text) for line in source.lines)
    if characters > limits.max_characters:
        raise ReadError(
            f"{name}: holds {characters:,} characters and the limit is {limits.max_characters:,}. "
            "Split it, or raise the limit max_characters."
        )
    if not characters:
        raise NoTextFound(f"{name}: holds no text. Check that it is the right file and saved completely.")
    found = [told for told in (finding, _tag_characters(data)) if told]
    return replace(source, findings=(*found, *source.findings)) if found else source


def _tag_characters(data: bytes) -> str | None:
    """What is told of letters that no reader can see and a program can; every text is freed of them."""
    number = data.count(b"\xf3\xa0\x80") + data.count(b"\xf3\xa0\x81")  # U+E0000 to U+E007F in UTF-8
    return f"{counted(number, 'unseen tag character')} removed" if number else None


def read_jsonl(path: Path, name: str, limits: Limits = _DEFAULTS) -> Iterator[tuple[int, Source | ReadError]]:
    """Yield line number and document of a JSONL collection; a bad line yields its error and the next goes on."""
    from assistant.readers.collection import read_jsonl as stream

    yield from stream(path, name, limits)


def _reader(suffix: str, data: bytes, name: str) -> tuple[Reader, str | None]:
    """Return the reader for what a file is by its bytes, else by its name, and what to say where the two differ."""
    kind = kind_of(data)
    if kind is None and suffix in _READERS:
        is_text = suffix in _OFFICE and b"\0" not in data
        return (_plain, "is plain text by its content and was read as such") if is_text else (_READERS[suffix], None)
    if kind is None:
        remedy = _REMEDIES.get(suffix, f"Readable are {', '.join(sorted(SUFFIXES))}.")
        told = f"{suffix} files are" if suffix else "a file without a suffix is"
        raise UnsupportedFormat(f"{name}: {told} not readable. {remedy}")
    reader = _READERS.get(kind) or (partial(_office, kind=kind) if kind == ".xml" else None)
    if same_kind(suffix, kind):
        if reader is None:
            raise UnsupportedFormat(f"{name}: {suffix} files are not readable. {_REMEDIES[kind]}")
        return _READERS.get(suffix, reader), None
    if reader is None:
        raise UnsupportedFormat(f"{name}: is {WORDS[kind]}, which is not readable. {_REMEDIES[kind]}")
    return reader, f"is {WORDS[kind]} by its content and was read as such"


def _bytes(path: Path, name: str, limits: Limits) -> bytes:
    try:
        size = path.stat().st_size
        if size > limits.max_bytes:
            raise ReadError(
                f"{name}: has {size:,} bytes and the limit is {limits.max_bytes:,}. "
                "Split it, or raise the limit max_bytes."
            )
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(f"{name}: cannot be read ({error.strerror}). Check that it exists and may be read.") from error
    if not data.strip():
        raise NoTextFound(f"{name}: the file is empty. Download or save it again.")
    return data
