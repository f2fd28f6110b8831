"""Lay questions for the articles of national laws, whose texts are taken in from elsewhere and bring none.

`corpus/asks` holds them, law by law, each article named by a fingerprint of its words: an article that is amended has
other words, and the questions that its old ones answered are not given to it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from assistant import config
from assistant.corpus.reading import Problem
from assistant.errors import CorpusError
from assistant.models import Level, Policy
from assistant.text.normal import squeeze

FOLDER = "asks"
_ARTICLE = re.compile(r"^(?P<locator>第\S+条\S*) (?P<words>[0-9a-f]{12})$")


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions that one article answers."""

    locator: str
    words: str  # fingerprint of the article
    questions: tuple[str, ...]


def fingerprint(article: str) -> str:
    """Return what an article is named by, whatever its spaces and the width of its marks."""
    return hashlib.blake2b(squeeze(article).encode(), digest_size=6).hexdigest()


def articles(policy: Policy) -> dict[str, str]:
    """Return the words of each article of a policy, with its paragraphs and items, by its address."""
    found: dict[str, list[str]] = {}
    for p in policy.provisions:
        if p.level is Level.ARTICLE:
            found[p.address] = [p.text]
            continue
        steps = p.address.split("/")
        around = next((a for n in range(len(steps), 1, -1) if (a := "/".join(steps[:n])) in found), None)
        if around:
            found[around].append(p.text)
    return {address: "\n".join(texts) for address, texts in found.items()}


def with_lay_questions(policy: Policy) -> Policy:
    """Return a policy with the lay questions that are known for its articles."""
    known = bundled()
    asks = {address: known.get(fingerprint(text), ()) for address, text in articles(policy).items()}
    if not any(asks.values()):
        return policy
    given = (replace(p, asks=(*p.asks, *asks.get(p.address, ()))) for p in policy.provisions)
    return replace(policy, provisions=tuple(given))


@cache
def bundled() -> Mapping[str, tuple[str, ...]]:
    """Return the questions that ship with the starter corpus, by fingerprint."""
    directory = config.bundled("corpus")
    known: dict[str, tuple[str, ...]] = {}
    for path in files(directory):
        for found in read(path, path.relative_to(directory).as_posix()):
            if isinstance(found, Problem):
                raise CorpusError(str(found))
            known[found.words] = found.questions
    return known


@cache
def edition() -> str:
    """Return what tells the questions that ship from those of another version: documents are then read anew."""
    found = hashlib.blake2b(digest_size=4)
    for path in files(config.bundled("corpus")):
        found.update(path.read_bytes())
    return found.hexdigest()


def files(directory: Path) -> list[Path]:
    """Return the files of lay questions in a corpus."""
    return sorted((directory / FOLDER).glob("*.txt"))


def read(path: Path, name: str) -> Iterator[Asked | Problem]:
    """Yield the articles of a file with their questions, and what is wrong with others."""
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    for block in re.split(r"\n\s*\n", "\n".join(lines).strip()):
        head, *questions = [line.strip() for line in block.splitlines()]
        article = _ARTICLE.match(head)
        if article is None:
            yield Problem(name, head[:40], "it is no article with the fingerprint of its words", "See corpus/README.md")
        elif not questions:
            yield Problem(name, article["locator"], "it has no question", "Add one, or take the article out")
        else:
            yield Asked(article["locator"], article["words"], tuple(questions))
