"""HTML of the form that a scheme's facts make: one screen, each field with its unit, what it means and how it is shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from assistant.app.web.eligibility_answers import DAY, LONGEST, MONEY_UNITS, NO, UNIT, YES, Answers
from assistant.app.web.eligibility_list import badge, place_options
from assistant.app.web.eligibility_texts import EligibilityTexts
from assistant.app.web.places import place_name
from assistant.eligibility.evaluate import standing
from assistant.eligibility.facts import PLACE
from assistant.eligibility.model import FactDefinition, FactType, Leaf, Node, Scheme
from assistant.eligibility.units import named
from assistant.eligibility.wording import colon

_YEARS = 4  # shown at once: the one asked for, and the three whole ones before it that sums are made of
_EARLIER = 4  # more behind a button; a credit may have been carried that long
_IN_YUAN = frozenset({"intern_pay", "same_post_pay", "insurance_paid"})  # of one person, or small
_FIRST = 1990  # earlier ones are not read


def form(
    scheme: Scheme, answers: Answers, places: Sequence[str], day: dt.date, today: dt.date, t: EligibilityTexts
) -> str:
    """Return the form for a scheme with what was filled in; `day` is the one checked for."""
    conditions = list(_facts_of((scheme.conditions,)))
    exclusions = [name for name in _facts_of(scheme.exclusions) if name not in conditions]
    others = [name for name in scheme.facts if name not in (*conditions, *exclusions)]
    groups = ((t.about_conditions, conditions), (t.about_exclusions, exclusions), (t.about_amounts, others))
    sections = "".join(
        _section(title, [scheme.facts[name] for name in names if _single(scheme.facts[name])], answers, t)
        for title, names in groups
    )
    yearly = [fact for fact in scheme.facts.values() if fact.yearly]
    at = answers.value(PLACE) or None
    return (
        f'<div class="sheet" lang="{t.language}" data-scheme="{escape(scheme.id)}" data-year="{day.year}">'
        f'<button type="button" class="shut"><span aria-hidden="true">← </span>{escape(t.back)}</button>'
        f'<h2 tabindex="-1">{escape(scheme.title.in_language(t.language))}</h2>'
        f'<p class="badges"><span class="badge">{escape(place_name(scheme.place, t.language))}</span>'
        f"{badge(standing(scheme, at, day), t)}</p><p>{escape(scheme.summary.in_language(t.language))}</p>"
        f'<form novalidate autocomplete="off"><p class="small">{escape(t.form_hint)}</p>'
        f'<fieldset class="frame"><legend>{escape(t.form)}</legend>{_place(answers, places, t)}{_day(answers, today, t)}'
        f"</fieldset>{sections}{_table(yearly, answers, day, t)}"
        f'<button type="button" class="clear">{escape(t.clear)}</button></form>'
        f'<p class="unseen announced" role="status"></p><button type="button" class="follow"><span class="follows"></span>'
        f'<span aria-hidden="true"> ↓</span></button></div>'
    )


def _facts_of(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Leaf):
            yield from filter(None, (node.fact, node.share_of))
        else:
            yield from _facts_of(node.members)


def _single(fact: FactDefinition) -> bool:
    return not fact.yearly and fact.id != PLACE


def _place(answers: Answers, places: Sequence[str], t: EligibilityTexts) -> str:
    options = place_options(places, answers.value(PLACE), t.other_place, t)
    return _wrapped(
        PLACE, t.place, "", f'<select id="field-{PLACE}" name="{PLACE}"{_told(PLACE)}>{options}</select>', t
    )


def _day(answers: Answers, today: dt.date, t: EligibilityTexts) -> str:
    value = answers.value(DAY) or today.isoformat()
    # As text, year first: the browser's own date field follows its language and not that of the page.
    field = f'<input id="field-{DAY}" name="{DAY}" type="text" value="{escape(value)}" maxlength="20"{_told(DAY)}>'
    return _wrapped(DAY, t.day, "", field, t)


def _section(title: str, facts: Sequence[FactDefinition], answers: Answers, t: EligibilityTexts) -> str:
    fields = "".join(_field(fact, answers, t) for fact in dict.fromkeys(facts))
    return f"<fieldset><legend>{escape(title)}</legend>{fields}</fieldset>" if fields else ""


def _field(fact: FactDefinition, answers: Answers, t: EligibilityTexts) -> str:
    explained = [escape(fact.question.in_language(t.language))]
    if fact.sum_of:
        explained.append(escape(t.sum_hint))
    if fact.proof:
        explained.append(
            f'<span class="proof">{escape(t.proof + colon(t.language) + fact.proof.in_language(t.language))}</span>'
        )
    words = answers.words.get(fact.id)
    if words:
        explained.append(f'<span class="taken">{escape(t.from_chat.format(words=words))}</span>')
    label = fact.label.in_language(t.language)
    return _wrapped(fact.id, label, " ".join(explained), _control(fact, answers, t), t)


def _control(fact: FactDefinition, answers: Answers, t: EligibilityTexts) -> str:
    value, name = answers.value(fact.id), escape(fact.id)
    if fact.type is FactType.BOOLEAN:
        chosen = value if value in (YES, NO) else ""
        options = "".join(
            f'<label><input type="radio" name="{name}" value="{option}"{" checked" if option == chosen else ""}>'
            f"<span>{escape(words)}</span></label>"
            for option, words in ((YES, t.yes), (NO, t.no), ("", t.unknown))
        )
        return f'<span class="three" role="radiogroup" aria-labelledby="label-{name}"{_told(fact.id, hint=True)}>{options}</span>'
    if fact.type is FactType.CHOICE:
        options = "".join(
            f'<option value="{escape(choice.id)}"{" selected" if choice.id == value else ""}>'
            f"{escape(choice.label.in_language(t.language))}</option>"
            for choice in fact.choices
        )
        return (
            f'<select id="field-{name}" name="{name}"{_told(fact.id, hint=True)}>'
            f'<option value="">{escape(t.not_chosen)}</option>{options}</select>'
        )
    return (
        f'<span class="measured">{_input(fact, fact.id, value)}'
        f"{_unit(fact, answers, t) if fact.type in (FactType.MONEY, FactType.NUMBER) else ''}</span>"
    )


def _input(fact: FactDefinition, name: str, value: str, label: str = "") -> str:
    keys = ' inputmode="decimal"' if fact.type in (FactType.MONEY, FactType.NUMBER) else ""
    named = f' aria-label="{escape(label)}"' if label else ""
    return (
        f'<input id="field-{escape(name)}" name="{escape(name)}" type="text" value="{escape(value)}"{keys}'
        f' maxlength="{LONGEST * 2}"{named}{_told(name, hint=not label)}>'
    )


def _unit(fact: FactDefinition, answers: Answers, t: EligibilityTexts) -> str:
    """The unit beside a number; money is asked for in 万元, which companies reckon in, or in 元."""
    if fact.type is not FactType.MONEY:
        return f'<span class="unit">{escape(named(fact.unit or "", t.language))}</span>'
    chosen = answers.value(f"{UNIT}{fact.id}") or MONEY_UNITS[fact.id in _IN_YUAN]
    options = "".join(
        f'<option value="{unit}"{" selected" if unit == chosen else ""}>{escape(words)}</option>'
        for unit, words in zip(MONEY_UNITS, t.money_units, strict=True)
    )
    label = f"{t.unit}{colon(t.language)}{fact.label.in_language(t.language)}"
    return f'<select class="unit" name="{UNIT}{escape(fact.id)}" aria-label="{escape(label)}">{options}</select>'


def _wrapped(name: str, label: str, explained: str, control: str, t: EligibilityTexts) -> str:
    """A field with its label, what it means, and room for what is wrong with it."""
    key = escape(name)
    target = f' for="field-{key}"' if f'id="field-{key}"' in control else ""
    caption = f'<label class="caption" id="label-{key}"{target}>{escape(label)}</label>'
    hint = f'<p class="small" id="hint-{key}">{explained}</p>' if explained else ""
    return (
        f'<div class="field" data-field="{key}"><div class="asked">{caption}'
        f'<span class="next-mark" hidden>{escape(t.next_here)}</span>{hint}</div>'
        f'<div class="given">{control}<p class="wrong" id="wrong-{key}" hidden></p></div></div>'
    )


def _told(name: str, hint: bool = False) -> str:
    """What describes a field: what is wrong with it, after its hint where it has one."""
    described = f"hint-{name} wrong-{name}" if hint else f"wrong-{name}"
    return f' aria-describedby="{escape(described)}"'


def _table(facts: Sequence[FactDefinition], answers: Answers, day: dt.date, t: EligibilityTexts) -> str:
    """One row for each year, one column for each fact that is told by year."""
    if not facts:
        return ""
    last = day.year
    heads = "".join(
        f'<th scope="col" role="columnheader"><span>{escape(fact.label.in_language(t.language))}</span> {_unit(fact, answers, t)}'
        f'<span class="small">{escape(fact.question.in_language(t.language))}</span></th>'
        for fact in facts
    )
    filled = [year for year in range(_FIRST, last - _YEARS + 1) if any(answers.value(f"{f.id}.{year}") for f in facts)]
    earlier = range(min(last - _YEARS - _EARLIER + 1, *filled, last), last - _YEARS + 1)
    older = "".join(_year(year, facts, answers, t) for year in earlier)
    rows = "".join(_year(year, facts, answers, t) for year in range(last - _YEARS + 1, last + 1))
    return (
        f'<fieldset class="yearly"><legend>{escape(t.by_year)}</legend><p class="small">{escape(t.by_year_hint)}</p>'
        f'<button type="button" class="earlier" aria-expanded="{"true" if filled else "false"}">{escape(t.earlier)}</button>'
        f'<table role="table"><thead><tr role="row"><th scope="col" role="columnheader">{escape(t.year)}</th>{heads}</tr>'
        f'</thead><tbody class="older"{"" if filled else " hidden"}>{older}</tbody><tbody>{rows}</tbody></table></fieldset>'
    )


def _year(year: int, facts: Sequence[FactDefinition], answers: Answers, t: EligibilityTexts) -> str:
    cells = "".join(_year_cell(year, fact, answers, t) for fact in facts)
    return f'<tr role="row"><th scope="row" role="rowheader">{year}</th>{cells}</tr>'


def _year_cell(year: int, fact: FactDefinition, answers: Answers, t: EligibilityTexts) -> str:
    name = f"{fact.id}.{year}"
    label = fact.label.in_language(t.language)
    words = answers.words.get(name)
    taken = f'<p class="small taken">{escape(t.from_chat.format(words=words))}</p>' if words else ""
    return (
        f'<td role="cell" data-label="{escape(label)}" data-field="{escape(name)}">'
        f"{_input(fact, name, answers.value(name), label=f'{year} {label}')}"
        f'<p class="wrong" id="wrong-{escape(name)}" hidden></p>{taken}</td>'
    )
