"""HTML of the page from values. Every word that comes from a person or a document passes through `escape`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape

from assistant.app.web import answers, chips, sources
from assistant.app.web.clauses import Clause
from assistant.app.web.texts import Texts
from assistant.models import Answer


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
    written: tuple[str, ...] = ()  # sentences of an answer that is still being written

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
        body = chips.chips(number, turn.answer, t) + answers.answer(number, turn.answer, turn.clauses, t)
        if not turn.answer.statements:
            body += _examples(t, t.other_ways, but=turn.question)
    elif turn.trouble:
        body = _trouble(turn, t)
    else:
        body = "".join(f"<p>{escape(sentence)}</p>" for sentence in turn.written)
        body += f'<p class="pending"><span class="dots" aria-hidden="true"></span>{escape(t.pending)}</p>'
    return (
        f'<article class="turn" id="turn-{number}">'
        f'<div class="question"><h2 class="unseen">{escape(t.you)}</h2><p>{escape(turn.question)}</p></div>'
        f'<div class="answer"><h3 class="unseen">{escape(t.assistant)}</h3>{body}</div></article>'
    )


def _trouble(turn: Turn, t: Texts) -> str:
    unusable = turn.trouble is Trouble.UNUSABLE
    title, detail = (t.unusable_question, turn.reason) if unusable else (t.failed, t.failed_help)
    return f'<div class="box trouble" role="alert"><h4>{escape(title)}</h4><p>{escape(detail)}</p></div>'


def _sources_of(number: int, turn: Turn, t: Texts) -> str:
    if turn.clauses:
        only_near = turn.answer is not None and not turn.answer.citations
        note = f'<p class="small">{escape(t.sources_related)}</p>' if only_near else ""
        return note + sources.cards(number, turn.clauses, t)
    return f'<p class="source-empty">{escape(t.sources_none)}</p>'


def _shortened(question: str) -> str:
    return question if len(question) <= 40 else f"{question[:39]}…"
