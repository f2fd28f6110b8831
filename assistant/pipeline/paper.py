"""The pages a clause is printed on, as pictures from the very file it was read from."""

from __future__ import annotations

from pathlib import Path

from assistant.config import Settings
from assistant.errors import ReadError
from assistant.fetching.originals import FOLDER, Originals
from assistant.index import Index
from assistant.models import Policy
from assistant.pipeline.files import hash_file
from assistant.pipeline.given import ByHand
from assistant.readers import sidecar
from assistant.readers.isolation import Workers
from assistant.readers.page_image import PageImage, page_image, pages_of

_SECONDS = 30  # a page takes a quarter of one
_MEMORY_MB = 1_000


class Papers:
    """Shows pages of PDF documents, in a process of its own: a file that crashes it takes nothing else along."""

    def __init__(self, index: Index, settings: Settings) -> None:
        self._index, self._max_bytes = index, settings.reading.max_bytes
        self._workers = Workers(1, seconds=_SECONDS, memory_mb=_MEMORY_MB)  # started with the first page

    def close(self) -> None:
        """End that process."""
        self._workers.close()

    def page(self, policy: Policy, address: str, page: int, words: str) -> PageImage:
        """Return a page that a clause of a policy is printed on, with words of it marked.

        Raises ReadError where the clause has no such page, the policy was not read from a PDF file, or the file is
        not any more what was read.
        """
        clause = [p for p in policy.provisions if p.address == address or p.address.startswith(f"{address}/")]
        lines = tuple(dict.fromkeys(box for provision in clause for box in provision.boxes))
        if page not in pages_of(lines):
            raise ReadError(f"{policy.source}: {address} is not printed on page {page} of a document held here.")
        path = self._file(policy)
        return self._workers.submit(page_image, path, policy.source, page, words, lines, self._max_bytes).result()

    def _file(self, policy: Policy) -> Path:
        """Return the file a policy was read from, if it is what was read."""
        origin = next((entry.origin for entry in self._index.entries() if entry.source == policy.source), None)
        if origin is None or origin.line is not None:
            raise ReadError(f"{policy.source}: was not read from a file of its own.")
        path = Path(origin.path)
        fetched = Originals(self._index.home).get(path.parent.name) if path.parent.parent == self._fetched else None
        if fetched is None and not _is_unchanged(path, policy, origin.digest):
            raise ReadError(f"{policy.source}: the file was moved or changed since it was read. Add it again.")
        return path

    @property
    def _fetched(self) -> Path:
        return self._index.home / FOLDER


def _is_unchanged(path: Path, policy: Policy, digest: str) -> bool:
    try:
        content, _ = hash_file(path)
        return digest in (content, ByHand.digest(content, path, sidecar.remembered(policy, {})))
    except (OSError, ReadError):
        return False
