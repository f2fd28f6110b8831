"""Field terms in both languages and the words people use for them, found in a question and put in each other's place."""

from __future__ import annotations

import re
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
        forms = sorted(self._forms, key=len, reverse=True)
        bounded = (rf"\b{re.escape(f)}(?:{_INFLECTED})?\b" if f.isascii() else re.escape(f) for f in forms)
        self._pattern = re.compile("|".join(bounded) or r"(?!)")

    def find(self, text: str) -> tuple[Match, ...]:
        """Return the terms a text contains, the longest where several begin at one place; `text` must be normalised."""
        return tuple(self._match(found) for found in self._pattern.finditer(text))

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
