"""What a figure counts: the words that stand nearest to it, and its value in the unit of that fact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from assistant.eligibility.model import FactDefinition, FactType
from assistant.understand.facts.clauses import Clause
from assistant.understand.facts.cues import Named, cues
from assistant.understand.facts.figures import Figure, is_money
from assistant.understand.facts.marking import FIGURES

_FARTHEST, _FARTHEST_LATIN = 14, 24  # characters between a figure and what it counts
_AROUND = 12  # characters in which the month of a monthly pay is named
_FITTING = {  # units of figures by the unit of the fact
    "人": ("人", "个", "bare"),
    "个": ("个", "bare", "门", "项"),
    "%": ("%",),
    "周岁": ("岁",),
}
_COUNTS = {unit for units in _FITTING.values() for unit in units}


def counted(
    signs: str,
    figure: Figure,
    clause: Clause,
    text: str,
    definitions: Mapping[str, FactDefinition],
    taken: set[tuple[int, int]],
) -> tuple[Named | None, tuple[int, int] | None]:
    """Return what a figure counts and the place of the words that say so; words already taken count nothing else."""
    start, end = figure.start - clause.start, figure.end - clause.start
    best: tuple[int, int, Named, tuple[int, int]] | None = None
    for row, named in enumerate(_rows(figure, text, definitions)):
        if named.unless and named.unless.search(signs):
            continue
        for match in named.words.finditer(signs):
            span = match.span()
            behind = span[1] > start
            gap = signs[end : span[0]] if behind else signs[span[1] : start]
            latin = gap.isascii()
            too_far = len(gap) > (_FARTHEST_LATIN if latin else _FARTHEST)
            if span in taken or too_far or any(sign in gap for sign in FIGURES):
                continue
            distance = len(gap.strip()) // (3 if latin else 1) + _reluctance(figure, text, behind=behind)
            if best is None or (distance, row) < best[:2]:
                best = (distance, row, named, span)
    return (best[2], best[3]) if best else (None, None)


def _rows(figure: Figure, text: str, definitions: Mapping[str, FactDefinition]) -> Iterator[Named]:
    table = cues()
    if figure.unit in ("元/", "bare/"):
        if _monthly(figure, text):
            yield from table.monthly
    elif is_money(figure):
        yield from table.paid
    elif figure.unit in _COUNTS:
        yield from (
            named for named in table.counted if named.fact is None or _fits(figure, definitions.get(named.fact))
        )


def _monthly(figure: Figure, text: str) -> bool:
    around = text[max(0, figure.start - _AROUND) : figure.end + _AROUND]
    return ("月" in around or "month" in around) and "日" not in around


def _fits(figure: Figure, definition: FactDefinition | None) -> bool:
    return definition is not None and figure.unit in _FITTING.get(definition.unit or "", ())


def _reluctance(figure: Figure, text: str, *, behind: bool) -> int:
    """How much farther words seem than they are: behind 45个 and in front of 45人 they are near."""
    if figure.unit == "人" and text[figure.end - 1] == "人":
        return 4 if behind else 0
    return 0 if behind else 3


def goes_on(signs: str, figure: Figure, clause: Clause) -> bool:
    """Return whether a clause says nothing but a time and a figure: it counts what the clause before it counted."""
    rest = signs[: figure.start - clause.start] + signs[figure.end - clause.start :]
    return not cues().connecting.sub("", rest).strip()


def converted(figure: Figure, definition: FactDefinition) -> Decimal | None:
    """Return the figure in the unit of a fact; None where it has no value, or one that the fact cannot have."""
    value, unit = figure.value, figure.unit.removesuffix("/")
    if value is None:
        return None
    if definition.unit == "个月" and unit == "年":
        value *= 12
    elif definition.unit == "年" and unit == "个月":
        value /= 12
    least = definition.least if definition.least is not None else Decimal(0)
    if value < least or (definition.most is not None and value > definition.most):
        return None
    whole = definition.type is FactType.MONEY or definition.unit not in ("人", "个")
    return value if whole or value == value.to_integral_value() else None
