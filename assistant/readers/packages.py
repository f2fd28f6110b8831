"""Zipped packages (DOCX, OFD): opened only when they unpack to something a document needs, parsed without entities."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import Any

from lxml import etree

from assistant.errors import ReadError
from assistant.readers.limits import Limits

# What the zip module raises for a package that is damaged, encrypted or packed in a way it does not know.
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ValueError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
)
_MOST_PARTS = 10_000
_SMALL_PART = 10_000_000  # bytes: below this, how well a part is packed says nothing


def check_size(parts: list[zipfile.ZipInfo], name: str, limits: Limits, remedy: str) -> None:
    """Refuse a package that unpacks to more than a document needs; `remedy` says how to make it smaller."""
    expanded = sum(part.file_size for part in parts)
    packed = [p for p in parts if p.file_size > _SMALL_PART and p.file_size > limits.max_expansion * p.compress_size]
    if expanded > limits.max_expanded_bytes or packed or len(parts) > _MOST_PARTS:
        raise ReadError(
            f"{name}: unpacks to {expanded:,} bytes in {len(parts)} parts, which is more than a document needs "
            f"(limit {limits.max_expanded_bytes:,}), so it was not opened. {remedy}"
        )


class Package:
    """The parts of a zipped package by their paths, which are matched as programs write them: with any case and slash."""

    def __init__(self, data: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self.parts = self._zip.infolist()
        self._by_path = {_path(part.filename).lower(): part for part in reversed(self.parts)}

    def find(self, location: str, beside: str = "") -> str | None:
        """Return the path of a part, given relative to the part `beside` or to the root; None where there is none."""
        folder = "" if location.startswith("/") else posixpath.dirname(beside)
        candidates = (_path(posixpath.join(folder, location.strip())), _path(location.strip()))
        return next((path for path in candidates if path.lower() in self._by_path), None)

    def read(self, path: str) -> bytes:
        """Return the bytes of a part."""
        return self._zip.read(self._by_path[path.lower()])

    def xml(self, path: str) -> Any:
        """Return the root element of a part, parsed without following entities or addresses."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
        return etree.fromstring(self.read(path), parser)


def _path(location: str) -> str:
    return posixpath.normpath(location.replace("\\", "/").lstrip("/"))
