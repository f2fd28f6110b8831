"""From ranked clauses to an answer: chosen, widened, arranged and verified; or an honest no."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from assistant.answer import compare, compose, conflicts, gaps, levels, notices, qualifying, referred, short, standing
from assistant.answer.draft import Draft, markdown, marked, render
from assistant.answer.passages import Passage
from assistant.answer.refusal import refuse
from assistant.answer.select import ANSWERS, MOST, choose
from assistant.answer.verify import verify
from assistant.index import Index
from assistant.models import Answer, Citation, Kind, Refusal, Statement, Status, Table
from assistant.prompts import Phrases
from assistant.retrieve import Hit, Named, Scope
from assistant.understand import Inquiry

__all__ = ["Part", "answer"]


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
        """What the reader calls this part."""
        return self.side or self.inquiry.question


@dataclass(slots=True)
class _Told:
    """What has been gathered for an answer."""

    draft: Draft = field(default_factory=Draft)
    used: list[Passage] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)  # notices on validity, place and wording
    missing: list[str] = field(default_factory=list)
    sides: list[compare.Compared] = field(default_factory=list)
    unanswered: list[Part] = field(default_factory=list)


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
    blocks = (
        f"{lead.text}{marked(lead.citations)}" if lead else "",
        markdown(table) if table else "",
        render(told.draft, statements),
        deciding,
        "\n".join(missing),
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
        notices=_once(
            [
                *_told_standing(parts, scope, phrases),
                *told.notices,
                *([] if table else conflicts.told(told.used, scope, whole, phrases)),
                *referred.told(told.used, index, scope, phrases),
            ],
            told.plain,
        ),
        removed=removed,
        lead=lead,
        table=table,
        refusal=Refusal.NEEDS_FACTS if deciding else None,
        missing=(*([deciding] if deciding else []), *missing),
    )


def _tell(part: Part, told: _Told, index: Index, scope: Scope, phrases: Phrases) -> None:
    """Add what one part of the question brings: its clauses in the draft, what must be known of them, what they lack."""
    passages = _standing(part, index, scope)
    known = {p.provisions[0].address for p in passages}
    inquiry, hits = part.inquiry, part.hits
    if not part.named.policies and levels.nation_speaks_of_it(hits, part.nation, ANSWERS, inquiry):
        inquiry, hits = replace(inquiry, jurisdiction=None), part.nation
    chosen = choose(inquiry, part.named, hits, index, most=1 if part.side or passages else MOST)
    passages += [p for p in chosen if p.provisions[0].address not in known]
    if levels.lacks_what_is_asked(passages, part.nation, ANSWERS, part.inquiry):
        anywhere = replace(part.inquiry, jurisdiction=None)
        theirs = choose(anywhere, part.named, [h for h in part.nation if h.in_force is not False], index, most=1)
        passages += [p for p in theirs if levels.gives_what_is_asked(p, part.inquiry)]
    if part.side:
        told.sides.append(compare.Compared(part.side, part.inquiry, passages))
    if not passages or _only_research_is_left(passages, part):
        told.unanswered.append(part)
        return
    before = {p.provisions[0].address for p in told.used}
    fresh = [p for p in passages if p.provisions[0].address not in before]
    compose.compose(part.inquiry, fresh, phrases, told.draft, side=part.side)
    told.used.extend(fresh)
    known_standing = part.named.policies if standing.is_asked(part.inquiry, part.named) else frozenset()
    told.plain += notices.for_passages(passages, part.inquiry, scope, phrases, told=known_standing)
    if not part.side:
        told.notices += levels.told(passages, part.nation, ANSWERS, part.inquiry, phrases)
        told.missing += gaps.gaps(part.inquiry, passages, phrases)


def _only_research_is_left(passages: Sequence[Passage], part: Part) -> bool:
    """Whether papers would answer for a rule that does not hold on the day: what they say of it is no rule."""
    return (
        Kind.FINDING not in part.inquiry.kinds
        and all(compose.is_research(p) for p in passages)
        and any(h.in_force is False and h.score >= ANSWERS for h in part.hits)
    )


def _standing(part: Part, index: Index, scope: Scope) -> list[Passage]:
    asked = standing.is_asked(part.inquiry, part.named)
    return standing.passages(part.inquiry, part.named, index, scope) if asked else []


def _told_standing(parts: Sequence[Part], scope: Scope, phrases: Phrases) -> list[str]:
    return [
        told
        for part in parts
        if standing.is_asked(part.inquiry, part.named)
        for told in standing.notices(part.inquiry, part.named, scope, phrases)
    ]


def _once(told: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """All notices; what was said of a document at length is not said again in short."""
    return (
        *dict.fromkeys(told),
        *(other for other in dict.fromkeys(others) if not any(other in longer for longer in told)),
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
