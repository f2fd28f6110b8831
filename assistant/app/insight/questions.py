"""What was asked and what came of it, counted from the records: no question, nobody, and no small group told apart.

Whoever keeps the installation of a small office can guess who asks what. So what tells what somebody wanted (topic,
place, kind, who is asking, what was found wrong) is never crossed with each other, is told by no week and counted by no
number below FEW, nor ordered by it. Totals tell none of that and are exact; taken from them, a group of a few may still
turn out to be one or two, and that is all. Figures of documents and files are about nobody, and exact.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.models import Policy, Refusal, Status
from assistant.records import Complaint, Record
from assistant.structure.places import NATION

FEW = 3
WEEKS = 8
CLAUSES = 5  # of those that low-rated answers on one topic rest on
PARTLY = "partial"  # beside the kinds of refusal: some parts of a question had no answer
_UNANSWERED = frozenset({Status.NOT_FOUND.value, Status.PARTIAL.value})  # out of scope is no gap in the policies

Count = int | None  # None: some, but fewer than FEW


@dataclass(frozen=True, slots=True)
class Week:
    """The questions of one week."""

    monday: dt.date
    asked: int
    unanswered: int


@dataclass(frozen=True, slots=True)
class Group:
    """The questions that have something in common."""

    name: str | None  # None: no term of the glossary, no place, … in them
    asked: Count
    unanswered: Count
    reasons: tuple[str, ...]  # why unanswered, the most frequent first: a Refusal, or PARTLY
    weeks: tuple[int, ...]  # unanswered in each of the weeks; empty for fewer than FEW


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that an answer rests on."""

    address: str
    title: str
    title_en: str | None
    locator: str


@dataclass(frozen=True, slots=True)
class LowRated:
    """What readers found wrong in the answers on one topic."""

    topic: str | None
    low: Count
    rated: Count
    reasons: tuple[str, ...]  # Complaint, the most frequent first
    clauses: tuple[Clause, ...]  # the most cited first; of documents that are no longer held none is named


@dataclass(frozen=True, slots=True)
class Questions:
    """The questions of the time for which records are kept."""

    since: dt.date | None  # of the oldest record
    asked: int
    unanswered: int
    out_of_scope: int
    rated: int
    low: int
    weeks: tuple[Week, ...]  # oldest first, without gaps
    topics: tuple[Group, ...]  # a question has several, so they add up to more than all
    places: tuple[Group, ...]  # by CN or the code of a province
    kinds: tuple[Group, ...]
    audiences: tuple[Group, ...]
    low_rated: tuple[LowRated, ...]


def questions(records: Iterable[Record], policies: Iterable[Policy], day: dt.date) -> Questions:
    """Count the records of answers; `policies`, with their provisions, are those that may be named."""
    kept = tuple(records)
    told = [record for record in kept if "topics" in record]  # records of older versions do not tell
    mondays = _mondays(kept, day)
    return Questions(
        since=min((_day(record) for record in kept), default=None),
        asked=len(kept),
        unanswered=sum(map(_is_unanswered, kept)),
        out_of_scope=sum(record.get("refusal") == Refusal.OUT_OF_SCOPE for record in kept),
        rated=sum("rating" in record for record in kept),
        low=sum(map(_is_low, kept)),
        weeks=tuple(_week(monday, kept) for monday in mondays),
        topics=_groups(told, lambda record: record["topics"], mondays),
        places=_groups(kept, lambda record: [_province(record)], mondays),
        kinds=_groups(told, lambda record: record["kinds"], mondays),
        audiences=_groups(told, lambda record: [record["audience"]], mondays),
        low_rated=_low_rated(told, _clauses(policies)),
    )


def few(count: int) -> Count:
    """Return a count as it may be told: None for some, but fewer than FEW."""
    return None if 0 < count < FEW else count


def _groups(
    records: Iterable[Record], names_of: Callable[[Record], Sequence[str | None]], mondays: Sequence[dt.date]
) -> tuple[Group, ...]:
    groups = _by_name(records, names_of)
    return tuple(sorted((_group(name, held, mondays) for name, held in groups.items()), key=_most_asked))


def _by_name(
    records: Iterable[Record], names_of: Callable[[Record], Sequence[str | None]]
) -> dict[str | None, list[Record]]:
    groups: dict[str | None, list[Record]] = defaultdict(list)
    for record in records:
        for name in dict.fromkeys(names_of(record) or [None]):
            groups[name].append(record)
    return groups


def _group(name: str | None, records: Sequence[Record], mondays: Sequence[dt.date]) -> Group:
    wanting = [record for record in records if _is_unanswered(record)]
    many = len(wanting) >= FEW
    weeks = Counter(_monday(_day(record)) for record in wanting)
    return Group(
        name=name,
        asked=few(len(records)),
        unanswered=few(len(wanting)),
        reasons=_ordered(map(_reason, wanting), many),
        weeks=tuple(weeks[monday] for monday in mondays) if many else (),
    )


def _low_rated(records: Iterable[Record], clauses: Mapping[str, Clause]) -> tuple[LowRated, ...]:
    rated = _by_name((record for record in records if "rating" in record), lambda record: record["topics"])
    found = []
    for topic, held in rated.items():
        low = [record for record in held if _is_low(record)]
        many = len(low) >= FEW
        reasons = _ordered((_complaint(record) for record in low), many)
        cited = _ordered((c["address"] for record in low for c in record.get("citations", ())), many)
        named = tuple(clauses[address] for address in cited if address in clauses)[:CLAUSES]
        if low:
            found.append(LowRated(topic, few(len(low)), few(len(held)), reasons, named))
    return tuple(sorted(found, key=lambda one: (-(one.low or 0), one.topic is None, one.topic or "")))


def _ordered(names: Iterable[str], by_count: bool) -> tuple[str, ...]:
    """Each name once; the most frequent first only where that tells nothing of one or two people."""
    counted = Counter(names)
    return tuple(sorted(counted, key=lambda name: (-counted[name] if by_count else 0, name)))


def _most_asked(group: Group) -> tuple[int, bool, str]:
    return -(group.asked or 0), group.name is None, group.name or ""


def _reason(record: Record) -> str:
    """Why a question had no answer, or not a whole one; older records do not say more than that there was none."""
    if record["status"] == Status.PARTIAL:
        return PARTLY
    return str(record.get("refusal") or Refusal.NOT_FOUND)


def _complaint(record: Record) -> str:
    """Why an answer was found wanting; in nobody's own words."""
    reason = record["rating"]["reason"]
    return reason if reason in set(Complaint) else Complaint.OTHER.value


def _clauses(policies: Iterable[Policy]) -> dict[str, Clause]:
    return {
        provision.address: Clause(
            provision.address, policy.metadata.title or policy.source, policy.metadata.title_en, provision.locator
        )
        for policy in policies
        for provision in policy.provisions
    }


def _province(record: Record) -> str | None:
    code = record.get("jurisdiction")
    return code if code in (None, NATION) else f"{code[:2]}0000"


def _is_unanswered(record: Record) -> bool:
    return record.get("status") in _UNANSWERED


def _is_low(record: Record) -> bool:
    return "rating" in record and not record["rating"]["good"]


def _week(monday: dt.date, records: Iterable[Record]) -> Week:
    held = [record for record in records if _monday(_day(record)) == monday]
    return Week(monday, len(held), sum(map(_is_unanswered, held)))


def _mondays(records: Sequence[Record], day: dt.date) -> tuple[dt.date, ...]:
    """The weeks from the oldest record to the day, the last WEEKS of them."""
    if not records:
        return ()
    last, first = _monday(day), _monday(min(map(_day, records)))
    count = min(WEEKS, (last - first).days // 7 + 1)
    return tuple(last - dt.timedelta(weeks=back) for back in reversed(range(count)))


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _day(record: Record) -> dt.date:
    return dt.datetime.fromisoformat(record["made"]).astimezone().date()
