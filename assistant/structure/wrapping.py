"""Wrapped lines: rows that a printout broke in mid-sentence, told by their neighbours, go on with the row before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.structure.blocks import is_complete
from assistant.structure.patterns import any_of
from assistant.structure.rows import Row
from assistant.text.numerals import DIGITS

_NEVER_FIRST = re.compile(r"[，。、；：！？）》〉】」』”’％%]")  # marks that no line begins with
_ENDED = re.compile(r"[。！？；：!?;:…][”’」』）)】]?$")
_CLAUSE = rf"(?:第[ ]?[{DIGITS}]+[ ]?[条款项章](?:之[{DIGITS}]+)?|前[两三]?[款项条])"
_CITED = re.compile(_CLAUSE)  # a row that begins so and is no heading goes on with a row that ends with:
_CITING = re.compile(r"(?:[依按参遵]照|[根依]据|违反|符合|适用|执行|本[一-鿿]{1,4}|》|[和及与或至由以])$")
_NAMED = re.compile(rf"{_CLAUSE}$")
_OF = re.compile(r"(?:所[列称述]|规定)?的|规定|所[列称述]|之一")
_OPEN = (("《", "》"), ("（", "）"), ("〔", "〕"))
_SENTENCE = re.compile(r"[，。；]")
_HEADED = re.compile(r"[。；]")  # a numbered title may hold commas, but no sentence
_LABELLED = any_of(r"^[一-鿿]{2,8}[ ]?[:：]", r"^——")  # 联系人：…, a line of its own wherever it ends
_FULL = 0.7  # of the longest line: a line that was broken because it was full
_WHOLE = 0.85  # the same for one that holds no mark at all and might be a title


def mark(rows: Sequence[Row]) -> list[Row]:
    """Return the rows with those marked as wrapped that go on with the sentence of the row before them."""
    longest = max((len(row.text) for row in rows if row.cells is None), default=0)
    done = list(rows)
    for i in range(1, len(rows)):
        before, row = rows[i - 1], rows[i]
        if row.marker is None and _is_text(before) and _is_text(row) and _goes_on(before, row, longest):
            done[i] = replace(row, wrapped=True)
    return done


def _is_text(row: Row) -> bool:
    return not (row.cells is not None or row.heading or row.glued or row.closing or row.loose)


def _goes_on(before: Row, row: Row, longest: int) -> bool:
    if before.marker is not None and before.marker.is_heading:
        return False
    text = before.text
    if _NEVER_FIRST.match(row.text) or _leaves_open(text):
        return True
    if _ENDED.search(text):
        return False
    if (_CITED.match(row.text) and _CITING.search(text)) or (_OF.match(row.text) and _NAMED.search(text)):
        return True
    if is_complete(text) or _LABELLED.match(text) or len(text) < _FULL * longest:
        return False
    numbered = before.marker is not None and not before.marker.is_article
    if numbered or _SENTENCE.search(text):
        return bool((_HEADED if numbered else _SENTENCE).search(text))
    return len(text) >= _WHOLE * longest and bool(_ENDED.search(row.text))


def _leaves_open(text: str) -> bool:
    return any(text.count(left) > text.count(right) and text.rfind(left) > text.rfind(right) for left, right in _OPEN)
