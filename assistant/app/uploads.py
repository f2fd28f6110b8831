"""Files that somebody adds through the page: stored under the home folder, read, and kept apart until confirmed."""

from __future__ import annotations

import re
import tempfile
import unicodedata
from collections.abc import Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING
from urllib.parse import unquote

from assistant import readers
from assistant.config import WebSettings
from assistant.errors import AssistantError
from assistant.index import Entry, Reach
from assistant.index.records import digest
from assistant.models import Policy
from assistant.pipeline.report import Change, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.app.api import Assistant

FOLDER = "uploads"
SUFFIXES = frozenset(readers.SUFFIXES - readers.COLLECTIONS)  # one file is one document here, to be confirmed
_RESERVED = re.compile(r'[<>:"/\\|?*%\x00-\x1f\x7f]')  # by some file system, or by the encoding itself
_LONGEST = 200  # bytes of a stored name; file systems take 255


class NoSuchUpload(AssistantError):
    """A document is not here any more, or is another's."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A document that somebody added."""

    policy: Policy  # without its provisions
    entry: Entry

    @property
    def source(self) -> str:
        """The name it is kept under."""
        return self.policy.source

    @property
    def name(self) -> str:
        """The name of the file as it was given."""
        return unquote(Path(self.entry.origin.path).name)

    @property
    def reach(self) -> Reach:
        """Who finds it."""
        return self.entry.origin.reach


class Uploads:
    """What one person added through the page, and may confirm, read again, publish and remove."""

    def __init__(self, assistant: Assistant, folder: Path, settings: WebSettings, confirmed: Reach) -> None:
        self._assistant, self._folder, self._settings = assistant, folder, settings
        self.confirmed = confirmed  # who finds what is confirmed

    @property
    def limit(self) -> int:
        """How many bytes a file may have."""
        return self._settings.upload_mb * 1_000_000

    @property
    def most(self) -> int:
        """How many documents one person may add."""
        return self._settings.upload_files

    def all(self) -> tuple[Upload, ...]:
        """Return what was added, those that wait to be confirmed first."""
        found = [
            Upload(policy, entry)
            for policy, entry in self._assistant.own()
            if Path(entry.origin.path).parent == self._folder
        ]
        return tuple(sorted(found, key=lambda upload: (upload.reach is not Reach.WAITING, upload.name)))

    def get(self, source: str) -> Upload:
        """Return one of them; AssistantError where this person has added none of that name."""
        for upload in self.all():
            if upload.source == source:
                return upload
        raise NoSuchUpload(f"There is no document '{source}' of yours here.")

    @contextmanager
    def arriving(self) -> Iterator[IO[bytes]]:
        """Give a file to write what arrives into; it is gone afterwards, unless it was taken."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=self._folder, prefix=".", delete=False) as file:
            try:
                yield file
            finally:
                with suppress(FileNotFoundError):
                    Path(file.name).unlink()

    def take(self, arrived: Path, name: str) -> Outcome:
        """Store a file under its name and read it; it answers nobody until it is confirmed.

        A file of the same name is replaced, and to be confirmed anew; it stays if the new one cannot be read.
        """
        target = self._folder / stored_name(name)
        before = target.with_name(f".{target.name}.before")
        if target.exists():
            target.replace(before)
        try:
            arrived.replace(target)
            outcome = self._assistant.ingest(target, wait=True).outcomes[0]
        except BaseException:
            target.unlink(missing_ok=True)
            if before.exists():
                before.replace(target)
            raise
        if outcome.status is Change.FAILED:
            target.unlink(missing_ok=True)
            if before.exists():
                before.replace(target)
        before.unlink(missing_ok=True)
        return outcome

    def confirm(self, source: str, facts: Mapping[str, str]) -> None:
        """Let a document be found, with what was corrected of it. Raises ReadError for a fact that is none."""
        upload = self.get(source)
        if facts:
            outcome = self._assistant.ingest(upload.entry.origin.path, facts=facts).outcomes[0]
            if outcome.status is Change.FAILED:
                raise AssistantError(outcome.reason)
        if upload.reach is Reach.WAITING:
            self._assistant.let(source, self.confirmed)

    def read_again(self, source: str) -> Outcome:
        """Read the stored file again, as a newer version of the program may read it better."""
        return self._assistant.ingest(self.get(source).entry.origin.path).outcomes[0]

    def publish(self, source: str, for_everybody: bool) -> None:
        """Let everybody find a confirmed document, or its owner alone."""
        if self.get(source).reach is Reach.WAITING:
            raise AssistantError(f"'{source}' is not confirmed yet.")
        self._assistant.let(source, Reach.EVERYBODY if for_everybody else self.confirmed)

    def remove(self, source: str) -> None:
        """Remove a document and its file."""
        path = Path(self.get(source).entry.origin.path)
        self._assistant.remove(source)
        path.unlink(missing_ok=True)


def is_readable(name: str) -> bool:
    """Whether there is a reader for files of this name."""
    return Path(name).suffix.lower() in SUFFIXES


def stored_name(name: str) -> str:
    """Return the name a file is stored under: one part of a path, from which the name as given can be told."""
    safe = _RESERVED.sub(lambda found: f"%{ord(found[0]):02X}", unicodedata.normalize("NFC", name.strip()))
    if safe.startswith("."):
        safe = f"%2E{safe[1:]}"
    if len(safe.encode("utf-8", "replace")) > _LONGEST:
        suffix = Path(safe).suffix[:10]
        start = safe.encode("utf-8", "replace")[: _LONGEST - 30].decode("utf-8", "ignore").rpartition("%")
        kept = start[0] if start[1] and len(start[2]) < 2 else "".join(start)  # no half of an encoded character
        safe = f"{kept}…{digest(name, size=4).hex()}{suffix}"
    return safe
