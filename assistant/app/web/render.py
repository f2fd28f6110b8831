"""HTML of the page from values. Every word that comes from a person or a document passes through `escape`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape

from assistant.app.web import answers, chips, sources
from assistant.app.web.actions import actions
from assistant.app.web.talk_texts import talk_texts
from assistant.app.web.texts import Language, Texts, texts
from assistant.app.web.turns import REMEMBERED, This, Trouble, Turn


def header(t: Texts) -> str:
    """Return the head of the page."""
    return f'<h1>{escape(t.title)}</h1><p class="tagline">{escape(t.tagline)}</p>'


def transcript(turns: Sequence[Turn], t: Texts) -> str:
    """Return the conversation, or the welcome where there is none yet."""
    inner = "".join(_shown(i, turn, t) for i, turn in enumerate(turns, 1)) if turns else _welcome(t)
    return f'<div class="transcript" role="log" lang="{t.language}">{inner}</div>'


def source_panel(turns: Sequence[Turn], t: Texts) -> str:
    """Return the sources of all answers, those of the last one shown."""
    last = len(turns)
    groups = "".join(
        f'<div class="source-group" data-turn="{i}"{"" if i == last else " hidden"}>'
        f'<p class="source-for">{escape(t.sources_for.format(question=_shortened(turn.question)))}</p>'
        f"{_sources_of(i, This(turn), t.language)}</div>"
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
    return _questions(label, [question for question in t.examples if question != but])


def _questions(label: str, questions: Iterable[str], style: str = "examples") -> str:
    buttons = "".join(
        f'<li><button type="button" class="example" data-ask="{escape(q)}">{escape(q)}</button></li>' for q in questions
    )
    return f'<div class="{style}"><h3>{escape(label)}</h3><ul>{buttons}</ul></div>'


def _shown(number: int, turn: Turn, t: Texts) -> str:
    """A turn as it stands; one that is still growing is never shown so again, and would only drive others out."""
    make = _turn.__wrapped__ if turn.pending else _turn
    return make(number, This(turn), t.language)


@lru_cache(maxsize=REMEMBERED)
def _turn(number: int, this: This, language: Language) -> str:
    turn, t = this.turn, texts(language)
    if turn.answer:
        body = _stopped(number, turn, t) if turn.stopped else ""
        body += chips.chips(number, turn.answer, t) + answers.answer(number, turn.answer, turn.clauses, t)
        body += actions(number, turn, t)
        if turn.answer.suggestions:
            body += _questions(talk_texts(t.language).ask_next, turn.answer.suggestions, "examples next")
        elif not turn.answer.statements:
            body += _examples(t, t.other_ways, but=turn.question)
    elif turn.trouble:
        body = _stopped(number, turn, t) if turn.trouble is Trouble.STOPPED else _trouble(number, turn, t)
    else:
        body = "".join(f"<p>{escape(s.text)}</p>" for s in turn.draft.statements) if turn.draft else ""
        body += f'<p class="pending"><span class="dots" aria-hidden="true"></span>{escape(t.pending)}</p>'
    return (
        f'<article class="turn" id="turn-{number}">'
        f'<div class="question"><h2 class="unseen">{escape(t.you)}</h2><p>{escape(turn.question)}</p></div>'
        f'<div class="answer"><h3 class="unseen">{escape(t.assistant)}</h3>{body}</div></article>'
    )


def _trouble(number: int, turn: Turn, t: Texts) -> str:
    if turn.trouble is Trouble.UNUSABLE:
        title, detail, button = t.unusable_question, turn.reason, ""
    else:
        title, detail, button = t.failed, t.failed_help, _ask_again(number, t)
    return f'<div class="box trouble" role="alert"><h4>{escape(title)}</h4><p>{escape(detail)}</p>{button}</div>'


def _stopped(number: int, turn: Turn, t: Texts) -> str:
    say = talk_texts(t.language)
    detail = say.stopped_kept if turn.answer else say.stopped_empty
    return (
        f'<div class="box stopped" role="status"><h4>{escape(say.stopped)}</h4><p>{escape(detail)}</p>'
        f"{_ask_again(number, t)}</div>"
    )


def _ask_again(number: int, t: Texts) -> str:
    label = escape(talk_texts(t.language).ask_again)
    return f'<button type="button" class="ask-again" data-turn="{number}">{label}</button>'


@lru_cache(maxsize=REMEMBERED)
def _sources_of(number: int, this: This, language: Language) -> str:
    turn, t = this.turn, texts(language)
    if turn.clauses:
        near = {citation.n for citation in turn.answer.related} if turn.answer else set()
        cited = [clause for clause in turn.clauses if clause.citation.n not in near]
        others = [clause for clause in turn.clauses if clause.citation.n in near]
        note = f'<p class="small near">{escape(t.sources_related)}</p>' if others else ""
        return sources.cards(number, cited, t) + note + sources.cards(number, others, t)
    return f'<p class="source-empty">{escape(t.sources_none)}</p>'


def _shortened(question: str) -> str:
    return question if len(question) <= 40 else f"{question[:39]}…"
