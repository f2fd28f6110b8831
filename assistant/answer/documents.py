"""Which documents there are on a subject: each in a line, with the clause of it that comes nearest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from assistant import validity
from assistant.answer.draft import Draft, Line, Section
from assistant.answer.notices import place_name, title_of
from assistant.answer.passages import Passage, words_in
from assistant.answer.quoting import sentences
from assistant.index import Index
from assistant.models import Level, Policy, Provision, Statement, Tier
from assistant.prompts import Phrases
from assistant.retrieve import Hit, Scope
from assistant.structure import places
from assistant.understand import Inquiry
from assistant.understand.evidence import coverage
from assistant.understand.surveys import asks_newest, asks_papers, is_general, subject_of

MOST = 10  # told in a line each; the others by title
SPEAKS = 0.5  # share of the subject that a clause names from which a document without it in its title is meant
_CLAUSES = frozenset({Level.ARTICLE, Level.PARAGRAPH, Level.PART, Level.POINT, Level.HEADING})


@dataclass(frozen=True, slots=True)
class _Found:
    policy: Policy
    address: str  # of the clause that comes nearest
    titled: int  # how much of the subject its title names
    score: float


def documents(
    inquiry: Inquiry, hits: Sequence[Hit], index: Index, scope: Scope, phrases: Phrases, draft: Draft
) -> tuple[list[Passage], list[str]]:
    """Add to the draft the documents on a subject, a place's own first.

    Those that had ended on the day, or are of another place, are none; without a place only the nation's are meant.
    Return what was told of them, and notices on what was not.
    """
    found = _found(inquiry, hits, scope)
    told: list[Passage] = []
    section = Section(phrases.say("documents_head"))
    for one in found[:MOST]:
        provisions = _saying(one, index)
        text = next((s.strip() for p in provisions for s in sentences(words_in(phrases.language, p)) if s.strip()), "")
        in_force = validity.in_force(scope.spans[one.policy.id], None, inquiry.as_of)
        passage = Passage(one.policy, provisions, frozenset({one.address}), one.score, in_force)
        if not text:
            continue
        statement = Statement(text, (draft.cite(passage, provisions[0], text),))
        section.lines.append(
            Line("- ", phrases.say("document", about=_record(one.policy, phrases), text=text), statement)
        )
        told.append(passage)
    if not told:
        return [], []
    draft.sections.append(section)
    beyond = phrases.say("between_clauses").join(_quoted(f.policy, phrases) for f in found[MOST:])
    notices = [phrases.say("more_documents", titles=beyond)] if beyond else []
    if not inquiry.jurisdiction and not asks_papers(inquiry.question):
        notices.append(phrases.say("documents_place"))
    return told, notices


def _saying(one: _Found, index: Index) -> tuple[Provision, ...]:
    """The clause by which a document is told: of one on the subject its first, which says what it is for."""
    first = next((p for p in index.subtree(one.policy.id) if p.text.strip() and p.level in _CLAUSES), None)
    return (first,) if one.titled and first else index.subtree(one.address)[:1]


def _found(inquiry: Inquiry, hits: Sequence[Hit], scope: Scope) -> list[_Found]:
    """The documents meant, a place's own before those above it.

    Of one place by title, then by their nearest clause; the latest first where those are asked for.
    """
    papers = asks_papers(inquiry.question)
    here = places.chain(inquiry.jurisdiction or places.NATION)
    things = [thing for thing in inquiry.subjects if not _names_place(thing.word, here) and not is_general(thing.word)]
    subject = [word for word in subject_of(inquiry.question) if not _names_place(word, here)]
    nearest: dict[str, Hit] = {}
    for hit in hits:
        nearest.setdefault(hit.policy.id, hit)
    found = []
    for id_, hit in nearest.items():
        policy = scope.policies[id_]
        title = f"{policy.metadata.title or ''} {policy.metadata.title_en or ''}".lower()
        titled = sum(word in title for word in subject)
        said = "\n".join((title, hit.chunk.context, hit.text, hit.chunk.text_en or ""))
        speaks = titled or not (things or subject) or coverage(things, said) >= SPEAKS
        wanted = (policy.metadata.tier is Tier.PAPER) == papers and (
            policy.metadata.jurisdiction or places.NATION
        ) in here
        if wanted and speaks and hit.in_force is not False and id_ not in scope.originals:
            found.append(_Found(policy, hit.chunk.addresses[0], titled, hit.score))
    order = {code: n for n, code in enumerate(here)}
    if asks_newest(inquiry.question):
        found.sort(key=lambda f: _day(f.policy), reverse=True)
        return sorted(found, key=lambda f: order[f.policy.metadata.jurisdiction or places.NATION])
    return sorted(found, key=lambda f: (order[f.policy.metadata.jurisdiction or places.NATION], -f.titled, -f.score))


def _day(policy: Policy) -> dt.date:
    return policy.metadata.issued or policy.metadata.effective or dt.date.min


def _names_place(word: str, here: Sequence[str]) -> bool:
    """Whether a word of the subject is the place asked for, which every title of the place has."""
    return any(word in f"{place_name(code, 'zh')} {place_name(code, 'en').lower()}" for code in here)


def _record(policy: Policy, phrases: Phrases) -> str:
    """A document's title with its number and day."""
    metadata = policy.metadata
    day = metadata.issued or metadata.effective
    details = [metadata.doc_number, day.isoformat() if day else None, *metadata.issuers[:1]]
    shown = phrases.say("between_clauses").join(filter(None, details))
    return f"{_quoted(policy, phrases)}{phrases.say('doc_number', number=shown) if shown else ''}"


def _quoted(policy: Policy, phrases: Phrases) -> str:
    title = title_of(policy, phrases.language)
    return f"《{title}》" if phrases.language == "zh" else title
