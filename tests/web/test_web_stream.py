"""The page shows the sentences of an answer while it is still being written."""

from __future__ import annotations

import gradio as gr
from web_fakes import FakeAssistant

from assistant.app.web.ask import AskPage
from assistant.app.web.texts import ZH


def test_verified_sentences_are_shown_before_the_answer_is_whole():
    with gr.Blocks():
        page = AskPage(FakeAssistant(), ZH)
    steps = [step[0][-1] for step in page._ask("逐句：申请认定要什么条件？", (), "", "", "zh")]
    first, *growing, last = steps
    assert first.pending
    assert not first.written
    assert [len(turn.written) for turn in growing] == list(range(1, 1 + len(last.answer.statements)))
    assert all(turn.pending for turn in growing)
    assert growing[-1].written == tuple(s.text for s in last.answer.statements)


def test_what_is_being_written_is_escaped():
    from assistant.app.web import render

    html = render.transcript((render.Turn("问", written=("<b>粗</b>",)),), ZH)
    assert "&lt;b&gt;粗&lt;/b&gt;" in html
    assert 'class="pending"' in html
