"""What there is to tell as plain tables in one language: the page draws them, files hold them, the terminal prints them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.answer.notices import place_name
from assistant.app.insight import Insight
from assistant.app.insight.health import RUNS, Health
from assistant.app.insight.holdings import KINDS, LATER, Holdings, Name
from assistant.app.insight.questions import Clause, Count, Group, Questions
from assistant.app.insight.words import Words, words
from assistant.app.reading_words import reason_in
from assistant.models import Kind
from assistant.pipeline.report import Change, counts_of
from assistant.understand.topics import english_topics

Cell = str | int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: numbers are whole numbers, everything else is text."""

    key: str  # also the name of its file
    title: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def sheets(insight: Insight, language: str) -> tuple[Sheet, ...]:
    """Return all tables in a language, also those without rows."""
    w = words(language)
    return (
        *_asked(insight.questions, insight.holdings, w),
        *_held(insight.holdings, w),
        *_taken_in(insight.health, w),
    )


def _asked(asked: Questions, held: Holdings, w: Words) -> Iterator[Sheet]:
    wanting = sorted(
        (group for group in asked.topics if group.unanswered != 0), key=lambda group: -(group.unanswered or 0)
    )
    policies = {place.code: place.policies for place in held.places}
    yield _sheet(
        "weeks",
        w,
        ("week", "asked", "unanswered"),
        ((week.monday.isoformat(), week.asked, week.unanswered) for week in asked.weeks),
    )
    yield _sheet(
        "unanswered",
        w,
        ("topic", "unanswered", "asked", "why"),
        (
            (_topic(group.name, w), _told(group.unanswered, w), _told(group.asked, w), _why(group, w))
            for group in wanting
        ),
    )
    yield Sheet(
        "trend",
        w.titles["trend"],
        w.notes["trend"],
        (w.columns["topic"], *(week.monday.isoformat() for week in asked.weeks)),
        tuple((_topic(group.name, w), *group.weeks) for group in wanting if len(group.weeks) > 1),
    )
    yield _groups("asked", "topic", asked.topics, w, [_topic(group.name, w) for group in asked.topics])
    yield _sheet(
        "low_rated",
        w,
        ("topic", "low", "rated", "why", "clauses_cited"),
        (
            (
                _topic(one.topic, w),
                _told(one.low, w),
                _told(one.rated, w),
                w.several.join(w.complaints[reason] for reason in one.reasons),
                _cited(one.clauses, w),
            )
            for one in asked.low_rated
        ),
    )
    yield _sheet(
        "places",
        w,
        ("place", "asked", "unanswered", "held"),
        (
            (
                place_name(group.name, w.language) if group.name else w.no_place,
                _told(group.asked, w),
                _told(group.unanswered, w),
                policies.get(group.name, 0) if group.name else "",
            )
            for group in asked.places
        ),
    )
    kinds = [w.kinds[Kind(group.name)] if group.name else w.no_kind for group in asked.kinds]
    yield _groups("kinds", "kind", asked.kinds, w, kinds)
    audiences = [w.audiences.get(group.name, group.name) if group.name else w.no_audience for group in asked.audiences]
    yield _groups("audiences", "audience", asked.audiences, w, audiences)


def _held(held: Holdings, w: Words) -> Iterator[Sheet]:
    yield Sheet(
        "coverage",
        w.titles["coverage"],
        w.notes["coverage"],
        (*(w.columns[name] for name in ("place", "policies", "clauses")), *(w.kinds[kind] for kind in KINDS)),
        tuple(
            (
                place_name(place.code, w.language),
                place.policies,
                place.clauses,
                *(place.kinds[kind] for kind in KINDS),
            )
            for place in held.places
        ),
    )
    yield _sheet(
        "expiring",
        w,
        ("policy", "place", "scope", "last_day", "days"),
        (
            (*_named(one.policy, w), one.locator or w.whole_policy, one.last_day.isoformat(), one.days)
            for one in held.expiring
        ),
        later=LATER,
    )
    yield _sheet(
        "unknown", w, ("policy", "place", "note"), ((*_named(one.policy, w), one.note or "") for one in held.unknown)
    )
    yield _sheet(
        "from_memory",
        w,
        ("policy", "place", "unchecked", "clauses"),
        ((*_named(one.policy, w), one.clauses, one.of) for one in held.from_memory),
    )
    yield _sheet(
        "ended",
        w,
        ("policy", "place", "last_day", "by"),
        (
            (*_named(one.policy, w), one.last_day.isoformat() if one.last_day else "", w.several.join(one.by))
            for one in held.ended
        ),
    )


def _taken_in(health: Health, w: Words) -> Iterator[Sheet]:
    ends = (Change.ADDED, Change.CHANGED, Change.UNCHANGED, Change.REMOVED, Change.FAILED)
    rows: list[tuple[Cell, ...]] = []
    for run in health.runs:
        counts = counts_of(run.summary or "")
        finished = _moment(run.finished) if run.finished else w.unfinished
        rows.append((_moment(run.started), finished, *(counts[end] for end in ends)))
    yield _sheet("runs", w, ("started", "finished", *(end.value for end in ends)), rows, runs=RUNS)
    yield _sheet(
        "failures", w, ("file", "reason"), ((one.source, reason_in(w.language, one.reason)) for one in health.failures)
    )
    parts = Counter(finding.part for finding in health.findings)
    states = []
    if health.waiting:
        states.append(w.parts["waiting"].format(count=health.waiting))
        parts["vectors"] -= 1  # the doctor tells of these as well
    states += [w.parts[part] for part, count in parts.items() if count > 0]
    yield _sheet("findings", w, ("state",), ((state,) for state in states))


def _sheet(key: str, w: Words, columns: Sequence[str], rows: Iterable[tuple[Cell, ...]], **filled: int) -> Sheet:
    return Sheet(
        key, w.titles[key], w.notes[key].format(**filled), tuple(w.columns[name] for name in columns), tuple(rows)
    )


def _groups(key: str, column: str, groups: Sequence[Group], w: Words, names: Sequence[str]) -> Sheet:
    rows = (
        (name, _told(group.asked, w), _told(group.unanswered, w)) for name, group in zip(names, groups, strict=True)
    )
    return _sheet(key, w, (column, "asked", "unanswered"), rows)


def _told(count: Count, w: Words) -> Cell:
    return w.few if count is None else count


def _topic(name: str | None, w: Words) -> str:
    if name is None:
        return w.no_topic
    return english_topics().get(name, name) if w.language == "en" else name


def _why(group: Group, w: Words) -> str:
    return w.several.join(w.reasons[reason] for reason in group.reasons)


def _cited(clauses: Iterable[Clause], w: Words) -> str:
    """Clauses with the title of each document once."""
    by_title: dict[str, list[str]] = {}
    for clause in clauses:
        by_title.setdefault(_title(clause, w), []).append(clause.locator)
    quoted = "《{}》{}" if w.language == "zh" else "{}: {}"
    return w.several.join(quoted.format(title, w.also.join(locators)) for title, locators in by_title.items())


def _named(policy: Name, w: Words) -> tuple[str, str]:
    return _title(policy, w), place_name(policy.place, w.language)


def _title(named: Name | Clause, w: Words) -> str:
    return (named.title_en if w.language == "en" else None) or named.title


def _moment(iso: str) -> str:
    return iso[:16].replace("T", " ")
