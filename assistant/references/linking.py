"""Linking: the clauses that a clause refers to, so that an answer can show what 依照本办法第五条规定的条件 means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.models import Policy, Provision
from assistant.references.finding import Reference, find
from assistant.references.resolving import Lookup, resolve

_SHORT = re.compile(
    r"《(?P<title>[^《》]+)》[^《》。；]{0,60}?(?:以下|下)(?:简称|统称|称)为?[“《](?P<short>[^”》]{1,20})[”》]"
)
_KIND = re.compile(r"(?:办法|条例|意见|规定|细则|方案|通知|措施|规划|计划|法)$")
_IN_TITLE = re.compile(r"《([^《》]+)》")


@dataclass(frozen=True, slots=True)
class Link:
    """A reference in a clause, and where it leads."""

    text: str  # as printed
    addresses: tuple[str, ...]  # of provisions, or the id of a policy that is named as a whole; empty if unresolved


def short_names(policy: Policy) -> dict[str, str]:
    """Return the short names a policy defines, 以下简称《办法》, each with the full title it stands for.

    An interpretation calls the text that its own title names by the end of that title: 《办法》.
    """
    names: dict[str, str] = {}
    for provision in policy.provisions:
        if "称" in provision.text:
            for match in _SHORT.finditer(provision.text):
                names.setdefault(match["short"], match["title"])
    inside = _IN_TITLE.findall(policy.metadata.title or "")
    if len(inside) == 1:
        full = re.sub(r"[（(][^）)]*[)）]$", "", inside[0])
        if kind := _KIND.search(full):
            names.setdefault(kind[0], inside[0])
    return names


def links(
    policy: Policy, provisions: Iterable[Provision], lookup: Lookup, short: Mapping[str, str] | None = None
) -> tuple[Link, ...]:
    """Return what some clauses of a policy refer to, each reference once; what they are part of themselves is left out.

    `short` holds the policy's `short_names`, worked out here unless given (they need all of its provisions).
    """
    names = short_names(policy) if short is None else short
    found: dict[tuple[str, ...], Link] = {}
    inside = list(provisions)
    own = {p.address for p in inside}
    for provision in inside:
        for reference in find(provision.text):
            full = _in_full(reference, names)
            addresses = resolve(full, policy.id, lookup, provision.address)
            if addresses and all(a in own or _contains(a, provision.address) for a in addresses):
                continue
            if addresses or reference.names_document or reference.steps or reference.level:
                found.setdefault(addresses or (reference.text,), Link(reference.text, addresses))
    return tuple(found.values())


def _in_full(reference: Reference, names: Mapping[str, str]) -> Reference:
    full = names.get(reference.title or "")
    return replace(reference, title=full) if full else reference


def _contains(address: str, other: str) -> bool:
    return other == address or other.startswith(f"{address}/")


def referred(found: Sequence[Link]) -> tuple[str, ...]:
    """Return the addresses of clauses that links lead to, in order; documents named as a whole are none."""
    return tuple(dict.fromkeys(a for link in found for a in link.addresses if "/" in a))
