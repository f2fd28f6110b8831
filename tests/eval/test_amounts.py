"""Amounts are the same however they are written, and a number is named only where it stands whole."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.evaluation.amounts import Amount, amounts, is_named


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一次性奖励100万元", {(1_000_000, "元")}),
        ("一次性奖励一百万元", {(1_000_000, "元")}),
        ("RMB 1 million", {(1_000_000, "元")}),
        ("每人每年5,000元", {(5000, "元")}),
        ("百分之二点五", {("2.5", "%")}),
        ("2.5％", {("2.5", "%")}),
        ("千分之五", {(5, "‰")}),
        ("20 percent of the posts", {(20, "%")}),
        ("实习不少于3个月，每周不超过40小时", {(3, "月"), (40, "小时")}),
        ("六个月", {(6, "月")}),
        ("within 30 days", {(30, "日")}),
        ("15个工作日内", {(15, "工作日")}),
        ("自2022年起施行", set()),  # a day's year is no length of time
        ("财税〔2019〕46号第三条", set()),
    ],
)
def test_an_amount_is_a_number_with_what_it_counts(text, expected):
    assert amounts(text) == {Amount(Decimal(value), unit) for value, unit in expected}


@pytest.mark.parametrize(
    ("number", "text", "named"),
    [
        ("5年", "禁报5年", True),
        ("5年", "禁报15年", False),
        ("50", "共150所", False),
        ("50", "共50所", True),
        ("1.2", "按1.25倍", False),
        ("百分之二", "不低于百分之二十", False),
        ("百分之二", "不低于百分之二。", True),
        ("百分之二", "百分之二点五", False),
        ("30%", "按 ３０％ 抵免", True),  # width and spaces tell nothing
    ],
)
def test_a_number_is_named_where_it_stands_whole(number, text, named):
    assert is_named(number, text) is named
