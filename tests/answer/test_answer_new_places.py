"""Rules of cities that no table of places knows: whose they are, what replaced what, and questions that go on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.models import Answer, Status

NEW = """江海市产教融合专项资金管理办法
（江政办发〔2024〕18号）

第一条 为规范产教融合专项资金管理，制定本办法。
第二条 企业接收本市职业院校学生岗位实习满三个月的，按每人每月三百元给予补贴，同一学生补贴期限最长不超过六个月。
第三条 企业与院校共建的实训基地，经认定后按设备投入的百分之二十给予补助，单个项目最高不超过三百万元。
第四条 申报企业应当同时具备下列条件：
（一）在本市登记注册满两年；
（二）与至少一所职业院校签订三年以上合作协议；
（三）上年度足额缴纳职工社会保险费。
第五条 有下列情形之一的，不予支持：
（一）同一项目已获得其他市级财政资金支持的；
（二）提供虚假材料的。
第六条 申报企业应当于每年三月一日至三月三十一日通过市企业服务平台提出申请，并提交下列材料：
（一）专项资金申请表；
（二）营业执照复印件；
（三）校企合作协议。
第七条 拟支持项目在市发展改革委网站公示，公示期不少于五个工作日。
第八条 本办法自2024年7月1日起施行，有效期至2099年6月30日。《江海市产教融合专项资金管理暂行办法》（江政办发〔2019〕33号）同时废止。
"""
OLD = """江海市产教融合专项资金管理暂行办法
（江政办发〔2019〕33号）

第一条 企业接收本市职业院校学生岗位实习满三个月的，按每人每月二百元给予补贴，同一学生补贴期限最长不超过六个月。
第二条 企业与院校共建的实训基地，经认定后按设备投入的百分之十五给予补助，单个项目最高不超过二百万元。
第三条 本办法自2019年9月1日起施行。
"""
OTHER = """临河市支持企业接收学生实习若干办法
临政发〔2023〕7号

第一条 企业接收职业院校学生岗位实习满一个月的，按每人每月五百元给予补贴，补贴期限最长不超过十二个月。
第二条 企业应当为实习学生投保实习责任保险，保险费由市财政按百分之八十补助。
第三条 本办法自2023年4月1日起施行。
"""
INTERNS = "江海市的企业接收实习生每人每月能补多少钱？最多补几个月？"


@pytest.fixture(scope="module")
def cities(starter_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("cities")
    for name, text in (("new", NEW), ("old", OLD), ("other", OTHER)):
        (folder / f"{name}.txt").write_text(text, "utf-8")
    with Assistant.open(folder / "home") as assistant:
        assistant.init()
        assert not assistant.ingest(folder / "new.txt").failed
        assert not assistant.ingest([folder / "old.txt", folder / "other.txt"]).failed
        yield assistant


def cited(answer: Answer) -> list[str]:
    return list(dict.fromkeys(f"{c.policy_id} {c.locator.partition('第（')[0]}" for c in answer.citations))


def test_a_city_that_no_table_knows_goes_by_its_name(cities):
    assert {p.metadata.jurisdiction for p in cities.policies() if p.id in ("new", "old")} == {"江海市"}
    answer = cities.ask(INTERNS)
    assert answer.jurisdiction == "江海市"
    assert cited(answer) == ["new 第二条"]


def test_the_other_city_answers_for_itself_and_only_where_it_has_a_rule(cities):
    assert cited(cities.ask("那临河呢？", history=[INTERNS])) == ["other 第一条"]
    assert cities.ask("临河市实训基地补助多少？").status is Status.NOT_FOUND


def test_a_new_city_is_understood_as_english_writes_it(cities):
    answer = cities.ask("What subsidy does Jianghai pay companies for hosting interns, and for how long?")
    assert answer.jurisdiction == "江海市"
    assert cited(answer) == ["new 第二条"]


def test_the_rule_of_the_day_is_the_one_that_was_replaced_since(cities):
    assert cited(cities.ask("2022年的时候江海市实训基地补助比例是多少？")) == ["old 第二条"]


def test_measures_and_those_they_replaced_are_compared_though_their_titles_differ(cities):
    table = cities.ask("江海市专项资金新旧办法实习补贴有什么不同？").table
    assert table is not None
    assert table.columns == ("2019年", "2024年")
    older, newer = table.rows[0].cells
    assert "每人每月二百元" in older.text
    assert "每人每月三百元" in newer.text


def test_two_new_cities_are_compared(cities):
    table = cities.ask("江海市和临河市接收实习生的补贴哪个高？").table
    assert table is not None
    assert set(table.columns) == {"江海市", "临河市"}
    assert {"三百元" in cell.text for cell in table.rows[0].cells} == {True, False}


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("那要满足什么条件？", "new 第四条"),
        ("要交哪些材料？", "new 第六条第一款"),
        ("什么时候申报？", "new 第六条第一款"),
    ],
)
def test_a_follow_up_for_something_else_leaves_the_clause_that_was_read(cities, question, clause):
    assert cited(cities.ask(question, history=[INTERNS]))[0].startswith(clause.removesuffix("第一款"))


def test_a_follow_up_may_have_words_enough_and_no_subject(cities):
    answer = cities.ask("之前已经拿过200元了呢？", history=[INTERNS])
    assert answer.status is not Status.OUT_OF_SCOPE


def test_words_of_applying_for_money_belong_to_the_field(cities):
    assert cities.ask("公示期几天？").status is not Status.OUT_OF_SCOPE
    assert cited(cities.ask("江海市哪些情况不给钱？"))[0] == "new 第五条"


def test_an_article_without_its_document_is_none_of_another_number(cities):
    answer = cities.ask("江海市专项资金第二十五条怎么规定？")
    assert answer.status is Status.NOT_FOUND


def test_the_letter_a_text_came_with_is_never_offered(cities):
    near = cities.ask("江海市专项资金由哪个部门负责？").related
    assert not [c for c in near if c.address.endswith(("/preamble", "/closing"))]


def test_english_questions_reach_a_text_that_is_in_chinese_alone(cities):
    answer = cities.ask("How much does Linhe pay per intern per month and for how long?")
    assert cited(answer) == ["other 第一条"]


def test_two_cities_are_compared_in_what_both_grant(cities):
    answer = cities.ask("江海市和临河市的实习补贴有什么区别？")
    assert answer.table is not None
    assert {"new 第二条", "other 第一条"} <= set(cited(answer))
    assert answer.lead is not None
    assert all(figure in answer.lead.text for figure in ("三百元", "五百元"))


def test_figures_that_measure_different_things_are_not_set_against_each_other(starter_home):
    with Assistant.open(starter_home) as assistant:
        answer = assistant.ask("山东和河南申报产教融合型企业的条件有什么区别")
    assert answer.table is not None
    assert answer.lead is None  # 入库培育满1年 and 注册经营满3年
