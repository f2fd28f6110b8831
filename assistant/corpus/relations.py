"""What is wrong between the files of a corpus: ids, relations that lead nowhere or one way only, equal titles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from assistant.corpus.format import PaperEntry, PolicyEntry, RelationEntry
from assistant.corpus.reading import Problem
from assistant.text.normal import squeeze

_ENDED = ("superseded", "expired")
Entries = Mapping[str, PolicyEntry | PaperEntry]  # by file name


def problems(entries: Entries) -> Iterator[Problem]:
    """Yield what is wrong between the files."""
    ids: dict[str, str] = {}
    for name, entry in entries.items():
        if entry.id in ids:
            yield Problem(name, "id", f"{ids[entry.id]} has the same id", "Rename one of the two files and its id")
        ids.setdefault(entry.id, name)
    policies = {entry.id: entry for entry in entries.values() if isinstance(entry, PolicyEntry)}
    for name, entry in entries.items():
        if isinstance(entry, PolicyEntry):
            yield from _relations(name, entry, ids, policies)
            yield from _succession(name, entry)
    yield from _titles(entries)


def _relations(
    name: str, entry: PolicyEntry, ids: Mapping[str, str], policies: Mapping[str, PolicyEntry]
) -> Iterator[Problem]:
    stated: dict[tuple[str, str | None, str | None], int] = {}
    for n, relation in enumerate(entry.relations, start=1):
        field = f"relations[{n}]"
        key = (relation.kind, relation.target, relation.external)
        if key in stated:
            yield Problem(name, field, f"it stands already at relations[{stated[key]}]", "Take one of them out")
        stated.setdefault(key, n)
        if relation.target is None:
            continue
        if relation.target == entry.id:
            yield Problem(name, field, "a policy cannot be related to itself", "Take the line out")
        elif relation.target not in ids:
            yield Problem(
                name,
                field,
                f"the corpus has no policy {relation.target}",
                "Correct the id, or name a policy outside the corpus with `external:` and its title",
            )
        elif relation.target in policies:
            yield from _both_ways(name, field, entry, relation, policies[relation.target])


def _both_ways(
    name: str, field: str, entry: PolicyEntry, relation: RelationEntry, other: PolicyEntry
) -> Iterator[Problem]:
    back = {r.kind for r in other.relations if r.target == entry.id}
    if relation.kind != "related" and relation.kind in back:
        yield Problem(
            name,
            field,
            f"{entry.id} and {other.id} each say `{relation.kind}` of the other",
            "Keep the line in one of the two files",
        )
    if relation.kind == "repeals":
        if "superseded_by" not in back:
            yield Problem(
                name,
                field,
                f"{other.id} does not say that it is superseded",
                f"Add `superseded_by` {entry.id} to the relations of {other.id}",
            )
        if other.status not in _ENDED:
            yield Problem(
                name,
                field,
                f"{other.id} is repealed here, and its own status is {other.status}",
                f"Write `status: superseded` in {other.id}, with the day in `repealed`",
            )
        if entry.effective and other.repealed and entry.effective != other.repealed:
            yield Problem(
                name,
                field,
                f"it takes effect on {entry.effective}, and {other.id} is repealed on {other.repealed}",
                "Correct one of the two dates",
            )
    if relation.kind == "superseded_by" and "repeals" not in back:
        yield Problem(
            name,
            field,
            f"{other.id} does not say that it repeals this policy",
            f"Add `repeals` {entry.id} to the relations of {other.id}",
        )


def _succession(name: str, entry: PolicyEntry) -> Iterator[Problem]:
    if entry.status == "superseded" and "superseded_by" not in {relation.kind for relation in entry.relations}:
        yield Problem(
            name,
            "status",
            "the status is superseded, and no relation names the successor",
            "Add `superseded_by` with its id, or with `external:` and its title",
        )


def _titles(entries: Entries) -> Iterator[Problem]:
    holders: dict[str, list[tuple[str, PolicyEntry | PaperEntry]]] = defaultdict(list)
    for name, entry in entries.items():
        holders[squeeze(entry.title.zh)].append((name, entry))
    for (_, first), *others in holders.values():
        for name, entry in others:
            related = {r.target for e in (first, entry) if isinstance(e, PolicyEntry) for r in e.relations}
            if not related & {first.id, entry.id}:
                yield Problem(
                    name,
                    "title.zh",
                    f"{first.id} has the same title, and no relation says how the two stand to each other",
                    "Add a relation such as `superseded_by`, or the year to one of the titles",
                )
