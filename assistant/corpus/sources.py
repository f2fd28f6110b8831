"""Where the policies of a corpus can be read: the web addresses that its editors recorded."""

from __future__ import annotations

from pathlib import Path

from assistant.corpus.load import files, read
from assistant.corpus.reading import Problem


def addresses(directory: Path) -> dict[str, tuple[str, ...]]:
    """Return the recorded web addresses of each policy by its id, official ones first; a broken file is left out."""
    found = {}
    for path in files(directory):
        entry = read(path, path.relative_to(directory).as_posix())
        if not isinstance(entry, Problem):
            ordered = sorted(entry.sources, key=lambda source: not source.official)
            found[entry.id] = tuple(dict.fromkeys(source.url for source in ordered))
    return found
