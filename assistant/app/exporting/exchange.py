"""One question with its answer and everything its sources are told with, as blocks of a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.answer.draft import marked
from assistant.app.verdicts.document import Block, Heading, Listing, Paragraph, Table
from assistant.models import Answer, Citation, Metadata, Statement
from assistant.models import Table as Comparison
from assistant.prompts import Phrases
from assistant.text import locators

# Signs that no XML may hold, and so no Word file; they come from pasted questions and from documents.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Source:
    """A cited clause with what is known of its policy."""

    citation: Citation
    title: str  # in the reader's language, where it has one in it
    metadata: Metadata
    status: tuple[str, ...]  # in words: in force or not, original or digest, checked or not


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and what became of it."""

    question: str
    answer: Answer | None = None  # None: there was none
    sources: tuple[Source, ...] = ()
    place: str | None = None  # by name; None for any
    stopped: bool = False  # before the answer was whole


def blocks(exchange: Exchange, say: Phrases) -> tuple[Block, ...]:
    """Return a question, its answer with numbers, and the sources those numbers stand for."""
    return tuple(_cleaned(block) for block in _blocks(exchange, say))


def _blocks(exchange: Exchange, say: Phrases) -> Iterator[Block]:
    yield Heading(" ".join(exchange.question.split()))
    answer = exchange.answer
    if answer is None:
        yield Paragraph(say.say("no_answer"))
        return
    yield Paragraph(say.say("basis", day=answer.as_of, place=exchange.place or say.say("any_place")), small=True)
    if exchange.stopped:
        yield Paragraph(say.say("stopped"), strong=True)
    if answer.eligibility:
        yield from _prose(answer.eligibility.text)
    if answer.statements:
        yield from _told(answer, exchange.sources, say)
    else:  # why there is no answer; the clauses near it stand below with the sources
        yield from _prose(answer.text.partition("\n\n")[0] if answer.related else answer.text)
    if answer.notices:
        yield Paragraph(say.say("notices"), strong=True)
        yield Listing(answer.notices)
    near = {citation.n for citation in answer.related}
    yield from _sources("sources", [s for s in exchange.sources if s.citation.n not in near], say)
    yield from _sources("related", [s for s in exchange.sources if s.citation.n in near], say)


def _told(answer: Answer, sources: Sequence[Source], say: Phrases) -> Iterator[Block]:
    for line in answer.particulars:
        yield Paragraph(line, strong=True)
    if answer.lead:
        yield Paragraph(_numbered(answer.lead), strong=True)
    if answer.table:
        yield _comparison(answer.table)
    titles = {source.citation.n: source.title for source in sources}
    by_policy = groupby(answer.statements, key=lambda s: next((titles[n] for n in s.citations if n in titles), ""))
    for title, statements in by_policy:
        if title:
            yield Paragraph(say.say("policy", title=title), strong=True)
        yield Listing(tuple(_numbered(statement) for statement in statements))
    for said in answer.missing:
        yield Paragraph(said)


def _numbered(statement: Statement) -> str:
    remark = f" {statement.remark}" if statement.remark else ""
    return f"{statement.text}{remark}{marked(statement.citations)}"


def _comparison(table: Comparison) -> Table:
    rows = tuple((row.aspect, *(f"{c.text}{marked(c.citations)}" for c in row.cells)) for row in table.rows)
    return Table(("", *table.columns), rows, (20, *(80 // len(table.columns) for _ in table.columns)))


def _prose(text: str) -> Iterator[Block]:
    """Running text as paragraphs, lines that begin with a dash as a list."""
    for listed, lines in groupby(filter(None, text.splitlines()), key=lambda line: line.startswith("- ")):
        if listed:
            yield Listing(tuple(line[2:] for line in lines))
        else:
            yield from (Paragraph(line) for line in lines)


def _sources(heading: str, sources: Iterable[Source], say: Phrases) -> Iterator[Block]:
    told = tuple(_source(source, say) for source in sources)
    if told:
        yield Heading(say.say(heading), 3)
        yield Listing(told)


def _source(source: Source, say: Phrases) -> str:
    citation, about = source.citation, source.metadata
    number = say.say("number", number=citation.doc_number) if citation.doc_number else ""
    dates = "".join(
        say.say(key, day=day)
        for key, day in (
            ("issued", about.issued),
            ("effective", about.effective),
            ("expires", about.expires),
            ("repealed", about.repealed),
        )
        if day
    )
    status = say.say("and").join(source.status)
    lines = (
        say.say(
            "source",
            n=citation.n,
            title=source.title,
            number=number,
            locator=locators.written(citation.locator, say.language),
            dates=dates,
            status=status,
        ),
        say.say("quote", quote=citation.quote),
        citation.url,
    )
    return "\n".join(line for line in lines if line)


def _cleaned(block: Block) -> Block:
    match block:
        case Heading(text, level):
            return Heading(_clean(text), level)
        case Paragraph(text, strong, small):
            return Paragraph(_clean(text), strong, small)
        case Listing(items, boxes):
            return Listing(tuple(map(_clean, items)), boxes)
        case Table(header, rows, widths):
            return Table(tuple(map(_clean, header)), tuple(tuple(map(_clean, row)) for row in rows), widths)


def _clean(text: str) -> str:
    return _UNPRINTABLE.sub("", text)
