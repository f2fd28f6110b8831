"""From the words of a question to what is asked, about what, where and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from assistant import references
from assistant.models import Kind
from assistant.references import Reference
from assistant.structure.places import NATION, Place
from assistant.text import language, normalise, simplified
from assistant.understand import conversation, cues, days, units, where, writing
from assistant.understand.evidence import Subject, subjects
from assistant.understand.glossary import Glossary
from assistant.understand.messages import LONGEST, MOST, check, parts

__all__ = ["CARRIED", "FILTERS", "GIVEN", "LONGEST", "MOST", "NAMED", "Inquiry", "check", "parts", "understand"]

FILTERS = ("place", "day", "document", "kind")  # what was understood and can be left out again

NAMED, CARRIED, GIVEN = "named", "carried", "given"  # in the question, in one before it, by the caller


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question as understood."""

    question: str  # as asked
    text: str  # standing alone: what is searched with
    language: str  # zh | en
    kinds: tuple[Kind, ...]
    wants_amount: bool
    wants_list: bool
    subjects: tuple[Subject, ...]
    references: tuple[Reference, ...]  # clauses, 文号 and titles named outright
    jurisdiction: str | None  # GB/T 2260 code of the place asked for
    as_of: dt.date
    day_named: bool  # the day was given, not taken to be today
    place_from: str | None = None  # named | carried | given
    day_from: str | None = None  # named | carried | given
    follows: bool = False  # it was made whole from earlier questions
    strays: bool = False  # nothing but its place in the conversation ties it to them
    varies: bool = False  # and asks what an earlier one asked, of another place, day, clause or document
    wants_own: bool = False  # of the place nothing but its own rules will do
    unsaid_place: str | None = None  # 我市: a place that only the asker knows
    several_places: tuple[str, ...] = ()  # codes of those that share the one name given: 鼓楼区
    unclear_day: str | None = None  # 疫情前: a time that no day can be told from
    carried_to: int = 0  # how many characters of the normalised text are from earlier questions
    without: frozenset[str] = frozenset()  # of FILTERS, what the asker wants left out

    @property
    def own(self) -> str:
        """What the question itself says of a subject, normalised; the whole text where it brings none of its own."""
        return normalise(self.text)[self.carried_to :]

    @property
    def asks_figure(self) -> bool:
        """Whether a figure is asked for, of an amount or of another sort."""
        return self.wants_amount or units.asks_figure(self.question)


def understand(
    question: str,
    *,
    glossary: Glossary,
    idf: Callable[[str], float],
    today: dt.date,
    history: Sequence[str] = (),
    as_of: dt.date | None = None,
    jurisdiction: str | None = None,
    without: Collection[str] = (),
    unlisted: Sequence[Place] = (),
) -> Inquiry:
    """Return what a question asks, made whole from the questions before it, leaving out what `without` names.

    `unlisted` are the places that no table knows and that documents are held of.
    """
    question, history = writing.written(simplified(question)), [writing.written(simplified(q)) for q in history]
    thread = conversation.follow(conversation.thread(history, today, unlisted), question, today, unlisted)
    text = thread.text
    here = where.find(question, unlisted)
    place, place_from = _place(thread, jurisdiction)
    day, day_from = _day(thread, as_of, today)
    if "place" in without:
        text = where.without(where.without_nation(text), where.find(text, unlisted).places).lstrip("的， ")
        place, place_from = None, None
    if "day" in without:
        text, day, day_from = days.without(text, today), None, None
    named = () if "document" in without else references.find(text)
    return Inquiry(
        question=question,
        text=text,
        language=language(question),
        kinds=() if "kind" in without else cues.kinds(thread.asks) or cues.kinds(text),
        wants_amount=bool(cues.AMOUNT.search(thread.asks)),
        wants_list=bool(cues.LIST.search(thread.asks)),
        subjects=subjects(_without_numbers(text, named), glossary, idf),
        references=named,
        jurisdiction=place,
        as_of=day or today,
        day_named=day is not None,
        place_from=place_from,
        day_from=day_from,
        follows=thread.leans,
        strays=thread.strays,
        varies=thread.varies,
        wants_own=place not in (None, NATION) and where.wants_own(question),
        unsaid_place=here.unsaid if place is None else None,
        several_places=tuple(p.code for p in here.several) if place is None else (),
        unclear_day=days.unclear(question) if day is None else None,
        carried_to=_carried_to(text, thread.own),
        without=frozenset(without),
    )


def _carried_to(text: str, own: str) -> int:
    whole, last = normalise(text), normalise(own)
    return len(whole) - len(last) if last and whole.endswith(last) else 0


def _place(thread: conversation.Thread, given: str | None) -> tuple[str | None, str | None]:
    if given:
        return given, GIVEN
    if thread.place:
        return thread.place.code, CARRIED if thread.place_carried else NAMED
    return (NATION, NAMED) if thread.nation else (None, None)


def _day(thread: conversation.Thread, given: dt.date | None, today: dt.date) -> tuple[dt.date | None, str | None]:
    """The day asked for; 现在 is no other day than the one taken without it."""
    if given:
        return given, GIVEN
    if thread.day and thread.day != today:
        return thread.day, CARRIED if thread.day_carried else NAMED
    return None, None


def _without_numbers(text: str, named: Sequence[Reference]) -> str:
    """Blank out the 文号 in a text: it says which document is meant, and its clauses do not repeat it."""
    for reference in named:
        if reference.doc_number:
            blank = " " * (reference.end - reference.start)
            text = text[: reference.start] + blank + text[reference.end :]
    return text
