"""What a breach leads to is told by the clause that points at the one broken, however few words they share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.models import Answer

RULES = """临溪县职业教育校企合作促进条例

第一条 学生岗位实习期间，企业支付的实习报酬按月以货币形式支付，不得拖欠。
第二条 学校和企业不得有下列行为：
（一）向学生收取实习费用、扣押学生身份证件；
（二）安排学生从事高空、井下作业；
（三）安排学生每日工作超过八小时。
第三条 县人民政府对在校企合作中作出突出贡献的企业给予五万元以上二十万元以下奖励。
第四条 企业违反本条例第一条规定的，由县人力资源社会保障部门责令限期支付，并按照应付金额百分之五十加付赔偿金。
第五条 学校违反本条例第二条第一项规定的，由县教育行政部门责令退还所收费用，对直接负责的主管人员依法给予处分。
第六条 企业违反本条例第二条第二项、第三项规定的，处一万元以上三万元以下罚款。
第七条 本条例自2022年1月1日起施行。
"""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("county")
    (folder / "rules.txt").write_text(RULES, "utf-8")
    with Assistant.open(folder / "home") as assistant:
        assert not assistant.ingest(folder / "rules.txt").failed
        yield assistant


def articles(answer: Answer) -> list[str]:
    return list(dict.fromkeys(c.locator.partition("第（")[0] for c in answer.citations))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("企业安排学生下井会怎么罚？", ["第六条", "第二条"]),
        ("学校收学生实习费用怎么处理？", ["第五条", "第一条", "第二条"]),
    ],
)
def test_the_penalty_for_the_very_item_comes_before_the_prohibition(county, question, expected):
    assert articles(county.ask(question)) == expected


def test_a_follow_up_for_the_consequence_finds_the_clause_that_points_back(county):
    answer = county.ask("拖了会怎么样？", history=["实习生的报酬能拖两个月再给吗？"])
    assert articles(answer) == ["第四条", "第一条"]


def test_where_no_penalty_is_asked_for_none_is_told(county):
    assert articles(county.ask("实习生的报酬能拖两个月再给吗？"))[0] == "第一条"


def test_a_place_and_a_general_word_name_its_one_document(county):
    assert articles(county.ask("临溪县条例第六条罚的是什么？")) == ["第六条"]
