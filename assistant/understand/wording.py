"""Word lists of the starter corpus: plain text that a colleague from the policy side can edit, beside the glossary."""

from __future__ import annotations

import re
from functools import cache

from assistant import config


@cache
def lines(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the words of each line of a list, without its remarks."""
    text = (config.bundled("corpus") / f"{name}.txt").read_text("utf-8")
    return tuple(tuple(line.split()) for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return what finds any word of a list: Latin words as whole words, where a star stands for any ending."""
    words = sorted((word for line in lines(name) for word in line), key=len, reverse=True)
    latin = "|".join(re.escape(w).replace(r"\*", r"\w*").replace("_", " ") for w in words if w.isascii())
    chinese = "|".join(re.escape(w) for w in words if not w.isascii())
    return re.compile(rf"{chinese}|\b(?:{latin})\b", re.IGNORECASE)
