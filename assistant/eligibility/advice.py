"""What would change a verdict, and what to ask next: both read off the tree of findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from assistant.eligibility.conditions import combined
from assistant.eligibility.model import FactDefinition, Finding, GroupFinding, GroupKind, Op, Truth

Found = Finding | GroupFinding
Route = tuple[Finding, ...]  # conditions that would have to become otherwise


def would_change(conditions: GroupFinding, exclusions: GroupFinding | None) -> tuple[Finding, ...]:
    """Return the shortest list of conditions that, turned round, would make a company qualify."""
    route = _cheapest(conditions, Truth.MET)
    if exclusions:
        route += _cheapest(exclusions, Truth.NOT_MET)
    return tuple(finding for finding in route if finding.truth is not Truth.UNKNOWN)


def _cheapest(found: Found, wanted: Truth) -> Route:
    """The fewest conditions to turn so that a finding comes out as wanted; failed ones count before unknown ones."""
    if found.truth is wanted:
        return ()
    if isinstance(found, Finding):
        return (found,)
    if found.kind is GroupKind.NOT:
        return _cheapest(found.members[0], Truth.NOT_MET if wanted is Truth.MET else Truth.MET)
    routes = sorted((_cheapest(member, wanted) for member in found.members), key=_cost)
    needed = _needed(found, wanted)
    return tuple(finding for route in routes[:needed] for finding in route)


def _needed(group: GroupFinding, wanted: Truth) -> int:
    """How many members must come out as wanted: of 3 in 5 two must be met, or four must fail."""
    total = len(group.members)
    least = {GroupKind.ALL: total, GroupKind.ANY: 1}.get(group.kind, group.least)
    return least if wanted is Truth.MET else total - least + 1


def _cost(route: Route) -> tuple[int, int, Decimal]:
    failed = sum(finding.truth is not Truth.UNKNOWN for finding in route)
    return failed, len(route) - failed, sum((_distance(finding) for finding in route), Decimal(0))


def _distance(finding: Finding) -> Decimal:
    """How far a number is from its threshold, as a share of it: 59 of 60 interns are nearer than a school to be founded."""
    threshold = finding.threshold
    given = finding.measured if finding.measured is not None else finding.given.value if finding.given else None
    if isinstance(threshold, bool) or not isinstance(threshold, Decimal) or not isinstance(given, Decimal):
        return Decimal(1)
    return min(Decimal(1), abs(threshold - given) / threshold) if threshold else Decimal(1)


def missing(
    conditions: GroupFinding, exclusions: GroupFinding | None, facts: Mapping[str, FactDefinition]
) -> tuple[FactDefinition, ...]:
    """Return the facts that can still decide, the most useful first.

    A fact is the more useful the more of its answers end the check, then the more questions its answers save.
    """
    roots = [root for root in (conditions, exclusions) if root]
    open_leaves = [leaf for root in roots for leaf in _open(root)]
    by_fact: dict[str, list[Finding]] = {}
    for leaf in open_leaves:
        for definition, given in ((leaf.fact, leaf.given), (leaf.share_of, leaf.share_given)):
            if definition and (given is None or leaf.partial or leaf.op is Op.WITHIN):  # a province can be told closer
                by_fact.setdefault(definition.id, []).append(leaf)
    order = {name: n for n, name in enumerate(facts)}

    def use(name: str) -> tuple[int, int, int]:
        decided, saved = 0, 0
        for truth in (Truth.MET, Truth.NOT_MET):
            turned = {id(leaf): truth for leaf in by_fact[name]}
            after = [_turned(root, turned) for root in roots]
            decided += _is_decided(after)
            saved += len(open_leaves) - sum(_count_open(tree) for tree in after)
        return -decided, -saved, order.get(name, 0)

    return tuple(facts[name] for name in sorted(by_fact, key=use))


def _open(found: Found) -> list[Finding]:
    """The unknown conditions on which a finding still hangs."""
    if found.truth is not Truth.UNKNOWN:
        return []
    if isinstance(found, Finding):
        return [found]
    return [leaf for member in found.members for leaf in _open(member)]


Tree = tuple[Truth, int]  # what it comes to, and how many conditions it still hangs on


def _turned(found: Found, turned: Mapping[int, Truth]) -> Tree:
    if isinstance(found, Finding):
        truth = turned.get(id(found), found.truth)
        return truth, int(truth is Truth.UNKNOWN)
    if found.truth is not Truth.UNKNOWN:
        return found.truth, 0
    below = [_turned(member, turned) for member in found.members]
    truth = combined(found.kind, [tree[0] for tree in below], found.least)
    return truth, sum(tree[1] for tree in below) if truth is Truth.UNKNOWN else 0


def _count_open(tree: Tree) -> int:
    return tree[1]


def _is_decided(trees: Sequence[Tree]) -> bool:
    """Whether conditions failed, or an exclusion is met, or neither leaves anything open."""
    conditions, exclusions = trees[0][0], trees[1][0] if len(trees) > 1 else Truth.NOT_MET
    return (
        conditions is Truth.NOT_MET
        or exclusions is Truth.MET
        or (conditions is Truth.MET and exclusions is Truth.NOT_MET)
    )
