"""Evidence: a fact about a policy is kept with the words that say it; what is declared is never overwritten."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

from assistant.models import Evidence, Metadata, Relation

STATED = "a field of the file"  # in place of a quote, where not the text says so but what the format keeps besides


@dataclass(frozen=True, slots=True)
class Facts:
    """Metadata, relations and status, with the evidence for what was found."""

    metadata: Metadata
    relations: tuple[Relation, ...]
    evidence: tuple[Evidence, ...]
    status: str | None = None


class Search:
    """Collects facts: the first finding of a field counts, a declared one stays."""

    def __init__(self, declared: Metadata, address: str) -> None:
        self.metadata = declared
        self.status: str | None = None
        self._relations: list[Relation] = []
        stated = ((field.name, getattr(declared, field.name)) for field in fields(Metadata))
        self._evidence = [Evidence(name, _shown(value), STATED, address) for name, value in stated if value]

    @property
    def facts(self) -> Facts:
        """What has been collected."""
        return Facts(self.metadata, tuple(self._relations), tuple(self._evidence), self.status)

    def lacks(self, name: str) -> bool:
        """Tell whether a field is still unknown."""
        return not getattr(self.metadata, name)

    def found(self, name: str, value: Any, quote: str, address: str) -> None:
        """Take in the value of a field, unless it is none or the field is known."""
        if value and self.lacks(name):
            changed: dict[str, Any] = {name: value}
            self.metadata = replace(self.metadata, **changed)
            self._evidence.append(Evidence(name, _shown(value), quote, address))

    def ended(self, status: str, quote: str, address: str) -> None:
        """Take in that the text is said to be in force no more."""
        if self.status is None:
            self.status = status
            self._evidence.append(Evidence("status", status, quote, address))

    def related(self, kind: str, target: str, quote: str, address: str) -> None:
        """Take in a relation to another policy, once."""
        relation = Relation(kind, target)
        if relation not in self._relations and target not in (self.metadata.title, self.metadata.doc_number):
            self._relations.append(relation)
            self._evidence.append(Evidence(f"relation:{kind}", target, quote, address))


def _shown(value: object) -> str:
    return "、".join(value) if isinstance(value, tuple) else str(value)
