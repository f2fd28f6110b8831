"""The day a question is asked for: 2020年申报时, 去年, 今年初, in March 2021, now. What is no day is said to be none."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_YEAR = r"(?:19|20)\d\d|[一二][〇零○一二三四五六七八九]{3}"
_NUMBER = {c: n for n, c in enumerate("一二三四五六七八九十", start=1)} | {"两": 2, "半": 0.5}
_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if n}
_MONTHS |= {name.lower(): n for n, name in enumerate(calendar.month_abbr) if n} | {"sept": 9}
_MONTH_EN = "|".join(sorted(_MONTHS, key=len, reverse=True))
_AT = r"(?:那会儿?|那时候?|的?时候?|当时|期间)?"
# A year that names a text (2021年版, 2023年第15号) or a target (到2025年) is no day to ask for.
_NAMES_A_TEXT = (
    r"(?!的?(?:版|修订|修正|第|印发|公布|发布|出台|颁布|那[部份个]|度|以后|之后|起|以前|之前|前|后|底(?!时)|末(?!时)"
    r"|(?!时)[^，。？?]{0,6}(?:文件|文|法|条例|办法|通知|方案|公告|意见)里?))"
)
_BEFORE_NEW = re.compile(
    r"新的?(?P<text>[^，。？?]{2,16}?)(?:实施|施行|出台|生效|修订|发布)(?:之|以)?前"
    r"|\bbefore the (?:new|revised|current) (?P<text_en>[a-z -]+?)(?: (?:took|takes|came|comes) \w+ \w+)?(?=[,.?]|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day that a question names, and where."""

    day: dt.date
    start: int
    end: int


def _written(found: Mapping[str, str | None], _: dt.date) -> dt.date:
    """A year with what stands after it; the middle of a year or month named alone."""
    year, month = int((found["year"] or "").translate(_DIGITS)), found.get("month")
    name = found.get("monthname")
    number = _MONTHS[name.lower()] if name else int(month) if month else 6
    return dt.date(year, number, int(found.get("day") or (15 if month or name else 30)))


def _edge(found: Mapping[str, str | None], today: dt.date) -> dt.date:
    """The beginning or end of a year: 今年初, 去年底, 2020年初."""
    word = found.get("which") or ""
    back = 2 if "前" in word else 1 if "去" in word or "上" in word or word.lower() == "last" else 0
    written = found.get("year")
    year = int(written.translate(_DIGITS)) if written else today.year - back
    first = found["edge"] in ("初", "early", "the beginning of", "the start of")
    return dt.date(year, 1, 15) if first else dt.date(year, 12, 15)


def _years_back(found: Mapping[str, str | None], today: dt.date) -> dt.date:
    """去年 and 前年 are asked for as a whole, so their middle; 三年前 is a day that many years before today."""
    back = {"去年": 1, "上一年": 1, "上年": 1, "last year": 1, "前年": 2, "the year before last": 2}
    return dt.date(today.year - back[(found["word"] or "").lower()], 6, 30)


def _ago(found: Mapping[str, str | None], today: dt.date) -> dt.date:
    word = (found["count"] or "").lower()
    english = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10}
    count = int(word) if word.isdigit() else int(_NUMBER.get(word) or english.get(word, 1))
    return today.replace(year=today.year - count, day=min(today.day, 28))


def _last_month(_: Mapping[str, str | None], today: dt.date) -> dt.date:
    return (today.replace(day=1) - dt.timedelta(days=1)).replace(day=15)


def _now(_: Mapping[str, str | None], today: dt.date) -> dt.date:
    return today


_FORMS: tuple[tuple[re.Pattern[str], Callable[[Mapping[str, str | None], dt.date], dt.date]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), read)
    for pattern, read in (
        (rf"(?<![到至从])(?:(?P<which>今|去|前|上)年|(?P<year>{_YEAR})年)年?(?P<edge>初|底|末){_AT}(?!前|以|之)", _edge),
        (r"\b(?:at |in )?(?P<edge>early|late|the (?:beginning|start|end) of) (?:(?P<which>this|last) year|(?P<year>(?:19|20)\d\d))\b", _edge),
        (
            rf"(?<![到至自从〔(（\[\d])(?P<year>{_YEAR})年(?:(?P<month>\d{{1,2}})月)?(?:(?P<day>\d{{1,2}})[日号])?"
            rf"{_NAMES_A_TEXT}{_AT}",
            _written,
        ),
        (
            rf"\b(?:in|during|as of|back in|on|since)\s+(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<monthname>{_MONTH_EN})\.?"
            r"(?:\s+of)?,?\s+(?P<year>(?:19|20)\d\d)\b",
            _written,
        ),
        (
            rf"\bon\s+(?P<monthname>{_MONTH_EN})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)\b",
            _written,
        ),
        (
            r"\b(?:in|during|as of|back in|on)\s+(?P<year>(?:19|20)\d\d)(?:-(?P<month>\d\d)-(?P<day>\d\d))?\b",
            _written,
        ),
        (rf"(?<!提)(?P<word>去年|前年|上一年|上年){_AT}(?!度)|\b(?P<word_en>last year|the year before last)\b", _years_back),
        (
            r"(?<![校业职龄满])(?P<count>[一两二三四五六七八九十]|\d{1,2})年(?:以|之)?前(?!期)"
            r"|\b(?P<count_en>\d{1,2}|a|one|two|three|four|five|ten) years? ago\b",
            _ago,
        ),
        (r"上个?月|\blast month\b", _last_month),
        (
            rf"(?:现在|目前|如今|眼下|当前|今年|今天){_AT}(?!的那)"
            r"|\b(?:now(?!adays)|nowadays|currently|today|at present|this year)\b",
            _now,
        ),
    )
)  # fmt: skip
# Times that people speak of and that no record dates.
_NO_DAY = re.compile(
    r"疫情(?:之|以)?[前后](?!端)|疫情(?:期间|的?时候|时)|改革(?:之|以)?前|早些年|前几年|前些年|早先"
    r"|新[^，。？?]{0,16}?(?:实施|施行|出台|生效|修订|发布)(?:之|以)?前|修订(?:之|以)?前"
    r"|\b(?:before|during|after) (?:the )?(?:pandemic|covid\S*|reform)\b|\bin the past\b|\b(?:some|a few|several) years ago\b"
    r"|\bbefore the (?:new|revised|current) \w+",
    re.IGNORECASE,
)


# Two years side by side name two versions of a text, 2016年和2021年的规定, and no day.
_TWO_VERSIONS = re.compile(
    r"(?:19|20)\d\d\s*年?\s*版?\s*(?:和|与|跟|、|vs\.?)\s*(?:19|20)\d\d\s*年?[^，。？?]{0,16}(?:版|法|办法|规定|条例|通知|意见)"
    r"|\b(?:19|20)\d\d (?:and|vs\.?|versus) (?:the )?(?:19|20)\d\d\b",
    re.IGNORECASE,
)


def find(question: str, today: dt.date) -> Day | None:
    """Return the day a question asks for, the middle of a year or month named alone; None when it names none."""
    if _TWO_VERSIONS.search(question):
        return None
    for pattern, read in _FORMS:
        for match in pattern.finditer(question):
            found = {name.removesuffix("_en"): value for name, value in match.groupdict().items() if value}
            try:
                return Day(read({**dict.fromkeys(match.groupdict()), **found}, today), match.start(), match.end())
            except ValueError:
                continue  # 2020年13月 is no day
    return None


def without(question: str, today: dt.date) -> str:
    """Return a question without the words for the day it asks for."""
    found = find(question, today)
    return f"{question[: found.start]} {question[found.end :]}".strip(" ，,的") if found else question


def of_older(question: str) -> str:
    """Return a question for the time before a new text without those words: 新职业教育法实施前 → 职业教育法."""
    return _BEFORE_NEW.sub(lambda match: match["text"] or match["text_en"], question)


def unclear(question: str) -> str | None:
    """Return the words of a question for a time that no day can be told from: 疫情前; None without such words."""
    match = _NO_DAY.search(question)
    return match[0] if match else None
