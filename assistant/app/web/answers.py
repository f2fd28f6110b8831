"""HTML of one answer: the short answer, a comparison, then statements under the clauses they rest on, with numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby

from assistant.answer.eligible import written
from assistant.answer.passages import is_case
from assistant.answer.quoting import unmarked
from assistant.app.web.clauses import Clause
from assistant.app.web.places import named_place, place_name
from assistant.app.web.sources import title_of, wording_badge
from assistant.app.web.texts import Texts, texts
from assistant.models import (
    Answer,
    Cell,
    Eligibility,
    Kind,
    Refusal,
    SchemeVerdict,
    StatedFact,
    Statement,
    Table,
    Wording,
)
from assistant.prompts import Phrases, phrases
from assistant.structure import quantifier
from assistant.text import locators

Clauses = Mapping[int, Clause]  # by citation number

_TICKED = frozenset({Kind.MATERIAL, Kind.DEADLINE, Kind.BENEFIT})


def answer(turn: int, answer: Answer, clauses: Sequence[Clause], t: Texts) -> str:
    """Return an answer: what its status means, its statements, its notices, and the day and place it holds for."""
    by_number = {clause.citation.n: clause for clause in clauses}
    parts = [_eligibility(turn, answer.eligibility, by_number, answer.language)] if answer.eligibility else []
    parts.append(_status(turn, answer, by_number, t))
    if answer.particulars:
        parts.append("".join(f'<p class="lead">{escape(line)}</p>' for line in answer.particulars))
    if answer.lead:
        parts.append(f'<p class="lead">{_statement(turn, answer.lead, by_number, t)}</p>')
    if answer.table:
        parts.append(_table(turn, answer.table, by_number, t))
    sides = _sides(answer.table, by_number, t) if answer.table else {}
    for policy_id, group in groupby(answer.statements, key=lambda s: _policy_of(s, by_number)):
        statements = list(group)
        side = sides.get(policy_id, "")
        parts.append(_policy(turn, statements, by_number, side, t) if policy_id else _uncited(statements))
    if answer.notices:
        items = "".join(f"<li>{escape(notice)}</li>" for notice in answer.notices)
        parts.append(f'<div class="box notices"><h4>{escape(t.notices)}</h4><ul>{items}</ul></div>')
    if answer.removed:
        parts.append(f'<p class="small">{escape(t.removed.format(count=answer.removed))}</p>')
    if answer.statements:
        parts.append(_near(turn, answer, by_number, t))
        place = place_name(answer.jurisdiction, t.language) if answer.jurisdiction else t.place_any
        parts.append(f'<p class="small">{escape(t.basis_line.format(day=answer.as_of.isoformat(), place=place))}</p>')
    return f'<div lang="{escape(answer.language)}">{"".join(parts)}</div>'


def _eligibility(turn: int, eligibility: Eligibility, clauses: Clauses, language: str) -> str:
    """The verdicts with what they rest on, and the facts taken from the conversation, each to be corrected."""
    say = phrases("eligibility", language)
    facts = "".join(
        f'<li><button type="button" class="fact" data-correct="{escape(_correction(fact, say))}"'
        f' title="{escape(fact.words)}">{escape(written(fact, say))}</button></li>'
        for fact in eligibility.facts
    )
    unsure = say.say("unsure", words=say.say("and").join(f"“{words}”" for words in eligibility.unsure))
    verdicts = "".join(_verdict(turn, verdict, clauses, say) for verdict in eligibility.verdicts)
    remarks = "".join(f"<p>{escape(remark)}</p>" for remark in eligibility.remarks)
    return (
        f'<div class="box eligibility"><h4>{escape(say.say("heading", day=eligibility.as_of))}</h4>'
        f'<ul class="facts">{facts}</ul><p class="small">{escape(say.say("hint"))}</p>'
        + (f"<p>{escape(unsure)}</p>" if eligibility.unsure else "")
        + f'{verdicts}<div class="small">{remarks}</div></div>'
    )


def _correction(fact: StatedFact, say: Phrases) -> str:
    """The beginning of the message that corrects a fact."""
    year = f"（{fact.year}）" if fact.year else ""
    return say.say("correct", fact=f"{fact.label}{year}")


def _verdict(turn: int, verdict: SchemeVerdict, clauses: Clauses, say: Phrases) -> str:
    conditions = "".join(
        f"<li>{_statement(turn, s, clauses, texts(say.language))}</li>" for s in (*verdict.unmet, *verdict.open)
    )
    amounts = "".join(f"<li>{escape(amount)}</li>" for amount in verdict.amounts)
    asked = say.say("next", question=verdict.next_question) if verdict.next_question else ""
    full = (
        f'<button type="button" class="check-in-full" data-turn="{turn}" data-scheme="{escape(verdict.scheme)}">'
        f'{escape(say.say("in_full"))}<span aria-hidden="true"> →</span></button>'
    )
    title = say.say("verdict", title=verdict.title, told=verdict.told)
    return f'<h4 class="verdict {escape(verdict.outcome)}">{escape(title)}</h4><ul>{conditions}{amounts}</ul><p>{escape(asked)}</p>{full}'


def _status(turn: int, answer: Answer, clauses: Clauses, t: Texts) -> str:
    """What stands before the statements: what is left open, or why there are none and what comes near."""
    if answer.statements:
        if not answer.missing:
            return ""
        heading = t.headings[answer.status] or t.depends
        words = "".join(f"<p>{escape(said)}</p>" for said in answer.missing)
        return f'<div class="box partial"><h4>{escape(heading)}</h4>{words}</div>'
    heading = "" if answer.refusal is Refusal.SMALL_TALK else t.headings[answer.status]
    reason = answer.text.partition("\n\n")[0] if answer.related else answer.text
    words = f"{_prose(reason)}{_related(turn, answer, clauses, t)}"
    return f'<div class="box {answer.status}"><h4>{escape(heading)}</h4>{words}</div>' if heading else words


def _related(turn: int, answer: Answer, clauses: Clauses, t: Texts) -> str:
    """Clauses near a refused question, each leading to its card."""
    items = _links(turn, answer, clauses, t)
    return f"<p>{escape(t.related)}</p><ul>{items}</ul>" if items else ""


def _near(turn: int, answer: Answer, clauses: Clauses, t: Texts) -> str:
    """Clauses near an answered question that the answer does not rest on."""
    items = _links(turn, answer, clauses, t)
    return f'<div class="near"><p>{escape(t.related_too)}</p><ul>{items}</ul></div>' if items else ""


def _links(turn: int, answer: Answer, clauses: Clauses, t: Texts) -> str:
    return "".join(
        f"<li>{escape(title_of(clause, t))} {escape(locators.written(clause.citation.locator, t.language))}{_cite(turn, clause, t)}</li>"
        for clause in (clauses[c.n] for c in answer.related if c.n in clauses)
    )


def _table(turn: int, table: Table, clauses: Clauses, t: Texts) -> str:
    """A comparison; on a narrow screen, where the columns stand one below the other, each cell names its side."""
    columns = [_side(column, t) for column in table.columns]
    head = "".join(f'<th role="columnheader" scope="col">{escape(column)}</th>' for column in columns)
    rows = "".join(
        f'<tr role="row"><th role="rowheader" scope="row">{escape(row.aspect)}</th>'
        + "".join(
            f'<td role="cell" data-side="{escape(column)}">{_cell(turn, cell, clauses, t)}</td>'
            for column, cell in zip(columns, row.cells, strict=True)
        )
        + "</tr>"
        for row in table.rows
    )
    return (
        f'<table class="comparison" role="table" aria-label="{escape(t.compared)}">'
        f'<thead><tr role="row"><td role="cell"></td>{head}</tr></thead><tbody>{rows}</tbody></table>'
    )


def _cell(turn: int, cell: Cell, clauses: Clauses, t: Texts) -> str:
    if not cell.citations:
        return f'<span class="none">{escape(cell.text)}</span>'
    return _statement(turn, Statement(cell.text, cell.citations), clauses, t)


def _side(named: str, t: Texts) -> str:
    """A side of a comparison in the language of the page, where it is a place."""
    code = named_place(named) if t.language == "en" else None
    return place_name(code, t.language) if code else named


def _sides(table: Table, clauses: Clauses, t: Texts) -> dict[str, str]:
    """What the comparison calls the side that a policy speaks for."""
    return {
        clauses[n].citation.policy_id: _side(column, t)
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=True)
        for n in cell.citations
        if n in clauses
    }


def _prose(text: str) -> str:
    """Running text as paragraphs, lines that begin with a dash as a list."""
    blocks = []
    for listed, lines in groupby(filter(None, text.splitlines()), key=lambda line: line.startswith("- ")):
        if listed:
            blocks.append(f"<ul>{''.join(f'<li>{escape(line[2:])}</li>' for line in lines)}</ul>")
        else:
            blocks.extend(f"<p>{escape(line)}</p>" for line in lines)
    return "".join(blocks)


def _cited(statement: Statement, clauses: Clauses) -> list[Clause]:
    return [clauses[n] for n in statement.citations if n in clauses]


def _policy_of(statement: Statement, clauses: Clauses) -> str:
    """The policy a statement rests on: that of its first citation; empty for one without."""
    return next((clause.citation.policy_id for clause in _cited(statement, clauses)), "")


def _policy(turn: int, statements: Sequence[Statement], clauses: Clauses, side: str, t: Texts) -> str:
    """The statements from one policy under its title, clause by clause."""
    head = _cited(statements[0], clauses)[0]
    label = f'<span class="badge side">{escape(side)}</span> ' if side else ""
    title = f'<h4 class="policy-title">{label}{escape(title_of(head, t))} {wording_badge(head.citation, t)}</h4>'
    by_clause = groupby(statements, key=lambda s: _cited(s, clauses)[0].whole)
    return title + "".join(_clause(turn, list(group), clauses, t) for _, group in by_clause)


def _clause(turn: int, statements: Sequence[Statement], clauses: Clauses, t: Texts) -> str:
    """The statements from one article or point beside its locator, those from its items set in."""
    heads = [_cited(s, clauses)[0] for s in statements]
    depths = [head.citation.address.count("/") for head in heads]
    lines = []
    for statement, depth, following in zip(statements, depths, [*depths[1:], 0], strict=True):
        style = f"depth-{min(depth - min(depths), 3)}{_shape(statement, statements)}"
        lines.append(f'<li class="{style}">{_statement(turn, statement, clauses, t)}</li>')
        if following > depth:
            lines.append(_rule(statement.text, t))
    kind = next((t.kinds[s.kind] for s in statements if s.kind in t.kinds), "")
    label = f' <span class="badge kind">{escape(kind)}</span>' if kind else ""
    at = f'<p class="at">{escape(locators.written(_locator(heads), t.language))}{label}</p>'
    return f'<div class="passage">{at}<ul class="statements">{"".join(lines)}</ul></div>'


def _shape(statement: Statement, beside: Sequence[Statement]) -> str:
    """How a line begins: a box to tick, or the number of a step that has none of its own."""
    if statement.kind in _TICKED:
        return " check"
    steps = [s for s in beside if s.kind is Kind.PROCEDURE]
    unnumbered = unmarked(statement.text) == statement.text.strip()
    return " step" if statement.kind is Kind.PROCEDURE and len(steps) > 1 and unnumbered else ""


def _locator(heads: Sequence[Clause]) -> str:
    """Where the statements stand. In a digest what is above them tells a fact of its own, under a name of its own."""
    own = {head.citation.locator for head in heads}
    alone = len(own) == 1 and heads[0].citation.wording is Wording.DIGEST
    return heads[0].citation.locator if alone else heads[0].whole_locator


def _rule(lead: str, t: Texts) -> str:
    """How many of the items that follow are asked for, as their lead-in says."""
    rule = quantifier(lead)
    if rule is None:
        return ""
    any_of = t.any_case if is_case(lead) else t.any_of
    said = {"all": t.all_of, "any": any_of}.get(rule) or t.at_least.format(n=rule.rpartition(" ")[2])
    return f'<li class="rule">{escape(said)}</li>'


def _uncited(statements: Sequence[Statement]) -> str:
    return "".join(_prose(statement.text) for statement in statements)


def _statement(turn: int, statement: Statement, clauses: Clauses, t: Texts) -> str:
    cited = _cited(statement, clauses)
    unchecked = any(clause.basis == "memory" for clause in cited)
    badge = f' <span class="badge digest">{escape(t.memory)}</span>' if unchecked else ""
    remark = f' <span class="remark">{escape(statement.remark)}</span>' if statement.remark else ""
    marks = "".join(_cite(turn, clause, t) for clause in cited)
    label = phrases("translate", "en").say("label", text=statement.translation)
    beneath = f'<span class="translated" lang="en">{escape(label)}</span>' if statement.translation else ""
    return f"{escape(statement.text)}{badge}{remark}{marks}{beneath}"


def _cite(turn: int, clause: Clause, t: Texts) -> str:
    citation = clause.citation
    label = escape(
        t.cite.format(n=citation.n, title=title_of(clause, t), locator=locators.written(citation.locator, t.language))
    )
    card = f"source-{turn}-{citation.n}"
    return f'<a class="cite" href="#{card}" aria-label="{label}" title="{label}">[{citation.n}]</a>'
