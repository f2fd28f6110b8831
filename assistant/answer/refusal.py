"""An honest no: what kind it is, why, what holds instead, and how to go on; with what comes near, which is no answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import related, standing
from assistant.answer.notices import place_name, title_of, version_of
from assistant.answer.select import ANSWERS
from assistant.answer.succession import predecessors
from assistant.index import Index
from assistant.models import Citation, Policy, Refusal, Status, Tier, Wording
from assistant.prompts import Phrases
from assistant.retrieve import Hit, Named, Scope
from assistant.structure import places
from assistant.text import locators
from assistant.understand import Inquiry
from assistant.understand.domain import abroad, in_domain, is_small_talk

_NOT_OURS = frozenset({Refusal.OUT_OF_SCOPE, Refusal.SMALL_TALK})
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
        return Status.OUT_OF_SCOPE if self.kind in _NOT_OURS else Status.NOT_FOUND


def refuse(
    inquiry: Inquiry, named: Named, hits: Sequence[Hit], index: Index, scope: Scope, phrases: Phrases
) -> Refused:
    """Return why a question is not answered, told in its language, and what comes near it."""
    kind, lines = _why(inquiry, named, hits, index, scope, phrases)
    lines.append(phrases.say(f"way_on_{kind}"))
    near = related.beside_refusal(hits, index, phrases) if kind not in _NOT_OURS else ()
    if near:
        lines += ["", phrases.say("related"), *related.listed(near, scope, phrases)]
    return Refused(kind, "\n".join(lines), near)


def _why(
    inquiry: Inquiry, named: Named, hits: Sequence[Hit], index: Index, scope: Scope, phrases: Phrases
) -> tuple[Refusal, list[str]]:
    if named.no_such_clause:
        title, locator = named.no_such_clause[0]
        lines = [
            phrases.say("no_such_clause", title=title, locator=locators.written(locator, phrases.language)),
            *_last_article(named, index, scope, phrases),
        ]
        return Refusal.NO_SUCH_CLAUSE, lines
    if named.missing:
        return Refusal.NO_SUCH_DOCUMENT, [phrases.say("not_found_named", name=named.missing[0])]
    if is_small_talk(inquiry.question):
        return Refusal.SMALL_TALK, [phrases.say("small_talk")]
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
    """How far the document goes whose clause was asked for and is not there; a digest holds only part of one."""
    whole = (id_ for id_ in named.policies if scope.policies[id_].wording is Wording.ORIGINAL)
    for id_ in sorted(whole):
        articles = [p for p in index.provisions(id_) if _ARTICLE.search(p.address)]
        if articles:
            title = title_of(scope.policies[id_], phrases.language)
            yield phrases.say(
                "last_clause", title=title, locator=locators.written(articles[-1].locator, phrases.language)
            )
            return


def _not_in_force(policy: Policy, inquiry: Inquiry, scope: Scope, phrases: Phrases) -> Iterator[str]:
    yield phrases.say("not_in_force", day=inquiry.as_of.isoformat())
    yield standing.told(policy, scope, inquiry, phrases)
    for earlier in predecessors(policy.id, scope, inquiry.as_of):
        yield phrases.say("held_then", title=version_of(earlier, policy, scope, phrases))


def _holds_any_of(place: str, scope: Scope) -> bool:
    """Whether any document is the place's own or that of a part of it."""
    return any(place in places.chain(p.metadata.jurisdiction or places.NATION) for p in scope.policies.values())
