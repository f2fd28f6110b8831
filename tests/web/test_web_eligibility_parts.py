"""What is filled in for a check, read and told without a browser; and what a verdict's HTML says of its basis."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.app import checking
from assistant.app.web.eligibility_answers import Answers, Reading, from_chat, from_page, read
from assistant.app.web.eligibility_chart import chart
from assistant.app.web.eligibility_clauses import resting
from assistant.app.web.eligibility_form import form
from assistant.app.web.eligibility_list import listing
from assistant.app.web.eligibility_texts import EN, ZH, EligibilityTexts
from assistant.app.web.eligibility_verdict import verdict
from assistant.eligibility.model import Phrase, Scheme, Verdict
from assistant.eligibility.units import in_english
from assistant.errors import Fault
from assistant.models import StatedFact

TODAY = dt.date(2026, 3, 1)
CREDIT = "surcharge-credit"


def scheme(name: str = CREDIT) -> Scheme:
    return checking.catalogue().get(name)


def reading(values: Mapping[str, str], name: str = CREDIT, t: EligibilityTexts = ZH) -> Reading:
    return read(Answers(name, values), scheme(name), t, TODAY)


@pytest.mark.parametrize(
    ("name", "field", "typed", "zh", "en"),
    [
        (
            CREDIT, "credit_carried_in", "很多",
            "“很多”不是数字，没有计入。请写数字，例如 80万元。",
            "“很多” is not a number and was not counted. Write digits, for example 80.",
        ),
        (
            "internship-compliance", "youngest_intern_age", "16天",
            "“16天”的单位不对，没有计入：这里按“周岁”填。请写例如 12周岁。",
            "“16天” has another unit and was not counted: this is asked for in years of age. Write for example 12.",
        ),
        (
            CREDIT, "in_pool", "也许",
            "“也许”不是“是”或“否”。请选一个，或选“不清楚”。",
            "“也许” is neither yes nor no. Choose one, or “unknown”.",
        ),
        (
            CREDIT, "surcharge_due.2025", "-5",
            "“-5”小于可能的最小值 0元，没有计入。请核对。",
            "“-5” is less than the least possible, 0 yuan, and was not counted. Please correct it.",
        ),
        (
            "iei-enterprise", "intern_months", "13",
            "“13”大于可能的最大值 12个月，没有计入。请核对。",
            "“13” is more than the most possible, 12 months, and was not counted. Please correct it.",
        ),
        (
            CREDIT, "credit_carried_in", "9" * 61,
            "写了 61 个字符，最多 60 个，没有计入。只写数字和单位即可。",
            "That is 61 characters, at most 60 can be read, and it was not counted. Write the number and its unit only.",
        ),
        (
            CREDIT, "day", "明天",
            "“明天”不是日期，暂按今天核对。请写成 2025-03-31 这样。",
            "“明天” is not a day; today is taken instead. Write it like 2025-03-31.",
        ),
        (
            CREDIT, "registered_place", "亚特兰蒂斯",
            "没有“亚特兰蒂斯”这个地方，暂按全国规定核对。请从列表中选。",
            "“亚特兰蒂斯” is not a known place; the national rules are taken instead. Choose one from the list.",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_in_the_readers_language(name: str, field: str, typed: str, zh: str, en: str):
    values = {field: typed, "unit.surcharge_due": "元"}
    assert reading(values, name).problems == {field: zh}
    assert reading(values, name, EN).problems == {field: en}
    assert reading(values, name).facts == ()


def test_every_fault_has_words_in_both_languages():
    assert set(ZH.faults) == set(EN.faults) == set(Fault)


@pytest.mark.parametrize(
    ("typed", "unit", "yuan"),
    [
        ("80", "万元", 800_000),
        ("８０", "万元", 800_000),  # full width
        ("八十", "万元", 800_000),
        ("1,200.5", "元", Decimal("1200.5")),
        ("80万", "元", 800_000),  # a unit that was written goes before the one beside the field
        ("3000元", "万元", 3000),
    ],
)
def test_money_is_taken_in_the_unit_beside_it_unless_one_is_written(typed: str, unit: str, yuan: Decimal):
    (fact,) = reading({"surcharge_due.2025": typed, "unit.surcharge_due": unit}).facts
    assert (fact.id, fact.year, fact.value) == ("surcharge_due", 2025, yuan)


@pytest.mark.parametrize("typed", ["2025-01-31", "2025/1/31", "2025年1月31日", "2025．1．31", " 2025-1-31 "])
def test_a_day_is_read_year_first_as_people_write_it(typed: str):
    assert reading({"day": typed}).day == dt.date(2025, 1, 31)


def test_figures_of_years_after_the_day_are_kept_but_not_counted():
    values = {"day": "2024-05-01", "surcharge_due.2024": "1", "surcharge_due.2025": "2"}
    assert [fact.year for fact in reading(values).facts] == [2024]


def test_a_page_can_neither_name_another_scheme_nor_send_what_is_no_text():
    before = Answers(CREDIT, {"staff": "80"}, {"staff": "80人"})
    after = from_page({"staff": "81", "in_pool": ["yes"], "scheme": "x"}, before)
    assert after.scheme == CREDIT
    assert after.values == {"staff": "81", "scheme": "x"}
    assert after.words == {}  # the value is no longer the one that was said
    assert from_page("nonsense", before).values == {"staff": "80"}


def test_facts_of_a_conversation_become_what_a_reader_would_have_typed():
    said = [
        StatedFact("in_pool", "已纳入", "是", None, "已入库"),
        StatedFact("vocational_investment", "投资额", "800,000元", 2025, "投了80万"),
        StatedFact("surcharge_due", "附加", "5,000 yuan", None, "应缴五千"),  # no year: that of the day
        StatedFact("registered_place", "注册地", "金华市", None, "在金华"),
        StatedFact("staff", "职工", "45人", None, "45人"),  # not asked for by this scheme
    ]
    answers = from_chat(scheme(), said, None, TODAY)
    assert answers.values == {
        "day": "2026-03-01",
        "registered_place": "330700",
        "in_pool": "yes",
        "vocational_investment.2025": "80",
        "unit.vocational_investment": "万元",
        "surcharge_due.2026": "0.5",
        "unit.surcharge_due": "万元",
    }
    assert answers.words["vocational_investment.2025"] == "投了80万"


def judged(values: Mapping[str, str]) -> Verdict:
    return checking.check(CREDIT, reading(values).facts, as_of=TODAY)


def test_a_verdict_says_whether_it_rests_on_digests_or_on_originals():
    found = judged({"in_pool": "yes"})
    policies = frozenset(address.partition("/")[0] for address in found.scheme.clauses)
    assert "都只有摘要" in resting(found, frozenset(), ZH)
    assert "都收录了官方原文" in resting(found, policies, ZH)
    assert "not on official texts" in resting(found, frozenset(), EN)
    assert "The official texts are held" in resting(found, policies, EN)


def test_a_scheme_of_another_place_says_so_beside_the_outcome_and_leads_to_the_one_that_holds():
    found = checking.check("iei-enterprise-jiangsu", place="370000", as_of=TODAY)
    drawn = verdict(found, {}, frozenset(), scheme("iei-enterprise-shandong"), ZH)
    outcome = drawn[: drawn.index("</header>")]
    assert "本项只适用于江苏省，企业在山东省，不适用。" in outcome
    assert 'data-scheme="iei-enterprise-shandong">看山东省的规定' in outcome
    assert drawn.count("本项只适用于江苏省") == 1


def test_the_bars_of_a_year_are_what_was_used_and_what_goes_on():
    """1,000,000 × 30 % = 300,000: 100,000 used and 200,000 carried on, a bar half as high as the other's double."""
    found = judged({"credit_carried_in": "0", "vocational_investment.2025": "100万", "surcharge_due.2025": "10万"})
    (amount,) = found.amounts
    assert amount.table is not None
    drawn = chart(amount.table, ZH)
    heights = {
        part: float(bar.split('height="')[1].split('"')[0])
        for bar in drawn.split("<rect")[1:]
        for part in ("used", "rest")
        if f'class="{part}"' in bar
    }
    assert heights["rest"] == pytest.approx(2 * heights["used"], rel=0.01)


def test_formulas_name_their_units_in_english():
    assert in_english("1,000,000元 × 30%") == "1,000,000 yuan × 30%"
    assert in_english("45人 × 600元/人/月 × 3个月") == "45 people × 600 yuan each a month × 3 months"


def test_markup_in_a_scheme_or_in_an_answer_shows_as_text():
    bad = "<script>alert(1)</script>\"'"
    words = Phrase(bad, bad)
    fact = replace(scheme().facts["in_pool"], label=words, question=words, proof=words)
    hostile = replace(
        scheme(), title=words, summary=words, authority=words, facts={**scheme().facts, "in_pool": fact},
        clauses={a: replace(c, quote=bad, locator=bad, policy_title=bad, url=bad) for a, c in scheme().clauses.items()},
    )  # fmt: skip
    answers = Answers(CREDIT, {"credit_carried_in": bad, "day": bad, "registered_place": bad})
    found = replace(judged({"in_pool": "no", "group_member": "no"}), scheme=hostile)
    drawn = (
        form(hostile, answers, ("330000",), TODAY, TODAY, ZH)
        + verdict(found, {bad: bad}, frozenset(), hostile, ZH)
        + listing((hostile,), ("330000",), bad, TODAY, ZH, bad)
    )
    assert "<script" not in drawn
    assert "&lt;script&gt;" in drawn
