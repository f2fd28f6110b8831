"""The Ask page: a conversation on the left, the clauses it rests on at the right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Any

import gradio as gr

from assistant.app.exporting import FORMS
from assistant.app.web import history, render, taking
from assistant.app.web.answering import Assistant, answered, settled, stopped
from assistant.app.web.day_field import day_field
from assistant.app.web.keeping import restored
from assistant.app.web.places import place_name, provinces
from assistant.app.web.rating import rated
from assistant.app.web.reader import seen
from assistant.app.web.record_page import RecordView
from assistant.app.web.talk_texts import labels, talk_texts
from assistant.app.web.texts import Texts, texts
from assistant.app.web.turns import Turn
from assistant.models import Policy
from assistant.understand import FILTERS, LONGEST

_KEPT_TURNS = 30  # older ones leave the page, so that a long day's conversation stays quick
_HOURS_KEPT = 12
_AT_ONCE = 2  # questions: one that computes, one in native code; more would only slow each other and the page down
_WORDED_AT_ONCE = 24  # one that a model words mostly waits for it
_UNCHANGED = tuple([gr.skip()] * 5)  # of what is shown
_TO_QUESTION = '() => document.querySelector("#question textarea").focus()'


class AskPage:
    """The components of the page and what happens between them."""

    def __init__(self, assistant: Assistant, t: Texts) -> None:
        self._assistant = assistant
        self._places = _places(assistant.policies())
        self._answering: dict[str, object] = {}  # what is being answered, by session
        script = (files("assistant.app.web") / "transcript.js").read_text("utf-8")
        self._turns = gr.State((), time_to_live=_HOURS_KEPT * 3600)
        with gr.Row(elem_id="ask-page", equal_height=False):
            with gr.Column(scale=3, elem_id="chat"):
                self._record = RecordView(assistant)
                self._transcript = gr.HTML(
                    render.transcript((), t),
                    elem_id="transcript",
                    elem_classes=["keeps-words"] if assistant.keeps_words else [],
                    apply_default_css=False,
                    js_on_load=script,
                )
                with gr.Column(elem_id="composer"):
                    with gr.Row(elem_id="ask-row"):
                        self._question = gr.Textbox(**_question(t), elem_id="question", lines=1, max_lines=5, scale=1)
                        self._send = gr.Button(t.send, variant="primary", elem_id="send", scale=0, min_width=96)
                        # It takes the place of the other while an answer is being made, by style alone.
                        self._stop_button = gr.Button(_stop_label(t), elem_id="stop", scale=0, min_width=96)
                    self._hint = gr.HTML("", elem_id="hint", apply_default_css=False)
                    with gr.Row(elem_id="filters"):
                        self._day = day_field(labels(t.language))
                        self._place = gr.Dropdown(**self._place_props(t), value="", elem_id="place", min_width=140)
                        self._history = history.drawer(labels(t.language))
                        self._export = taking.menu(labels(t.language))
                        self._new = gr.Button(t.new_chat, elem_id="new-chat", size="sm", scale=0, min_width=110)
            with gr.Column(scale=2, elem_id="source-column"):
                self._sources = gr.HTML(render.source_panel((), t), elem_id="source-panel", apply_default_css=False)

    @property
    def conversation(self) -> tuple[gr.State, gr.HTML]:
        """The turns and what shows them, for pages that go on from an answer."""
        return self._turns, self._transcript

    def connect(self, language: gr.Radio) -> None:
        """Bind the events; `language` is the switch in the frame of the page."""
        # The question is none of them: the script of the transcript takes it from its field once it is shown there.
        shown = [self._turns, self._transcript, self._sources, self._hint, self._history]
        filters = [self._turns, self._day, self._place, language]
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        # What is sent and shown is ready as it is; each component would take a thread for it.
        quiet["preprocess"] = quiet["postprocess"] = False
        asking = gr.on(
            [self._question.submit, self._send.click],
            self._ask,
            [self._question, *filters],
            shown,
            concurrency_limit=_WORDED_AT_ONCE if self._assistant.words_answers else _AT_ONCE,
            concurrency_id="ask",
            **quiet,
        )
        example = self._transcript.example(self._ask_example, filters, shown, concurrency_id="ask", **quiet)
        again = self._transcript.again(self._ask_again, filters, shown, concurrency_id="ask", **quiet)
        retry = self._transcript.retry(self._retry, filters, shown, concurrency_id="ask", **quiet)
        ends: dict[str, Any] = {"queue": False, "cancels": [asking, example, again, retry]}
        self._new.click(self._clear, [language], [*shown, self._question], **ends, **quiet)
        self._transcript.rate(self._rate, [self._turns, language], shown, queue=False, **quiet)
        self._record.connect(language, self._new)
        self._history.left(self._clear, [language], [*shown, self._question], **ends, **quiet)
        self._history.open(self._open, [language], shown, **ends, **quiet)
        self._export.export(self._save, [self._turns, language], [self._hint, self._export], queue=False, **quiet)
        halted = self._stop_button.click(self._stop, [self._turns, language], shown, **ends, **quiet)
        halted.then(None, js=_TO_QUESTION)
        language.change(
            self._relabel,
            [self._turns, language],
            [
                self._transcript,
                self._sources,
                self._question,
                self._hint,
                self._day,
                self._place,
                self._new,
                self._send,
                self._stop_button,
                self._history,
                self._export,
            ],
            queue=False,
            **quiet,
        )

    def _ask(
        self,
        question: str,
        turns: tuple[Turn, ...],
        day: str,
        place: str,
        language: str,
        request: gr.Request,
        before: tuple[Turn, ...] | None = None,
        without: tuple[str, ...] = (),
    ) -> Iterator[tuple[Any, ...]]:
        """Show a question and then its answer; `before` are the turns it follows, where those are not all."""
        t = texts(language)
        question = question.strip()
        as_of, problem = _checked(question, day, t)
        if turns and turns[-1].pending:
            problem = t.still_pending
        if problem:
            yield self._hinted(problem)
            return
        asked = turns[-_KEPT_TURNS + 1 :]
        session, this = str(request.session_hash), object()
        self._answering[session] = this
        yield self._shown((*asked, Turn(question)), t)
        followed = asked if before is None else before
        for turn in answered(seen(self._assistant, request), question, followed, as_of, place or None, without):
            if self._answering.get(session) is not this:
                yield _UNCHANGED  # stopped or left while this was on its way, and Gradio's own word of it is not here yet
                return
            yield self._shown((*asked, turn), t, kept=not turn.pending)
        self._answering.pop(session, None)

    def _ask_example(
        self, turns: tuple[Turn, ...], day: str, place: str, language: str, event: gr.EventData, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        yield from self._ask(str(event.question), turns, day, place, language, request)

    def _ask_again(
        self, turns: tuple[Turn, ...], day: str, place: str, language: str, event: gr.EventData, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        """Ask a question of the conversation again without one thing that was understood of it."""
        at = int(event.turn) - 1
        turn = turns[at] if 0 <= at < len(turns) else None
        if turn is None or turn.answer is None or turn.answer.understood is None or event.without not in FILTERS:
            yield _UNCHANGED  # a page that is older than the conversation
            return
        without = (*turn.answer.understood.without, str(event.without))
        yield from self._ask(turn.question, turns, day, place, language, request, turns[:at], without)

    def _stop(self, turns: tuple[Turn, ...], language: str, request: gr.Request) -> tuple[Any, ...]:
        """Keep what is verified of the answer being made; one that has come meanwhile stays whole."""
        if not turns or not turns[-1].pending:
            return _UNCHANGED
        self._answering.pop(str(request.session_hash), None)
        return self._shown((*turns[:-1], stopped(turns[-1], seen(self._assistant, request))), texts(language))

    def _retry(
        self, turns: tuple[Turn, ...], day: str, place: str, language: str, event: gr.EventData, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        """Ask a question again that was stopped or failed, as a question that follows what it followed."""
        at = int(event.turn) - 1
        if not 0 <= at < len(turns):
            yield _UNCHANGED  # a page that is older than the conversation
            return
        yield from self._ask(turns[at].question, turns, day, place, language, request, turns[:at])

    def _open(self, language: str, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        """Show a conversation that was kept in the browser, as far as it can be read."""
        self._answering.pop(str(request.session_hash), None)
        t, say = texts(language), talk_texts(language)
        found = restored(str(event.conversation))
        assistant = seen(self._assistant, request)
        turns = tuple(settled(turn, assistant) for turn in found.turns[-_KEPT_TURNS:])
        problem = say.turns_lost.format(count=found.lost) if found.lost else ""
        *page, _, kept = self._shown(turns, t)
        return *page, render.hint(say.unreadable if found.unreadable else problem), kept

    def _shown(self, turns: tuple[Turn, ...], t: Texts, kept: bool = True) -> tuple[Any, ...]:
        """What the page shows of a conversation; `kept` where the browser is to keep it as it now stands."""
        keep = history.keep(turns) if kept else history.NOTHING_NEW
        return turns, render.transcript(turns, t), render.source_panel(turns, t), "", keep

    def _rate(
        self, turns: tuple[Turn, ...], language: str, event: gr.EventData, request: gr.Request
    ) -> tuple[Any, ...]:
        """Keep what the reader thinks of an answer, and show that it is kept."""
        t, at = texts(language), int(event.turn) - 1
        if not 0 <= at < len(turns):
            return _UNCHANGED  # a page that is older than the conversation
        marked = rated(turns[at], event.good == "yes", str(event.reason), seen(self._assistant, request), t)
        if isinstance(marked, str):
            return self._hinted(marked)
        if turns[-1].pending:  # the conversation belongs to the answer being made
            return self._hinted(talk_texts(language).rate_thanks)
        return self._shown((*turns[:at], marked, *turns[at + 1 :]), t)

    def _hinted(self, message: str) -> tuple[Any, ...]:
        return *[gr.skip()] * 3, render.hint(message), gr.skip()

    def _save(self, turns: tuple[Turn, ...], language: str, event: gr.EventData) -> tuple[Any, Any]:
        """Give the browser the conversation as a file in the form chosen."""
        if not turns or event.form not in FORMS:
            return render.hint(talk_texts(language).export_none), gr.skip()
        return "", taking.save(taking.exported(turns, event.form, texts(language)))

    def _clear(self, language: str, request: gr.Request) -> tuple[Any, ...]:
        self._answering.pop(str(request.session_hash), None)
        return *self._shown((), texts(language)), ""

    def _relabel(self, turns: tuple[Turn, ...], language: str) -> tuple[Any, ...]:
        t = texts(language)
        return (
            render.transcript(turns, t),
            render.source_panel(turns, t),
            gr.Textbox(**_question(t)),
            "",
            gr.HTML(labels=labels(language)),
            gr.Dropdown(**self._place_props(t)),
            gr.Button(t.new_chat),
            gr.Button(t.send),
            gr.Button(_stop_label(t)),
            gr.HTML(labels=labels(language)),
            gr.HTML(labels=labels(language)),
        )

    def _place_props(self, t: Texts) -> dict[str, Any]:
        named = [(place_name(code, t.language), code) for code in self._places]
        return {"label": t.place_label, "choices": [(t.place_any, ""), *named]}


def _checked(question: str, day: str, t: Texts) -> tuple[dt.date | None, str]:
    """Return the day asked for and what is wrong with the input, if anything is."""
    if not question:
        return None, t.empty_question
    if len(question) > LONGEST:
        return None, t.long_question.format(length=len(question), limit=LONGEST)
    if not day:
        return None, ""
    try:
        return dt.date.fromisoformat(day.strip()), ""
    except ValueError:
        return None, t.bad_day.format(value=day)


def _places(policies: Sequence[Policy]) -> list[str]:
    """The places on offer: the nation, the provinces, and every other place a policy here is from."""
    own = {p.metadata.jurisdiction for p in policies if p.metadata.jurisdiction}
    nation, *others = provinces()
    return [nation, *sorted({*others, *own} - {nation})]


def _stop_label(t: Texts) -> str:
    return talk_texts(t.language).stop


def _question(t: Texts) -> dict[str, Any]:
    return {"label": t.question_label, "placeholder": t.question_hint}
