"""What a conversation has stated so far: remembered, corrected, and no more than that."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

import pytest

from assistant import config
from assistant.eligibility import load
from assistant.eligibility.model import FactDefinition, Value
from assistant.understand.facts import corrects, remembered

TODAY = dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def definitions() -> Mapping[str, FactDefinition]:
    return load(config.bundled("corpus")).facts


def values(definitions: Mapping[str, FactDefinition], *messages: str) -> dict[tuple[str, int | None], Value]:
    return {(fact.id, fact.year): fact.value for fact in remembered(messages, definitions, TODAY).facts}


def test_facts_of_several_messages_add_up(definitions):
    assert values(definitions, "我们去年接收了45个实习生", "员工300人", "要什么材料？") == {
        ("interns_in_year", 2025): Decimal(45),
        ("staff", None): Decimal(300),
    }


def test_a_later_message_corrects_an_earlier_one_of_the_same_year_only(definitions):
    assert values(definitions, "2024年接收实习生20人", "2025年接收实习生30人", "更正一下，2025年接收实习生35人") == {
        ("interns_in_year", 2024): Decimal(20),
        ("interns_in_year", 2025): Decimal(35),
    }


@pytest.mark.parametrize(
    ("correction", "fact", "value"),
    [
        ("更正：在岗职工总数=280", ("staff", None), Decimal(280)),
        ("更正：当年应缴教育费附加和地方教育附加（2025）=25万", ("surcharge_due", 2025), Decimal(250_000)),
        ("Correction: staff on duty = 280", ("staff", None), Decimal(280)),
        ("更正：staff=280人。", ("staff", None), Decimal(280)),
    ],
)
def test_a_correction_names_a_fact_as_the_answer_listed_it(definitions, correction, fact, value):
    assert corrects(correction)
    assert values(definitions, "员工300人", correction)[fact] == value


def test_a_correction_without_a_value_that_can_be_read_leaves_the_fact_as_it_was_and_says_so(definitions):
    found = remembered(["员工300人", "更正：在岗职工总数=很多"], definitions, TODAY)
    assert [fact.value for fact in found.facts] == [Decimal(300)]
    assert [each.words for each in found.unsure] == ["更正：在岗职工总数=很多"]


def test_what_was_unsure_is_settled_by_a_later_message(definitions):
    assert [u.fact for u in remembered(["大概有80个实习生"], definitions, TODAY).unsure] == ["interns_in_year"]
    assert remembered(["大概有80个实习生", "实习生82个"], definitions, TODAY).unsure == ()
