"""One writer at a time: a lock that the operating system frees when its holder dies, with the holder's name in it."""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from assistant.errors import InstallationBusy, InstallationError

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30  # Windows locks bytes and then hides them from readers, so the lock lies behind the holder's name

    def _try_lock(file: BinaryIO) -> None:
        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def _unlock(file: BinaryIO) -> None:
        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _try_lock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)


class WriterLock:
    """Held by whoever writes; other processes are refused with the holder's name, other threads wait their turn."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._threads = threading.RLock()
        self._depth = 0
        self._file: BinaryIO | None = None

    @contextmanager
    def held(self, *, wait: bool = True) -> Iterator[bool]:
        """Hold the lock; a holder may enter again, and is told by False. Raises InstallationBusy naming who has it.

        Without `wait` another thread that writes is no reason to wait either, but raises the same.
        """
        if not self._threads.acquire(blocking=wait):
            raise InstallationBusy(f"{self._path.parent} is being written to by this process.")
        try:
            if self._depth == 0:
                self._acquire()
            self._depth += 1
            try:
                yield self._depth == 1
            finally:
                self._depth -= 1
                if self._depth == 0:
                    self._release()
        finally:
            self._threads.release()

    def holder(self) -> str | None:
        """Return which other process is writing, or None."""
        with self._threads:
            if self._depth:
                return None
            try:
                self._acquire()
            except InstallationBusy:
                return self._named()
            self._release()
            return None

    def _acquire(self) -> None:
        try:
            file = self._path.open("a+b", buffering=0)
        except OSError as error:
            raise InstallationError(
                f"{self._path} cannot be written ({error.strerror}). Choose a folder you may write to with --home."
            ) from error
        try:
            _try_lock(file)
        except OSError as error:
            file.close()
            raise InstallationBusy(
                f"{self._path.parent} is being written to by {self._named()}. Wait until it is done, or end it."
            ) from error
        file.truncate(0)
        file.write(json.dumps(_myself()).encode())
        self._file = file

    def _release(self) -> None:
        if self._file:
            self._file.truncate(0)
            _unlock(self._file)
            self._file.close()
            self._file = None

    def _named(self) -> str:
        try:
            return _describe(json.loads(self._path.read_bytes()))
        except (OSError, ValueError, KeyError, TypeError):  # it has just started, or has just finished
            return "another process"


def _myself() -> dict[str, str | int]:
    return {
        "pid": os.getpid(),
        "host": platform.node(),
        "command": " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])[:200] if sys.argv[0] else "python",
        "since": dt.datetime.now().astimezone().isoformat(timespec="seconds"),
    }


def _describe(holder: dict[str, str | int]) -> str:
    return f"process {holder['pid']} on {holder['host']} ({holder['command']}), since {holder['since']}"
