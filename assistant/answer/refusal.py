"""An honest no: what kind it is, why, what holds instead, and how to go on; with what comes near, which is no answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import standing
from assistant.answer.draft import citation
from assistant.answer.notices import place_name, title_of, version_of
from assistant.answer.passages import Passage, body
from assistant.answer.select import ANSWERS
from assistant.answer.succession import predecessors
from assistant.index import Index
from assistant.models import Citation, Policy, Refusal, Status, Tier
from assistant.prompts import Phrases
from assistant.retrieve import Hit, Named, Scope
from assistant.structure import places
from assistant.understand import Inquiry
from assistant.understand.domain import abroad, in_domain

RELATED = 3  # clauses offered beside a refusal

_LONGEST = 120  # characters quoted of each
_ARTICLE = re.compile(r"/art_(\d+)$")


@dataclass(frozen=True, slots=True)
class Refused:
    """A question that is not answered."""

    kind: Refusal
    text: str
    related: tuple[Citation, ...]

    @property
    def status(self) -> Status:
        """The status an answer has that says this."""
        return Status.OUT_OF_SCOPE if self.kind is Refusal.OUT_OF_SCOPE else Status.NOT_FOUND


def refuse(
    inquiry: Inquiry, named: Named, hits: Sequence[Hit], index: Index, scope: Scope, phrases: Phrases
) -> Refused:
    """Return why a question is not answered, told in its language, and what comes near it."""
    kind, lines = _why(inquiry, named, hits, index, scope, phrases)
    lines.append(phrases.say(f"way_on_{kind}"))
    related = tuple(_related(hits[:RELATED], index, phrases)) if kind is not Refusal.OUT_OF_SCOPE else ()
    if related:
        lines += ["", phrases.say("related"), *(f"- {_name(c, scope, phrases)}" for c in related)]
    return Refused(kind, "\n".join(lines), related)


def _why(
    inquiry: Inquiry, named: Named, hits: Sequence[Hit], index: Index, scope: Scope, phrases: Phrases
) -> tuple[Refusal, list[str]]:
    if named.no_such_clause:
        title, locator = named.no_such_clause[0]
        lines = [
            phrases.say("no_such_clause", title=title, locator=locator),
            *_last_article(named, index, scope, phrases),
        ]
        return Refusal.NO_SUCH_CLAUSE, lines
    if named.missing:
        return Refusal.NO_SUCH_DOCUMENT, [phrases.say("not_found_named", name=named.missing[0])]
    if not in_domain(inquiry.text):
        return Refusal.OUT_OF_SCOPE, [phrases.say("out_of_scope")]
    if abroad(inquiry.text):
        return Refusal.FOREIGN_LAW, [phrases.say("foreign_law")]
    ended = next((h.policy for h in hits if h.score >= ANSWERS and h.policy.metadata.tier is not Tier.PAPER), None)
    if ended and scope.spans[ended.id].holds(inquiry.as_of) is False and inquiry.day_named:
        return Refusal.NOT_IN_FORCE, list(_not_in_force(ended, inquiry, scope, phrases))
    place = inquiry.jurisdiction
    if place and place != places.NATION and not _holds_any_of(place, scope):
        return Refusal.PLACE_NOT_HELD, [phrases.say("place_not_held", place=place_name(place, phrases.language))]
    return Refusal.NOT_FOUND, [phrases.say("not_found")]


def _last_article(named: Named, index: Index, scope: Scope, phrases: Phrases) -> Iterator[str]:
    """How far the document goes whose clause was asked for and is not there."""
    for id_ in sorted(named.policies - scope.originals.keys()):
        articles = [p for p in index.provisions(id_) if _ARTICLE.search(p.address)]
        if articles:
            title = title_of(scope.policies[id_], phrases.language)
            yield phrases.say("last_clause", title=title, locator=articles[-1].locator)
            return


def _not_in_force(policy: Policy, inquiry: Inquiry, scope: Scope, phrases: Phrases) -> Iterator[str]:
    yield phrases.say("not_in_force", day=inquiry.as_of.isoformat())
    yield standing.told(policy, scope, inquiry, phrases)
    for earlier in predecessors(policy.id, scope, inquiry.as_of):
        yield phrases.say("held_then", title=version_of(earlier, policy, scope, phrases))


def _holds_any_of(place: str, scope: Scope) -> bool:
    """Whether any document is the place's own or that of a part of it."""
    return any(place in places.chain(p.metadata.jurisdiction or places.NATION) for p in scope.policies.values())


def _related(hits: Sequence[Hit], index: Index, phrases: Phrases) -> Iterator[Citation]:
    for n, hit in enumerate(hits, 1):
        provisions = index.subtree(hit.chunk.addresses[0])
        if not provisions:
            continue
        first = next((p for p in provisions if body(p)), provisions[0])
        words = (first.text_en if phrases.language == "en" else None) or body(first)
        passage = Passage(hit.policy, tuple(provisions), frozenset(hit.chunk.addresses), hit.score, hit.in_force)
        yield citation(n, passage, first, words[:_LONGEST])


def _name(cited: Citation, scope: Scope, phrases: Phrases) -> str:
    title = title_of(scope.policies[cited.policy_id], phrases.language)
    return phrases.say(
        "related_item", title=f"《{title}》" if phrases.language == "zh" else title, locator=cited.locator
    )
