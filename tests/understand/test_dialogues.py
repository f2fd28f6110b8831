"""Whole conversations over the starter corpus: what the last question is understood as, and the policy it is answered from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant import Assistant
from assistant.config import Settings
from assistant.index import Index
from assistant.pipeline.ask import ask, understood

Dialogue = dict[str, Any]

DIALOGUES: list[Dialogue] = yaml.safe_load(Path(__file__).with_name("dialogues.yaml").read_text("utf-8"))
TUNED = [d for d in DIALOGUES if d["half"] == "tuned"]
UNSEEN = [d for d in DIALOGUES if d["half"] == "unseen"]
ENOUGH = 0.85  # share of the unseen half: what follow-ups must reach


@pytest.fixture(scope="module")
def index(starter_home: Path) -> Iterator[Index]:
    with Assistant.open(starter_home) as opened:
        yield opened._index


def misunderstood(dialogue: Dialogue, index: Index) -> list[str]:
    """What of a dialogue's last question is understood otherwise than it is meant."""
    *history, question = dialogue["turns"]
    inquiry = understood(question, index, history=history)
    text = inquiry.text.lower()
    faults = [f"lacks {word}" for word in dialogue.get("whole", ()) if word.lower() not in text]
    faults += [f"still has {word}" for word in dialogue.get("gone", ()) if word.lower() in text]
    if inquiry.jurisdiction != dialogue.get("place"):
        faults.append(f"is for the place {inquiry.jurisdiction}")
    if inquiry.as_of != dialogue.get("day", dt.date.today()):
        faults.append(f"is for {inquiry.as_of}")
    return faults


def answered_from(dialogue: Dialogue, index: Index) -> set[str]:
    *history, question = dialogue["turns"]
    return {citation.policy_id for citation in ask(question, index, Settings(), history=history).citations}


def test_half_of_the_dialogues_were_not_looked_at():
    assert len(DIALOGUES) >= 60
    assert abs(len(TUNED) - len(UNSEEN)) <= 1


@pytest.mark.parametrize("dialogue", TUNED, ids=lambda d: " ".join(d["turns"]))
def test_a_question_is_understood_from_the_conversation_before_it(dialogue, index):
    assert misunderstood(dialogue, index) == []


def test_the_tuned_half_is_answered_from_the_right_policy(index):
    wrong = [d["turns"] for d in TUNED if not answered_from(d, index) & set(d["cites"])]
    assert wrong == []


def test_the_unseen_half_is_understood_and_answered_from_the_right_policy(index):
    understood_ = sum(not misunderstood(d, index) for d in UNSEEN) / len(UNSEEN)
    answered = sum(bool(answered_from(d, index) & set(d["cites"])) for d in UNSEEN) / len(UNSEEN)
    assert (understood_ >= ENOUGH, answered >= ENOUGH) == (True, True), (understood_, answered)


def test_a_follow_up_means_the_document_cited_before_where_the_caller_says_which(index):
    turns = ["企业接收实习生有补贴吗？"]
    there = ask("申报要什么材料？", index, Settings(), history=turns, cited=["yantai-internship-subsidy-2023"])
    assert "yantai-internship-subsidy-2023" in {c.policy_id for c in there.citations}
    assert [(d.policy_id, d.origin) for d in there.understood.documents] == [
        ("yantai-internship-subsidy-2023", "carried")
    ]


def test_the_time_before_a_new_law_is_the_day_before_it_took_effect(index):
    answer = ask("新职业教育法实施前，企业不接收实习怎么处理？", index, Settings())
    assert answer.as_of == dt.date(2022, 4, 30)  # the law of 2022 took effect on 1 May 2022
    assert [d.policy_id for d in answer.understood.documents] == ["vocational-education-law-1996"]


def test_the_same_is_asked_of_each_of_two_places_named_side_by_side(index):
    answer = ask("金华和烟台的企业接收实习生给多少补贴？", index, Settings())
    cited = {c.policy_id for c in answer.citations}
    assert {"jinhua-student-internship-subsidy", "yantai-internship-subsidy-2023"} <= cited
    assert (answer.understood.place.code, [p.code for p in answer.understood.beside]) == ("330700", ["370600"])
