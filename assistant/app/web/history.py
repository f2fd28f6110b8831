"""The drawer of earlier conversations. They live in the reader's browser; the server sees one when it is opened."""

from __future__ import annotations

import time
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import gradio as gr

from assistant.app.web.keeping import VERSION, kept
from assistant.app.web.turns import Turn

# Its words and its entries are filled in by the script, as text: nothing that was typed is ever markup.
_DRAWER = """
<button type="button" class="history-open" aria-haspopup="dialog" data-label="history"></button>
<dialog class="history" aria-labelledby="history-title">
  <div class="history-head">
    <h2 id="history-title" tabindex="-1" data-label="history"></h2>
    <button type="button" class="history-close" data-label="close"></button>
  </div>
  <p class="small" data-label="history_where"></p>
  <p class="history-said" role="status"></p>
  <ul class="history-list"></ul>
</dialog>
"""


NOTHING_NEW = ""  # to keep


def drawer(labels: dict[str, str]) -> gr.HTML:
    """Return the button and the drawer it opens; it triggers `open` with a kept conversation, and `left` without one."""
    script = (files("assistant.app.web") / "history.js").read_text("utf-8")
    return gr.HTML(
        "",
        html_template=_DRAWER,
        js_on_load=script,
        labels=labels,
        version=VERSION,
        elem_id="history",
        apply_default_css=False,
    )


def keep(turns: Sequence[Turn]) -> Any:
    """Return the value that has the browser keep the conversation as it now stands; without turns, begin a new one.

    It is a value and no other property: for each of those Gradio builds the whole component anew.
    """
    # The time makes each different from the one before, as only a change reaches the script.
    return {"at": time.time_ns() // 1_000_000, "conversation": kept(turns) if turns else ""}
