"""From a question to an answer: understand, retrieve, compose, verify."""

from __future__ import annotations

import datetime as dt
import time
import weakref
from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant import rerankers
from assistant.answer import Part, answer
from assistant.answer.select import choose
from assistant.config import RetrievalSettings, Settings
from assistant.index import Index
from assistant.models import Answer
from assistant.pipeline.eligibility import with_verdicts
from assistant.pipeline.understood import Asked, told
from assistant.pipeline.understood import understood as as_understood
from assistant.prompts import phrases
from assistant.retrieve import Hit, Named, Scope, Side, day_before, idf, nation_beside, resolve, sides
from assistant.retrieve import search as rank
from assistant.retrieve.ranker import rank_by_words
from assistant.structure import places
from assistant.understand import MOST, NAMED, Inquiry, check, days, glossary, parts, understand

# Probability below which a question that only its place in a conversation ties to it is taken for one by itself: of 24
# pieces of small talk 21 lie below, and none of 11 follow-ups of the kind.
STRAY = 0.09

NATION_DEPTH = 20  # clauses of the nation compared with a question for one place

_scopes: weakref.WeakKeyDictionary[Index, tuple[int, Scope]] = weakref.WeakKeyDictionary()


def ask(
    question: str,
    index: Index,
    settings: Settings,
    *,
    history: Sequence[str] = (),
    as_of: dt.date | None = None,
    jurisdiction: str | None = None,
    cited: Sequence[str] = (),
    without: Collection[str] = (),
    written: Sequence[str] = (),
) -> Answer:
    """Answer from the indexed policies, citing clauses; say so when they do not cover it.

    `cited` are the policies that the answer before this question rests on; without them they are looked up again.
    `without` names what was understood and is to be left out: place, day, document, kind.
    `written` are the messages in the asker's own words, where `question` is not: facts are taken from nothing else.
    """
    started = time.perf_counter()
    scope = scope_of(index)
    found: list[Part] = []
    asked: list[Asked] = []
    questions = parts(check(question))
    for part in questions[:MOST]:
        inquiry, named = _inquire(
            part, index, settings, history=history, as_of=as_of, jurisdiction=jurisdiction, cited=cited, without=without
        )
        asked.append((inquiry, named))
        compared = sides(inquiry, named, scope, glossary.bundled())
        if not compared:
            hits = _ranked(inquiry, named, scope, index, settings.retrieval)
            beside = nation_beside(inquiry, scope)
            nation = _of_side(beside, inquiry, index, _briefly(settings)).hits if beside else ()
            found.append(Part(inquiry, named, hits, nation=nation))
        found.extend(_of_side(side, inquiry, index, settings) for side in compared)
    language = found[0].inquiry.language
    result = answer(found, index, scope, phrases("answer", language))
    notices = [*told(asked, scope, result.status, phrases("understood", language)), *result.notices]
    if len(questions) > MOST:
        rest = " ".join(questions[MOST:])
        notices.insert(0, phrases("understood", language).say("only_first", most=MOST, rest=rest))
    if index.pending():
        notices.append(phrases("answer", language).say("notice_vectors_pending"))
    result = replace(
        result,
        question=question.strip(),
        notices=tuple(dict.fromkeys(notices)),
        understood=as_understood(asked, scope),
    )
    result = with_verdicts(result, written or (*history, question), scope, as_of)
    return replace(result, latency_ms=1000 * (time.perf_counter() - started))


def _inquire(
    question: str,
    index: Index,
    settings: Settings,
    *,
    history: Sequence[str],
    as_of: dt.date | None,
    jurisdiction: str | None,
    cited: Sequence[str],
    without: Collection[str],
) -> Asked:
    """Return a question as understood, and what it names of what is held."""
    scope = scope_of(index)
    inquiry = understood(question, index, history=history, as_of=as_of, jurisdiction=jurisdiction, without=without)
    if inquiry.strays:
        alone = understood(question, index, as_of=as_of, jurisdiction=jurisdiction, without=without)
        nearest = _ranked(alone, resolve(alone, index, scope), scope, index, settings.retrieval)[:1]
        if not nearest or nearest[0].score < STRAY:
            inquiry = alone  # small talk is not made a question of the field by what was asked before it
    spoken_of = _spoken_of(inquiry, history, cited, index, settings)
    named = resolve(inquiry, index, scope, spoken_of)
    before = day_before(inquiry, named, scope)
    if before is None:
        return inquiry, named
    older = understood(
        days.of_older(question), index, history=history, as_of=before, jurisdiction=jurisdiction, without=without
    )
    inquiry = replace(older, question=inquiry.question, day_from=NAMED)
    return inquiry, resolve(inquiry, index, scope, spoken_of)


def _spoken_of(
    inquiry: Inquiry, history: Sequence[str], cited: Sequence[str], index: Index, settings: Settings
) -> Sequence[str]:
    """The policies that a follow-up speaks of without naming them: those that the answer before it rests on.

    For another place other policies hold.
    """
    if not inquiry.follows or inquiry.place_from == NAMED:
        return ()
    if cited or not history:
        return cited
    scope = scope_of(index)
    before = understood(history[-1], index, history=history[:-1], jurisdiction=inquiry.jurisdiction)
    named = resolve(before, index, scope)
    hits = _ranked(before, named, scope, index, settings.retrieval)
    return tuple(dict.fromkeys(passage.policy.id for passage in choose(before, named, hits, index)))


def _briefly(settings: Settings) -> Settings:
    """For what the nation says beside a place's own rules, of which the first few clauses are looked at."""
    depth = min(settings.retrieval.rerank_depth, NATION_DEPTH)
    return settings.model_copy(update={"retrieval": settings.retrieval.model_copy(update={"rerank_depth": depth})})


def _of_side(side: Side, whole: Inquiry, index: Index, settings: Settings) -> Part:
    """Return what answers one side of a comparison, searched in that side's own texts."""
    scope = scope_of(index)
    alone = understood(side.text, index, as_of=whole.as_of, jurisdiction=side.jurisdiction)
    inquiry = replace(
        alone,
        question=whole.question,
        language=whole.language,
        day_named=whole.day_named,
        jurisdiction=side.jurisdiction,
    )
    named = resolve(inquiry, index, scope)
    hits = _ranked(inquiry, named, scope, index, settings.retrieval, side.within)
    return Part(inquiry, named, hits, side.label)


def ranked(
    index: Index,
    settings: Settings,
    turns: Sequence[str],
    *,
    as_of: dt.date | None = None,
    jurisdiction: str | None = None,
) -> list[Hit]:
    """Return the ranking that an answer to the last of these questions would be made from."""
    scope = scope_of(index)
    inquiry = understood(turns[-1], index, history=turns[:-1], as_of=as_of, jurisdiction=jurisdiction)
    return _ranked(inquiry, resolve(inquiry, index, scope), scope, index, settings.retrieval)


def search(text: str, index: Index, settings: Settings, *, k: int) -> list[Hit]:
    """Rank the clauses held against a text; nothing is left out for its place or its day."""
    scope = scope_of(index)
    inquiry = replace(understood(check(text), index), jurisdiction=None)
    return rank(
        inquiry,
        resolve(inquiry, index, scope),
        index,
        scope,
        settings.retrieval,
        k=k,
        order=rank_by_words,
        reranker=rerankers.chosen(settings.retrieval),
    )


def understood(
    question: str,
    index: Index,
    *,
    history: Sequence[str] = (),
    as_of: dt.date | None = None,
    jurisdiction: str | None = None,
    without: Collection[str] = (),
) -> Inquiry:
    """Return what a question asks for, in the light of the earlier ones and of what the index holds."""
    inquiry = understand(
        question,
        glossary=glossary.bundled(),
        idf=lambda term: idf(index, term),
        today=dt.date.today(),
        history=history,
        as_of=as_of,
        jurisdiction=jurisdiction,
        without=without,
        unlisted=scope_of(index).unlisted,
    )
    return _without_stray_district(inquiry, scope_of(index))


def _without_stray_district(inquiry: Inquiry, scope: Scope) -> Inquiry:
    """Take no place from a district's name alone where nothing is held of the city and province it would lie in.

    Many districts share a name, and a table of a text that says not where it is from may have one of the same name.
    """
    code = inquiry.jurisdiction
    if code is None or inquiry.place_from != NAMED or not (place := places.place(code)) or not place.is_county:
        return inquiry
    around = {c for c in places.chain(code) if c != places.NATION}
    if any(policy.metadata.jurisdiction in around for policy in scope.policies.values()):
        return inquiry
    return replace(inquiry, jurisdiction=None, place_from=None)


def _ranked(
    inquiry: Inquiry,
    named: Named,
    scope: Scope,
    index: Index,
    settings: RetrievalSettings,
    within: frozenset[str] | None = None,
) -> list[Hit]:
    """The candidates an answer is chosen from; as many as are compared with the question, and no more."""
    reranker = rerankers.chosen(settings)
    return rank(inquiry, named, index, scope, settings, k=settings.rerank_depth, reranker=reranker, within=within)


def scope_of(index: Index) -> Scope:
    """Return what the index holds, gathered anew only when something has changed."""
    generation = index.generation
    known = _scopes.get(index)
    if known is None or known[0] != generation:
        known = (generation, Scope.of(index.policies()))
        _scopes[index] = known
    return known[1]
