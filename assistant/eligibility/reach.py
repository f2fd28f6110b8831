"""Whether conditions can be met at all, and whether each of them can matter: no contradiction, no idle branch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.eligibility.model import Group, GroupKind, Leaf, Node, Op, Scheme


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a fact can still be: between two ends, each taken in or left out."""

    low: Decimal | None = None
    low_in: bool = True
    high: Decimal | None = None
    high_in: bool = True

    @property
    def empty(self) -> bool:
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and not (self.low_in and self.high_in))

    def with_(self, op: Op, value: Decimal) -> Bounds:
        """Return what is left when a comparison must hold as well."""
        low, low_in, high, high_in = self.low, self.low_in, self.high, self.high_in
        if op in (Op.AT_LEAST, Op.MORE, Op.EQUAL) and (low is None or value >= low):
            low, low_in = value, (op is not Op.MORE) and (low_in if low == value else True)
        if op in (Op.AT_MOST, Op.LESS, Op.EQUAL) and (high is None or value <= high):
            high, high_in = value, (op is not Op.LESS) and (high_in if high == value else True)
        return Bounds(low, low_in, high, high_in)


def trouble(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """Yield where conditions contradict each other or can never matter, and in which way."""
    for node in (scheme.conditions, *scheme.exclusions):
        yield from _contradictions(node, ())
        yield from _idle(node)
    yield from _idle(Group("exclusions", GroupKind.ANY, scheme.exclusions))
    yield from _against_exclusions(scheme)
    yield from _dates(scheme)


def _contradictions(node: Node, above: tuple[Leaf, ...]) -> Iterator[tuple[str, str]]:
    """Hold what must hold together: all leaves under one `all`, and those above it."""
    if isinstance(node, Leaf):
        yield from _clash((*above, node))
        return
    if node.kind is GroupKind.NOT:
        return
    together = above
    if node.kind is GroupKind.ALL:
        together = (*above, *(member for member in node.members if isinstance(member, Leaf)))
        yield from _clash(together)
    for member in node.members:
        if isinstance(member, Group) or node.kind is not GroupKind.ALL:
            yield from _contradictions(member, together)


def _clash(leaves: Sequence[Leaf]) -> Iterator[tuple[str, str]]:
    bounds: dict[tuple[str, str | None], Bounds] = {}
    stated: dict[str, Leaf] = {}
    for leaf in leaves:
        key = (leaf.fact, leaf.share_of)
        if isinstance(leaf.value, Decimal) and not isinstance(leaf.value, bool):
            bounds[key] = bounds.get(key, Bounds()).with_(leaf.op, leaf.value)
            if bounds[key].empty:
                yield f"conditions ({leaf.id})", f"no value of {leaf.fact} meets it together with the others"
                return
        elif leaf.op is Op.EQUAL:
            other = stated.setdefault(leaf.fact, leaf)
            if other.value != leaf.value:
                yield f"conditions ({leaf.id})", f"it contradicts {other.id}"
                return


def _against_exclusions(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """What is asked for must not be what rules out."""
    required = {
        (leaf.fact, leaf.value)
        for leaf in scheme.conditions.members
        if scheme.conditions.kind is GroupKind.ALL and isinstance(leaf, Leaf) and leaf.op is Op.EQUAL
    }
    for node in scheme.exclusions:
        if isinstance(node, Leaf) and (node.fact, node.value) in required:
            yield f"exclusions ({node.id})", "the same is asked for under conditions"


def _idle(node: Node) -> Iterator[tuple[str, str]]:
    """In `any`, a comparison that another one already covers can never matter; nor can one stated twice."""
    if isinstance(node, Leaf):
        return
    seen: dict[tuple[object, ...], Leaf] = {}
    for member in node.members:
        if isinstance(member, Leaf):
            key = (member.fact, member.share_of, member.op, member.value, member.effective, member.expires)
            if key in seen:
                yield f"conditions ({member.id})", f"{seen[key].id} says the same"
            seen[key] = member
    if node.kind is GroupKind.ANY:
        leaves = [member for member in node.members if isinstance(member, Leaf) and isinstance(member.value, Decimal)]
        for leaf in leaves:
            for other in leaves:
                if leaf is not other and _covers(other, leaf):
                    yield f"conditions ({leaf.id})", f"whoever meets it meets {other.id} too, so it can never matter"
    for member in node.members:
        yield from _idle(member)


def _covers(wide: Leaf, narrow: Leaf) -> bool:
    if (wide.fact, wide.share_of, wide.op) != (narrow.fact, narrow.share_of, narrow.op) or wide.value == narrow.value:
        return False
    if not isinstance(wide.value, Decimal) or not isinstance(narrow.value, Decimal):
        return False
    if wide.op in (Op.AT_LEAST, Op.MORE):
        return wide.value < narrow.value
    return wide.op in (Op.AT_MOST, Op.LESS) and wide.value > narrow.value


def _dates(scheme: Scheme) -> Iterator[tuple[str, str]]:
    if scheme.effective and scheme.expires and scheme.effective > scheme.expires:
        yield "expires", f"it ends ({scheme.expires}) before it takes effect ({scheme.effective})"
    for leaf in (leaf for node in (scheme.conditions, *scheme.exclusions) for leaf in leaves_of(node)):
        if _never(leaf.effective, leaf.expires, scheme):
            yield f"conditions ({leaf.id})", "it is never asked while the scheme is in force"


def _never(effective: dt.date | None, expires: dt.date | None, scheme: Scheme) -> bool:
    return bool(
        (effective and expires and effective > expires)
        or (effective and scheme.expires and effective > scheme.expires)
        or (expires and scheme.effective and expires < scheme.effective)
    )


def leaves_of(node: Node) -> tuple[Leaf, ...]:
    """Return every comparison below a node, in order."""
    if isinstance(node, Leaf):
        return (node,)
    return tuple(leaf for member in node.members for leaf in leaves_of(member))
