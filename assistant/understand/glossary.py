"""Field terms in both languages and the words people use for them, found in a question and put in each other's place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from assistant import config, corpus
from assistant.text import normalise

_INFLECTED = "s|es|d|ed|ing"  # credits, credited, crediting


@dataclass(frozen=True, slots=True)
class Match:
    """One term of the glossary found in a text."""

    start: int
    end: int
    zh: tuple[str, ...]  # the field's word first, then what people say
    en: tuple[str, ...]


class Glossary:
    """All terms, searchable by any of their forms."""

    def __init__(self, terms: Iterable[corpus.Term]) -> None:
        self._forms: dict[str, corpus.Term] = {}
        for term in terms:
            for form in (term.zh, term.en, *term.synonyms_zh, *term.synonyms_en):
                self._forms.setdefault(normalise(form), term)
        self._by_first: dict[str, list[str]] = defaultdict(list)
        for form in sorted(self._forms, key=len, reverse=True):
            self._by_first[form[:1]].append(form)
        self._patterns: dict[str, re.Pattern[str]] = {}

    def find(self, text: str) -> tuple[Match, ...]:
        """Return the terms a text contains, the longest where several begin at one place; `text` must be normalised."""
        matches: list[Match] = []
        at = 0
        while at < len(text):
            found = self._beginning_with(text[at]).match(text, at)
            if found:
                matches.append(self._match(found))
            at = found.end() if found else at + 1
        return tuple(matches)

    def _beginning_with(self, character: str) -> re.Pattern[str]:
        """What matches a form that begins so: thousands of forms in one pattern would all be tried at every place."""
        known = self._patterns.get(character)
        if known is None:
            forms = self._by_first.get(character, ())
            bounded = (rf"\b{re.escape(f)}(?:{_INFLECTED})?\b" if f.isascii() else re.escape(f) for f in forms)
            known = self._patterns[character] = re.compile("|".join(bounded) or r"(?!)")
        return known

    def _match(self, found: re.Match[str]) -> Match:
        form = found[0]
        stems = (form, *(form.removesuffix(ending) for ending in _INFLECTED.split("|")))
        term = next(self._forms[f] for f in stems if f in self._forms)
        return Match(
            found.start(),
            found.end(),
            tuple(normalise(w) for w in (term.zh, *term.synonyms_zh)),
            tuple(normalise(w) for w in (term.en, *term.synonyms_en)),
        )


@cache
def bundled() -> Glossary:
    """Return the glossary that ships with the starter corpus."""
    return Glossary(corpus.glossary(config.bundled("corpus")))
