"""Dates and terms as documents write them."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from assistant.structure.patterns import DATE
from assistant.text.numerals import parse_numeral

_DATE = re.compile(DATE)
_PARTS = re.compile(r"[ ]?[年月日][ ]?|[-/.]")
_YEAR = r"(?P<y>\d{4}|[〇○零Ｏ一二三四五六七八九]{4})[ ]?年"
_END = re.compile(rf"{_YEAR}(?:[ ]?(?P<m>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})[ ]?月)?[底末]?")
_MONTHS = {name: n for n, name in enumerate(calendar.month_name) if name}
_ENGLISH = re.compile(
    rf"(?P<m1>{'|'.join(_MONTHS)}) (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y1>\d{{4}})"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)? (?P<m2>{'|'.join(_MONTHS)}),? (?P<y2>\d{{4}})"
)


def read(text: str) -> dt.date | None:
    """Return the first date in a text, in figures or 二〇一九年二月十三日; None for none or an impossible one."""
    match = _DATE.search(text)
    if match is None:
        return None
    year, month, day = (_value(part) for part in _PARTS.split(match[0])[:3])
    return _date(year, month, day)


def read_end(text: str) -> dt.date | None:
    """Return the last day of a term that a text gives by a day, a month or a year: 2025年12月31日, 2025年6月, 2025年底."""
    if day := read(text):
        return day
    match = _END.search(text)
    if match is None:
        return None
    year, month = _value(match["y"]), _value(match["m"]) if match["m"] else 12
    return _date(year, month, calendar.monthrange(year, month)[1]) if 0 < month < 13 and year else None


def read_english(text: str) -> dt.date | None:
    """Return the last date in an English text: for one adopted and later revised that of the revision."""
    matches = list(_ENGLISH.finditer(text))
    if not matches:
        return None
    last = matches[-1]
    return _date(int(last["y1"] or last["y2"]), _MONTHS[last["m1"] or last["m2"]], int(last["d1"] or last["d2"]))


def _value(text: str) -> int:
    return parse_numeral(text.replace("Ｏ", "〇")) or 0


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def after_months(start: dt.date, months: int) -> dt.date:
    """Return the last day of a term of so many months that begins on a day: 2019-03-01 and 60 → 2024-02-29."""
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    day = min(start.day, calendar.monthrange(year, month)[1])
    end = dt.date(year, month, day)
    return end if day != start.day else end - dt.timedelta(days=1)


def days_after(published: dt.date, days: int) -> dt.date:
    """Return the day on which 自公布之日起30日后 begins: the day of publication does not count, and 30 whole days pass.

    Civil Code art. 201: a period counted in days begins on the day after.
    """
    return published + dt.timedelta(days=days + 1)
