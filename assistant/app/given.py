"""What a caller gives along with a question, read once at the edge: a day and a place."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from assistant.errors import QuestionError
from assistant.structure import places
from assistant.understand import FILTERS

_CODE = re.compile(r"\d{6}")


def day(value: object) -> dt.date | None:
    """Return the day of a date or of its ISO form; None for nothing. Raises QuestionError for anything else."""
    if value is None or value == "":
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError as error:
        raise QuestionError(f"'{value}' is not a day; write it as YYYY-MM-DD, for example 2024-05-01.") from error


def place(value: object) -> str | None:
    """Return the GB/T 2260 code of a place given by its code or its name; None for nothing.

    Raises QuestionError for a place nobody knows, as an answer for the wrong place is worse than none.
    """
    if value is None or value == "":
        return None
    text = str(value).strip()
    if text.upper() == places.NATION:
        return places.NATION
    # A code below a known province is taken as it is: new districts are older than the table of them.
    if _CODE.fullmatch(text) and (places.place(text) or places.place(f"{text[:2]}0000")):
        return text
    found = places.find(text)
    if len(found) == 1:
        return found[0].code
    if not found and (other := places.unlisted(text)) and other.name == text:
        return other.code  # newer than the table of places
    raise QuestionError(f"'{value}' is not a known place; give its GB/T 2260 code, for example 330200, or CN.")


def left_out(value: Iterable[str] | str) -> tuple[str, ...]:
    """Return what of a question's understanding is to be left out. Raises QuestionError for what is no part of it."""
    named = (value,) if isinstance(value, str) else tuple(value)
    unknown = [name for name in named if name not in FILTERS]
    if unknown:
        raise QuestionError(f"'{unknown[0]}' cannot be left out; leave out any of {', '.join(FILTERS)}.")
    return named
