"""What a document is about: its aim, then its parts in order, each with its place."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import validity
from assistant.answer.compose import heading
from assistant.answer.draft import Draft, Line, Section
from assistant.answer.passages import Passage, body, words_in
from assistant.answer.quoting import sentences
from assistant.index import Index
from assistant.models import Level, Policy, Provision, Statement, Wording
from assistant.prompts import Phrases
from assistant.retrieve import Scope
from assistant.text.normal import squeeze
from assistant.understand import Inquiry

MOST = 24  # parts told; the others are counted
AIM = 2  # paragraphs before the chapters are listed: what a law is for, and what it covers
_CHAPTERS = frozenset({Level.BOOK, Level.CHAPTER, Level.ANNEX})
_PARTS = frozenset({Level.ARTICLE, Level.PART, Level.POINT, Level.HEADING, Level.ANNEX})


def overview(
    inquiry: Inquiry, id_: str, index: Index, scope: Scope, phrases: Phrases, draft: Draft, side: str | None = None
) -> tuple[list[Passage], list[str]]:
    """Add to the draft what a document is about; return what was told of it, and a notice where that is not all.

    `side` is what a comparison calls it.
    """
    policy, span = index.policy(id_), scope.spans[id_]
    parts = _parts(policy) if policy else ()
    if policy is None or not parts:
        return [], []
    passage = Passage(policy, tuple(parts), frozenset(), 1.0, validity.in_force(span, None, inquiry.as_of))
    head = heading(passage, phrases, whole=True)
    section = Section(phrases.say("side_head", side=side, heading=head) if side else head)
    for part in parts[:MOST]:
        text = _first(words_in(phrases.language, part))
        statement = Statement(text, (draft.cite(passage, part, text),))
        section.lines.append(Line("- ", _told(part, text, policy, phrases), statement))
    draft.sections.append(section)
    beyond = [phrases.say("more_parts", count=len(parts) - MOST)] if len(parts) > MOST else []
    return [passage], beyond


def _told(part: Provision, text: str, policy: Policy, phrases: Phrases) -> str:
    """A part with its place, where its own words do not begin with it; a chapter with the articles it holds."""
    if part.level in _CHAPTERS:
        inner = [
            p.locator
            for p in policy.provisions
            if p.level is Level.ARTICLE and squeeze(p.trail[0] if p.trail else "") == squeeze(text)
        ]
        reach = phrases.say("from_to", first=inner[0], last=inner[-1]) if inner else ""
        return text + reach
    return phrases.say("part", locator=part.locator, text=text) if policy.wording is Wording.DIGEST else text


def _parts(policy: Policy) -> Sequence[Provision]:
    """The chapters of a law after its first articles; else every clause of a digest, or the headings of an opinion."""
    said = [p for p in policy.provisions if body(p)]
    chapters = [p for p in said if p.level in _CHAPTERS]
    if len(chapters) > AIM:
        return [*[p for p in said if p.level in (Level.ARTICLE, Level.PARAGRAPH)][:AIM], *chapters]
    if policy.wording is Wording.DIGEST:
        inner = {p.address for p in said if p.address.rpartition("/")[0] in {q.address for q in said}}
        return [p for p in said if p.address not in inner]
    return [p for p in said if p.level in _PARTS]


def _first(text: str) -> str:
    """The first sentence of a clause: what an opinion calls its points by, and what a digest says first."""
    return next((s.strip() for s in sentences(text) if s.strip()), text)
