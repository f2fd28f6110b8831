"""What was filled in for a check: raw as typed, read into facts, with what could not be read told field by field."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from assistant.app import given
from assistant.app.web.eligibility_texts import EligibilityTexts
from assistant.eligibility import read_fact
from assistant.eligibility.facts import PLACE
from assistant.eligibility.model import Fact, FactDefinition, FactType, Scheme
from assistant.eligibility.units import named, plain, shown
from assistant.errors import FactError, Fault, QuestionError
from assistant.models import StatedFact
from assistant.structure.places import NATION, find
from assistant.text.normal import normalise

LONGEST = 60  # characters of one answer
DAY = "day"
UNIT = "unit."  # before a fact's id: the unit chosen beside its field
MONEY_UNITS = ("万元", "元")
YES, NO = "yes", "no"

_BARE = re.compile(r"[+-]?[\d,.]*\d|[零〇一二两三四五六七八九十]+")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_NUMBER = re.compile(r"-?[\d,]+(?:\.\d+)?")
_TEN_THOUSAND = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class Answers:
    """What one reader has chosen and typed; it stays as it is until the reader changes it."""

    scheme: str = ""  # the one chosen; where it has local versions, its place decides which is shown
    values: Mapping[str, str] = field(default_factory=dict)  # by name of the field: staff, surcharge_due.2024
    words: Mapping[str, str] = field(default_factory=dict)  # of the conversation a value was taken from
    where: str = ""  # the place that the list is narrowed to

    def value(self, name: str) -> str:
        """Return what stands in a field."""
        return self.values.get(name, "")


@dataclass(frozen=True, slots=True)
class Reading:
    """Answers as they are understood."""

    facts: tuple[Fact, ...]
    place: str | None
    day: dt.date
    problems: Mapping[str, str]  # by name of the field, in the reader's words


def read(answers: Answers, scheme: Scheme, t: EligibilityTexts, today: dt.date) -> Reading:
    """Return the facts of a scheme as filled in; what cannot be read is left out and told."""
    facts: list[Fact] = []
    problems: dict[str, str] = {}
    day = _day(answers.value(DAY), today)
    if day is None:
        problems[DAY] = t.bad_day.format(text=answers.value(DAY))
    last = str((day or today).year)
    for name, text in answers.values.items():
        fact_id, _, year = name.partition(".")
        definition = scheme.facts.get(fact_id)
        if definition is None or fact_id == PLACE or not text.strip() or bool(year) != definition.yearly:
            continue
        if year > last:  # filled in for a later day, and kept for it
            continue
        try:
            facts.append(_fact(definition, text.strip(), year, answers.value(f"{UNIT}{fact_id}")))
        except FactError as error:
            problems[name] = _told(error, definition, text.strip(), t)
    place = None
    try:
        place = given.place(answers.value(PLACE))
    except QuestionError:
        problems[PLACE] = t.bad_place.format(text=answers.value(PLACE))
    return Reading(tuple(facts), place if place != NATION else None, day or today, problems)


def from_page(given: object, before: Answers) -> Answers:
    """Return the answers with those a page sends: text by field; what other forms asked for stays."""
    sent = given if isinstance(given, dict) else {}
    new = {str(name)[:80]: value[: LONGEST * 4] for name, value in sent.items() if isinstance(value, str)}
    words = {
        name: words for name, words in before.words.items() if new.get(name, before.value(name)) == before.value(name)
    }
    return replace(before, values={**before.values, **new}, words=words)


def from_chat(scheme: Scheme, facts: Iterable[StatedFact], place: str | None, day: dt.date) -> Answers:
    """Return answers filled in with the facts of a conversation, each with the words it was taken from."""
    values, words = {DAY: day.isoformat(), PLACE: place if place and place != NATION else ""}, {}
    for stated in facts:
        definition = scheme.facts.get(stated.id)
        number = _NUMBER.match(stated.value)
        text = number[0] if number else stated.value  # its unit is that of the definition, in either language
        if stated.id == PLACE:
            found = find(stated.value)
            values[PLACE] = found[0].code if len(found) == 1 else values[PLACE]
        elif definition is not None:
            name = f"{stated.id}.{stated.year or day.year}" if definition.yearly else stated.id
            values |= _as_typed(name, definition, read_fact(definition, text))
            words[name] = stated.words
    return Answers(scheme.id, values, words)


def _as_typed(name: str, definition: FactDefinition, fact: Fact) -> dict[str, str]:
    """What a reader would have put into the fields of a fact."""
    if isinstance(fact.value, bool):
        return {name: YES if fact.value else NO}
    if not isinstance(fact.value, Decimal):
        return {name: str(fact.value)}
    if definition.type is not FactType.MONEY:
        return {name: plain(fact.value)}
    if definition.yearly or fact.value >= _TEN_THOUSAND:  # one unit holds for all years
        return {name: plain(fact.value / _TEN_THOUSAND), f"{UNIT}{definition.id}": MONEY_UNITS[0]}
    return {name: plain(fact.value), f"{UNIT}{definition.id}": MONEY_UNITS[1]}


def _fact(definition: FactDefinition, text: str, year: str, unit: str) -> Fact:
    if len(text) > LONGEST:
        raise FactError(text)
    plain_text = normalise(text)
    if definition.type is FactType.MONEY and unit in MONEY_UNITS and _BARE.fullmatch(plain_text):
        text = f"{plain_text}{unit}"
    elif definition.type is FactType.DATE:
        text = _iso(text)
    return read_fact(definition, text, year=int(year) if re.fullmatch(r"\d{4}", year) else None)


def _told(error: FactError, definition: FactDefinition, text: str, t: EligibilityTexts) -> str:
    if len(text) > LONGEST:
        return t.too_long.format(length=len(text), limit=LONGEST)
    unit = definition.unit or ""
    least = definition.least if definition.least is not None else Decimal(0)
    return t.faults[error.fault or Fault.NOT_A_NUMBER].format(
        text=text,
        example=_example(definition, t),
        unit=named(unit, t.language),
        least=shown(least, unit, t.language),
        most=shown(definition.most, unit, t.language) if definition.most is not None else "",
    )


def _example(definition: FactDefinition, t: EligibilityTexts) -> str:
    """A value as one may write it; in English without its unit, which stands beside the field."""
    if t.language == "en":
        return "80" if definition.type is FactType.MONEY else "12"
    return "80万元" if definition.type is FactType.MONEY else f"12{definition.unit or ''}"


def _day(text: str, today: dt.date) -> dt.date | None:
    try:
        return dt.date.fromisoformat(_iso(text)) if text.strip() else today
    except ValueError:
        return None


def _iso(text: str) -> str:
    """A day in its ISO form: 2026/1/31 and 2026年1月31日 are days as well."""
    match = _DAY.fullmatch(normalise(text))
    return f"{match[1]}-{match[2]:0>2}-{match[3]:0>2}" if match else text.strip()
