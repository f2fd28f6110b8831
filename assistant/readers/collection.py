"""JSONL collections: one document per line, read as a stream so that a collection may be of any size."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from assistant.errors import NoTextFound, ReadError
from assistant.models import Source
from assistant.readers.declared import declared_metadata
from assistant.readers.encoding import is_garbled
from assistant.readers.limits import Limits
from assistant.readers.plain import text_lines
from assistant.readers.wording import short

_BOM = b"\xef\xbb\xbf"
_EXPECTED = 'Each line is one JSON object with "id" and "text", and "title" where there is one.'


def read_jsonl(path: Path, name: str, limits: Limits) -> Iterator[tuple[int, Source | ReadError]]:
    """Yield the number of every line that is not blank with its document, or with what is wrong with the line."""
    seen: dict[str, int] = {}
    for number, line in raw_lines(path, name, limits):
        try:
            source = read_line(line, f"{name} line {number}", limits)
            if source.name in seen:
                raise repeated(source.name, seen[source.name], f"{name} line {number}")
            seen[source.name] = number
            yield number, source
        except ReadError as error:
            yield number, error


def raw_lines(path: Path, name: str, limits: Limits) -> Iterator[tuple[int, bytes | None]]:
    """Yield number and bytes of every line that is not blank; None for one that is longer than the limit."""
    try:
        with path.open("rb") as stream:
            for number, line in enumerate(_bounded(stream.readline, limits.max_bytes), start=1):
                if line is None or line.strip():
                    yield number, line
    except OSError as error:
        raise ReadError(f"{name}: cannot be read ({error.strerror}). Check that it exists and may be read.") from error


def repeated(identifier: str, first: int, where: str) -> ReadError:
    """Return the complaint about a line whose id another line has already."""
    return ReadError(
        f"{where}: the id “{short(identifier)}” was already used on line {first}. Give every document an id of its own."
    )


def _bounded(readline: Any, limit: int) -> Iterator[bytes | None]:
    """Yield each line; None for one that is longer than the limit, which is skipped without being held."""
    first = True
    while line := readline(limit + 1):
        if first:
            line, first = line.removeprefix(_BOM), False
        if len(line) <= limit:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = readline(limit)
        yield None


def read_line(line: bytes | None, where: str, limits: Limits) -> Source:
    """Return the document of one line; raises ReadError naming `where` it stands and what is wrong with it."""
    if line is None:
        raise ReadError(
            f"{where}: is longer than {limits.max_bytes:,} bytes. Split the document, or raise the limit max_bytes."
        )
    fields = _object(line, where)
    identifier = fields.get("id")
    if isinstance(identifier, bool) or not isinstance(identifier, (str, int)) or not str(identifier).strip():
        raise ReadError(f'{where}: has no "id", or one that is neither text nor a number. {_EXPECTED}')
    text = fields.get("text")
    if not isinstance(text, str):
        raise ReadError(f'{where}: has no "text", or one that is no text. {_EXPECTED}')
    if len(text) > limits.max_characters:
        raise ReadError(
            f"{where}: the text has {len(text):,} characters and the limit is {limits.max_characters:,}. "
            "Split the document, or raise the limit max_characters."
        )
    lines = text_lines(text)
    if not lines:
        raise NoTextFound(
            f'{where}: the "text" of “{short(str(identifier))}” is empty. Fill it in, or remove the line.'
        )
    if is_garbled(text):
        raise ReadError(f"{where}: the text is garbled: it was once saved in the wrong encoding. Export it again.")
    metadata, findings = declared_metadata(fields, also_known=("id", "text"))
    return Source(str(identifier).strip(), lines, metadata, tuple(findings))


def _object(line: bytes, where: str) -> Mapping[str, object]:
    try:
        loaded = json.loads(line.decode("utf-8"))
        if b"\\ud" in line.lower():  # half of a surrogate pair is legal JSON, but no text
            loaded = json.loads(json.dumps(loaded, ensure_ascii=False).encode("utf-8", errors="replace"))
    except UnicodeDecodeError as error:
        raise ReadError(f"{where}: is not UTF-8, which JSONL has to be. Save the file as UTF-8.") from error
    except json.JSONDecodeError as error:
        raise ReadError(f"{where}: is no JSON ({error.msg} at column {error.colno}). {_EXPECTED}") from error
    except (RecursionError, ValueError) as error:
        raise ReadError(f"{where}: is JSON that cannot be taken in ({short(str(error), 80)}). {_EXPECTED}") from error
    if not isinstance(loaded, dict):
        raise ReadError(f"{where}: is JSON but no object. {_EXPECTED}")
    return loaded
