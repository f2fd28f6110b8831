"""What a clause must speak of to be an answer: a question on VAT is not answered by a clause on another tax."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from assistant import config
from assistant.text import normalise


@dataclass(frozen=True, slots=True)
class Object:
    """One thing that is easily told apart from its like."""

    name: str  # the first of its words
    english: str | None
    asked: re.Pattern[str]  # in a question
    named: re.Pattern[str]  # in a clause


def speaks_of_all(question: str, text: str) -> bool:
    """Return whether a text names every such thing that the question asks about; True when it asks about none."""
    things = _asked(question)
    if not things:
        return True
    there = normalise(text)
    return all(thing.named.search(there) for thing in things)


def asked(question: str) -> tuple[str, ...]:
    """Return the names of such things that a question asks about."""
    return tuple(thing.name for thing in _asked(question))


def english_names() -> dict[str, str]:
    """Return the English name of each thing that has one, by its name."""
    return {thing.name: thing.english for thing in _objects() if thing.english}


@lru_cache(maxsize=256)
def _asked(question: str) -> tuple[Object, ...]:
    """Every clause found for a question is held against the same things."""
    words = normalise(question)
    return tuple(thing for thing in _objects() if thing.asked.search(words))


@cache
def _objects() -> tuple[Object, ...]:
    lines = (config.bundled("corpus") / "objects.txt").read_text("utf-8").splitlines()
    return tuple(_object(line) for line in lines if line and not line.startswith("#"))


def _object(line: str) -> Object:
    asked, _, further = line.partition("|")
    words = [word.strip() for word in asked.split(",")]
    english = next((word for word in words if word.isascii()), None)
    return Object(normalise(words[0]), english, _any_of(asked), _any_of(f"{asked},{further}"))


def _any_of(words: str) -> re.Pattern[str]:
    forms = [normalise(word.strip()) for word in words.split(",") if word.strip()]
    return re.compile("|".join(rf"\b{re.escape(form)}" if form.isascii() else re.escape(form) for form in forms))
