"""What was set by hand for the files of an ingest: by options of this run, by those of earlier ones, by sidecars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant import readers
from assistant.errors import ReadError
from assistant.index.ledger import Ledger
from assistant.models import Metadata, Policy, Wording
from assistant.pipeline.files import Found, hash_texts
from assistant.readers import sidecar
from assistant.readers.sidecar import NOTHING, Given

_NEW = Policy("", "", Wording.ORIGINAL, Metadata(), ())


class ByHand:
    """What was set by hand, and what of it counts for which file. Raises ReadError for options that say nothing."""

    def __init__(self, ledger: Ledger, found: Found, options: Mapping[str, str]) -> None:
        sidecar.given({name: value for name, value in options.items() if value}, sidecar.OPTIONS)
        if options:
            _check_one(found)
        self._options = options  # of this run, for its only file
        self._before: Sequence[Policy] = ledger.recording(f"{sidecar.BY_HAND}: {sidecar.OPTIONS}")

    def options(self, source: str) -> Given:
        """Return what options say of a document."""
        known = next((policy for policy in self._before if policy.source == source), None)
        if known is None and not self._options:
            return NOTHING
        return sidecar.remembered(known or _NEW, self._options)

    @staticmethod
    def digest(digest: str, path: Path, options: Given) -> str:
        """Return the hash of a document with all that is said of it; that of its bytes where nothing is."""
        beside = sidecar.content(path)
        return hash_texts(digest, beside, repr(options)) if beside or options else digest


def _check_one(found: Found) -> None:
    collections = [file for file in found.files if file.path.suffix.lower() in readers.COLLECTIONS]
    if len(found.files) != 1 or found.folders or collections:
        raise ReadError(
            "Facts such as --title are for exactly one document. Give one file, or write them into a file beside each "
            f"(办法.pdf{sidecar.SUFFIX} beside 办法.pdf)."
        )
