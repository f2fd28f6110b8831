"""What people in a city or a province ask, in their own words: the clause of their place answers, never one of another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.structure.places import chain


@pytest.fixture(scope="module")
def starter(starter_home: Path) -> Iterator[Assistant]:
    with Assistant.open(starter_home) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "code", "address", "figure"),
    [
        ("我们厂在无锡宜兴，收了大学生来实习，政府给多少钱？", "320282", "yixing-internship-subsidy/point_enterprises", "60%"),
        ("金华的公司给实习生上保险能补吗？", "330700", "jinhua-student-internship-subsidy/point_insurance-subsidy", "100元"),
        ("在烟台搞实习基地，报补贴要交啥材料？", "370600", "yantai-internship-subsidy-2023/point_materials", "花名册"),
        ("济南的企业进了产教融合名单，三年规划多久交？", "370100",
         "shandong-iei-cities-and-second-batch-enterprises-notice/part_3/point_plan", "3个月"),
        ("上海的工厂能让实习生周末加班吗？", "310000", "shanghai-vocational-education-regulation-2018/art_50/para_3", "加班"),
        ("河南公司的培训费有多少必须花在一线工人身上？", "410000",
         "henan-vocational-training-regulation-2017/art_24/para_2", "60%"),
        ("珠海香洲区实习的大专生能领几千？", "440402", "zhuhai-xiangzhou-internship-subsidy-2023/point_subsidy-rate", "1000元"),
        ("南昌企业参加产教融合有什么政策？", "360100", "jiangxi-iei-demonstration-zone-plan/part_1/point_aim", "1269"),
        ("How much does Wuhan pay for each apprentice?", "420100", "wuhan-new-apprenticeship-subsidy/point_subsidy-rate",
         "5,000"),
        ("Does a firm in Chongqing still follow the 2019 plan for integration enterprises?", "500000",
         "chongqing-iei-enterprise-plan-2025/point_repeal", "repealed"),
    ],
)  # fmt: skip
def test_a_lay_question_is_answered_by_the_clause_of_its_place(
    starter: Assistant, question: str, code: str, address: str, figure: str
) -> None:
    answer = starter.ask(question)
    assert address in [citation.address for citation in answer.citations]
    assert figure in answer.text
    assert {citation.jurisdiction for citation in answer.citations} <= set(chain(code))


@pytest.mark.parametrize(
    ("question", "before", "then", "now"),
    [
        ("学徒培训补贴一年不低于多少？", "2020-01-01", "new-apprenticeship-2018-66", "new-apprenticeship-2021-39"),
        ("企业有义务接收实习生吗？", "2010-05-01", "vocational-education-law-1996", "vocational-education-law-2022"),
    ],
)
def test_what_was_replaced_answers_for_a_day_in_its_life_and_for_no_other(
    starter: Assistant, question: str, before: str, then: str, now: str
) -> None:
    past = starter.ask(question, as_of=dt.date.fromisoformat(before))
    assert then in {citation.policy_id for citation in past.citations}
    assert now not in {citation.policy_id for citation in past.citations}
    today = starter.ask(question)
    assert now in {citation.policy_id for citation in today.citations}
    assert then not in {citation.policy_id for citation in today.citations}
