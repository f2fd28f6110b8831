"""From ranked clauses to an answer: chosen, widened, arranged and verified; or an honest no."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import compose, notices
from assistant.answer.passages import Passage
from assistant.answer.select import choose
from assistant.answer.verify import verify
from assistant.index import Index
from assistant.models import Answer, Citation, Statement, Status
from assistant.prompts import Phrases
from assistant.retrieve import Hit, Named
from assistant.understand import Inquiry
from assistant.understand.domain import in_domain

RELATED = 3  # clauses offered beside a refusal


def answer(parts: Sequence[tuple[Inquiry, Named, Sequence[Hit]]], index: Index, phrases: Phrases) -> Answer:
    """Answer a question from the clauses found for each of its parts; the parts without an answer are named."""
    draft = compose.Draft()
    used: list[Passage] = []
    unanswered: list[tuple[Inquiry, Named, Sequence[Hit]]] = []
    for inquiry, named, hits in parts:
        passages = choose(inquiry, named, hits, index)
        if not passages:
            unanswered.append((inquiry, named, hits))
            continue
        fresh = [p for p in passages if p.provisions[0].address not in {u.provisions[0].address for u in used}]
        compose.compose(inquiry, fresh, phrases, draft)
        used.extend(fresh)
    whole = parts[0][0]
    statements, removed = verify(
        draft.statements, draft.citations, {p.address: p for passage in used for p in passage.provisions}
    )
    if not statements:
        return _refusal(unanswered or parts, removed, phrases)
    without = [phrases.say("not_found_part", question=i.question) for i, _, _ in unanswered]
    return Answer(
        question=whole.question,
        status=Status.PARTIAL if unanswered else Status.ANSWERED,
        text="\n".join((compose.render(draft, statements), *without)),
        language=whole.language,
        as_of=whole.as_of,
        jurisdiction=whole.jurisdiction,
        statements=statements,
        citations=_cited(draft.citations, statements),
        notices=notices.for_passages(used, whole, phrases),
        removed=removed,
    )


def _cited(citations: Sequence[Citation], statements: Sequence[Statement]) -> tuple[Citation, ...]:
    shown = {n for statement in statements for n in statement.citations}
    return tuple(c for c in citations if c.n in shown)


def _refusal(parts: Sequence[tuple[Inquiry, Named, Sequence[Hit]]], removed: int, phrases: Phrases) -> Answer:
    inquiry, named, hits = parts[0]
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
        notices=notices.for_refusal(related, inquiry, phrases),
        removed=removed,
    )


def _name(hit: Hit, phrases: Phrases) -> str:
    metadata = hit.policy.metadata
    title = (metadata.title_en if phrases.language == "en" else None) or metadata.title or hit.policy.source
    return phrases.say("related_item", title=f"《{title}》" if phrases.language == "zh" else title, locator=hit.locator)
