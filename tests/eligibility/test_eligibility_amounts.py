"""Amounts over years, worked out by hand first."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

import pytest

from assistant.eligibility import Catalogue, check, read_mapping
from assistant.eligibility.model import Amount, Verdict

LISTED = {"in_pool": "是", "investment_qualifies": "是"}
GIVEN = {"donated_through_recognised": "是", "donation_receipt": "是", "sponsorship": "否"}
Years = dict[int, object]


def worked(catalogue: Catalogue, scheme: str, facts: Mapping[str, object]) -> Verdict:
    return check(catalogue.get(scheme), read_mapping(catalogue.facts, facts), None, dt.date(2026, 11, 22))


def table(amount: Amount) -> dict[int, dict[str, object]]:
    assert amount.table is not None
    columns = [column.label.zh for column in amount.table.columns]
    return {row.year: dict(zip(columns, row.values, strict=True)) for row in amount.table.rows}


def ends(amount: Amount) -> tuple[object, object]:
    return amount.low, amount.high


def credit(catalogue: Catalogue, investment: Years, due: Years, **more: object) -> Amount:
    facts = {**LISTED, "credit_carried_in": 0, "vocational_investment": investment, "surcharge_due": due, **more}
    return worked(catalogue, "surcharge-credit", facts).amounts[0]


def test_five_years_of_credit_with_an_investment_a_loss_year_and_a_withdrawal(catalogue: Catalogue) -> None:
    # 2021: 1,000,000 × 30 % = 300,000 new; 100,000 due and used; 200,000 on.
    # 2022: a loss year without turnover: nothing due, nothing used; 200,000 on.
    # 2023: 500,000 × 30 % = 150,000 new; 200,000 due and used; 200,000 + 150,000 − 200,000 = 150,000 on.
    # 2024: 600,000 withdrawn × 30 % = 180,000; 150,000 unused is cancelled, 30,000 of what was used is repaid.
    # 2025: 400,000 × 30 % = 120,000 new; 300,000 due; 120,000 used; nothing on.
    amount = credit(
        catalogue,
        {2021: "100万", 2022: 0, 2023: "50万", 2024: 0, 2025: "40万"},
        {2021: "10万", 2022: 0, 2023: "20万", 2024: "8万", 2025: "30万"},
        investment_withdrawn={2024: "60万"},
    )
    names = ("上期留抵可抵免金额", "当期新增可抵免金额", "当期可抵免金额", "结转下期可抵免金额", "撤资应补缴金额")
    by_hand = {
        2021: (0, 300_000, 100_000, 200_000, 0),
        2022: (200_000, 0, 0, 200_000, 0),
        2023: (200_000, 150_000, 200_000, 150_000, 0),
        2024: (150_000, 0, 0, 0, 30_000),
        2025: (0, 120_000, 120_000, 0, 0),
    }
    found = table(amount)
    assert {year: tuple(found[year][name] for name in names) for year in found} == by_hand
    assert ends(amount) == (120_000, 120_000)


def test_the_trace_names_parameter_period_clause_and_result(catalogue: Catalogue) -> None:
    amount = credit(catalogue, {2024: "80万"}, {2024: "10万"})
    lines = [
        (line.period, line.label.zh, line.formula, line.low, line.clause.locator if line.clause else None)
        for line in amount.trace
        if line.fact is None
    ]
    assert lines == [
        ("2024", "当期新增可抵免金额", "800,000元 × 30%", Decimal(240_000), "三、第一款"),
        ("2024", "当期可抵免金额", "min(0 + 240,000, 100,000元)", Decimal(100_000), "三、第一款"),
        ("2024", "结转下期可抵免金额", "240,000元 − 100,000元", Decimal(140_000), "三、（结转，款次待核）"),
    ]


def test_more_withdrawn_than_was_ever_credited_repays_no_more_than_was_used(catalogue: Catalogue) -> None:
    # 100,000 × 30 % = 30,000 used in 2023. Withdrawn 1,000,000 × 30 % = 300,000: only the 30,000 used are repaid.
    amount = credit(catalogue, {2023: "10万", 2024: 0}, {2023: "10万", 2024: 0}, investment_withdrawn={2024: "100万"})
    assert table(amount)[2024]["撤资应补缴金额"] == 30_000


def test_a_year_without_figures_leaves_it_and_all_later_years_open(catalogue: Catalogue) -> None:
    amount = credit(catalogue, {2022: "100万", 2024: 0}, {2022: "10万", 2023: "10万", 2024: "10万"})
    found = table(amount)
    assert found[2023]["上期留抵可抵免金额"] == 200_000
    assert found[2023]["当期可抵免金额"] is None
    assert found[2024]["当期可抵免金额"] is None
    assert "2023年的数据不全，从这一年起算不出来。" in [notice.zh for notice in amount.notices]


def test_a_yearly_figure_of_the_year_asked_for_is_asked_by_its_year(catalogue: Catalogue) -> None:
    facts = {"small_scale_vat": "是", "surcharge_due": {2025: "8万"}}
    verdict = worked(catalogue, "surcharge-halving", facts)
    assert ends(verdict.amounts[0]) == (None, None)
    assert "需要2026年的当年应缴教育费附加和地方教育附加。" in [notice.zh for notice in verdict.notices]


def test_with_an_unknown_opening_no_figure_of_a_withdrawal_is_given(catalogue: Catalogue) -> None:
    facts = {
        **LISTED,
        "vocational_investment": {2023: "10万", 2024: 0},
        "surcharge_due": {2023: "1万", 2024: 0},
        "investment_withdrawn": {2024: "10万"},
    }
    found = table(worked(catalogue, "surcharge-credit", facts).amounts[0])
    assert found[2023]["当期可抵免金额"] == 10_000  # 10,000 due, and 30,000 new alone are enough
    assert found[2024]["撤资应补缴金额"] is None


def test_what_hangs_on_an_unknown_opening_is_left_open(catalogue: Catalogue) -> None:
    facts = {**LISTED, "vocational_investment": {2024: "10万"}, "surcharge_due": {2024: "10万"}}
    amount = worked(catalogue, "surcharge-credit", facts).amounts[0]
    assert ends(amount) == (30_000, 100_000)  # at least the new credit, at most what is due
    assert table(amount)[2024]["上期留抵可抵免金额"] is None


def test_two_members_of_a_group_each_credit_their_own(catalogue: Catalogue) -> None:
    # Mother: 500,000 × 30 % = 150,000 against 40,000. Daughter: 200,000 × 30 % = 60,000 against 90,000.
    mother = credit(catalogue, {2024: "50万"}, {2024: "4万"})
    member = {"in_pool": "否", "group_member": "是"}
    daughter = credit(catalogue, {2024: "20万"}, {2024: "9万"}, **member)
    assert [*ends(mother), *ends(daughter)] == [40_000, 40_000, 60_000, 60_000]
    assert table(daughter)[2024]["结转下期可抵免金额"] == 0


def test_donations_go_oldest_first_and_lapse_after_three_years(catalogue: Catalogue) -> None:
    # Limit 12 % of profit. 2021: 1,000,000 given, profit 1,000,000: 120,000 used, 880,000 on.
    # 2022: loss: nothing. 2023: profit 2,000,000, given 100,000: 240,000 used, all of 2021's; 640,000 + 100,000 on.
    # 2024: profit 1,000,000: 120,000 of 2021's used; its last 520,000 lapse; 100,000 of 2023 go on.
    # 2025: profit 500,000: 60,000 of 2023's used; 40,000 on.
    facts = {
        **GIVEN,
        "donations": {2021: "100万", 2022: 0, 2023: "10万", 2024: 0, 2025: 0},
        "total_profit": {2021: "100万", 2022: "-30万", 2023: "200万", 2024: "100万", 2025: "50万"},
    }
    found = table(worked(catalogue, "public-welfare-donation", facts).amounts[0])
    names = ("税收金额", "可结转以后年度扣除的捐赠额", "到期未扣除")
    assert {year: tuple(found[year][name] for name in names) for year in found} == {
        2021: (120_000, 880_000, 0),
        2022: (0, 880_000, 0),
        2023: (240_000, 740_000, 0),
        2024: (120_000, 100_000, 520_000),
        2025: (60_000, 40_000, 0),
    }


def test_staff_education_spending_is_carried_on_without_limit(catalogue: Catalogue) -> None:
    # Limit 8 % of wages. 2023: 1,000,000 wages, 100,000 spent: 80,000 used, 20,000 on. 2024: 2,000,000 wages,
    # 100,000 spent: 120,000 of at most 160,000.
    facts = {
        "education_spending_proper": "是",
        "education_carried_in": 0,
        "payroll": {2023: "100万", 2024: "200万"},
        "education_spending": {2023: "10万", 2024: "10万"},
    }
    found = table(worked(catalogue, "employee-education-fund", facts).amounts[0])
    assert [row["税收金额"] for row in found.values()] == [80_000, 120_000]
    assert [row["累计结转以后年度扣除额"] for row in found.values()] == [20_000, 0]


@pytest.mark.parametrize(
    ("written", "yuan"), [("80万", 800_000), ("80万元", 800_000), ("0.8百万元", 800_000), ("1.2亿元", 120_000_000)]
)
def test_money_is_reckoned_in_yuan_whatever_unit_it_was_written_in(
    catalogue: Catalogue, written: str, yuan: int
) -> None:
    found = table(credit(catalogue, {2024: written}, {2024: "100亿"}))
    assert found[2024]["当期可抵免金额"] == yuan * Decimal("0.3")


def test_no_amount_is_given_to_a_company_that_does_not_qualify(catalogue: Catalogue) -> None:
    refused = worked(catalogue, "surcharge-credit", {"in_pool": "否", "group_member": "否"})
    assert refused.amounts == ()
