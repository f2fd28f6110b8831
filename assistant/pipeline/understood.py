"""What was understood of a message: shown with the answer, and what it lacks told as notices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.answer.notices import place_name, title_of
from assistant.models import NamedDocument, NamedPlace, Status, Understood
from assistant.prompts import Phrases
from assistant.retrieve import Named, Scope
from assistant.structure import places
from assistant.text.normal import title_key
from assistant.understand import CARRIED, NAMED, Inquiry, cues, where

Asked = tuple[Inquiry, Named]


def understood(asked: Sequence[Asked], scope: Scope) -> Understood:
    """Return what was understood of the questions of one message, as a value to show."""
    first = asked[0][0]
    code = first.jurisdiction
    return Understood(
        questions=tuple(inquiry.text for inquiry, _ in asked),
        language=first.language,
        kinds=tuple(dict.fromkeys(kind for inquiry, _ in asked for kind in inquiry.kinds)),
        place=NamedPlace(code, place_name(code, first.language), first.place_from or NAMED) if code else None,
        day=first.as_of if first.day_from else None,
        day_from=first.day_from,
        documents=_documents(asked, scope, first.language),
        audience=cues.audience(first.text),
        beside=_beside(first, scope),
        without=tuple(sorted(first.without)),
    )


def told(asked: Sequence[Asked], scope: Scope, status: Status, phrases: Phrases) -> Iterable[str]:
    """Yield what an answer must say of how it was understood: what was not, what was guessed, what was filtered."""
    inquiry = asked[0][0]
    if inquiry.unsaid_place:
        yield phrases.say("unsaid_place", words=inquiry.unsaid_place)
    if inquiry.several_places:
        found = [p for code in inquiry.several_places if (p := places.place(code))]
        listed = "、".join(where.name_of(p, "zh") for p in found)
        yield phrases.say("several_places", name=found[0].name, places=listed)
    if inquiry.unclear_day:
        yield phrases.say("unclear_day", words=inquiry.unclear_day, day=inquiry.as_of.isoformat())
    for _, named in asked:
        for written, id_ in named.taken:
            yield phrases.say("taken", written=written, title=title_of(scope.policies[id_], phrases.language))
        for written, ids in named.offered:
            yield phrases.say("did_you_mean", written=written, titles=_listed(ids, scope, phrases))
    if inquiry.day_from and status is Status.NOT_FOUND:
        yield phrases.say("only_in_force", day=inquiry.as_of.isoformat())


def _beside(inquiry: Inquiry, scope: Scope) -> tuple[NamedPlace, ...]:
    """The places that stand in a question beside the one it is asked for."""
    here = where.find(inquiry.text, scope.unlisted)
    if not here.joined or inquiry.place_from not in (NAMED, CARRIED):
        return ()
    others = (p for p in here.apart if p.code != inquiry.jurisdiction)
    return tuple(NamedPlace(p.code, place_name(p.code, inquiry.language), NAMED) for p in others)


def _listed(ids: Sequence[str], scope: Scope, phrases: Phrases) -> str:
    titles = dict.fromkeys(title_of(scope.policies[id_], phrases.language) for id_ in ids)
    return "、".join(f"《{t}》" for t in titles) if phrases.language == "zh" else " or ".join(f"“{t}”" for t in titles)


def _documents(asked: Sequence[Asked], scope: Scope, language: str) -> tuple[NamedDocument, ...]:
    """The documents that are meant, one of each title: versions and an original beside its digest are one."""
    found: dict[str, NamedDocument] = {}
    for _, named in asked:
        for id_ in sorted(named.policies):
            policy = scope.policies[id_]
            key = title_key(policy.metadata.title or id_)
            origin = CARRIED if id_ in named.carried else NAMED
            found.setdefault(key, NamedDocument(id_, title_of(policy, language), origin))
    return tuple(found.values())
