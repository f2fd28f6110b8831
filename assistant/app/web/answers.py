"""HTML of one answer: statements as lists under the policies and clauses they rest on, each with its numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby

from assistant.app.web.clauses import Clause
from assistant.app.web.places import place_name
from assistant.app.web.sources import title_of, wording_badge
from assistant.app.web.texts import Texts
from assistant.models import Answer, Statement, Status, Wording
from assistant.structure import quantifier
from assistant.text import language

_LAST_MARK = re.compile(r".*\[\d+\]", re.DOTALL)

Clauses = Mapping[int, Clause]  # by citation number


def answer(turn: int, answer: Answer, clauses: Sequence[Clause], t: Texts) -> str:
    """Return an answer: what its status means, its statements, its notices, and the day and place it holds for."""
    by_number = {clause.citation.n: clause for clause in clauses}
    parts = [_status(answer, t)]
    for policy_id, group in groupby(answer.statements, key=lambda s: _policy_of(s, by_number)):
        statements = list(group)
        parts.append(_policy(turn, statements, by_number, answer.language, t) if policy_id else _uncited(statements))
    if answer.notices:
        items = "".join(f"<li>{escape(notice)}</li>" for notice in answer.notices)
        parts.append(f'<div class="box notices"><h4>{escape(t.notices)}</h4><ul>{items}</ul></div>')
    if answer.removed:
        parts.append(f'<p class="small">{escape(t.removed.format(count=answer.removed))}</p>')
    if answer.statements:
        place = place_name(answer.jurisdiction, t.language) if answer.jurisdiction else t.place_any
        parts.append(f'<p class="small">{escape(t.basis_line.format(day=answer.as_of.isoformat(), place=place))}</p>')
    return f'<div lang="{escape(answer.language)}">{"".join(parts)}</div>'


def _status(answer: Answer, t: Texts) -> str:
    heading = t.headings[answer.status]
    text = answer.text
    if answer.statements:
        # What the assistant adds behind its last citation says which part of the question has no answer.
        text = _LAST_MARK.sub("", answer.text, count=1).strip() if answer.status is Status.PARTIAL else ""
    words = _prose(text)
    return f'<div class="box {answer.status}"><h4>{escape(heading)}</h4>{words}</div>' if heading else words


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


def _policy(turn: int, statements: Sequence[Statement], clauses: Clauses, language: str, t: Texts) -> str:
    """The statements from one policy under its title, clause by clause."""
    head = _cited(statements[0], clauses)[0]
    title = f'<h4 class="policy-title">{escape(title_of(head, t))} {wording_badge(head.citation, t)}</h4>'
    by_clause = groupby(statements, key=lambda s: _cited(s, clauses)[0].whole)
    return title + "".join(_clause(turn, list(group), clauses, language, t) for _, group in by_clause)


def _clause(turn: int, statements: Sequence[Statement], clauses: Clauses, language: str, t: Texts) -> str:
    """The statements from one article or point beside its locator, those from its items set in."""
    heads = [_cited(s, clauses)[0] for s in statements]
    depths = [head.citation.address.count("/") for head in heads]
    lines = []
    for statement, depth, following in zip(statements, depths, [*depths[1:], 0], strict=True):
        lines.append(f'<li class="depth-{min(depth - min(depths), 3)}">{_statement(turn, statement, clauses, t)}</li>')
        if following > depth:
            lines.append(_rule(statement.text, language, t))
    locator = escape(_locator(heads))
    return f'<div class="passage"><p class="at">{locator}</p><ul class="statements">{"".join(lines)}</ul></div>'


def _locator(heads: Sequence[Clause]) -> str:
    """Where the statements stand. In a digest what is above them tells a fact of its own, under a name of its own."""
    own = {head.citation.locator for head in heads}
    alone = len(own) == 1 and heads[0].citation.wording is Wording.DIGEST
    return heads[0].citation.locator if alone else heads[0].whole_locator


def _rule(lead: str, spoken: str, t: Texts) -> str:
    """Whether all or any of the items that follow are asked for, where the clause says so in another language."""
    rule = {"all": t.all_of, "any": t.any_of}.get(quantifier(lead) or "")
    return f'<li class="rule">{escape(rule)}</li>' if rule and language(lead) != spoken else ""


def _uncited(statements: Sequence[Statement]) -> str:
    return "".join(_prose(statement.text) for statement in statements)


def _statement(turn: int, statement: Statement, clauses: Clauses, t: Texts) -> str:
    cited = _cited(statement, clauses)
    unchecked = any(clause.basis == "memory" for clause in cited)
    badge = f' <span class="badge digest">{escape(t.memory)}</span>' if unchecked else ""
    return f"{escape(statement.text)}{badge}{''.join(_cite(turn, clause, t) for clause in cited)}"


def _cite(turn: int, clause: Clause, t: Texts) -> str:
    citation = clause.citation
    label = escape(t.cite.format(n=citation.n, title=title_of(clause, t), locator=citation.locator))
    card = f"source-{turn}-{citation.n}"
    return f'<a class="cite" href="#{card}" aria-label="{label}" title="{label}">[{citation.n}]</a>'
