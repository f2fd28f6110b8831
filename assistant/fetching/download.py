"""One document from its web address into a file: redirects followed with care, sizes and times bounded, resumable."""

from __future__ import annotations

import hashlib
import json
import ssl
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

import httpcore2

from assistant.errors import FetchError
from assistant.fetching.hosts import IPAddress, Resolver, Target, is_public, places, redirected, resolve, target
from assistant.fetching.inflate import inflated
from assistant.fetching.wire import Broken, response

Progress = Callable[[int, int | None], None]  # bytes done, bytes in all where the server tells

_HEADERS = {
    "User-Agent": "policy-assistant/0.1 (fetches single official texts for their reader, one at a time)",
    "Accept": "text/html, application/xhtml+xml, application/pdf, */*;q=0.1",
    "Accept-Language": "zh-CN, zh;q=0.9, en;q=0.5",
    "Accept-Encoding": "identity",  # a broken-off download can be continued, and nothing swells up here
}
_MOVED = frozenset((301, 302, 303, 307, 308))
_PASSING = frozenset((500, 502, 503, 504, 429))
_TOLD = {
    401: "asks for a login (401)",
    403: "refuses the page (403)",
    404: "has no such page (404)",
    410: "has taken the page away (410)",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken, and how long is waited, for one document."""

    max_bytes: int = 30_000_000
    seconds: float = 120
    redirects: int = 5
    attempts: int = 3
    longest_wait: float = 30  # seconds a server may ask us to wait


@dataclass(frozen=True, slots=True)
class Download:
    """A document that came whole."""

    url: str  # after redirects
    path: Path
    content_type: str
    size: int
    sha256: str


class _Later(Broken):
    """The server is busy, and may have said for how long."""

    def __init__(self, message: str, seconds: float | None) -> None:
        super().__init__(message)
        self.seconds = seconds


class Downloader:
    """Asks allowed hosts for documents, politely: one at a time, with a pause between two requests to one host."""

    def __init__(
        self,
        hosts: Collection[str],
        *,
        pause: float = 2.0,
        limits: Limits | None = None,
        resolver: Resolver = resolve,
        public: Callable[[IPAddress], bool] = is_public,
        context: ssl.SSLContext | None = None,
    ) -> None:
        """Ask these hosts and their subdomains; what finds, judges and proves a machine can be replaced in tests."""
        self._hosts = frozenset(hosts)
        self._pause, self._limits = pause, limits or Limits()
        self._resolver, self._public, self._context = resolver, public, context
        self._asked: dict[str, float] = {}  # when a host may be asked again

    def download(self, url: str, part: Path, progress: Progress | None = None) -> Download:
        """Bring a document into the file `part`, going on where an earlier download broke off; FetchError says why not.

        What came of a document that broke off stays in `part`, with a note beside it.
        """
        first = target(url, self._hosts)
        deadline = time.monotonic() + self._limits.seconds
        attempt = 1
        while True:
            try:
                return self._attempt(first, _Part(part, first.url), deadline, progress)
            except Broken as error:
                wait = self._wait(error, attempt)
                if attempt == self._limits.attempts or time.monotonic() + wait >= deadline:
                    raise
                attempt += 1
                time.sleep(wait)

    def _wait(self, error: Broken, attempt: int) -> float:
        if isinstance(error, _Later) and error.seconds is not None:
            if error.seconds > self._limits.longest_wait:
                raise FetchError(f"{error} and asks to be left alone for {error.seconds:.0f} seconds") from error
            return error.seconds
        return self._pause * attempt

    def _attempt(self, first: Target, part: _Part, deadline: float, progress: Progress | None) -> Download:
        at = first
        for _ in range(self._limits.redirects + 1):
            self._be_polite(at.host)
            machines = places(at.host, self._resolver, self._public)
            with response(at, machines, {**_HEADERS, **part.asking()}, deadline, self._context) as answer:
                if answer.status not in _MOVED:
                    return self._take(answer, at, part, progress)
                location = _header(answer, b"location")
            if not location:
                raise FetchError(f"{at.host} redirects nowhere")
            at = redirected(at, location, self._hosts)
        raise FetchError(f"{first.host} redirects more than {self._limits.redirects} times")

    def _be_polite(self, host: str) -> None:
        now = time.monotonic()
        ready = max(self._asked.get(host, now), now)
        self._asked[host] = ready + self._pause
        time.sleep(ready - now)

    def _take(self, answer: httpcore2.Response, at: Target, part: _Part, progress: Progress | None) -> Download:
        if answer.status == 416:  # what is there is no part of what there is now
            part.drop()
            raise Broken(f"{at.host} has another document there by now")
        if answer.status not in (200, 206):
            raise _refusal(answer, at)
        encoding, total = _header(answer, b"content-encoding").lower(), _number(answer, b"content-length")
        going_on = answer.status == 206
        done = part.size if going_on else 0
        if going_on and not _header(answer, b"content-range").startswith(f"bytes {done}-"):
            part.drop()
            raise Broken(f"{at.host} sent another part of the document than was asked for")
        total = None if total is None or encoding not in ("", "identity") else done + total
        self._check_size(total or 0, part)
        part.begin("" if encoding not in ("", "identity") else _validator(answer), keep=going_on)
        with part.path.open("ab") as file:
            for block in inflated(answer.iter_stream(), encoding, self._limits.max_bytes):
                file.write(block)
                done += len(block)
                self._check_size(done, part)
                if progress:
                    progress(done, total)
        content = part.finish()
        if not content:
            raise FetchError(f"{at.host} sent an empty page")
        digest = hashlib.sha256(content).hexdigest()
        return Download(at.url, part.path, _header(answer, b"content-type"), len(content), digest)

    def _check_size(self, size: int, part: _Part) -> None:
        if size > self._limits.max_bytes:
            part.drop()
            raise FetchError(f"it has more than {self._limits.max_bytes:,} bytes, which is the limit")


class _Part:
    """What has come of a document, and by which mark the server knows whether the rest still fits."""

    def __init__(self, path: Path, url: str) -> None:
        self.path, self._url = path, url
        self._note = path.with_name(f"{path.name}.json")

    @property
    def size(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    def asking(self) -> dict[str, str]:
        """Return the headers that ask for the rest, none where there is nothing to go on from."""
        try:
            note = json.loads(self._note.read_text("utf-8"))
            fits = note["url"] == self._url and bool(note["validator"]) and self.size > 0
            return {"Range": f"bytes={self.size}-", "If-Range": str(note["validator"])} if fits else {}
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    def begin(self, validator: str, *, keep: bool) -> None:
        """Make ready for what comes; what has come before is kept only where the rest of it follows."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if not keep:
            self.path.write_bytes(b"")
        self._note.write_text(json.dumps({"url": self._url, "validator": validator}), "utf-8")

    def finish(self) -> bytes:
        self._note.unlink(missing_ok=True)
        return self.path.read_bytes()

    def drop(self) -> None:
        self.path.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)


def _refusal(answer: httpcore2.Response, at: Target) -> FetchError:
    if answer.status in _PASSING:
        return _Later(f"{at.host} cannot answer now ({answer.status})", _number(answer, b"retry-after"))
    return FetchError(f"{at.host} {_TOLD.get(answer.status, f'answered with status {answer.status}')}")


def _validator(answer: httpcore2.Response) -> str:
    """Return the mark by which a later request for the rest is tied to this version of the document."""
    etag = _header(answer, b"etag")
    return etag if etag and not etag.startswith("W/") else _header(answer, b"last-modified")


def _header(answer: httpcore2.Response, name: bytes) -> str:
    return next((value.decode("latin-1").strip() for key, value in answer.headers if key.lower() == name), "")


def _number(answer: httpcore2.Response, name: bytes) -> int | None:
    value = _header(answer, name)
    return int(value) if value.isascii() and value.isdigit() else None
