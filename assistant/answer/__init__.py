"""From ranked clauses to an answer: chosen, widened, arranged and verified; or an honest no."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from assistant.answer import (
    compare,
    compose,
    conflicts,
    gaps,
    levels,
    notices,
    qualifying,
    referred,
    related,
    sanctions,
    short,
    standing,
)
from assistant.answer.documents import documents
from assistant.answer.draft import Draft, markdown, marked, render
from assistant.answer.duties import duties
from assistant.answer.overview import overview
from assistant.answer.particulars import particulars, written
from assistant.answer.passages import Passage
from assistant.answer.refusal import refuse
from assistant.answer.select import ANSWERS, MOST, SURE, choose
from assistant.answer.special import with_special
from assistant.answer.verify import verify
from assistant.index import Index
from assistant.models import Answer, Citation, Kind, Level, Refusal, Statement, Status, Table
from assistant.prompts import Phrases
from assistant.retrieve import Hit, Named, Scope
from assistant.text import bigrams, normalise
from assistant.understand import Inquiry, cues
from assistant.understand.domain import abroad, is_order
from assistant.understand.evidence import coverage
from assistant.understand.particulars import particulars_of
from assistant.understand.surveys import asks_documents, asks_only_difference, asks_overview

__all__ = ["Part", "answer"]

_TAKEN_OVER = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class Part:
    """One question of a message, or one side of a comparison, with the clauses found for it."""

    inquiry: Inquiry
    named: Named
    hits: Sequence[Hit]
    side: str | None = None  # what is compared with the other sides, as the question calls it
    nation: Sequence[Hit] = ()  # for a question for one place: what the nation's texts hold on it

    @property
    def name(self) -> str:
        """What the reader calls this part: a side by its name, a question without what it takes over from the one before."""
        return self.side or self.own

    @property
    def own(self) -> str:
        """The words of the question itself, which stand behind those it takes over."""
        return _TAKEN_OVER.split(self.inquiry.question)[-1]


@dataclass(slots=True)
class _Told:
    """What has been gathered for an answer."""

    draft: Draft = field(default_factory=Draft)
    used: list[Passage] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    particulars: dict[str, dict[str, None]] = field(default_factory=dict)  # sentences of its record, by title
    plain: list[str] = field(default_factory=list)  # notices on validity, place and wording
    missing: list[str] = field(default_factory=list)
    sides: list[compare.Compared] = field(default_factory=list)
    unanswered: list[Part] = field(default_factory=list)
    at_large: bool = True  # documents were told as wholes or by their records: no clause is nearer than another


def answer(parts: Sequence[Part], index: Index, scope: Scope, phrases: Phrases) -> Answer:
    """Answer a question from the clauses found for each of its parts; the parts without an answer are named."""
    told = _Told()
    for part in parts:
        _tell(part, told, index, scope, phrases)
    held = {p.address: p for passage in told.used for p in passage.provisions}
    table = compare.table(told.sides, phrases, told.draft) if told.used and len(told.sides) > 1 else None
    statements, removed = verify(told.draft.statements, told.draft.citations, held)
    if not statements:
        return _refusal(told.unanswered or parts, removed, index, scope, phrases)
    whole = parts[0].inquiry
    asks_verdict = qualifying.asks_verdict(whole)
    if table:
        short_one = compare.differences(table, phrases)
    else:  # of several questions each has its own clauses, and a verdict is not in them
        alone = len(parts) == 1 and not asks_verdict
        short_one = short.lead(told.used, statements, told.draft.citations, whole) if alone else None
    leads, _ = verify([short_one] if short_one else [], told.draft.citations, held)
    lead = next(iter(leads), None)
    if table:
        table = compare.verified(table, told.draft.citations, held, phrases)
    missing = [*(phrases.say("not_found_part", question=p.name) for p in told.unanswered), *told.missing]
    citations = _cited(told.draft.citations, statements, lead, table)
    deciding = qualifying.deciding(told.used, citations, phrases) if asks_verdict else ""
    near = () if told.at_large else _near(parts, told, len(told.draft.citations), index, phrases)
    recorded = (*dict.fromkeys(_told_standing(parts, scope, phrases)), *written(told.particulars, phrases))
    blocks = (
        "\n".join(recorded),
        f"{lead.text}{marked(lead.citations)}" if lead else "",
        markdown(table) if table else "",
        render(told.draft, statements),
        deciding,
        "\n".join(missing),
        "\n".join((phrases.say("related_too"), *related.listed(near, scope, phrases))) if near else "",
    )
    return Answer(
        question=whole.question,
        status=Status.PARTIAL if missing else Status.ANSWERED,
        text="\n\n".join(filter(None, blocks)),
        language=whole.language,
        as_of=whole.as_of,
        jurisdiction=whole.jurisdiction,
        statements=statements,
        citations=citations,
        particulars=recorded,
        notices=_once(
            [
                *told.notices,
                *([] if table or told.at_large else conflicts.told(told.used, scope, whole, phrases)),
                *([] if told.at_large else referred.told(told.used, index, scope, phrases)),
            ],
            told.plain,
            said=recorded,
        ),
        removed=removed,
        lead=lead,
        table=table,
        refusal=Refusal.NEEDS_FACTS if deciding else None,
        related=near,
        missing=(*([deciding] if deciding else []), *missing),
    )


def _tell(part: Part, told: _Told, index: Index, scope: Scope, phrases: Phrases) -> None:
    """Add what one part of the question brings: its clauses in the draft, what must be known of them, what they lack."""
    if _recorded(part, told, index, scope, phrases) or _surveyed(part, told, index, scope, phrases):
        return
    passages = _standing(part, index, scope)
    only_standing = bool(passages) and standing.asks_nothing_else(part.inquiry)
    told.at_large = told.at_large and only_standing
    known = {p.provisions[0].address for p in passages}
    inquiry, hits = part.inquiry, part.hits
    demanded = duties(inquiry, _asked_about(part, scope), index, scope)
    nation = [hit for hit in part.nation if not levels.tells_a_practice(hit)]  # some place's, seldom the one asked for
    if not part.named.policies and levels.nation_speaks_of_it(hits, nation, ANSWERS, inquiry):
        inquiry, hits = replace(inquiry, jurisdiction=None), nation
    most = 2 if part.side else 1 if passages else MOST
    chosen = [] if only_standing else choose(inquiry, part.named, hits, index, most=most)
    if demanded.passages:
        chosen = list(demanded.passages)
        told.notices += filter(None, [demanded.notice(phrases)])
    passages += [p for p in chosen if p.provisions[0].address not in known]
    passages = sanctions.with_penalty(passages, part.inquiry, index, scope)
    passages = with_special(passages, hits, part.named, inquiry, index, scope)
    if levels.lacks_what_is_asked(passages, nation, ANSWERS, part.inquiry):
        anywhere = replace(part.inquiry, jurisdiction=None)
        theirs = choose(anywhere, part.named, [h for h in nation if h.in_force is not False], index, most=1)
        passages += [p for p in theirs if levels.gives_what_is_asked(p, part.inquiry)]
    if part.side and not demanded.passages:
        told.sides.append(compare.Compared(part.side, part.inquiry, passages))
    before = {p.provisions[0].address for p in told.used}
    fresh = [p for p in passages if p.provisions[0].address not in before]
    again = not part.side and not fresh and not _speaks_of_own(told.used, part)
    if not passages or again or _only_research_is_left(passages, part):
        told.unanswered.append(part)
        return
    compose.compose(part.inquiry, fresh, phrases, told.draft, side=part.side)
    told.used.extend(fresh)
    known_standing = part.named.policies if standing.is_asked(part.inquiry, part.named) else frozenset()
    told.plain += notices.for_passages(passages, part.inquiry, scope, phrases, told=known_standing)
    if _is_unsure(part, passages):
        told.notices.append(phrases.say("notice_unsure"))
    if not part.side:
        told.notices += levels.told(passages, nation, part.inquiry, phrases)
        told.missing += gaps.gaps(part.inquiry, passages, phrases)


def _is_ours(inquiry: Inquiry) -> bool:
    """Whether a document may be told as a whole: no order to leave them aside, and no other country's is meant."""
    return not (is_order(inquiry.text) or abroad(inquiry.text))


def _recorded(part: Part, told: _Told, index: Index, scope: Scope, phrases: Phrases) -> bool:
    """Tell what the records of documents say of them, with the clauses that say so; whether that was asked."""
    asked = () if part.side else particulars_of(part.inquiry.question)
    if not asked:
        return False
    used, lines = particulars(part.inquiry, asked, _asked_about(part, scope), index, scope, phrases)
    before = {p.address for passage in told.used for p in passage.provisions}
    fresh = [p for p in used if p.provisions[0].address not in before]
    compose.compose(part.inquiry, fresh, phrases, told.draft)
    told.used += fresh
    for title, said in lines.items():
        told.particulars.setdefault(title, {}).update(dict.fromkeys(said))
    told.plain += notices.for_passages(used, part.inquiry, scope, phrases)
    return bool(used)


def _surveyed(part: Part, told: _Told, index: Index, scope: Scope, phrases: Phrases) -> bool:
    """Tell of a document as a whole, or of the documents there are; whether that was asked."""
    about, question = _asked_about(part, scope), part.inquiry.question
    whole = asks_only_difference(part.inquiry.text) if part.side else asks_overview(question)
    if (part.side and not whole) or standing.is_asked(part.inquiry, part.named):
        return False
    used: list[Passage] = []
    further: list[str] = []
    if whole and len(about) == 1:
        used, further = overview(part.inquiry, about[0], index, scope, phrases, told.draft, part.side)
    elif asks_documents(question) and _is_ours(part.inquiry):
        used, further = documents(part.inquiry, part.hits, index, scope, phrases, told.draft)
    told.used += used
    told.plain += (*notices.for_passages(used, part.inquiry, scope, phrases), *further)
    return bool(used)


def _asked_about(part: Part, scope: Scope) -> list[str]:
    """The documents that a question is about as wholes, in their official words where those are held.

    A side of a comparison has no hits but those of its own documents.
    """
    if part.side:
        return sorted({h.policy.id for h in part.hits} - scope.originals.keys())
    if part.named.clauses or part.named.missing or part.named.no_such_clause or not _is_ours(part.inquiry):
        return []
    return standing.in_own_words(part.named, scope)


def _speaks_of_own(passages: Sequence[Passage], part: Part) -> bool:
    """Whether clauses told already speak of what this question asks of the same thing; so too where it names nothing."""
    own = normalise(part.own)
    subjects = [subject for subject in part.inquiry.subjects if subject.word in own]
    text = "\n".join(
        words for p in passages for each in p.provisions for words in (each.text, each.text_en or "", *each.trail)
    )
    parts = set(bigrams(cues.without(own)))  # 没有抵完的 speaks of 未抵完
    return not subjects or coverage(subjects, text) > 0 or bool(parts & set(bigrams(text)))


def _is_unsure(part: Part, passages: Sequence[Passage]) -> bool:
    """Whether the clauses were found by their words alone, and none of them is near.

    A chunk of a table, or one of many rules on a subject, is never near by itself.
    """
    many = cues.RULES.search(part.inquiry.question) or any(p.provisions[0].level is Level.ROW for p in passages)
    return not part.named.policies and not many and all(p.relevance < SURE for p in passages)


def _near(parts: Sequence[Part], told: _Told, cited: int, index: Index, phrases: Phrases) -> tuple[Citation, ...]:
    """What else comes near a question put alone; two questions, or the sides of a comparison, are told at length already."""
    if len(parts) > 1 or parts[0].named.clauses:
        return ()
    shown = {p.address for passage in told.used for p in passage.provisions}
    return related.beside_answer(parts[0].hits, shown, cited, index, phrases)


def _only_research_is_left(passages: Sequence[Passage], part: Part) -> bool:
    """Whether papers would answer for a rule that does not hold on the day: what they say of it is no rule."""
    return (
        Kind.FINDING not in part.inquiry.kinds
        and all(compose.is_research(p) for p in passages)
        and any(h.in_force is False and h.score >= ANSWERS for h in part.hits)
    )


def _standing(part: Part, index: Index, scope: Scope) -> list[Passage]:
    asked = standing.is_asked(part.inquiry, part.named) and _is_ours(part.inquiry)
    return standing.passages(part.inquiry, part.named, index, scope) if asked else []


def _told_standing(parts: Sequence[Part], scope: Scope, phrases: Phrases) -> list[str]:
    return [
        told
        for part in parts
        if standing.is_asked(part.inquiry, part.named)
        for told in standing.notices(part.inquiry, part.named, scope, phrases)
    ]


def _once(told: Sequence[str], others: Sequence[str], said: Sequence[str] = ()) -> tuple[str, ...]:
    """All notices; what was said of a document at length is not said again in short."""
    return (
        *dict.fromkeys(told),
        *(other for other in dict.fromkeys(others) if not any(other in longer for longer in (*said, *told))),
    )


def _cited(
    citations: Sequence[Citation], statements: Iterable[Statement], lead: Statement | None, table: Table | None
) -> tuple[Citation, ...]:
    shown = {n for statement in statements for n in statement.citations} | set(lead.citations if lead else ())
    shown |= {n for row in table.rows for cell in row.cells for n in cell.citations} if table else set()
    return tuple(c for c in citations if c.n in shown)


def _refusal(parts: Sequence[Part], removed: int, index: Index, scope: Scope, phrases: Phrases) -> Answer:
    inquiry, named, hits = parts[0].inquiry, parts[0].named, parts[0].hits
    refused = refuse(inquiry, named, hits, index, scope, phrases)
    near = hits[: len(refused.related)]
    return Answer(
        question=inquiry.question,
        status=refused.status,
        text=refused.text,
        language=inquiry.language,
        as_of=inquiry.as_of,
        jurisdiction=inquiry.jurisdiction,
        notices=_once(_told_standing(parts, scope, phrases), notices.for_refusal(near, inquiry, phrases)),
        removed=removed,
        refusal=refused.kind,
        related=refused.related,
    )
