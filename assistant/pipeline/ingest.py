"""From files to documents that answer: read, divide into provisions and chunks, store, embed what is new."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from assistant import chunks, corpus, readers, structure
from assistant.config import Settings
from assistant.errors import CorpusError, EngineError, InstallationError, ReadError
from assistant.index import Entry, Index, Origin, shipped
from assistant.models import Chunk, Policy, Source, Wording
from assistant.pipeline.files import File, Found, Register, find, hash_file, hash_texts, is_there
from assistant.pipeline.report import Change, Meter, Outcome, Progress, Report
from assistant.readers import Limits
from assistant.text import count_tokens

__all__ = ["Change", "Outcome", "Progress", "Report", "ingest", "load_corpus"]

logger = logging.getLogger(__name__)

TOGETHER = 1_000  # chunks stored in one transaction
FINDABLE_AFTER = 5_000  # chunks, so that a long run answers before it ends
_CORPUS = "corpus"


def ingest(
    paths: Iterable[Path],
    index: Index,
    settings: Settings,
    *,
    progress: Progress | None = None,
    limits: Limits | None = None,
) -> Report:
    """Take files and folders in, and remove what vanished from those folders; unchanged files cost one hash each.

    A file that cannot be read fails alone, and the version of it that was read before stays.
    """
    started = time.perf_counter()
    with index.writing():
        run = _Run(index, settings, limits or Limits(), Meter(progress, "reading"))
        run.take(find(paths, sorted(readers.SUFFIXES), index.home))
        return run.finish(started, progress)


def load_corpus(directory: Path, index: Index, settings: Settings, *, progress: Progress | None = None) -> Report:
    """Take the starter corpus in, or what changed in it. Raises CorpusError for a file that breaks its format."""
    started = time.perf_counter()
    with index.writing():
        run = _Run(index, settings, Limits(), Meter(progress, "reading"))
        run.take_corpus(directory)
        return run.finish(started, progress)


class _Run:
    """One ingest: what is known, what waits to be stored, and what has come of it."""

    def __init__(self, index: Index, settings: Settings, limits: Limits, meter: Meter) -> None:
        self._index, self._ledger = index, index.ledger
        self._sizes = settings.chunks
        self._limits = limits
        self._meter = meter
        self._register = Register(index.entries())
        self._waiting: list[tuple[Policy, tuple[Chunk, ...], Origin]] = []
        self._waiting_chunks = 0
        self._outcomes: list[Outcome] = []
        self._clauses = 0  # passed, stored or not
        self._stored = 0
        self._unfound = 0  # stored, but not yet in the word index
        self._passed_over: tuple[str, ...] = ()
        self._shipped: Path | None = None  # vectors that came with what was taken in
        self._number = index.ledger.start_run()
        sizes = f"chunks {chunks.VERSION} {settings.chunks.floor}-{settings.chunks.ceiling}"
        self._built = f"readers {readers.VERSION}, structure {structure.VERSION}, {sizes}"
        self._corpus_built = f"{_CORPUS}, {sizes}"

    def take(self, found: Found) -> None:
        """Take the files in, one after the other, and remove what vanished from the folders."""
        self._passed_over = tuple(found.passed_over)
        for name, reason in found.problems:
            self._close(Outcome(name, Change.FAILED, reason), 0.0)
        sizes = [file.size for file in found.files]
        done, total = 0, sum(sizes) or 1
        for file, size in zip(found.files, sizes, strict=True):
            started = time.perf_counter()
            take = self._take_collection if file.path.suffix.lower() in readers.COLLECTIONS else self._take_file
            outcome = take(file, (done / total, size / total))
            done += size
            self._close(replace(outcome, seconds=time.perf_counter() - started), done / total)
        self._store()
        self._remove_vanished(found.folders)

    def take_corpus(self, directory: Path) -> None:
        """Take in the policies of a corpus, and remove those that are no longer in it."""
        self._shipped = directory / shipped.FILE
        path, digest = str(directory), hash_texts(*(file.read_bytes() for file in corpus.files(directory)))
        before = [entry for entry in self._register.all() if entry.origin.built.startswith(_CORPUS)]
        if self._ledger.collection(path) == (digest, self._corpus_built):
            for entry in before:
                self._close(_outcome(entry, Change.UNCHANGED), 1.0)
            return
        policies = list(corpus.load(directory))
        for number, policy in enumerate(policies, start=1):
            origin = Origin(str(directory / policy.source), hash_texts(repr(policy)), self._corpus_built)
            self._close(self._take_policy(policy, origin), number / len(policies))
        self._store()
        for entry in before:
            if entry.source not in {policy.source for policy in policies}:
                self._remove([entry])
                self._close(_outcome(entry, Change.REMOVED, "no longer in the starter corpus"), 1.0)
        self._ledger.remember_collection(path, digest, self._corpus_built)

    def finish(self, started: float, progress: Progress | None) -> Report:
        """Make what was stored findable: by its words at once, by its meaning when the vectors are made."""
        self._index.deliver_words()
        meter, embedded, problem, notes = Meter(progress, "embedding"), 0, None, list[str]()
        try:
            notes.extend(self._take_shipped_vectors())
            embedded = self._index.embed_pending(lambda done, total: meter.tell(done, done / total))
        except EngineError as error:
            problem = f"The documents are found by their words only, as no vectors could be made: {error}"
        seconds = time.perf_counter() - started
        report = Report(
            tuple(self._outcomes), seconds, self._stored, embedded, problem, self._passed_over, tuple(notes)
        )
        self._ledger.finish_run(self._number, report.summary)
        return report

    def _take_shipped_vectors(self) -> tuple[str, ...]:
        """Take the vectors that came with the corpus; return why that was not possible, which only costs time."""
        try:
            if self._shipped:
                self._index.take_vectors(self._shipped)
        except CorpusError as error:
            return (f"The vectors shipped with the corpus cannot be used ({error}); they were made here instead.",)
        return ()

    def _take_file(self, file: File, _span: tuple[float, float]) -> Outcome:
        name = self._register.source_for(file)
        known = self._register.get(name)
        try:
            # A file above the limit is not even hashed; the reader says what the limit is.
            digest = hash_file(file.path)[0] if file.size <= self._limits.max_bytes else ""
            if known and (known.origin.digest, known.origin.built) == (digest, self._built):
                return self._unchanged(file, known)
            source = readers.read(file.path, name, self._limits)
            entry = self._prepare(source, file.path.stem, Origin(str(file.path), digest, self._built))
        except Exception as error:
            reason = _told(error, name)
            kept = " What was read of it before is kept." if known else ""
            self._ledger.note_failures(str(file.path), [(None, name, reason)])
            return Outcome(name, Change.FAILED, reason + kept)
        self._clear_failures(file)
        return _outcome(entry, Change.CHANGED if known else Change.ADDED, *source.findings, self._twin(entry))

    def _take_collection(self, file: File, span: tuple[float, float]) -> Outcome:
        path = str(file.path)
        try:
            digest, lines = hash_file(file.path)
        except OSError as error:
            return Outcome(file.name, Change.FAILED, _told(error, file.name))
        known = self._register.at(file.path)
        if self._ledger.collection(path) == (digest, self._built):
            for name, reason in self._ledger.failures(path):
                self._close(Outcome(name, Change.FAILED, reason), span[0])
            self._clauses += sum(entry.chunks for entry in known)
            return _sum(file.name, Change.UNCHANGED, known)
        counts = Counter[Change]()
        seen: set[str] = set()
        failures: list[tuple[int | None, str, str]] = []
        for line, read in readers.read_jsonl(file.path, file.name, self._limits):
            name = f"{file.name} line {line}"
            try:
                if isinstance(read, ReadError):
                    raise read
                seen.add(read.name)
                counts[self._take_line(file, line, read)] += 1
            except Exception as error:
                reason = _told(error, name)
                failures.append((line, name, reason))
                self._close(Outcome(name, Change.FAILED, reason), span[0])
            self._meter.tell(self._clauses, span[0] + span[1] * line / max(lines, line))
        self._store()
        counts[Change.FAILED] = len(failures)
        gone = [entry for entry in known if entry.source not in seen]
        note = ""
        if gone and failures:  # a line that cannot be read may be the new version of one of them
            note = f"{len(gone)} documents that are no longer in it are kept until every line can be read"
        elif gone:
            self._remove(gone)
            counts[Change.REMOVED] = len(gone)
        self._ledger.remember_collection(path, digest, self._built)
        self._ledger.note_failures(path, failures)
        if not seen:
            return Outcome(file.name, Change.FAILED, "no line of it could be read" if failures else "it is empty")
        touched = counts[Change.ADDED] + counts[Change.CHANGED] + counts[Change.REMOVED]
        status = (Change.CHANGED if touched else Change.UNCHANGED) if known else Change.ADDED
        told = ", ".join(f"{counts[change]} {change}" for change in Change if counts[change])
        return _sum(file.name, status, self._register.at(file.path), told, note)

    def _take_line(self, file: File, line: int, source: Source) -> Change:
        origin = Origin(str(file.path), _content(source), self._built, line)
        known = self._register.get(source.name)
        if known and known.origin.path != origin.path and is_there(known):
            raise ReadError(f"the id “{source.name}” is already taken by {known.origin.path}")
        if known and (known.origin.digest, known.origin.built) == (origin.digest, origin.built):
            if known.origin.path != origin.path:
                self._move(known, origin)
            self._clauses += known.chunks
            return Change.UNCHANGED
        self._prepare(source, source.name, origin)
        return Change.CHANGED if known else Change.ADDED

    def _take_policy(self, policy: Policy, origin: Origin) -> Outcome:
        known = self._register.get(policy.source)
        if known and (known.origin.digest, known.origin.built) == (origin.digest, origin.built):
            self._clauses += known.chunks
            return _outcome(known, Change.UNCHANGED)
        note = ""
        holder = self._register.get(self._register.holder(policy.id) or "")
        if holder and holder.source != policy.source:
            if holder.origin.built.startswith(_CORPUS):
                return Outcome(policy.source, Change.FAILED, f"the id “{policy.id}” is that of {holder.source}")
            note = f"{holder.source} now has the id {self._rename(holder)}"
        return _outcome(self._add(policy, origin), Change.CHANGED if known else Change.ADDED, note)

    def _rename(self, entry: Entry) -> str:
        """Give a user's document another id, as the starter corpus refers to its policies by theirs."""
        self._store()
        policy = self._index.policy(entry.policy_id)
        if policy is None:
            raise InstallationError(f"{entry.source} has just been removed. Run the command again.")
        new = self._register.new_id(policy.id)
        moved = (replace(p, address=f"{new}{p.address.removeprefix(policy.id)}") for p in policy.provisions)
        return self._add(replace(policy, id=new, provisions=tuple(moved)), entry.origin).policy_id

    def _prepare(self, source: Source, stem: str, origin: Origin) -> Entry:
        policy_id = self._register.id_for(source.name, stem)
        parsed = structure.parse(policy_id, source)
        if not parsed.provisions:
            raise ReadError("it holds no text")
        policy = Policy(
            id=policy_id,
            source=source.name,
            wording=Wording.ORIGINAL,
            metadata=parsed.metadata,
            provisions=parsed.provisions,
            relations=parsed.relations,
            findings=(*source.findings, *parsed.findings),
        )
        return self._add(policy, origin)

    def _add(self, policy: Policy, origin: Origin) -> Entry:
        sizes = self._sizes
        made = chunks.chunk(policy, floor=sizes.floor, ceiling=sizes.ceiling, count=count_tokens)
        twice = [address for address, n in Counter(p.address for p in policy.provisions).items() if n > 1]
        if twice:
            raise ReadError(f"two of its clauses have the address {twice[0]}")
        entry = Entry(policy.source, policy.id, origin, len(policy.provisions), len(made))
        self._register.add(entry)
        self._waiting.append((policy, made, origin))
        self._clauses += len(made)
        self._waiting_chunks += len(made)
        if self._waiting_chunks >= TOGETHER:
            self._store()
        return entry

    def _store(self) -> None:
        """Store what waits in one transaction, and now and then let it be found."""
        if not self._waiting:
            return
        with self._index.together():
            for policy, made, origin in self._waiting:
                self._index.put(policy, made, origin)
        self._stored += self._waiting_chunks
        self._unfound += self._waiting_chunks
        self._waiting, self._waiting_chunks = [], 0
        if self._unfound >= FINDABLE_AFTER:
            self._index.deliver_words()
            self._unfound = 0

    def _unchanged(self, file: File, known: Entry) -> Outcome:
        if known.origin.path != str(file.path):
            self._move(known, replace(known.origin, path=str(file.path)))
        self._clear_failures(file)
        self._clauses += known.chunks
        return _outcome(known, Change.UNCHANGED, self._twin(known))

    def _move(self, known: Entry, origin: Origin) -> None:
        self._ledger.move(known.source, origin)
        self._register.add(replace(known, origin=origin))

    def _clear_failures(self, file: File) -> None:
        if self._ledger.failures(str(file.path)):
            self._ledger.note_failures(str(file.path), [])

    def _remove_vanished(self, folders: list[Path]) -> None:
        for path in map(Path, self._register.paths()):
            entries = self._register.at(path)
            in_corpus = entries[0].origin.built.startswith(_CORPUS)
            if in_corpus or path.exists() or not any(folder in path.parents for folder in folders):
                continue
            self._remove(entries)
            self._ledger.remember_collection(str(path), None, "")
            self._ledger.note_failures(str(path), [])
            name = entries[0].source if entries[0].origin.line is None else path.name
            self._close(_sum(name, Change.REMOVED, entries, "the file is no longer in the folder"), 1.0)

    def _remove(self, entries: list[Entry]) -> None:
        self._index.remove_all([entry.source for entry in entries])
        for entry in entries:
            self._register.drop(entry.source)

    def _twin(self, entry: Entry) -> str:
        twin = self._register.same_content(entry.origin.digest, entry.source)
        return f"same content as {twin}" if twin else ""

    def _close(self, outcome: Outcome, share: float) -> None:
        self._outcomes.append(outcome)
        self._meter.tell(self._clauses, share, outcome)


def _outcome(entry: Entry, status: Change, *reasons: str) -> Outcome:
    return _sum(entry.source, status, [entry], *reasons)


def _sum(name: str, status: Change, entries: list[Entry], *reasons: str) -> Outcome:
    provisions, made = sum(e.provisions for e in entries), sum(e.chunks for e in entries)
    return Outcome(name, status, "; ".join(reason for reason in reasons if reason), provisions, made)


def _content(source: Source) -> str:
    """Return the hash of what was read, whatever its name."""
    return hash_texts(repr((source.lines, source.declared, source.findings)))


def _told(error: Exception, name: str) -> str:
    """Return why something could not be read, in one line."""
    if isinstance(error, ReadError):
        return str(error).removeprefix(f"{name}: ")
    if isinstance(error, OSError):
        return f"it cannot be opened ({error.strerror or error})"
    logger.debug("reading %s failed", name, exc_info=error)
    return f"reading it failed unexpectedly ({type(error).__name__}: {str(error)[:200]}); please report this"
