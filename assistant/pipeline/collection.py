"""JSONL collections on their way in: read in batches of lines, taken line by line; only what changed is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from typing import cast

from assistant.documents import Document, LineRead, RawLine, read_lines
from assistant.errors import ReadError
from assistant.index import Entry, Origin
from assistant.pipeline.files import File, hash_file, is_there
from assistant.pipeline.intake import Intake, summed, told
from assistant.pipeline.report import Change, Outcome
from assistant.readers import Limits
from assistant.readers.collection import raw_lines, repeated
from assistant.readers.isolation import Workers, ahead

_LINES = 64  # in a batch
_BYTES = 1 << 18  # in a batch, unless one line has more


def take_collection(intake: Intake, file: File, workers: Workers, limits: Limits, span: tuple[float, float]) -> Outcome:
    """Take the documents of a collection in, and remove those that are no longer in it.

    `span` is the share of the whole ingest that is done, and the share that this file is.
    """
    path = str(file.path)
    try:
        digest, lines = hash_file(file.path)
    except OSError as error:
        return Outcome(file.name, Change.FAILED, told(error, file.name))
    known = intake.register.at(file.path)
    if intake.ledger.collection(path) == (digest, intake.built):
        for name, reason in intake.ledger.failures(path):
            intake.close(Outcome(name, Change.FAILED, reason), span[0])
        intake.pass_by(known)
        return summed(file.name, Change.UNCHANGED, known)
    taken = _Collection(intake, file, workers, limits)
    for line in taken.take(is_new=not known):
        intake.tell(span[0] + span[1] * line / max(lines, line))
    for _, name, reason in taken.failures:
        intake.close(Outcome(name, Change.FAILED, reason), span[0])
    intake.store()
    note = taken.remove_missing(known)
    intake.ledger.remember_collection(path, digest, intake.built)
    intake.ledger.note_failures(path, taken.failures)
    if not taken.ids:
        return Outcome(file.name, Change.FAILED, "no line of it could be read" if taken.failures else "it is empty")
    counts = taken.counts
    touched = counts[Change.ADDED] + counts[Change.CHANGED] + counts[Change.REMOVED]
    status = (Change.CHANGED if touched else Change.UNCHANGED) if known else Change.ADDED
    ends = ", ".join(f"{counts[change]} {change}" for change in Change if counts[change])
    return summed(file.name, status, intake.register.at(file.path), ends, note)


class _Collection:
    """One collection that is new or has changed."""

    def __init__(self, intake: Intake, file: File, workers: Workers, limits: Limits) -> None:
        self._intake, self._file, self._workers, self._limits = intake, file, workers, limits
        self.ids: dict[str, int] = {}  # on which line each stands first
        self.counts = Counter[Change]()
        self.failures: list[tuple[int | None, str, str]] = []

    def take(self, *, is_new: bool) -> Iterator[int]:
        """Take every line in; yield the number of the last one after each batch."""
        # Of a new collection every line is needed; else those are divided that prove to have changed.
        batches = _batches(raw_lines(self._file.path, self._file.name, self._limits))
        begun = ((batch, self._submit(batch, is_new)) for batch in batches)
        for batch, future in ahead(begun, 2 * self._workers.jobs):
            found = self._result(batch, is_new, future)
            for read in found if is_new else self._with_documents(batch, found):
                try:
                    self.counts[self._take_line(read)] += 1
                except ReadError as error:
                    name = f"{self._file.name} line {read.line}"
                    self.failures.append((read.line, name, told(error, name)))
                    self.counts[Change.FAILED] += 1
            yield batch[-1][0]

    def remove_missing(self, known: Sequence[Entry]) -> str:
        """Remove the documents that are no longer in the collection; return what the reader should know of that."""
        gone = [entry for entry in known if entry.source not in self.ids]
        if gone and self.failures:  # a line that cannot be read may be the new version of one of them
            return f"{len(gone)} documents that are no longer in it are kept until every line can be read"
        if gone:
            self._intake.remove(gone)
            self.counts[Change.REMOVED] = len(gone)
        return ""

    def _submit(self, batch: Sequence[RawLine], divided: bool) -> Future[list[LineRead]]:
        return self._workers.submit(read_lines, batch, self._file.name, self._limits, self._intake.sizes, divided)

    def _result(self, batch: Sequence[RawLine], divided: bool, future: Future[list[LineRead]]) -> list[LineRead]:
        try:
            return future.result()
        except ReadError as error:
            if len(batch) == 1:
                return [LineRead(batch[0][0], error=error)]
        # One of the lines ended the worker: each is read for itself, so that only that one fails.
        return [read for line in batch for read in self._result([line], divided, self._submit([line], divided))]

    def _with_documents(self, batch: Sequence[RawLine], found: Sequence[LineRead]) -> list[LineRead]:
        """Return what was found in a batch, with the documents of the lines that are new or changed."""
        needed = {read.line for read in found if not read.error and not self._is_known(read)}
        lines = [raw for raw in batch if raw[0] in needed]
        divided = {read.line: read for read in self._result(lines, True, self._submit(lines, True))} if lines else {}
        return [divided.get(read.line, read) for read in found]

    def _is_known(self, read: LineRead) -> bool:
        known = self._intake.register.get(read.id)
        return known is not None and (known.origin.digest, known.origin.built) == (read.digest, self._intake.built)

    def _take_line(self, read: LineRead) -> Change:
        if read.error:
            raise read.error
        first = self.ids.setdefault(read.id, read.line)
        if first != read.line:
            raise repeated(read.id, first, f"{self._file.name} line {read.line}")
        origin = Origin(str(self._file.path), read.digest, self._intake.built, read.line)
        known = self._intake.register.get(read.id)
        if known and known.origin.path != origin.path and is_there(known):
            raise ReadError(f"the id “{read.id}” is already taken by {known.origin.path}")
        if known and self._is_known(read):
            self._intake.keep(known, origin)
            return Change.UNCHANGED
        document = cast("Document", read.document)  # every line that is not known was divided
        self._intake.add(document, read.id, read.id, origin)
        return Change.CHANGED if known else Change.ADDED


def _batches(lines: Iterable[RawLine]) -> Iterator[list[RawLine]]:
    """Yield the lines in groups that are worth a message to a worker."""
    batch: list[RawLine] = []
    size = 0
    for line in lines:
        batch.append(line)
        size += len(line[1] or b"")
        if len(batch) == _LINES or size >= _BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
