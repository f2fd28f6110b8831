"""Whether an installation is in order, told line by line; and what can be put right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.errors import InstallationError
from assistant.index import backlog

if TYPE_CHECKING:
    from assistant.index.index import Index


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not in order."""

    part: str  # ledger | words | vectors | lock
    message: str
    repaired: bool = False

    def __str__(self) -> str:
        return f"{self.part}: {self.message}{' — repaired' if self.repaired else ''}"


def doctor(index: Index, *, repair: bool = False) -> list[Finding]:
    """Return what is wrong; with `repair` the derived indexes are put right from the ledger first.

    The ledger itself cannot be repaired: where it is damaged nothing else is looked at.
    """
    before = list(_examine(index))
    if not repair or not before or any(finding.part == "ledger" for finding in before):
        return before
    with index.writing():
        if any(finding.part == "words" for finding in before):
            index.rebuild_words()
        if any(finding.part == "vectors" for finding in before):
            if index.shelf.problems():
                index.rebuild_vectors()
            index.embed_pending()
            if any(_vectors(index)):
                index.rebuild_vectors()
    after = list(_examine(index))
    return [replace(finding, repaired=True) for finding in before if finding not in after] + after


def _examine(index: Index) -> Iterator[Finding]:
    problems = index.ledger.database.problems()
    if problems:
        yield from (Finding("ledger", problem) for problem in problems)
        return
    if writer := index.writer():
        yield Finding("lock", f"{writer} is writing; what is said below may only be its unfinished work")
    yield from (Finding("words", problem) for problem in _words(index))
    yield from (Finding("vectors", problem) for problem in _vectors(index))


def _words(index: Index) -> Iterator[str]:
    try:
        words = index.words()
        words.refresh()
        if damaged := words.problems():
            yield from damaged
            return
        held = words.ids()
    except InstallationError as error:
        yield str(error)
        return
    there = set(index.ledger.all_chunk_ids())
    yield from _differences(held, there, "the word index")


def _vectors(index: Index) -> Iterator[str]:
    if damaged := index.shelf.problems():
        yield from damaged
        return
    model = index.model
    if model is None:
        return
    try:
        held = index.shelf.ids(model)
    except InstallationError as error:
        yield str(error)
        return
    yield from _differences(held, backlog.embedded_ids(index.ledger.database, model), "the vector index")
    if waiting := index.pending():
        yield f"{waiting} texts have no vector yet; `assistant ingest` goes on where it stopped, and so does --repair"
    if leftovers := index.shelf.leftovers():
        yield f"{len(leftovers)} unfinished copies of the vector index were left behind"
    if size := index.unwanted():
        yield f"token vectors are turned off, and {size / 1_000_000:,.1f} MB of them are still kept"


def _differences(held: set[int], there: set[int], name: str) -> Iterator[str]:
    if lacking := len(there - held):
        yield f"{lacking} chunks are missing in {name}"
    if surplus := len(held - there):
        yield f"{surplus} chunks in {name} belong to no document"
