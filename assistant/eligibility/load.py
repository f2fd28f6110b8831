"""Schemes and the vocabulary of facts, read from a corpus directory and bound to their clauses."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.corpus.format import Bilingual
from assistant.corpus.load import load as load_policies
from assistant.corpus.reading import Problem, read_as
from assistant.eligibility import build
from assistant.eligibility.format import FactEntry, SchemeEntry, VariantEntry, VocabularyEntry
from assistant.eligibility.model import Choice, FactDefinition, Scheme
from assistant.eligibility.phrase import Phrase
from assistant.eligibility.units import in_base
from assistant.eligibility.variants import parents, whole
from assistant.errors import CorpusError, SchemeNotFound
from assistant.models import Policy
from assistant.structure.places import NATION, chain

FOLDER = "schemes"
FACTS = "facts.yaml"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every scheme, and the facts they share."""

    schemes: tuple[Scheme, ...]  # by family, the nation's first
    facts: Mapping[str, FactDefinition]

    def get(self, name: str, place_code: str | None = None, as_of: dt.date | None = None) -> Scheme:
        """Return a scheme by its id; given a place, the version of its family that holds there (on a day)."""
        chosen = next((s for s in self.schemes if s.id == name), None)
        if chosen is None:
            near = difflib.get_close_matches(name, [s.id for s in self.schemes], n=1)
            advice = f" Did you mean {near[0]}?" if near else ""
            raise SchemeNotFound(f"There is no scheme '{name}'.{advice} `assistant schemes` lists them.")
        if place_code and chosen.id == chosen.family:
            return _nearest([s for s in self.schemes if s.family == name], place_code, as_of) or chosen
        return chosen

    def fitting(self, place_code: str | None, as_of: dt.date | None = None) -> tuple[Scheme, ...]:
        """Return one scheme of each family: the version that holds in a place; without a place, the nation's."""
        found = []
        for family in dict.fromkeys(s.family for s in self.schemes):
            members = [s for s in self.schemes if s.family == family]
            nearest = _nearest(members, place_code or NATION, as_of)
            if nearest:
                found.append(nearest)
        return tuple(found)


def _nearest(schemes: Iterable[Scheme], place_code: str, as_of: dt.date | None) -> Scheme | None:
    """The version of the place itself, else of the place above; one that is over counts only when it is the last left."""
    by_place = {scheme.place: scheme for scheme in schemes}
    held = [by_place[code] for code in chain(place_code) if code in by_place]
    return next((s for s in held if not (as_of and s.expires and as_of > s.expires)), held[0] if held else None)


def files(directory: Path) -> list[Path]:
    """Return the scheme files of a corpus."""
    return [path for path in sorted((directory / FOLDER).glob("*.yaml")) if path.name != FACTS]


def read(directory: Path) -> tuple[dict[str, SchemeEntry | VariantEntry], VocabularyEntry | None, list[Problem]]:
    """Return the entries of every file by name, the vocabulary, and what cannot be read."""
    problems: list[Problem] = []
    entries: dict[str, SchemeEntry | VariantEntry] = {}
    facts = read_as(VocabularyEntry, directory / FOLDER / FACTS, f"{FOLDER}/{FACTS}")
    for path in files(directory):
        name = f"{FOLDER}/{path.name}"
        variant = any(line.startswith("extends:") for line in path.read_text("utf-8", errors="replace").splitlines())
        entry = read_as(VariantEntry, path, name) if variant else read_as(SchemeEntry, path, name)
        if isinstance(entry, Problem):
            problems.append(entry)
        else:
            entries[name] = entry
    if isinstance(facts, Problem):
        return entries, None, [facts, *problems]
    return entries, facts, problems


def load(directory: Path, policies: Iterable[Policy] | None = None) -> Catalogue:
    """Return the schemes of a corpus; quotes are from the given policies, by default from the corpus itself.

    Raises CorpusError for the first thing that is wrong; `assistant corpus check` tells all of them.
    """
    if not (directory / FOLDER / FACTS).is_file():
        return Catalogue((), {})
    entries, vocabulary, problems = read(directory)
    if problems or vocabulary is None:
        raise CorpusError(str(problems[0]))
    definitions = vocabulary_of(vocabulary)
    by_id = {entry.id: entry for entry in entries.values()}
    held = {policy.id: policy for policy in (policies if policies is not None else load_policies(directory))}
    schemes = [build.scheme(*complete(entry, by_id), definitions, held) for entry in by_id.values()]
    families = list(
        dict.fromkeys(sorted((s.family for s in schemes), key=lambda family: (place_of(by_id, family), family)))
    )
    ordered = sorted(schemes, key=lambda s: (families.index(s.family), s.id != s.family, s.place, s.id))
    return Catalogue(tuple(ordered), definitions)


def place_of(entries: Mapping[str, SchemeEntry | VariantEntry], name: str) -> str:
    """Return where a scheme holds, so that the nation's can be put first."""
    code = entries[name].place
    return "" if code == NATION else code


def complete(
    entry: SchemeEntry | VariantEntry, by_id: Mapping[str, SchemeEntry | VariantEntry]
) -> tuple[SchemeEntry, str]:
    """Return a scheme with everything it inherits, and the id of its family."""
    if isinstance(entry, SchemeEntry):
        return entry, entry.id
    *between, root = parents(by_id, entry)
    if not isinstance(root, SchemeEntry):
        raise CorpusError(f"{entry.id} extends no scheme")
    made = root
    for step in (*reversed(between), entry):
        if isinstance(step, VariantEntry):
            made = whole(step, made)
    return made, root.id


def vocabulary_of(entry: VocabularyEntry) -> dict[str, FactDefinition]:
    """Return the facts of a vocabulary by id."""
    return {fact.id: _definition(fact) for fact in entry.facts}


def _definition(entry: FactEntry) -> FactDefinition:
    return FactDefinition(
        id=entry.id,
        label=phrase(entry.label),
        question=phrase(entry.question),
        type=entry.type,
        unit=entry.unit,
        proof=phrase(entry.proof) if entry.proof else None,
        words_zh=entry.words.zh,
        words_en=entry.words.en,
        choices=tuple(Choice(c.id, phrase(c.label), c.words.zh, c.words.en) for c in entry.choices),
        yearly=entry.yearly,
        least=in_base(entry.least, entry.unit) if entry.least else None,
        most=in_base(entry.most, entry.unit) if entry.most else None,
        sum_of=entry.sum_of,
        over_years=entry.over_years,
    )


def phrase(entry: Bilingual) -> Phrase:
    """Return the words of an entry."""
    return Phrase(entry.zh, entry.en)
