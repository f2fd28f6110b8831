"""Three-valued logic: what each condition comes to, given what is known."""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from assistant.eligibility.facts import Known, Sheet
from assistant.eligibility.model import (
    Finding,
    Group,
    GroupFinding,
    GroupKind,
    Leaf,
    Node,
    Op,
    Scheme,
    Truth,
    Value,
)
from assistant.structure.places import chain

_COMPARE: Mapping[Op, Callable[[Any, Any], bool]] = {
    Op.EQUAL: operator.eq,
    Op.AT_LEAST: operator.ge,
    Op.AT_MOST: operator.le,
    Op.MORE: operator.gt,
    Op.LESS: operator.lt,
    Op.ONE_OF: lambda value, among: value in among,
}


def judge(
    node: Node, scheme: Scheme, sheet: Sheet, as_of: dt.date, *, excludes: bool = False
) -> Finding | GroupFinding | None:
    """Return what is found for a condition; None for one that does not hold on that day."""
    if isinstance(node, Leaf):
        out = (node.effective and as_of < node.effective) or (node.expires and as_of > node.expires)
        return None if out else _leaf(node, scheme, sheet, excludes)
    members = tuple(
        found
        for member in node.members
        if (found := judge(member, scheme, sheet, as_of, excludes=excludes)) is not None
    )
    if not members and node.members:
        return None
    return GroupFinding(
        id=node.id,
        kind=node.kind,
        truth=combined(node.kind, [member.truth for member in members], node.least),
        members=members,
        label=node.label,
        clause=scheme.clauses[node.address] if node.address else None,
        least=node.least,
    )


def combined(kind: GroupKind, truths: Sequence[Truth], least: int = 1) -> Truth:
    """Return what conditions come to together: decided as soon as the known ones decide it, else unknown."""
    met, unknown = truths.count(Truth.MET), truths.count(Truth.UNKNOWN)
    if kind is GroupKind.NOT:
        return {Truth.MET: Truth.NOT_MET, Truth.NOT_MET: Truth.MET}.get(truths[0], Truth.UNKNOWN)
    needed = {GroupKind.ALL: len(truths), GroupKind.ANY: 1}.get(kind, least)
    if met >= needed:
        return Truth.MET
    return Truth.UNKNOWN if met + unknown >= needed else Truth.NOT_MET


def _leaf(leaf: Leaf, scheme: Scheme, sheet: Sheet, excludes: bool) -> Finding:
    known = sheet.known(leaf.fact)
    share = sheet.known(leaf.share_of) if leaf.share_of else None
    measured = None
    if leaf.share_of is None:
        truth = compare(leaf, known)
    else:
        measured = _share(known, share)
        truth = _truth(_COMPARE[leaf.op](measured, leaf.value)) if measured is not None else Truth.UNKNOWN
    return Finding(
        id=leaf.id,
        label=leaf.label,
        truth=truth,
        fact=scheme.facts[leaf.fact],
        given=known.fact if known else None,
        op=leaf.op,
        threshold=leaf.value,
        unit=leaf.unit,
        clause=scheme.clauses[leaf.address],
        excludes=excludes,
        share_of=scheme.facts[leaf.share_of] if leaf.share_of else None,
        share_given=share.fact if share else None,
        measured=measured,
        partial=bool(known and known.partial),
    )


def compare(leaf: Leaf, known: Known | None) -> Truth:
    """Return whether what is known meets a threshold; a part of a sum can only show that enough is there."""
    if known is None:
        return Truth.UNKNOWN
    value = known.fact.value
    if leaf.op is Op.WITHIN:
        return _within(value, leaf.value)
    if known.partial:
        return _of_a_part(leaf, value)
    return _truth(_COMPARE[leaf.op](value, leaf.value))


def _of_a_part(leaf: Leaf, value: Value) -> Truth:
    """What 45 interns of one year say of three: at least 45, perhaps more."""
    if leaf.op in (Op.AT_LEAST, Op.MORE) and _COMPARE[leaf.op](value, leaf.value):
        return Truth.MET
    if leaf.op in (Op.AT_MOST, Op.LESS) and not _COMPARE[leaf.op](value, leaf.value):
        return Truth.NOT_MET
    return Truth.UNKNOWN


def _within(value: Value, threshold: Value | tuple[str, ...]) -> Truth:
    code, place = str(value), str(threshold)
    if place in chain(code):
        return Truth.MET
    return Truth.UNKNOWN if code in chain(place) else Truth.NOT_MET  # a province says nothing of the city


def _share(part: Known | None, whole: Known | None) -> Decimal | None:
    """One number as a percentage of another, exactly as far as it is compared; None when it cannot be said."""
    if part is None or whole is None or part.partial or whole.partial:
        return None
    a, b = part.fact.value, whole.fact.value
    if not isinstance(a, Decimal) or not isinstance(b, Decimal) or b <= 0:
        return None
    return a * 100 / b


def _truth(met: bool) -> Truth:
    return Truth.MET if met else Truth.NOT_MET


def exclusions(scheme: Scheme, sheet: Sheet, as_of: dt.date) -> GroupFinding | None:
    """Return what is found for everything that rules a company out: met when one of them is."""
    group = Group("exclusions", GroupKind.ANY, scheme.exclusions)
    found = judge(group, scheme, sheet, as_of, excludes=True) if scheme.exclusions else None
    return found if isinstance(found, GroupFinding) else None
