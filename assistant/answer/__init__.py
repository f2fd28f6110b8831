"""From ranked clauses to an answer: chosen, widened, arranged and verified; or an honest no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import compose, levels, notices, referred, standing
from assistant.answer.passages import Passage
from assistant.answer.select import ANSWERS, MOST, choose
from assistant.answer.verify import verify
from assistant.index import Index
from assistant.models import Answer, Citation, Statement, Status
from assistant.prompts import Phrases
from assistant.retrieve import Hit, Named, Scope
from assistant.understand import Inquiry
from assistant.understand.domain import in_domain

RELATED = 3  # clauses offered beside a refusal


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


def answer(parts: Sequence[Part], index: Index, scope: Scope, phrases: Phrases) -> Answer:
    """Answer a question from the clauses found for each of its parts; the parts without an answer are named."""
    draft = compose.Draft()
    used: list[Passage] = []
    said: list[str] = []
    unanswered: list[Part] = []
    for part in parts:
        passages = _standing(part, index, scope)
        told = {p.provisions[0].address for p in passages}
        chosen = choose(part.inquiry, part.named, part.hits, index, most=1 if part.side or passages else MOST)
        passages += [p for p in chosen if p.provisions[0].address not in told]
        if not passages:
            unanswered.append(part)
            continue
        fresh = [p for p in passages if p.provisions[0].address not in {u.provisions[0].address for u in used}]
        compose.compose(part.inquiry, fresh, phrases, draft, side=part.side)
        used.extend(fresh)
        if not part.side:
            said += levels.told(passages, part.nation, ANSWERS, part.inquiry, phrases)
    whole = parts[0].inquiry
    statements, removed = verify(
        draft.statements, draft.citations, {p.address: p for passage in used for p in passage.provisions}
    )
    if not statements:
        return _refusal(unanswered or parts, removed, _told_standing(parts, index, scope, phrases), phrases)
    without = [phrases.say("not_found_part", question=part.name) for part in unanswered]
    return Answer(
        question=whole.question,
        status=Status.PARTIAL if unanswered else Status.ANSWERED,
        text="\n".join((compose.render(draft, statements), *without)),
        language=whole.language,
        as_of=whole.as_of,
        jurisdiction=whole.jurisdiction,
        statements=statements,
        citations=_cited(draft.citations, statements),
        notices=_once(
            [*_told_standing(parts, index, scope, phrases), *said, *referred.told(used, index, scope, phrases)],
            notices.for_passages(used, whole, phrases),
        ),
        removed=removed,
    )


def _standing(part: Part, index: Index, scope: Scope) -> list[Passage]:
    asked = standing.is_asked(part.inquiry, part.named)
    return standing.passages(part.inquiry, part.named, index, scope) if asked else []


def _told_standing(parts: Sequence[Part], index: Index, scope: Scope, phrases: Phrases) -> list[str]:
    return [
        told
        for part in parts
        if standing.is_asked(part.inquiry, part.named)
        for told in standing.notices(part.inquiry, part.named, index, scope, phrases)
    ]


def _once(told: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """All notices; what was said of a document at length is not said again in short."""
    return (*dict.fromkeys(told), *(other for other in others if not any(other in longer for longer in told)))


def _cited(citations: Sequence[Citation], statements: Sequence[Statement]) -> tuple[Citation, ...]:
    shown = {n for statement in statements for n in statement.citations}
    return tuple(c for c in citations if c.n in shown)


def _refusal(parts: Sequence[Part], removed: int, told: Sequence[str], phrases: Phrases) -> Answer:
    inquiry, named, hits = parts[0].inquiry, parts[0].named, parts[0].hits
    status = Status.NOT_FOUND
    if named.no_such_clause:
        title, locator = named.no_such_clause[0]
        text = phrases.say("no_such_clause", title=title, locator=locator)
    elif named.missing:
        text = phrases.say("not_found_named", name=named.missing[0])
    elif not in_domain(inquiry.text):
        status, text = Status.OUT_OF_SCOPE, phrases.say("out_of_scope")
    else:
        text = phrases.say("not_found")
    lines = [text]
    related = hits[:RELATED] if status is Status.NOT_FOUND else ()
    if related:
        lines += ["", phrases.say("related"), *(f"- {_name(hit, phrases)}" for hit in related)]
    return Answer(
        question=inquiry.question,
        status=status,
        text="\n".join(lines),
        language=inquiry.language,
        as_of=inquiry.as_of,
        jurisdiction=inquiry.jurisdiction,
        notices=_once(told, notices.for_refusal(related, inquiry, phrases)),
        removed=removed,
    )


def _name(hit: Hit, phrases: Phrases) -> str:
    metadata = hit.policy.metadata
    title = (metadata.title_en if phrases.language == "en" else None) or metadata.title or hit.policy.source
    return phrases.say("related_item", title=f"《{title}》" if phrases.language == "zh" else title, locator=hit.locator)
