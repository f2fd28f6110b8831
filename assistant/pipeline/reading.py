"""Files on their way in: hashed, read by worker processes ahead of their turn, taken in the order of their names."""

from __future__ import annotations

import time
from concurrent.futures import Future
from dataclasses import dataclass, replace

from assistant import readers
from assistant.documents import Document, read_file
from assistant.errors import ReadError
from assistant.index import Entry, Origin, Reach
from assistant.pipeline.collection import take_collection
from assistant.pipeline.files import File, Found, hash_file
from assistant.pipeline.given import ByHand
from assistant.pipeline.intake import Intake, outcome_of, told
from assistant.pipeline.report import Change, Outcome
from assistant.readers import Limits
from assistant.readers.isolation import Workers, ahead
from assistant.readers.sidecar import NOTHING, Given

_NOT_PRIVATE = (
    "a collection of many documents can only be taken in for everybody, by `assistant ingest`; "
    "add its documents as files of their own"
)


@dataclass(frozen=True, slots=True)
class _Begun:
    """A file whose turn has not come yet, but whose reading has begun if it is needed."""

    file: File
    size: int
    digest: str = ""
    options: Given = NOTHING
    problem: OSError | ReadError | None = None
    document: Future[Document] | None = None


def take_files(intake: Intake, found: Found, workers: Workers, limits: Limits, by_hand: ByHand) -> None:
    """Take files and collections in, one after the other, and remove what vanished from the folders.

    Several are read at once, but what comes of each, and the ids, are the same however many that are.
    """
    for name, reason in found.problems:
        intake.close(Outcome(name, Change.FAILED, reason), 0.0)
    sizes = [file.size for file in found.files]
    done, total = 0, sum(sizes) or 1
    files = zip(found.files, sizes, strict=True)
    begun = (_begin(intake, file, size, workers, limits, by_hand) for file, size in files)
    for one in ahead(begun, 2 * workers.jobs):
        started = time.perf_counter()
        if _is_collection(one.file) and intake.owner:
            outcome = Outcome(intake.register.within(one.file.name), Change.FAILED, _NOT_PRIVATE)
        elif _is_collection(one.file):
            outcome = take_collection(intake, one.file, workers, limits, (done / total, one.size / total))
        else:
            outcome = _take(intake, one, workers, limits)
        done += one.size
        intake.close(replace(outcome, seconds=time.perf_counter() - started), done / total)
    intake.store()
    intake.remove_vanished(found.folders)


def _is_collection(file: File) -> bool:
    return file.path.suffix.lower() in readers.COLLECTIONS


def _begin(intake: Intake, file: File, size: int, workers: Workers, limits: Limits, by_hand: ByHand) -> _Begun:
    if _is_collection(file):
        return _Begun(file, size)
    source = intake.register.source_for(file)
    options = by_hand.options(source)
    try:
        # A file above the limit is not even hashed; the reader says what the limit is.
        digest = hash_file(file.path)[0] if size <= limits.max_bytes else ""
        digest = by_hand.digest(digest, file.path, options)
    except (OSError, ReadError) as error:
        return _Begun(file, size, problem=error)
    begun = _Begun(file, size, digest, options)
    if _is_known(intake, intake.register.get(source), digest):
        return begun
    return replace(begun, document=_reading(intake, begun, workers, limits))


def _take(intake: Intake, begun: _Begun, workers: Workers, limits: Limits) -> Outcome:
    """Take one file in. What was found when it was begun may have changed with the files before it."""
    file, path = begun.file, str(begun.file.path)
    origin = Origin(path, begun.digest, intake.built, owner=intake.owner, reach=intake.reach)
    name = intake.register.source_for(file)
    known = intake.register.get(name)
    if known and _is_known(intake, known, begun.digest):
        intake.keep(known, origin)
        _clear_failures(intake, path)
        return outcome_of(known, Change.UNCHANGED, _twin(intake, known))
    try:
        if begun.problem:
            raise begun.problem
        document = (begun.document or _reading(intake, begun, workers, limits)).result()
    except Exception as error:
        reason = told(error, file.name)
        if intake.reach is not Reach.WAITING:  # whoever waits is told, and what was not taken in is no failure later
            intake.ledger.note_failures(path, [(None, name, reason)])
        return Outcome(name, Change.FAILED, reason + (" What was read of it before is kept." if known else ""))
    entry = intake.add(document, name, file.path.stem, origin)
    _clear_failures(intake, path)
    return outcome_of(entry, Change.CHANGED if known else Change.ADDED, *document.lost, _twin(intake, entry))


def _reading(intake: Intake, begun: _Begun, workers: Workers, limits: Limits) -> Future[Document]:
    return workers.submit(read_file, begun.file.path, begun.file.name, limits, intake.sizes, begun.options)


def _is_known(intake: Intake, known: Entry | None, digest: str) -> bool:
    return known is not None and (known.origin.digest, known.origin.built) == (digest, intake.built)


def _clear_failures(intake: Intake, path: str) -> None:
    if intake.ledger.failures(path):
        intake.ledger.note_failures(path, [])


def _twin(intake: Intake, entry: Entry) -> str:
    twin = intake.register.same_content(entry.origin.digest, entry.source)
    return f"same content as {twin}" if twin else ""
