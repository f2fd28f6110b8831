"""The printed page a clause stands on: where it is served, and what the card of the clause shows of it."""

from __future__ import annotations

import logging
from html import escape
from typing import Annotated
from urllib.parse import urlencode

import gradio as gr
from fastapi import APIRouter, Query, Request, Response

from assistant.app.web.answering import Assistant
from assistant.app.web.clauses import Clause
from assistant.app.web.paper_texts import paper_texts
from assistant.app.web.reader import seen
from assistant.errors import AssistantError
from assistant.text import locators

logger = logging.getLogger(__name__)

_PATH = "page-image"
_MOST_WORDS = 2_000  # of a quote, which a link must hold; longer ones are marked as far as that
_MOST_PAGES = 6  # on offer for one clause


def routes(assistant: Assistant) -> APIRouter:
    """Return the address under which pages are served; what is not held, or not for the reader, is not found."""
    router = APIRouter()

    @router.get(f"/{_PATH}")
    def page_image(
        request: Request,
        policy: Annotated[str, Query(max_length=300)],
        clause: Annotated[str, Query(max_length=600)],
        page: Annotated[int, Query(ge=1, le=100_000)],
        words: Annotated[str, Query(max_length=_MOST_WORDS)] = "",
    ) -> Response:
        try:
            shown = seen(assistant, gr.Request(request)).page_image(policy, clause, page, words)
        except AssistantError as error:
            logger.debug("A page could not be shown: %s", error)
            return Response(status_code=404)
        about = {"X-Marked": shown.marked, "Cache-Control": "private, no-store"}
        return Response(shown.png, media_type="image/png", headers=about)

    return router


def control(clause: Clause, title: str, language: str) -> str:
    """Return what opens the printed pages of a clause; nothing where it was not read from a PDF."""
    if not clause.pages:
        return ""
    say = paper_texts(language)
    sheets = "".join(_sheet(clause, page, title, language) for page in clause.pages[:_MOST_PAGES])
    return (
        f'<details class="paper"><summary>{escape(say.show)}</summary>'
        f'<p class="loading" role="status" data-failed="{escape(say.failed)}">{escape(say.loading)}</p>{sheets}</details>'
    )


def _sheet(clause: Clause, page: int, title: str, language: str) -> str:
    say, citation = paper_texts(language), clause.citation
    address = urlencode(
        {"policy": citation.policy_id, "clause": citation.address, "page": page, "words": citation.quote[:_MOST_WORDS]}
    )
    told = "".join(
        f' data-{name}="{escape(text.format(page=page))}"'
        for name, text in (("words", say.words), ("lines", say.lines), ("nothing", say.nothing))
    )
    alternative = say.alternative.format(title=title, page=page, locator=locators.written(citation.locator, language))
    source = escape(f"{_PATH}?{address}")
    return (
        f'<figure data-source="{source}" hidden><a href="{source}" target="_blank" title="{escape(say.enlarge)}">'
        f'<img alt="{escape(alternative)}"></a><figcaption{told}></figcaption></figure>'
    )
