"""Whether the documents that a question asks after hold on its day: told from their records, shown by their clauses."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant import validity
from assistant.answer.notices import title_of, version_of
from assistant.answer.particulars import first_clause
from assistant.answer.passages import Passage
from assistant.answer.succession import successors
from assistant.index import Index
from assistant.models import Policy
from assistant.prompts import Phrases
from assistant.retrieve import Named, Scope
from assistant.understand import Inquiry
from assistant.understand.particulars import asks_only_standing, asks_standing

MOST = 3  # documents; a question that means more of them does not ask whether one holds

# How a text speaks of its own beginning and end.
_SAYS = re.compile(
    r"自[^。；]{0,30}(?:起|之日起?)(?:施行|实施|执行|生效)|同时废止|予以废止|全文废止|停止执行|有效期|试行期|执行(?:期限)?至|失效"
)


def is_asked(inquiry: Inquiry, named: Named) -> bool:
    """Return whether a question asks if the documents it names are in force."""
    said = inquiry.question if inquiry.follows and not inquiry.varies else inquiry.text
    return asks_standing(said) and 0 < len(named.policies) <= MOST and not named.clauses


def asks_nothing_else(inquiry: Inquiry) -> bool:
    """Return whether nothing is asked but that: not what the documents say."""
    return asks_only_standing(inquiry.question)


def passages(inquiry: Inquiry, named: Named, index: Index, scope: Scope) -> list[Passage]:
    """Return the clauses that say from when and until when the named documents hold: their own, else a successor's.

    Where nothing else is asked and none says so, the first clause shows which document is meant.
    """
    found = []
    for id_ in in_own_words(named, scope):
        held = (id_, *(later.id for later in successors(id_, scope)))
        for policy in (p for p in map(index.policy, held) if p):
            saying = [p for p in policy.provisions if _SAYS.search(p.text)]
            if saying:
                # The last one: a text ends with the day it takes effect and with what it repeals.
                clause = index.subtree(saying[-1].address)
                in_force = validity.in_force(scope.spans[policy.id], None, inquiry.as_of)
                found.append(Passage(policy, clause, frozenset({saying[-1].address}), 1.0, in_force))
                break
        else:
            found += _beginning(id_, inquiry, index, scope) if asks_nothing_else(inquiry) else ()
    return found


def _beginning(id_: str, inquiry: Inquiry, index: Index, scope: Scope) -> list[Passage]:
    policy = index.policy(id_)
    clause = first_clause(policy) if policy else ()
    in_force = validity.in_force(scope.spans[id_], None, inquiry.as_of)
    return [Passage(policy, clause, frozenset({clause[0].address}), 1.0, in_force)] if policy and clause else []


def notices(inquiry: Inquiry, named: Named, scope: Scope, phrases: Phrases) -> Iterable[str]:
    """Yield for each named document whether it holds on the day asked for, since when, until when, and what replaced it."""
    held_twice = {original for digest, original in scope.originals.items() if digest in named.policies}
    for id_ in sorted(named.policies - held_twice):
        yield told(scope.policies[id_], scope, inquiry, phrases)


def in_own_words(named: Named, scope: Scope) -> list[str]:
    """Return the named documents; of a digest and its original the original."""
    return sorted(id_ for id_ in named.policies if scope.originals.get(id_) not in named.policies)


def told(policy: Policy, scope: Scope, inquiry: Inquiry, phrases: Phrases) -> str:
    """Return whether a document holds on the day asked for, since when, until when, and what replaced it."""
    day, span = inquiry.as_of.isoformat(), scope.spans[policy.id]
    holds = span.holds(inquiry.as_of)
    if holds is None:
        return phrases.say("notice_unknown_validity", title=title_of(policy, phrases.language))
    early = span.is_before(inquiry.as_of)
    said = "notice_in_force" if holds else "notice_not_yet" if early else "notice_expired"
    details = (
        phrases.say("since", day=span.start.isoformat()) if span.start else "",
        phrases.say("until", day=span.end.isoformat()) if span.end else "",
        *(
            phrases.say("replaced_by", title=version_of(later, policy, scope, phrases))
            for later in successors(policy.id, scope)
        ),
    )
    between = " " if phrases.language == "en" else ""
    return between.join(filter(None, (phrases.say(said, title=title_of(policy, phrases.language), day=day), *details)))
