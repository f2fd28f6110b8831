"""Amounts that no clause states: worked out anew from the asker's numbers and the clause's rate, and held against a draft's.

Shares of a base, amounts a head, and the cap on either; whatever does not follow from these in one way alone is not
worked out, and a sentence with such a figure is not shown.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.answer.figures import MONEY, PERCENT, Figure, figures, supported
from assistant.drafting.modals import LEAST, MOST, parts
from assistant.eligibility.amounts import HUNDRED, Span, exact
from assistant.text import normalise, words

_NEAR = 14  # characters before a number in which its noun stands
_HEADS = ("人", "个", "家", "?")  # as figures calls what a number counts; "?" for 20 interns
_EACH = re.compile(r"每(?:[人名位家生户]|个[^月年\d]{1,6})|\b(?:per|each|every|a) (?!month|year|day|cent)\w+|/人")
_PERIODS = {
    "月": re.compile(r"每个?月|/月|\b(?:per|a|each) month|monthly"),
    "年": re.compile(r"每年|/年|\b(?:per|a|each) year|annual"),
}
_STOP = frozenset("的按照以可给予为每与和及在额")


@dataclass(frozen=True, slots=True)
class Worked:
    """An amount worked out for a sentence of a draft."""

    text: str  # the sentence without the figures that no clause has, for everything else it is held against
    formula: str  # 10000000元 × 30% = 3000000元
    agrees: bool


@dataclass(frozen=True, slots=True)
class _Result:
    amount: Span
    formula: str
    rate: Figure  # of the clause
    bound: re.Pattern[str] | None  # what stands with the rate, and has to stand in the sentence: at most, at least

    def at_most(self, caps: Collection[Decimal]) -> _Result:
        for cap in caps:
            if self.amount.high is not None and cap < self.amount.high:
                limit = exact(cap)
                formula = f"min({self.formula}, {limit.text(MONEY)})"
                return replace(self, amount=self.amount.at_most(limit), formula=formula)
        return self


def worked(sentence: str, question: str, said: Sequence[str], beside: Sequence[str] = ()) -> Worked | None:
    """Return the amount that a sentence states of the asker's own case, worked out; None where it is no such sentence.

    `said` are the clauses it points at, `beside` others of their document, which may hold the cap.
    """
    held = [figure for text in said for figure in figures(text)]
    asked = figures(question)
    strange = [figure for figure in figures(sentence) if not supported([figure], held)]
    given = [figure for figure in strange if supported([figure], asked)]
    stated = [figure for figure in strange if figure not in given]
    if not stated and given:  # what it comes to may be the cap, which the clause names
        stated = [figure for figure in figures(sentence) if figure not in strange and figure.unit == MONEY][-1:]
    if len(stated) != 1 or stated[0].unit != MONEY:
        return None
    caps = _caps(said) or _caps(beside)
    results = list(_results(sentence, question, given or asked, said)) if len(caps) < 2 else []
    named = [result for result in results if supported([result.rate], figures(sentence))]
    results = named or results
    if not results or any(result.formula != results[0].formula for result in results):
        return None
    result = results[0].at_most(caps)
    if result.bound and not result.bound.search(normalise(sentence)):
        return None
    (amount,) = {result.amount.low, result.amount.high}
    agrees = amount is not None and amount == Decimal(stated[0].value)
    return Worked(_without(sentence, strange), f"{result.formula} = {result.amount.text(MONEY)}", agrees)


def _results(sentence: str, question: str, given: Sequence[Figure], said: Sequence[str]) -> Iterator[_Result]:
    for part in (normalise(part) for text in said for part in parts(text)):
        for rate in figures(part):
            found = (
                _shares(rate, part, sentence, question, given)
                if rate.unit == PERCENT
                else _heads(rate, part, sentence, given)
            )
            for amount, formula in found:
                yield _Result(amount, formula, rate, _bound(rate, part))


def _shares(
    rate: Figure, part: str, sentence: str, question: str, given: Sequence[Figure]
) -> Iterator[tuple[Span, str]]:
    noun = _noun(rate, part)
    for base in given:
        if "/" in rate.value or base.unit != MONEY or not noun & _noun(base, _part_with(base, question)):
            continue
        if _fits(noun, base, sentence):
            whole, share = exact(Decimal(base.value)), exact(Decimal(rate.value))
            yield whole.times(share, HUNDRED), f"{whole.text(MONEY)} × {share.text(PERCENT)}"


def _heads(rate: Figure, part: str, sentence: str, given: Sequence[Figure]) -> Iterator[tuple[Span, str]]:
    around = _around(rate, part)
    if rate.unit != MONEY or not _EACH.search(around):
        return
    periods = [unit for unit, how in _PERIODS.items() if how.search(around) and not how.search(normalise(sentence))]
    counts = [[count for count in given if count.unit in _HEADS], *([c for c in given if c.unit == p] for p in periods)]
    if any(len(count) != 1 for count in counts):
        return  # nobody, or nobody says which of several
    amount = exact(Decimal(rate.value))
    formula = amount.text(MONEY)
    for (count,) in counts:
        amount, formula = amount.times(exact(Decimal(count.value))), f"{formula} × {count.value}"
    yield amount, formula


def _fits(noun: frozenset[str], base: Figure, sentence: str) -> bool:
    """Whether a sentence that names the base names it as what the rate is of: 投资1000万元, not 附加1000万元."""
    part = _part_with(base, sentence)
    return not part or bool(noun & _noun(base, part))


def _noun(figure: Figure, part: str) -> frozenset[str]:
    """What a number is of, in pairs of characters or beginnings of words: 投资额的30%, 30% of the investment."""
    at = part.find(figure.written)
    near = part[max(0, at - _NEAR) : at] if at >= 0 else ""
    behind = part[at + len(figure.written) :].split()[:5] if at >= 0 else []
    pairs = {near[i : i + 2] for i in range(len(near) - 1)}
    latin = {word[:6] for word in (*words(near), *words(" ".join(behind))) if word.isascii() and len(word) > 5}
    return frozenset(latin | {pair for pair in pairs if not pair.isascii() and not _STOP & set(pair)})


def _part_with(figure: Figure, text: str) -> str:
    found = (normalise(part) for part in parts(text))
    return next((part for part in found if any(supported([figure], [other]) for other in figures(part))), "")


def _around(figure: Figure, part: str) -> str:
    at = part.find(figure.written)
    return part[max(0, at - _NEAR) : at + len(figure.written) + _NEAR]


def _caps(texts: Sequence[str]) -> frozenset[Decimal]:
    found = set()
    for part in (normalise(part) for text in texts for part in parts(text)):
        for figure in figures(part):
            before = part[: part.find(figure.written)]
            if figure.unit == MONEY and MOST.search(before[-_NEAR:]) and not _EACH.search(before):
                found.add(Decimal(figure.value))
    return frozenset(found)


def _bound(figure: Figure, part: str) -> re.Pattern[str] | None:
    before = part[: part.find(figure.written)][-_NEAR:]
    return next((bound for bound in (MOST, LEAST) if bound.search(before)), None)


def _without(sentence: str, strange: Sequence[Figure]) -> str:
    text = normalise(sentence)
    for figure in strange:
        text = text.replace(figure.written, "", 1)
    return text
