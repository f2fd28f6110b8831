"""How clauses become an answer: lists whole, numbers in order, marks for what is no official text."""

from __future__ import annotations

import datetime as dt

import pytest
from answer_policies import clause, inquiry, passage, policy

from assistant.answer import compose, notices
from assistant.answer.draft import Draft, render
from assistant.answer.passages import Passage, body, groups
from assistant.answer.verify import verify
from assistant.models import Box, Provision, Tier, Wording
from assistant.prompts import phrases
from assistant.retrieve import Scope

ZH, EN = phrases("answer", "zh"), phrases("answer", "en")
LIST = (
    clause("p/art_5", "第五条　申报企业应当具备下列条件之一：", "第五条"),
    clause("p/art_5/item_1", "（一）举办职业学校；", "第五条第（一）项"),
    clause("p/art_5/item_2", "（二）近3年接收60人以上实习；", "第五条第（二）项"),
    clause("p/art_5/item_3", "（三）投入100万元以上。", "第五条第（三）项"),
)


def draft_of(question: str, *passages: Passage, wording=ZH) -> Draft:
    draft = Draft()
    compose.compose(inquiry(question), passages, wording, draft)
    return draft


def text_of(draft: Draft) -> str:
    return render(draft, draft.statements)


def test_a_list_is_told_whole_and_in_the_clauses_order_with_its_lead():
    draft = draft_of("接收多少人实习？", passage(policy("p", *LIST)))
    assert text_of(draft) == (
        "《试点办法》第五条：\n"
        "- 申报企业应当具备下列条件之一： [1]\n"
        "  以下各项满足其一即可：\n"
        "  - （一）举办职业学校； [2]\n"
        "  - （二）近3年接收60人以上实习； [3]\n"
        "  - （三）投入100万元以上。 [4]"
    )
    assert [c.address for c in draft.citations] == [p.address for p in LIST]
    assert [c.locator for c in draft.citations][1] == "第五条第（一）项"


def test_in_english_a_chinese_list_is_said_to_be_of_alternatives_and_named_as_chinese():
    text = text_of(
        draft_of("What are the conditions?", passage(policy("p", *LIST, title_en="Pilot Measures")), wording=EN)
    )
    assert text.startswith("Pilot Measures, Article 5 (第五条) (the clause is in Chinese):\n- 申报企业")
    assert "\n  Any one of the following is enough:\n  - （一）" in text


def test_in_english_all_conditions_are_said_to_be_required():
    provisions = (clause("p/art_5", "第五条　应当同时具备下列条件："), *LIST[1:])
    assert "All of the following are required:" in text_of(
        draft_of("What are the conditions?", passage(policy("p", *provisions)), wording=EN)
    )


def test_a_digest_told_in_english_needs_no_remark_and_quotes_the_english_words():
    provision = clause("p/art_1", "第一条　抵免30%。", text_en="The credit is 30%.")
    draft = draft_of(
        "How much?", passage(policy("p", provision, wording=Wording.DIGEST, title_en="Notice", doc_number="财税〔2019〕46号")),
        wording=EN,
    )  # fmt: skip
    assert (
        text_of(draft)
        == "Notice (财税〔2019〕46号), p/art_1 [digest, not the official text]:\n☐ The credit is 30%. [1]"
    )
    assert draft.citations[0].quote == "The credit is 30%."
    assert draft.citations[0].wording is Wording.DIGEST


@pytest.mark.parametrize(
    ("of", "mark"),
    [
        (policy("p", wording=Wording.DIGEST), "〔摘要，非官方原文〕"),
        (policy("p"), None),
    ],
)
def test_the_heading_says_whose_words_these_are(of, mark):
    heading = text_of(draft_of("抵免多少？", passage(of, clause("p/art_1", "抵免30%。", "第一条")))).splitlines()[0]
    assert heading == f"《试点办法》第一条{mark or ''}："


def test_what_was_written_from_memory_is_marked_on_its_line_but_not_in_the_statement():
    draft = draft_of("抵免多少？", passage(policy("p", clause("p/art_1", "抵免30%。", basis="memory"))))
    assert text_of(draft).endswith("☐ 抵免30%。〔未经原文核对〕 [1]")
    assert [s.text for s in draft.statements] == ["抵免30%。"]


def test_the_article_number_is_given_once():
    assert body(clause("p/art_27", "第二十七条　企业应当接纳实习。")) == "企业应当接纳实习。"
    assert body(clause("p/art_12_1", "第十二条之一 企业应当接纳实习。")) == "企业应当接纳实习。"
    assert body(clause("p/art_3", "依照第十二条的规定执行。")) == "依照第十二条的规定执行。"


PARAGRAPHS = (
    clause("p/art_9", "第九条", "第九条"),
    clause("p/art_9/para_1", "实习期限不超过六个月。", "第九条第一款"),
    clause("p/art_9/para_2", "有下列情形之一的，不得安排实习：", "第九条第二款"),
    clause("p/art_9/para_2/item_1", "（一）未满十六周岁；", "第九条第二款第（一）项"),
    clause("p/art_9/para_2/item_2", "（二）一年级学生。", "第九条第二款第（二）项"),
    clause("p/art_9/para_3", "实习报酬按月支付。", "第九条第三款"),
)


def test_each_paragraph_of_an_article_is_a_group_with_its_own_list():
    found = groups(passage(policy("p", *PARAGRAPHS)))
    assert [g.lead.address for g in found] == ["p/art_9", *(f"p/art_9/para_{n}" for n in (1, 2, 3))]
    assert [p.address for p in found[2].items] == ["p/art_9/para_2/item_1", "p/art_9/para_2/item_2"]
    assert [len(g.items) for g in found] == [0, 0, 2, 0]


def test_a_short_article_of_several_paragraphs_is_told_whole_without_its_bare_number():
    draft = draft_of("哪些学生不能安排实习？", passage(policy("p", *PARAGRAPHS)))
    assert [c.address for c in draft.citations] == [p.address for p in PARAGRAPHS[1:]]
    assert text_of(draft).splitlines()[:2] == ["《试点办法》第九条：", "- 实习期限不超过六个月。 [1]"]


def test_of_a_long_article_the_paragraphs_that_bear_on_the_question_are_told_with_their_whole_lists():
    off = "教学经费由举办者依照有关规定筹措并接受社会监督。" * 15  # 345 characters, of something else
    long_article = (PARAGRAPHS[0], clause("p/art_9/para_1", off), *PARAGRAPHS[2:5])
    told = [c.address for c in draft_of("哪些情形不得安排实习？", passage(policy("p", *long_article))).citations]
    assert told == ["p/art_9/para_2", "p/art_9/para_2/item_1", "p/art_9/para_2/item_2"]


def test_of_a_long_paragraph_the_sentences_that_bear_on_the_question_are_quoted_in_one_run():
    rest = "国家鼓励社会力量参与举办各类学校。" * 20  # 340 characters
    text = f"{rest}企业接收实习学生可以抵免税款。{rest}"
    (quoted,) = draft_of("抵免税款有什么规定？", passage(policy("p", clause("p/art_1", text)))).statements
    assert quoted.text == "企业接收实习学生可以抵免税款。"
    assert quoted.text in text


def test_the_same_words_cited_twice_have_one_number():
    provision = clause("p/art_1", "抵免30%。")
    draft = draft_of("抵免多少？", passage(policy("p", provision)), passage(policy("p", provision)))
    assert [s.citations for s in draft.statements] == [(1,), (1,)]
    assert [c.n for c in draft.citations] == [1]


def without(draft: Draft, *gone: str) -> str:
    return render(draft, [s for s in draft.statements if s.text not in gone])


def test_what_failed_verification_is_not_in_the_text():
    draft = draft_of("条件有哪些？", passage(policy("p", *LIST)))
    text = without(draft, "（二）近3年接收60人以上实习；")
    assert "60人" not in text
    assert "（一）举办职业学校； [2]\n  - （三）" in text


def test_no_heading_and_no_remark_stands_without_a_statement():
    other = policy("q", clause("q/art_1", "投入100万元。", "第一条"), title="别的办法")
    draft = draft_of("What are the conditions?", passage(policy("p", *LIST)), passage(other), wording=EN)
    text = without(draft, *(s.text for s in draft.statements[1:4]))  # all items are gone, their lead stays
    assert "Any one of the following" not in text
    assert "别的办法" in text
    assert without(draft, *(s.text for s in draft.statements)) == ""
    assert "试点办法" not in without(draft, *(s.text for s in draft.statements[:4]))


def test_a_quote_that_a_clause_does_not_hold_never_reaches_the_reader():
    told = policy("p", clause("p/art_1", "抵免30%。", "第一条"), clause("p/art_2", "抵免80%。", "第二条"))
    draft = draft_of("抵免多少？", *(passage(told, p) for p in told.provisions))
    held: dict[str, Provision] = {"p/art_1": told.provisions[0], "p/art_2": clause("p/art_2", "不得抵免。")}
    statements, removed = verify(draft.statements, draft.citations, held)
    assert removed == 1
    assert render(draft, statements) == "《试点办法》第一条：\n☐ 抵免30%。 [1]"


def said(*passages: Passage, question: str = "抵免多少？", as_of: dt.date | None = None, wording=ZH) -> tuple[str, ...]:
    return notices.for_passages(passages, inquiry(question, as_of), Scope.of(p.policy for p in passages), wording)


ONE = clause("p/art_1", "抵免30%。")


def test_an_official_national_text_in_force_needs_no_notice():
    assert said(passage(policy("p", ONE, effective=dt.date(2019, 1, 1)))) == ()


@pytest.mark.parametrize(
    ("day", "notice"),
    [
        (dt.date(2018, 12, 31), "《试点办法》在2018-12-31尚未施行。"),
        (dt.date(2025, 1, 1), "《试点办法》在2025-01-01已不在有效期内。"),
    ],
)
def test_a_text_not_in_force_on_the_day_is_told_to_be_too_early_or_too_late(day, notice):
    of = policy("p", ONE, effective=dt.date(2019, 1, 1))
    assert said(passage(of, in_force=False), as_of=day) == (notice,)


def test_a_text_whose_validity_is_not_known_is_said_to_be_so():
    assert said(passage(policy("p", ONE, status="unknown"), in_force=None)) == ("《试点办法》是否仍然有效未能确认。",)


def test_a_rule_without_dates_that_nobody_judged_is_said_to_be_unconfirmed_but_a_note_is_not():
    assert said(passage(policy("p", ONE), in_force=None)) == ("《试点办法》是否仍然有效未能确认。",)
    assert said(passage(policy("p", ONE, status="in_force"), in_force=None)) == ()
    assert said(passage(policy("p", ONE, tier=Tier.NOTE), in_force=None)) == ()


def test_a_local_rule_is_named_as_one_except_in_its_own_place():
    local = passage(policy("p", ONE, jurisdiction="330200"))
    assert said(local) == ("《试点办法》是宁波市的规定，不在当地的单位不适用。",)
    assert said(local, question="宁波抵免多少？") == ()


def test_text_that_was_recognised_on_a_scan_is_told_in_both_languages():
    read = clause("p/art_1", "抵免30%。", boxes=(Box(1, 0.1, 0.1, 0.9, 0.2, confidence=0.97),))
    assert said(passage(policy("p", read))) == (
        "《试点办法》是扫描件，文字由识别得到，可能有误；数字、日期和文号请对照原页核对。",
    )
    assert said(passage(policy("p", read)), wording=EN) == (
        "“试点办法” is a scan whose text was recognised and may hold errors; "
        "check figures, dates and numbers against the page.",
    )
    printed = clause("p/art_1", "抵免30%。", boxes=(Box(1, 0.1, 0.1, 0.9, 0.2),))
    assert said(passage(policy("p", printed))) == ()


def test_digest_memory_and_research_are_told_once_however_many_clauses_there_are():
    digest = policy("p", clause("p/art_1", "抵免30%。", basis="memory"), wording=Wording.DIGEST)
    paper = policy("q", clause("q/art_1", "研究发现。"), wording=Wording.DIGEST, tier=Tier.PAPER)
    told = said(passage(digest), passage(digest), passage(paper))
    assert told == tuple(ZH.say(key) for key in ("notice_paper", "notice_digest", "notice_memory"))
    assert said(passage(paper)) == (ZH.say("notice_paper"),)
