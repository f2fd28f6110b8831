"""A clause with each figure and each time as one sign, so that patterns need not know how numbers are written."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.understand.facts.clauses import Clause
from assistant.understand.facts.figures import Figure, is_money
from assistant.understand.facts.moments import Moment

_SIGNS = {"人": "ⓟ", "个": "ⓟ", "bare": "ⓟ", "元": "ⓜ", "年": "ⓨ", "个月": "ⓞ", "%": "ⓡ", "岁": "ⓠ"}
_TIME, _OTHER = "ⓣ", "ⓧ"
FIGURES = "ⓟⓜⓧⓡ"  # those that count something by themselves


def marked(text: str, clause: Clause, times: Sequence[Moment], inside: Sequence[Figure]) -> str:
    """Return a clause with its figures and times as signs, each over its whole place."""
    letters = list(text[clause.start : clause.end])
    for moment in times:
        if clause.start <= moment.start and moment.end <= clause.end:
            _cover(letters, moment.start - clause.start, moment.end - clause.start, _TIME)
    for figure in inside:
        sign = "ⓜ" if is_money(figure) else _SIGNS.get(figure.unit, _OTHER)
        _cover(letters, figure.start - clause.start, figure.end - clause.start, sign)
    return "".join(letters)[: clause.end - clause.start]


def _cover(letters: list[str], start: int, end: int, sign: str) -> None:
    letters[start:end] = sign * (end - start)


def squeezed(signs: str) -> str:
    """Return a marked clause with each sign once."""
    return squeezed_with_places(signs)[0]


def squeezed_with_places(signs: str) -> tuple[str, list[int]]:
    """Return a marked clause with each sign once, and where each of its characters stood."""
    kept = [(c, i) for i, c in enumerate(signs) if not ("ⓐ" <= c <= "ⓩ" and i and signs[i - 1] == c)]
    return "".join(c for c, _ in kept), [i for _, i in kept]
