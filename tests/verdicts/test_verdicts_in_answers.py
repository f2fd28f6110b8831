"""Verdicts in a conversation: asked for with facts, remembered, corrected, and absent from every other question."""

import datetime as dt
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.app.contract import answer_json
from assistant.app.web.answers import answer as page
from assistant.app.web.clauses import clause
from assistant.app.web.texts import texts
from assistant.models import Answer, Status

FIRST = "我们公司去年接收了45个实习生，投了80万建实训基地，能申请产教融合型企业吗？"


@pytest.fixture(scope="module")
def starter(starter_home: Path) -> Iterator[Assistant]:
    with Assistant.open(starter_home) as opened:
        yield opened


def facts(answer: Answer) -> dict[str, str]:
    assert answer.eligibility is not None
    return {fact.id: fact.value for fact in answer.eligibility.facts}


def test_a_company_with_facts_is_told_verdict_missing_conditions_next_question_and_clauses(starter: Assistant):
    answer = starter.ask(FIRST)
    assert facts(answer) == {"interns_in_year": "45人", "school_investment_in_year": "800,000元"}
    assert answer.eligibility is not None
    assert answer.eligibility.as_of == dt.date.today()  # 去年 is when the interns came, not when to check
    (verdict,) = answer.eligibility.verdicts
    assert (verdict.scheme, verdict.outcome) == ("iei-enterprise", "needs_facts")
    # 60 interns and 1,000,000 元 in three years are asked for; one year of them is known.
    assert "待定：近3年累计接收实习生人数 ≥ 60人（已知：至少45人）" in [s.text for s in verdict.open]
    cited = {c.n: c for c in answer.citations}
    for statement in verdict.open:
        assert all(cited[n].quote for n in statement.citations)
        assert statement.citations
    assert verdict.next_question is not None
    assert verdict.next_question in answer.text
    assert "以主管部门认定为准" in answer.text
    assert answer.status in (Status.ANSWERED, Status.PARTIAL)


def test_facts_are_remembered_and_later_ones_correct_earlier_ones(starter: Assistant):
    answer = starter.ask("我们去年接收了70个实习生", history=[FIRST])
    assert facts(answer)["interns_in_year"] == "70人"
    assert facts(answer)["school_investment_in_year"] == "800,000元"
    corrected = starter.ask("更正：当年接收实习生人数（2025）=60", history=[FIRST, "我们去年接收了70个实习生"])
    assert facts(corrected)["interns_in_year"] == "60人"


def test_the_version_of_the_place_is_checked_once_the_place_is_known(starter: Assistant):
    answer = starter.ask("公司注册在临沂", history=[FIRST])
    assert answer.eligibility is not None
    assert [v.scheme for v in answer.eligibility.verdicts] == ["iei-enterprise-linyi"]


def test_how_much_is_answered_with_the_amount(starter: Assistant):
    answer = starter.ask("我们已经入库，今年职业教育投资100万，应缴教育费附加20万，教育费附加能抵免多少？")
    assert answer.eligibility is not None
    credit = next(v for v in answer.eligibility.verdicts if v.scheme == "surcharge-credit")
    # 30 % of 1,000,000 is more than the 200,000 that are due.
    assert any("200,000元" in amount for amount in credit.amounts)


def test_what_is_not_exact_is_told_and_left_out(starter: Assistant):
    answer = starter.ask("我们不到50个实习生，去年投了120万建实训基地，能申请产教融合型企业吗？")
    assert "interns_in_year" not in facts(answer)
    assert answer.eligibility is not None
    assert answer.eligibility.unsure == ("50个实习生",)
    assert "没有确切数字、因此没有计入：“50个实习生”" in answer.text


def test_an_english_question_is_told_in_english(starter: Assistant):
    answer = starter.ask(
        "We took 45 interns last year. Can we apply to become an industry-education integration enterprise?"
    )
    assert "interns taken in the year (2025) = 45 people" in answer.text
    assert "the authority decides whether you qualify" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "申请产教融合型企业要接收多少实习生？",
        "我们公司能申请产教融合型企业吗？",
        "如果接收60个实习生，能申请产教融合型企业吗？",
        "企业新型学徒制补贴标准是多少？",
        "What is the 30 % credit against?",
    ],
)
def test_a_question_without_facts_about_the_asker_is_answered_as_before(starter: Assistant, question: str):
    answer = starter.ask(question)
    assert answer.eligibility is None
    assert answer_json(answer)["eligibility"] is None


def test_another_question_in_the_same_conversation_has_no_verdict(starter: Assistant):
    assert starter.ask("实习协议要写明哪些内容？", history=[FIRST]).eligibility is None


def test_json_has_facts_and_verdicts(starter: Assistant):
    found = answer_json(starter.ask(FIRST))["eligibility"]
    assert found["facts"][0] == {
        "id": "interns_in_year", "label": "当年接收实习生人数", "value": "45人", "year": 2025, "words": "45个实习生",
    }  # fmt: skip
    assert found["verdicts"][0]["next_fact"]


def test_on_the_page_each_fact_starts_its_own_correction(starter: Assistant):
    answer = starter.ask(FIRST)
    shown = page(1, answer, [clause(c, starter.policy(c.policy_id)) for c in answer.citations], texts("zh"))
    assert 'data-correct="更正：当年接收实习生人数（2025）="' in shown
    assert "产教融合型企业建设培育入库" in shown
    assert 'class="cite"' in shown


def test_a_verdict_costs_little_time(starter: Assistant):
    starter.ask(FIRST)
    took = []
    for _ in range(5):
        before = time.process_time()
        starter.ask(FIRST)
        with_facts = time.process_time() - before
        before = time.process_time()
        starter.ask("产教融合型企业要满足什么条件才能申请？")
        took.append(with_facts - (time.process_time() - before))
    assert statistics.median(took) < 0.06
