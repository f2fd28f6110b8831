"""What was understood of a question is told with its answer, in JSON and in words, and can be left out again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant import Assistant
from assistant.app import given
from assistant.app.cli import app
from assistant.app.contract import answer_json
from assistant.errors import QuestionError

JINHUA = "2024年金华企业接收实习生有什么补贴？"


@pytest.fixture(scope="module")
def assistant(starter_home: Path):
    with Assistant.open(starter_home) as opened:
        yield opened


def test_the_json_of_an_answer_says_how_the_question_was_understood(assistant):
    told = answer_json(assistant.ask(JINHUA))["understood"]
    assert told["place"] == {"code": "330700", "name": "金华市", "origin": "named"}
    assert told["day"] == {"day": "2024-06-30", "origin": "named"}
    assert "benefit" in told["kinds"]
    assert told["language"] == "zh"
    assert told["without"] == []
    assert json.dumps(told)


def test_what_is_carried_and_what_is_given_is_told_apart(assistant):
    carried = assistant.ask("那期限呢？", history=[JINHUA]).understood
    assert (carried.place.code, carried.place.origin, carried.day_from) == ("330700", "carried", "carried")
    given_ = assistant.ask("企业接收实习生有什么补贴？", jurisdiction="330700", as_of="2024-01-01").understood
    assert (given_.place.origin, given_.day_from) == ("given", "given")
    plain = assistant.ask("企业接收实习生有什么补贴？").understood
    assert (plain.place, plain.day, plain.audience) == (None, None, None)


def test_the_document_meant_is_named_once_however_many_versions_it_has(assistant):
    documents = assistant.ask("职业学校学生实习管理规定对报酬怎么规定？").understood.documents
    assert [(d.policy_id, d.origin) for d in documents] == [("student-internship-rules-2021", "named")]


def test_what_is_left_out_no_longer_narrows_the_answer(assistant):
    narrowed = assistant.ask(JINHUA, jurisdiction="330700", without=["place", "day"])
    assert narrowed.jurisdiction is None
    assert narrowed.understood.place is None
    assert narrowed.understood.day is None
    assert narrowed.understood.without == ("day", "place")


def test_only_what_is_understood_can_be_left_out():
    assert given.left_out("place") == ("place",)
    with pytest.raises(
        QuestionError, match=r"^'colour' cannot be left out; leave out any of place, day, document, kind\.$"
    ):
        given.left_out(["place", "colour"])


@pytest.mark.parametrize(
    ("question", "notice"),
    [
        (
            "我市的企业接收实习生有补贴吗？",
            "问题中的“我市”没有说明是哪里；请写出省、市或区县的名称，或在页面上选择地区。",
        ),
        ("疫情前实习生报酬怎么规定？", "“疫情前”对应不到具体日期"),
        ("鼓楼区的企业接收实习生有补贴吗？", "叫“鼓楼区”的地方不止一处（"),
        ("职业培训条例怎么规定职工教育经费？", "没有找到“职业培训条例”。您指的是《河南省职业培训条例》吗？"),
        (
            "《职业学校学生实习管理办法》对报酬怎么说？",
            "没有名为“职业学校学生实习管理办法”的文件，已按《职业学校学生实习管理规定（2021年修订）》理解。",
        ),
        (
            "Does our city pay companies for interns?",
            "“our city” does not say where; name the province, city or district",
        ),
    ],
)
def test_what_was_not_understood_or_guessed_is_said(assistant, question, notice):
    assert any(told.startswith(notice) for told in assistant.ask(question).notices)


def test_questions_beyond_the_sixth_are_named_and_not_dropped_in_silence(assistant):
    message = "".join(f"{year}年时实习生报酬怎么规定？" for year in range(2016, 2024))
    answer = assistant.ask(message)
    assert len(answer.understood.questions) == 6
    assert answer.notices[0].startswith("一次最多回答6个问题，其余的请再问一次：")
    assert "2022年" in answer.notices[0]


def test_the_command_line_says_on_request_how_a_question_was_understood(starter_home: Path):
    asked = ["ask", JINHUA, "--home", str(starter_home), "--show-understood"]
    shown = CliRunner().invoke(app, asked)
    assert shown.stdout.splitlines()[:2] == ["地区：金华市", "日期：2024-06-30"]
    without = CliRunner().invoke(app, [*asked, "--without", "place", "--without", "day"])
    assert "地区：金华市" not in without.stdout
