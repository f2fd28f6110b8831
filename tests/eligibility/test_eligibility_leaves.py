"""Every condition of every scheme: met, not met and unknown, and for numbers the values around the threshold."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest

from assistant.eligibility import Catalogue, check
from assistant.eligibility.model import Fact, FactType, Leaf, Op, Scheme, Truth, Value
from assistant.eligibility.reach import leaves_of

ONE = {FactType.MONEY: Decimal("0.01"), FactType.NUMBER: Decimal(1)}
ELSEWHERE = "650100"  # Urumqi, where no scheme has a version of its own


def values(leaf: Leaf, scheme: Scheme) -> Iterator[tuple[Value, Truth]]:
    """Values of a leaf's fact, each with what must be found: worked out from the threshold and the sign alone."""
    threshold, definition = leaf.value, scheme.facts[leaf.fact]
    if leaf.op is Op.WITHIN:
        yield from ((str(threshold), Truth.MET), (ELSEWHERE, Truth.NOT_MET))
    elif leaf.op is Op.ONE_OF:
        assert isinstance(threshold, tuple)
        yield from ((c.id, Truth.MET if c.id in threshold else Truth.NOT_MET) for c in definition.choices)
    elif isinstance(threshold, bool):
        yield from ((threshold, Truth.MET), (not threshold, Truth.NOT_MET))
    elif isinstance(threshold, Decimal):
        step = ONE[definition.type]
        below, at, above = {
            Op.AT_LEAST: (False, True, True), Op.AT_MOST: (True, True, False),
            Op.MORE: (False, False, True), Op.LESS: (True, False, False),
        }[leaf.op]  # fmt: skip
        for value, met in ((threshold - step, below), (threshold, at), (threshold + step, above)):
            yield value, Truth.MET if met else Truth.NOT_MET


def truth(leaf: Leaf, scheme: Scheme, facts: list[Fact]) -> Truth:
    verdict = check(scheme, facts, None, dt.date(2024, 6, 30))
    return next(finding.truth for finding in verdict.findings if finding.id == leaf.id)


def leaves(scheme: Scheme) -> tuple[Leaf, ...]:
    return tuple(leaf for node in (scheme.conditions, *scheme.exclusions) for leaf in leaves_of(node))


def test_each_condition_of_each_scheme_is_met_failed_and_unknown_where_its_clause_says(catalogue: Catalogue) -> None:
    tried = 0
    for scheme in catalogue.schemes:
        for leaf in leaves(scheme):
            assert truth(leaf, scheme, []) is Truth.UNKNOWN, (scheme.id, leaf.id)
            for value, expected in values(leaf, scheme):
                hundred = [Fact(leaf.share_of, Decimal(100))] if leaf.share_of else []
                found = truth(leaf, scheme, [Fact(leaf.fact, value), *hundred])
                assert found is expected, (scheme.id, leaf.id, value)
                tried += 1
    assert tried > 1000


@pytest.mark.parametrize("place", ["371300", "320100"])
def test_the_same_firm_in_linyi_and_in_nanjing_is_held_to_the_clauses_of_its_place(
    catalogue: Catalogue, place: str
) -> None:
    firm = [Fact("interns_3y", Decimal(60)), Fact("intern_months", Decimal(3)), Fact("years_operating", Decimal(4))]
    verdict = check(catalogue.get("iei-enterprise", place), firm, place, dt.date(2026, 11, 22))
    findings = {finding.id: finding for finding in verdict.findings}
    if place == "371300":  # the six national conditions, and nothing on years
        assert findings["interns-60"].truth is Truth.MET
        assert findings["interns-60"].clause.locator == "第五条第（二）项"
        assert "years-5" not in findings
    else:  # five years in Jiangsu, and interns are no further condition there
        assert findings["years-5"].truth is Truth.NOT_MET
        assert findings["years-5"].clause.locator == "二、（一）1."
        assert "5年以上" in findings["years-5"].clause.quote
        assert "interns-60" not in findings
