"""A reader as a worker may be given it, which over one file does what native libraries do at their worst."""

from __future__ import annotations

import ctypes
from pathlib import Path

from assistant.documents import read_file


def read_all_but_the_law(path: Path, *arguments: object) -> object:
    return ctypes.string_at(0) if path.name == "law.md" else read_file(path, *arguments)
