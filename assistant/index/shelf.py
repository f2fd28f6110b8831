"""Which vector index is the current one, and how the next one takes its place.

Embedded Chroma is not made for one process reading what another writes: a reader keeps an old graph in memory, may
meet half-written files, and may write its old graph back (github.com/chroma-core/chroma/issues/3792). So nobody writes
to a directory that is read. A change is made in a copy, and one transaction of the ledger points to the copy; what a
dying process leaves behind is a copy that nothing points to.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import struct
import threading
import time
import zlib
from collections.abc import Collection
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.errors import InstallationError
from assistant.index import backlog
from assistant.index.backlog import Floats
from assistant.index.database import Database
from assistant.index.records import digest
from assistant.index.vectors import Vectors, drop

_CHROMA_DATABASE = "chroma.sqlite3"  # readers write to it too (Chroma notes every start), so it has no checksum
_NOTE = "vectors"
_GRAPH_HEADER = "header.bin"
_GRAPH_COUNTS = struct.Struct("<iQQQ")  # format, offset, elements there is room for, elements there are
_ROOMY = frozenset({"length.bin", "data_level0.bin"})


@dataclass(frozen=True, slots=True)
class Manifest:
    """The current vector index: where it is, which model made its vectors, and its files with size and checksum."""

    place: str  # a directory in the shelf, or a collection on a server
    model: str
    url: str | None
    files: dict[str, tuple[int, int]]
    dropped: int = 0  # vectors taken out since it was built
    held: int = 0


class Shelf:
    """The vector index of an installation, through all its changes."""

    def __init__(self, directory: Path, database: Database, url: str | None) -> None:
        self._directory = directory
        self._database = database
        self._url = url
        self._lock = threading.RLock()
        self._open: tuple[str, Vectors] | None = None

    def manifest(self) -> Manifest | None:
        """Return what the ledger points to; None while no vectors were made, or where they lie elsewhere."""
        note = self._database.note(_NOTE)
        if not note:
            return None
        stored = json.loads(note)
        stored["files"] = {name: (size, checksum) for name, (size, checksum) in stored["files"].items()}
        manifest = Manifest(**stored)
        return manifest if manifest.url == self._url else None

    def search(
        self, model: str, vector: Floats, k: int, policies: Collection[str] | None, language: str | None
    ) -> list[tuple[int, float]]:
        """Return (chunk id, cosine) of the nearest chunks; nothing while no vectors were made."""
        while True:
            manifest = None
            try:
                with self._lock:  # so that no thread goes back to an older index than another has opened
                    manifest = self.manifest()
                    current = self._opened(manifest, model)
                found = current.search(vector, k, policies, language) if current else []
            except InstallationError:
                if self.manifest() == manifest:
                    raise
                continue
            # Only as long as the ledger points to an index its files are sure to be there, and Chroma takes missing
            # files for an empty index. So what was found counts if no writer put another one in its place meanwhile.
            if self.manifest() == manifest:
                return found

    def ids(self, model: str) -> set[int]:
        """Return every chunk the current index holds."""
        with self._lock:
            current = self._opened(self.manifest(), model)
        return current.ids() if current else set()

    def publish(self, model: str) -> bool:
        """Bring the index up to the ledger, from the vectors kept there; return whether there was anything to do.

        Built anew where there is none, where another model made it, where its files are damaged, or where so much was
        taken out that the graph may have lost paths.
        """
        before = self.manifest()
        anew = before is None or before.model != model or bool(self._missing(before)) or before.dropped > before.held
        if not anew and not backlog.deliverable(self._database, model):
            return False
        place, target, anew = self._stage(None if anew else before, model)
        dropped = self._deliver(target, model, anew)
        held = len(target.ids())
        target.close()
        files = {} if self._url else _files(self._directory / place)
        if before and not anew:
            dropped += before.dropped
        manifest = Manifest(place, model, self._url, files, dropped, held)
        with self._database.transaction():
            self._database.remember(_NOTE, json.dumps(asdict(manifest)))
            backlog.settle_vectors(self._database, model)
        self._sweep(manifest, before)
        return True

    def problems(self) -> list[str]:
        """Return what is wrong with the files of the current index, reading all of them."""
        manifest = self.manifest()
        if not manifest or self._url:
            return []
        if missing := self._missing(manifest):
            return missing
        path = self._directory / manifest.place
        found = [f"{name} is damaged" for name, kept in manifest.files.items() if _stamp(path / name) != kept]
        try:
            with _database(path) as db:
                rows = db.execute("PRAGMA integrity_check(5)").fetchall()
        except sqlite3.DatabaseError as error:
            return [*found, f"{_CHROMA_DATABASE} is damaged ({error})"]
        return found + [f"{_CHROMA_DATABASE}: {row[0]}" for row in rows if row[0] != "ok"]

    def leftovers(self) -> list[Path]:
        """Return what nothing points to: copies whose making broke off, old indexes that were still open."""
        manifest = self.manifest()
        current = manifest.place if manifest else None
        found = self._directory.iterdir() if self._directory.is_dir() and not self._url else ()
        return sorted(path for path in found if path.name != current)

    def discard(self) -> None:
        """Forget the current index, so that the next `publish` builds it anew."""
        with self._lock:
            self._database.remember(_NOTE, "")  # first, so that whoever is searching sees that it no longer counts
            self._close_reader()

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            self._close_reader()

    def _opened(self, manifest: Manifest | None, model: str) -> Vectors | None:
        """Return the index a manifest names, opened at its first use; the caller holds the lock."""
        if not manifest:
            return None
        if manifest.model != model:
            raise InstallationError(
                f"The vectors here were made by {manifest.model}, and {model} is set now; the two cannot be mixed. "
                "`assistant doctor --repair` makes them anew; or set embedding.model back."
            )
        if self._open and self._open[0] == manifest.place:
            return self._open[1]
        if missing := self._missing(manifest):  # Chroma would crash, or create an empty index
            raise InstallationError(
                f"The vector index in {self._directory / manifest.place} cannot be used ({missing[0]}). "
                "Nothing is lost: `assistant doctor --repair` builds it again."
            )
        self._close_reader()
        opened = Vectors(self._url, manifest.place) if self._url else Vectors(self._directory / manifest.place)
        self._open = (manifest.place, opened)
        return opened

    def _stage(self, before: Manifest | None, model: str) -> tuple[str, Vectors, bool]:
        """Return a place for the next index, holding what the one before holds, and whether that is nothing."""
        if self._url:  # a server takes care of readers and writers itself
            place = f"policies-{self._database.note('installation')}-{digest(model, size=4).hex()}"
            return place, Vectors(self._url, place), before is None
        place = f"{time.time_ns():x}"
        path = self._directory / place
        path.mkdir(parents=True)
        copied = before is not None and _copy(self._directory / before.place, path, before)
        if before and not copied:  # it is damaged, and Chroma would crash on it
            shutil.rmtree(path)
            path.mkdir()
        return place, Vectors(path), not copied

    def _deliver(self, target: Vectors, model: str, anew: bool) -> int:
        """Let an index take in and drop what is due; return how many it dropped."""
        superfluous = target.ids() if anew else set()
        dropped = 0
        for due in backlog.vectors_due(self._database, model, everything=anew):
            target.delete(due.absent)
            dropped += len(due.absent)
            target.upsert(due.ids, due.policies, due.languages, due.vectors)
            superfluous.difference_update(due.ids)
        target.delete(list(superfluous))
        return dropped

    def _missing(self, manifest: Manifest) -> list[str]:
        """Compare presence and size only: cheap enough for every start."""
        if self._url:
            return []
        path = self._directory / manifest.place
        if not path.is_dir():
            return ["its folder is missing"]
        names = [name for name, (size, _) in manifest.files.items() if not _has_size(path / name, size)]
        if not (path / _CHROMA_DATABASE).is_file():
            names.append(_CHROMA_DATABASE)
        return [f"{name} is missing or cut off" for name in names]

    def _sweep(self, current: Manifest, before: Manifest | None) -> None:
        """Remove what nothing points to any more. Windows keeps files that a reader has open; they go next time."""
        if self._url:
            if before and before.place != current.place:
                drop(self._url, before.place)
            return
        for path in self.leftovers():
            shutil.rmtree(path, ignore_errors=True)

    def _close_reader(self) -> None:
        if self._open:
            self._open[1].close()
            self._open = None


def _copy(source: Path, target: Path, manifest: Manifest) -> bool:
    """Copy an index; return whether all of it was sound."""
    for name, stamp in manifest.files.items():
        (target / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(source / name, target / name)
        if _stamp(target / name) != stamp:
            return False
    try:
        with _database(source) as old, _database(target) as new:
            old.backup(new)  # not a plain copy, as a reader may be writing to it
    except sqlite3.DatabaseError:
        return False
    return True


def _database(directory: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(directory / _CHROMA_DATABASE))


def _files(directory: Path) -> dict[str, tuple[int, int]]:
    return {
        path.relative_to(directory).as_posix(): _stamp(path)
        for path in sorted(directory.rglob("*"))
        if path.is_file() and not path.name.startswith(_CHROMA_DATABASE)
    }


def _stamp(path: Path) -> tuple[int, int]:
    """Return a file's size and the checksum of the part of it that means something."""
    size = path.stat().st_size
    checksum, left = 0, _used(path, size)
    with path.open("rb") as file:
        while left > 0 and (block := file.read(min(left, 1 << 20))):
            checksum, left = zlib.crc32(block, checksum), left - len(block)
    return size, checksum


def _used(path: Path, size: int) -> int:
    """Return how many bytes of a file of the graph are in use.

    Two of its files have room for more elements than there are, and every reader that opens the graph writes whatever
    its memory holds into the empty room (hnswlib: saveIndex after loadIndex).
    """
    header = path.with_name(_GRAPH_HEADER)
    if path.name not in _ROOMY or not header.is_file() or header.stat().st_size < _GRAPH_COUNTS.size:
        return size
    _, _, room, count = _GRAPH_COUNTS.unpack_from(header.read_bytes())
    return size * count // room if 0 < room >= count else size


def _has_size(path: Path, size: int) -> bool:
    return path.is_file() and path.stat().st_size == size
