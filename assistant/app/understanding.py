"""How a question was understood, in words: what the page shows above an answer and the command line on request."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answer.notices import place_name
from assistant.models import Answer, NamedDocument, Understood
from assistant.prompts import Phrases, phrases


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that was understood and can be left out when the question is asked again."""

    filter: str  # place | day | document | kind
    text: str
    remove: str  # what leaving it out is called


def chips(understood: Understood, language: str) -> tuple[Chip, ...]:
    """Return what narrows an answer, in a language: place, day, document and what is asked for."""
    say = phrases("understood", language)
    found: list[tuple[str, str]] = []
    if understood.place:
        found.append(
            (
                "place",
                say.say("place", name=_places(understood, language)) + _origin(understood.place.origin, say),
            )
        )
    if understood.day:
        found.append(("day", say.say("day", day=understood.day.isoformat()) + _origin(understood.day_from, say)))
    if understood.documents:
        titles = say.say("document", titles=_titles(understood.documents, language))
        found.append(("document", titles + _origin(understood.documents[0].origin, say)))
    if understood.kinds:
        named = (say.say(f"kind_{kind.value}") for kind in understood.kinds)
        found.append(("kind", say.say("kind", kinds=("、" if language == "zh" else ", ").join(named))))
    return tuple(Chip(name, text, say.say("remove", chip=text)) for name, text in found)


def whole(understood: Understood, asked: str, language: str) -> str:
    """Return as what question a follow-up was understood; "" where it was asked in these words."""
    text = " ".join(understood.questions)
    if len(understood.questions) > 1 or text == asked:
        return ""
    return phrases("understood", language).say("question", text=text)


def lines(answer: Answer) -> tuple[str, ...]:
    """Return how the question of an answer was understood, a line each, in the language of the answer."""
    if answer.understood is None:
        return ()
    asked = whole(answer.understood, answer.question, answer.language)
    found = chips(answer.understood, answer.language)
    return (*([asked] if asked else []), *(chip.text for chip in found))


def _places(understood: Understood, language: str) -> str:
    here = [place for place in (understood.place, *understood.beside) if place]
    return ("、" if language == "zh" else ", ").join(place_name(place.code, language) for place in here)


def _titles(documents: tuple[NamedDocument, ...], language: str) -> str:
    return "、".join(f"《{d.title}》" for d in documents) if language == "zh" else ", ".join(d.title for d in documents)


def _origin(origin: str | None, say: Phrases) -> str:
    return say.say(origin) if origin in ("carried", "given") else ""
