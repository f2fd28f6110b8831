"""What a benefit comes to: exact decimals, ranges where a number is open, and a trace that can be followed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from assistant.eligibility import formulas as forms
from assistant.eligibility.facts import Sheet
from assistant.eligibility.model import (
    Amount,
    AmountLine,
    Benefit,
    Clause,
    Dated,
    FactDefinition,
    Parameter,
    Scheme,
    YearTable,
)
from assistant.eligibility.phrase import Phrase
from assistant.eligibility.units import shown

ZERO, HUNDRED = Decimal(0), Decimal(100)


@dataclass(frozen=True, slots=True)
class Span:
    """A number between two ends; None at an end that is not known."""

    low: Decimal | None
    high: Decimal | None

    @property
    def is_exact(self) -> bool:
        return self.low is not None and self.low == self.high

    def times(self, other: Span, divisor: Decimal = Decimal(1)) -> Span:
        """Return the product of two numbers that are never negative."""
        low = None if self.low is None or other.low is None else self.low * other.low / divisor
        high = None if self.high is None or other.high is None else self.high * other.high / divisor
        return Span(low, high)

    def less(self, other: Span) -> Span:
        """Return what is left after taking another away, never below zero."""
        low = None if self.low is None or other.high is None else max(ZERO, self.low - other.high)
        high = None if self.high is None or other.low is None else max(ZERO, self.high - other.low)
        return Span(low, high)

    def at_most(self, cap: Span) -> Span:
        """Return the lower of two: an unknown cap still leaves the amount itself as the upper end."""
        low = None if self.low is None or cap.low is None else min(self.low, cap.low)
        highs = [high for high in (self.high, cap.high) if high is not None]
        return Span(low, min(highs) if highs else None)

    def text(self, unit: str | None) -> str:
        """Return it as a reader writes it: 30%, 5000元起, 不超过1500元."""
        if self.is_exact and self.low is not None:
            return shown(self.low, unit)
        if self.low is not None and self.high is not None:
            return f"{shown(self.low, '')}–{shown(self.high, unit)}"
        if self.low is not None:
            return f"≥ {shown(self.low, unit)}"
        return f"≤ {shown(self.high, unit)}" if self.high is not None else "?"


UNKNOWN = Span(None, None)


def exact(number: Decimal) -> Span:
    """Return a number that is known."""
    return Span(number, number)


@dataclass(slots=True)
class Working:
    """An amount while it is worked out: where its numbers come from, and what it has written down so far."""

    scheme: Scheme
    sheet: Sheet
    day: dt.date
    unit: str
    trace: list[AmountLine] = field(default_factory=list)
    missing: dict[str, FactDefinition] = field(default_factory=dict)
    notices: list[Phrase] = field(default_factory=list)
    table: YearTable | None = None

    def write(
        self, label: Phrase, formula: str, result: Span, clause: Clause | None = None, period: str | None = None,
        unit: str | None = None,
    ) -> Span:  # fmt: skip
        """Add a line to the trace and return its result."""
        self.trace.append(AmountLine(label, formula, result.low, result.high, unit or self.unit, period, clause))
        return result

    def clause(self, address: str | None) -> Clause | None:
        return self.scheme.clauses[address] if address else None

    def fact(self, name: str, year: int | None = None) -> Span:
        """Return a fact's number and write it down; when it is not known, remember that it is missing."""
        definition = self.scheme.facts[name]
        known = self.sheet.known(name, year)
        if known is None or known.partial or not isinstance(known.fact.value, Decimal):
            self.missing[name] = definition
            if definition.yearly:
                at, label = year or self.day.year, definition.label
                self.notices.append(Phrase(f"需要{at}年的{label.zh}。", f"{label.en} of {at} is needed."))
            return UNKNOWN
        period = str(year or known.fact.year or self.day.year) if definition.yearly else None
        self.trace.append(
            AmountLine(
                definition.label, known.fact.words or "", known.fact.value, known.fact.value, definition.unit or "", period,
                None, known.fact,
            )
        )  # fmt: skip
        return exact(known.fact.value)

    def parameter(self, name: str, day: dt.date | None = None, *, quiet: bool = False) -> Span:
        """Return a parameter's number on a day and write it down with its clause; unknown outside its dates."""
        parameter = self.scheme.parameters[name]
        dated = on(parameter, day or self.day)
        if dated is None:
            self.notices.append(
                Phrase(
                    f"{parameter.label.zh}在{day or self.day}没有规定。",
                    f"No value of {parameter.label.en} on {day or self.day}.",
                )
            )
            return UNKNOWN
        if dated.low is None and dated.high is None and dated.note:
            self.notices.append(dated.note)
        span = Span(dated.low, dated.high)
        if not quiet:
            self.write(parameter.label, "", span, self.clause(dated.address), _period(dated), parameter.unit)
        return span


def on(parameter: Parameter, day: dt.date) -> Dated | None:
    """Return what a parameter is worth on a day; None outside all its dates."""
    for dated in parameter.values:
        if (dated.effective is None or dated.effective <= day) and (dated.expires is None or day <= dated.expires):
            return dated
    return None


def _period(dated: Dated) -> str | None:
    if dated.effective is None and dated.expires is None:
        return None
    return f"{dated.effective or ''} – {dated.expires or ''}".strip()


def amount(benefit: Benefit, scheme: Scheme, sheet: Sheet, day: dt.date) -> Amount:
    """Return what a benefit comes to on a day, with every line that leads to it."""
    from assistant.eligibility.carry import carry_forward  # which works with what is above

    working = Working(scheme, sheet, day, benefit.unit)
    if isinstance(benefit.formula, forms.CarryForward):
        result = carry_forward(benefit.formula, working)
    else:
        result = _worked(benefit.formula, working)
        working.write(benefit.label, "", result, working.clause(benefit.address))
    return Amount(
        id=benefit.id,
        label=benefit.label,
        recipient=benefit.recipient,
        unit=benefit.unit,
        low=result.low,
        high=result.high,
        trace=tuple(working.trace),
        missing=tuple(working.missing.values()),
        table=working.table,
        notices=tuple(dict.fromkeys(working.notices)),
    )


def _worked(formula: forms.Formula, working: Working) -> Span:
    match formula:
        case forms.OfFact(name):
            return working.fact(name)
        case forms.OfParameter(name):
            return working.parameter(name)
        case forms.ShareOf(rate, base):
            whole, share = _worked(base, working), working.parameter(rate)
            label = working.scheme.parameters[rate].label
            return working.write(label, f"{whole.text('元')} × {share.text('%')}", whole.times(share, HUNDRED))
        case forms.PerHead():
            return _per_head(formula, working)
        case forms.CappedBy(inner, cap):
            value, limit = _worked(inner, working), _worked(cap, working)
            formula_text = f"min({value.text(working.unit)}, {limit.text(working.unit)})"
            return working.write(Phrase("不超过上限", "not above the cap"), formula_text, value.at_most(limit))
        case forms.SumOf(parts):
            spans = [_worked(part, working) for part in parts]
            total = together(spans)
            text = " + ".join(span.text(working.unit) for span in spans)
            return working.write(Phrase("合计", "in all"), text, total)
        case forms.DeductFrom(inner, deduction):
            value, less = _worked(inner, working), _worked(deduction, working)
            text = f"{value.text(working.unit)} − {less.text(working.unit)}"
            return working.write(Phrase("余额", "what is left"), text, value.less(less))
        case forms.Chosen(name, cases):
            known = working.sheet.known(name)
            if known is None:
                working.missing[name] = working.scheme.facts[name]
                return _between([_worked(case, working) for case in cases.values()])
            case = cases.get(str(known.fact.value))
            return _worked(case, working) if case else exact(ZERO)
        case forms.When(name, inner):
            known = working.sheet.known(name)
            if known is None:
                working.missing[name] = working.scheme.facts[name]
                return Span(ZERO, _worked(inner, working).high)
            return _worked(inner, working) if known.fact.value is True else exact(ZERO)
        case forms.CarryForward():
            raise TypeError("a table over years stands alone")  # the format lets nothing else hold one


def together(spans: list[Span]) -> Span:
    """Return the sum of several: as none is negative, those that are known are the lower end of all."""
    lows = [span.low for span in spans if span.low is not None]
    highs = [span.high for span in spans if span.high is not None]
    return Span(sum(lows, ZERO) if lows else None, sum(highs, ZERO) if len(highs) == len(spans) else None)


def _per_head(formula: forms.PerHead, working: Working) -> Span:
    heads, rate = working.fact(formula.heads), working.parameter(formula.rate)
    unit = working.scheme.parameters[formula.rate].unit
    text, result = f"{heads.text(working.scheme.facts[formula.heads].unit)} × {rate.text(unit)}", heads.times(rate)
    if formula.times:
        times, times_unit = working.fact(formula.times), working.scheme.facts[formula.times].unit
        if formula.most_times:
            times = times.at_most(working.parameter(formula.most_times))
        text, result = f"{text} × {times.text(times_unit)}", result.times(times)
    return working.write(working.scheme.parameters[formula.rate].label, text, result)


def _between(spans: list[Span]) -> Span:
    """From the lowest to the highest of several, where it is not known which of them it is."""
    lows, highs = [span.low for span in spans], [span.high for span in spans]
    low = min(number for number in lows if number is not None) if None not in lows else None
    return Span(low, max(number for number in highs if number is not None) if None not in highs else None)
