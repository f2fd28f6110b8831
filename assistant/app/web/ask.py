"""The Ask page: a conversation on the left, the clauses it rests on at the right."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Any, Protocol

import gradio as gr

from assistant.app.web import render
from assistant.app.web.clauses import clause
from assistant.app.web.places import place_name, provinces
from assistant.app.web.render import Trouble, Turn
from assistant.app.web.texts import Texts, texts
from assistant.drafting import Verified
from assistant.errors import AssistantError, QuestionError
from assistant.models import Answer, Policy
from assistant.understand import FILTERS, LONGEST

logger = logging.getLogger(__name__)

_KEPT_TURNS = 30  # older ones leave the page, so that a long day's conversation stays quick
_HOURS_KEPT = 12
_AT_ONCE = 24  # questions: one that a model words mostly waits for it
# The browser's own date field: it speaks the reader's language and cannot be filled in wrongly.
_DAY = '<label><span>${caption}</span><input type="date" value="${value}" min="1949-10-01" max="2199-12-31"></label>'
_DAY_SCRIPT = 'element.addEventListener("change", (event) => { props.value = event.target.value; });'


class Assistant(Protocol):
    """What the page needs of an assistant."""

    def ask_stream(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        as_of: dt.date | None = None,
        jurisdiction: str | None = None,
        cited: Sequence[str] = (),
        without: Sequence[str] = (),
    ) -> Iterator[Verified | Answer]:
        """Answer a question, sentence by sentence where a model words it, and then as a whole.

        `history` holds the user's earlier ones, `cited` what the answer before rests on.
        """

    def policy(self, policy_id: str) -> Policy:
        """Return one policy with all its provisions."""

    def policies(self) -> Sequence[Policy]:
        """Return every policy of the installation."""


class AskPage:
    """The components of the page and what happens between them."""

    def __init__(self, assistant: Assistant, t: Texts) -> None:
        self._assistant = assistant
        self._places = _places(assistant.policies())
        script = (files("assistant.app.web") / "transcript.js").read_text("utf-8")
        self._turns = gr.State((), time_to_live=_HOURS_KEPT * 3600)
        with gr.Row(elem_id="ask-page", equal_height=False):
            with gr.Column(scale=3, elem_id="chat"):
                self._transcript = gr.HTML(
                    render.transcript((), t), elem_id="transcript", apply_default_css=False, js_on_load=script
                )
                with gr.Column(elem_id="composer"):
                    with gr.Row(elem_id="ask-row"):
                        self._question = gr.Textbox(**_question(t), elem_id="question", lines=1, max_lines=5, scale=1)
                        self._send = gr.Button(t.send, variant="primary", elem_id="send", scale=0, min_width=96)
                    self._hint = gr.HTML("", elem_id="hint", apply_default_css=False)
                    with gr.Row(elem_id="filters"):
                        self._day = gr.HTML(
                            "",
                            html_template=_DAY,
                            js_on_load=_DAY_SCRIPT,
                            caption=t.day_label,
                            elem_id="day",
                            apply_default_css=False,
                        )
                        self._place = gr.Dropdown(**self._place_props(t), value="", elem_id="place", min_width=140)
                        self._new = gr.Button(t.new_chat, elem_id="new-chat", size="sm", scale=0, min_width=110)
            with gr.Column(scale=2, elem_id="source-column"):
                self._sources = gr.HTML(render.source_panel((), t), elem_id="source-panel", apply_default_css=False)

    def connect(self, language: gr.Radio) -> None:
        """Bind the events; `language` is the switch in the frame of the page."""
        shown = [self._turns, self._transcript, self._sources, self._question, self._hint]
        filters = [self._turns, self._day, self._place, language]
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        asking = gr.on(
            [self._question.submit, self._send.click],
            self._ask,
            [self._question, *filters],
            shown,
            concurrency_limit=_AT_ONCE,
            concurrency_id="ask",
            **quiet,
        )
        example = self._transcript.example(self._ask_example, filters, shown, concurrency_id="ask", **quiet)
        again = self._transcript.again(self._ask_again, filters, shown, concurrency_id="ask", **quiet)
        self._new.click(self._clear, [language], shown, queue=False, cancels=[asking, example, again], **quiet)
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
            yield *[gr.skip()] * 4, render.hint(problem)
            return
        asked = turns[-_KEPT_TURNS + 1 :]
        yield self._shown((*asked, Turn(question)), t, "")
        for turn in self._answered(question, asked if before is None else before, as_of, place, without):
            yield self._shown((*asked, turn), t, gr.skip())

    def _ask_example(
        self, turns: tuple[Turn, ...], day: str, place: str, language: str, event: gr.EventData
    ) -> Iterator[tuple[Any, ...]]:
        yield from self._ask(str(event.question), turns, day, place, language)

    def _ask_again(
        self, turns: tuple[Turn, ...], day: str, place: str, language: str, event: gr.EventData
    ) -> Iterator[tuple[Any, ...]]:
        """Ask a question of the conversation again without one thing that was understood of it."""
        at = int(event.turn) - 1
        turn = turns[at] if 0 <= at < len(turns) else None
        if turn is None or turn.answer is None or turn.answer.understood is None or event.without not in FILTERS:
            yield tuple([gr.skip()] * 5)  # a page that is older than the conversation
            return
        without = (*turn.answer.understood.without, str(event.without))
        yield from self._ask(turn.question, turns, day, place, language, turns[:at], without)

    def _answered(
        self, question: str, before: tuple[Turn, ...], as_of: dt.date | None, place: str, without: tuple[str, ...]
    ) -> Iterator[Turn]:
        """Yield the turn as it grows, last the finished one: the page shows what went wrong, the log says why."""
        last = before[-1].answer if before else None
        written: tuple[str, ...] = ()
        try:
            answering = self._assistant.ask_stream(
                question,
                history=tuple(turn.question for turn in before),
                as_of=as_of,
                jurisdiction=place or None,
                cited=tuple(dict.fromkeys(c.policy_id for c in last.citations)) if last else (),
                without=without,
            )
            answer: Answer | None = None
            for said in answering:
                if isinstance(said, Answer):
                    answer = said
                else:
                    written = (*written, said.statement.text)
                    yield Turn(question, written=written)
            assert answer is not None  # noqa: S101  # it comes last, whatever came before
            shown = answer.citations or answer.related  # what a refusal offers can be opened too
            policies = {id_: self._policy(id_) for id_ in {c.policy_id for c in shown}}
            clauses = tuple(clause(c, policies[c.policy_id]) for c in shown)
        except QuestionError as error:
            yield Turn(question, trouble=Trouble.UNUSABLE, reason=str(error))
        except Exception:  # the page must outlive any fault of one answer
            logger.exception("A question could not be answered")
            yield Turn(question, trouble=Trouble.FAILED)
        else:
            yield Turn(question, answer, clauses)

    def _policy(self, policy_id: str) -> Policy | None:
        try:
            return self._assistant.policy(policy_id)
        except AssistantError:  # removed between the answer and now
            return None

    def _shown(self, turns: tuple[Turn, ...], t: Texts, question: Any) -> tuple[Any, ...]:
        return turns, render.transcript(turns, t), render.source_panel(turns, t), question, ""

    def _clear(self, language: str) -> tuple[Any, ...]:
        return self._shown((), texts(language), "")

    def _relabel(self, turns: tuple[Turn, ...], language: str) -> tuple[Any, ...]:
        t = texts(language)
        return (
            render.transcript(turns, t),
            render.source_panel(turns, t),
            gr.Textbox(**_question(t)),
            "",
            gr.HTML(caption=t.day_label),
            gr.Dropdown(**self._place_props(t)),
            gr.Button(t.new_chat),
            gr.Button(t.send),
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


def _question(t: Texts) -> dict[str, Any]:
    return {"label": t.question_label, "placeholder": t.question_hint}
