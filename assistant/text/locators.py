"""Where a clause stands, as a reader of either language looks it up: 第三十三条第一款第（二）项, Article 33, paragraph 1, item (2)."""

from __future__ import annotations

import re

from assistant.text.numerals import DIGITS, parse_numeral

_PART = re.compile(rf"第[（(]?\s*(?P<number>[{DIGITS}]+)\s*[）)]?(?P<of>[条款项目章节编])")
_ENGLISH = {
    "条": "Article {}", "款": "paragraph {}", "项": "item ({})", "目": "sub-item {}",
    "章": "Chapter {}", "节": "Section {}", "编": "Part {}",
}  # fmt: skip


def written(locator: str, language: str) -> str:
    """Return a locator in a language, with the Chinese one behind the English; unchanged where it has no numbers for all of it."""
    if language != "en" or _PART.sub("", locator).strip():
        return locator
    parts = [(match["of"], parse_numeral(match["number"])) for match in _PART.finditer(locator)]
    if not parts or any(number is None for _, number in parts):
        return locator
    return f"{', '.join(_ENGLISH[of].format(number) for of, number in parts)} ({locator})"
