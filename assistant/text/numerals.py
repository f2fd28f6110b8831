"""Chinese numerals, as laws number their articles."""

from __future__ import annotations

import unicodedata

DIGITS = "零〇○一二两三四五六七八九十百千廿卅0-9０-９"  # for a regular-expression class

_VALUES = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_CIRCLED = {chr(0x2460 + i): i + 1 for i in range(20)}


def parse_numeral(text: str) -> int | None:
    """Return the value of 二十七, 27, ２７, 一百零三 or ⑫; None when it is no number below 10,000."""
    if text in _CIRCLED:
        return _CIRCLED[text]
    plain = unicodedata.normalize("NFKC", text)
    if plain.isascii():
        return int(plain) if plain.isdigit() else None
    plain = plain.replace("廿", "二十").replace("卅", "三十")
    if all(c in _VALUES for c in plain):
        return int("".join(str(_VALUES[c]) for c in plain))  # 二〇一九
    total, digit = 0, 0
    for c in plain:
        if c in _UNITS:
            total += (digit or 1) * _UNITS[c]
            digit = 0
        elif c in _VALUES:
            digit = _VALUES[c]
        else:
            return None
    return total + digit


def chinese(number: int) -> str:
    """Return 27 as 二十七, the way an article number is written (1 to 9,999)."""
    if not 0 < number < 10_000:
        raise ValueError(f"{number} is outside 1 to 9999, the numbers that clauses carry")
    out, pending_zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            out += ("零" if pending_zero and out else "") + "零一二三四五六七八九"[digit] + name
            pending_zero = False
        else:
            pending_zero = True
    return out.removeprefix("一") if out.startswith("一十") else out
