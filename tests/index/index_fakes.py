"""A small installation to test with: policies of one line per clause, and an embedder one can check by hand."""

from __future__ import annotations

import zlib

from langchain_core.embeddings import Embeddings

from assistant.index import Index, Origin
from assistant.models import Chunk, Level, Metadata, Policy, Provision, Wording

KEYWORDS = ("实习", "税", "贷款", "土地", "教师", "学徒")


class KeywordEmbeddings(Embeddings):
    """Counts six keywords, plus a constant so that no vector is zero; remembers what it was asked to embed."""

    def __init__(self, model_id: str = "keywords-1") -> None:
        self.model_id = model_id
        self.embedded: list[str] = []

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.embedded.extend(texts)
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return [*(float(text.count(word)) for word in KEYWORDS), 0.1]


class DistinctEmbeddings(KeywordEmbeddings):
    """The same with a fingerprint of the text in four more numbers, so that no two texts have one vector."""

    def embed_query(self, text: str) -> list[float]:
        fingerprint = zlib.crc32(text.encode()).to_bytes(4, "big")
        return [*super().embed_query(text), *(byte / 2550 for byte in fingerprint)]


def policy(policy_id: str, *clauses: str, source: str = "", **metadata: object) -> Policy:
    """A policy of one article per text."""
    return Policy(
        id=policy_id,
        source=source or f"{policy_id}.md",
        wording=Wording.ORIGINAL,
        metadata=Metadata(**{"title": f"{policy_id}办法", **metadata}),
        provisions=tuple(
            Provision(f"{policy_id}/art_{n}", Level.ARTICLE, f"第{n}条", text, trail=("第一章 总则",))
            for n, text in enumerate(clauses, start=1)
        ),
    )


def chunks(of: Policy) -> tuple[Chunk, ...]:
    """One chunk per article."""
    return tuple(
        Chunk(n, (p.address,), f"{of.metadata.title} 第一章 总则 {p.locator}", p.text, len(p.text))
        for n, p in enumerate(of.provisions)
    )


def put(index: Index, *policies: Policy) -> None:
    """Store policies as if each had been read from a file of its own."""
    with index.writing():
        for each in policies:
            index.put(each, chunks(each), Origin(f"/files/{each.source}", "digest", "built"))


def found(index: Index, word: str, k: int = 10) -> list[str]:
    """The texts that the word index finds for one word, best first."""
    stored = index.chunks([id_ for id_, _ in index.search_words([word], k)])
    return [chunk.text for chunk in stored.values()]


def near(index: Index, text: str, k: int = 10) -> list[str]:
    """The texts that the vector index finds, nearest first."""
    query = KeywordEmbeddings().embed_query(text)
    return [chunk.text for chunk in index.chunks([id_ for id_, _ in index.search_vectors(query, k)]).values()]
