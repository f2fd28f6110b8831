"""What is known of a document itself: told from its record, shown by the clauses or the head that say so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from assistant import validity
from assistant.answer.notices import title_of
from assistant.answer.passages import Passage, body
from assistant.index import Index
from assistant.models import Level, Metadata, Policy, Provision, Wording
from assistant.prompts import Phrases
from assistant.retrieve import Scope
from assistant.understand import Inquiry
from assistant.understand.particulars import Particular

MOST_DOCUMENTS = 3
_READ_FROM = {
    Particular.ISSUER: {"issuers"},
    Particular.NUMBER: {"doc_number"},
    Particular.DAY: {"issued", "effective"},
    Particular.SIZE: set[str](),
}
_CLAUSES = frozenset({Level.ARTICLE, Level.PARAGRAPH, Level.PART, Level.POINT, Level.HEADING})


def particulars(
    inquiry: Inquiry,
    asked: Sequence[Particular],
    documents: Sequence[str],
    index: Index,
    scope: Scope,
    phrases: Phrases,
) -> tuple[list[Passage], dict[str, list[str]]]:
    """Return for each document the provisions that say what is asked of it, and by its title what its record says."""
    told: list[Passage] = []
    lines: dict[str, list[str]] = {}
    for policy in map(index.policy, documents if len(documents) <= MOST_DOCUMENTS else ()):
        said = list(_said(policy, asked, scope, phrases)) if policy else []
        if policy is None or not said:
            continue
        in_force = validity.in_force(scope.spans[policy.id], None, inquiry.as_of)
        told += [Passage(policy, (p,), frozenset({p.address}), 1.0, in_force) for p in _saying(asked, policy)]
        lines[title_of(policy, phrases.language)] = said
    return told, lines


def written(lines: Mapping[str, Iterable[str]], phrases: Phrases) -> list[str]:
    """Return what the records say, a line for each document."""
    between = "" if phrases.language == "zh" else " "
    return [phrases.say("record", title=title, said=between.join(said)) for title, said in lines.items()]


def first_clause(policy: Policy) -> tuple[Provision, ...]:
    """Return the clause that a document begins with, which shows which document is meant; none of an empty one."""
    return tuple(p for p in policy.provisions if p.level in _CLAUSES and body(p))[:1]


def _said(policy: Policy, asked: Iterable[Particular], scope: Scope, phrases: Phrases) -> Iterable[str]:
    """What the record says of each particular; that it says nothing is said as well."""
    known = _known(policy, scope)
    for particular in asked:
        if particular is Particular.ISSUER:
            issuers = phrases.say("between_clauses").join(known.issuers)
            yield phrases.say("record_issuer", value=issuers) if issuers else phrases.say("record_no_issuer")
        elif particular is Particular.NUMBER:
            number = known.doc_number
            yield phrases.say("record_number", value=number) if number else phrases.say("record_no_number")
        elif particular is Particular.DAY:
            yield from _days(known, phrases)
        elif size := _size(policy, phrases):
            yield size


def _days(known: Metadata, phrases: Phrases) -> Iterable[str]:
    if known.issued:
        yield phrases.say("record_issued", value=known.issued.isoformat())
    if known.effective:
        yield phrases.say("since", day=known.effective.isoformat())
    if not (known.issued or known.effective):
        yield phrases.say("record_no_day")


def _size(policy: Policy, phrases: Phrases) -> str | None:
    """Chapters and articles of a text held whole; a digest has not all of them."""
    articles = sum(p.level is Level.ARTICLE for p in policy.provisions)
    chapters = sum(p.level is Level.CHAPTER for p in policy.provisions)
    if policy.wording is Wording.DIGEST or not articles:
        return None
    if chapters:
        return phrases.say("record_chapters", articles=articles, chapters=chapters)
    return phrases.say("record_articles", articles=articles)


def _known(policy: Policy, scope: Scope) -> Metadata:
    """The record of a document; what its official words do not tell is taken from the digest of the same text."""
    own = policy.metadata
    digest = next((d for d, original in scope.originals.items() if original == policy.id), None)
    if digest is None:
        return own
    other = scope.policies[digest].metadata
    return replace(
        own,
        doc_number=own.doc_number or other.doc_number,
        issuers=own.issuers or other.issuers,
        issued=own.issued or other.issued,
        effective=own.effective or other.effective,
    )


def _saying(asked: Sequence[Particular], policy: Policy) -> tuple[Provision, ...]:
    """The provisions that the record was read from, and the last article for how many there are; else the first clause."""
    fields = set[str]().union(*(_READ_FROM[particular] for particular in asked))
    read = {e.address for e in policy.evidence if e.field in fields}
    last = [p.address for p in policy.provisions if p.level is Level.ARTICLE][-1:] if Particular.SIZE in asked else []
    return tuple(p for p in policy.provisions if p.address in {*read, *last} and body(p)) or first_clause(policy)
