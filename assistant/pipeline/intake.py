"""One ingest as it goes on: what is known, what waits to be stored, and what has come of it so far."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from assistant import chunks, readers, structure
from assistant.config import Settings
from assistant.corpus import lay
from assistant.documents import Document, Sizes, named
from assistant.errors import CorpusError, EngineError, ReadError
from assistant.index import Entry, Index, Origin, Reach
from assistant.index.seen import space
from assistant.pipeline.files import Register
from assistant.pipeline.report import Change, Meter, Outcome, Progress, Report

logger = logging.getLogger(__name__)

TOGETHER = 1_000  # chunks stored in one transaction
FINDABLE_AFTER = 5_000  # chunks, so that a long run answers before it ends
CORPUS = "corpus"  # how `Origin.built` begins for policies of the starter corpus


class Intake:
    """What documents pass through on their way into an installation, one after the other."""

    def __init__(
        self, index: Index, settings: Settings, progress: Progress | None, owner: str | None = None, wait: bool = False
    ) -> None:
        self.index, self.ledger, self.owner = index, index.ledger, owner
        self.register = Register((e for e in index.ledger.entries() if e.origin.owner == owner), space(owner))
        reach = Reach.OWNER if owner else Reach.EVERYBODY
        self.reach = Reach.WAITING if wait else reach  # of what is new
        self.sizes = Sizes(settings.chunks.floor, settings.chunks.ceiling)
        sizes = f"chunks {chunks.VERSION} {settings.chunks.floor}-{settings.chunks.ceiling}"
        self.built = f"readers {readers.VERSION}, structure {structure.VERSION}, questions {lay.edition()}, {sizes}"
        self.corpus_built = f"{CORPUS}, {sizes}"
        self._progress = progress
        self._started = time.perf_counter()
        self._meter = Meter(progress, "reading")
        self._waiting: list[tuple[Document, Origin]] = []
        self._waiting_chunks = 0
        self._outcomes: list[Outcome] = []
        self._clauses = 0  # passed, stored or not
        self._stored = 0
        self._unfound = 0  # stored, but not yet in the word index
        self._number = self.ledger.start_run()

    def add(self, document: Document, source: str, stem: str, origin: Origin) -> Entry:
        """Give a document its id, the one its source has or one made of `stem`, and store it with others like it."""
        return self.put(named(document, self.register.id_for(source, stem), source), origin)

    def put(self, document: Document, origin: Origin) -> Entry:
        """Store a document that has its id, soon: many are stored together."""
        policy, made = document.policy, len(document.chunks)
        entry = Entry(policy.source, policy.id, origin, len(policy.provisions), made)
        self.register.add(entry)
        self._waiting.append((document, origin))
        self._waiting_chunks += made
        self._clauses += made
        if self._waiting_chunks >= TOGETHER:
            self.store()
        return entry

    def keep(self, known: Entry, origin: Origin) -> None:
        """Leave a document as it is; its file may have moved."""
        if known.origin.path != origin.path:
            self.ledger.move(known.source, origin)
            self.register.add(replace(known, origin=origin))
        self._clauses += known.chunks

    def pass_by(self, entries: Sequence[Entry]) -> None:
        """Count documents that are as they were."""
        self._clauses += sum(entry.chunks for entry in entries)

    def store(self) -> None:
        """Store what waits in one transaction, and now and then let it be found."""
        if not self._waiting:
            return
        with self.index.together():
            for document, origin in self._waiting:
                self.index.put(document.policy, document.chunks, origin)
        self._stored += self._waiting_chunks
        self._unfound += self._waiting_chunks
        self._waiting, self._waiting_chunks = [], 0
        if self._unfound >= FINDABLE_AFTER:
            self.index.deliver_words()
            self._unfound = 0

    def remove(self, entries: Sequence[Entry]) -> None:
        """Remove documents; they stop answering at once."""
        self.index.remove_all([entry.source for entry in entries])
        for entry in entries:
            self.register.drop(entry.source)

    def remove_vanished(self, folders: Sequence[Path]) -> None:
        """Remove the documents whose files are no longer in the folders they came from."""
        for path in map(Path, self.register.paths()):
            entries = self.register.at(path)
            in_corpus = entries[0].origin.built.startswith(CORPUS)
            if in_corpus or path.exists() or not any(folder in path.parents for folder in folders):
                continue
            self.remove(entries)
            self.ledger.remember_collection(str(path), None, "")
            self.ledger.note_failures(str(path), [])
            name = entries[0].source if entries[0].origin.line is None else path.name
            self.close(summed(name, Change.REMOVED, entries, "the file is no longer in the folder"), 1.0)

    def close(self, outcome: Outcome, share: float) -> None:
        """Note what became of a file; `share` of all the work is done with it."""
        self._outcomes.append(outcome)
        self._meter.tell(self._clauses, share, outcome)

    def tell(self, share: float) -> None:
        """Report how far the work has come."""
        self._meter.tell(self._clauses, share)

    def finish(self, passed_over: Sequence[str] = (), vectors: Path | None = None) -> Report:
        """Make what was stored findable: by its words at once, by its meaning when the vectors are made.

        `vectors` is a file of vectors that came with the documents.
        """
        self.index.deliver_words()
        meter, embedded, problem, notes = Meter(self._progress, "embedding"), 0, None, list[str]()
        try:
            notes.extend(self._take_vectors(vectors))
            embedded = self.index.embed_pending(lambda done, total: meter.tell(done, done / total))
        except EngineError as error:
            problem = f"The documents are found by their words only, as no vectors could be made: {error}"
        seconds = time.perf_counter() - self._started
        outcomes, passed = tuple(self._outcomes), tuple(passed_over)
        report = Report(outcomes, seconds, self._stored, embedded, problem, passed, tuple(notes))
        self.ledger.finish_run(self._number, report.summary)
        return report

    def _take_vectors(self, path: Path | None) -> tuple[str, ...]:
        """Take vectors that came with the documents; return why that was not possible, which only costs time."""
        try:
            if path:
                self.index.take_vectors(path)
        except CorpusError as error:
            return (f"The vectors shipped with the corpus cannot be used ({error}); they were made here instead.",)
        return ()


def outcome_of(entry: Entry, status: Change, *reasons: str) -> Outcome:
    """Return what became of one document."""
    return summed(entry.source, status, [entry], *reasons)


def summed(name: str, status: Change, entries: Sequence[Entry], *reasons: str) -> Outcome:
    """Return what became of several documents that came together."""
    provisions, made = sum(e.provisions for e in entries), sum(e.chunks for e in entries)
    return Outcome(name, status, "; ".join(reason for reason in reasons if reason), provisions, made)


def told(error: Exception, name: str) -> str:
    """Return why something could not be read, in one line."""
    if isinstance(error, ReadError):
        return str(error).removeprefix(f"{name}: ")
    if isinstance(error, OSError):
        return f"it cannot be opened ({error.strerror or error})"
    logger.debug("reading %s failed", name, exc_info=error)
    return f"reading it failed unexpectedly ({type(error).__name__}: {str(error)[:200]}); please report this"
