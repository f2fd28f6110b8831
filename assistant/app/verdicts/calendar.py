"""The windows of schemes as a calendar that any calendar program takes in."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from icalendar import Calendar, Event

from assistant.eligibility.model import Line, Scheme, Verdict
from assistant.prompts import Phrases, phrases

_EVERY_YEAR = re.compile(r"--(\d\d)-(\d\d)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One window as days: from the first to the last, every year or once."""

    first: dt.date
    last: dt.date
    yearly: bool


def calendar(verdicts: Iterable[Verdict], language: str) -> bytes:
    """Return the windows of the schemes checked as iCalendar; those long over are left out."""
    say = phrases("report", language)
    made = Calendar()
    made.add("prodid", "-//policy-assistant//windows//EN")
    made.add("version", "2.0")
    for verdict in verdicts:
        for event in _events(verdict, say):
            made.add_component(event)
    return bytes(made.to_ical())


def entries(scheme: Scheme, day: dt.date) -> list[tuple[Line, Entry]]:
    """Return the windows of a scheme that have days, and have not closed for good before a day."""
    found = ((line, entry(line, day)) for line in scheme.windows)
    return [(line, days) for line, days in found if days and (days.yearly or days.last >= day)]


def entry(line: Line, day: dt.date) -> Entry | None:
    """Return the days of a window: the next time it closes where it comes every year; None for one without days."""
    if not (line.opens or line.closes):
        return None
    opens, closes = line.opens or line.closes or "", line.closes or line.opens or ""
    if _EVERY_YEAR.fullmatch(closes):
        last = _in_year(closes, day.year)
        if last < day:
            last = _in_year(closes, day.year + 1)
        first = _in_year(opens, last.year)
        return Entry(first if first <= last else _in_year(opens, last.year - 1), last, yearly=True)
    return Entry(dt.date.fromisoformat(opens), dt.date.fromisoformat(closes), yearly=False)


def _in_year(month_and_day: str, year: int) -> dt.date:
    match = _EVERY_YEAR.fullmatch(month_and_day)
    if not match:
        raise ValueError(f"{month_and_day} is no day of every year")
    month, day = int(match[1]), int(match[2])
    return dt.date(year, month, 28 if (month, day) == (2, 29) else day)


def _events(verdict: Verdict, say: Phrases) -> Iterator[Event]:
    scheme = verdict.scheme
    for line, days in entries(scheme, verdict.as_of):
        event = Event()
        event.add("uid", f"{scheme.id}-{line.id}@policy-assistant")
        event.add("dtstamp", dt.datetime.combine(verdict.as_of, dt.time(), dt.UTC))
        event.add("dtstart", days.first)
        event.add("dtend", days.last + dt.timedelta(days=1))  # the first day after it
        event.add("summary", say.say("event", scheme=scheme.title.in_language(say.language)))
        clause = scheme.clauses[line.address] if line.address else None
        source = f"\n{clause.policy_title} {clause.locator}" if clause else ""
        event.add("description", line.text.in_language(say.language) + source)
        if days.yearly:
            event.add("rrule", {"freq": "yearly"})
        yield event
