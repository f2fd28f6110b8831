"""What is provided elsewhere: a clause that holds unless something else is provided is told with what that is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer.fitting import can_answer, unit_of
from assistant.answer.passages import Passage
from assistant.answer.referred import addresses_of
from assistant.index import Index
from assistant.models import Tier
from assistant.retrieve import Hit, Named, Scope
from assistant.understand import Inquiry

LOOKED_AT = 8  # clauses nearest to the question among which what is provided is looked for
_UNLESS = re.compile(r"另有规定|另行规定|\bunless otherwise (?:provided|specified)\b", re.IGNORECASE)


def with_special(
    passages: Sequence[Passage], hits: Sequence[Hit], named: Named, inquiry: Inquiry, index: Index, scope: Scope
) -> list[Passage]:
    """Return passages with each clause near the question that names one of them and says what holds instead.

    企业所得税法实施条例第四十二条 (2.5%) is told behind the notice that provides otherwise (8%) and names it; a clause
    that is itself asked for by its number is told before it.
    """
    told = list(passages)
    shown = {p.address for passage in told for p in passage.provisions}
    for general in passages:
        if not any(_UNLESS.search(p.text) for p in general.provisions):
            continue
        for hit in hits[:LOOKED_AT]:
            other = hit.policy.id != general.policy.id and hit.policy.metadata.tier is not Tier.PAPER
            if other and hit.in_force is not False and hit.address not in shown and can_answer(hit, inquiry, index):
                special = Passage(
                    hit.policy, index.subtree(hit.address), frozenset({hit.address}), hit.score, hit.in_force
                )
                if _names(special, general, index, scope):
                    told.insert(told.index(general) + bool(named.clauses), special)
                    shown.add(hit.address)
    return told


def _names(special: Passage, general: Passage, index: Index, scope: Scope) -> bool:
    """Whether a clause refers to another, be that held as a digest or in its own words."""
    units = {unit_of(p.address, index) for p in general.provisions}
    same = {general.policy.id, scope.originals.get(general.policy.id, general.policy.id)}
    same |= {digest for digest, original in scope.originals.items() if original == general.policy.id}
    meant = {f"{id_}/{unit.partition('/')[2]}" for unit in units if unit for id_ in same}
    return any(address in meant for address in addresses_of(special, index, scope))
