"""Readers as a worker may be given them, which over one file do what native libraries do at their worst."""

from __future__ import annotations

import ctypes
import time
from collections.abc import Sequence
from pathlib import Path

from assistant.documents import RawLine, read_file, read_lines


def crash_over_the_law(path: Path, *arguments: object) -> object:
    return ctypes.string_at(0) if path.name == "law.md" else read_file(path, *arguments)


def hang_over_the_law(path: Path, *arguments: object) -> object:
    return time.sleep(600) if path.name == "law.md" else read_file(path, *arguments)


def crash_over_a_line(lines: Sequence[RawLine], *arguments: object) -> object:
    return ctypes.string_at(0) if any(b"crash" in line for _, line in lines) else read_lines(lines, *arguments)
