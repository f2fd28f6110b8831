"""The Insight page, for administrators alone: what is asked and not answered, what is held, how taking in went."""

from __future__ import annotations

import logging
from typing import Any

import gradio as gr

from assistant.app.web import insight_html
from assistant.app.web.answering import Assistant
from assistant.app.web.insight_texts import insight_texts
from assistant.app.web.reader import Role, reader

logger = logging.getLogger(__name__)


class InsightPage:
    """The components of the page; who asks for it is looked at every time."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        t = insight_texts("zh")
        with gr.Tab(t.tab, id="insight", elem_id="insight-page", visible=False) as self.tab:
            self._opened = gr.State(False)
            self._page = gr.HTML(insight_html.loading(t), elem_id="insight", apply_default_css=False)

    def connect(self, language: gr.Radio, blocks: gr.Blocks) -> None:
        """Bind the events; `language` is the switch in the frame of the page."""
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "queue": False}
        blocks.load(self._label, [language], [self.tab], **quiet)
        self.tab.select(lambda: True, None, [self._opened], **quiet)
        self.tab.select(self._draw, [language], [self._page], **quiet)
        language.change(self._relabel, [self._opened, language], [self.tab, self._page], **quiet)

    def _label(self, language: str, request: gr.Request) -> Any:
        return gr.Tab(label=insight_texts(language).tab, visible=_is_administrator(request))

    def _relabel(self, opened: bool, language: str, request: gr.Request) -> tuple[Any, str]:
        page = self._draw(language, request) if opened else insight_html.loading(insight_texts(language))
        return self._label(language, request), page

    def _draw(self, language: str, request: gr.Request) -> str:
        """The page, or why it cannot be shown: hiding a tab keeps nobody from asking for what is in it."""
        t = insight_texts(language)
        if not _is_administrator(request):
            return insight_html.trouble(t.not_allowed)
        try:
            return insight_html.page(self._assistant.insight(), t)
        except Exception:  # the page must outlive any fault of one view
            logger.exception("The insight page could not be shown")
            return insight_html.trouble(t.failed)


def _is_administrator(request: gr.Request) -> bool:
    return reader(request).role is Role.ADMINISTRATOR
