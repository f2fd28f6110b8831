"""Questions about a document itself are told from questions about what it says."""

from __future__ import annotations

import pytest

from assistant.understand.particulars import Particular, asks_standing, particulars_of

ISSUER, NUMBER, DAY, SIZE = Particular.ISSUER, Particular.NUMBER, Particular.DAY, Particular.SIZE


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("财税〔2019〕46号是谁发的？", (ISSUER,)),
        ("職業教育法是哪個部門制定的？", (ISSUER,)),
        ("这份通知的发文机关是谁？", (ISSUER,)),
        ("Which ministries issued the internship rules?", (ISSUER,)),
        ("职业学校学生实习管理规定的文号是多少？", (NUMBER,)),
        ("What is the document number of the internship rules?", (NUMBER,)),
        ("职业教育法是哪一年修订的？", (DAY,)),
        ("职业教育法什么时候通过的", (DAY,)),
        ("When was the Vocational Education Law adopted?", (DAY,)),
        ("职业教育法一共有多少条？", (SIZE,)),
        ("职业教育法有几章？", (SIZE,)),
        ("How many articles does the Labour Law have?", (SIZE,)),
        ("职业教育法是谁制定的，什么时候公布的？", (ISSUER, DAY)),
    ],
)
def test_what_is_asked_of_a_document_itself_is_named(question: str, asked: tuple[Particular, ...]) -> None:
    assert particulars_of(question) == asked


@pytest.mark.parametrize(
    "question",
    [
        "补贴什么时候发放？",
        "实习报酬由谁支付？",
        "设立职业学校由谁批准？",
        "名单什么时候公布在网上？",
        "申请要满足多少条件？",
        "哪个部门负责审批？",
        "企业应当什么时候制定培训计划？",
        "Who approves the founding of a school?",
        "When must the report be submitted?",
        "How many months may an internship last?",
    ],
)
def test_what_a_document_says_is_another_question(question: str) -> None:
    assert particulars_of(question) == ()


@pytest.mark.parametrize("question", ["劳动合同到期不续签要给补偿吗？", "合作协议到期后学生怎么办？"])
def test_the_end_of_a_contract_is_not_that_of_a_document(question: str) -> None:
    assert not asks_standing(question)
    assert asks_standing("这个办法到期了吗？")
