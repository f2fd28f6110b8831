"""The numbers and dates a text states, read from Chinese and from English, so that the two can be compared."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from assistant.text.numerals import parse_numeral

_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTHS = {name: f"{number:02}" for number, name in enumerate(_MONTH_NAMES, start=1)}
_MONTH = "(" + "|".join(_MONTHS) + ")"
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})(?:-(\d{2}))?(?!\d)")
_ZH_DATE = re.compile(r"(\d{4})年(\d{1,2})月(?:(\d{1,2})日)?")
_EN_DATE = re.compile(rf"\b(?:(\d{{1,2}}) )?{_MONTH} (\d{{4}})\b", re.IGNORECASE)

_ZH_SCALES = {"百": 100, "千": 1000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}
_ZH_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(千万|百万|万|亿|千|百)?")
_ZH_WORDS = re.compile(r"([零〇一二两三四五六七八九十百千]+)(?:点([零一二三四五六七八九]+))?(万|亿)?")
_EN_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}
_EN_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)(?:\s*(hundred|thousand|million|billion)\b)?", re.IGNORECASE)
_EN_WORDS = {
    word: value
    for value, words in {
        1: "one first once single", 2: "two second twice double", 3: "three third", 4: "four fourth", 5: "five fifth",
        6: "six sixth", 7: "seven", 8: "eight", 9: "nine", 10: "ten tenth", 11: "eleven", 12: "twelve", 16: "sixteen",
        18: "eighteen", 20: "twenty", 30: "thirty", 50: "fifty half halved", 100: "hundred",
    }.items()
    for word in words.split()
}  # fmt: skip
_EN_WORD = re.compile(r"[a-z]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a text states in digits, and what it states at all, words such as 三年 or “three years” included."""

    digits: frozenset[str]
    all: frozenset[str]


def plain(value: str, scale: int = 1) -> str:
    """Return a number in the one form used for comparison: 1,000,000.0 -> 1000000; a date stays as it is."""
    try:
        number = Decimal(value.replace(",", "")) * scale
    except ArithmeticError:
        return value
    return format(number.normalize(), "f")


def scale(unit: str) -> int:
    """Return what one of a unit is worth: 10,000 for 万元 and 万人次, else 1."""
    return next((_ZH_SCALES[mark] for mark in ("千万", "百万", "万", "亿") if unit.startswith(mark)), 1)


def chinese_numbers(text: str) -> Numbers:
    """Return the numbers and dates in a Chinese text."""
    dates, rest = _taken(text, _ZH_DATE, lambda m: (m[1], m[2], m[3]))
    digits = dates | {plain(m[1], _ZH_SCALES.get(m[2] or "", 1)) for m in _ZH_NUMBER.finditer(rest)}
    words = {value for m in _ZH_WORDS.finditer(rest) if (value := _in_words(m)) is not None}
    words |= {"50"} if "半" in rest else set()  # 减半 is 50%
    return Numbers(frozenset(digits), frozenset(digits | words))


def _in_words(match: re.Match[str]) -> str | None:
    """三万 -> 30000, 一点五 -> 1.5; None for what is no number, such as a lone 百."""
    whole, fraction = parse_numeral(match[1]), parse_numeral(match[2]) if match[2] else None
    if whole is None or (match[2] and fraction is None):
        return None
    return plain(f"{whole}.{fraction}" if match[2] else str(whole), _ZH_SCALES.get(match[3] or "", 1))


def english_numbers(text: str) -> Numbers:
    """Return the numbers and dates in an English text."""
    dates, rest = _taken(text, _EN_DATE, lambda m: (m[3], _MONTHS[m[2].lower()], m[1]))
    digits = dates | {plain(m[1], _EN_SCALES.get((m[2] or "").lower(), 1)) for m in _EN_NUMBER.finditer(rest)}
    words = {str(_EN_WORDS[word]) for m in _EN_WORD.findall(rest) if (word := m.lower()) in _EN_WORDS}
    return Numbers(frozenset(digits), frozenset(digits | words))


def _taken(
    text: str, pattern: re.Pattern[str], parts: Callable[[re.Match[str]], tuple[str, str, str | None]]
) -> tuple[set[str], str]:
    """The dates of a text as ISO dates, and the text without them, so that their digits are not counted again."""
    found: set[str] = set()
    for expression, read in ((_ISO, lambda m: (m[1], m[2], m[3])), (pattern, parts)):
        for m in expression.finditer(text):
            year, month, day = read(m)
            found.add(f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else ""))
        text = expression.sub(" ", text)
    return found, text
