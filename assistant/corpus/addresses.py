"""Clause addresses and locators: what an address says of its clause, and what a locator says of its address."""

from __future__ import annotations

import re

from assistant.models import Level
from assistant.text.numerals import DIGITS, parse_numeral

LEVELS = {
    "preamble": Level.PREAMBLE,
    "book": Level.BOOK,
    "ch": Level.CHAPTER,
    "sec": Level.SECTION,
    "art": Level.ARTICLE,
    "para": Level.PARAGRAPH,
    "item": Level.ITEM,
    "sub": Level.SUBITEM,
    "part": Level.PART,
    "point": Level.POINT,
    "subpoint": Level.SUBPOINT,
    "detail": Level.DETAIL,
    "annex": Level.ANNEX,
    "head": Level.HEADING,
    "table": Level.TABLE,
    "row": Level.ROW,
    "finding": Level.POINT,
    "practice": Level.POINT,
}

_N = rf"([{DIGITS}]+)"
_MORE = rf"(?:[、—至和][{DIGITS}]+)*"  # 第一、二款 is filed under its first number
_LOCATOR_STEPS = (
    ("book", re.compile(rf"第{_N}编")),
    ("ch", re.compile(rf"第{_N}章")),
    ("sec", re.compile(rf"第{_N}节")),
    ("art", re.compile(rf"第{_N}{_MORE}条(?:之{_N})?")),
    ("para", re.compile(rf"第{_N}{_MORE}款")),
    ("item", re.compile(rf"第（{_N}）项")),
    ("sub", re.compile(rf"第{_N}目")),
    ("part", re.compile(rf"第{_N}部分")),
    ("annex", re.compile(rf"附件{_N}")),
    ("part", re.compile(rf"([{DIGITS.replace('0-9０-９', '')}]+)(?:、|$)")),
    ("point", re.compile(rf"（{_N}）(?:[、至和]（[{DIGITS}]+）)*")),
    ("subpoint", re.compile(r"(\d+)(?:[、至和]\d+)*[.．]")),
)
_NUMBERED = re.compile(r"([a-z]+)_(\d+(?:_\d+)?)")


def level(address: str) -> Level:
    """Return the level of a clause from the last step of its address."""
    first, *_ = address.split("/")
    last = first if first == "practice" else address.rpartition("/")[2]
    return LEVELS[last.partition("_")[0]]


def numbers_in_address(address: str) -> list[tuple[str, str]]:
    """Return the numbered steps of an address: art_12/item_3 -> [("art", "12"), ("item", "3")]."""
    return [(m[1], m[2]) for step in address.split("/") if (m := _NUMBERED.fullmatch(step))]


def numbers_in_locator(locator: str) -> list[tuple[str, str]]:
    """Return the numbered steps a locator opens with: 第十二条第（三）项 -> [("art", "12"), ("item", "3")]."""
    found: list[tuple[str, str]] = []
    rest = locator.strip()
    while rest:
        for name, pattern in _LOCATOR_STEPS:
            if (m := pattern.match(rest)) and (number := _number(m)):
                found.append((name, number))
                rest = rest[m.end() :].lstrip()
                break
        else:
            break
    return found


def disagreement(address: str, locator: str) -> str | None:
    """Say how a locator and an address name different places, or None when they agree."""
    stated = [(name, number) for name, number in numbers_in_address(address) if name != "finding"]
    read = numbers_in_locator(locator)
    if read == stated:
        return None
    shown = ", ".join(f"{name}_{number}" for name, number in read) or "no clause number"
    return f"the address {address} and the locator {locator} name different clauses (the locator reads as {shown})"


def _number(match: re.Match[str]) -> str | None:
    parts = [parse_numeral(group) for group in match.groups() if group]
    return "_".join(str(part) for part in parts) if all(part is not None for part in parts) else None
