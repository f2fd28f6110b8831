"""The word index: the only file that knows tantivy.

A chunk has two parts, head (title, chapter, locator) and body (text, its translation, the questions it answers), each
indexed twice: as words and as character bigrams. We bring our own terms; tantivy only splits them at spaces.
"""

from __future__ import annotations

import json
import shutil
import zlib
from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from importlib.resources import files
from pathlib import Path
from typing import cast

import tantivy
from tantivy import Occur, Query

from assistant.index import trouble
from assistant.text import bigrams, words

VERSION = 1  # raise it when fields or terms change; the index is then rebuilt from the ledger
_TOKENIZER = "terms"
_ID, _POLICY = "id", "policy"
_FIELDS = {"words": ("body_words", "head_words"), "bigrams": ("body_bigrams", "head_bigrams")}
_WRITER_MEMORY = 64_000_000
_CHECKED = frozenset({".store", ".term", ".idx", ".fast", ".fieldnorm", ".pos"})
_FOOTER_MAGIC = (1337).to_bytes(4, "little")

Weights = Mapping[str, float]
Ranking = list[tuple[int, float]]


class Words:
    """BM25 over words and over bigrams of all chunks."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        directory.mkdir(parents=True, exist_ok=True)
        self._schema = _schema()
        with self._translated():
            self._index = tantivy.Index(self._schema, path=str(directory))
            self._index.register_tokenizer(
                _TOKENIZER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
            )
            self._index.config_reader("manual")
            self._index.reload()
            self._searcher = self._index.searcher()

    def refresh(self) -> None:
        """See what has been committed since, by this process or another."""
        with self._translated():
            self._index.reload()
            self._searcher = self._index.searcher()

    def search(
        self,
        leg: str,
        terms: Weights,
        k: int,
        head: float,
        policies: Collection[str] | None = None,
    ) -> Ranking:
        """Return (chunk id, BM25) of the best k chunks; `leg` is words or bigrams, `head` the weight of the head."""
        body_field, head_field = _FIELDS[leg]
        clauses = []
        for term, weight in terms.items():
            clauses.append((Occur.Should, self._term(body_field, term, weight)))
            if head:
                clauses.append((Occur.Should, self._term(head_field, term, weight * head)))
        if not clauses or k < 1:
            return []
        query = Query.boolean_query(clauses)
        if policies is not None:
            within = Query.const_score_query(Query.term_set_query(self._schema, _POLICY, list(policies)), 0.0)
            query = Query.boolean_query([(Occur.Must, query), (Occur.Must, within)])
        searcher = self._searcher  # another thread may refresh, and then the places of documents are others
        with self._translated():
            found = searcher.search(query, k, count=False).hits
            ids = searcher.fast_field_values(_ID, [address for _, address in found])
        ranking = [(cast(int, id_), float(score)) for id_, (score, _) in zip(ids, found, strict=True)]
        return sorted(ranking, key=lambda hit: (-hit[1], hit[0]))  # the id breaks ties, so that runs are repeatable

    def df(self, leg: str, term: str) -> int:
        """Return in how many chunks' bodies a term occurs."""
        with self._translated():
            return int(self._searcher.doc_freq(_FIELDS[leg][0], term))

    @property
    def size(self) -> int:
        """How many chunks the index holds."""
        return int(self._searcher.num_docs)

    def ids(self) -> set[int]:
        """Return every chunk the index holds."""
        with self._translated():
            return self._ids(Query.all_query(), self.size)

    def apply(self, present: Sequence[tuple[int, str, str, str]], absent: list[int]) -> None:
        """Take in chunks given as (id, policy, head, body), drop others, and commit.

        An id always stands for the same content, so a chunk that is already there is left alone.
        """
        with self._translated():
            self._clear_leftovers()
            writer = self._index.writer(_WRITER_MEMORY, 1)
            if absent:  # by query: the binding's deletion by term misses unsigned numbers
                writer.delete_documents_by_query(Query.term_set_query(self._schema, _ID, absent))
            held = self._held([chunk[0] for chunk in present])
            for id_, policy, head, body in present:
                if id_ not in held:
                    writer.add_document(self._document(id_, policy, head, body))
            writer.commit()
            writer.wait_merging_threads()
        self.refresh()

    def problems(self) -> list[str]:
        """Return the files whose checksum is wrong; tantivy writes one at the end of each file."""
        return [
            f"{path.name} is damaged"
            for path in sorted(self._directory.iterdir())
            if path.suffix in _CHECKED and not _sound(path.read_bytes())
        ]

    def _clear_leftovers(self) -> None:
        """Remove lists of deletions that a killed writer left before they counted: tantivy would trip over their names."""
        segments = json.loads((self._directory / "meta.json").read_text("utf-8"))["segments"]
        stems = {s["segment_id"].replace("-", ""): s["deletes"] for s in segments}
        counting = {f"{stem}.{deletes['opstamp']}.del" for stem, deletes in stems.items() if deletes}
        for path in self._directory.glob("*.del"):
            if path.name not in counting:
                path.unlink(missing_ok=True)

    def _held(self, ids: list[int]) -> set[int]:
        return self._ids(Query.term_set_query(self._schema, _ID, ids), len(ids))

    def _ids(self, query: Query, limit: int) -> set[int]:
        if not limit:
            return set()
        found = self._searcher.search(query, limit, count=False).hits
        return {cast(int, id_) for id_ in self._searcher.fast_field_values(_ID, [address for _, address in found])}

    def _term(self, field: str, term: str, weight: float) -> Query:
        query = Query.term_query(self._schema, field, term, "freq")
        return query if weight == 1 else Query.boost_query(query, weight)

    def _document(self, id_: int, policy: str, head: str, body: str) -> tantivy.Document:
        fields = {
            _ID: id_,
            _POLICY: policy,
            "head_words": " ".join(words(head)),
            "head_bigrams": " ".join(bigrams(head)),
            "body_words": " ".join(words(body)),
            "body_bigrams": " ".join(bigrams(body)),
        }
        return tantivy.Document.from_dict(fields, self._schema)

    def _translated(self) -> AbstractContextManager[None]:
        return trouble.told(f"The word index in {self._directory}")


def fingerprint() -> str:
    """Return what the terms of an index depend on: this format and the lexicon of the segmenter."""
    return f"{VERSION}-{zlib.crc32(files('assistant.text').joinpath('lexicon.txt').read_bytes()):08x}"


def erase(directory: Path) -> None:
    """Remove a word index."""
    shutil.rmtree(directory, ignore_errors=True)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field(_ID, indexed=True, fast=True)
    builder.add_text_field(_POLICY, tokenizer_name="raw", index_option="basic")
    for fields in _FIELDS.values():
        for field in fields:
            builder.add_text_field(field, tokenizer_name=_TOKENIZER, index_option="freq")
    return builder.build()


def _sound(data: bytes) -> bool:
    """A file ends in its checksum as JSON, the length of that JSON, and a magic number."""
    if data[-4:] != _FOOTER_MAGIC:
        return False
    length = int.from_bytes(data[-8:-4], "little")
    try:
        expected = json.loads(data[-8 - length : -8])["crc"]
    except (ValueError, KeyError):
        return False
    return bool(expected == zlib.crc32(data[: -8 - length]))
