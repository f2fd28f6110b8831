"""What can be asked next: lay questions of clauses that stand beside the cited ones and hold on the same day and place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from assistant.models import Answer, Kind, Policy, Provision, Tier
from assistant.structure import places
from assistant.text import language
from assistant.text.normal import squeeze
from assistant.validity import Span, in_force

MOST = 3
LONGEST = {"zh": 40, "en": 110}  # characters: longer ones do not read as a question to press
ALIKE = 0.5  # share of common letter pairs from which two questions are the same one put differently
# Who has the conditions wants to know next what there is to gain, and how to go about it.
_NEXT = (Kind.BENEFIT, Kind.CONDITION, Kind.PROCEDURE, Kind.MATERIAL, Kind.DEADLINE, Kind.OBLIGATION, Kind.SANCTION)


def suggestions(
    answer: Answer,
    held: Iterable[Policy],
    spans: Mapping[str, Span],
    originals: Mapping[str, str],
    asked: Sequence[str],
) -> tuple[str, ...]:
    """Return up to MOST questions that a clause of the policies in `held` answers, in the answer's language.

    None is one of those `asked` already. Beside an answer they are of clauses it does not cite; beside a refusal, of
    those that come near. `originals` names for a digest the original of the same text.
    """
    near = {_place(c.address, originals) for c in (answer.citations if answer.statements else answer.related)}
    fitting = [
        provision
        for policy in held
        if _fits(policy, answer)
        for provision in policy.provisions
        if provision.asks
        and _touches(_place(provision.address, originals), near) != bool(answer.statements)
        and in_force(spans[policy.id], provision, answer.as_of)
    ]
    told = {statement.kind for statement in answer.statements}
    rank = {kind: place for place, kind in enumerate(_NEXT)}

    def order(provision: Provision) -> tuple[bool, int]:
        kind = next(iter(provision.kinds), None)
        return kind in told, rank.get(kind, len(rank)) if kind else len(rank)

    chosen: list[str] = []
    kinds: list[Kind | None] = []
    for again in (False, True):  # one of each kind first
        for provision in sorted(fitting, key=order):
            kind = next(iter(provision.kinds), None)
            ask = next(_asks(provision, answer.language, (*asked, *chosen)), None)
            if ask and len(chosen) < MOST and (again or kind not in kinds):
                chosen.append(ask)
                kinds.append(kind)
    return tuple(chosen)


def _fits(policy: Policy, answer: Answer) -> bool:
    """Whether a policy's rules hold where the question was asked for; what a paper found is no rule anywhere.

    A local rule that comes near a question without a place would not answer the next one without a place either.
    """
    if policy.metadata.tier is Tier.PAPER:
        return False
    place = policy.metadata.jurisdiction or places.NATION
    if answer.jurisdiction is None:
        return place == places.NATION or bool(answer.statements)
    return place in places.chain(answer.jurisdiction)


def _place(address: str, originals: Mapping[str, str]) -> str:
    """An address by which a clause of a digest and the same clause of the original are one."""
    policy, _, place = address.partition("/")
    return f"{originals.get(policy, policy)}/{place}"


def _touches(place: str, others: Iterable[str]) -> bool:
    return any(place == o or place.startswith(f"{o}/") or o.startswith(f"{place}/") for o in others)


def _asks(provision: Provision, wanted: str, asked: Iterable[str]) -> Iterator[str]:
    """The questions of a clause that are in the wanted language, short, and not asked yet."""
    known = [_pairs(question) for question in asked]
    for ask in provision.asks:
        fits = language(ask) == wanted and len(ask) <= LONGEST[wanted]
        if fits and all(_alike(_pairs(ask), other) < ALIKE for other in known):
            yield ask


@lru_cache(maxsize=2_048)  # the lay questions of a policy's clauses come up with every question about it
def _pairs(text: str) -> frozenset[tuple[str, str]]:
    return frozenset(pairwise(squeeze(text)))


def _alike(one: frozenset[tuple[str, str]], other: frozenset[tuple[str, str]]) -> float:
    return len(one & other) / (len(one | other) or 1)
