"""Whether a clause can answer a question at all, however near it is: its country and place, the things and figures asked for."""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.answer.figures import figures, measured, supported
from assistant.answer.gaps import IN_WORDS
from assistant.index import Index
from assistant.models import Kind, Level
from assistant.retrieve import Hit
from assistant.structure import places
from assistant.text import bigrams, normalise
from assistant.understand import Inquiry
from assistant.understand.domain import abroad
from assistant.understand.evidence import Haystack, coverage
from assistant.understand.objects import speaks_of_all
from assistant.understand.units import asks_figure, measures

# Told once for all that a document grants or demands.
_TOLD_ONCE = frozenset({Kind.MATERIAL, Kind.PROCEDURE, Kind.SANCTION})
# Asks which clause says a thing, and since when: of 每天10小时是哪条允许的 the figure is to be in it.
_BASIS = re.compile(
    r"哪一?条|哪个条款|第几条|哪[份个]文件|依据是|哪一?年起|\b(?:which|what) (?:clause|article|rule|provision|document)\b",
    re.IGNORECASE,
)
# A benefit called by its figure: the 30% credit, 5000元的补贴.
_BY_FIGURE = re.compile(
    r"[\d.]+\s*(?:[%％]|万?元)(?:以内|比例)?的?(?:抵免|扣除|抵扣|减免|返还|补贴|补助|奖励|优惠)"
    r"|[\d.]+\s*(?:%|percent|per cent|yuan)(?: tax)? (?:credit|deduction|subsid\w+|refund|relief|reward|offset|rate)",
    re.IGNORECASE,
)
_HOW_MUCH = re.compile(r"多少|\bhow (?:much|many)\b", re.IGNORECASE)  # 超了上限行不行 asks for no figure
# A figure with what it is of: 注册资金〈最低多少〉, 给〈几天〉探亲假.
_FIGURE_OF = re.compile(r"(?P<of>(?:最[低高多少大]|至少|不能|不得|超过|低于){1,3})多少|(?:多少|几)个?[天月年]")
_LONG = 3  # characters of a word that is sure to name a thing: 奖 and 正式 need not stand in the clause
_NOTICE = 4_000  # characters: a text that grants one thing, where a law has figures of many
_COUNTED = frozenset({"条", "项", "款", "份", "个"})  # 职教20条 measures nothing


def can_answer(hit: Hit, inquiry: Inquiry, index: Index) -> bool:
    """Return whether a clause speaks of the country, the place, the things and the sort of figure asked for."""
    text = "\n".join((hit.chunk.context, hit.text, hit.chunk.text_en or ""))
    if not all(country in normalise(text) for country in abroad(inquiry.text)):
        return False
    if inquiry.jurisdiction and _is_of_another_place(hit, inquiry.jurisdiction):
        return False
    if inquiry.wants_own and hit.policy.metadata.jurisdiction not in (None, inquiry.jurisdiction):
        return False
    whole = _whole_text(hit, index)
    if _shares_the_place_alone(hit, inquiry, whole):
        return False
    if not speaks_of_all(inquiry.own, f"{text}\n{whole}") and not _belongs_to_what_is_asked(hit, inquiry, index):
        return False
    if not _has_the_figure_it_is_called_by(hit, inquiry, f"{text}\n{whole}", index):
        return False
    if _HOW_MUCH.search(inquiry.question) and not measured(whole) and not IN_WORDS.search(whole):
        return False
    if not _names_what_is_counted(inquiry, f"{text}\n{whole}"):
        return False
    return not asks_figure(inquiry.question) or measures(inquiry.question, whole)


def _has_the_figure_it_is_called_by(hit: Hit, inquiry: Inquiry, text: str, index: Index) -> bool:
    """Whether a clause has the figure whose basis is asked for, or its document that of a benefit called by it.

    A clause that does not have the figure is not where it comes from. Of the 30% credit other clauses of the document
    that grants it say what it is set against.
    """
    claimed, asks = _BASIS.subn("", inquiry.question)
    named = claimed if asks else " ".join(_BY_FIGURE.findall(claimed))
    stated = [figure for figure in measured(named) if figure.unit not in _COUNTED]
    if not stated or supported(stated, figures(text)):
        return True
    document = "\n".join(p.text for p in index.subtree(hit.policy.id))
    return not asks and len(document) <= _NOTICE and supported(stated, figures(document))


def _names_what_is_counted(inquiry: Inquiry, text: str) -> bool:
    """Whether a clause names the thing whose figure is asked for: 注册资金最低多少 is not answered by a clause without it."""
    question, held = normalise(inquiry.text), Haystack(text)
    things = [subject for subject in inquiry.subjects if len(subject.word) >= _LONG]
    return all(
        held.names(thing)
        for match in _FIGURE_OF.finditer(question)
        for thing in things
        if (
            question[: match.start()].endswith(thing.word)
            if match["of"]
            else question[match.end() :].startswith(thing.word)
        )
    )


def _is_of_another_place(hit: Hit, asked: str) -> bool:
    """Whether a clause of a wider document tells what one place does, and that is not the one asked for: 莆田标准."""
    named = f"{hit.locator} {hit.text}" if "/practice/" in hit.address else hit.locator
    whose = [p.code for p in places.find(named)]
    within = asked != places.NATION  # of a province asked for its cities
    return bool(whose) and not any(
        code in places.chain(asked) or (within and asked in places.chain(code)) for code in whose
    )


def _shares_the_place_alone(hit: Hit, inquiry: Inquiry, whole: str) -> bool:
    """Whether a clause of the place asked for has nothing in common with the rest of the question, in word or in term.

    A place has few rules, and each of them is ranked as near for being its own.
    """
    own = hit.policy.metadata.jurisdiction
    if inquiry.language != "zh" or own in (None, places.NATION) or own != inquiry.jurisdiction:
        return False
    question, text = inquiry.text, f"{hit.chunk.context}\n{whole}"
    names = [name for place in places.find(question) for name in (place.name, place.short)]
    for name in names:
        question = question.replace(name, " ")
    things = [thing for thing in inquiry.subjects if thing.word not in names]
    return not set(bigrams(question)) & set(bigrams(text)) and not coverage(things, text)


def _belongs_to_what_is_asked(hit: Hit, inquiry: Inquiry, index: Index) -> bool:
    """Whether a clause gives the papers, steps or penalty asked for, and other clauses of its document say what for."""
    wanted = _TOLD_ONCE.intersection(inquiry.kinds)
    if not wanted or not is_of_kind(hit, wanted, index):
        return False
    return speaks_of_all(inquiry.text, "\n".join(p.text for p in index.subtree(hit.policy.id)))


def _whole_text(hit: Hit, index: Index) -> str:
    unit = unit_of(hit.chunk.addresses[0], index)
    parts = index.subtree(unit) if unit else ()
    return "\n".join((hit.text, hit.chunk.text_en or "", *(p.text for p in parts)))


def unit_of(address: str, index: Index) -> str | None:
    """Return the address of the article, or of the lowest numbered unit of an opinion or a notice, around a provision."""
    steps = address.split("/")
    for length in range(2, len(steps) + 1):
        here = "/".join(steps[:length])
        found = index.subtree(here)
        if found and found[0].level is Level.ARTICLE:
            return here
    return address if index.subtree(address) else None


def is_of_kind(hit: Hit, wanted: Collection[Kind], index: Index) -> bool:
    """Return whether a clause, or a part of it, is of one of these kinds."""
    return not kinds_of_hit(hit, index).isdisjoint(wanted)


def kinds_of_hit(hit: Hit, index: Index) -> set[Kind]:
    """Return the kinds of a clause and its parts."""
    return {kind for address in hit.chunk.addresses for p in index.subtree(address) for kind in p.kinds}
