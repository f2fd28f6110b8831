"""Whether the figures of a sentence stand with the same words as in its clause: each alone may be right, and all wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from assistant.answer.figures import Figure, figures, supported
from assistant.drafting.modals import parts
from assistant.text import normalise, words
from assistant.text.numerals import chinese

_NUMERALS = frozenset("0123456789一二三四五六七八九十百千万亿两")  # 二十个 is a figure and no word beside one
_TIMES = frozenset({"年", "月", "周", "日", "工作日", "小时", "学时", "学期"})
_MONTHS = re.compile(r"(\d+)个月")


def stand_where_said(sentence: str, said: Sequence[str]) -> bool:
    """Return whether every figure stands among the words it has in the clauses, in their order.

    改扩建项目最高2000万元 is wrong where the clause has 新建项目最高2000万元，改扩建项目最高1000万元, and so is
    每2个月不少于2年 for 每2年不少于2个月.
    """
    theirs = [part for text in said for part in parts(text)]
    if not _months_are_months(sentence, "\n".join(said)):
        return False
    return all(_stands(part, theirs) for part in parts(sentence))


def _stands(part: str, theirs: Sequence[str]) -> bool:
    stated = figures(part)
    if not stated:
        return True
    own = _words(part)
    held = [(figures(other), len(own & _words(other))) for other in theirs]
    for figure in stated:
        nearest = max((near for found, near in held if supported([figure], found)), default=0)
        rivals = (near for found, near in held if _same_kind(figure, found) and not supported([figure], found))
        if nearest < max(rivals, default=0):
            return False
    together = [found for found, _ in held if supported(stated, found)]
    return not together or any(_in_order(stated, found) for found in together)


def _in_order(stated: Sequence[Figure], found: Sequence[Figure]) -> bool:
    """Whether figures that could be taken for one another stand in their order: 100 students and 500 yuan cannot."""
    return all(_follow([one, other], found) for one, other in combinations(stated, 2) if _are_alike(one, other))


def _follow(pair: Sequence[Figure], found: Sequence[Figure]) -> bool:
    rest = iter(found)
    return all(any(supported([figure], [other]) for other in rest) for figure in pair)


def _are_alike(one: Figure, other: Figure) -> bool:
    return one.unit == other.unit or one.value == other.value or {one.unit, other.unit} <= _TIMES


def _same_kind(figure: Figure, found: Sequence[Figure]) -> bool:
    return any(other.unit == figure.unit for other in found)


def _months_are_months(sentence: str, clause: str) -> bool:
    """A term of one month is not January."""
    held = normalise(clause).replace(" ", "")
    return all(
        f"{n}个月" in held
        or (0 < int(n) < 10_000 and f"{chinese(int(n))}个月" in held)
        or f"{n} month" in normalise(clause)
        for n in _MONTHS.findall(normalise(sentence).replace(" ", ""))
    )


def _words(part: str) -> frozenset[str]:
    return frozenset(word for word in words(part) if len(word) > 1 and word[0] not in _NUMERALS)
