"""HTML of the page from values. Every word that comes from a person or a document passes through `escape`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from itertools import groupby

from assistant.app.web import sources
from assistant.app.web.clauses import Clause
from assistant.app.web.places import place_name
from assistant.app.web.texts import Texts
from assistant.models import Answer, Statement, Status, Wording


class Trouble(StrEnum):
    """Why a question has no answer at all."""

    UNUSABLE = "unusable"  # the assistant refused the question
    FAILED = "failed"  # the program is at fault


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and what became of it; neither answer nor trouble while it is being worked on."""

    question: str
    answer: Answer | None = None
    clauses: tuple[Clause, ...] = ()
    trouble: Trouble | None = None
    reason: str = ""  # what the assistant said of an unusable question

    @property
    def pending(self) -> bool:
        """Whether the answer is still to come."""
        return self.answer is None and self.trouble is None


def header(t: Texts) -> str:
    """Return the head of the page."""
    return f'<h1>{escape(t.title)}</h1><p class="tagline">{escape(t.tagline)}</p>'


def transcript(turns: Sequence[Turn], t: Texts) -> str:
    """Return the conversation, or the welcome where there is none yet."""
    inner = "".join(_turn(i, turn, t) for i, turn in enumerate(turns, 1)) if turns else _welcome(t)
    return f'<div class="transcript" role="log" lang="{t.language}">{inner}</div>'


def source_panel(turns: Sequence[Turn], t: Texts) -> str:
    """Return the sources of all answers, those of the last one shown."""
    last = len(turns)
    groups = "".join(
        f'<div class="source-group" data-turn="{i}"{"" if i == last else " hidden"}>'
        f'<p class="source-for">{escape(t.sources_for.format(question=_shortened(turn.question)))}</p>'
        f"{_sources_of(i, turn, t)}</div>"
        for i, turn in enumerate(turns, 1)
        if not turn.pending
    )
    empty = "" if turns and not turns[-1].pending else f'<p class="source-empty">{escape(t.sources_empty)}</p>'
    return f'<div class="sources" lang="{t.language}"><h2>{escape(t.sources)}</h2>{empty}{groups}</div>'


def hint(message: str) -> str:
    """Return a message about what was typed, read out at once by a screen reader."""
    return f'<p class="hint" role="alert">{escape(message)}</p>' if message else ""


def _welcome(t: Texts) -> str:
    return (
        f'<div class="welcome"><h2>{escape(t.welcome)}</h2><p>{escape(t.welcome_body)}</p>'
        f"{_examples(t, t.examples_label)}</div>"
    )


def _examples(t: Texts, label: str, but: str = "") -> str:
    buttons = "".join(
        f'<li><button type="button" class="example" data-ask="{escape(q)}">{escape(q)}</button></li>'
        for q in t.examples
        if q != but
    )
    return f'<div class="examples"><h3>{escape(label)}</h3><ul>{buttons}</ul></div>'


def _turn(number: int, turn: Turn, t: Texts) -> str:
    if turn.answer:
        body = _answer(number, turn, turn.answer, t)
    elif turn.trouble:
        body = _trouble(turn, t)
    else:
        body = f'<p class="pending"><span class="dots" aria-hidden="true"></span>{escape(t.pending)}</p>'
    return (
        f'<article class="turn" id="turn-{number}">'
        f'<div class="question"><h2 class="unseen">{escape(t.you)}</h2><p>{escape(turn.question)}</p></div>'
        f'<div class="answer"><h3 class="unseen">{escape(t.assistant)}</h3>{body}</div></article>'
    )


def _trouble(turn: Turn, t: Texts) -> str:
    unusable = turn.trouble is Trouble.UNUSABLE
    title, detail = (t.unusable_question, turn.reason) if unusable else (t.failed, t.failed_help)
    return f'<div class="box trouble" role="alert"><h4>{escape(title)}</h4><p>{escape(detail)}</p></div>'


def _answer(number: int, turn: Turn, answer: Answer, t: Texts) -> str:
    told = bool(answer.statements)
    heading = t.headings[answer.status]
    parts = []
    if heading:
        text = "" if told else f"<p>{escape(answer.text)}</p>"
        ways = "" if told else _examples(t, t.other_ways, but=turn.question)
        parts.append(f'<div class="box {answer.status}"><h4>{escape(heading)}</h4>{text}{ways}</div>')
    elif not told:
        parts.append(f"<p>{escape(answer.text)}</p>")
    titles = {clause.citation.n: clause for clause in turn.clauses}
    groups = groupby(answer.statements, key=lambda s: _policy_of(s, titles))
    parts.extend(_group(number, policy_id, list(group), titles, t) for policy_id, group in groups)
    if answer.notices:
        items = "".join(f"<li>{escape(notice)}</li>" for notice in answer.notices)
        parts.append(f'<div class="box notices"><h4>{escape(t.notices)}</h4><ul>{items}</ul></div>')
    if answer.removed:
        parts.append(f'<p class="small">{escape(t.removed.format(count=answer.removed))}</p>')
    if answer.status in (Status.ANSWERED, Status.PARTIAL):
        place = place_name(answer.jurisdiction, t.language) if answer.jurisdiction else t.place_any
        parts.append(f'<p class="small">{escape(t.basis_line.format(day=answer.as_of.isoformat(), place=place))}</p>')
    return f'<div lang="{escape(answer.language)}">{"".join(parts)}</div>'


def _policy_of(statement: Statement, clauses: dict[int, Clause]) -> str | None:
    """The policy a statement rests on: that of its first citation."""
    first = next((clauses[n] for n in statement.citations if n in clauses), None)
    return first.citation.policy_id if first else None


def _group(
    number: int, policy_id: str | None, statements: Sequence[Statement], clauses: dict[int, Clause], t: Texts
) -> str:
    """The statements that rest on one policy: a list under its title, a lone one as a sentence."""
    head = ""
    if policy_id is not None:
        first = next(clauses[n] for s in statements for n in s.citations if n in clauses)
        head = (
            f'<h4 class="policy-title">{escape(sources.title_of(first, t))}{_digest_tag(statements, clauses, t)}</h4>'
        )
    bodies = [f"{escape(s.text)}{''.join(_cite(number, n, clauses, t) for n in s.citations)}" for s in statements]
    if len(bodies) == 1:
        return f'{head}<p class="statement">{bodies[0]}</p>'
    return f'{head}<ul class="statements">{"".join(f"<li>{body}</li>" for body in bodies)}</ul>'


def _digest_tag(statements: Sequence[Statement], clauses: dict[int, Clause], t: Texts) -> str:
    wordings = {clauses[n].citation.wording for s in statements for n in s.citations if n in clauses}
    return f'<span class="badge digest">{escape(t.digest)}</span>' if Wording.DIGEST in wordings else ""


def _cite(number: int, n: int, clauses: dict[int, Clause], t: Texts) -> str:
    if n not in clauses:
        return ""
    citation = clauses[n].citation
    label = t.cite.format(n=n, title=citation.title, locator=citation.locator)
    return (
        f'<a class="cite" href="#source-{number}-{n}" id="cite-{number}-{n}" '
        f'aria-label="{escape(label)}" title="{escape(label)}">[{n}]</a>'
    )


def _sources_of(number: int, turn: Turn, t: Texts) -> str:
    if turn.clauses:
        return sources.cards(number, turn.clauses, t)
    return f'<p class="source-empty">{escape(t.sources_none)}</p>'


def _shortened(question: str) -> str:
    return question if len(question) <= 40 else f"{question[:39]}…"
