"""What a reader takes along from the page: an answer with its sources as text, a conversation as a file."""

from __future__ import annotations

import base64
import datetime as dt
import time
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import gradio as gr

from assistant.app.exporting import Exchange, Export, Source, export, plain
from assistant.app.web.clauses import Clause
from assistant.app.web.places import place_name
from assistant.app.web.sources import status_of, title_of
from assistant.app.web.talk_texts import talk_texts
from assistant.app.web.texts import Texts
from assistant.app.web.turns import Turn
from assistant.models import Metadata

# Its words are filled in by the script.
_MENU = """
<details class="export">
  <summary data-label="export"></summary>
  <div class="export-forms">
    <button type="button" data-form="docx" data-label="export_word"></button>
    <button type="button" data-form="md" data-label="export_markdown"></button>
  </div>
</details>
"""


def menu(labels: dict[str, str]) -> gr.HTML:
    """Return the menu of forms a conversation can be saved in; it triggers `export` with the form chosen."""
    script = (files("assistant.app.web") / "export.js").read_text("utf-8")
    return gr.HTML(
        "",
        html_template=_MENU,
        js_on_load=script,
        labels=labels,
        file=None,
        elem_id="export",
        apply_default_css=False,
    )


def copied(turn: Turn, t: Texts) -> str:
    """Return a question and its answer as text with numbered sources."""
    return plain(_exchange(turn, t), t.language)


def exported(turns: Sequence[Turn], form: str, t: Texts) -> Export:
    """Return a conversation as a file."""
    return export((_exchange(turn, t) for turn in turns), form, t.language, dt.date.today())


def save(file: Export) -> Any:
    """Return what makes the browser save a file, which never touches the disk of the server."""
    content = base64.b64encode(file.content).decode()
    # The time makes each different from the one before, as only a change reaches the script.
    return gr.HTML(file={"at": time.time_ns(), "name": file.name, "type": file.type, "content": content})


def _exchange(turn: Turn, t: Texts) -> Exchange:
    answer = turn.answer or turn.draft
    place = place_name(answer.jurisdiction, t.language) if answer and answer.jurisdiction else None
    unfinished = turn.stopped or turn.answer is None
    return Exchange(turn.question, answer, tuple(_source(clause, t) for clause in turn.clauses), place, unfinished)


def _source(clause: Clause, t: Texts) -> Source:
    status = status_of(clause, t)
    if clause.metadata is None:
        status = (*status, talk_texts(t.language).gone)
    return Source(clause.citation, title_of(clause, t), clause.metadata or Metadata(), status)
