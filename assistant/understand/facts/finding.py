"""Facts that a message states about the company: value, unit, year, and the very words they were taken from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.eligibility.model import Fact, FactDefinition, Provenance, Value
from assistant.structure import places
from assistant.understand.facts import counting, cues
from assistant.understand.facts.clauses import Clause, clauses, plain
from assistant.understand.facts.figures import Figure, figures
from assistant.understand.facts.marking import marked, squeezed, squeezed_with_places
from assistant.understand.facts.moments import Moment, full_years, moments

_OF_TODAY = ("staff", "assets", "insured_staff")  # a headcount of last year is not the one of today
_PLACE_REACH = 12  # characters in which the name of a place begins behind "registered in"


@dataclass(frozen=True, slots=True)
class Unsure:
    """Words that speak of a fact without saying how much: 不到50个实习生."""

    fact: str
    words: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a message states, and what it only comes near to stating."""

    facts: tuple[Fact, ...]
    unsure: tuple[Unsure, ...] = ()


def find(message: str, definitions: Mapping[str, FactDefinition], today: dt.date) -> Found:
    """Return the facts that a message states; what it asks, supposes, quotes or leaves open is none."""
    reading = _Reading(message, definitions, today)
    inherited: Moment | None = None
    topic: cues.Named | None = None
    sentence = -1
    for clause in clauses(reading.text):
        if clause.sentence != sentence:
            inherited, topic, sentence = None, None, clause.sentence
        own = reading.moments_in(clause)
        if clause.stated and not any(moment.future for moment in own):
            topic = reading.clause(clause, own or ([inherited] if inherited else []), topic) or topic
        if own and not cues.cues().founding.search(reading.text[clause.start : clause.end]):
            inherited = own[-1]
    return _agreed(reading.facts, reading.unsure)


def _agreed(facts: Sequence[Fact], unsure: Sequence[Unsure]) -> Found:
    """Two values for one fact in one message leave it open."""
    values: dict[tuple[str, int | None], set[Value]] = {}
    for fact in facts:
        values.setdefault((fact.id, fact.year), set()).add(fact.value)
    kept: dict[tuple[str, int | None], Fact] = {}
    doubtful = list(unsure)
    for fact in facts:
        if len(values[fact.id, fact.year]) == 1:
            kept.setdefault((fact.id, fact.year), fact)
        else:
            doubtful.append(Unsure(fact.id, fact.words or ""))
    return Found(tuple(kept.values()), tuple(doubtful))


def _without_places(text: str) -> str:
    """A text without the names of places, among which are 三明, 九江 and 万州: no three, nine or ten thousand of anything."""
    for place in places.find(text):
        for name in (place.name, place.short):
            text = text.replace(name, " " * len(name))
    return text


class _Reading:
    """One message while it is read."""

    def __init__(self, message: str, definitions: Mapping[str, FactDefinition], today: dt.date) -> None:
        self.text = plain(message)
        self.facts: list[Fact] = []
        self.unsure: list[Unsure] = []
        self._message, self._definitions, self._today = message, definitions, today
        self._cues = cues.cues()
        self._moments = moments(self.text, today)
        letters = list(self.text)
        for moment in self._moments:
            letters[moment.start : moment.end] = " " * (moment.end - moment.start)
        self._figures = figures(_without_places("".join(letters)))

    def moments_in(self, clause: Clause) -> list[Moment]:
        """The times that a clause itself names."""
        return [m for m in self._moments if clause.start <= m.start < clause.end]

    def clause(self, clause: Clause, when: Sequence[Moment], topic: cues.Named | None) -> cues.Named | None:
        """Take what a clause states; return what its last figure counted."""
        inside = [f for f in self._figures if clause.start <= f.start < clause.end]
        signs = marked(self.text, clause, self._moments, inside)
        self._sayings(clause, signs)
        self._founded(clause, signs)
        self._place(clause)
        lasting = self._lasting(clause, signs, inside)
        last: cues.Named | None = None
        taken: set[tuple[int, int]] = set()
        for figure in inside:
            if figure in lasting:
                continue
            named, at = counting.counted(signs, figure, clause, self.text, self._definitions, taken)
            if named is None and topic and counting.goes_on(signs, figure, clause):
                named = topic
            if named is None or named.fact is None or named.fact not in self._definitions:
                continue
            if at:
                taken.add(at)
            last = named
            start = min(figure.start, clause.start + at[0]) if at else figure.start
            end = max(figure.end, clause.start + at[1]) if at else figure.end
            self._figure(named.fact, figure, clause, when, start, end)
        return last

    def _sayings(self, clause: Clause, signs: str) -> None:
        texts = squeezed(signs), self.text[clause.start : clause.end]
        for saying in self._cues.stated:
            match = next((m for text in texts if (m := saying.words.search(text))), None)
            if not match:
                continue
            before = match.string[: match.start()]
            if saying.value is False or not cues.negated(before[-8:] + match.group()):
                self._add(saying.fact, saying.value, None, clause.start, clause.end)

    def _founded(self, clause: Clause, signs: str) -> None:
        years = [full_years(m, self._today) for m in self.moments_in(clause) if m.year]
        if len(years) == 1 and years[0] is not None and self._cues.founded.search(squeezed(signs)):
            self._add("years_operating", Decimal(years[0]), None, clause.start, clause.end)

    def _place(self, clause: Clause) -> None:
        match = self._cues.registered.search(self.text, clause.start, clause.end)
        here = places.find(self._message[match.start() : match.end() + _PLACE_REACH]) if match else []
        if len(here) == 1:
            self._add("registered_place", here[0].code, None, clause.start, clause.end)

    def _lasting(self, clause: Clause, signs: str, inside: Sequence[Figure]) -> list[Figure]:
        """Take the figures that say how long something has gone on, and return them."""
        used: list[Figure] = []
        text, stood = squeezed_with_places(signs)
        for row in self._cues.lasting:
            for match in row.words.finditer(text):
                sign = next((i for i in range(*match.span()) if text[i] in "ⓨⓞ"), None)
                figure = next((f for f in inside if sign is not None and f.start == clause.start + stood[sign]), None)
                if figure is None or figure in used or row.fact is None or row.fact not in self._definitions:
                    continue
                used.append(figure)
                start, end = clause.start + stood[match.start()], clause.start + stood[match.end() - 1] + 1
                self._value(row.fact, figure, None, min(start, figure.start), max(end, figure.end))
        return used

    def _figure(self, fact: str, figure: Figure, clause: Clause, when: Sequence[Moment], start: int, end: int) -> None:
        """Take a figure for the year it is told of, or for the sum over the years it is told of."""
        moment = _nearest(when, figure)
        if not self._definitions[fact].yearly:
            if moment in self.moments_in(clause) and not self._of(fact, moment):
                return
            self._value(fact, figure, None, start, end)
        elif moment and (moment.span or moment.each):
            total = self._sum_over(fact, moment.span)
            if total:
                self._value(total, figure, None, start, end)
            else:
                self.unsure.append(Unsure(fact, self._message[start:end]))
        elif not moment and self._cues.totalled.search(self.text, clause.start, clause.end):
            self.unsure.append(Unsure(fact, self._message[start:end]))
        else:
            self._value(fact, figure, moment.year if moment else None, start, end)

    def _sum_over(self, fact: str, years: int | None) -> str | None:
        sums = (d for d in self._definitions.values() if years and d.sum_of == fact and d.over_years == years)
        return next((d.id for d in sums), None)

    def _of(self, fact: str, moment: Moment | None) -> bool:
        """Whether a fact that has no years may be told of a time."""
        if moment is None:
            return True
        if fact == "revenue_last_year":
            return moment.year == self._today.year - 1
        return fact not in _OF_TODAY or (moment.year in (None, self._today.year) and not moment.span)

    def _value(self, fact: str, figure: Figure, year: int | None, start: int, end: int) -> None:
        value = counting.converted(figure, self._definitions[fact])
        if value is None:
            self.unsure.append(Unsure(fact, self._message[start:end].strip()))
        else:
            self._add(fact, value, year, start, end)

    def _add(self, fact: str, value: Value, year: int | None, start: int, end: int) -> None:
        if fact in self._definitions:
            self.facts.append(Fact(fact, value, year, Provenance.MESSAGE, self._message[start:end].strip()))


def _nearest(when: Sequence[Moment], figure: Figure) -> Moment | None:
    """The time that stands last before a figure, else the first behind it."""
    before = [m for m in when if m.start <= figure.start]
    return before[-1] if before else (when[0] if when else None)
