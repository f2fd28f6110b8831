"""What people write about their company, and what of it is a fact."""

import datetime as dt
import time
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
import yaml

from assistant import config
from assistant.eligibility import load
from assistant.eligibility.model import FactDefinition, Provenance, Value
from assistant.understand.facts import Found, find
from assistant.understand.facts.figures import FOREIGN, figures
from assistant.understand.facts.numerals import chinese_number, english_number

TODAY = dt.date(2026, 11, 22)
STATED = Path(__file__).parent / "stated"
Facts = dict[tuple[str, int | None], Value]


@cache
def definitions() -> dict[str, FactDefinition]:
    return dict(load(config.bundled("corpus")).facts)


def found(sentence: str) -> Found:
    return find(sentence, definitions(), TODAY)


def values(sentence: str) -> Facts:
    return {(fact.id, fact.year): fact.value for fact in found(sentence).facts}


def test_a_place_whose_name_begins_like_a_number_counts_nothing():
    assert values("孩子在三明的企业实习") == {}
    assert values("九江的企业去年接收实习生20人")["interns_in_year", 2025] == 20


def rows(name: str) -> Iterator[tuple[str, Facts]]:
    for sentence, expected in yaml.safe_load((STATED / name).read_text("utf-8")):
        facts: Facts = {}
        for key, value in expected.items():
            fact, _, year = key.partition("@")
            facts[fact, int(year) if year else None] = value if isinstance(value, bool | str) else Decimal(str(value))
        yield sentence, facts


@pytest.mark.parametrize(("sentence", "expected"), list(rows("sentences.yaml")))
def test_a_sentence_states_these_facts_and_no_other(sentence: str, expected: Facts):
    assert values(sentence) == expected


def test_there_are_eighty_sentences_a_quarter_of_them_without_any_fact():
    sentences = list(rows("sentences.yaml"))
    assert len(sentences) >= 80
    assert sum(not expected for _, expected in sentences) * 4 >= len(sentences)


def test_of_sentences_never_tuned_on_nine_in_ten_values_found_are_right():
    right = wrong = asked = 0
    for sentence, expected in rows("unseen.yaml"):
        given = values(sentence)
        right += sum(given.get(key) == value for key, value in expected.items())
        wrong += sum(expected.get(key) != value for key, value in given.items())
        asked += len(expected)
    assert right / (right + wrong) >= 0.95
    assert right / asked >= 0.8


def test_words_are_those_the_user_wrote():
    facts = found("我們公司去年接收了４５個實習生，投了80万建实训基地，能申请吗？").facts
    assert [(fact.words, fact.provenance) for fact in facts] == [
        ("４５個實習生", Provenance.MESSAGE),
        ("80万建实训基地", Provenance.MESSAGE),
    ]


@pytest.mark.parametrize(
    ("sentence", "fact", "words"),
    [
        ("我们有不到50个实习生", "interns_in_year", "50个实习生"),
        ("we took about 80 interns last year", "interns_in_year", "80 interns"),
        ("去年投了四五十万建实训基地", "school_investment_in_year", "四五十万建实训基地"),
        ("每年接收30个实习生", "interns_in_year", "30个实习生"),
        ("我们有45个实习生，后来我们有50个实习生", "interns_in_year", "45个实习生"),
    ],
)
def test_what_is_said_without_an_exact_value_is_told_as_unsure(sentence: str, fact: str, words: str):
    result = found(sentence)
    assert fact not in {given.id for given in result.facts}
    assert (result.unsure[0].fact, result.unsure[0].words) == (fact, words)


def test_an_age_no_intern_can_have_and_a_share_above_all_are_no_facts():
    assert values("裁员率120%，最小的实习生500岁") == {}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("80万", 800_000), ("1亿2千万", 120_000_000), ("三千五", 3_500), ("一百零八", 108), ("2万5", 25_000),
        ("一点五亿", 150_000_000), ("1亿零五百万", 105_000_000), ("80w", 800_000), ("二〇一九", 2019), ("1,200", 1_200),
        ("四五十", None), ("80多万", None), ("几十", None), ("三五", None),
    ],
)  # fmt: skip
def test_chinese_numbers_are_read_as_people_write_them(text: str, value: int | None):
    assert chinese_number(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("forty-five", 45), ("0.8 million", 800_000), ("two hundred thousand", 200_000), ("45k", 45_000), ("a", None)],
)
def test_english_numbers_are_read_in_words_and_figures(text: str, value: int | None):
    assert english_number(text) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("80万元", [("元", 800_000)]),
        ("百分之二点五", [("%", Decimal("2.5"))]),
        ("千分之三", [("%", Decimal("0.3"))]),
        ("八成五", [("%", 85)]),
        ("40到50人", [("bare", None), ("人", None)]),
        ("$300,000", [(FOREIGN, 300_000)]),
        ("三年半", [("年", Decimal("3.5"))]),
        ("财税〔2019〕46号第5条", []),
        ("签三方协议", []),
        ("5g基站", []),
    ],
)
def test_figures_carry_their_unit(text: str, expected: list[tuple[str, Decimal | None]]):
    assert [(figure.unit, figure.value) for figure in figures(text)] == expected


@pytest.mark.parametrize(
    "piece", ["没有", "45", "投了80万建实训基地", "in 2024 we invested ", "三", "成立", "“", "2024年", "- "]
)
def test_a_message_of_the_longest_kind_is_read_in_a_moment(piece: str):
    message = (piece * 4_000)[:4_000]
    definitions()
    before = time.process_time()
    found(message)
    assert time.process_time() - before < 3
