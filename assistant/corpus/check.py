"""What is wrong in a corpus beyond the format of each file: what one file says of itself, then all of them together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from assistant.corpus import asked, clauses, relations, terms
from assistant.corpus.format import PaperEntry, PolicyEntry
from assistant.corpus.load import files, read
from assistant.corpus.reading import Problem
from assistant.structure.places import NATION, place


def check(directory: Path, evaluation: Path | None = None) -> list[Problem]:
    """Return every problem of the corpus in a directory; an empty list means that it can be shipped.

    With the folder of the evaluation's question sets, no lay question may be nearly one of those.
    """
    found: list[Problem] = []
    entries: dict[str, PolicyEntry | PaperEntry] = {}
    for path in files(directory):
        name = path.relative_to(directory).as_posix()
        entry = read(path, name)
        if isinstance(entry, Problem):
            found.append(entry)
        else:
            entries[name] = entry
    for name, entry in entries.items():
        found.extend(_file(name, entry))
        found.extend(clauses.problems(name, entry))
    found.extend(relations.problems(entries))
    found.extend(asked.problems(directory, entries, evaluation))
    found.extend(terms.problems(directory))
    return found


def _file(name: str, entry: PolicyEntry | PaperEntry) -> Iterator[Problem]:
    stem = name.rpartition("/")[2].removesuffix(".yaml")
    if entry.id != stem:
        yield Problem(name, "id", f"the id is {entry.id} and the file is called {stem}.yaml", "Make the two the same")
    if isinstance(entry, PolicyEntry):
        yield from _dates(name, entry)
        yield from _place(name, entry)
    yield from _sources(name, entry)


def _dates(name: str, entry: PolicyEntry) -> Iterator[Problem]:
    # A rule may reach back before the day it was issued, so `issued` is compared with the end only.
    order = [("effective", entry.effective), ("expires", entry.expires), ("repealed", entry.repealed)]
    known = [(field, date) for field, date in order if date]
    ends = [(field, date) for field, date in order[1:] if date]
    pairs = [*pairwise(known), *((("issued", entry.issued), end) for end in ends if entry.issued)]
    for (earlier, start), (later, end) in pairs:
        if _before(end, start):
            yield Problem(name, later, f"{end} is before {earlier} ({start})", "Correct one of the two dates")
    if entry.status in ("superseded", "expired") and not ends:
        yield Problem(
            name,
            "status",
            f"the status is {entry.status}, and no date says since when",
            "Add `expires` (last day in force) or `repealed` (first day no longer in force), if only to the year",
        )
    for n, provision in enumerate(entry.provisions, start=1):
        for field, date in (("effective", provision.effective), ("expires", provision.expires)):
            for end, last in ends:
                if date and _before(last, date):
                    yield Problem(
                        name,
                        f"provisions[{n}] ({provision.address}).{field}",
                        f"{date} is after the policy has ended ({end} {last})",
                        "Correct one of the two dates",
                    )


def _before(date: str, other: str) -> bool:
    """Whether a date is before another; where one is known to the month only, months are all that can be compared."""
    width = min(len(date), len(other))
    return date[:width] < other[:width]


def _place(name: str, entry: PolicyEntry) -> Iterator[Problem]:
    national = entry.jurisdiction == NATION
    if not national and place(entry.jurisdiction) is None:
        yield Problem(
            name, "jurisdiction", f"no place has the code {entry.jurisdiction}", "Look the code up in GB/T 2260"
        )
    if name.startswith("national/") and not national:
        yield Problem(
            name, "jurisdiction", "a policy in national/ holds for CN", "Write CN, or move the file to local/"
        )
    if name.startswith("local/") and national:
        yield Problem(
            name, "jurisdiction", "a policy in local/ needs its place", "Write the six-digit code of GB/T 2260"
        )


def _sources(name: str, entry: PolicyEntry | PaperEntry) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for n, source in enumerate(entry.sources, start=1):
        if source.url in first:
            yield Problem(
                name, f"sources[{n}].url", f"it stands already at sources[{first[source.url]}]", "Take one of them out"
            )
        first.setdefault(source.url, n)
        host = urlsplit(source.url).hostname or ""
        if source.official and not f".{host}".endswith(".gov.cn"):
            yield Problem(
                name,
                f"sources[{n}].official",
                f"{host} is no address of a government or ministry",
                "Write `official: false`",
            )
