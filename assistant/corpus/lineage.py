"""How a policy stands among the others: what came before and after it, what it rests on and what rests on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.models import Policy

# The same relation told from its other end.
INVERSE = {
    "implements": "implemented by",
    "based_on": "basis of",
    "amends": "amended by",
    "repeals": "repealed by",
    "superseded_by": "supersedes",
    "interprets": "interpreted by",
    "related": "related",
}


@dataclass(frozen=True, slots=True)
class Link:
    """A relation as seen from one policy."""

    kind: str  # a relation kind, or its inverse in words
    policy_id: str | None  # None for a policy outside the corpus
    title: str


@dataclass(frozen=True, slots=True)
class Stage:
    """One instrument in a line of succession; None is an unknown day."""

    policy_id: str | None
    title: str
    start: dt.date | None
    end: dt.date | None  # first day no longer in force
    status: str | None


def links(policy: Policy, policies: Iterable[Policy]) -> tuple[Link, ...]:
    """Return the relations of a policy both ways: its own, then those of others to it that it does not state itself."""
    held = {other.id: other for other in policies}
    own = tuple(
        Link(r.kind, r.target if r.target in held else None, _title(held.get(r.target)) or r.target)
        for r in policy.relations
    )
    told = {(link.kind, link.policy_id) for link in own}
    # `A repeals B` and `B superseded_by A` are one fact, told once.
    mirrored = {("superseded_by", "repeals"), ("repeals", "superseded_by"), ("related", "related")}
    others = tuple(
        Link(INVERSE.get(r.kind, r.kind), other.id, _title(other) or other.id)
        for other in held.values()
        for r in other.relations
        if r.target == policy.id and not any((mine, r.kind) in mirrored and whose == other.id for mine, whose in told)
    )
    return own + others


def timeline(policy: Policy, policies: Iterable[Policy]) -> tuple[Stage, ...]:
    """Return a policy with all its predecessors and successors, earliest first."""
    held = {other.id: other for other in policies}
    line, outside = {policy.id: policy}, []
    waiting = [policy]
    while waiting:
        current = waiting.pop()
        for near in (link for link in links(current, held.values()) if link.kind in _SUCCESSION):
            if near.policy_id is None:
                outside.append(Stage(None, near.title, None, _ends_at(near, current), "outside the corpus"))
            elif near.policy_id not in line:
                line[near.policy_id] = held[near.policy_id]
                waiting.append(held[near.policy_id])
    stages = [Stage(p.id, _title(p) or p.id, _start(p), _end(p), p.status) for p in line.values()]
    return tuple(sorted((*outside, *stages), key=lambda stage: stage.start or stage.end or dt.date.max))


_SUCCESSION = ("repeals", "superseded_by", "repealed by", "supersedes")


def _ends_at(near: Link, successor: Policy) -> dt.date | None:
    """When a predecessor outside the corpus ended: on the day its successor began, where that is known."""
    return _start(successor) if near.kind == "repeals" else None


def _start(policy: Policy) -> dt.date | None:
    return policy.metadata.effective or policy.metadata.issued


def _end(policy: Policy) -> dt.date | None:
    metadata = policy.metadata
    return metadata.repealed or (metadata.expires + dt.timedelta(days=1) if metadata.expires else None)


def _title(policy: Policy | None) -> str | None:
    return policy.metadata.title if policy else None
