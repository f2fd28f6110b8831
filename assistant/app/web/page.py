"""The page as a whole: head, language switch, and the pages within."""

from __future__ import annotations

from typing import Any

import gradio as gr

from assistant.app.web import render
from assistant.app.web.answering import Assistant
from assistant.app.web.ask import AskPage
from assistant.app.web.documents import DocumentsPage
from assistant.app.web.eligibility import EligibilityPage
from assistant.app.web.insight import InsightPage
from assistant.app.web.library import LibraryPage
from assistant.app.web.login import corner
from assistant.app.web.reader import reader
from assistant.app.web.texts import EN, LANGUAGES, ZH, texts

_LINE_TOLD_EVERY = 3600.0  # seconds
_LOOKED_AFTER = 0.005  # seconds


def build(assistant: Assistant) -> gr.Blocks:
    """Return the web app over an assistant, not yet served."""
    blocks: gr.Blocks
    with gr.Blocks(title=f"{ZH.title} · {EN.title}", analytics_enabled=False, fill_width=True) as blocks:
        with gr.Row(elem_id="top"):
            head = gr.HTML(render.header(ZH), elem_id="head", apply_default_css=False)
            who = gr.HTML("", elem_id="who", apply_default_css=False)
            language = gr.Radio(
                [(name, code) for code, name in LANGUAGES.items()],
                value="zh",
                label=f"{ZH.language_label} / {EN.language_label}",
                elem_id="language",
                container=False,
                scale=0,
                min_width=190,
            )
        with gr.Tabs(elem_id="pages", overflow_behavior="wrap") as tabs:
            with gr.Tab(ZH.send, id="ask") as ask_tab:
                ask = AskPage(assistant, ZH)
            eligibility = EligibilityPage(assistant)
            library = LibraryPage(assistant)
            documents = DocumentsPage(assistant)
            insight = InsightPage(assistant)
        ask.connect(language)
        eligibility.connect(language, ask, tabs)
        library.connect(language)
        documents.connect(language)
        insight.connect(language, blocks)
        blocks.load(_corner, [language], [who], queue=False, show_progress="hidden", api_visibility="private")
        language.change(
            _relabel,
            [language],
            [head, ask_tab, who],
            queue=False,
            show_progress="hidden",
            api_visibility="private",
        )
    # Whoever waits is told nothing of the others, as the page shows no place in a line; told at each change, it costs much.
    blocks.queue(max_size=200, api_open=False, status_update_rate=_LINE_TOLD_EVERY)
    # By itself Gradio looks a thousand times a second whether there is something to do.
    blocks._queue.sleep_when_free = _LOOKED_AFTER
    return blocks


def _corner(language: str, request: gr.Request) -> str:
    return corner(reader(request).name, language)


def _relabel(language: str, request: gr.Request) -> tuple[str, Any, str]:
    t = texts(language)
    return render.header(t), gr.Tab(label=t.send), _corner(language, request)


def theme() -> Any:
    """Return the colours and the fonts: those of the reader's own system, so that none is fetched."""
    sans = [
        "system-ui",
        "-apple-system",
        "Segoe UI",
        "PingFang SC",
        "Microsoft YaHei",
        "Noto Sans CJK SC",
        "sans-serif",
    ]
    return gr.themes.Base(
        primary_hue=gr.themes.colors.teal,
        neutral_hue=gr.themes.colors.slate,
        radius_size=gr.themes.sizes.radius_md,
        font=[*sans, "sans-serif"],
        font_mono=["ui-monospace", "Consolas", "monospace"],
    )
