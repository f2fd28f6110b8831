"""When something was: a year, a day, or a span of years such as 近三年."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from assistant.understand.facts.numerals import chinese_number, english_number

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTH_EN = "|".join(rf"{name[:3]}(?:{name[3:]})?" if name != "may" else "may" for name in _MONTHS)
_COUNT = r"(?:[一二两三四五六七八九十]|\d{1,2}|two|three|four|five|six|ten)"
_MOMENT = re.compile(
    r"(?P<year>(?:19|20)\d\d|[一二][九〇零][〇零一二三四五六七八九]{2})\s*年(?:度)?(?:\s*(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s*月(?:份)?(?:\s*(?P<day>\d{1,2})\s*[日号])?)?"
    r"|(?<![\d.])(?P<iso>(?:19|20)\d\d)[-/.](?P<iso_month>1[0-2]|0?[1-9])(?:[-/.](?P<iso_day>[12]\d|3[01]|0?[1-9]))?(?![\d.])"
    rf"|(?:(?P<en_day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?\b(?P<en_month>{_MONTH_EN})\.?\s+(?:(?P<en_day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+)?(?P<en_year>(?:19|20)\d\d)\b"
    r"|\b(?:in|since|from|during|for|of|fy|fiscal(?: year)?|year)\s?(?P<bare>(?:19|20)\d\d)\b(?!\s?(?:\d|,\d|[a-z]*\s?(?:yuan|rmb|people|interns|employees)))"
    r"|(?<!\d)(?P<short>[012]\d)年(?=[^，,。.]{0,4}(?:成立|注册|创立|创办|设立|开业))"
    r"|(?P<two_ago>前年|the year before last)|(?P<three_ago>大前年)"
    r"|(?P<last>去年度?|上一?年度?|\blast year\b|\bthe previous year\b)|(?P<this>今年|本年度?|\bthis year\b|当前年度)"
    r"|(?P<next>明年|后年|来年|\bnext year\b)"
    rf"|(?:近|最近|过去|这|前|连续|三年累计前)(?:的)?(?P<span>{_COUNT})(?:个年头|年)(?:来|内|间|里|以来)?"
    rf"|(?P<span_sum>{_COUNT})年(?:来|间|内)?(?=(?:累计|一?共|总共|合计|加起来|下来))"
    rf"|\b(?:over|in|during|within|for)?\s*(?:the\s+)?(?:last|past|previous|recent)\s+(?P<span_en>{_COUNT})\s+years\b"
    r"|(?P<each>每年|年年|一年(?=要|得|交|缴|花|投|收|接|捐)|\b(?:every|each|per) year\b|\bannually\b|\byearly\b)"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A time that a text names, at its place: a year or a day, a span of years, or one that is not yet or never ends."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    span: int | None = None
    future: bool = False
    each: bool = False  # every year


def moments(text: str, today: dt.date) -> tuple[Moment, ...]:
    """Return the times that a text in plain form names, in order."""
    return tuple(_read(match, today) for match in _MOMENT.finditer(text))


def _read(match: re.Match[str], today: dt.date) -> Moment:
    found = {name: value for name, value in match.groupdict().items() if value}
    start, end = match.span()
    for name, years in (("last", 1), ("two_ago", 2), ("three_ago", 3), ("this", 0)):
        if name in found:
            return Moment(start, end, year=today.year - years)
    if "next" in found:
        return Moment(start, end, future=True)
    if "each" in found:
        return Moment(start, end, each=True)
    span = found.get("span") or found.get("span_sum") or found.get("span_en")
    if span:
        return Moment(start, end, span=_number(span))
    if "short" in found:
        return Moment(start, end, year=2000 + int(found["short"]))
    month_name = found.get("en_month")
    month = _MONTHS.index(next(m for m in _MONTHS if m.startswith(month_name[:3]))) + 1 if month_name else None
    year = _number(found.get("year") or found.get("iso") or found.get("en_year") or found.get("bare") or "")
    given = found.get("month") or found.get("iso_month")
    day = found.get("day") or found.get("iso_day") or found.get("en_day") or found.get("en_day2")
    return Moment(
        start, end, year=year, month=month or (_number(given) if given else None), day=int(day) if day else None,
        future=year is not None and year > today.year,
    )  # fmt: skip


def _number(text: str) -> int | None:
    value = chinese_number(text)
    value = english_number(text) if value is None else value
    return int(value) if value is not None else None


def full_years(moment: Moment, today: dt.date) -> int | None:
    """Return how many years have surely gone by since then; None for a time that is none or still to come."""
    if moment.year is None:
        return None
    last_month = moment.month or 12
    last_day = moment.day or 31
    gone = today.year - moment.year - ((today.month, today.day) < (last_month, last_day))
    return gone if gone >= 0 else None
