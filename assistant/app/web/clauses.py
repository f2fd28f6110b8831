"""What a source card shows of a cited clause: its words, with the quoted ones found in them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.app.web.standing import Standing, of_clause
from assistant.app.web.texts import EN, ZH, Language
from assistant.models import Citation, Metadata, Policy, Provision
from assistant.text.normal import squeeze

# A reader understands an item only with its article around it, a sub-point only with its point.
_WHOLE = re.compile(r".*?/(?:art|point)_[^/]+")
_LONGEST = 6_000  # characters of context; beyond that the cited provision alone is shown


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a paragraph, quoted or not."""

    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One provision of the clause as runs of text."""

    depth: int  # below the first provision shown
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """A citation with all that its card shows."""

    citation: Citation
    whole: str  # address of the article or point it belongs to
    whole_locator: str
    metadata: Metadata | None = None  # None: the policy is gone
    validity_note: str | None = None
    trail: tuple[str, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    translation: tuple[str, ...] = ()  # the same clause in the other of our two languages
    translation_language: Language = "en"
    quote_found: bool = False
    basis: str | None = None
    note: str | None = None
    pages: tuple[int, ...] = ()  # of the PDF file it was read from, on which it is printed
    standing: Standing | None = None  # on the day asked; None where only the citation says whether it was in force


def clause(
    citation: Citation, policy: Policy | None, standing: Standing | None = None, day: dt.date | None = None
) -> Clause:
    """Return the clause a citation points at, from its policy where that is still there.

    `standing` is where the policy stands on `day`.
    """
    if policy is None:
        return Clause(citation, citation.address, citation.locator)
    around = _around(citation.address, policy.provisions)
    cited = next((p for p in around if p.address == citation.address), None)
    at = next((i for i, p in enumerate(around) if p.address == citation.address), 0)
    chinese, english = [p.text for p in around], [p.text_en or "" for p in around]
    shown, other, other_language = chinese, english, EN.language
    marks = find(citation.quote, chinese, at)
    if marks is None and any(english) and (marks := find(citation.quote, english, at)) is not None:
        shown, other, other_language = english, chinese, ZH.language
    depths = [p.address.count("/") for p in around]
    runs = [_cut(text, (marks or {}).get(i)) for i, text in enumerate(shown)]
    return Clause(
        citation=citation,
        whole=around[0].address if around else citation.address,
        whole_locator=around[0].locator if around else citation.locator,
        metadata=policy.metadata,
        validity_note=policy.validity_note,
        pages=_pages(citation.address, policy),
        trail=cited.trail if cited else (),
        paragraphs=tuple(Paragraph(d - min(depths), r) for d, r in zip(depths, runs, strict=True) if r),
        translation=tuple(text for text in other if text),
        translation_language=other_language,
        quote_found=marks is not None,
        basis=cited.basis if cited else None,
        note=cited.note if cited else None,
        standing=of_clause(standing, cited, day) if standing and day else None,
    )


def find(quote: str, texts: Sequence[str], first: int = 0) -> dict[int, tuple[int, int]] | None:
    """Return for each text the stretch that belongs to the quote, or None where the quote is in none of them.

    A quote may run over several texts (an article with its items); white space, width and marks do not count.
    Of several places the one at or after the text `first` is taken.
    """
    letters = [_letters(text) for text in texts]
    wanted, _ = _letters(quote)
    whole = "".join(squeezed for squeezed, _ in letters)
    found = whole.find(wanted, sum(len(squeezed) for squeezed, _ in letters[:first]))
    if found < 0:
        found = whole.find(wanted)
    if found < 0 or not wanted:
        return None
    stretches: dict[int, tuple[int, int]] = {}
    start = 0
    for number, (_, positions) in enumerate(letters):
        here = positions[max(found - start, 0) : max(found + len(wanted) - start, 0)]
        if here:
            stretches[number] = (here[0], here[-1] + 1)
        start += len(positions)
    return stretches


@lru_cache(maxsize=2048)  # an answer's clauses are much the same as those of others to like questions
def _letters(text: str) -> tuple[str, tuple[int, ...]]:
    """The letters of a text that count, and for each the place of its character."""
    folded = [_folded(character) for character in text]
    return "".join(folded), tuple(at for at, letters in enumerate(folded) for _ in letters)


@lru_cache(maxsize=16_384)  # a few thousand characters make up every policy
def _folded(character: str) -> str:
    return squeeze(character)


def _cut(text: str, stretch: tuple[int, int] | None) -> tuple[Run, ...]:
    begin, end = stretch or (0, 0)
    runs = (Run(text[:begin]), Run(text[begin:end], quoted=True), Run(text[end:]))
    return tuple(run for run in runs if run.text)


def _around(address: str, provisions: Sequence[Provision]) -> list[Provision]:
    match = _WHOLE.match(address)
    for root in (match[0] if match else address, address):
        found = [p for p in provisions if p.address == root or p.address.startswith(f"{root}/")]
        if sum(len(p.text) for p in found) <= _LONGEST:
            return found
    return [p for p in provisions if p.address == address]


def _pages(address: str, policy: Policy) -> tuple[int, ...]:
    if not policy.source.lower().endswith(".pdf"):
        return ()
    clause = (p for p in policy.provisions if p.address == address or p.address.startswith(f"{address}/"))
    return tuple(sorted({box.page for provision in clause for box in provision.boxes}))
