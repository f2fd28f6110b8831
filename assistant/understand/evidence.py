"""How much of a question's subject a text speaks of: the ground on which an answer is given or refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.text import normalise, words
from assistant.understand.glossary import Glossary
from assistant.understand.terms import content_terms


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing a question is about."""

    word: str  # as in the question
    forms: tuple[str, ...]  # the word and what stands for it in either language, normalised
    weight: float  # inverse document frequency: how much finding it tells
    start: int  # its place in the normalised question
    end: int


def subjects(question: str, glossary: Glossary, idf: Callable[[str], float]) -> tuple[Subject, ...]:
    """Return what a question is about: glossary terms first, then its remaining subject words."""
    text = normalise(question)
    found: list[Subject] = []
    rest = text
    for match in glossary.find(text):
        rest = rest[: match.start] + " " * (match.end - match.start) + rest[match.end :]
        word = text[match.start : match.end]
        weight = max(idf(part) for part in (words(match.zh[0]) or [word]))
        found.append(Subject(word, (word, *match.zh, *match.en), weight, match.start, match.end))
    for word in content_terms(rest):
        at = max(rest.find(word), 0)
        found.append(Subject(word, (word,), idf(word), at, at + len(word)))
    return _without_parts(found)


def coverage(subjects_: Sequence[Subject], text: str) -> float:
    """Return the share of the subjects, by weight, that a text names in any form: 0 to 1; 0 without subjects."""
    total = sum(s.weight for s in subjects_)
    if not total:
        return 0.0
    haystack = _haystack(text)
    return sum(s.weight for s in subjects_ if haystack.names(s)) / total


class Haystack:
    """A text prepared for looking many words up in it."""

    def __init__(self, text: str) -> None:
        self._text = normalise(text)
        self._latin: set[str] | None = None

    def names(self, subject: Subject) -> bool:
        """Return whether the text contains the subject in any of its forms."""
        return any(self._has(form) for form in subject.forms)

    def _has(self, form: str) -> bool:
        if not form.isascii():
            return form in self._text
        if self._latin is None:
            self._latin = {word for word in words(self._text) if word.isascii()}
        return all(part in self._latin or part.rstrip("s") in self._latin for part in _parts(form))


@lru_cache(maxsize=4_096)
def _haystack(text: str) -> Haystack:
    """The same clauses come up in many questions."""
    return Haystack(text)


@lru_cache(maxsize=4_096)
def _parts(form: str) -> tuple[str, ...]:
    return tuple(words(form))


def _without_parts(found: list[Subject]) -> tuple[Subject, ...]:
    """Drop a word that lies inside a longer one: search-mode words overlap, and counting both would count twice."""
    return tuple(
        s
        for s in found
        if not any(o is not s and o.start <= s.start and s.end <= o.end and len(o.word) > len(s.word) for o in found)
    )
