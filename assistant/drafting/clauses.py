"""What a draft is written from and held against: the clauses of the answer, each under a number of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer.notices import place_name, title_of
from assistant.answer.passages import words_in
from assistant.index import Index
from assistant.models import Answer, Citation, Policy, Provision
from assistant.text import language
from assistant.text.orders import is_order, sentences

_MARKS = re.compile(r"[\[【［<>〈〉{}\]】］]*\bC(?=\d)", re.IGNORECASE)  # what could be taken for a number of ours


@dataclass(frozen=True, slots=True)
class Clause:
    """One provision as a model sees it: a number that stands for nothing else, and its words."""

    id: str  # C1, C2, …: the only thing a draft can point at
    provision: Provision
    policy: Policy
    citation: Citation  # under the number it has in the quoted answer, and quoting all its words
    lead: str | None  # the number of the clause that leads in the list it is in
    orders: tuple[
        str, ...
    ] = ()  # its sentences that give a program orders: shown to no model, and they support nothing

    @property
    def text(self) -> str:
        """Its words, in the language of the answer where it has them, without what gives orders."""
        return "".join(s for s in sentences(self.citation.quote) if s.strip() not in self.orders).strip()

    @property
    def written(self) -> str:
        """Its words as a model is shown them: nothing in them looks like a number or a boundary of ours."""
        return " ".join(_MARKS.sub("C ", self.text).replace("<", "＜").replace(">", "＞").split())

    @property
    def language(self) -> str:
        """The language of its words."""
        return language(self.text)

    def around(self, spoken: str) -> str:
        """What it is called and stands below, which a sentence about it may say as well."""
        metadata = self.policy.metadata
        named = (metadata.title, metadata.title_en, metadata.doc_number, self.provision.locator, *metadata.issuers)
        place = place_name(metadata.jurisdiction, spoken) if metadata.jurisdiction else ""
        return "\n".join(filter(None, (*named, place, *self.provision.trail)))

    def head(self, spoken: str) -> str:
        """Which document it stands in, for the model to tell clauses apart."""
        return title_of(self.policy, spoken)


def clauses_of(answer: Answer, index: Index) -> tuple[Clause, ...]:
    """Return the clauses that an answer cites, each once and with all its words, in its order."""
    policies = {policy.id: policy for policy in index.policies()}
    found: dict[str, Clause] = {}
    for citation in answer.citations:
        held = index.subtree(citation.address)
        if citation.address in found or not held or citation.policy_id not in policies:
            continue  # cited twice, or removed since
        words = words_in(answer.language, held[0])
        found[citation.address] = Clause(
            id=f"C{len(found) + 1}",
            provision=held[0],
            policy=policies[citation.policy_id],
            citation=replace(citation, quote=words),
            lead=_lead(citation.address, found),
            orders=tuple(s.strip() for s in sentences(words) if is_order(s)),
        )
    return tuple(found.values())


def lists(clauses: Sequence[Clause]) -> list[tuple[Clause, ...]]:
    """Return the lists among the clauses, whose members are told together or not at all.

    A list hangs on the clause that leads it in; of a digest, which tells one fact a provision, the facts that stand
    below one heading are one.
    """
    found: dict[str, list[Clause]] = {}
    for clause in clauses:
        above = clause.lead or (clause.provision.parent if "/" in clause.provision.parent else "")
        if above:
            found.setdefault(above, []).append(clause)
    return [tuple(members) for members in found.values() if len(members) > 1]


def _lead(address: str, before: dict[str, Clause]) -> str | None:
    above = address.rpartition("/")[0]
    while "/" in above:
        if above in before:
            return before[above].id
        above = above.rpartition("/")[0]
    return None
