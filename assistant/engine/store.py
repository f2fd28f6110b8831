"""Token vectors on disk by content key: one mapped data file, and an index of fixed rows that is only appended to.

They are derived data, so nothing here is ever repaired. A row counts only if its checksum fits the bytes it points at;
whatever a crash left half-written is missing then, and the caller makes it anew. The caller sees to it that one
process writes at a time; readers need no lock.

    token-vectors.index    rows of 32 bytes; the first names the model and the generation, the others are
                           key digest, offset, number of pieces, checksum
    token-vectors.3.data   per clause: scales (float32), then values (int8, pieces x width); 3 is the generation
"""

from __future__ import annotations

import hashlib
import os
import struct
import zlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np

from assistant.engine.late import TokenVectors
from assistant.engine.weights import Bytes
from assistant.errors import InstallationError

INDEX = "token-vectors.index"
MAGIC = b"TOKENS1\n"
HEADER = struct.Struct("<8s16sQ")  # magic, digest of model and width, generation
ROW = struct.Struct("<16sQII")
SCALE_BYTES = 4


class _Row(NamedTuple):
    """Where the vectors of one clause stand in the data file."""

    digest: bytes
    offset: int
    pieces: int
    checksum: int


class TokenStore:
    """The token vectors of an installation's clauses under one model; those of another model count as missing."""

    def __init__(self, folder: Path, model_id: str, width: int) -> None:
        self._folder = folder
        self._index = folder / INDEX
        self._model = _digest(f"{model_id}/{width}")
        self._width = width
        self._seen: tuple[int, int, int] | None = None  # the index file as it was when last read
        self._generation = 0
        self._rows: dict[bytes, _Row] = {}
        self._data: Bytes = np.empty(0, np.uint8)
        self._read: dict[_Row, TokenVectors] = {}  # views of this data, whose checksum was found to fit

    def get(self, keys: Iterable[str]) -> dict[str, TokenVectors]:
        """Return the vectors of those keys that have any."""
        self._refresh()
        found = {}
        for key in keys:
            row = self._rows.get(_digest(key))
            if row and (tokens := self._tokens(row)):
                found[key] = tokens
        return found

    def lacking(self, keys: Iterable[str]) -> list[str]:
        """Return those keys that have no vectors, in order. Only `get` notices damaged ones."""
        self._refresh()
        return [key for key in keys if _digest(key) not in self._rows]

    def add(self, items: Iterable[tuple[str, TokenVectors]]) -> None:
        """Append vectors under their keys; later ones take the place of earlier ones."""
        self._refresh()
        with self._writing():
            if not self._generation:
                self._publish(self._unused_generation(), [])
            rows = []
            with self._data_file(self._generation).open("ab") as data:
                for key, tokens in items:
                    payload = tokens.scales.tobytes() + tokens.values.tobytes()
                    digest = _digest(key)
                    rows.append(_Row(digest, data.tell(), len(tokens.scales), _checksum(digest, payload)))
                    data.write(payload)
            with self._index.open("r+b") as index:
                index.seek(os.fstat(index.fileno()).st_size // ROW.size * ROW.size)  # over a row that was torn off
                index.write(_packed(rows))
                index.truncate()

    def compact(self, keep: Collection[str]) -> int:
        """Drop what is not under these keys, and return how many clauses were dropped."""
        self._refresh()
        wanted = {_digest(key) for key in keep}
        kept = [row for digest, row in self._rows.items() if digest in wanted]
        dropped = len(self._rows) - len(kept)
        if not dropped:
            return 0
        with self._writing():
            generation, rows = self._unused_generation(), []
            with self._data_file(generation).open("wb") as data:
                for row in kept:
                    rows.append(row._replace(offset=data.tell()))
                    data.write(self._payload(row))
            self._publish(generation, rows)
        return dropped

    def _publish(self, generation: int, rows: list[_Row]) -> None:
        """Make this the index, in one step, and remove the data of other generations."""
        draft = self._index.with_suffix(".draft")
        draft.write_bytes(HEADER.pack(MAGIC, self._model, generation) + _packed(rows))
        draft.replace(self._index)
        for data in self._data_files():
            if data != self._data_file(generation):
                data.unlink()
        self._refresh()

    def _refresh(self) -> None:
        """Read the index again if it changed since."""
        try:
            stat = self._index.stat()
            seen = (stat.st_ino, stat.st_size, stat.st_mtime_ns)
            if seen == self._seen:
                return
            self._generation, self._rows = self._read_index()
            path = self._data_file(self._generation)
            self._data = np.asarray(np.memmap(path, np.uint8, "r")) if self._rows else np.empty(0, np.uint8)
            self._read = {}
            self._seen = seen
        except (OSError, ValueError):  # none yet, or compacted away just now, or an empty data file
            self._seen, self._generation, self._rows = None, 0, {}

    def _read_index(self) -> tuple[int, dict[bytes, _Row]]:
        """Return generation and rows; no generation when the index is of another model or no index at all."""
        content = self._index.read_bytes()
        if len(content) < HEADER.size:
            return 0, {}
        magic, model, generation = HEADER.unpack_from(content)
        if (magic, model) != (MAGIC, self._model):
            return 0, {}
        whole = content[HEADER.size : len(content) // ROW.size * ROW.size]
        return generation, {row[0]: _Row(*row) for row in ROW.iter_unpack(whole)}

    def _tokens(self, row: _Row) -> TokenVectors | None:
        known = self._read
        if row not in known:
            payload = self._payload(row)
            if _checksum(row.digest, payload) != row.checksum:
                return None
            scales = np.frombuffer(payload, np.float32, row.pieces)
            values = np.frombuffer(payload, np.int8, offset=scales.nbytes)
            known[row] = TokenVectors(values.reshape(-1, self._width), scales)
        return known[row]

    def _payload(self, row: _Row) -> memoryview:
        """Return the bytes of a clause where they are mapped: a question reads some ten megabytes of them."""
        return self._data.data[row.offset : row.offset + row.pieces * (SCALE_BYTES + self._width)]

    def _data_file(self, generation: int) -> Path:
        return self._folder / f"token-vectors.{generation}.data"

    def _unused_generation(self) -> int:
        """Return a number no data file has: a reader may still map any of them, so none is ever written over."""
        return 1 + max((int(path.suffixes[0][1:]) for path in self._data_files()), default=0)

    def _data_files(self) -> list[Path]:
        return list(self._folder.glob("token-vectors.[0-9]*.data"))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            yield
        except OSError as error:
            raise InstallationError(
                f"The token vectors in {self._folder} cannot be written ({error.strerror}). "
                "Make room on the disk and the folder writable, then run the command again."
            ) from error


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def _checksum(digest: bytes, payload: bytes | memoryview) -> int:
    """Return a checksum that fits these vectors under this key only."""
    return zlib.crc32(payload, zlib.crc32(digest))


def _packed(rows: Iterable[_Row]) -> bytes:
    return b"".join(ROW.pack(*row) for row in rows)
