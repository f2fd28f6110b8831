"""Metadata that a format states in fields of its own: JSONL keys, Markdown front matter, fields of a web page."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assistant.models import Line, Metadata, Tier
from assistant.readers.wording import short
from assistant.text import repair
from assistant.text.normal import squeeze

_TEXTS = ("title", "title_en", "doc_number", "url")
_DATES = ("issued", "effective", "expires", "repealed")
FIELDS = frozenset((*_TEXTS, *_DATES, "issuers", "jurisdiction", "tier"))

_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?:\s*日|(?=[T\s])|$)|(\d{4})(\d{2})(\d{2})$")
_TITLE_AREA = 20  # lines
_BETWEEN_ISSUERS = re.compile(r"[、,，;；\n]+")
_JURISDICTION = re.compile(r"CN|\d{6}")


def parse_date(text: str) -> dt.date | None:
    """Return a full date written as 2022-04-20, 2022年4月20日, 2022/4/20 or 20220420; None for anything less."""
    found = _DATE.match(text.strip())
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups() if part)
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def declared_metadata(fields: Mapping[str, object], also_known: Iterable[str] = ()) -> tuple[Metadata, list[str]]:
    """Return what the fields say, and a finding for each that says nothing usable: it stays unknown, never guessed."""
    known: dict[str, Any] = {}
    findings: list[str] = []
    for key, value in fields.items():
        if key in also_known or value is None or value == "" or value == []:
            continue
        if key not in FIELDS:
            findings.append(f"unknown field “{short(str(key))}” ignored")
            continue
        known[key], complaint = _field(key, value)
        if complaint:
            findings.append(f"{key} “{short(str(value))}” {complaint}, so it stays unknown")
    return Metadata(**{key: value for key, value in known.items() if value is not None}), findings


def printed_title(title: str | None, lines: Sequence[Line]) -> str | None:
    """Return the title that a file states, if it is also printed at its start.

    Programs put file names and titles of other documents there, and a stated title outranks the one found in the text.
    """
    printed = {squeeze(line.text) for line in lines[:_TITLE_AREA]}
    return title.strip() if title and squeeze(title) in printed else None


def _field(key: str, value: object) -> tuple[object, str | None]:
    """Return the value of one field, or None with what is wrong with it."""
    if key in _DATES:
        if isinstance(value, dt.date):
            return (value.date() if isinstance(value, dt.datetime) else value), None
        date = parse_date(value) if isinstance(value, str) else None
        return date, None if date else "is no full date (YYYY-MM-DD)"
    if key == "issuers":
        names = _BETWEEN_ISSUERS.split(value) if isinstance(value, str) else value
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            return None, "is no list of names"
        return tuple(name for name in (_clean(name) for name in names) if name), None
    if key == "tier":
        names = [tier.value for tier in Tier]
        return (Tier(value), None) if value in names else (None, f"is none of {', '.join(names)}")
    text = _clean(str(value)) if isinstance(value, (str, int)) else ""
    if not text:
        return None, "is no text"
    if key == "jurisdiction" and not _JURISDICTION.fullmatch(text):
        return None, "is neither CN nor a six-digit GB/T 2260 code"
    return text, None


def _clean(text: str) -> str:
    return " ".join(repair(text).split())
