"""The page shows the sentences of an answer while it is still being written."""

from __future__ import annotations

import gradio as gr
from web_fakes import TODAY, FakeAssistant

from assistant.app.web import render
from assistant.app.web.ask import _UNCHANGED, AskPage
from assistant.app.web.texts import ZH
from assistant.app.web.turns import Turn
from assistant.models import Answer, Statement, Status


def test_verified_sentences_are_shown_before_the_answer_is_whole():
    with gr.Blocks():
        page = AskPage(FakeAssistant(), ZH)
    steps = [step[0][-1] for step in page._ask("逐句：申请认定要什么条件？", (), "", "", "zh", gr.Request())]
    first, *growing, last = steps
    assert first.pending
    assert first.draft is None
    assert [len(turn.draft.statements) for turn in growing] == list(range(1, 1 + len(last.answer.statements)))
    assert all(turn.pending for turn in growing)
    assert growing[-1].draft.statements == last.answer.statements


def test_what_comes_after_a_question_was_stopped_changes_nothing():
    with gr.Blocks():
        page = AskPage(FakeAssistant(), ZH)
    reader, other = gr.Request(session_hash="one"), gr.Request(session_hash="two")
    answering = page._ask("逐句：申请认定要什么条件？", (), "", "", "zh", reader)
    turns, *_ = next(answering)
    turns, *_ = next(answering)
    page._clear("zh", other)  # in another window
    turns, *_ = next(answering)
    page._stop(turns, "zh", reader)
    assert list(answering) == [_UNCHANGED]


def test_what_is_being_written_is_escaped():
    draft = Answer("问", Status.PARTIAL, "", "zh", TODAY, None, statements=(Statement("<b>粗</b>", ()),))
    html = render.transcript((Turn("问", draft=draft),), ZH)
    assert "&lt;b&gt;粗&lt;/b&gt;" in html
    assert 'class="pending"' in html
