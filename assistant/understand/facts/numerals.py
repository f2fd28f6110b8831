"""Numbers as people write them in a sentence: 80万, 1亿2千万, 三千五, forty-five, 0.8 million, 45k."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1_000}
_LARGE = {"万": 10_000, "w": 10_000, "亿": 100_000_000}
_VAGUE = frozenset("多余来几数")  # 80多万, 十来个, 几十人: some number, and nobody knows which
_TOKEN = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?|[零〇一二两三四五六七八九十百千万亿点半多余来几数]|w")
_COUNTER = "个人名位家所元块年天项台套件门"
# A run of characters that may be one Chinese number; `w` is 万 only where no word goes on with it, 数 no 人数.
CHINESE = (
    r"(?:\d+(?:,\d{3})*(?:\.\d+)?|[零〇一二两三四五六七八九十百千万亿]|[几数](?=[十百千万亿]))"
    r"(?:\s?[百千万亿]|\s?w(?![a-z])|[零〇一二两三四五六七八九十]|点(?=[零〇一二三四五六七八九])|几(?=[十百千万亿])"
    rf"|(?<=[十百千万亿零〇])\d+(?:\.\d+)?|[多余来](?=[百千万亿{_COUNTER}]))*(?<!一(?=半))"
)
_TO_NINETEEN = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {word: value for value, word in enumerate(_TO_NINETEEN)} | {
    word: 10 * tens for tens, word in enumerate(_TENS, start=2)
}
_SCALES = {
    "hundred": 100, "k": 1_000, "thousand": 1_000, "m": 1_000_000, "mn": 1_000_000, "mln": 1_000_000,
    "million": 1_000_000, "bn": 1_000_000_000, "billion": 1_000_000_000,
}  # fmt: skip
_WORD = "|".join(sorted((*_WORDS, "a", "an"), key=len, reverse=True))
_NAMED = rf"(?:{_WORD})(?:[\s-]+(?:and\s+)?(?:{'|'.join(_WORDS)}|hundred|thousand|million|billion))*"
_SCALE = r"(?:k|mn|mln|m|bn|hundred|thousand|million|billion)"
ENGLISH = rf"\b(?:\d+(?:,\d{{3}})*(?:\.\d+)?\s*{_SCALE}(?:\s+million)?|{_NAMED})(?![a-z])"


def chinese_number(text: str) -> Decimal | None:
    """Return the value of 80万, 1.5亿, 1亿2千万, 三千五 or 二〇一九; None for 四五十, 80多万, 几十 and what is no number."""
    tokens = _TOKEN.findall(text)
    if not tokens or any(token in _VAGUE for token in tokens):
        return None
    if all(token in _DIGITS for token in tokens):
        return _digits(tokens)
    if "点" in tokens:
        return _with_decimals(tokens)
    return _scaled(tokens)


def _digits(tokens: list[str]) -> Decimal | None:
    """二〇一九 and 一〇八 are read digit by digit; 四五 is either of the two."""
    if len(tokens) > 1 and len(tokens) < 4 and not {"零", "〇"} & set(tokens):
        return None
    return Decimal("".join(str(_DIGITS[token]) for token in tokens))


def _with_decimals(tokens: list[str]) -> Decimal | None:
    """一点五亿: digits after the point, then a scale."""
    point = tokens.index("点")
    after = [token for token in tokens[point + 1 :] if token in _DIGITS]
    whole = _scaled(tokens[:point])
    if whole is None or not after:
        return None
    value = whole + Decimal("0." + "".join(str(_DIGITS[token]) for token in after))
    for token in tokens[point + 1 + len(after) :]:
        value *= _SMALL.get(token) or _LARGE.get(token) or 1
    return value


def _scaled(tokens: list[str]) -> Decimal | None:
    total, section, number = Decimal(0), Decimal(0), None
    unit = 1  # the last scale that stood directly before
    for token in tokens:
        if token in _SMALL:
            # 3千 and 三千 stand for themselves, 千 alone for 一千
            section += (number if number is not None else Decimal(1)) * _SMALL[token]
            number, unit = None, _SMALL[token]
        elif token in _LARGE:
            counted = section + (number or 0)
            if not counted and not total:
                return None
            total = (total + counted) * _LARGE[token] if _LARGE[token] > total else total + counted * _LARGE[token]
            section, number, unit = Decimal(0), None, _LARGE[token]
        elif number is not None and number != 0:
            return None  # 四五十: a range
        else:
            number = Decimal(_DIGITS[token]) if token in _DIGITS else Decimal(token.replace(",", ""))
            if number == 0:
                unit = 1  # 一百零八 is 108, 一百八 is 180
    if number is not None:
        section += number * unit / 10 if unit > 10 and number < 10 else number
    return total + section


def english_number(text: str) -> Decimal | None:
    """Return the value of 0.8 million, 45k, forty-five or two hundred thousand; None for what is no number."""
    parts = re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?|[a-z]+", text)
    total, current, any_number = Decimal(0), None, False
    for part in parts:
        if part in _SCALES:
            if current is None:
                return None
            if _SCALES[part] == 100:
                current *= 100
            else:
                total, current = total + current * _SCALES[part], Decimal(0)
        elif part in _WORDS or part in ("a", "an"):
            current = (current or Decimal(0)) + _WORDS.get(part, 1)
            any_number = any_number or part in _WORDS
        elif part[0].isdigit():
            current, any_number = Decimal(part.replace(",", "")), True
        elif part != "and":
            return None
        any_number = any_number or part in _SCALES
    return total + (current or 0) if any_number else None
