"""What is wrong in a corpus beyond the format of each file: addresses, dates, numbers, relations, questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from assistant.corpus.addresses import disagreement, numbers_in_address
from assistant.corpus.format import GlossaryEntry, PaperEntry, PolicyEntry, ProvisionEntry
from assistant.corpus.load import GLOSSARY, files, read
from assistant.corpus.numbers import chinese_numbers, english_numbers, plain, scale
from assistant.corpus.reading import Problem, read_as
from assistant.structure.places import NATION, place
from assistant.text import language
from assistant.text.normal import squeeze

Entries = dict[str, PolicyEntry | PaperEntry]  # by file name


def check(directory: Path) -> list[Problem]:
    """Return every problem of the corpus in a directory; an empty list means that it can be shipped."""
    found: list[Problem] = []
    entries: Entries = {}
    for path in files(directory):
        name = path.relative_to(directory).as_posix()
        entry = read(path, name)
        if isinstance(entry, Problem):
            found.append(entry)
        else:
            entries[name] = entry
    for name, entry in entries.items():
        found.extend(_file(name, entry))
    found.extend(_relations(entries))
    found.extend(_titles(entries))
    found.extend(_asks(entries))
    found.extend(_glossary(directory))
    return found


def _file(name: str, entry: PolicyEntry | PaperEntry) -> Iterator[Problem]:
    stem = name.rpartition("/")[2].removesuffix(".yaml")
    if entry.id != stem:
        yield Problem(name, "id", f"the id is {entry.id} and the file is called {stem}.yaml", "Make the two the same")
    if isinstance(entry, PolicyEntry):
        yield from _dates(name, entry)
        yield from _place(name, entry)
    first: dict[str, int] = {}
    for n, provision in enumerate(entry.provisions, start=1):
        field = f"provisions[{n}] ({provision.address})"
        if provision.address in first:
            yield Problem(
                name,
                field,
                f"the address stands already at provisions[{first[provision.address]}]",
                "Give each clause its own address, or join the two",
            )
        first.setdefault(provision.address, n)
        yield from _provision(name, field, provision, isinstance(entry, PaperEntry))
    yield from _order(name, entry)


def _provision(name: str, field: str, provision: ProvisionEntry, in_paper: bool) -> Iterator[Problem]:
    difference = None if in_paper else disagreement(provision.address, provision.locator)
    if difference:
        yield Problem(name, f"{field}.locator", difference, "Correct whichever is wrong")
    if set("()") & set(provision.locator):
        yield Problem(
            name, f"{field}.locator", f"{provision.locator} has half-width brackets", "Write （ ） as the documents do"
        )
    if provision.address.startswith("practice/") and "：" not in provision.locator:
        yield Problem(
            name,
            f"{field}.locator",
            f"{provision.locator} could be taken for a clause of this policy",
            "Say whose practice it is, for example 地方做法：深圳年报",
        )
    if in_paper and provision.kind != ("finding",):
        yield Problem(name, f"{field}.kind", "what a paper says is never a rule", "Write `kind: finding`")
    for code, text in (("zh", provision.text.zh), ("en", provision.text.en)):
        if language(text) != code:
            yield Problem(
                name, f"{field}.text.{code}", "the text is in the other language", "Put each language in its place"
            )
    yield from _numbers(name, field, provision)
    if provision.effective and provision.expires and provision.effective > provision.expires:
        yield Problem(
            name, f"{field}.expires", "the clause expires before it takes effect", "Correct one of the two dates"
        )


def _numbers(name: str, field: str, provision: ProvisionEntry) -> Iterator[Problem]:
    zh, en = chinese_numbers(provision.text.zh), english_numbers(provision.text.en)
    for code, missing in (("en", zh.digits - en.all), ("zh", en.digits - zh.all)):
        if missing:
            other = "zh" if code == "en" else "en"
            yield Problem(
                name,
                f"{field}.text.{code}",
                f"it lacks {_listed(missing)}, which stands in `{other}`",
                "Write the same numbers and dates in both languages",
            )
    for quantity in provision.quantities:
        stated = {plain(value, scale(quantity.unit)) for value in quantity.values}
        for code, numbers in (("zh", zh), ("en", en)):
            if absent := stated - numbers.all:
                yield Problem(
                    name,
                    f"{field}.quantities ({quantity.name})",
                    f"{_listed(absent)} does not stand in text.{code}",
                    "Make the quantity and the text say the same",
                )


def _listed(numbers: set[str] | frozenset[str]) -> str:
    return ", ".join(sorted(numbers))


def _dates(name: str, entry: PolicyEntry) -> Iterator[Problem]:
    # Dates may be known to the month only; comparing the digits both sides have is then all that can be said.
    order = [("effective", entry.effective), ("expires", entry.expires), ("repealed", entry.repealed)]
    known = [(field, date) for field, date in order if date]
    for (earlier, start), (later, end) in pairwise(known):
        width = min(len(start), len(end))
        if start[:width] > end[:width]:
            yield Problem(name, later, f"{end} is before {earlier} ({start})", "Correct one of the two dates")
    if entry.status in ("superseded", "expired") and not (entry.expires or entry.repealed):
        yield Problem(
            name,
            "status",
            f"the status is {entry.status}, and no date says since when",
            "Add `expires` (last day in force) or `repealed` (first day no longer in force), if only to the year",
        )


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


def _order(name: str, entry: PolicyEntry | PaperEntry) -> Iterator[Problem]:
    """Numbered clauses of one parent must ascend, so that a list is given in the order of the document."""
    last: dict[tuple[str, str], tuple[int, ...]] = {}
    for n, provision in enumerate(entry.provisions, start=1):
        parent = provision.address.rpartition("/")[0]
        own = numbers_in_address(provision.address.rpartition("/")[2])
        if not own:
            continue
        step, number = own[0]
        place = tuple(int(part) for part in number.split("_"))
        if place < last.get((parent, step), ()):
            yield Problem(
                name,
                f"provisions[{n}] ({provision.address})",
                "it stands after a clause with a higher number",
                "Put the clauses in the order of the document",
            )
        last[(parent, step)] = place


def _relations(entries: Entries) -> Iterator[Problem]:
    ids: dict[str, str] = {}
    for name, entry in entries.items():
        if entry.id in ids:
            yield Problem(name, "id", f"{ids[entry.id]} has the same id", "Rename one of the two files and its id")
        ids.setdefault(entry.id, name)
    policies = {entry.id: entry for entry in entries.values() if isinstance(entry, PolicyEntry)}
    for name, entry in entries.items():
        if not isinstance(entry, PolicyEntry):
            continue
        for n, relation in enumerate(entry.relations, start=1):
            field = f"relations[{n}]"
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
            elif relation.kind != "related" and relation.target in policies:
                back = {r.kind for r in policies[relation.target].relations if r.target == entry.id}
                if relation.kind in back:
                    yield Problem(
                        name,
                        field,
                        f"{entry.id} and {relation.target} each say `{relation.kind}` of the other",
                        "Keep the line in one of the two files",
                    )
                if relation.kind == "repeals" and "superseded_by" not in back:
                    yield Problem(
                        name,
                        field,
                        f"{relation.target} does not say that it is superseded",
                        f"Add `superseded_by` {entry.id} to the relations of {relation.target}",
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


def _asks(entries: Entries) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for name, entry in entries.items():
        for n, provision in enumerate(entry.provisions, start=1):
            field = f"provisions[{n}] ({provision.address}).asks"
            for code, questions in (("zh", provision.asks.zh), ("en", provision.asks.en)):
                for question in questions:
                    if language(question) != code:
                        yield Problem(
                            name, f"{field}.{code}", f"“{question}” is in the other language", "Move it to its language"
                        )
                    key = squeeze(question)
                    if key in seen:
                        yield Problem(
                            name,
                            f"{field}.{code}",
                            f"“{question}” is asked already at {seen[key]}",
                            "Keep it where the answer is fullest",
                        )
                    seen.setdefault(key, f"{entry.id}/{provision.address}")


def _glossary(directory: Path) -> Iterator[Problem]:
    if not (directory / GLOSSARY).exists():
        return
    entry = read_as(GlossaryEntry, directory / GLOSSARY, GLOSSARY)
    if isinstance(entry, Problem):
        yield entry
        return
    terms: dict[str, str] = {}
    for n, term in enumerate(entry.terms, start=1):
        field = f"terms[{n}] ({term.zh})"
        if squeeze(term.zh) in terms:
            yield Problem(GLOSSARY, field, "the term stands already", "Join the two entries")
        terms.setdefault(squeeze(term.zh), field)
    for n, term in enumerate(entry.terms, start=1):
        field = f"terms[{n}] ({term.zh})"
        for synonym in term.synonyms.zh:
            if terms.get(squeeze(synonym), field) != field:
                yield Problem(
                    GLOSSARY,
                    f"{field}.synonyms.zh",
                    f"“{synonym}” is a term of its own at {terms[squeeze(synonym)]}",
                    "Take it out here, or join the two entries",
                )
