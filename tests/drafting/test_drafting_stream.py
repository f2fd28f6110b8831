"""Sentences are shown as they are verified, soon after they were written, to many people at once."""

from __future__ import annotations

import threading
import time

import pytest
from drafting_policies import AMOUNT, CONDITIONS

from assistant.drafting import Verified
from assistant.models import Answer
from eval.scripted_model import Said


@pytest.mark.timed
def test_a_sentence_is_shown_while_the_next_is_still_being_written(worded, script):
    script.play("perfect", pause=0.02)
    assistant = worded(timeout=20)
    shown = {}
    for said in assistant.ask_stream(CONDITIONS):
        if isinstance(said, Verified):
            shown[said.statement.text] = time.perf_counter()
            assert said.citations
        else:
            answer = said
    assert [s.text for s in answer.statements] == list(shown)
    ended = dict(script.finished)
    assert max(shown[text] - ended[text] for text in shown) < 0.3
    first, *_, last = shown
    assert shown[first] < ended[last]


def test_without_a_model_there_is_only_the_answer(small_home):
    from assistant import Assistant

    with Assistant.open(small_home) as assistant:
        (answer,) = assistant.ask_stream(AMOUNT)
    assert isinstance(answer, Answer)
    assert answer.worded_by is None


def test_who_leaves_halfway_leaves_the_model_free(worded, script):
    script.play("perfect", pause=0.02)
    assistant = worded(timeout=20, concurrency=1)
    stream = assistant.ask_stream(CONDITIONS)
    assert isinstance(next(stream), Verified)
    stream.close()
    script.play("perfect")
    assert assistant.ask(AMOUNT).worded_by == "scripted"


@pytest.mark.timeout(120)
def test_twenty_streams_at_once_are_all_answered(worded, script):
    script.play("perfect", pause=0.01, size=20)
    assistant = worded(timeout=60, concurrency=20)
    assistant.ask(CONDITIONS)  # what only the first question waits for
    answers: list[Answer] = []

    def one() -> None:
        *_, answer = assistant.ask_stream(CONDITIONS)
        answers.append(answer)

    threads = [threading.Thread(target=one) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 20
    assert {answer.worded_by for answer in answers} == {"scripted"}
    assert len({answer.text for answer in answers}) == 1


def test_a_follow_up_is_made_whole_by_the_model_where_that_is_wanted(worded, script):
    whole = "企业申请产教融合奖励的截止时间是什么时候？"

    def part(asked):
        return [Said(whole)] if "对话" in asked.user else [Said(text, (id_,)) for id_, text in asked.clauses]

    script.play(part)
    assistant = worded(rewrite=True)
    answer = assistant.ask("截止呢？", history=[CONDITIONS])
    assert any("3月31日" in s.text for s in answer.statements)
    assert answer.question == "截止呢？"


@pytest.mark.parametrize(
    "added", ["宁波市申请产教融合奖励的条件？", "投资500万元能得多少产教融合奖励？", "《税收办法》规定的奖励是多少？"]
)
def test_a_rewrite_that_adds_a_place_a_figure_or_a_document_is_not_taken(worded, script, added):
    script.play(lambda asked: [Said(added)] if "对话" in asked.user else [])
    assistant = worded(rewrite=True)
    assert assistant.ask(AMOUNT, history=[CONDITIONS]).jurisdiction is None
    assert added not in str(script.requests[1:])
