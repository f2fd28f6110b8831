"""Numbers, dates and locators as the check reads them."""

import pytest

from assistant.corpus.addresses import disagreement, level, numbers_in_locator
from assistant.corpus.numbers import chinese_numbers, english_numbers
from assistant.models import Level


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("累计投入100万元以上", {"1000000"}),
        ("中央预算内资金1.3亿元", {"130000000"}),
        ("补贴3000万人次", {"30000000"}),
        ("按投资额的30%抵免", {"30"}),
        ("自2019年1月1日起，到2025年12月", {"2019-01-01", "2025-12"}),
        ("每人6,000元", {"6000"}),
        ("一次性补贴", set()),
    ],
)
def test_chinese_digits_are_read_with_their_scale(text: str, numbers: set[str]) -> None:
    assert chinese_numbers(text).digits == numbers


@pytest.mark.parametrize(
    ("text", "number"),
    [("处三万元以上罚款", "30000"), ("不得低于一点五倍", "1.5"), ("在百分之三十以内", "30"), ("减半征收", "50")],
)
def test_chinese_numerals_in_words_support_a_digit(text: str, number: str) -> None:
    assert number in chinese_numbers(text).all


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("a total input of CNY 1,000,000", {"1000000"}),
        ("CNY 1.3 billion", {"1300000000"}),
        ("at least 30 million trainings", {"30000000"}),
        ("from 1 January 2019 to December 2025", {"2019-01-01", "2025-12"}),
        ("by 2019-04-03", {"2019-04-03"}),
    ],
)
def test_english_digits_are_read_with_their_scale(text: str, numbers: set[str]) -> None:
    assert english_numbers(text).digits == numbers


@pytest.mark.parametrize(
    ("locator", "steps"),
    [
        ("第十二条第（三）项", [("art", "12"), ("item", "3")]),
        ("第二十七条第二款第（一）项", [("art", "27"), ("para", "2"), ("item", "1")]),
        ("第十二条之一", [("art", "12_1")]),
        ("第十二条第二、三款", [("art", "12"), ("para", "2")]),
        ("三、第一款", [("part", "3"), ("para", "1")]),
        ("六、（二十三）毕业生待遇", [("part", "6"), ("point", "23")]),
        ("一", [("part", "1")]),
        ("一次性补助", []),
        ("补贴标准（条号未见）", []),
    ],
)
def test_a_locator_is_read_as_steps(locator: str, steps: list[tuple[str, str]]) -> None:
    assert numbers_in_locator(locator) == steps


def test_an_invented_clause_number_is_found() -> None:
    assert disagreement("point_subsidy-rate", "补贴标准（条号未见）") is None
    assert disagreement("art_7", "补贴标准（条号未见）") == (
        "the address art_7 and the locator 补贴标准（条号未见） name different clauses "
        "(the locator reads as no clause number)"
    )


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("art_5/item_1", Level.ITEM),
        ("part_3/para_1", Level.PARAGRAPH),
        ("point_subsidy-rate", Level.POINT),
        ("practice/shenzhen-annual-report", Level.POINT),
    ],
)
def test_the_last_step_gives_the_level(address: str, expected: Level) -> None:
    assert level(address) is expected
