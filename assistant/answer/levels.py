"""What a reader in one place must know of the levels: whether its own rules are among the answer, and what the nation says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.answer.notices import place_name, title_of
from assistant.answer.passages import Passage
from assistant.models import Kind, Policy, Tier
from assistant.prompts import Phrases
from assistant.retrieve import Hit
from assistant.retrieve.ranker import FEATURES
from assistant.structure import places
from assistant.text import locators, normalise
from assistant.understand import Inquiry

# On the development questions for a place, what the place itself rules lies nearer than the nation's best clause in all
# but one, which compares the two, and is by no more than 0.03 farther.
ALSO = 0.25  # probability from which the nation's clause is worth naming beside the place's own
NEARER, FULLER = 0.04, 0.2  # in the mean cosine of the subject's word pieces, in the share of the subject that is named
FIRST = 3  # clauses of the place itself that are looked at

_GIVEN_BY_THE_NATION = frozenset({Kind.CONDITION, Kind.MATERIAL, Kind.PROCEDURE})
_FIGURE = re.compile(r"(\d+(?:\.\d+)?)\s*(%|万元|亿元|元|个?月|年|日|天|人|名|小时|学时|倍)")


def told(passages: Sequence[Passage], nation: Sequence[Hit], inquiry: Inquiry, phrases: Phrases) -> Iterable[str]:
    """Yield what an answer for a place lacks: rules of that place itself, or the nation's beside the local ones.

    `nation` are the nation's clauses on the question, best first.
    """
    place = inquiry.jurisdiction
    if not place or place == places.NATION or not passages:
        return
    if any(p.policy.metadata.jurisdiction is None for p in passages):
        return  # a document that does not say whose it is may be the place's own
    if not any(_is_of(p.policy, place) for p in passages):
        yield phrases.say("notice_no_local", place=place_name(place, phrases.language))
    elif not any(p.policy.metadata.jurisdiction == places.NATION for p in passages):
        theirs = next((hit for hit in nation if hit.score >= ALSO and _binds(hit)), None)
        if theirs:
            local = _figures(p.text for passage in passages for p in passage.provisions)
            differ = _differ(local, _figures([theirs.text]))
            said = "notice_nation_differs" if differ else "notice_nation"
            yield phrases.say(
                said,
                title=title_of(theirs.policy, phrases.language),
                locator=locators.written(theirs.locator, phrases.language),
            )


def nation_speaks_of_it(hits: Sequence[Hit], nation: Sequence[Hit], enough: float, inquiry: Inquiry) -> bool:
    """Return whether the subject of a question for a place stands in the nation's best clause and not in the place's own.

    A place's own texts come first, even one that is about something else; then the nation's rule is the answer.
    Not for English: a local text held in Chinese only is farther from it than any translation.
    """
    theirs = next((hit for hit in nation if _binds(hit)), None)
    if not hits or theirs is None or theirs.score < enough or inquiry.language == "en":
        return False
    if hits[0].policy.metadata.jurisdiction in (None, places.NATION):
        return False
    own = [h for h in hits[:FIRST] if h.policy.metadata.jurisdiction not in (None, places.NATION)]
    return all(
        _figure(theirs, "late_subject") - _figure(hit, "late_subject") >= NEARER
        and _figure(theirs, "coverage") - _figure(hit, "coverage") >= FULLER
        for hit in own
    )


def _figure(hit: Hit, name: str) -> float:
    return hit.features[FEATURES.index(name)]


def lacks_what_is_asked(passages: Sequence[Passage], nation: Sequence[Hit], enough: float, inquiry: Inquiry) -> bool:
    """Return whether conditions, papers or steps are asked for in a place whose own clauses give none, but the nation's do.

    A city that only says how many firms it wants leaves the conditions to the nation.
    """
    wanted = _GIVEN_BY_THE_NATION.intersection(inquiry.kinds)
    best = next((hit for hit in nation if _binds(hit)), None)
    if not wanted or not passages or best is None or best.score < enough:
        return False
    return not any(p.policy.metadata.jurisdiction == places.NATION or gives_what_is_asked(p, inquiry) for p in passages)


def gives_what_is_asked(passage: Passage, inquiry: Inquiry) -> bool:
    """Return whether a clause is of a kind that is asked for: conditions, papers or steps."""
    wanted = _GIVEN_BY_THE_NATION.intersection(inquiry.kinds)
    return any(wanted.intersection(p.kinds) for p in passage.provisions)


def _is_of(policy: Policy, place: str) -> bool:
    """Whether a policy is the place's own or that of a part of it."""
    return place in places.chain(policy.metadata.jurisdiction or places.NATION)


def _binds(hit: Hit) -> bool:
    """Whether a clause is a rule of the nation: not what a paper found, nor how a digest of one says a place goes about it."""
    return hit.in_force is not False and hit.policy.metadata.tier is not Tier.PAPER and not tells_a_practice(hit)


def tells_a_practice(hit: Hit) -> bool:
    """Return whether a digest of the nation's rule tells here how one place goes about it."""
    return "/practice" in hit.address


def _differ(some: set[tuple[str, str]], others: set[tuple[str, str]]) -> bool:
    """Whether what both measure in the same unit is not the same."""
    units = {unit for _, unit in some} & {unit for _, unit in others}
    return any({f for f in some if f[1] == unit} != {f for f in others if f[1] == unit} for unit in units)


def _figures(texts: Iterable[str]) -> set[tuple[str, str]]:
    return {match for text in texts for match in _FIGURE.findall(normalise(text))}
