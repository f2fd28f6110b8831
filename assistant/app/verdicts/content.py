"""What a report on a verdict says: conditions with quotes, amounts line by line, papers, steps, dates and sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from assistant.app.verdicts.document import Block, Document, Heading, Listing, Paragraph, Table
from assistant.drafting.prose import Prose
from assistant.eligibility.model import Amount, Clause, Finding, GroupFinding, Line, Scheme, Stacking, Verdict
from assistant.eligibility.notices import AUTHORITY_DECIDES, place_name
from assistant.eligibility.units import in_english, shown
from assistant.eligibility.wording import OUTCOMES, amount_text, condition, given_text, mark
from assistant.models import Wording
from assistant.prompts import Phrases, phrases


def report(verdict: Verdict, language: str, corpus_version: str, prose: Prose | None = None) -> Document:
    """Return the report on a verdict in a language; `corpus_version` names the texts it rests on.

    `prose` is what a model said of what was `found`.
    """
    say = phrases("report", language)
    scheme = verdict.scheme
    title = say.say("title", scheme=scheme.title.in_language(language))
    blocks = (
        Heading(title, 1),
        *_verdict(verdict, say),
        *(_prose(prose, phrases("report_prose", language)) if prose else ()),
        *_conditions(verdict, say),
        *_amounts(verdict, say),
        *_lines(say.say("materials"), scheme.materials, scheme, say, boxes=True),
        *_lines(say.say("steps"), scheme.steps, scheme, say),
        *_lines(say.say("windows"), scheme.windows, scheme, say),
        *_lines(say.say("office"), (scheme.office,) if scheme.office else (), scheme, say),
        *_lines(say.say("stacking"), scheme.stacking, scheme, say),
        *_lines(say.say("remarks"), scheme.remarks, scheme, say),
        *_sources(verdict, say),
        Heading(say.say("standing_heading")),
        Paragraph(AUTHORITY_DECIDES.in_language(language), strong=True),
        Paragraph(say.say("versions", day=verdict.as_of, corpus=corpus_version), small=True),
    )
    return Document(title, language, tuple(blocks))


def found(verdict: Verdict, language: str) -> tuple[str, ...]:
    """Return what a check found, one thing each: the outcome, each condition, each amount, papers, steps, days, office."""
    say = phrases("report", language)
    scheme = verdict.scheme
    outcome = OUTCOMES[verdict.outcome].in_language(language)
    next_one = say.say("next", question=verdict.next_fact.question.in_language(language)) if verdict.next_fact else ""
    rows = [cells for g in (verdict.conditions, verdict.exclusions) if g for cells in _rows(g, say)]
    amounts = (
        say.say("amount", name=a.label.in_language(language), total=amount_text(a.low, a.high, a.unit, language))
        for a in verdict.amounts
    )
    lines = (*scheme.materials, *scheme.steps, *scheme.windows, *((scheme.office,) if scheme.office else ()))
    return (
        f"{scheme.title.in_language(language)} {outcome} {next_one}".strip(),
        *(notice.in_language(language) for notice in verdict.notices),
        *(" ".join(cells) for cells in rows),
        *amounts,
        *(line.text.in_language(language) for line in lines),
    )


def _prose(prose: Prose, say: Phrases) -> Iterator[Block]:
    if not prose.sentences:
        yield Paragraph(say.say("failed"), small=True)
        return
    yield Heading(say.say("heading"))
    yield Paragraph((" " if say.language == "en" else "").join(prose.sentences))
    yield Paragraph(say.say("label", model=prose.model, prompt=prose.prompt), small=True)
    if prose.dropped:
        yield Paragraph(say.say("dropped", count=prose.dropped), small=True)


def _verdict(verdict: Verdict, say: Phrases) -> Iterator[Block]:
    language = say.language
    place = place_name(verdict.place or verdict.scheme.place).in_language(language)
    yield Paragraph(OUTCOMES[verdict.outcome].in_language(language), strong=True)
    yield Paragraph(say.say("basis", place=place, day=verdict.as_of))
    yield Paragraph(say.say("authority", name=verdict.scheme.authority.in_language(language)))
    if verdict.next_fact:
        yield Paragraph(say.say("next", question=verdict.next_fact.question.in_language(language)))
    notices = [n.in_language(language) for n in verdict.notices if n != AUTHORITY_DECIDES]
    if notices:
        yield Listing(tuple(notices))


def _conditions(verdict: Verdict, say: Phrases) -> Iterator[Block]:
    header = tuple(say.say(f"column_{name}") for name in ("condition", "given", "finding", "clause"))
    for key, group in (("conditions", verdict.conditions), ("exclusions", verdict.exclusions)):
        if group and group.leaves:
            yield Heading(say.say(key))
            yield Table(header, tuple(_rows(group, say)), (24, 13, 8, 55))
    if verdict.would_change:
        yield Heading(say.say("would_change"))
        yield Listing(tuple(condition(finding, say.language) for finding in verdict.would_change))


def _rows(group: GroupFinding, say: Phrases, within: str = "") -> Iterator[tuple[str, ...]]:
    for member in group.members:
        if isinstance(member, GroupFinding):
            label = member.label.in_language(say.language) if member.label else within
            kind = say.say(f"group_{member.kind.value}", least=member.least)
            yield from _rows(member, say, f"{label} {kind}".strip())
        else:
            yield _row(member, say, within)


def _row(finding: Finding, say: Phrases, within: str) -> tuple[str, ...]:
    given = given_text(finding, say.language)
    if given and finding.partial:
        given = say.say("partial", given=given)
    words = condition(finding, say.language)
    return (
        f"{words}\n{say.say('within', group=within)}" if within else words,
        given or say.say("not_given"),
        f"{mark(finding)} {say.say(_truth(finding))}",
        _quoted(finding.clause, say),
    )


def _truth(finding: Finding) -> str:
    """The key of a finding's word; what rules a company out is told as such."""
    return f"excluding_{finding.truth.value}" if finding.excludes else f"truth_{finding.truth.value}"


def _quoted(clause: Clause, say: Phrases) -> str:
    return say.say("quote", quote=clause.quote, source=_source(clause, say))


def _source(clause: Clause, say: Phrases) -> str:
    marks = [say.say("original" if clause.wording is Wording.ORIGINAL else "digest")]
    if clause.from_memory:
        marks.append(say.say("memory"))
    number = say.say("number", number=clause.doc_number) if clause.doc_number else ""
    return say.say(
        "source", title=clause.policy_title, number=number, locator=clause.locator, marks=say.say("and").join(marks)
    )


def _amounts(verdict: Verdict, say: Phrases) -> Iterator[Block]:
    if not verdict.amounts:
        return
    yield Heading(say.say("amounts"))
    for amount in verdict.amounts:
        total = amount_text(amount.low, amount.high, amount.unit, say.language)
        yield Paragraph(say.say("amount", name=amount.label.in_language(say.language), total=total), strong=True)
        if amount.trace:
            header = tuple(say.say(f"column_{name}") for name in ("line", "period", "formula", "result", "source"))
            yield Table(header, tuple(_trace(amount, say)), (22, 14, 24, 14, 26))
        if amount.table:
            yield Paragraph(say.say("year_table"))
            columns = tuple(column.label.in_language(say.language) for column in amount.table.columns)
            rows = tuple((str(row.year), *(_figure(v, say) for v in row.values)) for row in amount.table.rows)
            yield Table((say.say("column_year"), *columns), rows, (8, *(92 // len(columns) for _ in columns)))
        if amount.missing:
            missing = say.say("and").join(fact.label.in_language(say.language) for fact in amount.missing)
            yield Paragraph(say.say("amount_missing", facts=missing))


def _trace(amount: Amount, say: Phrases) -> Iterator[tuple[str, ...]]:
    for line in amount.trace:
        yield (
            line.label.in_language(say.language),
            line.period or "",
            line.formula if say.language == "zh" else in_english(line.formula),
            amount_text(line.low, line.high, line.unit, say.language),
            f"{line.clause.policy_title} {line.clause.locator}" if line.clause else "",
        )


def _figure(value: Decimal | None, say: Phrases) -> str:
    return say.say("unknown") if value is None else shown(value, "元", say.language)


def _lines(
    title: str, lines: Iterable[Line | Stacking], scheme: Scheme, say: Phrases, *, boxes: bool = False
) -> Iterator[Block]:
    told = tuple(_line(line, scheme, say) for line in lines)
    if told:
        yield Heading(title)
        yield Listing(told, boxes)


def _line(line: Line | Stacking, scheme: Scheme, say: Phrases) -> str:
    text = line.text.in_language(say.language)
    if line.address is None:
        return text
    clause = scheme.clauses[line.address]
    return say.say("line", text=text, title=clause.policy_title, locator=clause.locator)


def _sources(verdict: Verdict, say: Phrases) -> Iterator[Block]:
    """Every policy that a condition, an amount or a line rests on, once, with its address."""
    clauses = [finding.clause for finding in verdict.findings]
    clauses += [line.clause for amount in verdict.amounts for line in amount.trace if line.clause]
    clauses += list(verdict.scheme.clauses.values())
    policies: dict[str, str] = {}
    for clause in clauses:
        number = say.say("number", number=clause.doc_number) if clause.doc_number else ""
        policies.setdefault(
            clause.policy_title,
            say.say("policy", title=clause.policy_title, number=number, url=clause.url or "").strip(),
        )
    if policies:
        yield Heading(say.say("sources"))
        yield Listing(tuple(policies.values()))
