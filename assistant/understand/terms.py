"""The words of a question that carry its subject, as against those that only ask."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from assistant.text import words


@cache
def _asking_words() -> frozenset[str]:
    return frozenset(files("assistant.understand").joinpath("asking_words.txt").read_text("utf-8").split())


def content_terms(question: str) -> tuple[str, ...]:
    """Return the subject words of a question, each once, in order; empty for a question made of asking words alone."""
    subject = (w for w in words(question) if w not in _asking_words() and (len(w) > 1 or w.isdigit()))
    return tuple(dict.fromkeys(subject))
