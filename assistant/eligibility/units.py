"""Units of money and counts: what one of them is worth, and amounts as people write them."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.corpus.numbers import scale


def in_base(value: str, unit: str | None) -> Decimal:
    """Return a number in the base of its unit: 万元 and 亿元 in 元, 万人 in 人, everything else as it stands."""
    return Decimal(value) * scale(unit or "")


def base_unit(unit: str) -> str:
    """Return the unit without its scale: 万元 -> 元."""
    return unit.lstrip("千百万亿") if scale(unit) > 1 else unit


def plain(number: Decimal) -> str:
    """Return a number without an exponent or idle zeros: 1E+6 -> 1000000, 5.50 -> 5.5."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


_ENGLISH = {
    "元": "yuan", "人": "people", "年": "years", "个月": "months", "人月": "person-months", "周岁": "years of age", "个": "",
    "元/人": "yuan each", "元/人/月": "yuan each a month", "元/人/年": "yuan each a year",
}  # fmt: skip
_AFTER_NUMBER = re.compile(rf"(?<=\d)(?:{'|'.join(sorted(_ENGLISH, key=len, reverse=True))})")


def named(unit: str, language: str) -> str:
    """Return a unit as a language calls it."""
    return _ENGLISH.get(unit, unit) if language == "en" else unit


def in_english(formula: str) -> str:
    """Return a formula with the units of its numbers in English: 1,000,000元 × 30% -> 1,000,000 yuan × 30%."""
    return _AFTER_NUMBER.sub(lambda found: f" {_ENGLISH[found[0]]}".rstrip(), formula)


def shown(number: Decimal, unit: str | None, language: str = "zh") -> str:
    """Return a number as a reader writes it: 800,000元, 12%, 60人, 60 people; a share closely enough to see it miss."""
    places = Decimal("0.0001") if unit == "%" else Decimal("0.01")
    text = plain(number.quantize(places) if number != number.to_integral_value() else number)
    whole, dot, rest = text.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits):,}" if len(digits) > 4 or unit == "元" else digits
    called = unit or ""
    if language == "en" and called in _ENGLISH:
        called = f" {_ENGLISH[called]}".rstrip()
    return f"{sign}{grouped}{dot}{rest}{called}"
