"""Two texts clause by clause: which clauses say alike, and where their words differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from assistant.answer.quoting import unmarked
from assistant.models import Provision
from assistant.text.normal import squeeze

LONGEST = 500  # clauses of each side; beyond that a comparison would keep the reader waiting
_ALIKE = 0.25  # share of two-character words in common from which two clauses are taken to speak of one thing
_SHORTEST_SAME = 2  # a single character in common between two changes is chance


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one side's text, found on the other side too or not."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """Two clauses that speak of one thing, or one that the other side has nothing like."""

    left: Provision | None
    right: Provision | None

    @property
    def same(self) -> bool:
        """Whether both say the same, numbers and white space aside."""
        return bool(self.left and self.right) and _words(self.left) == _words(self.right)


def pairs(left: Sequence[Provision], right: Sequence[Provision]) -> tuple[Pair, ...]:
    """Return both texts in order, with clauses paired so that what they have in common is greatest."""
    left, right = left[:LONGEST], right[:LONGEST]
    one, other = [_bigrams(_words(p)) for p in left], [_bigrams(_words(p)) for p in right]
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    alike = [[_alike(a, b) for b in other] for a in one]
    for i in range(len(left) - 1, -1, -1):
        for j in range(len(right) - 1, -1, -1):
            paired = best[i + 1][j + 1] + alike[i][j] if alike[i][j] >= _ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    found: list[Pair] = []
    i = j = 0
    while i < len(left) and j < len(right):
        if alike[i][j] >= _ALIKE and best[i][j] == best[i + 1][j + 1] + alike[i][j]:
            found.append(Pair(left[i], right[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            found.append(Pair(left[i], None))
            i += 1
        else:
            found.append(Pair(None, right[j]))
            j += 1
    found.extend(Pair(provision, None) for provision in left[i:])
    found.extend(Pair(None, provision) for provision in right[j:])
    return tuple(found)


def differences(left: str, right: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return both texts in stretches; joined, each side's stretches give back its text."""
    sides: tuple[list[Span], list[Span]] = ([], [])
    for what, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        whole = a == 0 or b == len(left)  # at the ends nothing shows that it is chance
        differs = what != "equal" or (b - a < _SHORTEST_SAME and not whole)
        for side, text in zip(sides, (left[a:b], right[c:d]), strict=True):
            if text and side and side[-1].differs == differs:
                side[-1] = Span(side[-1].text + text, differs)
            elif text:
                side.append(Span(text, differs))
    return tuple(sides[0]), tuple(sides[1])


@lru_cache(maxsize=4_096)
def _squeezed(text: str) -> str:
    return squeeze(unmarked(text))


def _words(provision: Provision | None) -> str:
    return _squeezed(provision.text) if provision else ""


def _bigrams(words: str) -> frozenset[str]:
    return frozenset(words[at : at + 2] for at in range(len(words) - 1)) or frozenset({words})


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    common = len(one & other)
    return common / (len(one) + len(other) - common)
