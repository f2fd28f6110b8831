"""What a reader must know besides the statements: validity, place, whose words these are, and how they were read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from assistant.answer.passages import Passage
from assistant.answer.succession import successors
from assistant.models import Policy, Tier, Wording
from assistant.prompts import Phrases
from assistant.retrieve import Hit, Scope
from assistant.structure import places
from assistant.understand import Inquiry
from assistant.validity import is_before

_RULES = frozenset({Tier.LAW, Tier.REGULATION, Tier.NORMATIVE, Tier.NOTICE})  # what has to be in force to bind


def for_passages(
    passages: Sequence[Passage],
    inquiry: Inquiry,
    scope: Scope,
    phrases: Phrases,
    told: Collection[str] = frozenset(),
) -> tuple[str, ...]:
    """Return the notices an answer made of these passages needs, each once.

    `told` are the policies whose validity is told at length elsewhere.
    """
    return tuple(dict.fromkeys(_for_passages(passages, inquiry, scope, phrases, told)))


def for_refusal(related: Sequence[Hit], inquiry: Inquiry, phrases: Phrases) -> tuple[str, ...]:
    """Return the notices of a refusal: what was not in force on the day, and to which place the search was limited."""
    told = [
        _not_in_force(hit.policy, is_before(hit.policy, inquiry.as_of), inquiry, phrases)
        for hit in related
        if hit.in_force is False
    ]
    place = places.place(inquiry.jurisdiction) if inquiry.jurisdiction else None
    if place:
        told.append(phrases.say("notice_place", place=place_name(place.code, phrases.language)))
    return tuple(dict.fromkeys(told))


def _for_passages(
    passages: Sequence[Passage], inquiry: Inquiry, scope: Scope, phrases: Phrases, told: Collection[str]
) -> Iterable[str]:
    for passage in passages:
        title = title_of(passage.policy, phrases.language)
        if passage.policy.id in told:
            pass
        elif passage.in_force is False:
            own = passage.provisions[0].effective
            early = inquiry.as_of < own if own else is_before(passage.policy, inquiry.as_of)
            yield _not_in_force(passage.policy, early, inquiry, phrases)
            for later in () if early else successors(passage.policy.id, scope):
                yield phrases.say(
                    "notice_replaced", title=title, later=version_of(later, passage.policy, scope, phrases)
                )
        elif passage.in_force is None and _may_have_ended(passage.policy):
            yield phrases.say("notice_unknown_validity", title=title)
        local = passage.policy.metadata.jurisdiction
        if local and local not in (places.NATION, *places.chain(inquiry.jurisdiction or places.NATION)):
            yield phrases.say("notice_local", title=title, place=place_name(local, phrases.language))
        if any(provision.confidence is not None for provision in passage.provisions):
            yield phrases.say("notice_recognised", title=title)
    if any(p.policy.metadata.tier is Tier.PAPER for p in passages):
        yield phrases.say("notice_paper")
    if any(p.policy.wording is Wording.DIGEST and p.policy.metadata.tier is not Tier.PAPER for p in passages):
        yield phrases.say("notice_digest")
    if any(provision.basis == "memory" for p in passages for provision in p.provisions):
        yield phrases.say("notice_memory")


def _may_have_ended(policy: Policy) -> bool:
    """Whether an editor could not tell if it holds, or nobody judged a rule that gives no dates."""
    return policy.status == "unknown" or (policy.status is None and policy.metadata.tier in _RULES)


def _not_in_force(policy: Policy, early: bool, inquiry: Inquiry, phrases: Phrases) -> str:
    key = "notice_not_yet" if early else "notice_expired"
    return phrases.say(key, title=title_of(policy, phrases.language), day=inquiry.as_of.isoformat())


def place_name(code: str, language: str) -> str:
    """Return a place's name in a language; the code itself where it is not known."""
    place = places.place(code)
    if place is None:
        return {"zh": "全国", "en": "China"}[language] if code == places.NATION else code
    return place.english[0] if language == "en" and place.english else place.name


def version_of(policy: Policy, other: Policy, scope: Scope, phrases: Phrases) -> str:
    """Return what a policy is called beside another one: with the day it took effect where both have one title."""
    title, start = title_of(policy, phrases.language), scope.spans[policy.id].start
    if title != title_of(other, phrases.language) or start is None:
        return title
    return phrases.say("version", title=title, day=start.isoformat())


def title_of(policy: Policy, language: str) -> str:
    """Return what a policy is called in a language."""
    return (policy.metadata.title_en if language == "en" else None) or policy.metadata.title or policy.source
