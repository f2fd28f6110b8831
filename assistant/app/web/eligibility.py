"""The eligibility page: a scheme chosen, a form made from its facts, and the verdict that follows what is filled in."""

from __future__ import annotations

import base64
import datetime as dt
import logging
import re
import tempfile
import time
from dataclasses import dataclass, replace
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

import gradio as gr

from assistant import validity
from assistant.app.web import eligibility_form, eligibility_list, eligibility_verdict, library_table
from assistant.app.web.answering import Assistant
from assistant.app.web.ask import AskPage
from assistant.app.web.eligibility_answers import Answers, Reading, from_chat, from_page, read
from assistant.app.web.eligibility_practice import CALENDAR, REPORTS
from assistant.app.web.eligibility_texts import EligibilityTexts, eligibility_texts
from assistant.app.web.places import provinces
from assistant.app.web.turns import Turn
from assistant.eligibility.facts import PLACE
from assistant.eligibility.model import Scheme, Standing, Verdict
from assistant.errors import AssistantError, SchemeNotFound

logger = logging.getLogger(__name__)

_HOURS_KEPT = 12
_ENDINGS = (*REPORTS, CALENDAR)
_UNFIT = re.compile(r"[^\w（）()\-]+")  # in the name of a file

Views = tuple[Any, ...]  # answers, list, form, verdict


@dataclass(frozen=True, slots=True)
class Checked:
    """Answers with what they come to."""

    answers: Answers
    reading: Reading
    verdict: Verdict


class EligibilityPage:
    """The components of the page and what happens between them."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        script = (files("assistant.app.web") / "eligibility.js").read_text("utf-8")
        loading = library_table.loading(eligibility_texts("zh").loading)
        with gr.Tab(eligibility_texts("zh").tab, id="eligibility", elem_id="eligibility-page") as self.tab:
            self._answers = gr.State(Answers(), time_to_live=_HOURS_KEPT * 3600)
            self._list = gr.HTML(loading, elem_id="eligibility-list", apply_default_css=False, js_on_load=script)
            with gr.Row(elem_id="eligibility-sheet", equal_height=False):
                self._form = gr.HTML("", elem_id="eligibility-form", apply_default_css=False, js_on_load=script)
                self._verdict = gr.HTML("", elem_id="eligibility-verdict", apply_default_css=False, js_on_load=script)
            self._file = gr.HTML("", elem_id="eligibility-file", apply_default_css=False, js_on_load=script)

    def connect(self, language: gr.Radio, ask: AskPage, tabs: gr.Tabs) -> None:
        """Bind the events; `language` is the switch in the frame of the page, `ask` the chat that leads here."""
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "queue": False}
        state = [self._answers, language]
        views = [self._answers, self._list, self._form, self._verdict]
        self.tab.select(self._list_anew, state, [self._list], **quiet)
        self._list.where(self._filter, state, [self._answers, self._list], **quiet)
        self._form.check(self._check, state, views, trigger_mode="multiple", **quiet)
        self._form.clear(self._clear, state, views, **quiet)
        self._form.shut(
            lambda answers: (replace(answers, scheme=""), gr.skip(), "", ""), [self._answers], views, **quiet
        )
        self._list.open(self._open, state, views, **quiet)
        self._verdict.open(self._open, state, views, **quiet)
        self._verdict.take(self._take, state, [self._file], **quiet)
        turns, transcript = ask.conversation
        transcript.check(self._from_chat, [turns, language], [tabs, *views], **quiet)
        language.change(self._relabel, state, [self.tab, *views[1:]], **quiet)

    def _show(self, answers: Answers, language: str, note: str = "") -> Views:
        """Everything anew: what can be checked, and the form and the verdict where one was chosen."""
        t = eligibility_texts(language)
        try:
            listed = self._listing(answers.where, t, note)
            if not answers.scheme:
                return answers, listed, "", ""
            checked = self._checked(answers, t)
            return answers, listed, self._form_of(checked, t), self._verdict_of(checked, t)
        except SchemeNotFound:
            listed = self._listing(answers.where, t, t.gone.format(name=answers.scheme))
            return replace(answers, scheme=""), listed, "", ""
        except Exception:
            logger.exception("The eligibility page could not be shown")
            return answers, library_table.trouble(t.failed), gr.skip(), gr.skip()

    def _list_anew(self, answers: Answers, language: str) -> str:
        """What can be checked today; the form and the verdict stay as they are, and with them what is being typed."""
        return self._listing(answers.where, eligibility_texts(language))

    def _filter(self, answers: Answers, language: str, event: gr.EventData) -> tuple[Answers, str]:
        place = str(event.place)
        return replace(answers, where=place), self._listing(place, eligibility_texts(language))

    def _open(self, answers: Answers, language: str, event: gr.EventData) -> Views:
        """Choose a scheme; what was filled in before for another one stays where both ask for it."""
        place = str(event.place)
        values = {**answers.values, PLACE: place} if place else answers.values
        shown = self._show(replace(answers, scheme=str(event.scheme), values=values), language)
        return shown if not shown[0].scheme else (shown[0], gr.skip(), *shown[2:])

    def _check(self, answers: Answers, language: str, event: gr.EventData) -> Views:
        """The verdict on what was filled in; the form stays as it is, unless the place has a version of its own."""
        t = eligibility_texts(language)
        answers = from_page(event.answers, answers)
        if not answers.scheme:
            return (gr.skip(), gr.skip(), gr.HTML(checked=event.sent), gr.skip())
        try:
            checked = self._checked(answers, t)
            other = checked.verdict.scheme.id != event.scheme or str(checked.reading.day.year) != event.year
            form: dict[str, Any] = {"value": self._form_of(checked, t)} if other else {}
            return answers, gr.skip(), gr.HTML(**form, checked=event.sent), self._verdict_of(checked, t)
        except Exception:
            logger.exception("A company could not be checked")
            return answers, gr.skip(), gr.HTML(checked=event.sent), library_table.trouble(t.failed)

    def _clear(self, answers: Answers, language: str) -> Views:
        return self._show(Answers(answers.scheme, where=answers.where), language)

    def _relabel(self, answers: Answers, language: str) -> Views:
        """Everything in the other language; the answers themselves are not touched, as one may be on its way."""
        return gr.Tab(label=eligibility_texts(language).tab), *self._show(answers, language)[1:]

    def _from_chat(self, turns: tuple[Turn, ...], language: str, event: gr.EventData) -> Views:
        """Go on from a verdict of the chat: its scheme, its day and place, and the facts stated there."""
        at = int(event.turn) - 1
        answer = turns[at].answer if 0 <= at < len(turns) else None
        told = answer.eligibility if answer else None
        if answer is None or told is None or all(verdict.scheme != event.scheme for verdict in told.verdicts):
            return (gr.skip(),) * 5  # a page that is older than the conversation
        scheme = self._assistant.check(str(event.scheme)).scheme
        answers = from_chat(scheme, told.facts, answer.jurisdiction, told.as_of)
        return gr.Tabs(selected="eligibility"), *self._show(answers, language)

    def _take(self, answers: Answers, language: str, event: gr.EventData) -> str:
        """A report or a calendar, handed to the browser as it is: nothing is left that another could fetch."""
        ending = str(event.ending)
        try:
            if ending not in _ENDINGS:
                raise AssistantError(f"'{ending}' is no kind of file made here.")
            verdict = self._checked(answers, eligibility_texts(language)).verdict
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / f"file.{ending}"
                if ending == CALENDAR:
                    self._assistant.write_calendar((verdict,), path, language=language)
                else:
                    self._assistant.write_report(verdict, path, language=language)
                content = base64.b64encode(path.read_bytes()).decode("ascii")
        except Exception:
            logger.exception("A report could not be made")
            return f'<p data-made="{time.time_ns()}" hidden></p>'
        name = f"{_UNFIT.sub('', verdict.scheme.title.in_language(language))}-{verdict.as_of}.{ending}"
        return f'<p data-made="{time.time_ns()}" data-name="{escape(name)}" data-content="{content}" hidden></p>'

    def _checked(self, answers: Answers, t: EligibilityTexts) -> Checked:
        """What the answers come to; a place may have a version of the scheme that asks for other facts."""
        today = dt.date.today()
        chosen = self._assistant.check(answers.scheme).scheme
        reading = read(answers, chosen, t, today)
        verdict = self._assistant.check(answers.scheme, reading.facts, place=reading.place, as_of=reading.day)
        if verdict.scheme.id != chosen.id:
            reading = read(answers, verdict.scheme, t, today)
            verdict = self._assistant.check(answers.scheme, reading.facts, place=reading.place, as_of=reading.day)
        return Checked(answers, reading, verdict)

    def _form_of(self, checked: Checked, t: EligibilityTexts) -> str:
        answers = checked.answers
        if checked.reading.place and not answers.value(PLACE).isdigit():  # told by name, chosen by code
            answers = replace(answers, values={**answers.values, PLACE: checked.reading.place})
        return eligibility_form.form(
            checked.verdict.scheme, answers, self._places(), checked.reading.day, dt.date.today(), t
        )

    def _verdict_of(self, checked: Checked, t: EligibilityTexts) -> str:
        held = frozenset(validity.originals(self._assistant.policies()))
        return eligibility_verdict.verdict(checked.verdict, checked.reading.problems, held, self._fitting(checked), t)

    def _fitting(self, checked: Checked) -> Scheme | None:
        """The version that holds where the company is, where the one chosen is for another place."""
        if checked.verdict.standing is not Standing.ELSEWHERE:
            return None
        there = self._assistant.schemes(checked.verdict.place, checked.reading.day)
        family = checked.verdict.scheme.family
        return next((s for s in there if s.family == family and s.id != checked.verdict.scheme.id), None)

    def _listing(self, place: str, t: EligibilityTexts, note: str = "") -> str:
        places, today = self._places(), dt.date.today()
        known = place if place in places else ""
        return eligibility_list.listing(
            self._assistant.schemes(known or None, today if known else None), places, known, today, t, note
        )

    def _places(self) -> tuple[str, ...]:
        """The places on offer: every province, and every other place that has schemes of its own."""
        own = {scheme.place for scheme in self._assistant.schemes()}
        return tuple(sorted({*provinces(), *own}))
