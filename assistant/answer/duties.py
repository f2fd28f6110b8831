"""All that a document demands of a party or entitles it to: one clause would be a lottery, so each that does is told."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant import validity
from assistant.answer.fitting import unit_of
from assistant.answer.passages import Passage
from assistant.index import Index
from assistant.models import Kind, Level, Policy, Provision, Tier
from assistant.prompts import Phrases
from assistant.retrieve import Scope
from assistant.understand import Inquiry
from assistant.understand.parties import Survey, concerns, survey

MOST = 12  # clauses told at length; the others by their numbers
MOST_DOCUMENTS = 2  # a question that means more of them asks for no document's duties
_WITH_LEAD = frozenset(
    {Level.ITEM, Level.SUBITEM, Level.SUBPOINT, Level.DETAIL, Level.ROW}
)  # told with what leads them in
_LIABLE = re.compile(r"责任|\bliab|\bresponsib", re.IGNORECASE)  # then what a breach leads to is asked for as well
_LISTS = re.compile(
    r"(?:履行|承担)[^。；]{0,6}(?:义务|职责|责任)[：:]"
)  # 应当履行下列义务： is the answer in the law's own list


@dataclass(frozen=True, slots=True)
class Duties:
    """The clauses that bind a party, the law's own list of duties first, and the numbers of those beyond the first `MOST`."""

    passages: tuple[Passage, ...] = ()
    others: tuple[str, ...] = ()

    def notice(self, phrases: Phrases) -> str:
        """Return what is said of the clauses that are not told; empty where all are."""
        between = phrases.say("between_clauses")
        return (
            phrases.say("notice_more_clauses", count=len(self.others), locators=between.join(self.others))
            if self.others
            else ""
        )


def duties(inquiry: Inquiry, documents: Sequence[str], index: Index, scope: Scope) -> Duties:
    """Return what the documents asked about demand of a party or entitle it to; nothing for other questions."""
    asked = survey(inquiry.question)
    if asked is None or not 0 < len(documents) <= MOST_DOCUMENTS:
        return Duties()
    living = [id_ for id_ in documents if scope.spans[id_].holds(inquiry.as_of) is not False]
    found = [p for id_ in living or documents for p in _binding(id_, asked, inquiry, index, scope)]
    found.sort(key=lambda p: not any(_LISTS.search(provision.text) for provision in p.provisions))
    return Duties(tuple(found[:MOST]), tuple(p.provisions[0].locator for p in found[MOST:]))


def _binding(id_: str, asked: Survey, inquiry: Inquiry, index: Index, scope: Scope) -> Iterator[Passage]:
    policy, span = index.policy(id_), scope.spans[id_]
    if policy is None or policy.metadata.tier is Tier.PAPER:
        return
    others = {Kind.DEFINITION} if _LIABLE.search(inquiry.question) else {Kind.DEFINITION, Kind.SANCTION}
    rules = (p for p in policy.provisions if p.level not in _WITH_LEAD and not (p.kinds and set(p.kinds) <= others))
    told = [p for p in rules if _speaks(p, asked, index)]
    for unit, parts in itertools.groupby(told, key=lambda p: unit_of(p.address, index)):
        yield _passage(policy, unit, tuple(parts), index, validity.in_force(span, None, inquiry.as_of))


def _speaks(provision: Provision, asked: Survey, index: Index) -> bool:
    words = "\n".join((*provision.trail, *(p.text for p in _with_list(provision, index))))
    return concerns(provision.text, asked) and (not asked.topics or any(topic in words for topic in asked.topics))


def _with_list(provision: Provision, index: Index) -> Sequence[Provision]:
    """A provision with the list that it leads in."""
    return index.subtree(provision.address) if provision.text.rstrip().endswith(("：", ":")) else (provision,)


def _passage(
    policy: Policy, unit: str | None, parts: tuple[Provision, ...], index: Index, in_force: bool | None
) -> Passage:
    """One clause with those of its paragraphs that bind, each with its list."""
    whole = [p for part in parts for p in _with_list(part, index)]
    article = index.subtree(unit)[:1] if unit and len(parts) > 1 and unit != parts[0].address else ()
    return Passage(policy, (*article, *whole), frozenset(p.address for p in parts), 1.0, in_force)
