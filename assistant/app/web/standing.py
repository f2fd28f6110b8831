"""Where a policy stands on a day, as one word for a badge, and what its clauses rest on."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from assistant import validity
from assistant.corpus.coverage import basis
from assistant.models import Policy, Provision, Tier, Wording

ORIGINAL = "original"


class Standing(StrEnum):
    """What a badge says of a policy."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    REPEALED = "repealed"  # or superseded: another act ended it
    UNVERIFIED = "unverified"
    RESEARCH = "research"  # a paper is never in force


def standings(policies: Iterable[Policy], day: dt.date) -> dict[str, Standing]:
    """Return for each policy, by id, where it stands on a day."""
    held = tuple(policies)
    spans = _spans(_Held(held))
    return {policy.id: _standing(policy, spans[policy.id], day) for policy in held}


def of_clause(policy: Standing, provision: Provision | None, day: dt.date) -> Standing:
    """Return where a clause stands on a day: its own dates, where it has them, go before its policy's."""
    if provision and provision.effective and day < provision.effective:
        return Standing.NOT_YET
    if provision and provision.expires and day > provision.expires:
        return Standing.EXPIRED
    return policy


@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    """Policies that are the same only where they are the very same tuple, as an index gives until something changes."""

    policies: tuple[Policy, ...]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.policies is self.policies

    def __hash__(self) -> int:
        return id(self.policies)


@lru_cache(maxsize=8)  # every answer asks for them, and they take as long as a tenth of it
def _spans(held: _Held) -> dict[str, validity.Span]:
    return validity.spans(held.policies)


def _standing(policy: Policy, span: validity.Span, day: dt.date) -> Standing:
    if policy.metadata.tier is Tier.PAPER:
        return Standing.RESEARCH
    holds = span.holds(day)
    if holds is None:
        return Standing.UNVERIFIED
    if holds:
        return Standing.IN_FORCE
    if span.is_before(day):
        return Standing.NOT_YET
    ran_out = policy.metadata.expires is not None and policy.metadata.expires < day
    if policy.status == "expired" or (ran_out and policy.status != "superseded" and not policy.metadata.repealed):
        return Standing.EXPIRED
    return Standing.REPEALED


def bases(policy: Policy) -> Counter[str]:
    """Return how many clauses rest on what: `original`, or for a digest one of the bases of the corpus."""
    if policy.wording is Wording.ORIGINAL:
        return Counter({ORIGINAL: len(policy.provisions)})
    return Counter(basis(provision) for provision in policy.provisions)
