"""Which of the two languages a question is asked in."""

from __future__ import annotations

import re
from functools import cache

from opencc import OpenCC

_QUOTED = re.compile(r"《[^》]*》|[一-鿿]{1,8}[〔\[（(]\d{4}[〕\]）)]第?\d+号")
_HAN = re.compile(r"[㐀-鿿]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def simplified(text: str) -> str:
    """Return a text with traditional characters as simplified ones: policies are written in those."""
    return str(_converter().convert(text))


def language(text: str) -> str:
    """Return "zh" or "en"; a Chinese title or document number inside an English question does not make it Chinese."""
    rest = _QUOTED.sub(" ", text)
    return "en" if len(_LATIN_WORD.findall(rest)) > len(_HAN.findall(rest)) else "zh"
