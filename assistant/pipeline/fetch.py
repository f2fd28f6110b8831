"""From a recorded web address to the official words: download, read, hold against the digest, attach."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from assistant.config import Settings
from assistant.corpus.agreement import DIFFERS, compare, stranger
from assistant.corpus.sources import addresses
from assistant.documents import Document, divided, named, read_file
from assistant.errors import AssistantError, FetchError, ReadError
from assistant.fetching import Downloader, Original, Originals, allowed, form_of
from assistant.index import Index, Origin
from assistant.models import Metadata, Policy, Relation
from assistant.pipeline.files import hash_texts
from assistant.pipeline.intake import Intake
from assistant.readers import Limits
from assistant.readers.isolation import Workers
from assistant.validity import ORIGINAL_OF


class Fetching(StrEnum):
    """What became of the attempt to fetch an original."""

    ATTACHED = "attached"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of one policy."""

    policy: str
    status: Fetching
    url: str = ""
    reason: str = ""  # why it failed
    clauses: int = 0  # numbered clauses of the digest
    found: int = 0  # those that the original has
    findings: tuple[str, ...] = ()  # where digest and original differ


@dataclass(frozen=True, slots=True)
class FetchStep:
    """How far a fetch has come."""

    policy: str
    number: int  # of `total` policies
    total: int
    done: int = 0  # bytes of the document under way
    size: int | None = None
    fetched: Fetched | None = None  # where the policy has just been finished


@dataclass(frozen=True, slots=True)
class FetchReport:
    """How a fetch ended."""

    fetched: tuple[Fetched, ...]
    without: tuple[str, ...]  # policies without an address on an allowed host
    seconds: float
    problem: str | None = None  # why vectors could not be made

    @property
    def failed(self) -> int:
        """How many originals could not be attached."""
        return sum(one.status is Fetching.FAILED for one in self.fetched)

    @property
    def summary(self) -> str:
        """The report in one line."""
        counts = {status: sum(one.status is status for one in self.fetched) for status in Fetching}
        parts = [f"{count} {status}" for status, count in counts.items() if count]
        if self.without:
            parts.append(f"{len(self.without)} have no address on an allowed host")
        differences = sum(len(one.findings) for one in self.fetched)
        return f"{', '.join(parts) or 'nothing to fetch'}; {differences} differences, {self.seconds:.1f} s"


Progress = Callable[[FetchStep], None]


def fetch(
    ids: Collection[str],
    directory: Path,
    index: Index,
    settings: Settings,
    *,
    again: bool = False,
    downloader: Downloader | None = None,
    progress: Progress | None = None,
) -> FetchReport:
    """Attach the official texts of some policies of the corpus, or of all that have an address on an allowed host.

    What was fetched before is not downloaded `again` unless asked for. A policy that fails leaves the others alone.
    """
    started = time.perf_counter()
    hosts = settings.fetch.hosts
    recorded = addresses(directory)
    if unknown := [id_ for id_ in ids if id_ not in recorded]:
        raise AssistantError(f"The corpus has no policy '{unknown[0]}'. `assistant corpus list` shows what it has.")
    usable = {id_: tuple(url for url in urls if _is_allowed(url, hosts)) for id_, urls in recorded.items()}
    wanted = list(dict.fromkeys(ids)) or [id_ for id_, urls in usable.items() if urls]
    reading = settings.reading
    fetched = []
    with index.writing(), Workers(1, seconds=reading.seconds, memory_mb=reading.memory_mb) as workers:
        run = _Run(index, settings, downloader or Downloader(hosts, pause=settings.fetch.pause), workers, again)
        for number, id_ in enumerate(wanted, start=1):
            step = FetchStep(id_, number, len(wanted))
            one = run.take(id_, usable[id_], step, progress)
            fetched.append(one)
            if progress:
                progress(replace(step, fetched=one))
        problem = run.intake.finish().problem
    without = () if ids else tuple(id_ for id_, urls in usable.items() if not urls)
    return FetchReport(tuple(fetched), without, time.perf_counter() - started, problem)


class _Run:
    """One fetch: what it attaches to, and what it reads with."""

    def __init__(self, index: Index, settings: Settings, downloader: Downloader, workers: Workers, again: bool) -> None:
        self.intake = Intake(index, settings, None)
        self._index, self._downloader, self._workers, self._again = index, downloader, workers, again
        self._originals = Originals(index.home)
        reading = settings.reading
        self._limits = Limits(
            max_bytes=reading.max_bytes, max_pages=reading.max_pages, max_characters=reading.max_characters
        )

    def take(self, id_: str, urls: Sequence[str], step: FetchStep, progress: Progress | None) -> Fetched:
        """Fetch one policy from the first address that gives its text, and attach it."""
        digest = self._index.policy(id_)
        kept = None if self._again else self._originals.get(id_)
        if digest is None:
            return _failed(id_, "its digest is not held here; `assistant init` loads the starter corpus")
        if kept:
            return self._attach(digest, kept, None)
        if not urls:
            return _failed(id_, "none of its addresses is on an allowed host (hosts under [fetch] in settings.toml)")
        reasons = []
        for url in urls:
            try:
                original, document = self._download(digest, url, step, progress)
                return self._attach(digest, original, document)
            except (FetchError, ReadError) as error:
                reasons.append(str(error) if len(urls) == 1 else f"{url}: {error}")
        return _failed(id_, "; ".join(reasons), urls[0])

    def _download(
        self, digest: Policy, url: str, step: FetchStep, progress: Progress | None
    ) -> tuple[Original, Document]:
        def tell(done: int, size: int | None) -> None:
            if progress:
                progress(replace(step, done=done, size=size))

        part = self._originals.part(digest.id)
        try:
            came = self._downloader.download(url, part, tell)
        except OSError as error:
            raise FetchError(f"{part.parent} cannot be written ({error.strerror}); make room on the disk") from error
        file = part
        try:
            form = form_of(file, came.content_type)
            file = file.rename(part.with_name(f"candidate.{form}"))  # readers go by the ending
            document = self._read(file, digest.id)
            if reason := stranger(digest, document.policy):
                raise FetchError(reason)
            return self._originals.keep(digest.id, replace(came, path=file), url, form), document
        finally:
            file.unlink(missing_ok=True)

    def _read(self, path: Path, name: str) -> Document:
        return self._workers.submit(read_file, path, name, self._limits, self.intake.sizes).result()

    def _attach(self, digest: Policy, original: Original, document: Document | None) -> Fetched:
        """Store the official text beside the digest, clause by clause at the same places, unless that was done."""
        path, source = self._originals.path(original), f"originals/{digest.id}/{original.file}"
        fits = hash_texts(original.sha256, repr(digest))
        origin = Origin(str(path), fits, f"original, {self.intake.built}")
        known = self.intake.register.get(source)
        unchanged = known is not None and (known.origin.digest, known.origin.built) == (fits, origin.built)
        if unchanged and (held := self._index.policy(source)):
            there = compare(digest, held)
            told = tuple(f.removeprefix(DIFFERS) for f in held.findings if f.startswith(DIFFERS))
            return Fetched(digest.id, Fetching.UNCHANGED, original.url, "", there.clauses, there.found, told)
        document = document or self._read(path, digest.id)
        there = compare(digest, document.policy)
        given = named(document, self.intake.register.id_for(source, f"{digest.id}-original"), source)
        policy = replace(
            given.policy,
            metadata=_merged(digest.metadata, given.policy.metadata, original.url),
            relations=(*given.policy.relations, Relation(ORIGINAL_OF, digest.id)),
            status=digest.status,
            validity_note=digest.validity_note,
            findings=(*given.policy.findings, *(f"{DIFFERS}{f}" for f in there.findings)),
        )
        self.intake.put(replace(given, policy=policy, chunks=divided(policy, self.intake.sizes)), origin)
        self.intake.store()
        return Fetched(digest.id, Fetching.ATTACHED, original.url, "", there.clauses, there.found, there.findings)


def _merged(digest: Metadata, original: Metadata, url: str) -> Metadata:
    """What an editor recorded, and from the page what that leaves open; a page also bears dates of its own."""
    recorded = {f.name: value for f in fields(Metadata) if (value := getattr(digest, f.name))}
    return replace(original, **{**recorded, "url": url})


def _is_allowed(url: str, hosts: Collection[str]) -> bool:
    return allowed(urlsplit(url).hostname or "", hosts)


def _failed(id_: str, reason: str, url: str = "") -> Fetched:
    return Fetched(id_, Fetching.FAILED, url, reason)
