"""Units of money and counts: what one of them is worth, and amounts as people write them."""

from __future__ import annotations

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


def shown(number: Decimal, unit: str | None) -> str:
    """Return a number as a reader writes it: 800,000元, 12%, 60人."""
    text = plain(number.quantize(Decimal("0.01")) if number != number.to_integral_value() else number)
    whole, dot, rest = text.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits):,}" if len(digits) > 4 or unit == "元" else digits
    return f"{sign}{grouped}{dot}{rest}{unit or ''}"
