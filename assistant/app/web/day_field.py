"""The field for a day: year, month, day in that order, written by hand or picked from the browser's calendar.

The browser's own date field follows the language of the browser and not that of the page (mm/dd/yyyy for many a Chinese
reader), so it only lends its calendar.
"""

from __future__ import annotations

from importlib.resources import files

import gradio as gr

# Its words are filled in by the script, which also reads 2026/1/31 and 2026年1月31日.
_FIELD = """
<label for="day-written" data-label="day"></label>
<div class="day-field">
  <input id="day-written" type="text" maxlength="20" autocomplete="off" aria-describedby="day-wrong">
  <button type="button" class="day-pick">
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path fill="none" stroke="currentColor"
      stroke-width="1.4" d="M2 3.5h12v10.5H2zM2 6.7h12M5 1.5v3.2M11 1.5v3.2"/></svg>
  </button>
  <input type="date" class="day-calendar" tabindex="-1" aria-hidden="true" min="1949-10-01" max="2199-12-31">
</div>
<p id="day-wrong" role="alert"></p>
"""


def day_field(labels: dict[str, str]) -> gr.HTML:
    """Return the field; its value is a day as 2026-01-31, "" for none, or what was written where that is no day."""
    script = (files("assistant.app.web") / "day.js").read_text("utf-8")
    return gr.HTML("", html_template=_FIELD, js_on_load=script, labels=labels, elem_id="day", apply_default_css=False)
