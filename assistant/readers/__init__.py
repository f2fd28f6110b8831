"""Files to sources: one call per file, whatever its format; every failure is a ReadError that says what to do."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from assistant.errors import NoTextFound, ReadError, UnsupportedFormat
from assistant.models import Source
from assistant.readers.limits import Limits

__all__ = ["COLLECTIONS", "SUFFIXES", "VERSION", "Limits", "read", "read_jsonl"]

VERSION = 2  # raise it when the same file comes to give another text: documents are then read anew

logger = logging.getLogger(__name__)

_DEFAULTS = Limits()

Reader = Callable[[bytes, str, Limits], Source]

# What to do with files that no reader knows, by suffix.
_REMEDIES = {
    **dict.fromkeys((".doc", ".wps", ".rtf", ".odt"), "Open it in Word, WPS or LibreOffice and save it as DOCX."),
    **dict.fromkeys((".ofd",), "Open it in its viewer and export it as PDF."),
    **dict.fromkeys((".xls", ".xlsx", ".csv", ".et", ".ods"), "Save the sheet as a web page (HTML)."),
    **dict.fromkeys((".ppt", ".pptx", ".dps"), "Export it as PDF."),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif"), "Run text recognition (OCR) over it."),
    **dict.fromkeys((".zip", ".rar", ".7z", ".gz", ".tar"), "Unpack it and give the files inside."),
    **dict.fromkeys((".mht", ".mhtml", ".url", ".webloc"), "Save the page as HTML."),
    **dict.fromkeys((".json",), "Write one JSON object per line and name the file .jsonl."),
}


def _pdf(data: bytes, name: str, limits: Limits) -> Source:
    from assistant.readers.pdf import read_pdf

    return read_pdf(data, name, limits)


def _docx(data: bytes, name: str, limits: Limits) -> Source:
    from assistant.readers.docx import read_docx

    return read_docx(data, name, limits)


def _html(data: bytes, name: str, limits: Limits) -> Source:
    from assistant.readers.html import read_html

    return read_html(data, name, limits)


def _markdown(data: bytes, name: str, limits: Limits) -> Source:
    from assistant.readers.markdown import read_markdown

    return read_markdown(data, name, limits)


def _plain(data: bytes, name: str, limits: Limits) -> Source:
    from assistant.readers.plain import read_plain

    return read_plain(data, name, limits)


# Each reader brings its own libraries, so it is loaded when its first file comes.
_READERS: Mapping[str, Reader] = {
    ".pdf": _pdf,
    ".docx": _docx,
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml"), _html),
    **dict.fromkeys((".md", ".markdown"), _markdown),
    **dict.fromkeys((".txt", ".text"), _plain),
}
COLLECTIONS = frozenset((".jsonl", ".ndjson"))  # files that hold many documents: `read_jsonl`
SUFFIXES = frozenset(_READERS) | COLLECTIONS


def read(path: Path, name: str, limits: Limits = _DEFAULTS) -> Source:
    """Return one document, named as the user gave it; raises ReadError for whatever cannot be read."""
    reader = _reader(path, name)
    data = _bytes(path, name, limits)
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
    return source


def read_jsonl(path: Path, name: str, limits: Limits = _DEFAULTS) -> Iterator[tuple[int, Source | ReadError]]:
    """Yield line number and document of a JSONL collection; a bad line yields its error and the next goes on."""
    from assistant.readers.collection import read_jsonl as stream

    yield from stream(path, name, limits)


def _reader(path: Path, name: str) -> Reader:
    suffix = path.suffix.lower()
    if suffix in _READERS:
        return _READERS[suffix]
    if suffix in COLLECTIONS:
        raise UnsupportedFormat(f"{name}: is a collection of many documents. Read it line by line (read_jsonl).")
    remedy = _REMEDIES.get(suffix, f"Readable are {', '.join(sorted(SUFFIXES))}.")
    kind = f"{suffix} files are" if suffix else "a file without a suffix is"
    raise UnsupportedFormat(f"{name}: {kind} not readable. {remedy}")


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
