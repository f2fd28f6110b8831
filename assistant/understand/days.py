"""The day a question is asked for: 2020年申报时, 去年, in 2019."""

from __future__ import annotations

import datetime as dt
import re

# A year that names a text (2021年版, 2023年第15号) or a target (到2025年) is no day to ask for.
_CHINESE = re.compile(
    r"(?<![到至自从〔(（\[\d])(?P<year>(?:19|20)\d\d)年(?:(?P<month>\d{1,2})月)?(?:(?P<day>\d{1,2})[日号])?"
    r"(?!的?(?:版|修订|修正|第|印发|公布|发布|出台|颁布|那[部份个]|度|以后|之后|起|以前|之前|前|后|底|末|(?!时)[^，。？?]{0,6}(?:文件|文|法|条例|办法|通知|方案|公告|意见)里?))"
    r"|(?P<last>去年)|(?P<before>前年)"
)
_ENGLISH = re.compile(
    r"\b(?:in|during|as of|back in|on)\s+(?P<year>(?:19|20)\d\d)(?:-(?P<month>\d\d)-(?P<day>\d\d))?\b|\b(?P<last>last year)\b",
    re.IGNORECASE,
)


def find(question: str, today: dt.date) -> dt.date | None:
    """Return the day a question asks for, the middle of a year or month named alone; None when it names none."""
    match = _CHINESE.search(question) or _ENGLISH.search(question)
    if not match:
        return None
    found = match.groupdict()
    if found.get("last") or found.get("before"):
        return dt.date(today.year - (1 if found.get("last") else 2), 6, 30)
    try:
        month = int(found["month"] or 6)
        return dt.date(int(found["year"]), month, int(found["day"] or (15 if found["month"] else 30)))
    except ValueError:
        return None  # 2020年13月 is no day
