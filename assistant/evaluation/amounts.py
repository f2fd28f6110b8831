"""Amounts in a text: a number with what it counts, however it is written. 百万元 is 100万元 is 1,000,000 元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.text.normal import normalise, squeeze
from assistant.text.numerals import parse_numeral

_FIGURES = r"\d+(?:,\d{3})*(?:\.\d+)?"
_NUMERALS = "零〇一二两三四五六七八九十百千"
_CHINESE = rf"[{_NUMERALS}]+"
# What is counted, as Chinese and English texts write it. The first that fits is taken.
_UNITS: tuple[tuple[str, str], ...] = (
    ("%", r"%|percent\b|per cent\b|个百分点"),
    ("‰", r"‰"),
    ("元", r"元|yuan\b|rmb\b|cny\b"),
    ("工作日", r"个?工作日|working days?\b|business days?\b"),
    ("小时", r"个?小时|学时|hours?\b"),
    ("月", r"个月|months?\b"),
    ("日", r"日|天|days?\b"),
    ("年", r"年|years?\b"),
    ("人", r"人|名|people\b|persons?\b|students?\b|interns?\b|employees?\b"),
    ("倍", r"倍|times\b"),
    ("家", r"家|所|enterprises?\b|firms?\b|companies\b|schools?\b|colleges?\b"),
)
_MULTIPLES = {"": 1, "万": 10_000, "亿": 100_000_000, "千": 1_000, "百万": 1_000_000, "千万": 10_000_000}
_MULTIPLES |= {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_AMOUNT = re.compile(
    rf"(?P<number>{_FIGURES}|{_CHINESE})\s*(?P<multiple>百万|千万|万|亿|千|thousand|million|billion)?\s*"
    rf"(?:余|多)?(?:{'|'.join(f'(?P<u{n}>{pattern})' for n, (_, pattern) in enumerate(_UNITS))})"
)
_BEFORE = re.compile(rf"\b(?:rmb|cny|yuan)\s*(?P<number>{_FIGURES})\s*(?P<multiple>thousand|million|billion)?")
_SHARE = re.compile(rf"(?P<of>百|千)分之(?P<number>{_CHINESE}(?:点{_CHINESE})?)")
_A_YEAR = range(1900, 2100)  # 2019年 is a day's year, not a length of time


@dataclass(frozen=True, slots=True)
class Amount:
    """A number and what it counts."""

    value: Decimal
    unit: str


def amounts(text: str) -> frozenset[Amount]:
    """Return the amounts a text names; the years of dates are none."""
    return frozenset(_found(normalise(text)))


def is_named(number: str, text: str) -> bool:
    """Return whether a text has these very words, not as the end or the beginning of a longer number."""
    wanted, held = squeeze(number), squeeze(text)
    start = r"(?<![\d.])" if wanted[:1].isdigit() else ""
    end = r"(?!\d|\.\d)" if wanted[-1:].isdigit() else rf"(?!点|{_CHINESE})" if wanted[-1:] in _NUMERALS else ""
    return bool(wanted) and re.search(start + re.escape(wanted) + end, held) is not None


def _found(text: str) -> Iterator[Amount]:
    for match in _SHARE.finditer(text):
        value = _value(match["number"])
        if value is not None:
            yield Amount(value, "%" if match["of"] == "百" else "‰")
    for match in _BEFORE.finditer(text):
        value = _value(match["number"])
        if value is not None:
            yield Amount(value * _MULTIPLES[match["multiple"] or ""], "元")
    for match in _AMOUNT.finditer(_SHARE.sub(" ", text)):
        value = _value(match["number"])
        unit = next(name for n, (name, _) in enumerate(_UNITS) if match[f"u{n}"])
        if value is not None and not (unit == "年" and value in _A_YEAR):
            yield Amount(value * _MULTIPLES[match["multiple"] or ""], unit)


def _value(number: str) -> Decimal | None:
    """Return 1,000.5 or 二点五 as a number; None where the characters make none."""
    if number[0].isdigit():
        return Decimal(number.replace(",", ""))
    whole, _, rest = number.partition("点")
    digits = "".join(str(parse_numeral(character)) for character in rest)
    parsed = parse_numeral(whole)
    return None if parsed is None or not (digits or "0").isdigit() else Decimal(f"{parsed}.{digits or 0}")
