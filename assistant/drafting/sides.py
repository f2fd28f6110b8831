"""The sides of a comparison: each sentence of a draft names one, and rests on the clauses of that one alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.drafting.clauses import Clause
from assistant.models import Answer
from assistant.prompts import Phrases
from assistant.structure import places
from assistant.structure.places import Place
from assistant.text.normal import squeeze


@dataclass(frozen=True, slots=True)
class Sides:
    """What is compared, by the names it goes by, and which documents speak for it."""

    names: Mapping[str, tuple[str, ...]]  # what a side is called to the reader → every name of it, longest first
    of_policy: Mapping[str, str]

    @classmethod
    def of(cls, quoted: Answer) -> Sides | None:
        """Return the sides of an answer that compares; None for any other, or where one document speaks for two."""
        if quoted.table is None:
            return None
        policies = {citation.n: citation.policy_id for citation in quoted.citations}
        of_policy: dict[str, str] = {}
        names = {_called(column, quoted.language): _names(column) for column in quoted.table.columns}
        for row in quoted.table.rows:
            for side, cell in zip(names, row.cells, strict=True):
                for n in cell.citations:
                    if of_policy.setdefault(policies[n], side) != side:
                        return None
        return cls(names, of_policy)

    def rules(self, phrases: Phrases) -> str:
        """Return what a model is told of them."""
        return phrases.say("rules", sides=" / ".join(self.names))

    def side_of(self, clause: Clause) -> str | None:
        """Return the side that a clause speaks for."""
        return self.of_policy.get(clause.policy.id)

    def problem(self, text: str, cited: Iterable[Clause]) -> str | None:
        """Return why a sentence is not one about one side; None where it is."""
        named = [side for side, names in self.names.items() if any(squeeze(name) in squeeze(text) for name in names)]
        if len(named) != 1:
            return "names no side, or several"
        return "of another side" if any(self.side_of(clause) != named[0] for clause in cited) else None

    def without_names(self, text: str) -> str:
        """Return a sentence as its clauses could say it, which need not call themselves by their place."""
        for name in (name for names in self.names.values() for name in names):
            text = text.replace(name, "")
        return text.lstrip("，,：:、 在")

    def in_order(self, clause: Clause) -> int:
        """Return the place of a clause's side among the columns; what speaks for none stands last."""
        side = self.side_of(clause)
        return list(self.names).index(side) if side else len(self.names)


def _called(column: str, language: str) -> str:
    place = _place(column)
    return place.english[0] if place and place.english and language == "en" else column


def _names(column: str) -> tuple[str, ...]:
    place = _place(column)
    names = {column, place.short, *place.english[:1]} if place else {column}
    return tuple(sorted(names, key=len, reverse=True))


def _place(column: str) -> Place | None:
    found = [place for place in places.find(column) if place.name == column]
    return found[0] if len(found) == 1 else None
