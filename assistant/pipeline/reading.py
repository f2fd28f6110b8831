"""Files on their way in: hashed, read by worker processes ahead of their turn, taken in the order of their names."""

from __future__ import annotations

import time
from concurrent.futures import Future
from dataclasses import dataclass, replace

from assistant import readers
from assistant.documents import Document, read_file
from assistant.index import Entry, Origin
from assistant.pipeline.collection import take_collection
from assistant.pipeline.files import File, Found, hash_file
from assistant.pipeline.intake import Intake, outcome_of, told
from assistant.pipeline.report import Change, Outcome
from assistant.readers import Limits
from assistant.readers.isolation import Workers, ahead


@dataclass(frozen=True, slots=True)
class _Begun:
    """A file whose turn has not come yet, but whose reading has begun if it is needed."""

    file: File
    size: int
    digest: str = ""
    problem: OSError | None = None
    document: Future[Document] | None = None


def take_files(intake: Intake, found: Found, workers: Workers, limits: Limits) -> None:
    """Take files and collections in, one after the other, and remove what vanished from the folders.

    Several are read at once, but what comes of each, and the ids, are the same however many that are.
    """
    for name, reason in found.problems:
        intake.close(Outcome(name, Change.FAILED, reason), 0.0)
    sizes = [file.size for file in found.files]
    done, total = 0, sum(sizes) or 1
    begun = (_begin(intake, file, size, workers, limits) for file, size in zip(found.files, sizes, strict=True))
    for one in ahead(begun, 2 * workers.jobs):
        started = time.perf_counter()
        if _is_collection(one.file):
            outcome = take_collection(intake, one.file, workers, limits, (done / total, one.size / total))
        else:
            outcome = _take(intake, one, workers, limits)
        done += one.size
        intake.close(replace(outcome, seconds=time.perf_counter() - started), done / total)
    intake.store()
    intake.remove_vanished(found.folders)


def _is_collection(file: File) -> bool:
    return file.path.suffix.lower() in readers.COLLECTIONS


def _begin(intake: Intake, file: File, size: int, workers: Workers, limits: Limits) -> _Begun:
    if _is_collection(file):
        return _Begun(file, size)
    try:
        # A file above the limit is not even hashed; the reader says what the limit is.
        digest = hash_file(file.path)[0] if size <= limits.max_bytes else ""
    except OSError as error:
        return _Begun(file, size, problem=error)
    begun = _Begun(file, size, digest)
    if _is_known(intake, intake.register.get(intake.register.source_for(file)), digest):
        return begun
    return replace(begun, document=_reading(intake, file, workers, limits))


def _take(intake: Intake, begun: _Begun, workers: Workers, limits: Limits) -> Outcome:
    """Take one file in. What was found when it was begun may have changed with the files before it."""
    file, path = begun.file, str(begun.file.path)
    origin = Origin(path, begun.digest, intake.built)
    name = intake.register.source_for(file)
    known = intake.register.get(name)
    if known and _is_known(intake, known, begun.digest):
        intake.keep(known, origin)
        _clear_failures(intake, path)
        return outcome_of(known, Change.UNCHANGED, _twin(intake, known))
    try:
        if begun.problem:
            raise begun.problem
        document = (begun.document or _reading(intake, file, workers, limits)).result()
    except Exception as error:
        reason = told(error, file.name)
        intake.ledger.note_failures(path, [(None, name, reason)])
        return Outcome(name, Change.FAILED, reason + (" What was read of it before is kept." if known else ""))
    entry = intake.add(document, name, file.path.stem, origin)
    _clear_failures(intake, path)
    return outcome_of(entry, Change.CHANGED if known else Change.ADDED, *document.lost, _twin(intake, entry))


def _reading(intake: Intake, file: File, workers: Workers, limits: Limits) -> Future[Document]:
    return workers.submit(read_file, file.path, file.name, limits, intake.sizes)


def _is_known(intake: Intake, known: Entry | None, digest: str) -> bool:
    return known is not None and (known.origin.digest, known.origin.built) == (digest, intake.built)


def _clear_failures(intake: Intake, path: str) -> None:
    if intake.ledger.failures(path):
        intake.ledger.note_failures(path, [])


def _twin(intake: Intake, entry: Entry) -> str:
    twin = intake.register.same_content(entry.origin.digest, entry.source)
    return f"same content as {twin}" if twin else ""
