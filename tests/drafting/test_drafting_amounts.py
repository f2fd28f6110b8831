"""An amount that no clause states is shown only where it follows from the asker's numbers and the clause's rate."""

from __future__ import annotations

import pytest

from assistant.drafting.worked import worked
from eval.scripted_model import Asked, Said

CREDIT = "企业投资兴办职业教育的，可以按投资额的30%抵免当年应缴教育费附加和地方教育附加。"
REWARD = "按照实际投资额的20%给予一次性奖励，最高100万元。"
YEARLY = "每名学徒每年给予5000元补贴。"
TWO_RATES = "新建项目按投资额的20%补助，改建项目按投资额的10%补助。"
SHARE = "Enterprises may credit 30 percent of the investment against the surcharge."
INVESTED = "我们投资1000万元，今年要缴教育费附加50万元，能得多少？"


@pytest.mark.parametrize(
    ("clause", "question", "sentence", "agrees"),
    [
        (CREDIT, INVESTED, "投资1000万元，可抵免300万元。", True),  # 1000 × 30 %
        (CREDIT, INVESTED, "可抵免300万元。", True),
        (CREDIT, INVESTED, "投资1000万元，可抵免400万元。", False),
        (CREDIT, INVESTED, "投资1000万元，可抵免300元。", False),
        (CREDIT, INVESTED, "投资2000万元，可抵免600万元。", None),  # not what was invested
        (CREDIT, INVESTED, "教育费附加50万元，可抵免15万元。", None),  # not what the share is of
        (CREDIT, "能抵多少？", "投资1000万元，可抵免300万元。", None),
        (REWARD, INVESTED, "投资1000万元，可获奖励100万元。", True),  # 200, and 100 at most
        (REWARD, INVESTED, "投资1000万元，可获奖励200万元。", False),
        (REWARD, "我们投资300万元。", "投资300万元，可获奖励60万元。", True),
        (REWARD, "我们投资300万元。", "投资300万元，可获奖励100万元。", False),
        (YEARLY, "我们有20名学徒，学制2年。", "20名学徒2年共20万元。", True),  # 5000 × 20 × 2
        (YEARLY, "我们有20名学徒。", "20名学徒每年共10万元。", True),
        (YEARLY, "我们有20名学徒。", "20名学徒共10万元。", None),  # for how many years, nobody says
        ("每人最高补贴5000元。", "我们有20人。", "20人最高补贴10万元。", True),
        ("每人最高补贴5000元。", "我们有20人。", "20人补贴10万元。", None),  # it may be less
        (TWO_RATES, INVESTED, "投资1000万元，补助200万元。", None),  # by which of two rates
        (TWO_RATES, INVESTED, "投资1000万元，按10%补助100万元。", True),
        (SHARE, "We invested 10 million yuan.", "An investment of 10 million yuan gives a credit of 3 million yuan.", True),
        (SHARE, "We invested 10 million yuan.", "An investment of 10 million yuan gives a credit of 5 million yuan.", False),
        ("The subsidy is 1,000 yuan per intern.", "We have 20 interns.", "For 20 interns it is 20,000 yuan.", True),
    ],
)  # fmt: skip
def test_an_amount_follows_from_the_numbers_asked_with_and_the_clause(clause, question, sentence, agrees):
    found = worked(sentence, question, [clause])
    assert (found.agrees if found else None) is agrees


def test_a_cap_may_stand_in_another_clause_of_the_document():
    rate, cap = "按照实际投资额的20%给予奖励。", "奖励金额最高100万元。"
    found = worked("投资1000万元，可获奖励200万元。", INVESTED, [rate], [rate, cap])
    assert found
    assert not found.agrees
    assert found.formula == "min(10,000,000元 × 20%, 1,000,000元) = 1,000,000元"


def saying(text: str):
    """A model that says one sentence of the clause about the reward."""

    def part(asked: Asked) -> list[Said]:
        return [Said(text, tuple(id_ for id_, words in asked.clauses if "20%" in words))]

    return part


QUESTION = "我们实际投资300万元，产教融合奖励有多少钱？"


def test_an_amount_that_is_right_is_shown_with_how_it_comes_about(worded, script, small_home):
    script.play(saying("贵公司实际投资300万元，可获一次性奖励60万元。"))
    assistant = worded(records={"keep_days": 1, "words": True})
    answer = assistant.ask(QUESTION)
    assert "可获一次性奖励60万元" in answer.text
    assert any("3,000,000元 × 20% = 600,000元" in notice for notice in answer.notices)
    assert assistant.answer_record(answer.record)["draft"]["worked"] == ["3,000,000元 × 20% = 600,000元"]


def test_an_amount_that_is_wrong_is_not_shown_and_the_record_says_what_it_is(worded, script):
    script.play(saying("贵公司实际投资300万元，可获一次性奖励90万元。"))
    assistant = worded(records={"keep_days": 1, "words": True})
    answer = assistant.ask(QUESTION)
    assert "90万元" not in answer.text
    assert answer.removed == 1
    (removed,) = assistant.answer_record(answer.record)["draft"]["removed"]
    assert (removed["reason"], removed["due"]) == ("amount", "3,000,000元 × 20% = 600,000元")
