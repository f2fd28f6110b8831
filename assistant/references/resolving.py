"""Resolving: which address a reference means, as far as only one can be meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from assistant.references.finding import Reference


class Lookup(Protocol):
    """What there is to refer to."""

    def named(self, name: str) -> Sequence[str]:
        """Return the ids of the policies with this title or 文号."""
        ...

    def holds(self, address: str) -> bool:
        """Tell whether there is a provision at this address."""
        ...


def documents(reference: Reference, policy_id: str | None, lookup: Lookup) -> tuple[str, ...]:
    """Return the ids of the policies a reference may mean: several where versions share a title."""
    if not reference.names_document:
        return (policy_id,) if policy_id else ()
    if reference.doc_number and (ids := lookup.named(reference.doc_number)):
        return tuple(ids)
    name = reference.title or ""
    for start in range(len(name) - 2):  # the name before a clause may carry words in front: 不符合职业教育法第五条
        if ids := lookup.named(name[start:]):
            return tuple(ids)
        if reference.text.startswith("《"):
            break
    return ()


def resolve(reference: Reference, policy_id: str | None, lookup: Lookup, at: str | None = None) -> tuple[str, ...]:
    """Return the addresses (or the policy id, for a whole document) that a reference means.

    `policy_id` and `at` are the policy and the address it stands in. Empty where nothing is found, and where two
    readings are possible: `documents` then tells the candidates.
    """
    if reference.level:
        bases = list(_relative(reference, lookup, at)) if at else []
        if not reference.steps:
            return tuple(bases)
        below = _locate(bases[0], reference.steps, lookup) if len(bases) == 1 else None
        return (below,) if below else ()
    policies = documents(reference, policy_id, lookup)
    if len(policies) != 1:
        return ()
    if not reference.steps:
        return (policies[0],) if reference.names_document else ()
    inside = re.match(r"[^/]+/annex_[^/]+", at or "")
    bases = [inside[0]] if inside and not reference.names_document else []
    steps = reference.steps
    if at and not reference.names_document and not steps[0].startswith(("art_", "ch_", "part_", "annex_")):
        clause = _above(at, "para" if steps[0].startswith("item_") else "art") or _above(at, "art")
        bases, steps = [base for base in (clause, _above(at, "art")) if base], reference.steps
        return next(((a,) for base in bases if (a := _locate(base, steps, lookup))), ())
    return next(((a,) for base in [*bases, policies[0]] if (a := _locate(base, steps, lookup))), ())


def _locate(base: str, steps: Sequence[str], lookup: Lookup) -> str | None:
    """Return the address below a base that steps lead to, as addresses are formed; None if there is not exactly one."""
    if not steps:
        return base
    step, *rest = steps
    tries = [f"{base}/{step}"]
    kind, _, number = step.partition("_")
    if kind == "art":
        tries.append(f"{base}/part_{number}")  # 本通知第三条 means 三、
    elif kind == "para" and number == "1" and not lookup.holds(tries[0]):
        tries = [base]  # the only 款 of an article is the article
    elif kind == "item" and not lookup.holds(tries[0]):
        tries = [f"{base}/point_{number}", f"{base}/subpoint_{number}"]
        inner = [a for n in range(1, 10) if lookup.holds(a := f"{base}/para_{n}/{step}")]
        tries = inner if len(inner) == 1 else tries
    for address in tries:
        if lookup.holds(address):
            return _locate(address, rest, lookup)
    return None


def _above(at: str, kind: str) -> str | None:
    """Return the part of an address up to its last step of a kind."""
    parts = at.split("/")
    for i in range(len(parts) - 1, 0, -1):
        if parts[i].startswith(f"{kind}_"):
            return "/".join(parts[: i + 1])
    return None


def _relative(reference: Reference, lookup: Lookup, at: str) -> tuple[str, ...]:
    here = _above(at, reference.level)
    if here is None:
        return ()
    if reference.own:
        return (here,)
    base, _, step = here.rpartition("/")
    number = step.partition("_")[2]
    if not number.isdigit():
        return ()
    before = range(int(number) - reference.back, int(number))
    addresses = tuple(f"{base}/{reference.level}_{n}" for n in before if n > 0)
    complete = len(addresses) == reference.back and all(lookup.holds(a) for a in addresses)
    return addresses if complete else ()
