"""Clauses that come near a question and are no answer to it: beside a refusal, and beside an answer that rests on others."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

from assistant.answer.draft import citation
from assistant.answer.notices import title_of
from assistant.answer.passages import Passage, body, words_in
from assistant.index import Index
from assistant.models import Citation, Provision
from assistant.prompts import Phrases
from assistant.retrieve import Hit, Scope
from assistant.text import locators

BESIDE_REFUSAL, BESIDE_ANSWER = 3, 2  # so many are offered at most
NEAR = 0.2  # share of the best clause's probability from which another is worth a look

_TRANSMITTAL = ("/preamble", "/closing")  # the letter a text came with says nothing of its own
_LONGEST = 120  # characters quoted of each
_LAST_WORD = re.compile(r"\s+[A-Za-z]+$")


def beside_refusal(hits: Sequence[Hit], index: Index, phrases: Phrases) -> tuple[Citation, ...]:
    """Return the clauses nearest a question that is not answered."""
    return _numbered(hits[:BESIDE_REFUSAL], 1, index, phrases)


def beside_answer(
    hits: Sequence[Hit], shown: Collection[str], after: int, index: Index, phrases: Phrases
) -> tuple[Citation, ...]:
    """Return clauses in force that come next to those an answer rests on, numbered on from `after`.

    `shown` are the addresses of what the answer tells. The right clause stands second or third where it is not first.
    """
    near = (
        hit
        for hit in hits
        if hit.score >= NEAR * hits[0].score
        and hit.in_force is not False
        and not hit.address.endswith(_TRANSMITTAL)
        and not any(_touches(address, told) for address in hit.chunk.addresses for told in shown)
    )
    return _numbered(islice(near, BESIDE_ANSWER), after + 1, index, phrases)


def listed(found: Sequence[Citation], scope: Scope, phrases: Phrases) -> list[str]:
    """Return the clauses as lines of a list, each named by its document and its place in it."""
    return [f"- {_name(cited, scope, phrases)}" for cited in found]


def _numbered(hits: Iterable[Hit], first: int, index: Index, phrases: Phrases) -> tuple[Citation, ...]:
    return tuple(citation(n, *what) for n, what in enumerate(_quoted(hits, index, phrases), first))


def _quoted(hits: Iterable[Hit], index: Index, phrases: Phrases) -> Iterator[tuple[Passage, Provision, str]]:
    for hit in hits:
        provisions = index.subtree(hit.chunk.addresses[0])
        if not provisions:
            continue
        first = next((p for p in provisions if body(p)), provisions[0])
        words = words_in(phrases.language, first)
        passage = Passage(hit.policy, tuple(provisions), frozenset(hit.chunk.addresses), hit.score, hit.in_force)
        yield passage, first, beginning(words)


def beginning(words: str) -> str:
    """Return the first words of a clause; no English word is cut in two."""
    cut = words[:_LONGEST]
    within = words[_LONGEST - 1 : _LONGEST + 1]
    return _LAST_WORD.sub("", cut) if len(within) == 2 and within.isascii() and within.isalpha() else cut


def _touches(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}/") or other.startswith(f"{one}/")


def _name(cited: Citation, scope: Scope, phrases: Phrases) -> str:
    title = title_of(scope.policies[cited.policy_id], phrases.language)
    return phrases.say(
        "related_item",
        title=f"《{title}》" if phrases.language == "zh" else title,
        locator=locators.written(cited.locator, phrases.language),
    )
