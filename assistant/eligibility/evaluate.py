"""Check a company against a scheme: findings, verdict, amounts, and what to ask next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from assistant.eligibility import advice
from assistant.eligibility.amounts import amount
from assistant.eligibility.conditions import exclusions, judge
from assistant.eligibility.facts import PLACE, Sheet
from assistant.eligibility.model import (
    Fact,
    GroupFinding,
    GroupKind,
    Outcome,
    Scheme,
    Standing,
    Truth,
    Verdict,
)
from assistant.eligibility.notices import notices
from assistant.structure.places import NATION, chain


def check(scheme: Scheme, facts: Iterable[Fact], place: str | None = None, as_of: dt.date | None = None) -> Verdict:
    """Return where a company stands with a scheme on a day (default today); `place` is where it is registered."""
    day = as_of or dt.date.today()
    given = tuple(facts)
    if place and place != NATION and not any(fact.id == PLACE for fact in given):
        given = (*given, Fact(PLACE, place))
    sheet = Sheet(given, scheme.facts, day)
    stated = sheet.known(PLACE)
    at = str(stated.fact.value) if stated else place
    found = judge(scheme.conditions, scheme, sheet, day)
    if not isinstance(found, GroupFinding):  # every condition is outside its dates
        found = GroupFinding(scheme.conditions.id, GroupKind.ALL, Truth.MET, ())
    excluded = exclusions(scheme, sheet, day)
    stands = standing(scheme, at, day)
    outcome = _outcome(found, excluded, stands)
    ruled_out = outcome is Outcome.NOT_ELIGIBLE
    by_facts = ruled_out and stands in (Standing.IN_FORCE, Standing.UNDATED)  # no fact mends a wrong day or place
    amounts = () if ruled_out else tuple(amount(benefit, scheme, sheet, day) for benefit in scheme.benefits)
    return Verdict(
        scheme=scheme,
        place=at,
        as_of=day,
        outcome=outcome,
        standing=stands,
        conditions=found,
        exclusions=excluded,
        would_change=advice.would_change(found, excluded) if by_facts else (),
        missing=advice.missing(found, excluded, scheme.facts) if outcome is Outcome.NEEDS_FACTS else (),
        amounts=amounts,
        notices=notices(scheme, at, day, stands, found, excluded, amounts),
        facts=sheet.used(scheme.facts),
    )


def standing(scheme: Scheme, place: str | None, day: dt.date) -> Standing:
    """Return whether a scheme can be used in a place on a day."""
    if place and scheme.place not in chain(place) and place not in chain(scheme.place):
        return Standing.ELSEWHERE
    if scheme.effective and day < scheme.effective:
        return Standing.NOT_YET
    if scheme.expires and day > scheme.expires:
        return Standing.ENDED
    return Standing.IN_FORCE if scheme.effective and scheme.confirmed else Standing.UNDATED


def _outcome(conditions: GroupFinding, excluded: GroupFinding | None, stands: Standing) -> Outcome:
    if stands in (Standing.ELSEWHERE, Standing.NOT_YET, Standing.ENDED):
        return Outcome.NOT_ELIGIBLE
    exclusion = excluded.truth if excluded else Truth.NOT_MET
    if conditions.truth is Truth.NOT_MET or exclusion is Truth.MET:
        return Outcome.NOT_ELIGIBLE
    if conditions.truth is Truth.MET and exclusion is Truth.NOT_MET:
        return Outcome.ELIGIBLE
    return Outcome.NEEDS_FACTS
