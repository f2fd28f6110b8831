"""The inside of a process that reads files: it does what it is asked, within limits, until nobody asks any more."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import queue
import shutil
import signal
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from assistant.errors import ReadError
from assistant.readers import frames, heartbeat

_LARGEST_FILE = 1 << 30  # bytes, of what a reader or a program it calls may write to the temporary folder
_BEAT_EVERY = 1.0  # seconds
_PATIENCE = 2  # times the seconds allowed: the program that asks ends a hang before this process ends itself


class Sign(StrEnum):
    """What a message from a worker means."""

    ALIVE = "alive"  # still at work
    DONE = "done"  # with the value
    FAILED = "failed"  # with the ReadError
    MEMORY = "memory"  # it does not fit into the memory allowed


@dataclass(frozen=True, slots=True)
class Reply:
    """A message from a worker."""

    sign: Sign
    value: Any = None
    tired: bool = False  # it holds so much memory that the next file had better go to a fresh process


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a worker may use."""

    memory: int  # bytes
    seconds: float  # without a sign of life
    scratch: Path | None = None  # folder for its temporary files, which goes when the program that asks is gone


def main() -> None:
    """Serve requests from the standard input until it ends, which it does when the program that asks ends."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # What a library prints must not get between the replies, and none shall wait for somebody to type.
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    faulthandler.enable()
    allowance: Allowance = frames.receive_trusted(requests)
    _restrict(allowance.memory)
    waiting: queue.SimpleQueue[tuple[Callable[..., Any], tuple[Any, ...]]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(requests, waiting, allowance.scratch), daemon=True).start()
    heartbeat.listen(_Beat(replies, allowance.seconds))
    while True:
        function, arguments = waiting.get()
        _rearm(allowance.seconds)
        reply = _answer(function, arguments, allowance.memory)
        faulthandler.cancel_dump_traceback_later()
        frames.send(replies, reply)


def _answer(function: Callable[..., Any], arguments: tuple[Any, ...], memory: int) -> Reply:
    """Return what the function returns, or what went wrong, which is never more than this reply."""
    try:
        return Reply(Sign.DONE, function(*arguments), _held() > memory / 2)
    except BaseException as error:  # also SystemExit: a library does not decide when this process ends
        if _is_shortage(error):
            return Reply(Sign.MEMORY, tired=True)
        if isinstance(error, ReadError):
            return Reply(Sign.FAILED, type(error)(str(error)))  # without its causes, which are of any type
        traceback.print_exc()
        told = f"{type(error).__name__}: {str(error)[:200]}"
        return Reply(Sign.FAILED, ReadError(f"reading it failed unexpectedly ({told}); please report this"))


def _is_shortage(error: BaseException | None) -> bool:
    while error:
        if isinstance(error, MemoryError) or "bad_alloc" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def _listen(requests: IO[bytes], waiting: queue.SimpleQueue[Any], scratch: Path | None) -> None:
    """Pass requests on; end this process and what it started as soon as nobody is left to answer to."""
    with contextlib.suppress(EOFError, OSError):
        while True:
            waiting.put(frames.receive_trusted(requests))
    if scratch:
        shutil.rmtree(scratch, ignore_errors=True)
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(0)


class _Beat:
    """Passes signs of life on, at most one a second."""

    def __init__(self, replies: IO[bytes], seconds: float) -> None:
        self._replies, self._seconds = replies, seconds
        self._last = 0.0

    def __call__(self) -> None:
        now = time.monotonic()
        if now - self._last >= min(_BEAT_EVERY, self._seconds / 4):
            self._last = now
            _rearm(self._seconds)
            frames.send(self._replies, Reply(Sign.ALIVE))


def _rearm(seconds: float) -> None:
    """End this process if there is no sign of life for so long, even in foreign code that lets no thread of ours run.

    For the case that the program that asks was itself killed and ends no hang any more.
    """
    faulthandler.dump_traceback_later(_PATIENCE * seconds, exit=True)


def _restrict(memory: int) -> None:
    """Set what the system enforces, where it does."""
    try:
        import resource
    except ImportError:  # Windows
        return
    # Of the address space, models and fonts take much that is never touched; RLIMIT_DATA counts what is written to.
    limits = {"RLIMIT_DATA": memory, "RLIMIT_CORE": 0, "RLIMIT_FSIZE": _LARGEST_FILE}
    for name, size in limits.items():
        with contextlib.suppress(ValueError, OSError):  # a lower limit is set already, or this system knows none
            resource.setrlimit(getattr(resource, name), (size, size))


def _held() -> int:
    """Return how many bytes count against the memory limit now; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[5])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
