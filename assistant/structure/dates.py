"""Dates as documents write them."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from assistant.structure.patterns import DATE
from assistant.text.numerals import parse_numeral

_DATE = re.compile(DATE)
_PARTS = re.compile(r"[ ]?[年月日][ ]?|[-/.]")


def read(text: str) -> dt.date | None:
    """Return the first date in a text, in figures or 二〇一九年二月十三日; None for none or an impossible one."""
    match = _DATE.search(text)
    if match is None:
        return None
    year, month, day = (parse_numeral(part.replace("Ｏ", "〇")) or 0 for part in _PARTS.split(match[0])[:3])
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def after_years(start: dt.date, years: int) -> dt.date:
    """Return the last day of a term of so many years that begins on a day: 2019-03-01 and 5 → 2024-02-29."""
    year = start.year + years
    day = min(start.day, calendar.monthrange(year, start.month)[1])
    end = dt.date(year, start.month, day)
    return end if day != start.day else end - dt.timedelta(days=1)
