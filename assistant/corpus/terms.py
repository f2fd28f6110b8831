"""What is wrong in the glossary of a corpus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assistant.corpus.format import GlossaryEntry
from assistant.corpus.load import GLOSSARY
from assistant.corpus.reading import Problem, read_as
from assistant.text.normal import squeeze


def problems(directory: Path) -> Iterator[Problem]:
    """Yield what is wrong in the glossary, where the corpus has one."""
    if not (directory / GLOSSARY).exists():
        return
    entry = read_as(GlossaryEntry, directory / GLOSSARY, GLOSSARY)
    if isinstance(entry, Problem):
        yield entry
        return
    terms: dict[str, str] = {}
    for n, term in enumerate(entry.terms, start=1):
        field = f"terms[{n}] ({term.zh})"
        if squeeze(term.zh) in terms:
            yield Problem(GLOSSARY, field, "the term stands already", "Join the two entries")
        terms.setdefault(squeeze(term.zh), field)
    for n, term in enumerate(entry.terms, start=1):
        field = f"terms[{n}] ({term.zh})"
        for synonym in term.synonyms.zh:
            if terms.get(squeeze(synonym), field) != field:
                yield Problem(
                    GLOSSARY,
                    f"{field}.synonyms.zh",
                    f"“{synonym}” is a term of its own at {terms[squeeze(synonym)]}",
                    "Take it out here, or join the two entries",
                )
