"""What a corpus covers: which places, which kinds of clauses, and what its clauses rest on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.models import Kind, Policy, Provision, Tier
from assistant.structure.places import NATION

LEVELS = ("nation", "province", "city", "district", "paper")
BASES = ("law text", "seen", "memory")  # strongest first


@dataclass(frozen=True, slots=True)
class Count:
    """How many policies, and clauses in them."""

    policies: int
    clauses: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """A corpus in numbers. Papers count as a level of their own and in no place."""

    levels: Mapping[str, Count]  # by LEVELS
    places: Mapping[str, Count]  # by CN or the code of a province, cities and districts included
    kinds: Mapping[Kind, int]  # a clause of two kinds counts in both
    bases: Mapping[str, int]  # by BASES
    grid: Mapping[tuple[str, Kind], int]  # clauses by place and kind, papers left out
    asked: int  # clauses that lay questions lead to
    questions: int


def level(policy: Policy) -> str:
    """Return the level a policy is issued at, one of LEVELS."""
    code = policy.metadata.jurisdiction or NATION
    if policy.metadata.tier is Tier.PAPER:
        return "paper"
    if code == NATION:
        return "nation"
    if code.endswith("0000"):
        return "province"
    return "city" if code.endswith("00") else "district"


def province(policy: Policy) -> str:
    """Return the code of the province a policy belongs to, CN for the nation."""
    code = policy.metadata.jurisdiction or NATION
    return code if code == NATION else f"{code[:2]}0000"


def basis(provision: Provision) -> str:
    """Return what a clause rests on, one of BASES; what is marked in no other way was seen as it stands."""
    stated = provision.basis or ""
    if stated == "memory":
        return "memory"
    return "law text" if stated.startswith("law-text:") else "seen"


def coverage(policies: Iterable[Policy]) -> Coverage:
    """Return what the given policies and papers cover."""
    held = tuple(policies)
    local = tuple(policy for policy in held if level(policy) != "paper")
    codes = sorted({province(p) for p in local}, key=lambda code: (code != NATION, code))
    clauses = tuple(provision for policy in held for provision in policy.provisions)
    return Coverage(
        levels={name: _count(p for p in held if level(p) == name) for name in LEVELS},
        places={code: _count(p for p in local if province(p) == code) for code in codes},
        kinds=Counter(kind for provision in clauses for kind in provision.kinds),
        bases=Counter(basis(provision) for provision in clauses),
        grid=Counter((province(p), kind) for p in local for provision in p.provisions for kind in provision.kinds),
        asked=sum(bool(provision.asks) for provision in clauses),
        questions=sum(len(provision.asks) for provision in clauses),
    )


def _count(policies: Iterable[Policy]) -> Count:
    held = tuple(policies)
    return Count(len(held), sum(len(policy.provisions) for policy in held))
