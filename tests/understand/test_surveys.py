"""Questions that no one clause answers: what a document is about, and which documents there are."""

from __future__ import annotations

import pytest

from assistant.understand.surveys import asks_documents, asks_overview, asks_papers, subject_of


@pytest.mark.parametrize(
    "question",
    [
        "国办发〔2017〕95号主要讲了什么？", "总结一下职业学校学生实习管理规定", "《关于深化产教融合的若干意见》的主要内容是什么",
        "職業教育法講了什麼", "What is the Vocational Education Law about?", "Summarise the internship rules",
    ],
)  # fmt: skip
def test_what_a_document_is_about_as_a_whole_is_asked(question):
    assert asks_overview(question)


@pytest.mark.parametrize(
    "question", ["职业教育法关于实习主要讲了什么", "实习报酬是怎么规定的", "介绍一下产教融合型企业", ""]
)
def test_what_a_document_says_of_something_is_no_question_for_the_whole(question):
    assert not asks_overview(question)


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("产教融合有哪些国家文件？", ("产教融合",)),
        ("和实习有关的政策有哪些", ("实习",)),
        ("列出和现代学徒制有关的文件", ("学徒制", "现代学徒制")),
        ("校企合作的法律依据有哪些", ("校企合作",)),
    ],
)
def test_which_documents_there_are_is_asked_on_a_subject(question, subject):
    assert asks_documents(question)
    assert subject_of(question) == subject


@pytest.mark.parametrize(
    "question",
    [
        "企业要准备哪些文件？",
        "要提交什么文件",
        "申请时需要哪些文件",
        "有哪些优惠政策",
        "企业可以享受哪些政策",
        "which documents do we need?",
    ],
)
def test_what_to_hand_in_and_what_is_granted_are_other_questions(question):
    assert not asks_documents(question)


def test_papers_are_told_from_rules():
    assert asks_papers("关于产教融合型企业有哪些研究？")
    assert not asks_papers("关于产教融合型企业有哪些政策？")
