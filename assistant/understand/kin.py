"""One thing in place of another: 硕士呢？ after a question about 本科生."""

from __future__ import annotations

import re

from assistant.text import words
from assistant.understand import wording

_HEAD = re.compile(r"[一-鿿]")
_STOPS = r"(?=能|可以|可|要|应|有|会|怎|多少|给|享|算|[，。？?]|$)"


def in_place(question: str, thing: str) -> str | None:
    """Return a question asked of another thing of the same sort; None when it has nothing of that sort."""
    thing = re.sub(r"^(?:the|a|an)\s+", "", re.sub(r"[的了]$", "", thing.strip()), flags=re.IGNORECASE)
    return _of_group(question, thing) or _with_same_head(question, thing) or _with_same_verb(question, thing)


def _of_group(question: str, thing: str) -> str | None:
    for group in wording.lines("kin"):
        if any(thing.lower().startswith(word) for word in group):
            old = next((word for word in group if word in question.lower() and word not in thing.lower()), None)
            if old:
                return re.sub(re.escape(old), thing, question, count=1, flags=re.IGNORECASE)
    return None


def _with_same_head(question: str, thing: str) -> str | None:
    """民办高职 for 中职, 第三批 for 第二批: what a Chinese word is comes last in it."""
    if not thing or not _HEAD.match(thing[-1]) or len(thing) < 2:
        return None
    for length in range(len(thing) - 1, 0, -1):
        head = thing[-length:]
        alike = [w for w in words(question) if w.endswith(head) and len(w) > length and w != thing]
        if alike:
            return question.replace(max(alike, key=len), thing, 1)
    return None


def _with_same_verb(question: str, thing: str) -> str | None:
    """招退役士兵 for 招用登记失业半年以上的人: from the same verb to the word that asks."""
    if len(thing) < 3 or not _HEAD.match(thing[0]):
        return None
    found = re.search(rf"{re.escape(thing[0])}[^，。？?]+?{_STOPS}", question)
    return question[: found.start()] + thing + question[found.end() :] if found else None
