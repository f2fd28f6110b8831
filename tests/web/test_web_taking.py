"""What is taken along names every source: number, place, dates, standing and address."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import docx
import pytest
from web_fakes import HOSTILE as HOSTILE_POLICY
from web_fakes import FakeAssistant, cite, conditions

from assistant.app.exporting import Exchange, Source, export
from assistant.app.web.answering import settled
from assistant.app.web.taking import copied, exported
from assistant.app.web.texts import EN, ZH
from assistant.app.web.turns import Trouble, Turn
from assistant.models import Answer, Cell, Metadata, Row, Statement, Status, Table

DAY = dt.date(2026, 3, 2)


def turn(answer: Answer) -> Turn:
    return settled(Turn("申请认定要什么条件？", answer), FakeAssistant())


def file(turns: tuple[Turn, ...], form: str, t=ZH) -> bytes:
    return exported(turns, form, t).content


def word(turns: tuple[Turn, ...], t=ZH) -> docx.document.Document:
    return docx.Document(io.BytesIO(file(turns, "docx", t)))


def test_a_copied_answer_ends_with_its_numbered_sources():
    answer, sources = copied(turn(conditions(jurisdiction="330200")), ZH).split("\n\n依据\n\n")
    assert answer.splitlines()[:3] == ["申请认定要什么条件？", "", "按 2026-03-01 的规定 · 宁波市"]
    assert "（三）承担现代学徒制试点任务。 [3]" in answer
    assert "请注意\n\n第 4 条依据是摘要，请以官方原文为准。" in answer
    lines = sources.splitlines()
    assert lines[:3] == [
        "[1] 《示范市产教融合型企业认定办法》（示发改〔2019〕7号）第五条第（一）项，2019-04-03发布，2019-05-01施行〔现行有效；原文〕",
        "“独立或者与职业学校联合举办产业学院”",
        "https://fgw.example.gov.cn/7.html",
    ]
    assert lines[9].endswith("第一条，2019-03-31发布〔现行有效；摘要未核对〕")  # in force from the day it was issued


def test_a_copied_answer_is_told_in_the_language_of_the_page():
    text = copied(turn(conditions()), EN)
    assert "Rules as of 2026-03-01 · Any place" in text
    assert (
        "[4] Sample Notice on Crediting the Education Surcharge (示财税〔2019〕46号), Article 1 (第一条), issued 2019-03-31"
        in text
    )
    assert text.count("[In force; Original text]") == 3


def test_a_word_file_holds_question_answer_and_sources():
    document = word((turn(conditions()), Turn("坏", trouble=Trouble.FAILED)))
    styles = [(p.style.name, p.text) for p in document.paragraphs]
    assert styles[0] == ("Title", "产教融合政策问答")
    assert ("Heading 1", "申请认定要什么条件？") in styles
    assert ("List Bullet", "（二）近三年每年接收实习学生不少于五人； [2]") in styles
    assert ("Heading 2", "依据") in styles
    assert styles[-2:] == [("Heading 1", "坏"), ("Normal", "这个问题没有得到回答。")]


def test_markdown_holds_the_same_and_addresses_can_be_followed():
    text = file((turn(conditions()),), "md").decode()
    assert text.startswith("# 产教融合政策问答\n")
    assert "## 申请认定要什么条件？" in text
    assert "- （一）独立或者与职业学校联合举办产业学院； [1]" in text
    assert "〔现行有效；原文〕 “独立或者与职业学校联合举办产业学院” https://fgw.example.gov.cn/7.html" in text


def test_a_comparison_is_a_table_in_both_forms():
    table = Table(("宁波", "全国"), (Row("抵免比例", (Cell("30%", (4,)), Cell("没有规定"))),))
    turns = (turn(replace(conditions(), table=table)),)
    cells = [[cell.text for cell in row.cells] for row in word(turns).tables[0].rows]
    assert cells == [["", "宁波", "全国"], ["抵免比例", "30% [4]", "没有规定"]]
    assert "| 抵免比例 | 30% [4] | 没有规定 |" in file(turns, "md").decode()


def test_an_answer_that_was_stopped_says_so():
    assert "这个回答在完成前被停止" in copied(replace(turn(conditions()), stopped=True), ZH)


def test_what_is_only_near_a_refused_question_is_no_source():
    near = cite(1, HOSTILE_POLICY, "art_1", "任何人")
    refused = Answer("问", Status.NOT_FOUND, "没有规定。\n\n相近：\n- 某条", "zh", DAY, None, related=(near,))
    text = copied(turn(refused), ZH)
    assert "没有规定。\n\n相近条款（不是回答的依据）\n\n[1]" in text
    assert "依据\n\n" not in text
    assert "- 某条" not in text


@pytest.mark.parametrize("form", ["md", "docx"])
def test_markup_and_signs_that_no_file_may_hold_do_no_harm(form):
    said = "<script>alert(1)</script> [点](javascript:alert(2)) \x00\x0b\ufffe_强_"
    answer = replace(conditions(), statements=(Statement(said, (1,)),))
    turns = (replace(turn(answer), question=f"问\x07{said}"),)
    if form == "docx":
        assert "<script>alert(1)</script> [点](javascript:alert(2)) _强_ [1]" in [
            p.text for p in word(turns).paragraphs
        ]
    else:
        assert "- \\<script>alert(1)\\</script> [点]\\(javascript:alert(2)) \\_强\\_ [1]" in file(turns, form).decode()


def test_a_source_whose_document_is_gone_says_so():
    shown = turn(conditions())
    gone = replace(shown, clauses=(replace(shown.clauses[0], metadata=None, standing=None),))
    assert "〔现行有效；原文；文件已不在库中〕" in copied(gone, ZH)


def test_the_file_is_named_after_what_it_holds_and_its_day():
    source = Source(conditions().citations[0], "办法", Metadata(), ("现行有效",))
    made = export([Exchange("问", conditions(), (source,))], "md", "zh", DAY)
    assert (made.name, made.type) == ("产教融合政策问答 2026-03-02.md", "text/markdown")
