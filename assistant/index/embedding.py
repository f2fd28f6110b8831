"""The embedder of an installation: what it makes of texts, and how a question is compared with clauses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.engine import LocalModel, Piece, TokenStore, TokenVectors, maxsim_profile
from assistant.errors import EngineError
from assistant.index.backlog import Floats
from assistant.index.records import StoredChunk

if TYPE_CHECKING:  # its import takes a quarter of a second
    from langchain_core.embeddings import Embeddings

AT_ONCE_ON_THE_FLY = 500  # texts without token vectors that are encoded while someone waits, about 7 ms each
_QUESTIONS = 256  # whose vectors are kept in memory, about 40 KB each


@dataclass(frozen=True, slots=True)
class Encoded:
    """A question as the embedder sees it; token vectors only from the bundled model."""

    vector: Floats | None  # of length 1; None without an embedder
    tokens: Floats | None = None  # one row for each of `pieces`
    pieces: tuple[Piece, ...] = ()
    bundled: bool = False  # of the bundled model, on whose cosines the ranker was fitted

    def shares(self, spans: Iterable[tuple[int, int, float]]) -> Floats:
        """Return how much each piece counts when the stretches (start, end, weight) of the question are what matters.

        A stretch's weight is divided among its pieces by the characters they cover; the shares sum to 1, or are all 0.
        """
        shares = np.zeros(len(self.pieces), dtype=np.float32)
        for start, end, weight in spans:
            for number, piece in enumerate(self.pieces):
                shares[number] += weight * max(min(piece.end, end) - max(piece.start, start), 0) / max(end - start, 1)
        total = shares.sum()
        return (shares / total).astype(np.float32) if total else shares


class Encoder:
    """An embedder with a name, and the token vectors it made, where it makes any and they are wanted."""

    def __init__(self, embedder: Embeddings, folder: Path, token_vectors: bool = True) -> None:
        self._embedder = embedder
        self.id = model_id(embedder)
        model = getattr(embedder, "model", None)
        self._model = model if isinstance(model, LocalModel) else None
        wanted = self._model if token_vectors else None
        self._store = TokenStore(folder, self.id, wanted.dimensions) if wanted else None
        self._unwanted = None if token_vectors else folder
        self._known = lru_cache(maxsize=_QUESTIONS)(self._encoded)

    def embed(self, keys: Sequence[bytes], texts: Sequence[str]) -> Floats:
        """Return a vector of length 1 for each text; its token vectors are stored under its key."""
        if self._model and self._store:
            passages = list(self._model.encode_passages(texts))
            self._store.add((key.hex(), passage.tokens) for key, passage in zip(keys, passages, strict=True))
            return np.stack([passage.vector for passage in passages])
        try:
            vectors = np.asarray(self._embedder.embed_documents(list(texts)), dtype=np.float32)
        except (ValueError, TypeError) as error:
            raise EngineError(f"{self.id} gave no usable vectors: {error}") from error
        if vectors.ndim != 2 or len(vectors) != len(texts) or not np.isfinite(vectors).all():
            raise EngineError(f"{self.id} gave {vectors.shape} for {len(texts)} texts, not one vector for each.")
        return unit(vectors)

    def compact(self, keys: Iterable[bytes]) -> None:
        """Drop the token vectors of all other keys."""
        if self._store:
            self._store.compact({key.hex() for key in keys})

    def unwanted(self) -> list[Path]:
        """Return the files of token vectors that were kept before they were turned off."""
        return sorted(self._unwanted.glob("token-vectors.*")) if self._unwanted else []

    def encode(self, question: str) -> Encoded:
        """Return the vector of a question, and its token vectors where the model gives any.

        One question is looked up in several sets of texts, and examples are asked again and again.
        """
        return self._known(question)

    def _encoded(self, question: str) -> Encoded:
        if self._model and self._store:
            query = self._model.encode_query(question)
            return Encoded(query.vector, query.tokens, query.pieces, bundled=True)
        vector = unit(np.asarray(self._embedder.embed_query(question), dtype=np.float32))
        return Encoded(vector, bundled=self._model is not None)

    def make_tokens(self, texts: Mapping[bytes, str], keep: Callable[[Callable[[], None]], None]) -> int:
        """Make the token vectors that are missing of texts by key; return how many. `keep` as for `compare`."""
        if not self._model or not self._store:
            return 0
        store, named = self._store, {key.hex(): text for key, text in texts.items()}
        lacking = store.lacking(named)
        passages = self._model.encode_passages(named[key] for key in lacking)
        made = {key: passage.tokens for key, passage in zip(lacking, passages, strict=True)}
        if made:
            keep(lambda: store.add(made.items()))
        return len(made)

    def compare(
        self, question: Encoded, chunks: Sequence[StoredChunk], keep: Callable[[Callable[[], None]], None]
    ) -> list[Floats] | None:
        """Return for each chunk, and in it for each piece of the question, the cosine of the nearest piece.

        Token vectors that are missing are made, and `keep` is given what stores them, to be called when nobody else
        writes. None where the model gives no token vectors, or where too many chunks lack them.
        """
        if question.tokens is None or not self._model or not self._store:
            return None
        store = self._store
        found: dict[str, TokenVectors] = store.get(chunk.key.hex() for chunk in chunks)
        lacking = {chunk.key.hex(): chunk.indexed for chunk in chunks if chunk.key.hex() not in found}
        if len(lacking) > AT_ONCE_ON_THE_FLY:
            return None
        if lacking:
            passages = self._model.encode_passages(lacking.values())
            made = {key: passage.tokens for key, passage in zip(lacking, passages, strict=True)}
            keep(lambda: store.add(made.items()))
            found |= made
        return [maxsim_profile(question.tokens, found[chunk.key.hex()]) for chunk in chunks]


def model_id(embedder: Embeddings) -> str:
    """Return the name under which vectors of this embedder are kept: its own, else that of its class and model."""
    named = getattr(embedder, "model_id", None)
    if isinstance(named, str):
        return named
    model = getattr(embedder, "model", None) or getattr(embedder, "model_name", None) or "default"
    return f"{type(embedder).__name__}:{model}"


def unit(vectors: Floats) -> Floats:
    """Return vectors scaled to length 1; a zero vector stays zero."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return (vectors / np.where(lengths == 0, 1, lengths)).astype(np.float32)
