"""One worker process as the program sees it: started, asked, watched, ended, and how it ended put into words."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, cast

from assistant.errors import ReadError
from assistant.readers import frames
from assistant.readers.worker import Allowance, Reply, Sign

logger = logging.getLogger(__name__)

LARGEST_REPLY = 256 << 20  # bytes; the largest document accepted, divided into clauses, is about a fifth of that
OVERALL = 100  # times the seconds without a sign of life: a scan of 2,000 pages at 5 s each is still read

# The module search path is handed over, so that a worker finds what the program finds, however that was started.
_START = "import sys; sys.path[:] = sys.argv[1:]; from assistant.readers.worker import main; main()"
_TAIL = 4_000  # bytes of what a worker printed last
_SAVE_AGAIN = "Open it in the program it was made with and save it again."
_NEVER = float("inf")


class Lost(ReadError):
    """A worker ended over a file; `certain` says whether a fresh one would come to the same end."""

    def __init__(self, message: str, certain: bool = True) -> None:
        super().__init__(message)
        self.certain = certain


class Process:
    """A worker process and the pipes to it; one thread asks, another may stop it."""

    def __init__(self, allowance: Allowance, scratch: Path) -> None:
        """Start a process that keeps its temporary files in `scratch`; raises ReadError where none can be started."""
        self.served = 0
        self._allowance = allowance
        self._due = self._last_due = _NEVER
        self._stopped: str | None = None  # why it was stopped from here
        self._ending = threading.RLock()  # between the thread that asks and the one that watches
        self._printed = tempfile.TemporaryFile(dir=scratch)  # noqa: SIM115  # closed with the process
        try:
            self._popen = subprocess.Popen(  # noqa: S603  # our own program
                [sys.executable, "-c", _START, *sys.path],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._printed,
                env={**os.environ, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(scratch))},
                start_new_session=True,  # Ctrl+C is for the program, and what a reader starts can be ended with it
            )
        except OSError as error:
            self._printed.close()
            told = error.strerror
            raise ReadError(f"no process could be started to read it in ({told}). Try again later.") from error
        self._requests, self._replies = cast("tuple[IO[bytes], IO[bytes]]", (self._popen.stdin, self._popen.stdout))
        self._greeting: Allowance | None = replace(allowance, scratch=scratch)

    def ask(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[Any, bool]:
        """Return what the function returns over there, and whether the process holds too much to go on.

        Raises the function's ReadError, or Lost when the process is of no use any more.
        """
        self._last_due = time.monotonic() + OVERALL * self._allowance.seconds
        try:
            self._tell((function, arguments))
            while (reply := self._hear()).sign is Sign.ALIVE:
                pass
        finally:
            with self._ending:
                self._due = _NEVER
        self.served += 1
        if reply.sign is Sign.MEMORY:
            raise Lost(self._too_large(), certain=False)
        if reply.sign is Sign.FAILED:
            raise reply.value if isinstance(reply.value, ReadError) else Lost(f"the reader failed on it. {_SAVE_AGAIN}")
        return reply.value, reply.tired

    @property
    def is_stopped(self) -> bool:
        """Whether it was stopped, perhaps when it had just answered."""
        return self._stopped is not None

    def check(self) -> None:
        """Stop the process if its time is over; called again and again by whoever watches."""
        with self._ending:
            now = time.monotonic()
            if now <= self._due:
                return
            seconds = self._allowance.seconds
            took = f"{seconds:,g} s without finishing a page"
            if now > self._last_due:
                took = f"{OVERALL * seconds:,g} s in all"
            why = f"reading took more than {took} and was stopped."
            self.stop(f"{why} Split the file, or raise the setting reading.seconds.")

    def stop(self, why: str) -> None:
        """End the process and what it started, at once; whoever is asking it is told why."""
        with self._ending:
            self._stopped = self._stopped or why
            self._end()

    def close(self) -> None:
        """End the process and let go of the pipes; for the thread that asks."""
        self._end()
        for stream in (self._requests, self._replies, self._printed):
            with contextlib.suppress(OSError):
                stream.close()

    def _tell(self, value: object) -> None:
        self._due = time.monotonic() + self._allowance.seconds
        try:
            if self._greeting:
                frames.send(self._requests, self._greeting)
                self._greeting = None
            frames.send(self._requests, value)
        except OSError:
            raise self._lost() from None

    def _hear(self) -> Reply:
        self._due = min(time.monotonic() + self._allowance.seconds, self._last_due)
        try:
            reply = frames.receive(self._replies, LARGEST_REPLY)
        except frames.FrameTooLarge:
            size = f"{LARGEST_REPLY >> 20} MB"
            raise Lost(f"what was read of it takes more than {size} and was given up. Split the file.") from None
        except (EOFError, OSError):
            raise self._lost() from None
        except Exception as error:  # bytes that are no values: only a process that was made to misbehave sends such
            logger.debug("a worker sent what cannot be understood", exc_info=True)
            raise Lost(f"the reader gave an answer that is none. {_SAVE_AGAIN}") from error
        if not isinstance(reply, Reply):
            raise Lost(f"the reader gave an answer that is none. {_SAVE_AGAIN}")
        return reply

    def _end(self) -> None:
        with self._ending:
            if self._popen.returncode is not None:
                return
            if hasattr(os, "killpg"):
                # Before it is waited for: until then its number cannot have gone to anybody else.
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(self._popen.pid, signal.SIGKILL)
            self._popen.kill()
            self._popen.wait()

    def _lost(self) -> Lost:
        """Say how the process ended, which it has."""
        if self._stopped:
            return Lost(self._stopped)
        self._end()
        printed = self._last_words()
        logger.debug("a worker ended with status %s: %s", self._popen.returncode, printed)
        number = -self._popen.returncode
        if "bad_alloc" in printed:
            return Lost(self._too_large(), certain=False)
        if number == getattr(signal, "SIGKILL", None):
            why = "was killed from outside (signal 9), as systems do when memory runs short. Close other programs"
            return Lost(f"the reader {why} and try again.", certain=False)
        if number > 0:
            return Lost(f"the reader crashed on it (signal {number}, {_name(number)}). {_SAVE_AGAIN}", certain=False)
        return Lost(f"the reader ended without an answer (exit status {-number}). {_SAVE_AGAIN}", certain=False)

    def _too_large(self) -> str:
        memory = f"{self._allowance.memory / 1e9:,.1f} GB"
        return f"reading needed more than {memory} of memory. Split the file, or raise the setting reading.memory_mb."

    def _last_words(self) -> str:
        size = self._printed.seek(0, os.SEEK_END)
        self._printed.seek(max(size - _TAIL, 0))
        return self._printed.read().decode("utf-8", errors="replace")


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return "unknown"
