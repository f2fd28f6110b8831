"""Whether the documents that a question asks after hold on its day: told from their records, shown by their clauses."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant import validity
from assistant.answer.notices import title_of, version_of
from assistant.answer.passages import Passage
from assistant.answer.succession import successors
from assistant.index import Index
from assistant.models import Policy
from assistant.prompts import Phrases
from assistant.retrieve import Named, Scope
from assistant.understand import Inquiry

MOST = 3  # documents; a question that means more of them does not ask whether one holds

_ASKS = re.compile(
    r"生效|失效|有效[吗？?期]|还有效|是否有效|废止|作废|过期|到期|过时|还(?:在|能)?(?:用|管用|执行|适用|实施|算数)|还能这么|现行有效|仍然?适用"
    r"|(?:什么时候|何时|哪天|哪一天|几号)起?(?:开始)?(?:施行|实施|执行|生效)"
    r"|\bin (?:force|effect)\b|\bstill (?:valid|appl\w+|in use|current)|\brepeal\w*|\bexpir\w+|\bsuperseded\b|\breplaced\b"
    r"|\btake[ns]? effect\b|\bbecome effective\b",
    re.IGNORECASE,
)
# How a text speaks of its own beginning and end.
_SAYS = re.compile(
    r"自[^。；]{0,30}(?:起|之日起?)(?:施行|实施|执行|生效)|同时废止|予以废止|全文废止|停止执行|有效期|试行期|执行(?:期限)?至|失效"
)


def is_asked(inquiry: Inquiry, named: Named) -> bool:
    """Return whether a question asks if the documents it names are in force."""
    return bool(_ASKS.search(inquiry.text)) and 0 < len(named.policies) <= MOST and not named.clauses


def passages(inquiry: Inquiry, named: Named, index: Index, scope: Scope) -> list[Passage]:
    """Return the clauses that say from when and until when the named documents hold: their own, else a successor's."""
    found = []
    for id_ in _in_own_words(named, scope):
        held = (id_, *(later.id for later in successors(id_, scope)))
        for policy in (p for p in map(index.policy, held) if p):
            saying = [p for p in policy.provisions if _SAYS.search(p.text)]
            if saying:
                # The last one: a text ends with the day it takes effect and with what it repeals.
                clause = index.subtree(saying[-1].address)
                in_force = validity.in_force(scope.spans[policy.id], None, inquiry.as_of)
                found.append(Passage(policy, clause, frozenset({saying[-1].address}), 1.0, in_force))
                break
    return found


def notices(inquiry: Inquiry, named: Named, scope: Scope, phrases: Phrases) -> Iterable[str]:
    """Yield for each named document whether it holds on the day asked for, since when, until when, and what replaced it."""
    held_twice = {original for digest, original in scope.originals.items() if digest in named.policies}
    for id_ in sorted(named.policies - held_twice):
        yield told(scope.policies[id_], scope, inquiry, phrases)


def _in_own_words(named: Named, scope: Scope) -> list[str]:
    """The named documents; of a digest and its original the original."""
    return sorted(id_ for id_ in named.policies if scope.originals.get(id_) not in named.policies)


def told(policy: Policy, scope: Scope, inquiry: Inquiry, phrases: Phrases) -> str:
    """Return whether a document holds on the day asked for, since when, until when, and what replaced it."""
    day, span = inquiry.as_of.isoformat(), scope.spans[policy.id]
    holds = span.holds(inquiry.as_of)
    if holds is None:
        return phrases.say("notice_unknown_validity", title=title_of(policy, phrases.language))
    early = not holds and span.start is not None and inquiry.as_of < span.start
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
