"""The page of an answer's record: what is kept, with the clauses as they are held now, and a way on where nothing is."""

from __future__ import annotations

from bs4 import BeautifulSoup
from web_fakes import FakeAssistant, conditions, record_of

from assistant.app.web.record_page import told
from assistant.app.web.texts import EN, ZH

ID = "0123456789ab"


def page(record: dict, id_: str = ID, t=ZH) -> BeautifulSoup:
    fake = FakeAssistant()
    fake.records[ID] = {**record_of(conditions(jurisdiction="330200")), "id": ID, **record}
    return BeautifulSoup(told(id_, fake, t), "html.parser")


def test_a_record_tells_day_place_outcome_models_and_clauses():
    shown = page({})
    facts = {dt.get_text(): dt.find_next("dd").get_text() for dt in shown.select(".record > .facts dt")}
    assert facts.pop("回答时间").startswith("2026-03-01 ")
    assert facts == {
        "编号": ID,
        "按哪天的规定": "2026-03-01",
        "地区": "宁波市",
        "结果": "已经回答",
        "行文": "直接列出条款，没有用语言模型",
        "检索模型": "e5",
    }
    assert [s.get_text() for s in shown.select("details.clause .locator")] == [
        "第五条第（一）项",
        "第五条第（二）项",
        "第五条第（三）项",
        "第一条",
    ]
    assert "承担现代学徒制试点任务" in shown.select_one("#source-0-3 .words").get_text()


def test_the_question_and_the_model_are_shown_where_they_are_kept():
    text = page({"question": "<b>条件</b>？", "draft": {"model": "qwen<3"}}).get_text("|")
    assert "问|<b>条件</b>？" in text
    assert "行文|qwen<3" in text


def test_a_clause_that_is_gone_is_counted_and_not_named():
    citations = [{"n": 1, "address": "gone/art_1", "source": "张三的合同.docx"}]
    text = page({"citations": citations}).get_text("|")
    assert "另有 1 条依据已不在政策库中，或您无权查看。" in text
    assert "张三" not in text


def test_an_unknown_id_says_so_and_is_never_markup():
    shown = page({}, "<script>alert(1)</script>")
    assert shown.script is None
    assert shown.h4.get_text() == "没有这个回答的记录"
    assert "“<script>alert(1)</script>”" in shown.p.get_text()
    assert page({}, "x", EN).h4.get_text() == "There is no record of this answer"


def test_a_record_that_cannot_be_read_is_told_as_none():
    assert page({"as_of": "some day"}).h4.get_text() == "没有这个回答的记录"
