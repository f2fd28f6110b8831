"""Whatever a model does, no sentence is shown that its clauses do not say, and an answer comes in time."""

from __future__ import annotations

import time

import pytest
from drafting_policies import AMOUNT, CONDITIONS, FORBIDDEN

from assistant.models import Status
from eval.scripted_model import PARTS, Said


@pytest.fixture(params=[CONDITIONS, FORBIDDEN, AMOUNT])
def question(request):
    return request.param


@pytest.mark.parametrize(
    ("part", "form"), [*((part, "text") for part in PARTS), ("perfect", "json"), ("invented_number", "json")]
)
def test_no_lie_is_shown_and_every_list_is_whole(worded, script, part, form):
    script.play(part)
    assistant = worded(form=form)
    for question in (CONDITIONS, FORBIDDEN, AMOUNT):
        answer = assistant.ask(question)
        assert answer.status is Status.ANSWERED
        quotes = {c.n: c.quote for c in answer.citations}
        own = {s.text for s in answer.statements if not any(s.text in quotes[n] for n in s.citations)}
        assert not script.lies & own
        numbers = {n for s in answer.statements for n in s.citations}
        cited = {c.address.rpartition("/art_")[2] for c in answer.citations if c.n in numbers}
        if question == CONDITIONS:
            assert {f"2/item_{n}" for n in (1, 2, 3, 4)} <= {a.replace("para_1/", "") for a in cited}
        if question == FORBIDDEN:
            assert {"5/item_1", "5/item_2"} <= {a.replace("para_1/", "") for a in cited}


def test_a_perfect_draft_is_shown_as_it_is_written(worded, script, question):
    script.play("perfect")
    assistant = worded()
    answer = assistant.ask(question)
    assert [s.text for s in answer.statements] == [said.text for said in script.said]
    assert answer.worded_by == "scripted"
    assert any("语言模型（scripted）" in notice for notice in answer.notices)


def test_an_item_below_a_prohibition_never_stands_without_it(worded, script):
    script.play(lambda asked: [Said("学校和实习单位不得有违规行为。", ("C1",))])
    assistant = worded()
    answer = assistant.ask(FORBIDDEN)
    listed = answer.text.partition("条文还列有：")[2] or answer.text
    assert listed.index("不得有下列行为") < listed.index("未满十六周岁")


@pytest.mark.parametrize(
    ("trouble", "why"),
    [
        ("refuses_key", "scripted refused the key. Put a valid one into CHAT_API_KEY or the key_file."),
        ("busy", "scripted is asked too often at the moment, or its quota is used up. Try again later."),
        ("fails", "The server of scripted failed. Its own log says why."),
        ("silent", "scripted gave no whole answer within 1 seconds. Raise timeout under [chat]"),
        ("endless", "scripted gave no whole answer within 1 seconds."),
    ],
)
@pytest.mark.timed
def test_a_model_that_fails_leaves_the_quoted_answer_and_says_why(worded, script, trouble, why):
    script.play("perfect", trouble)
    assistant = worded(timeout=1, retries=0)
    started = time.monotonic()
    answer = assistant.ask(AMOUNT)
    took = time.monotonic() - started
    assert answer.status is Status.ANSWERED
    assert any("100万元" in s.text for s in answer.statements)
    assert answer.worded_by is None
    assert any(why in notice and "直接引用条款" in notice for notice in answer.notices)
    assert took < 6  # the second it may take, and what the answer itself takes on a busy machine


def test_a_model_that_is_not_there_leaves_the_quoted_answer(worded, script):
    assistant = worded(base_url="http://127.0.0.1:9/v1", retries=0)
    answer = assistant.ask(AMOUNT)
    assert any("scripted cannot be reached at http://127.0.0.1:9/v1. Check that its" in n for n in answer.notices)
    assert answer.statements


@pytest.mark.parametrize("trouble", ["dies", "slow"])
def test_what_a_model_did_not_get_to_say_is_quoted(worded, script, trouble):
    script.play("perfect", trouble)
    assistant = worded(timeout=2)
    answer = assistant.ask(CONDITIONS)
    cited = {c.address for c in answer.citations}
    assert {a[-6:] for a in cited} >= {"item_1", "item_2", "item_3", "item_4"}
    assert any("语言模型" in notice and "直接引用" in notice for notice in answer.notices)


def test_it_is_tried_again_while_nothing_was_heard(worded, script):
    script.play("perfect", "fails", failures=1)
    assistant = worded(retries=2)
    assert assistant.ask(AMOUNT).worded_by == "scripted"
    assert len(script.requests) == 2


def test_a_server_without_schemas_is_asked_for_text_from_then_on(worded, script):
    script.play("perfect", "no_schema")
    assistant = worded(form="auto")
    assert assistant.ask(AMOUNT).worded_by == "scripted"
    assert assistant.ask(AMOUNT).worded_by == "scripted"
    assert ["response_format" in r for r in script.requests] == [True, False, False]


def test_where_the_policies_do_not_answer_no_model_is_asked(worded, script):
    script.play("obeys")
    assistant = worded()
    assert assistant.ask("火星移民需要什么签证？").status in (Status.NOT_FOUND, Status.OUT_OF_SCOPE)
    assert not script.requests


def test_the_model_sees_numbers_words_place_day_and_rank_and_no_addresses(worded, script):
    script.play("perfect")
    assistant = worded()
    answer = assistant.ask(CONDITIONS, as_of="2026-01-01")
    sent = script.requests[0]["messages"][1]["content"]
    assert "<条款 C1 " in sent
    assert "每年接收实习学生不少于60人" in sent
    assert "2026-01-01" in sent
    assert not any(c.address in sent for c in answer.citations)


def test_clauses_that_find_no_room_are_left_out_whole(worded, script):
    script.play("perfect")
    assistant = worded(context_tokens=1_000)
    answer = assistant.ask(CONDITIONS)
    assert {c.address[-6:] for c in answer.citations} >= {"item_1", "item_4"}  # quoted where the model did not see them
