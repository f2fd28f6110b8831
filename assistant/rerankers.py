"""Rerankers by setting: a cross-encoder run here, or a server. Each is a function `(question, texts) -> scores`.

The default, late interaction, is none of these: it reads what the index holds already. Scores are only ever compared
within one call, so any scale will do.
"""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from assistant.config import CROSS_ENCODER, RetrievalSettings
from assistant.errors import ConfigError, EngineError

Reranker: TypeAlias = Callable[[str, Sequence[str]], list[float]]

KEY = "RERANKER_API_KEY"  # the environment variable with a server's key
AT_ONCE = 32  # texts in one request to text-embeddings-inference, which takes no more unless it is told to
PAUSE = 30  # seconds a server that failed is left alone, so that a batch of questions does not wait for it each time
_INSTEAD = 'or set reranker = "late" under [retrieval] in settings.toml'


def chosen(settings: RetrievalSettings) -> Reranker | None:
    """Return the reranker that is set, ready for use; None where late interaction or nothing is.

    Raises ConfigError for a cross-encoder that is not installed or cannot be loaded.
    """
    if settings.reranker.startswith(CROSS_ENCODER):
        return _cross_encoder(settings.reranker.removeprefix(CROSS_ENCODER))
    if "://" in settings.reranker:
        return _server(settings.reranker, settings.reranker_model, settings.reranker_timeout)
    return None


class CrossEncoderReranker:
    """A cross-encoder of sentence-transformers, which reads question and text together."""

    def __init__(self, name: str) -> None:
        try:
            from sentence_transformers import CrossEncoder
        except ImportError as error:
            raise ConfigError(
                f"The reranker {name} needs a package that is not installed: "
                f"pip install 'policy-assistant[sentence-transformers]'; {_INSTEAD}."
            ) from error
        try:
            self._model = CrossEncoder(name)
        except Exception as error:  # of torch, transformers or the hub, which share no base
            raise ConfigError(
                f"The reranker {name} cannot be loaded ({_first_line(error)}). Its name is that of a folder, or of a "
                f"model on huggingface.co, which is downloaded once; correct it, {_INSTEAD}."
            ) from error
        self._name = name

    def __call__(self, question: str, texts: Sequence[str]) -> list[float]:
        """Return a score for each text; raises EngineError when the model fails."""
        if not texts:
            return []
        try:
            found = self._model.predict([(question, text) for text in texts], show_progress_bar=False).tolist()
        except Exception as error:  # memory above all
            raise EngineError(f"The reranker {self._name} failed ({_first_line(error)}).") from error
        return _checked(dict(enumerate(found)), len(texts), f"The reranker {self._name}")


class ServerReranker:
    """A server with a `/rerank` endpoint.

    With a model's name the request is the one that Jina and Cohere began and vLLM, Infinity and llama.cpp understand
    (`model`, `query`, `documents`); without, that of text-embeddings-inference (`query`, `texts`).
    """

    def __init__(self, url: str, model: str | None, timeout: float) -> None:
        import httpx  # 0.1 s, so only where a server is set

        self._url = url if urlsplit(url).path.strip("/") else f"{url.rstrip('/')}/rerank"
        self._model = model
        self._timeout = timeout
        self._client = httpx.Client()  # follows no redirect: the key goes to the address that was set only
        self._resume = -math.inf  # when a server that failed is asked again
        self._name = f"The reranker at {self._url.partition('?')[0]}"

    def __call__(self, question: str, texts: Sequence[str]) -> list[float]:
        """Return a score for each text; raises EngineError when the server is slow, down, or answers something else."""
        if time.monotonic() < self._resume:
            raise EngineError(f"{self._name} failed a moment ago and is left alone for {PAUSE} seconds.")
        deadline = time.monotonic() + self._timeout
        size = len(texts) if self._model else AT_ONCE
        portions = [texts[start : start + size] for start in range(0, len(texts), max(size, 1))]
        try:
            return [score for portion in portions for score in self._ask(question, portion, deadline)]
        except EngineError:
            self._resume = time.monotonic() + PAUSE
            raise

    def _ask(self, question: str, texts: Sequence[str], deadline: float) -> list[float]:
        import httpx

        body = {"query": question} | (
            {"model": self._model, "documents": list(texts)}
            if self._model
            else {"texts": list(texts), "truncate": True}
        )
        key = _key()
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        left = max(deadline - time.monotonic(), 0.001)
        try:
            response = self._client.post(self._url, json=body, headers=headers, timeout=left)
        except httpx.TimeoutException as error:
            raise EngineError(
                f"{self._name} did not answer within {self._timeout:g} s. "
                "Raise reranker_timeout or lower rerank_depth under [retrieval] in settings.toml."
            ) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise EngineError(f"{self._name} cannot be reached ({error}). Start it, {_INSTEAD}.") from error
        if response.status_code in (401, 403):
            remedy = f"Correct the environment variable {KEY}." if key else f"Put it in the environment variable {KEY}."
            raise EngineError(f"{self._name} asks for another key (HTTP {response.status_code}). {remedy}")
        if not response.is_success:
            said = response.text[:200].replace(key, "***") if key else response.text[:200]
            raise EngineError(
                f"{self._name} answered HTTP {response.status_code} ({' '.join(said.split())}). "
                "Check its address, which mostly ends in /rerank, and reranker_model under [retrieval] in settings.toml."
            )
        try:
            return _checked(_scores(response.json()), len(texts), self._name)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise EngineError(
                f"{self._name} answered something that is no list of indexes with scores. "
                f"Check its address, which mostly ends in /rerank, {_INSTEAD}."
            ) from error


@lru_cache(maxsize=1)
def _cross_encoder(name: str) -> Reranker:
    return CrossEncoderReranker(name)


@lru_cache(maxsize=1)
def _server(url: str, model: str | None, timeout: float) -> Reranker:
    return ServerReranker(url, model, timeout)


def _key() -> str:
    """The server's key; "" where none is set. One that no header can hold would be told in an error, so it is refused."""
    key = os.environ.get(KEY, "").strip()
    if not (key.isascii() and key.isprintable()):
        raise EngineError(f"The environment variable {KEY} holds characters that no key has. Set it again.")
    return key


def _scores(answer: Any) -> dict[int, Any]:
    """Return the scores by index: from a bare list, or one under `results` or `data`; servers sort by score."""
    rows = answer if isinstance(answer, list) else answer.get("results", answer.get("data"))
    return {int(row["index"]): row["relevance_score" if "relevance_score" in row else "score"] for row in rows}


def _checked(scores: dict[int, Any], expected: int, name: str) -> list[float]:
    """Return the scores in the order of the texts, one for each."""
    if set(scores) != set(range(expected)):
        raise EngineError(f"{name} gave {len(scores)} scores for {expected} texts, not one for each.")
    found = [scores[number] for number in range(expected)]
    if not all(isinstance(score, int | float) and math.isfinite(score) for score in found):
        raise EngineError(f"{name} gave scores that are no numbers.")
    return [float(score) for score in found]


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
