"""Vectors that a corpus brings along, so that a new installation need not make them: small, and the same every time.

magic, number of vectors, their width, length of the model's name, the name
keys          16 bytes each, in order; a key is the digest of the text that was embedded
values        int8; the vectors have length 1, so no scale is needed, and 127 is the largest value of each
checksum      of all before
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from assistant.errors import CorpusError
from assistant.index.backlog import Floats
from assistant.index.embedding import unit

FILE = "vectors.bin"
_MAGIC = b"VECTORS1"
_HEADER = struct.Struct("<8sIHH")
_KEY_BYTES = 16
_CHECKSUM_BYTES = 16


def read(path: Path, model: str) -> dict[bytes, Floats]:
    """Return the vectors in a file by key, none where another model made them; CorpusError where it is unusable."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise CorpusError(f"{path} is missing") from None
    except OSError as error:
        raise CorpusError(f"{path} cannot be read ({error.strerror})") from error
    body, checksum = content[:-_CHECKSUM_BYTES], content[-_CHECKSUM_BYTES:]
    if not body.startswith(_MAGIC) or checksum != _checksum(body):
        raise CorpusError(f"{path} is damaged")
    _, count, width, length = _HEADER.unpack_from(body)
    keys_at = _HEADER.size + length
    if body[_HEADER.size : keys_at] != model.encode():
        return {}
    values_at = keys_at + count * _KEY_BYTES
    keys = [body[at : at + _KEY_BYTES] for at in range(keys_at, values_at, _KEY_BYTES)]
    values = np.frombuffer(body, np.int8, count * width, values_at).reshape(count, width)
    return dict(zip(keys, unit(values.astype(np.float32)), strict=True))


def write(path: Path, model: str, vectors: Mapping[bytes, Floats]) -> None:
    """Write vectors in the place of what the file held before; those that `read` gave are written as they were."""
    keys = sorted(vectors)
    rows = np.stack([vectors[key] for key in keys])
    values = np.rint(rows * (127 / np.abs(rows).max(axis=1, keepdims=True))).astype(np.int8)
    name = model.encode()
    body = _HEADER.pack(_MAGIC, len(keys), rows.shape[1], len(name)) + name + b"".join(keys) + values.tobytes()
    draft = path.with_suffix(".draft")
    draft.write_bytes(body + _checksum(body))
    draft.replace(path)


def _checksum(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=_CHECKSUM_BYTES).digest()
