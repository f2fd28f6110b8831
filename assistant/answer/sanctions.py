"""What a breach of a clause leads to: the clause of the same text that sets a penalty and points at it by its number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from assistant.answer.passages import Passage
from assistant.answer.referred import addresses_of
from assistant.index import Index
from assistant.models import Kind, Level, Provision, Role, Wording
from assistant.retrieve import Scope
from assistant.text import bigrams
from assistant.understand import Inquiry

MOST = 2


def with_penalty(passages: Sequence[Passage], inquiry: Inquiry, index: Index, scope: Scope) -> list[Passage]:
    """Return the clauses with those before them that set the penalty for what the best of them demands or forbids.

    违反本条例第十条第二项规定的，…处罚款 has few words of a question about what 第十条 forbids, and another clause
    with a penalty may have more: what points at the clause by its number takes its place.
    """
    duties = [p for p in passages if not _sets_one(p.provisions)]
    penalties = [p for p in passages if _sets_one(p.provisions)]
    if Kind.SANCTION not in inquiry.kinds or any(
        _points_at(p, duty, index, scope) for p in penalties for duty in duties
    ):
        return list(passages)
    asked = set(bigrams(inquiry.text))
    for duty in sorted(duties, key=lambda d: -max(len(asked & set(bigrams(p.text))) for p in d.provisions)):
        if found := list(islice(_setting(duty, inquiry, index, scope), MOST)):
            return [*found, *duties]
    return list(passages)


def _points_at(penalty: Passage, duty: Passage, index: Index, scope: Scope) -> bool:
    article = duty.provisions[0].address
    return any(f"{a}/".startswith(f"{article}/") for a in addresses_of(penalty, index, scope))


def _setting(best: Passage, inquiry: Inquiry, index: Index, scope: Scope) -> Iterator[Passage]:
    meant = _item_asked(best, inquiry)
    article = best.provisions[0].address
    if best.policy.wording is not Wording.ORIGINAL or best.provisions[0].level is not Level.ARTICLE:
        return
    for chunk in index.chunks_of(best.policy.id):
        provisions = index.subtree(chunk.addresses[0])
        if chunk.role is not Role.TEXT or not provisions or not _sets_one(provisions):
            continue
        passage = Passage(best.policy, provisions, frozenset(chunk.addresses), best.relevance, best.in_force)
        pointed = [a for a in addresses_of(passage, index, scope) if f"{a}/".startswith(f"{article}/")]
        whole = article in pointed or meant is None
        if pointed and (whole or any(f"{meant}/".startswith(f"{a}/") for a in pointed)):
            yield passage


def _item_asked(best: Passage, inquiry: Inquiry) -> str | None:
    """The item of a list that shares most with the question, words of few items counting more; None where none shares any."""
    items = {p.address: set(bigrams(p.text)) for p in best.provisions if p.level in (Level.ITEM, Level.SUBITEM)}
    holders = Counter(pair for pairs in items.values() for pair in pairs)
    asked = set(bigrams(inquiry.text))
    shared = {address: sum(1 / holders[pair] for pair in asked & pairs) for address, pairs in items.items()}
    best_item = max(shared, key=lambda address: shared[address], default=None)
    return best_item if best_item and shared[best_item] else None


def _sets_one(provisions: Sequence[Provision]) -> bool:
    return any(Kind.SANCTION in p.kinds for p in provisions)
