"""The page as a whole: head, language switch, and the pages within."""

from __future__ import annotations

from typing import Any

import gradio as gr

from assistant.app.web import render
from assistant.app.web.ask import AskPage, Assistant
from assistant.app.web.library import LibraryPage
from assistant.app.web.texts import EN, LANGUAGES, ZH, texts


def build(assistant: Assistant) -> gr.Blocks:
    """Return the web app over an assistant, not yet served."""
    blocks: gr.Blocks
    with gr.Blocks(title=f"{ZH.title} · {EN.title}", analytics_enabled=False, fill_width=True) as blocks:
        with gr.Row(elem_id="top"):
            head = gr.HTML(render.header(ZH), elem_id="head", apply_default_css=False)
            language = gr.Radio(
                [(name, code) for code, name in LANGUAGES.items()],
                value="zh",
                label=f"{ZH.language_label} / {EN.language_label}",
                elem_id="language",
                container=False,
                scale=0,
                min_width=190,
            )
        with gr.Tabs(elem_id="pages"):
            with gr.Tab(ZH.send, id="ask") as ask_tab:
                ask = AskPage(assistant, ZH)
            library = LibraryPage(assistant)
        ask.connect(language)
        library.connect(language)
        language.change(
            lambda code: (render.header(texts(code)), gr.Tab(label=texts(code).send)),
            [language],
            [head, ask_tab],
            queue=False,
            show_progress="hidden",
            api_visibility="private",
        )
    blocks.queue(max_size=200, api_open=False)
    return blocks


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
