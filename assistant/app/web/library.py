"""The Library page: the table of policies, a policy among the others, two policies side by side."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import gradio as gr

from assistant.app.web import library_compare, library_policy, library_table
from assistant.app.web.answering import Assistant
from assistant.app.web.library_texts import LibraryTexts, library_texts
from assistant.app.web.reader import seen
from assistant.app.web.standing import Standing, standings
from assistant.app.web.texts import texts
from assistant.errors import AssistantError
from assistant.models import Policy

logger = logging.getLogger(__name__)

Shown = tuple[str, ...]  # ids of the policies shown: none is the table, two are a comparison


class LibraryPage:
    """The components of the page and what happens between them."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        script = (files("assistant.app.web") / "library.js").read_text("utf-8")
        with gr.Tab(library_texts("zh").tab, id="library", elem_id="library-page") as self.tab:
            self._shown = gr.State(())
            self._table = gr.HTML(
                library_table.loading(library_texts("zh").loading),
                elem_id="library-table",
                apply_default_css=False,
                js_on_load=script,
            )
            self._page = gr.HTML("", elem_id="library-policy", apply_default_css=False, js_on_load=script)

    def connect(self, language: gr.Radio) -> None:
        """Bind the events; `language` is the switch in the frame of the page."""
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "queue": False}
        self.tab.select(self._open_library, [self._shown, language], [self._table, self._page], **quiet)
        paged = [self._shown, self._page]
        for component in (self._table, self._page):
            component.open(self._open, [language], paged, **quiet)
        self._page.compare(self._compare, [language], paged, **quiet)
        self._page.shut(lambda: ((), ""), None, paged, **quiet)
        language.change(self._relabel, [self._shown, language], [self.tab, self._table, self._page], **quiet)

    def _open_library(self, shown: Shown, language: str, request: gr.Request) -> tuple[str, str]:
        assistant = seen(self._assistant, request)
        return _table_html(assistant, language), _page_html(assistant, shown, language)

    def _open(self, language: str, event: gr.EventData, request: gr.Request) -> tuple[Shown, str]:
        shown = (str(event.policy),)
        return shown, _page_html(seen(self._assistant, request), shown, language)

    def _compare(self, language: str, event: gr.EventData, request: gr.Request) -> tuple[Shown, str]:
        shown = (str(event.policy), str(event.other))
        return shown, _page_html(seen(self._assistant, request), shown, language)

    def _relabel(self, shown: Shown, language: str, request: gr.Request) -> tuple[Any, str, str]:
        t, assistant = library_texts(language), seen(self._assistant, request)
        return gr.Tab(label=t.tab), _table_html(assistant, language), _page_html(assistant, shown, language)


def _table_html(assistant: Assistant, language: str) -> str:
    t = library_texts(language)

    def draw() -> str:
        policies = _policies(assistant)
        return library_table.table(policies, _today(policies), t, texts(language))

    return _guarded(draw, t)


def _page_html(assistant: Assistant, shown: Shown, language: str) -> str:
    if not shown:
        return ""
    t = library_texts(language)

    def draw() -> str:
        policies = assistant.policies()
        standing = _today(policies)
        found = [assistant.policy(policy_id) for policy_id in shown]
        if len(found) > 1:
            return library_compare.comparison(found[0], found[1], standing, t)
        return library_policy.page(found[0], policies, standing, t, texts(language))

    inner = _guarded(draw, t)
    return (
        inner
        if inner.startswith("<article")
        else f'<article class="policy-page">{library_policy.back(t)}{inner}</article>'
    )


def _policies(assistant: Assistant) -> tuple[Policy, ...]:
    """Every policy with its provisions, which the table counts; one removed in between is left out."""
    found = []
    for policy in assistant.policies():
        try:
            found.append(assistant.policy(policy.id))
        except AssistantError:
            continue
    return tuple(found)


def _today(policies: Any) -> dict[str, Standing]:
    return standings(policies, dt.date.today())


def _guarded(draw: Callable[[], str], t: LibraryTexts) -> str:
    """Return what is drawn, or why it could not be: the page outlives any fault of one view."""
    try:
        return draw()
    except (AssistantError, KeyError):  # removed since it was listed
        logger.debug("A policy of the library is gone", exc_info=True)
        return library_table.trouble(t.gone)
    except Exception:
        logger.exception("The library could not be shown")
        return library_table.trouble(t.failed)
