"""The forms a benefit can take: a closed set, so that a scheme's file holds data and never code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OfFact:
    """The value of a fact, for the year in question where it is a yearly one."""

    fact: str


@dataclass(frozen=True, slots=True)
class OfParameter:
    """The value of a parameter on the day."""

    parameter: str


@dataclass(frozen=True, slots=True)
class ShareOf:
    """A percentage of an amount: 30% × investment."""

    rate: str  # parameter, in %
    base: Formula


@dataclass(frozen=True, slots=True)
class PerHead:
    """A rate times a number of people or person-months, times the months or years of each where the rate asks for it."""

    rate: str  # parameter, 元/人, 元/人/月, 元/人/年
    heads: str  # fact
    times: str | None = None  # fact: months or years of each, when heads are people
    most_times: str | None = None  # parameter: how many of them count at most


@dataclass(frozen=True, slots=True)
class CappedBy:
    """The lower of an amount and its cap."""

    amount: Formula
    cap: Formula


@dataclass(frozen=True, slots=True)
class SumOf:
    """Several amounts together."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class DeductFrom:
    """What is left of an amount after another, never below zero."""

    amount: Formula
    deduction: Formula


@dataclass(frozen=True, slots=True)
class Chosen:
    """One of several amounts, by the answer to a choice; an answer without one gives nothing."""

    fact: str
    cases: Mapping[str, Formula]


@dataclass(frozen=True, slots=True)
class When:
    """An amount that is given only if a yes-or-no fact holds."""

    fact: str
    amount: Formula


@dataclass(frozen=True, slots=True)
class CarryForward:
    """Year by year: what is new joins what was carried in, up to the limit of the year it is used, the rest goes on."""

    base: str  # yearly fact: what was spent in the year
    rate: str | None  # parameter in %: the share of it that counts; all of it without one
    limit: str  # yearly fact the limit is made from: surcharge due, profit, wages
    limit_rate: str | None  # parameter in %: the share of it that is the limit
    years: str | None  # parameter: how many later years a rest lives; for ever without one
    withdrawn: str | None  # yearly fact: investment taken back
    opening: str | None  # fact: carried in from before the first year
    columns: str  # credit | donation | education: the tax form whose words name the columns
    address: str  # the clause that allows the rest to be carried on
    withdrawn_address: str | None = None


Formula = OfFact | OfParameter | ShareOf | PerHead | CappedBy | SumOf | DeductFrom | Chosen | When | CarryForward


def facts_of(formula: Formula) -> tuple[str, ...]:
    """Return the facts that an amount is made from, in order."""
    match formula:
        case OfFact(fact):
            return (fact,)
        case OfParameter():
            return ()
        case ShareOf(_, base):
            return facts_of(base)
        case PerHead(_, heads, times):
            return (heads, times) if times else (heads,)
        case CappedBy(amount, other) | DeductFrom(amount, other):
            return facts_of(amount) + facts_of(other)
        case SumOf(parts):
            return tuple(fact for part in parts for fact in facts_of(part))
        case Chosen(fact, cases):
            return (fact, *(below for case in cases.values() for below in facts_of(case)))
        case When(fact, amount):
            return (fact, *facts_of(amount))
        case CarryForward():
            optional = (formula.opening, formula.withdrawn)
            return (formula.base, formula.limit, *(fact for fact in optional if fact))


def parameters_of(formula: Formula) -> tuple[str, ...]:
    """Return the parameters that an amount is made from, in order."""
    match formula:
        case OfFact():
            return ()
        case OfParameter(parameter):
            return (parameter,)
        case ShareOf(rate, base):
            return (rate, *parameters_of(base))
        case PerHead(rate, _, _, most):
            return (rate, most) if most else (rate,)
        case CappedBy(amount, other) | DeductFrom(amount, other):
            return parameters_of(amount) + parameters_of(other)
        case SumOf(parts):
            return tuple(name for part in parts for name in parameters_of(part))
        case Chosen(_, cases):
            return tuple(name for case in cases.values() for name in parameters_of(case))
        case When(_, amount):
            return parameters_of(amount)
        case CarryForward():
            return tuple(name for name in (formula.rate, formula.limit_rate, formula.years) if name)
