"""What came before a document and what came after it, by the records of both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from assistant.models import Policy, Wording
from assistant.retrieve import Scope
from assistant.text.normal import title_key


def successors(id_: str, scope: Scope) -> list[Policy]:
    """Return what took a document's place, as far as it is held: what its record names, and what repeals it."""
    named = {r.target for r in scope.policies[id_].relations if r.kind == "superseded_by"}
    later = [p for p in _others(id_, scope) if p.id in named or _repeals(p, id_, scope) or _newer(p, id_, scope)]
    return sorted(_in_own_words(later, scope), key=lambda p: p.id)


def predecessors(id_: str, scope: Scope, day: dt.date) -> list[Policy]:
    """Return what held on a day in a document's place, before it took effect."""
    return [
        p
        for p in _others(id_, scope)
        if scope.spans[p.id].holds(day) and id_ in {later.id for later in successors(p.id, scope)}
    ]


def _others(id_: str, scope: Scope) -> Iterable[Policy]:
    """Every other document that is not the same text in other words."""
    twins = {(a, b) for pair in scope.originals.items() for a, b in (pair, pair[::-1])}
    return (p for p in scope.policies.values() if p.id != id_ and (p.id, id_) not in twins)


def _repeals(policy: Policy, id_: str, scope: Scope) -> bool:
    of = scope.policies[id_].metadata
    names = {id_, *(title_key(name) for name in (of.title, of.doc_number) if name)}
    return any(r.kind == "repeals" and (r.target in names or title_key(r.target) in names) for r in policy.relations)


def _newer(policy: Policy, id_: str, scope: Scope) -> bool:
    """Whether a policy is the next version of one instrument: the same title and place, in force when the other ended."""
    of, end = scope.policies[id_].metadata, scope.spans[id_].end
    return bool(
        end
        and of.title
        and policy.metadata.title
        and title_key(policy.metadata.title) == title_key(of.title)
        and policy.metadata.jurisdiction == of.jurisdiction
        and scope.spans[policy.id].start == end
    )


def _in_own_words(policies: list[Policy], scope: Scope) -> list[Policy]:
    """Of a digest and its original the digest alone: its record knows the title in both languages."""
    ids = {p.id for p in policies}
    originals = {original for digest, original in scope.originals.items() if digest in ids}
    return [p for p in policies if p.id not in originals or p.wording is Wording.DIGEST]
