"""Facts as a user gives them, read into values; and all facts of one company, ready to be compared."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from assistant.eligibility.model import Fact, FactDefinition, FactType, Provenance, Value
from assistant.eligibility.units import named, shown
from assistant.errors import FactError, Fault
from assistant.structure import places
from assistant.text.normal import normalise
from assistant.text.numerals import parse_numeral

PLACE = "registered_place"
_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "w": 10_000, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_NUMERALS = "零〇一二两三四五六七八九十百千"
_QUANTITY = re.compile(
    rf"([+-]?\d[\d,]*(?:\.\d+)?|[{_NUMERALS}]+?)\s*(百万|千万|亿|万|千|百|w)?\s*([^\d\s{_NUMERALS}万亿]*)"
)

_YES = {"true", "yes", "y", "1", "是", "有", "对", "符合", "√"}
_NO = {"false", "no", "n", "0", "否", "没有", "无", "不是", "不符合", "×"}
_MONEY_UNITS = {"", "元", "块", "圆", "人民币", "rmb", "cny", "yuan"}


def read_fact(
    definition: FactDefinition,
    text: object,
    *,
    year: int | None = None,
    provenance: Provenance = Provenance.USER,
    words: str | None = None,
) -> Fact:
    """Return a fact from what was written for it; raises FactError, which says what was expected."""
    if year is not None and not definition.yearly:
        raise FactError(f"{definition.id} has no years; write {definition.id}=…")
    if year is not None and not 1990 <= year <= 2100:
        raise FactError(f"{definition.id}.{year}: {year} is not a year in question; write four digits, such as 2024.")
    value = _value(definition, text)
    if isinstance(value, Decimal):
        _in_range(definition, value)
    return Fact(definition.id, value, year, provenance, words or (text if isinstance(text, str) else str(text)))


def read_pair(facts: Mapping[str, FactDefinition], pair: str, provenance: Provenance = Provenance.USER) -> Fact:
    """Return the fact of key=value, or of key.2024=value for a yearly one; raises FactError."""
    key, equals, value = pair.partition("=")
    if not equals or not value.strip():
        raise FactError(f"'{pair}' is no fact; write key=value, for example interns_3y=60.")
    name, _, year = key.strip().partition(".")
    definition = definition_of(facts, name)
    if year and not re.fullmatch(r"\d{4}", year):
        raise FactError(f"'{key}': '{year}' is no year; write {name}.2024=…")
    return read_fact(definition, value.strip(), year=int(year) if year else None, provenance=provenance)


def read_mapping(
    facts: Mapping[str, FactDefinition], given: Mapping[str, object], provenance: Provenance = Provenance.FILE
) -> tuple[Fact, ...]:
    """Return the facts of a file: key: value, or key: {2023: value, 2024: value} for a yearly one; raises FactError."""
    found: list[Fact] = []
    for key, value in given.items():
        name, _, year = str(key).partition(".")
        definition = definition_of(facts, name)
        if value is None or value == "":
            continue  # an empty cell is not known
        if isinstance(value, Mapping):
            for each, amount in value.items():
                if not re.fullmatch(r"\d{4}", str(each)):
                    raise FactError(f"{name}: '{each}' is no year; write {name}: {{2024: …}}.")
                if amount is not None and amount != "":
                    found.append(read_fact(definition, amount, year=int(str(each)), provenance=provenance))
        else:
            found.append(
                read_fact(definition, value, year=int(year) if year.isdigit() else None, provenance=provenance)
            )
    return tuple(found)


def definition_of(facts: Mapping[str, FactDefinition], name: str) -> FactDefinition:
    """Return a fact's definition; raises FactError, which names the nearest one."""
    if name in facts:
        return facts[name]
    near = difflib.get_close_matches(name, list(facts), n=1)
    advice = f" Did you mean {near[0]}?" if near else ""
    raise FactError(f"There is no fact '{name}'.{advice} `assistant schemes ID` lists the facts of a scheme.")


def _value(definition: FactDefinition, given: object) -> Value:
    text = normalise(str(given)).strip()
    match definition.type:
        case FactType.BOOLEAN:
            return _boolean(definition, given, text)
        case FactType.NUMBER | FactType.MONEY:
            return _quantity(definition, text)
        case FactType.DATE:
            if isinstance(given, dt.date):
                return given
            try:
                return dt.date.fromisoformat(text)
            except ValueError as error:
                raise FactError(
                    f"{definition.id}: '{given}' is not a day; write it as YYYY-MM-DD.", Fault.NOT_A_DAY
                ) from error
        case FactType.CHOICE:
            return _choice(definition, text)
        case FactType.PLACE:
            return _place(definition, text)
        case FactType.TEXT:
            return text


def _boolean(definition: FactDefinition, given: object, text: str) -> bool:
    if isinstance(given, bool):
        return given
    if text.lower() in _YES | _NO:
        return text.lower() in _YES
    raise FactError(
        f"{definition.id}: '{given}' is neither yes nor no; write yes or no (是 / 否).", Fault.NOT_YES_OR_NO
    )


def _quantity(definition: FactDefinition, text: str) -> Decimal:
    match = _QUANTITY.fullmatch(text)
    number = _decimal(match[1]) if match else None
    if match is None or number is None:
        raise FactError(
            f"{definition.id}: '{text}' is no number; write digits and the unit, for example {_example(definition)}.",
            Fault.NOT_A_NUMBER,
        )
    unit, own = match[3].lower(), definition.unit or ""
    known = _MONEY_UNITS if definition.type is FactType.MONEY else {"", own, named(own, "en"), *_SAME.get(own, ())}
    if unit not in known:
        raise FactError(
            f"{definition.id} is asked for in {own}, not in '{match[3]}'; write for example {_example(definition)}.",
            Fault.OTHER_UNIT,
        )
    return number * _SCALES[match[2] or ""]


_SAME = {
    "人": ("名", "个", "位", "person"), "年": ("year",), "个月": ("月", "month"), "人月": ("人次月",), "周岁": ("岁", "years"),
    "个": ("门", "项"),
}  # fmt: skip


def _decimal(text: str) -> Decimal | None:
    if text[-1].isdigit():
        return Decimal(text.replace(",", ""))
    numeral = parse_numeral(text)
    return Decimal(numeral) if numeral is not None else None


def _example(definition: FactDefinition) -> str:
    return f"{definition.id}={'80万元' if definition.type is FactType.MONEY else '12' + (definition.unit or '')}"


def _choice(definition: FactDefinition, text: str) -> str:
    for choice in definition.choices:
        if text.lower() in (choice.id, choice.label.zh, choice.label.en.lower(), *choice.words_zh, *choice.words_en):
            return choice.id
    allowed = ", ".join(f"{choice.id} ({choice.label.zh})" for choice in definition.choices)
    raise FactError(f"{definition.id}: '{text}' is not among the answers; write one of {allowed}.", Fault.NOT_A_CHOICE)


def _place(definition: FactDefinition, text: str) -> str:
    if re.fullmatch(r"\d{6}", text) and (places.place(text) or places.place(f"{text[:2]}0000")):
        return text
    found = places.find(text)
    if len(found) == 1:
        return found[0].code
    raise FactError(
        f"{definition.id}: '{text}' is not a known place; give its name or its GB/T 2260 code.", Fault.UNKNOWN_PLACE
    )


def _in_range(definition: FactDefinition, value: Decimal) -> None:
    least = definition.least if definition.least is not None else Decimal(0)
    if value < least:
        raise FactError(
            f"{definition.id}: {shown(value, definition.unit)} is less than {shown(least, definition.unit)}; correct it.",
            Fault.TOO_SMALL,
        )
    if definition.most is not None and value > definition.most:
        raise FactError(
            f"{definition.id}: {shown(value, definition.unit)} is more than {shown(definition.most, definition.unit)}; correct it.",
            Fault.TOO_LARGE,
        )


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one fact: its value, or a part of it that it cannot be below."""

    fact: Fact
    partial: bool = False


class Sheet:
    """All facts of one company, by id and year; the last one given for a year counts."""

    def __init__(self, facts: Iterable[Fact], definitions: Mapping[str, FactDefinition], as_of: dt.date) -> None:
        self._definitions, self._year = definitions, as_of.year
        self._facts: dict[tuple[str, int | None], Fact] = {}
        for fact in facts:
            definition = definitions.get(fact.id)
            yearly = definition.yearly if definition else fact.year is not None
            self._facts[fact.id, (fact.year or as_of.year) if yearly else None] = fact

    def known(self, name: str, year: int | None = None) -> Known | None:
        """Return what is known of a fact: as given, else added up from its years; None when nothing is."""
        definition = self._definitions.get(name)
        fact = self._facts.get((name, (year or self._year) if definition and definition.yearly else None))
        if fact is not None:
            return Known(fact)
        if definition is None or definition.sum_of is None:
            return None
        years = range(self._year - definition.over_years, self._year)
        parts = [part for each in years if (part := self._facts.get((definition.sum_of, each)))]
        numbers = [part.value for part in parts if isinstance(part.value, Decimal)]
        if not numbers:
            return None
        words = " + ".join(f"{shown(n, definition.unit)} ({part.year})" for n, part in zip(numbers, parts, strict=True))
        total = Fact(name, sum(numbers, Decimal(0)), None, parts[-1].provenance, words)
        return Known(total, partial=len(parts) < definition.over_years)

    def number(self, name: str, year: int | None = None) -> Decimal | None:
        """Return a fact's number when it is wholly known."""
        known = self.known(name, year)
        return known.fact.value if known and not known.partial and isinstance(known.fact.value, Decimal) else None

    def years(self, *names: str) -> range:
        """Return the years from the first to the last for which one of the facts is given."""
        found = sorted(year for name, year in self._facts if name in names and year is not None)
        return range(found[0], found[-1] + 1) if found else range(0)

    def used(self, names: Iterable[str]) -> tuple[Fact, ...]:
        """Return the facts given for some names, in the order of the names and of their years."""
        wanted = {name: n for n, name in enumerate(names)}
        given = [(wanted[name], year or 0, fact) for (name, year), fact in self._facts.items() if name in wanted]
        return tuple(fact for _, _, fact in sorted(given, key=lambda g: g[:2]))
