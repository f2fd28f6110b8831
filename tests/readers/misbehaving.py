"""What readers do at their worst, to be called in a worker."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from assistant.errors import NoTextFound
from assistant.models import Line, Metadata, Source
from assistant.readers.heartbeat import beat

SOURCE = Source("law.md", (Line("第一条　学校应当组织实习。", page=1),), Metadata(title="办法"), ("page 2 is blank",))


def source() -> Source:
    return SOURCE


def refuse() -> None:
    raise NoTextFound("law.md: holds no text.") from KeyError("a cause of any type")


def blunder() -> None:
    raise KeyError("no such style")


def leave_politely() -> None:
    sys.exit(3)


def leave(status: int) -> None:
    os._exit(status)


def read_null() -> None:
    ctypes.string_at(0)


def die(number: int) -> None:
    os.kill(os.getpid(), number)


def hang_with_all_threads_held() -> None:
    """As foreign code does that lets no thread of Python run."""
    ctypes.PyDLL(None).sleep(600)


def note_and_hang(note: Path, held: bool) -> None:
    note.write_text(str(os.getpid()))
    hang_with_all_threads_held() if held else time.sleep(600)


def start_a_program(note: Path) -> None:
    """Start another program, as some readers do, and wait for it for ever."""
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    note.write_text(str(child.pid))
    child.wait()


def read_pages(pages: int, seconds: float) -> int:
    for _ in range(pages):
        beat()
        time.sleep(seconds)
    return pages


def swell(megabytes: int) -> int:
    return len(bytearray(megabytes << 20))


def swell_unnoticed() -> None:
    try:
        swell(4_000)
    except MemoryError as error:
        raise NoTextFound("law.md: the file is damaged") from error


def swell_as_cpp_does() -> None:
    raise RuntimeError("[ONNXRuntimeError] : 6 : RUNTIME_EXCEPTION : Non-zero status code returned: std::bad_alloc")


def chatter() -> str:
    """Print in all the ways there are, and wait for somebody to type."""
    print("hello from Python", flush=True)
    os.write(1, b"hello from C\n" * 10_000)
    os.write(2, b"a warning\n" * 10_000)
    return sys.stdin.read() + "done"


def much(megabytes: int) -> str:
    return "x" * (megabytes << 20)


class Unwelcome:
    """Something that runs a command when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, (f"touch '{self.path}'",)


def unwelcome(path: Path) -> Unwelcome:
    return Unwelcome(path)


def scribble() -> None:
    """Write nonsense into every open file, and thereby between the replies."""
    for descriptor in range(3, 20):
        try:
            os.write(descriptor, b"\x09" + bytes(7) + b"nonsense!")
        except OSError:
            continue
    time.sleep(600)


_spoilt: list[int] = []


def spoil_the_process() -> int:
    _spoilt.append(1)
    return os.getpid()


def crash_where_spoilt() -> int:
    if _spoilt:
        read_null()
    return os.getpid()


def temporary_file() -> str:
    descriptor, name = tempfile.mkstemp()
    os.close(descriptor)
    return name
