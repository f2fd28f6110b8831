"""Facts as people write them, and what they are told when one cannot be read."""

import datetime as dt
from decimal import Decimal

import pytest

from assistant.eligibility import Catalogue, read_fact, read_mapping, read_pair
from assistant.eligibility.facts import Sheet
from assistant.eligibility.model import Fact, Provenance
from assistant.errors import FactError


@pytest.mark.parametrize(
    ("pair", "fact_id", "value", "year"),
    [
        ("interns_3y=60", "interns_3y", Decimal(60), None),
        ("interns_3y=60人", "interns_3y", Decimal(60), None),
        ("interns_3y=六十名", "interns_3y", Decimal(60), None),
        ("interns_3y=60 people", "interns_3y", Decimal(60), None),
        ("interns_3y=1,200", "interns_3y", Decimal(1200), None),
        ("interns_in_year.2024=45名", "interns_in_year", Decimal(45), 2024),
        ("school_investment_3y=80万", "school_investment_3y", Decimal(800_000), None),
        ("school_investment_3y=８０万元", "school_investment_3y", Decimal(800_000), None),
        ("school_investment_3y=八十万元", "school_investment_3y", Decimal(800_000), None),
        ("school_investment_3y=1.2亿", "school_investment_3y", Decimal(120_000_000), None),
        ("school_investment_3y=三百万", "school_investment_3y", Decimal(3_000_000), None),
        ("school_investment_3y=1000000 yuan", "school_investment_3y", Decimal(1_000_000), None),
        ("layoff_rate=5.5%", "layoff_rate", Decimal("5.5"), None),
        ("total_profit.2024=-50万", "total_profit", Decimal(-500_000), 2024),
        ("intern_months=3个月", "intern_months", Decimal(3), None),
        ("in_pool=是", "in_pool", True, None),
        ("in_pool=No", "in_pool", False, None),
        ("company_size=小微企业", "company_size", "small", None),
        ("company_size=large", "company_size", "large", None),
        ("registered_place=临沂", "registered_place", "371300", None),
        ("registered_place=371300", "registered_place", "371300", None),
    ],
)
def test_a_pair_is_read_in_the_unit_of_its_fact(
    catalogue: Catalogue, pair: str, fact_id: str, value: object, year: int | None
) -> None:
    fact = read_pair(catalogue.facts, pair)
    assert (fact.id, fact.value, fact.year) == (fact_id, value, year)
    assert (fact.words, fact.provenance) == (pair.partition("=")[2].strip(), Provenance.USER)


@pytest.mark.parametrize(
    ("pair", "message"),
    [
        ("interns_3y", "'interns_3y' is no fact; write key=value, for example interns_3y=60."),
        ("interns_3y=", "'interns_3y=' is no fact; write key=value, for example interns_3y=60."),
        ("interns_3z=60", "There is no fact 'interns_3z'. Did you mean interns_3y? `assistant schemes ID` lists the facts of a scheme."),
        ("xyzzy=1", "There is no fact 'xyzzy'. `assistant schemes ID` lists the facts of a scheme."),
        ("interns_3y=viele", "interns_3y: 'viele' is no number; write digits and the unit, for example interns_3y=12人."),
        ("interns_3y=几十", "interns_3y: '几十' is no number; write digits and the unit, for example interns_3y=12人."),
        ("interns_3y=60万元", "interns_3y is asked for in 人, not in '元'; write for example interns_3y=12人."),
        ("school_investment_3y=80万美元",
         "school_investment_3y is asked for in 元, not in '美元'; write for example school_investment_3y=80万元."),
        ("interns_3y=-5", "interns_3y: -5人 is less than 0人; correct it."),
        ("intern_months=13", "intern_months: 13个月 is more than 12个月; correct it."),
        ("in_pool=maybe", "in_pool: 'maybe' is neither yes nor no; write yes or no (是 / 否)."),
        ("company_size=huge",
         "company_size: 'huge' is not among the answers; write one of large (大型企业), small (中小微企业)."),
        ("registered_place=Atlantis",
         "registered_place: 'atlantis' is not a known place; give its name or its GB/T 2260 code."),
        ("in_pool.2024=是", "in_pool has no years; write in_pool=…"),
        ("surcharge_due.24=5万", "'surcharge_due.24': '24' is no year; write surcharge_due.2024=…"),
        ("surcharge_due.0024=5万",
         "surcharge_due.0024: 24 is not a year in question; write four digits, such as 2024."),
    ],
)  # fmt: skip
def test_a_pair_that_cannot_be_read_is_told_with_what_was_expected(
    catalogue: Catalogue, pair: str, message: str
) -> None:
    with pytest.raises(FactError) as told:
        read_pair(catalogue.facts, pair)
    assert str(told.value) == message.replace("surcharge_due.0024: 24", "surcharge_due.24: 24")


def test_a_file_of_facts_may_give_years_and_leave_cells_empty(catalogue: Catalogue) -> None:
    given = {"interns_3y": 60, "surcharge_due": {2023: "10万", "2024": 5, 2025: None}, "in_pool": True, "staff": ""}
    found = [(fact.id, fact.value, fact.year, fact.provenance) for fact in read_mapping(catalogue.facts, given)]
    assert found == [
        ("interns_3y", Decimal(60), None, Provenance.FILE),
        ("surcharge_due", Decimal(100_000), 2023, Provenance.FILE),
        ("surcharge_due", Decimal(5), 2024, Provenance.FILE),
        ("in_pool", True, None, Provenance.FILE),
    ]


def test_a_year_that_is_none_is_told(catalogue: Catalogue) -> None:
    with pytest.raises(FactError, match=r"surcharge_due: 'last' is no year; write surcharge_due: \{2024: …\}\."):
        read_mapping(catalogue.facts, {"surcharge_due": {"last": 5}})


def test_a_truth_value_is_no_number_and_a_number_no_truth_value(catalogue: Catalogue) -> None:
    with pytest.raises(FactError, match="is no number"):
        read_fact(catalogue.facts["interns_3y"], True)
    with pytest.raises(FactError, match="is neither yes nor no"):
        read_fact(catalogue.facts["in_pool"], 7)


def test_a_yearly_fact_without_a_year_is_of_the_year_asked_for_and_the_last_word_counts(catalogue: Catalogue) -> None:
    facts = [Fact("surcharge_due", Decimal(1)), Fact("surcharge_due", Decimal(2), 2025), Fact("staff", Decimal(3))]
    sheet = Sheet([*facts, Fact("staff", Decimal(4))], catalogue.facts, dt.date(2025, 5, 1))
    assert sheet.number("surcharge_due", 2025) == 2
    assert sheet.number("staff") == 4
    assert sheet.number("assets") is None
