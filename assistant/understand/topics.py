"""What a question is about, in words of our own files alone: it can be kept and counted, and says nothing of anybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from assistant import config, corpus
from assistant.text import normalise, simplified
from assistant.understand import glossary, objects

MOST = 6  # of one message; more say what a list was about, not a question


def topics(questions: Iterable[str]) -> tuple[str, ...]:
    """Return the terms of the glossary and the things of `corpus/objects.txt` that questions speak of, each once."""
    found: dict[str, None] = {}
    for question in questions:
        asked = normalise(simplified(question))
        terms = [match.zh[0] for match in glossary.bundled().find(asked)]
        found |= dict.fromkeys((*terms, *(_as_term(name) for name in objects.asked(asked))))
    return tuple(topic for topic in found if topic not in _not_topics())[:MOST]


@cache
def english_topics() -> Mapping[str, str]:
    """Return the English name of every topic by its Chinese one, where there is one."""
    names = {normalise(term.zh): term.en for term in corpus.glossary(config.bundled("corpus"))}
    return MappingProxyType({**objects.english_names(), **names})


def _as_term(name: str) -> str:
    """The glossary's word for a thing both files know, 社会保险 for 社保."""
    return next((match.zh[0] for match in glossary.bundled().find(name) if match.end - match.start == len(name)), name)


@cache
def _not_topics() -> frozenset[str]:
    lines = (files("assistant.understand") / "not_topics.txt").read_text("utf-8").splitlines()
    return frozenset(normalise(line) for line in lines if line and not line.startswith("#"))
