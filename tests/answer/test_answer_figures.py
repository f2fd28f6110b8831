"""Figures in one form however they are written, and no change of one passes unseen."""

from __future__ import annotations

import pytest
from answer_policies import citation, clause
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer.figures import figures, supported
from assistant.answer.verify import verify
from assistant.models import Statement
from assistant.text.numerals import chinese


def read(text: str) -> list[tuple[str, str]]:
    return [(f.value, f.unit) for f in figures(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("30%", "百分之三十"),
        ("30％", "三成"),
        ("1.5%", "百分之一点五"),
        ("60人以上", "六十名以上"),
        ("5万元", "50,000元"),
        ("5万元", "五万元"),
        ("CNY 50,000", "5万元"),
        ("1.2亿元", "一亿二千万元"),
        ("6个月", "六个月"),
        ("6 months", "六个月"),
        ("2年", "两年"),
        ("二十个工作日", "20个工作日"),
        ("2019年4月3日", "二〇一九年四月三日"),
        ("2019-04-03", "2019年4月3日"),
        ("3 April 2019", "April 3, 2019"),
        ("财税〔2019〕46号", "财税[2019]46号"),
        ("第二十七条", "第27条"),
    ],
)
def test_two_ways_of_writing_one_figure_are_the_same(one, other):
    assert read(one) == read(other) != []


@pytest.mark.parametrize(
    ("stated", "quoted", "holds"),
    [
        ("30元", "30万元", False),
        ("30人", "30家", False),
        ("30", "30%", False),
        ("60 interns", "60人以上", True),  # an English word for a count
        ("60 interns", "60万元", False),
        ("30 shares", "30%", False),
        ("2019年4月", "2019年4月3日", True),  # told in part
        ("4月3日", "2019年4月3日", True),
        ("by 2025", "到2025年", True),
        ("2019年4月4日", "2019年4月3日", False),
        ("财税〔2019〕46号", "根据财税〔2019〕46号", True),
        ("财税〔2019〕47号", "财税〔2019〕46号", False),
        ("教财〔2019〕46号", "财税〔2019〕46号", False),
        ("第十三条", "第十二条", False),
        ("20个工作日", "20日", False),  # working days are not days
        ("1年", "一般为1至2年", True),  # the unit stands once for both ends of a range
        ("5%", "5-10%", True),
        ("1元", "1至2万元", False),  # nobody knows whether 万 is meant of both
        ("1人", "1至2年", False),
    ],
)
def test_a_stated_figure_must_stand_in_the_quote_with_its_unit(stated, quoted, holds):
    assert supported(figures(stated), figures(quoted)) is holds


@pytest.mark.parametrize("text", ["统一组织", "一般应当", "十分重要", "之一", "三好学生", "第一，", "一次性奖励"])
def test_words_with_a_numeral_in_them_are_no_figures(text):
    assert read(text) == []


UNITS = ("人", "家", "万元", "元", "%", "个月", "年", "小时", "倍", "平方米", "个工作日")
NUMBERS = st.integers(1, 9_999)


def kept(statement: str, quote: str) -> bool:
    held, _ = verify(
        [Statement(statement, (1,))], [citation(1, "p/art_1", quote)], {"p/art_1": clause("p/art_1", quote)}
    )
    return bool(held)


@given(NUMBERS, st.sampled_from(UNITS), NUMBERS, st.sampled_from(UNITS))
def test_any_change_of_a_figure_or_its_unit_is_caught_and_the_right_one_never_removed(number, unit, other, other_unit):
    quote = f"企业接收学生实习的，应当达到{number}{unit}以上。"
    assert kept(quote, quote)
    # The same in money: 1万元 is 10000元.
    scale = {"万元": 10_000, "元": 1}
    same = (
        number * scale[unit] == other * scale[other_unit]
        if unit in scale and other_unit in scale
        else (number, unit) == (other, other_unit)
    )
    assert kept(f"须达到{other}{other_unit}以上。", quote) is same


@given(
    NUMBERS.filter(lambda n: not 1900 <= n < 2100), st.sampled_from(("人", "家", "元", "万元", "个月", "年", "小时"))
)
def test_a_number_in_characters_is_the_number_in_digits(number, unit):
    assert kept(f"须达到{number}{unit}。", f"应当达到{chinese(number)}{unit}以上。")
    assert not kept(f"须达到{number + 1}{unit}。", f"应当达到{chinese(number)}{unit}以上。")


@given(st.integers(2000, 2030), st.integers(1, 999), st.integers(2000, 2030), st.integers(1, 999))
def test_any_change_of_a_document_number_is_caught(year, number, other_year, other):
    quote = f"按照财税〔{year}〕{number}号执行。"
    assert kept(f"依据是财税〔{other_year}〕{other}号。", quote) is ((year, number) == (other_year, other))


@given(st.dates(), st.dates())
def test_any_change_of_a_date_is_caught(day, other):
    if not (1900 <= day.year < 2100 and 1900 <= other.year < 2100):
        return
    quote = f"本办法自{day.year}年{day.month}月{day.day}日起施行。"
    assert kept(f"自{other.isoformat()}起施行。", quote) is (day == other)


def test_quotes_joined_over_a_gap_are_refused():
    text = "企业接收实习生的，给予补贴。学校应当签订协议。补贴每人1000元。"
    joined = "企业接收实习生的，给予补贴。补贴每人1000元。"
    held = {"p/art_1": clause("p/art_1", text)}
    assert verify([Statement(joined, (1,))], [citation(1, "p/art_1", joined)], held) == ((), 1)
    elided = "企业接收实习生的，给予补贴。……补贴每人1000元。"
    assert verify([Statement(elided, (1,))], [citation(1, "p/art_1", elided)], held) == ((), 1)
