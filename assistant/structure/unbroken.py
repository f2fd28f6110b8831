"""Unbroken text: a whole regulation in one line, from which even the spaces after 第一章 and 第一条 are gone."""

from __future__ import annotations

import re

from assistant.structure.markers import ARTICLE
from assistant.text.numerals import DIGITS, parse_numeral

_PLACES = re.compile(rf"第(?P<n>[{DIGITS}]{{1,6}})(?P<unit>[编章节条])(?:之(?P<k>[{DIGITS}]{{1,3}}))?")
_SENTENCE_ENDS = "。！？；”）〉》"
_TITLE = re.compile(r"[^。，；：！？,;:]{1,24}")  # what may stand between 第一章 and 第一条
_LEAST = 3  # articles in one line, before it counts as a text that lost its line breaks


def cut(text: str) -> list[str]:
    """Return a line cut before its headings and articles; whole where it is no text that lost its line breaks.

    An article must count on from the one before and begin a sentence, or stand right after a heading. A heading must
    begin a sentence and count on or begin again; 第二条规定的… and 依照第二条… do neither.
    """
    last: dict[str, int] = {}
    starts: list[int] = []
    opened = -1  # where the title of a heading begins that no article has followed yet
    for match in _PLACES.finditer(text):
        at, unit, number = match.start(), match["unit"], parse_numeral(match["n"])
        opens = at == 0 or text[at - 1] in _SENTENCE_ENDS
        headed = opened >= 0 and bool(_TITLE.fullmatch(text, opened, at))
        if not (opens or headed) or (ARTICLE.mention and ARTICLE.mention.match(text, match.end())):
            continue
        inserted = unit == "条" and match["k"] and number == last.get(unit)
        again = number == 1 and unit != "条"
        if not (inserted or again or number == last.get(unit, 0) + 1):
            continue
        last[unit] = number or 0
        starts.append(at)
        opened = -1 if unit == "条" else match.end()
    if last.get("条", 0) < _LEAST:
        return [text]
    return [piece for a, b in zip([0, *starts], [*starts, len(text)], strict=True) if (piece := text[a:b].strip())]
