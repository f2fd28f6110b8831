"""What must hold for any facts: more of what is met never hurts, unknown stays unknown, order and splitting change nothing."""

import datetime as dt
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant import config, eligibility
from assistant.eligibility import check
from assistant.eligibility.model import Fact, FactType, GroupFinding, Op, Outcome, Scheme, Truth, Verdict
from assistant.eligibility.reach import leaves_of

CATALOGUE = eligibility.load(config.bundled("corpus"))
DAY = dt.date(2024, 6, 30)
RANK = {Outcome.NOT_ELIGIBLE: 0, Outcome.NEEDS_FACTS: 1, Outcome.ELIGIBLE: 2}
# Shares and upper limits: a fact may meet one condition and break another, so that "met" has no direction.
MONOTONE = [s for s in CATALOGUE.schemes if not any(leaf.share_of for leaf in leaves_of(s.conditions))]
relaxed = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def value(scheme: Scheme, name: str, draw: st.DrawFn) -> Fact:
    definition = scheme.facts[name]
    match definition.type:
        case FactType.BOOLEAN:
            return Fact(name, draw(st.booleans()))
        case FactType.CHOICE:
            return Fact(name, draw(st.sampled_from([choice.id for choice in definition.choices])))
        case FactType.PLACE:
            return Fact(name, scheme.place)
        case _:
            return Fact(name, Decimal(draw(st.integers(0, 200))))


@st.composite
def firms(draw: st.DrawFn) -> tuple[Scheme, list[Fact]]:
    scheme = draw(st.sampled_from(MONOTONE))
    names = [name for name, fact in scheme.facts.items() if not fact.yearly]
    known = draw(st.sets(st.sampled_from(names))) if names else set()
    return scheme, [value(scheme, name, draw) for name in sorted(known)]


def verdict(scheme: Scheme, facts: list[Fact]) -> Verdict:
    return check(scheme, facts, None, min(DAY, scheme.expires or DAY))


def meeting(scheme: Scheme, name: str) -> Fact | None:
    """A fact that meets every condition on it, where there is one and no exclusion asks for it."""
    leaves = [leaf for leaf in leaves_of(scheme.conditions) if leaf.fact == name]
    excluded = {leaf.fact for node in scheme.exclusions for leaf in leaves_of(node)}
    if not leaves or name in excluded:
        return None
    for leaf in leaves:
        threshold = leaf.value[0] if isinstance(leaf.value, tuple) else leaf.value
        step = {Op.MORE: Decimal(1), Op.LESS: Decimal(-1)}.get(leaf.op, Decimal(0))
        found = Fact(name, threshold + step if isinstance(threshold, Decimal) else threshold)
        tried = verdict(scheme, [found])
        if all(f.truth is Truth.MET for f in tried.conditions.leaves if f.fact.id == name):
            return found
    return None


def _has_negation(found: GroupFinding) -> bool:
    return any(isinstance(m, GroupFinding) and (m.kind == "not" or _has_negation(m)) for m in found.members)


@given(firms(), st.data())
@relaxed
def test_adding_a_met_fact_never_makes_it_worse(firm: tuple[Scheme, list[Fact]], data: st.DataObject) -> None:
    scheme, facts = firm
    before = verdict(scheme, facts)
    if _has_negation(before.conditions):
        return
    known = {fact.id for fact in facts}
    candidates = [fact for name in scheme.facts if name not in known and (fact := meeting(scheme, name))]
    if not candidates:
        return
    after = verdict(scheme, [*facts, data.draw(st.sampled_from(candidates))])
    assert RANK[after.outcome] >= RANK[before.outcome]


@given(firms())
@relaxed
def test_the_order_of_facts_changes_nothing(firm: tuple[Scheme, list[Fact]]) -> None:
    scheme, facts = firm
    assert verdict(scheme, facts) == verdict(scheme, facts[::-1])


@given(firms())
@relaxed
def test_what_is_not_known_stays_unknown(firm: tuple[Scheme, list[Fact]]) -> None:
    scheme, facts = firm
    known = {fact.id for fact in facts}
    for finding in verdict(scheme, facts).findings:
        assert (finding.given is None) == (finding.fact.id not in known)
        if finding.given is None:
            assert finding.truth is Truth.UNKNOWN


@given(firms())
@relaxed
def test_answering_what_is_asked_for_next_ends_in_a_verdict(firm: tuple[Scheme, list[Fact]]) -> None:
    scheme, facts = firm
    for _ in range(len(scheme.facts) + 1):
        found = verdict(scheme, facts)
        if found.next_fact is None:
            break
        assert found.next_fact.id not in {fact.id for fact in facts}
        answer = meeting(scheme, found.next_fact.id) or Fact(found.next_fact.id, False)
        facts = [*facts, answer]
    assert found.outcome is not Outcome.NEEDS_FACTS


def credit(investment: dict[int, int], due: dict[int, int]) -> dict[str, Decimal]:
    facts = [Fact("in_pool", True), Fact("investment_qualifies", True), Fact("credit_carried_in", Decimal(0))]
    facts += [Fact("vocational_investment", Decimal(amount), year) for year, amount in investment.items()]
    facts += [Fact("surcharge_due", Decimal(amount), year) for year, amount in due.items()]
    table = check(CATALOGUE.get("surcharge-credit"), facts, None, DAY).amounts[0].table
    assert table is not None
    columns = {column.id: n for n, column in enumerate(table.columns)}
    total = {name: Decimal(0) for name in ("new", "used")}
    for row in table.rows:
        for name in total:
            amount = row.values[columns[name]]
            assert amount is not None
            total[name] += amount
        used, limit = row.values[columns["used"]], row.values[columns["limit"]]
        assert used is not None
        assert limit is not None
        assert used <= limit
    left = table.rows[-1].values[columns["carried_out"]]
    assert left is not None
    assert total["new"] == total["used"] + left  # nothing is lost and nothing is made
    return total


amounts = st.integers(0, 10_000_000)


@given(st.lists(amounts, min_size=5, max_size=5), st.lists(amounts, min_size=5, max_size=5))
@relaxed
def test_splitting_an_investment_over_years_conserves_the_total_credit(parts: list[int], due: list[int]) -> None:
    years = range(2020, 2025)
    surcharges = dict(zip(years, due, strict=True))
    at_once = credit({2020: sum(parts), 2021: 0, 2022: 0, 2023: 0, 2024: 0}, surcharges)
    split = credit(dict(zip(years, parts, strict=True)), surcharges)
    assert at_once["new"] == split["new"] == sum(parts) * Decimal("0.3")
    assert split["used"] <= at_once["used"]  # later money cannot be used earlier
