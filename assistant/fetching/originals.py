"""The official texts of an installation: the bytes as they came, with address, day and checksum, a folder each."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.errors import InstallationError
from assistant.fetching.contents import Form
from assistant.fetching.download import Download

FOLDER = "originals"
_NOTE = "original.json"
_PART = "original.part"


@dataclass(frozen=True, slots=True)
class Original:
    """An official text as it was fetched."""

    policy: str
    file: str  # original.html
    url: str  # where it came from, after redirects
    asked: str  # the address that is recorded for the policy
    fetched: str  # day and time, ISO 8601
    sha256: str
    size: int
    content_type: str  # as the server called it


class Originals:
    """The folder `originals` of an installation."""

    def __init__(self, home: Path) -> None:
        self._folder = home / FOLDER

    def get(self, policy: str) -> Original | None:
        """Return what was fetched of a policy; None where there is nothing, or not what was fetched any more."""
        try:
            original = Original(**json.loads((self._folder / policy / _NOTE).read_text("utf-8")))
            content = self.path(original).read_bytes()
        except (OSError, ValueError, TypeError):
            return None
        return original if hashlib.sha256(content).hexdigest() == original.sha256 else None

    def path(self, original: Original) -> Path:
        """Return the file of an original."""
        return self._folder / original.policy / original.file

    def part(self, policy: str) -> Path:
        """Return the file into which the text of a policy is downloaded."""
        return self._folder / policy / _PART

    def keep(self, policy: str, download: Download, asked: str, form: Form) -> Original:
        """Take a download in as the original of a policy, in the place of an earlier one."""
        now = dt.datetime.now().astimezone().isoformat(timespec="seconds")
        original = Original(
            policy=policy,
            file=f"original.{form}",
            url=download.url,
            asked=asked,
            fetched=now,
            sha256=download.sha256,
            size=download.size,
            content_type=download.content_type,
        )
        try:
            for old in self._folder.joinpath(policy).glob("original.*"):
                if old not in (download.path, self.path(original)):
                    old.unlink()
            download.path.replace(self.path(original))
            note = self._folder / policy / _NOTE
            draft = note.with_suffix(".draft")
            draft.write_text(json.dumps(asdict(original), ensure_ascii=False, indent=2), "utf-8")
            draft.replace(note)
        except OSError as error:
            raise InstallationError(
                f"{self._folder} cannot be written ({error.strerror}). Make room on the disk and the folder writable."
            ) from error
        return original
