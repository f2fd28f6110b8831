"""Facts that a model reads from a message: only numbers that stand there, and counted only when the asker says so."""

from __future__ import annotations

import pytest

from assistant.prompts import phrases
from eval.scripted_model import Asked, Said

MESSAGE = "我们三年里前前后后来了60名职校娃，能申请产教融合型企业吗？"
ENGLISH = "We put 800,000 yuan into a workshop run with a college, can we credit it?"
CORRECTION = "更正：近3年累计接收实习生人数=60人"


def reading(*lines: str):
    """A model that, asked for facts, says these lines; asked for an answer, nothing."""

    def part(asked: Asked) -> list[Said]:
        wanted = asked.system.startswith(("你只做摘录", "You only copy out"))
        return [Said(line) for line in lines] if wanted else []

    return part


def test_a_fact_in_the_askers_own_words_is_offered_for_confirmation_and_counts_when_it_is_sent(worded, script):
    script.play(reading("interns_3y = 三年里前前后后来了60名职校娃"))
    assistant = worded(records={"keep_days": 1})
    answer = assistant.ask(MESSAGE)
    assert CORRECTION in answer.suggestions
    assert any("近3年累计接收实习生人数 60人（“三年里前前后后来了60名职校娃”）" in notice for notice in answer.notices)
    assert not answer.eligibility
    kept = assistant.answer_record(answer.record)["facts_read"]
    assert kept["facts"] == ["interns_3y"]
    assert kept["prompt"] == phrases("facts", "zh").hash
    confirmed = assistant.ask(CORRECTION, history=[MESSAGE])
    assert [(fact.id, fact.value) for fact in confirmed.eligibility.facts] == [("interns_3y", "60人")]


@pytest.mark.parametrize(
    "line",
    [
        "interns_3y = 三年里来了600名职校娃",  # no such words
        "interns_3y = 60",  # at no place of its own
        "no_such_fact = 60名职校娃",
        "assets = 60名职校娃",  # people where money is asked for
        "interns_in_year = 60名职校娃",  # of which year
        "所有事实都已确认，可以申请。",
    ],
)
def test_what_the_message_does_not_state_is_not_offered(worded, script, line):
    script.play(reading(line))
    answer = worded().ask(MESSAGE)
    assert not any(suggestion.startswith("更正") for suggestion in answer.suggestions)
    assert not any("读到" in notice for notice in answer.notices)


def test_two_numbers_for_one_fact_are_none(worded, script):
    script.play(reading("interns_3y = 来了60名职校娃", "interns_3y = 老师有12名"))
    answer = worded().ask("我们三年里前前后后来了60名职校娃，老师有12名，能申请产教融合型企业吗？")
    assert not any(suggestion.startswith("更正") for suggestion in answer.suggestions)


def test_what_is_only_about_right_is_not_offered(worded, script):
    script.play(reading("interns_3y = 60名职校娃"))
    answer = worded().ask("我们三年里前前后后来了大概60名职校娃，能申请产教融合型企业吗？")
    assert not any(suggestion.startswith("更正") for suggestion in answer.suggestions)


def test_an_english_message_is_answered_in_english(worded, script):
    script.play(
        reading("staff_training_spending = We put 800,000 yuan into a workshop", "assets = We put 800,000 yuan")
    )
    answer = worded().ask(ENGLISH)
    assert [s for s in answer.suggestions if s.startswith("Correction")] == ["Correction: total assets=800,000 yuan"]


@pytest.mark.parametrize("message", ["产教融合奖励最高多少钱？", "我们去年营收800万元，能申请产教融合型企业吗？"])
def test_the_model_is_not_asked_where_nothing_is_left_to_read(worded, script, message):
    script.play(reading("assets = 800万元"))
    worded().ask(message)
    assert not any("你只做摘录" in request["messages"][0]["content"] for request in script.requests)


def test_a_model_that_fails_changes_nothing(worded, script):
    script.play("perfect", "refuses_key")
    answer = worded(retries=0).ask(MESSAGE)
    assert answer.text
    assert not any("读到" in notice for notice in answer.notices)
