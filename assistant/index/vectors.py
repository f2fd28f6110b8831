"""The vector index: the only file that knows Chroma."""

from __future__ import annotations

import os
import threading
from collections.abc import Collection
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from assistant.index import trouble
from assistant.index.backlog import Floats

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateCollectionConfiguration

AT_ONCE = 5_000  # embedded Chroma takes 5,461 records in one call

_COLLECTION = "policies"
_SERVER_REMEDY = "Start the Chroma server again, or take chroma_url out of settings.toml to keep vectors here."
# A collection for each: asked for one language, Chroma is ten times slower at sorting the other out of a common one.
_LANGUAGES = ("zh", "en")
_CONFIGURATION: CreateCollectionConfiguration = {
    "hnsw": {
        "space": "ip",  # vectors have length 1, so the inner product is the cosine
        "ef_construction": 128,
        "ef_search": 200,
        # Written to disk after every call. Else the last records would be only in Chroma's log, and every reader would
        # build that part of the graph again at its first question (1.4 s for 10,000 records).
        "sync_threshold": 2,
        "batch_size": 2,
    }
}


class Vectors:
    """Cosine search over the vectors of one model, in a directory or on a Chroma server."""

    def __init__(self, place: Path | str, collection: str = _COLLECTION) -> None:
        self._place = place
        self._lock = threading.Lock()
        with self._translated():
            self._client = _client(place)
            self._collections = {
                language: self._client.get_or_create_collection(
                    _name(collection, language), embedding_function=None, configuration=_CONFIGURATION
                )
                for language in _LANGUAGES
            }

    def close(self) -> None:
        """Let go of the files."""
        with self._lock, self._translated():
            self._client.close()

    def search(
        self, vector: Floats, k: int, policies: Collection[str] | None = None, language: str | None = None
    ) -> list[tuple[int, float]]:
        """Return (chunk id, cosine) of the nearest k chunks, of some policies or one language only where asked."""
        where: dict[str, Any] | None = None if policies is None else {"policy": {"$in": sorted(policies)}}
        if k < 1 or (policies is not None and not policies):
            return []
        ranking: list[tuple[int, float]] = []
        for collection in self._collections.values() if language is None else [self._collections[language]]:
            with self._lock, self._translated():
                found = collection.query(
                    query_embeddings=[vector.tolist()], n_results=k, where=where, include=["distances"]
                )
            distances = (found["distances"] or [[]])[0]
            ranking += [(int(id_), 1 - distance) for id_, distance in zip(found["ids"][0], distances, strict=True)]
        return sorted(ranking, key=lambda hit: (-hit[1], hit[0]))[:k]

    def upsert(self, ids: list[int], policies: list[str], languages: list[str], vectors: Floats) -> None:
        """Take in vectors."""
        for language, collection in self._collections.items():
            ours = [number for number, each in enumerate(languages) if each == language]
            for start in range(0, len(ours), AT_ONCE):
                part = ours[start : start + AT_ONCE]
                with self._lock, self._translated():
                    collection.upsert(
                        ids=[str(ids[n]) for n in part],
                        embeddings=vectors[part],
                        metadatas=[{"policy": policies[n]} for n in part],
                    )

    def delete(self, ids: list[int]) -> None:
        """Drop vectors; ids that are not there are no error."""
        for collection in self._collections.values():
            for start in range(0, len(ids), AT_ONCE):
                with self._lock, self._translated():
                    collection.delete(ids=[str(id_) for id_ in ids[start : start + AT_ONCE]])

    def ids(self) -> set[int]:
        """Return every chunk the index holds."""
        with self._lock, self._translated():
            return {int(id_) for each in self._collections.values() for id_ in each.get(include=[])["ids"]}

    def _translated(self) -> AbstractContextManager[None]:
        name = f"The vector index in {self._place}"
        return trouble.told(name) if isinstance(self._place, Path) else trouble.told(name, _SERVER_REMEDY)


def _client(place: Path | str) -> Client:
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    import chromadb  # takes half a second, so only when vectors are wanted
    from chromadb.config import Settings

    chosen: dict[str, Any] = {"_env_file": None, "anonymized_telemetry": False}  # a stray .env must redirect nothing
    settings = Settings(**chosen)
    if isinstance(place, Path):
        return cast("Client", chromadb.PersistentClient(path=str(place), settings=settings))
    address = urlsplit(place)
    secure = address.scheme == "https"
    port = address.port or (443 if secure else 8000)
    client = chromadb.HttpClient(host=address.hostname or "localhost", port=port, ssl=secure, settings=settings)
    return cast("Client", client)


def drop(url: str, collection: str) -> None:
    """Remove the collections of an index from a server."""
    client = _client(url)
    there = {found.name for found in client.list_collections()}
    for name in (_name(collection, language) for language in _LANGUAGES):
        if name in there:
            client.delete_collection(name)
    client.close()


def _name(collection: str, language: str) -> str:
    return f"{collection}-{language}"
