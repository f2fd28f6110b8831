"""The installation: one ledger and the indexes derived from it, for one writer and any number of readers."""

from __future__ import annotations

import itertools
import logging
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import numpy as np

from assistant.config import Settings
from assistant.errors import InstallationBusy, InstallationError
from assistant.index import backlog, shipped
from assistant.index.backlog import Floats
from assistant.index.doctor import Finding, doctor
from assistant.index.embedding import Encoded, Encoder, unit
from assistant.index.ledger import Ledger
from assistant.index.lock import WriterLock
from assistant.index.records import Entry, Failure, Origin, Run, StoredChunk
from assistant.index.shelf import Shelf
from assistant.index.words import Ranking, Words, erase, fingerprint
from assistant.models import Chunk, Policy, Provision, Role

if TYPE_CHECKING:  # its import takes a quarter of a second
    from langchain_core.embeddings import Embeddings

    from assistant.index.seen import SeenIndex

logger = logging.getLogger(__name__)

TOKENS_AT_ONCE = 8  # texts, about 60 ms: so long a question may have to wait for its turn
EMBED_AT_ONCE = 256  # texts between two commits: what a broken-off run may have to embed again
PUBLISH_AFTER = 8_192  # texts, so that in a long run the first vectors answer before the last are made
_WORDS_NOTE, _SURPLUS_NOTE = "words", "surplus tokens"
_CACHED = 50_000  # chunks kept in memory
_SURPLUS = 500  # hits asked for beyond k at most, where removed chunks may still be among them

Terms = Sequence[str] | Mapping[str, float]


@dataclass(slots=True)
class _Cache:
    """What has been read of one generation."""

    generation: int
    chunks: dict[int, StoredChunk] = field(default_factory=dict)
    policies: dict[str, Policy] = field(default_factory=dict)
    subtrees: dict[str, tuple[Provision, ...]] = field(default_factory=dict)
    shelves: dict[str, tuple[StoredChunk, ...]] = field(default_factory=dict)  # a policy's chunks in order
    clauses: dict[str, dict[tuple[str, ...], StoredChunk]] = field(default_factory=dict)  # of a policy, by addresses
    size: int | None = None
    pending: int | None = None
    owed: dict[str, int] = field(default_factory=dict)  # to each derived index
    all_policies: tuple[Policy, ...] | None = None


class Index:
    """Stores documents and ranks their chunks; readers see the last complete generation, of this or another process."""

    def __init__(self, home: Path, embedder: Embeddings | Callable[[], Embeddings] | None, settings: Settings) -> None:
        self.home = home
        self.ledger = Ledger(home / "ledger.sqlite")
        self.shelf = Shelf(home / "chroma", self.ledger.database, settings.chroma_url)
        self._database = self.ledger.database
        self._lock = WriterLock(home / "lock")
        self._embedder = embedder
        self._token_vectors = settings.embedding.token_vectors
        self._words: Words | None = None
        self._cache = _Cache(-1)
        self._held = threading.local()  # in `cache`, what a thread goes by until it is done reading
        self._seen: dict[str | None, SeenIndex] = {}

    @classmethod
    def open(
        cls,
        home: Path,
        embedder: Embeddings | Callable[[], Embeddings] | None = None,
        settings: Settings | None = None,
        *,
        recover: bool = True,
    ) -> Self:
        """Return the installation in a folder, which is created where it is missing.

        What a killed writer left undone is done now, unless another process is writing. Without `embedder` documents
        can be stored and searched by words; one given as a function is made when it is first needed.
        """
        try:
            home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InstallationError(f"{home} cannot be created ({error.strerror}). Choose another folder.") from error
        index = cls(home, embedder, settings or Settings())
        if recover:
            index._recover()
        return index

    def seen_by(self, name: str | None) -> SeenIndex:
        """Return the index as one person sees it, None for nobody in particular: what is private to others is not there."""
        from assistant.index.seen import SeenIndex  # which is an Index itself

        return self._seen.setdefault(name, SeenIndex(self, name))

    def close(self) -> None:
        """Let go of all files."""
        self.shelf.close()
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    # -- writing

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the one writer; may be entered again. What is stored inside is found by its words at the latest after."""
        with self._lock.held() as outermost:
            if outermost:
                self.deliver_words()  # what a killed writer owed
            try:
                yield
            except Exception:
                if outermost:
                    self.deliver_words()
                raise
            if outermost:  # not after Ctrl+C, which may have come in the middle of this; the next opening does it
                self.deliver_words()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Store several documents in one transaction, which is faster."""
        with self.writing(), self._database.transaction():
            yield

    def put(self, policy: Policy, chunks: Sequence[Chunk], origin: Origin) -> None:
        """Store a document in place of what its source held before."""
        with self.writing():
            self.ledger.put(policy, chunks, origin)

    def remove(self, source: str) -> bool:
        """Remove a document, which stops answering at once; return whether there was one."""
        return self.remove_all([source]) == 1

    def remove_all(self, sources: Iterable[str]) -> int:
        """Remove documents together; return how many there were."""
        with self.writing():
            return self.ledger.remove(sources)

    def forget_removed(self) -> None:
        """Take what was removed out of the vectors too, which otherwise wait for the next document to be added."""
        encoder = self._encoder
        if encoder is None or not backlog.owed(self._database, "vectors"):
            return
        with self.writing():
            self.shelf.publish(encoder.id)
            self._forget_unused(encoder)

    def deliver_words(self) -> None:
        """Let the word index take in what has been stored, so that it is found."""
        anew = self._database.note(_WORDS_NOTE) != fingerprint()
        if anew:
            self._words = None
            erase(self.home / "words")
        elif not backlog.owed(self._database, "words"):
            return
        words = self._words = self._words or Words(self.home / "words")
        for due in backlog.words_due(self._database, everything=anew):
            words.apply(due.present, due.absent)
            backlog.settle(self._database, "words", due.ids)
        if anew:
            with self._database.transaction():
                backlog.settle_gone(self._database, "words")
                self._database.remember(_WORDS_NOTE, fingerprint())

    def take_vectors(self, path: Path) -> int:
        """Take the vectors a corpus ships for texts that have none yet; return how many, CorpusError for a bad file.

        Their token vectors, which are forty times as large, are made for the clauses that questions lead to.
        """
        encoder = self._encoder
        if encoder is None:
            return 0
        with self.writing():
            lacking = backlog.unembedded(self._database, encoder.id)
            known = shipped.read(path, encoder.id) if lacking else {}
            taken = sorted(lacking & known.keys())
            if taken:
                backlog.keep_vectors(self._database, encoder.id, taken, np.stack([known[key] for key in taken]))
        return len(taken)

    def embed_pending(self, progress: Callable[[int, int], None] | None = None) -> int:
        """Make the vectors that are missing, a batch at a time, each kept as soon as it is made; return how many.

        `progress` is called with the numbers of texts done and to do.
        """
        encoder = self._encoder
        if encoder is None:
            return 0
        with self.writing():
            waiting = backlog.texts(self._database, backlog.unembedded(self._database, encoder.id))
            for start in range(0, len(waiting), EMBED_AT_ONCE):
                keys, texts = zip(*waiting[start : start + EMBED_AT_ONCE], strict=True)
                backlog.keep_vectors(self._database, encoder.id, keys, encoder.embed(keys, texts))
                if (start + EMBED_AT_ONCE) % PUBLISH_AFTER == 0:
                    self.shelf.publish(encoder.id)
                if progress:
                    progress(start + len(keys), len(waiting))
            self.shelf.publish(encoder.id)
            self._forget_unused(encoder)
            for file in encoder.unwanted():
                file.unlink(missing_ok=True)
        return len(waiting)

    def rebuild_words(self) -> None:
        """Build the word index again from the ledger."""
        with self._lock.held():
            self._database.remember(_WORDS_NOTE, "")
            self.deliver_words()

    def rebuild_vectors(self) -> None:
        """Build the vector index again from the vectors kept in the ledger; nothing is embedded."""
        with self.writing():
            self.shelf.discard()
            if self.model:
                self.shelf.publish(self.model)

    def doctor(self, *, repair: bool = False) -> list[Finding]:
        """Return what is not in order; with `repair`, after putting the derived indexes right from the ledger."""
        self._cache = _Cache(-1)  # looked at anew, whatever is remembered
        return doctor(self, repair=repair)

    # -- reading

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Go by one generation, looked up once, in this thread: the hundreds of looks of one question are at the same.

        May be entered again. What was read once stays as it was; a new generation is noticed the next time.
        """
        if getattr(self._held, "cache", None) is not None:
            yield
            return
        self._held.cache = self._current()
        try:
            yield
        finally:
            self._held.cache = None

    @property
    def generation(self) -> int:
        """A number that grows with every change."""
        return self._current().generation

    @property
    def size(self) -> int:
        """How many chunks there are."""
        cache = self._current()
        if cache.size is None:
            cache.size = self.ledger.sizes()[2]
        return cache.size

    @property
    def model(self) -> str | None:
        """The model whose vectors are searched: the embedder's, without one that of the vectors there are."""
        if self._encoder:
            return self._encoder.id
        manifest = self.shelf.manifest()
        return manifest.model if manifest else None

    @property
    def is_new(self) -> bool:
        """Whether no ingest has ever begun here."""
        return not self.ledger.has_runs()

    def pending(self) -> int:
        """Return how many texts still lack a vector."""
        cache = self._current()
        if cache.pending is None:
            encoder = self._encoder
            cache.pending = len(backlog.unembedded(self._database, encoder.id)) if encoder else 0
        return cache.pending

    def unwanted(self) -> int:
        """Return how many bytes token vectors take that are turned off."""
        return sum(file.stat().st_size for file in self._encoder.unwanted()) if self._encoder else 0

    def writer(self) -> str | None:
        """Return which other process is writing, or None."""
        return self._lock.holder()

    def entries(self) -> list[Entry]:
        """Return the table of contents, in the order of sources."""
        return self.ledger.entries()

    def runs(self, most: int) -> list[Run]:
        """Return the last ingests, the latest first."""
        return self.ledger.runs(most)

    def failures(self) -> list[Failure]:
        """Return what could not be read when it was last tried."""
        return self.ledger.all_failures()

    def policies(self) -> tuple[Policy, ...]:
        """Return every policy, without provisions, in the order of ids."""
        cache = self._current()
        if cache.all_policies is None:
            cache.all_policies = tuple(self.ledger.policies())
        return cache.all_policies

    def policy(self, id_or_source: str) -> Policy | None:
        """Return a policy with its provisions."""
        return self.ledger.policy(id_or_source)

    def find_policies(self, *, doc_number: str | None = None, title: str | None = None) -> list[Policy]:
        """Return the policies, without provisions, that have a 文号 or a title; a title may be given in part."""
        ids = self.ledger.by_number(doc_number) if doc_number else self.ledger.by_title(title or "")
        found = self.ledger.light_policies(ids)
        return [found[id_] for id_ in ids if id_ in found]

    def provisions(self, policy_id: str) -> tuple[Provision, ...]:
        """Return a policy's provisions in document order."""
        return self.subtree(policy_id)

    def subtree(self, address: str) -> tuple[Provision, ...]:
        """Return the provision at an address with all under it, in document order; a policy id gives all of it."""
        known = self._current().subtrees
        if address not in known:
            known[address] = self.ledger.subtree(address)
        return known[address]

    def chunks(self, ids: Collection[int]) -> dict[int, StoredChunk]:
        """Return chunks in the order asked for; what has been removed is left out."""
        cache = self._current()
        if len(cache.chunks) > _CACHED:
            cache.chunks, cache.shelves, cache.clauses = {}, {}, {}
        known = cache.chunks
        if unknown := [id_ for id_ in ids if id_ not in known]:
            known.update(self.ledger.chunks(unknown, cache.policies))
        return {id_: known[id_] for id_ in ids if id_ in known}

    def chunks_of(self, policy_id: str) -> tuple[StoredChunk, ...]:
        """Return a policy's chunks in document order."""
        known = self._current().shelves
        if policy_id not in known:
            known[policy_id] = tuple(self.chunks(self.ledger.chunk_ids(policy_id)).values())
        return known[policy_id]

    def clause_of(self, chunk: StoredChunk) -> StoredChunk:
        """Return the chunk with the clause's own words: a translation or a lay question stands for it."""
        if chunk.role is Role.TEXT:
            return chunk
        known, policy = self._current().clauses, chunk.policy.id
        if policy not in known:
            known[policy] = {c.addresses: c for c in reversed(self.chunks_of(policy)) if c.role is Role.TEXT}
        return known[policy].get(chunk.addresses, chunk)

    def search_words(
        self, terms: Terms, k: int, *, head: float = 1.0, policies: Collection[str] | None = None
    ) -> Ranking:
        """Return (chunk id, BM25) by words; `head` weighs a match in title, chapter and locator."""
        return self._search("words", terms, k, head, policies)

    def search_bigrams(
        self, terms: Terms, k: int, *, head: float = 1.0, policies: Collection[str] | None = None
    ) -> Ranking:
        """Return (chunk id, BM25) by character bigrams; `head` weighs a match in title, chapter and locator."""
        return self._search("bigrams", terms, k, head, policies)

    def search_vectors(
        self,
        vector: Sequence[float] | Floats | None,
        k: int,
        *,
        policies: Collection[str] | None = None,
        language: str | None = None,
    ) -> Ranking:
        """Return (chunk id, cosine) by meaning, where asked in one language; empty without a vector or an index.

        Raises InstallationError where the vectors there are come from another model.
        """
        model = self.model
        if model is None or vector is None:
            return []
        query = unit(np.asarray(vector, dtype=np.float32))
        return self._living(self.shelf.search(model, query, k + self._surplus("vectors"), policies, language), k)

    def encode(self, question: str) -> Encoded:
        """Return a question as the embedder sees it."""
        return self._encoder.encode(question) if self._encoder else Encoded(None)

    def compare(self, question: Encoded, chunks: Sequence[StoredChunk]) -> list[Floats] | None:
        """Return for each chunk, and in it for each piece of the question, the cosine of the nearest piece.

        None where there are no token vectors to compare.
        """
        return self._encoder.compare(question, chunks, self._keep_tokens) if self._encoder else None

    def make_token_vectors(self) -> Iterator[int]:
        """Make those token vectors that questions have not needed so far, a few at a time; yield how many were made."""
        if encoder := self._encoder:
            chunks = (chunk for policy in self.policies() for chunk in self.chunks_of(policy.id))
            while few := list(itertools.islice(chunks, TOKENS_AT_ONCE)):
                yield encoder.make_tokens({chunk.key: chunk.indexed for chunk in few}, self._keep_tokens)

    def df(self, term: str, leg: str = "words") -> int:
        """Return in how many chunks a word (with leg "bigrams": a bigram) occurs."""
        self._current()
        return self.words().df(leg, term)

    def words(self) -> Words:
        """Return the word index; raises InstallationError where it cannot be used."""
        if self._words is None:
            words = Words(self.home / "words")
            if words.size == 0 and self.size and not backlog.owed(self._database, "words"):
                raise InstallationError(
                    f"The word index in {self.home / 'words'} is empty. "
                    "Nothing is lost: `assistant doctor --repair` builds it again."
                )
            self._words = words
        return self._words

    @cached_property
    def _encoder(self) -> Encoder | None:
        """Made when it is first needed: to list what is held, nobody should wait for a model."""
        embedder = self._embedder() if callable(self._embedder) else self._embedder
        return Encoder(embedder, self.home / "tokens", self._token_vectors) if embedder else None

    def _keep_tokens(self, store: Callable[[], None]) -> None:
        """Store what was made while someone waited for an answer; where another writes, the next question makes it."""
        try:
            with self._lock.held(wait=False):
                store()
        except InstallationError as error:
            logger.debug("token vectors were not kept: %s", error)

    def _forget_unused(self, encoder: Encoder) -> None:
        """Drop vectors of texts that are gone; token vectors (32 KB each) only when it is worth copying the rest."""
        surplus = int(self._database.note(_SURPLUS_NOTE) or 0) + backlog.forget_unused_vectors(self._database)
        if surplus > max(self.size // 4, _SURPLUS):
            encoder.compact(backlog.keys(self._database))
            surplus = 0
        if surplus != int(self._database.note(_SURPLUS_NOTE) or 0):
            self._database.remember(_SURPLUS_NOTE, str(surplus))

    def _search(self, leg: str, terms: Terms, k: int, head: float, policies: Collection[str] | None) -> Ranking:
        self._current()
        weights = terms if isinstance(terms, Mapping) else dict.fromkeys(terms, 1.0)
        return self._living(self.words().search(leg, weights, k + self._surplus("words"), head, policies), k)

    def _living(self, ranking: Ranking, k: int) -> Ranking:
        """Only the ledger knows what has been removed a moment ago."""
        living = self.ledger.living([id_ for id_, _ in ranking])
        return [hit for hit in ranking if hit[0] in living][:k]

    def _surplus(self, leg: str) -> int:
        known = self._current().owed
        if leg not in known:
            known[leg] = backlog.owed(self._database, leg)
        return min(known[leg], _SURPLUS)

    def _current(self) -> _Cache:
        """Return what is cached of this generation, which nothing is at first."""
        held: _Cache | None = getattr(self._held, "cache", None)
        if held is not None:
            return held
        generation = self._database.generation()
        current = self._cache
        if generation != current.generation:
            if self._words:  # before other threads take the words for refreshed
                self._words.refresh()
            current = self._cache = _Cache(generation)
        return current

    def _recover(self) -> None:
        """Finish what a killed writer began."""
        outdated = self.size and self._database.note(_WORDS_NOTE) != fingerprint()
        words = outdated or backlog.owed(self._database, "words")
        # In this order, for only the model that makes the vectors has the name they are kept under.
        model = self.model if backlog.owed(self._database, "vectors") else None
        vectors = model and backlog.deliverable(self._database, model)
        if words or vectors:
            try:
                with self.writing():
                    if self.model:
                        self.shelf.publish(self.model)
            except InstallationBusy:
                logger.debug("another process is writing to %s and will finish its work itself", self.home)
