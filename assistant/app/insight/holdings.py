"""What the policies held cover, and which of them need somebody's eye: soon out of force, unverified, replaced."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant import corpus, validity
from assistant.corpus.coverage import basis, coverage
from assistant.models import Kind, Policy, Tier, Wording
from assistant.structure.places import NATION, provinces

SOON, LATER = 90, 180  # days in which a text is about to lose force
KINDS = tuple(kind for kind in Kind if kind is not Kind.FINDING)  # findings are of papers, which hold in no place


@dataclass(frozen=True, slots=True)
class Name:
    """A policy as it is named in a list."""

    id: str
    title: str
    title_en: str | None
    place: str  # GB/T 2260 code, CN for the nation


@dataclass(frozen=True, slots=True)
class Place:
    """What is held of one province, its cities and districts included, or of the nation."""

    code: str
    policies: int
    clauses: int
    kinds: Mapping[Kind, int]  # a clause of two kinds counts in both; uploaded texts have none


@dataclass(frozen=True, slots=True)
class Expiring:
    """A policy, or one clause of it, that is in force for some days more."""

    policy: Name
    locator: str | None  # None: the whole policy
    last_day: dt.date
    days: int  # until then


@dataclass(frozen=True, slots=True)
class Unknown:
    """A policy of which nobody knows whether it is in force."""

    policy: Name
    note: str | None


@dataclass(frozen=True, slots=True)
class FromMemory:
    """A digest with clauses that were written from memory, and checked against nothing."""

    policy: Name
    clauses: int
    of: int


@dataclass(frozen=True, slots=True)
class Ended:
    """A policy that is held and no longer in force."""

    policy: Name
    last_day: dt.date | None
    by: tuple[str, ...]  # titles of what replaced it, as far as that is recorded


@dataclass(frozen=True, slots=True)
class Holdings:
    """The policies held, research papers left out."""

    policies: int
    clauses: int
    places: tuple[Place, ...]  # the nation and every province, those without anything included
    expiring: tuple[Expiring, ...]  # within LATER days, the first to end first
    unknown: tuple[Unknown, ...]
    from_memory: tuple[FromMemory, ...]  # the most such clauses first
    ended: tuple[Ended, ...]  # the last to end first


def holdings(policies: Iterable[Policy], day: dt.date) -> Holdings:
    """Tell what is held on a day; policies are given with their provisions.

    Digest and official text of one policy count once: the digest where kinds of clauses are counted, as only digests
    say them, the official text in every list of what needs care, as it is what answers quote.
    """
    everything = tuple(policies)
    pairs = validity.originals(everything)
    held = tuple(policy for policy in everything if policy.metadata.tier is not Tier.PAPER)
    covering = tuple(policy for policy in held if policy.id not in set(pairs.values()))
    quoted = tuple(policy for policy in held if policy.id not in pairs)
    spans = validity.spans(everything)
    return Holdings(
        policies=len(covering),
        clauses=sum(len(policy.provisions) for policy in covering),
        places=_places(covering),
        expiring=_expiring(quoted, spans, day),
        unknown=tuple(
            Unknown(_name(policy), policy.validity_note) for policy in quoted if spans[policy.id].holds(day) is None
        ),
        from_memory=_from_memory(quoted),
        ended=_ended(quoted, everything, spans, day),
    )


def _places(held: Sequence[Policy]) -> tuple[Place, ...]:
    covered = coverage(held)
    rows = []
    for code in (NATION, *(province.code for province in provinces())):
        count = covered.places.get(code)
        kinds: dict[Kind, int] = {kind: covered.grid.get((code, kind), 0) for kind in KINDS}
        rows.append(Place(code, count.policies if count else 0, count.clauses if count else 0, kinds))
    return tuple(rows)


def _expiring(held: Sequence[Policy], spans: Mapping[str, validity.Span], day: dt.date) -> tuple[Expiring, ...]:
    until = day + dt.timedelta(days=LATER)
    found = []
    for policy in held:
        span = spans[policy.id]
        if span.holds(day) is False:
            continue
        last = span.end - dt.timedelta(days=1) if span.end else None
        if last and day <= last <= until:
            found.append(Expiring(_name(policy), None, last, (last - day).days))
        for provision in policy.provisions:
            own = provision.expires
            if own and day <= own <= until and own != last:
                found.append(Expiring(_name(policy), provision.locator, own, (own - day).days))
    return tuple(sorted(found, key=lambda one: (one.last_day, one.policy.id, one.locator or "")))


def _from_memory(held: Iterable[Policy]) -> tuple[FromMemory, ...]:
    found = []
    for policy in held:
        if policy.wording is Wording.DIGEST:
            unchecked = sum(basis(provision) == "memory" for provision in policy.provisions)
            if unchecked:
                found.append(FromMemory(_name(policy), unchecked, len(policy.provisions)))
    return tuple(sorted(found, key=lambda one: (-one.clauses, one.policy.id)))


def _ended(
    held: Iterable[Policy], everything: Sequence[Policy], spans: Mapping[str, validity.Span], day: dt.date
) -> tuple[Ended, ...]:
    found = []
    for policy in held:
        span = spans[policy.id]
        if span.holds(day) is False and not span.is_before(day):
            links = corpus.links(policy, everything)
            by = (link.title for link in links if link.kind in ("superseded_by", "repealed by"))
            last = span.end - dt.timedelta(days=1) if span.end else None
            found.append(Ended(_name(policy), last, tuple(dict.fromkeys(by))))
    return tuple(sorted(found, key=lambda one: (one.last_day or dt.date.min, one.policy.id), reverse=True))


def _name(policy: Policy) -> Name:
    about = policy.metadata
    return Name(policy.id, about.title or policy.source, about.title_en, about.jurisdiction or NATION)
