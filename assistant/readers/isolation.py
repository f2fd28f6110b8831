"""Reading in other processes: a file that crashes, hangs or swells up fails for itself, and the rest goes on."""

from __future__ import annotations

import os
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar, TypeVarTuple

from assistant.errors import ReadError
from assistant.readers.process import Lost, Process
from assistant.readers.worker import Allowance

_SERVES = 200  # requests a process answers before a fresh one takes its place, as libraries leak
_WATCHED_EVERY = 0.1  # seconds
_MOST_BY_DEFAULT = 4

Result = TypeVar("Result")
Item = TypeVar("Item")
Arguments = TypeVarTuple("Arguments")


class Workers:
    """Up to `jobs` processes that call functions for this one; each starts when it is first needed.

    They are programs of their own, not forks: that is safe beside the threads of a web server, and asks nothing of
    the main module. They end with this object, and by themselves when this program is killed.
    """

    def __init__(self, jobs: int | None = None, *, seconds: float = 120, memory_mb: int = 1_500) -> None:
        self.jobs = jobs or min(cores(), _MOST_BY_DEFAULT)
        self._allowance = Allowance(memory_mb * 1_000_000, seconds)
        self._threads = ThreadPoolExecutor(self.jobs, "reading")  # one for each process, to wait for its answers
        self._processes: set[Process] = set()
        self._idle: list[Process] = []
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._scratch: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def submit(self, function: Callable[[*Arguments], Result], *arguments: *Arguments) -> Future[Result]:
        """Have a function of some module called in a worker; the result raises a ReadError that says what failed.

        What it returns may consist of plain values and of this package's dataclasses, enumerations and errors.
        """
        return self._threads.submit(self._call, function, arguments)

    def close(self) -> None:
        """End the processes, whatever they are at."""
        self._closed.set()
        self._threads.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            processes = list(self._processes)
        for process in processes:
            process.stop("reading was stopped.")
        self._threads.shutdown()
        for process in self._idle:
            process.close()
        if self._scratch:
            self._scratch.cleanup()

    def _call(self, function: Callable[..., Any], arguments: tuple[object, ...]) -> Any:
        while True:
            process = self._take()
            used = process.served > 0
            try:
                result, tired = process.ask(function, arguments)
            except Lost as lost:
                self._drop(process)
                # No file pays for what another left behind: what failed in a used process is tried in a fresh one.
                if lost.certain or not used or self._closed.is_set():
                    raise
                continue
            except ReadError:
                self._give_back(process)
                raise
            if tired:
                self._drop(process)
            else:
                self._give_back(process)
            return result

    def _take(self) -> Process:
        with self._lock:
            if self._idle:
                return self._idle.pop()
            if self._scratch is None:
                self._scratch = tempfile.TemporaryDirectory(prefix="assistant-", ignore_cleanup_errors=True)
                threading.Thread(target=self._watch, daemon=True, name="watching readers").start()
            process = Process(self._allowance, Path(self._scratch.name))
            self._processes.add(process)
        if self._closed.is_set():  # while it was started
            process.stop("reading was stopped.")
        return process

    def _give_back(self, process: Process) -> None:
        if process.served >= _SERVES or process.is_stopped:
            self._drop(process)
            return
        with self._lock:
            self._idle.append(process)

    def _drop(self, process: Process) -> None:
        with self._lock:
            self._processes.discard(process)
        process.close()

    def _watch(self) -> None:
        while not self._closed.wait(_WATCHED_EVERY):
            with self._lock:
                processes = list(self._processes)
            for process in processes:
                process.check()


def ahead(items: Iterable[Item], count: int) -> Iterator[Item]:
    """Yield the items in their order, each made `count` places before its turn."""
    made: deque[Item] = deque()
    for item in items:
        made.append(item)
        if len(made) > count:
            yield made.popleft()
    yield from made


def cores() -> int:
    """Return how many cores this program may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
