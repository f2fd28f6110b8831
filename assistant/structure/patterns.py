"""Patterns: how the tables of this package are written, one habit a line."""

from __future__ import annotations

import re

DATE = (
    r"(?:(?:\d{4}|[〇○零Ｏ一二三四五六七八九]{4})[ ]?年"
    r"[ ]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[ ]?月"
    r"[ ]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[ ]?日|\d{4}[-/.]\d{1,2}[-/.]\d{1,2})"
)
YEAR = r"[〔\[（(﹝【［]\s*\d{4}\s*[〕\]）)﹞】］]"  # 〔2019〕, however its brackets were typed


def any_of(*habits: str, flags: int = 0) -> re.Pattern[str]:
    """Return the pattern that matches where one of the habits does."""
    return re.compile("|".join(habits), flags)
