"""What a question sets side by side: two places, a place and the nation, two editions, two documents, two things.

Each side is a question of its own over texts of its own: otherwise the side that is worded more like the question
takes all the places of the answer, and a comparison with one side is none.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from assistant.models import Policy
from assistant.retrieve import versions
from assistant.retrieve.named import Named, Scope
from assistant.structure import places
from assistant.structure.places import NATION
from assistant.text.normal import normalise, title_key
from assistant.understand import GIVEN, Inquiry, cues, where
from assistant.understand.glossary import Glossary

MOST = 4  # sides of one comparison

_EACH = re.compile(
    r"各(是|要|有|归|需|给|收|占|定|为|自)|分别|哪(个|边|里|地|家)更|谁更|差在哪|差多少|差几|差别|一样吗|是一回事|一致吗|同样吗"
    r"|\b(respectively|each|which (?:is|one|has|sets)\b.*\b\w+er\b|both)\b",
    re.IGNORECASE,
)
_NATION = re.compile(
    r"全国|国家(?!级|的?名单|库)|中央|国务院|\b(nationwide|national(?:ly)?|the state|the nation|china as a whole)\b",
    re.IGNORECASE,
)
_EDITION = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s*年?\s*(?:的?那?[部个]?(?:版|办法|规定|法|条例|通知|意见)|\b(?:edition|version|rules|law)\b)",
    re.IGNORECASE,
)
# That it is a comparison is no part of what each side is asked.
_APART = re.compile(
    r"(?:之间)?(?:都)?有?(?:什么|哪些|啥|何)?(?:的?区别|的?差别|的?差异|不同|不一样)(?:之处|的地方)?(?:是什么|有哪些|在哪里?|吗)?"
    r"|\b(?:what is|what are|is there) (?:the|a|any) differences? (?:between|in)\b",
    re.IGNORECASE,
)
_JOINED = re.compile(r"^[”》」\"]?\s*(?:和|与|跟|同|及|、|vs\.?|versus|and|or|还是|或者?)\s*[“《「\"]?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison."""

    label: str  # as the question calls it
    text: str  # the question asked of this side alone
    within: frozenset[str] | None  # policies it is asked of; None: all
    jurisdiction: str | None


def sides(inquiry: Inquiry, named: Named, scope: Scope, glossary: Glossary) -> tuple[Side, ...]:
    """Return the sides a question compares, in its order; empty when it asks for one thing."""
    text = inquiry.text
    if versions.CHANGE.search(text) and (changed := _of_versions(inquiry, scope)):
        return changed
    if not (cues.COMPARISON.search(text) or _EACH.search(text)):
        return _of_joined_places(inquiry, scope)
    found = (
        _of_places(inquiry, scope)
        or _of_versions(inquiry, scope)
        or _of_documents(inquiry, named, scope)
        or _of_editions(inquiry, scope)
        or _of_things(inquiry, glossary)
    )
    return found[:MOST] if len(found) > 1 else ()


def nation_beside(inquiry: Inquiry, scope: Scope) -> Side | None:
    """Return what a question for one place asks of the nation's texts; None where it is for no place below the nation."""
    if inquiry.jurisdiction in (None, NATION):
        return None
    words = [
        word
        for place in where.find(inquiry.text, scope.unlisted).places
        for word in (place.name, place.short, *place.english)
    ]
    return Side("", _without(inquiry.text, words), _issued_for(NATION, scope), None)


def _issued_for(code: str, scope: Scope) -> frozenset[str]:
    return frozenset(p.id for p in scope.policies.values() if (p.metadata.jurisdiction or NATION) == code)


def _holding_in(code: str, sides: Collection[str], scope: Scope) -> frozenset[str]:
    """The rules of a place, and of the province around it unless that is a side itself.

    A province's measures may tell what its cities pay.
    """
    around = {c for c in places.chain(code) if c == code or c not in (NATION, *sides)}
    return frozenset(p.id for p in scope.policies.values() if p.metadata.jurisdiction in around)


def _of_places(inquiry: Inquiry, scope: Scope) -> tuple[Side, ...]:
    """Two places, or one and the nation: each answers from its own texts."""
    text = inquiry.text
    here = where.find(text, scope.unlisted).places
    nation = _NATION.search(text)
    names = {place.code: place.name for place in here}
    if nation:
        names[NATION] = nation[0]
    if len(names) < 2:
        return ()
    words = [word for place in here for word in where.names_of(place)]
    rest = _without(_APART.sub("", text), [*words, *([nation[0]] if nation else [])])
    return tuple(
        Side(
            label,
            rest if code == NATION else f"{label}{rest}",
            _issued_for(code, scope) if code == NATION else _holding_in(code, names, scope),
            None if code == NATION else code,
        )
        for code, label in names.items()
    )


def _of_joined_places(inquiry: Inquiry, scope: Scope) -> tuple[Side, ...]:
    """Places named side by side: what is asked of 宁波和深圳 is asked of each, as one filter would leave one of them out."""
    here = where.find(inquiry.text, scope.unlisted)
    if not here.joined or len(here.apart) < 2 or "place" in inquiry.without or inquiry.place_from == GIVEN:
        return ()
    codes = [place.code for place in here.apart]
    rest = where.replaced_each(inquiry.text, here.places)
    rest = re.sub(rf"{where.MARK}(?:[^{where.MARK}]{{1,4}}{where.MARK})*", "", rest)
    return tuple(
        Side(place.name, f"{place.name}{rest}", _holding_in(place.code, codes, scope), place.code)
        for place in here.apart[:MOST]
    )


def _of_documents(inquiry: Inquiry, named: Named, scope: Scope) -> tuple[Side, ...]:
    groups: dict[str, set[str]] = defaultdict(set)
    for id_ in sorted(named.policies):
        groups[title_key(scope.policies[id_].metadata.title or id_)].add(id_)
    return tuple(
        Side(scope.policies[min(ids)].metadata.title or key, inquiry.text, frozenset(ids), inquiry.jurisdiction)
        for key, ids in groups.items()
    )


def _of_versions(inquiry: Inquiry, scope: Scope) -> tuple[Side, ...]:
    """Versions of one document, old and new, each asked of its own words without the years: those stand in other clauses."""
    text = versions.with_whole_years(inquiry.text)
    found = versions.versions(text, scope, inquiry.jurisdiction)[-MOST:]
    rest = versions.without(text, found[0].names) if found else ""
    return tuple(
        Side(v.year if inquiry.language == "en" else f"{v.year}年", rest, v.ids, inquiry.jurisdiction) for v in found
    )


def _of_editions(inquiry: Inquiry, scope: Scope) -> tuple[Side, ...]:
    """Years that documents are called by: 2016年版和2021年版."""
    years = dict.fromkeys(match["year"] for match in _EDITION.finditer(inquiry.text))
    found = []
    for year in years:
        ids = frozenset(p.id for p in scope.policies.values() if year in _years(p))
        others = [other for other in years if other != year]
        if ids:
            found.append(Side(f"{year}年", _without_years(inquiry.text, others), ids, inquiry.jurisdiction))
    return tuple(found)


def _years(policy: Policy) -> set[str]:
    return {str(day.year) for day in (policy.metadata.issued, policy.metadata.effective) if day}


def _of_things(inquiry: Inquiry, glossary: Glossary) -> tuple[Side, ...]:
    """Two terms joined by a word: 现代学徒制和企业新型学徒制."""
    text = normalise(inquiry.text)
    terms = glossary.find(text)
    for one, other in itertools.pairwise(terms):
        if _JOINED.match(text[one.end : other.start]):
            pair = (text[one.start : one.end], text[other.start : other.end])
            return tuple(
                Side(thing, _without(text, [rival]), None, inquiry.jurisdiction) for thing, rival in (pair, pair[::-1])
            )
    return ()


def _without(text: str, words: Iterable[str]) -> str:
    for word in sorted(words, key=len, reverse=True):
        text = re.sub(re.escape(word), "", text, flags=re.IGNORECASE)
    return re.sub(r"^(?:[\s，,、和与跟的“”《》]|\b(?:and|or|in|of|between)\b)+", "", text, flags=re.IGNORECASE)


def _without_years(text: str, years: Iterable[str]) -> str:
    for year in years:
        text = re.sub(rf"{year}\s*年?的?版?[和与跟、]?", "", text)
    return text
