"""A conversation goes to the browser as text and comes back the same, or says what of it is lost."""

from __future__ import annotations

import json
from typing import Any

import pytest
from web_fakes import answer_to, conditions, understood

from assistant.app.web.keeping import LARGEST, Restored, kept, restored
from assistant.app.web.turns import Trouble, Turn
from assistant.models import Answer, Cell, Row, Table

UNREADABLE = Restored(unreadable=True)


def entry(answer: Answer, **changes: Any) -> dict[str, Any]:
    """A kept turn with something changed in its answer."""
    turn = json.loads(kept([Turn("条件？", answer)]))["turns"][0]
    turn["answer"].update(changes)
    return turn


def read(*turns: object, version: object = 1) -> Restored:
    return restored(json.dumps({"version": version, "turns": turns}))


def test_a_conversation_comes_back_as_it_was():
    answer = Answer(**{**{f: getattr(conditions(), f) for f in Answer.__slots__}, "understood": understood("宁波", ())})
    turns = (
        Turn("条件？", answer),
        Turn("坏", trouble=Trouble.FAILED),
        Turn("乱码", trouble=Trouble.UNUSABLE, reason="无字"),
    )
    assert restored(kept(turns)) == Restored(turns)


def test_an_answer_that_is_being_made_comes_back_as_stopped():
    back = restored(kept([Turn("一"), Turn("二", draft=conditions())])).turns
    assert back == (Turn("一", trouble=Trouble.STOPPED), Turn("二", conditions(), stopped=True))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"version": 0, "turns": [{"question": "旧"}]}',
        '{"version": 1}',
        '{"version": 1, "turns": []}',
        '{"version": 1, "turns": {"question": "一"}}',
        "[" * 100_000,
        "x" * (LARGEST + 1),
    ],
)
def test_what_is_no_conversation_of_this_version_is_not_read(text):
    assert restored(text) == UNREADABLE


@pytest.mark.parametrize(
    "broken",
    [
        {"status": "sure"},
        {"language": "<script>"},
        {"as_of": "yesterday"},
        {"citations": [{"n": 1}]},
        {"statements": "all of it"},
        {"table": {"columns": ["甲", "乙"], "rows": [{"aspect": "金额", "cells": [{"text": "一"}]}]}},
    ],
)
def test_a_damaged_answer_is_left_out_and_the_others_stay(broken):
    assert read(entry(conditions(), **broken), entry(conditions())) == Restored((Turn("条件？", conditions()),), lost=1)


def test_two_citations_of_one_number_are_damage():
    double = [entry(conditions())["answer"]["citations"][0]] * 2
    assert read(entry(conditions(), citations=double)) == UNREADABLE


@pytest.mark.parametrize(
    "turn", [{}, 7, {"question": ""}, {"question": "一"}, {"question": "长" * 5000, "trouble": "failed"}]
)
def test_a_turn_without_question_or_outcome_is_damage(turn):
    assert read(turn, entry(answer_to("天气", conditions().as_of, None))).lost == 1


def test_a_comparison_is_kept():
    table = Table(("甲", "乙"), (Row("金额", (Cell("一", (1,)), Cell())),))
    answer = Answer(**{**{f: getattr(conditions(), f) for f in Answer.__slots__}, "table": table})
    assert restored(kept([Turn("比较", answer)])).turns[0].answer == answer
