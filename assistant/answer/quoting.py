"""Which words of a clause are quoted: the whole, a run of sentences, or the one sentence that bears on the question."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.text.numerals import DIGITS
from assistant.understand import Inquiry
from assistant.understand.evidence import coverage

KEEP_SHARE = 0.5  # of the best agreement with the question, below which a paragraph or a sentence is left out
LONG_PARAGRAPH = 260  # characters, above which only the sentences that bear on the question are quoted

_ITEM_MARK = re.compile(rf"^\s*(?:[（(][{DIGITS}]+[)）]|[{DIGITS}]+[、.．](?!\d))\s*")


def quotes(text: str, inquiry: Inquiry) -> Iterable[str]:
    """Return the text whole, or of a long paragraph the run of sentences that bears most on the question."""
    if len(text) <= LONG_PARAGRAPH:
        return (text,)
    parts = sentences(text)
    agreement = [coverage(inquiry.subjects, s) for s in parts]
    best = max(agreement)
    if best == 0:
        return (text,)
    chosen = [i for i, share in enumerate(agreement) if share >= KEEP_SHARE * best]
    return ("".join(parts[chosen[0] : chosen[-1] + 1]).strip(),)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text and the members of its enumerations; joined they give it back."""
    pieces: list[str] = []
    start = 0
    for i, mark in enumerate(text):
        ends = mark in "。！？；" or (mark in ".!?;" and text[i + 1 : i + 2].isspace())
        if ends and i + 1 > start:
            pieces.append(text[start : i + 1])
            start = i + 1
    return [*pieces, text[start:]] if text[start:].strip() else pieces


def unmarked(text: str) -> str:
    """Return an item without the number before it."""
    return _ITEM_MARK.sub("", text, count=1).strip()
