"""Which files an ingest is about, and under which names their documents are kept."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.index import Entry
from assistant.index.records import digest
from assistant.readers.sidecar import described_by

_NOT_IN_ID = re.compile(r"[^\w]+|_")
_LONGEST_ID = 80
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class File:
    """A file to take in, with the name its document gets unless another document has it."""

    path: Path  # absolute
    name: str

    @property
    def size(self) -> int:
        """Its length in bytes; 0 when it has just vanished."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0


@dataclass(slots=True)
class Found:
    """What the given paths come to."""

    files: list[File] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)  # absolute; what vanished from these is removed
    passed_over: list[str] = field(default_factory=list)  # files in the folders that no reader knows
    problems: list[tuple[str, str]] = field(default_factory=list)  # (path as given, why there is nothing to read)


def find(paths: Iterable[Path], suffixes: Sequence[str], home: Path) -> Found:
    """Return the readable files among and under the paths, each once, folders in the order of names.

    Hidden files, links to folders and the installation itself are passed over, and so are files that hold facts about
    another (`办法.pdf.yaml`): they are read with it.
    """
    found, seen = Found(), set[Path]()
    for given in paths:
        path = given.expanduser().absolute()
        if path.is_dir():
            files = []
            for file in _walk(path, home.absolute()):
                if file.path.suffix.lower() in suffixes:
                    files.append(file)
                elif not described_by(file.path):
                    found.passed_over.append(file.name)
            found.folders.append(path)
            if not files:
                found.problems.append((str(given), f"no readable file in this folder; these are: {' '.join(suffixes)}"))
        elif document := described_by(path):
            files = []
            found.problems.append((str(given), f"it holds facts about {document.name}; give that file"))
        elif path.is_file():
            files = [File(path, path.name)]
        else:
            files = []
            what = "it is neither a file nor a folder" if path.exists() else "there is no such file or folder"
            found.problems.append((str(given), what))
        found.files.extend(file for file in files if file.path not in seen)
        seen.update(file.path for file in files)
    return found


def hash_file(path: Path) -> tuple[str, int]:
    """Return the hash of a file's bytes and how many lines it has."""
    state, lines = hashlib.blake2b(digest_size=16), 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            state.update(block)
            lines += block.count(b"\n")
    return state.hexdigest(), lines


def hash_texts(*texts: str | bytes) -> str:
    """Return one hash of several texts."""
    return digest(*texts).hex()


class Register:
    """Who has which source name, policy id, path and content, kept up while an ingest runs."""

    def __init__(self, entries: Iterable[Entry], space: str = "") -> None:
        self._space = space  # how the names and ids of an owner begin
        self._sources: dict[str, Entry] = {}
        self._paths: dict[str, dict[str, Entry]] = defaultdict(dict)
        self._ids: dict[str, str] = {}
        self._contents: dict[str, set[str]] = defaultdict(set)
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Take in a document, or its new version."""
        self.drop(entry.source)
        self._sources[entry.source] = entry
        self._paths[entry.origin.path][entry.source] = entry
        self._ids[entry.policy_id] = entry.source
        self._contents[entry.origin.digest].add(entry.source)

    def drop(self, source: str) -> None:
        """Forget a document."""
        if entry := self._sources.pop(source, None):
            del self._paths[entry.origin.path][source]
            del self._ids[entry.policy_id]
            self._contents[entry.origin.digest].discard(source)

    def at(self, path: Path) -> list[Entry]:
        """Return the documents that came from a file."""
        return list(self._paths[str(path)].values()) if str(path) in self._paths else []

    def paths(self) -> list[str]:
        """Return every file that documents came from."""
        return [path for path, entries in self._paths.items() if entries]

    def all(self) -> list[Entry]:
        """Return every document, in the order of sources."""
        return [self._sources[source] for source in sorted(self._sources)]

    def holder(self, policy_id: str) -> str | None:
        """Return the source that has a policy id."""
        return self._ids.get(policy_id)

    def get(self, source: str) -> Entry | None:
        """Return the document of a source name."""
        return self._sources.get(source)

    def source_for(self, file: File) -> str:
        """Return the name for a file's document: the one it has, else the given one, with as many folders as needed.

        A document whose file is gone gives its name up: the file was moved.
        """
        for entry in self.at(file.path):
            if entry.origin.line is None:
                return entry.source
        name = self.within(file.name)
        folders = list(file.path.parent.parts[: -max(len(Path(name).parts) - 1, 0) or None])
        while (holder := self.get(name)) and is_there(holder) and folders:
            name = self.within(f"{folders.pop().strip('/') or 'root'}/{self.shown(name)}")
        return name

    def within(self, name: str) -> str:
        """Return a name as it is kept: after the mark of whoever owns the documents."""
        return f"{self._space}/{name}" if self._space else name

    def shown(self, source: str) -> str:
        """Return a name as it was given."""
        return source.removeprefix(f"{self._space}/") if self._space else source

    def id_for(self, source: str, stem: str) -> str:
        """Return the policy id for a source: the one it has, else a new one made of `stem`."""
        if entry := self.get(source):
            return entry.policy_id
        return self.new_id(f"{self._space}-{slug(stem)}" if self._space else slug(stem))

    def new_id(self, base: str) -> str:
        """Return the base, with a number where that is taken."""
        return next(id_ for id_ in _numbered(base) if id_ not in self._ids)

    def same_content(self, digest: str, source: str) -> str | None:
        """Return another document that was read from the same bytes."""
        return min((other for other in self._contents.get(digest, ()) if other != source), default=None)


def is_there(entry: Entry) -> bool:
    """Return whether the file a document came from still exists."""
    return Path(entry.origin.path).exists()


def slug(name: str) -> str:
    """Return a name as an id: lower case, Chinese kept, everything but letters and digits made "-"."""
    return _NOT_IN_ID.sub("-", unicodedata.normalize("NFKC", name).lower()).strip("-")[:_LONGEST_ID] or "document"


def _walk(folder: Path, home: Path) -> Iterator[File]:
    for parent, folders, names in os.walk(folder):
        here = Path(parent)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and here / name != home)
        for name in sorted(names):
            # ~$ is Word's note that a file is open; who opens a named pipe waits for ever
            if not name.startswith((".", "~$")) and (here / name).is_file():
                yield File(here / name, (here / name).relative_to(folder).as_posix())


def _numbered(base: str) -> Iterator[str]:
    yield base
    number = 2
    while True:
        yield f"{base}-{number}"
        number += 1
