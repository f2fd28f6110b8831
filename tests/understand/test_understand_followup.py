"""Follow-ups are made whole from the questions before them; what stands on its own is left alone."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.text import normalise
from assistant.understand import glossary, understand
from assistant.understand.conversation import carried, thread
from assistant.understand.writing import written

TODAY = dt.date(2026, 3, 1)
CONDITIONS = "申请成为产教融合型企业要满足哪些条件？"


def standalone(question: str, history: list[str]) -> str:
    return thread([*history, question], TODAY).text


@pytest.mark.parametrize("question", ["那材料呢？", "材料呢？", "还有流程呢？", "那么期限呢？"])
def test_what_is_asked_changes_and_the_subject_stays(question):
    whole = standalone(question, [CONDITIONS])
    assert "产教融合型企业" in whole
    assert "条件" not in whole  # what the earlier question asked of its subject
    assert any(word in whole for word in ("材料", "流程", "期限"))
    assert "呢" not in whole


@pytest.mark.parametrize("question", ["what about subsidies?", "and subsidies?", "And what about subsidies?"])
def test_an_english_follow_up_is_made_whole(question):
    whole = standalone(question, ["Which companies can become an industry-education integration enterprise?"])
    assert "industry-education integration enterprise" in whole
    assert whole.endswith("subsidies")


@pytest.mark.parametrize("question", ["宁波呢？", "那宁波呢？", "宁波市呢"])
def test_a_place_alone_asks_the_same_for_that_place(question):
    whole = standalone(question, ["浙江的企业接收实习生有什么补贴？"])
    assert whole.startswith("宁波市")
    assert "浙江" not in whole
    assert "接收实习生有什么补贴" in whole


def test_a_place_in_english_alone_asks_the_same_for_that_place():
    whole = standalone("What about Ningbo?", ["Which subsidies does Shanghai pay for interns?"])
    assert "宁波" in whole or "Ningbo" in whole
    assert "Shanghai" not in whole
    assert "interns" in whole


def test_a_place_with_a_subject_of_its_own_takes_only_what_it_lacks():
    assert "补贴" in standalone("宁波补贴呢？", ["产教融合型企业的申报条件有哪些？"])


def test_a_chain_of_follow_ups_keeps_the_first_subject():
    whole = standalone("那期限呢？", [CONDITIONS, "那材料呢？"])
    assert "产教融合型企业" in whole
    assert "期限" in whole
    assert "材料" not in whole


@pytest.mark.parametrize(
    "question",
    [
        "企业没有按规定足额提取职工教育经费怎么处罚？",
        "职业教育法第二十七条怎么说？",
        "财税〔2019〕46号规定了什么？",
        "Which penalties does a training institution face for false advertising?",
    ],
)
def test_a_question_that_stands_alone_is_left_alone(question):
    assert standalone(question, [CONDITIONS]) == question


def test_without_earlier_questions_nothing_is_added():
    assert standalone("那材料呢？", []) == "那材料呢？"


@pytest.mark.parametrize("first", ["产教融合型企业要什么条件？", "产教融合型企业需要满足哪些条件？"])
def test_nothing_of_what_was_asked_before_is_left_in_the_subject(first):
    assert standalone("那材料呢？", [first]) == "产教融合型企业 材料"


@pytest.mark.parametrize(
    ("question", "before", "whole"),
    [
        ("那个人呢？", "企业捐赠能在税前扣除吗？", "个人捐赠能在税前扣除吗？"),
        ("换成民办学校呢？", "职业学校能享受什么税收优惠？", "民办学校能享受什么税收优惠？"),
        ("第三批呢？", "第二批入库企业要公布三年规划吗？", "第三批入库企业要公布三年规划吗？"),
        ("招退役士兵呢？", "企业招用登记失业半年的人能减多少税？", "企业招退役士兵能减多少税？"),
        ("第二十四条呢？", "职业教育法第二十七条讲什么？", "职业教育法第二十四条讲什么？"),
        ("那24条呢？", "职业教育法第二十七条讲什么？", "职业教育法第24条讲什么？"),
        ("And Article 24?", "What does Article 27 say?", "What does Article 24 say?"),
    ],
)
def test_one_thing_takes_the_place_of_another_of_its_sort(question, before, whole):
    assert standalone(written(question), [before]) == whole


@pytest.mark.parametrize(
    ("between", "question"),
    [
        ("退役军人也能参加吗？", "去哪里申请？"),
        ("超过部分怎么办？", "要什么材料？"),
        ("and is there a cap?", "Who approves it?"),
    ],
)
def test_a_third_question_is_about_the_subject_and_not_about_what_the_second_asked_of_it(between, question):
    first = "How is the subsidy paid?" if between.isascii() else "企业新型学徒制补贴标准是多少？"
    third = thread([first, between, question], TODAY)
    assert third.text == thread([first, question], TODAY).text
    assert between[:4] not in third.text


@pytest.mark.parametrize(
    ("between", "question"),
    [("宁波呢？", "要什么材料？"), ("退役军人也能参加吗？", "这种去哪里申请？"), ("退役军人呢？", "去哪里申请？")],
)
def test_what_the_second_question_changed_or_the_third_points_at_stays(between, question):
    third = thread(["企业新型学徒制补贴标准是多少？", between, question], TODAY)
    assert between[:2] in third.text


@pytest.mark.parametrize(
    ("first", "added"),
    [
        ("How far ahead do I have to tell them I'm quitting?", "I'm still on probation though."),
        ("离职要提前多久说？", "我还在试用期"),
    ],
)
def test_what_only_adds_to_a_question_asks_the_same_of_another_case(first, added):
    now = thread([first, added], TODAY)
    assert now.text.startswith(first.rstrip("?？"))
    assert added.rstrip(".") in now.text
    assert now.asks == first


def test_keywords_are_a_question_of_their_own_and_no_statement():
    keywords = "企业新型学徒制 培训补贴 标准 2023年"
    assert not thread(["离职要提前多久说？", keywords], TODAY).leans


@pytest.mark.parametrize("question", ["How is the allowance during leave worked out?", "材料交上去多久给准话？"])
def test_a_short_question_without_a_thing_of_the_field_leans(question):
    assert thread(["Do employers have to pay into maternity insurance?", question], TODAY).leans


def test_of_an_english_question_the_thing_is_left_without_the_words_that_asked():
    first = "What are the conditions to be certified as an integration enterprise?"
    assert thread([first, "Which papers?"], TODAY).text == "be certified as an integration enterprise Which papers?"


@pytest.mark.parametrize("opening", ["换个问题：", "另外一个问题，", "换一个话题。", "Another question: "])
def test_another_topic_leaves_place_day_and_subject_behind(opening):
    now = thread(["2019年宁波的实习补贴是多少？", f"{opening}捐赠怎么扣除？"], TODAY)
    assert (now.text, now.place, now.day, now.leans) == ("捐赠怎么扣除？", None, None, False)


def test_a_question_with_a_subject_of_its_own_keeps_only_the_place():
    own = "小型微利企业的教育费附加和地方教育附加能减半吗？"
    now = thread(["2019年宁波的实习补贴是多少？", own], TODAY)
    assert (now.text, now.place.code, now.place_carried, now.day) == (own, "330200", True, None)
    assert thread(["宁波的实习补贴是多少？", "职业教育法第二十七条怎么规定税收优惠？"], TODAY).place is None


def test_now_ends_a_day_that_was_asked_for():
    now = thread(["2017年的时候实习报酬怎么规定？", "那现在呢？"], TODAY)
    assert (now.text, now.day) == ("实习报酬怎么规定？", TODAY)


def test_a_pointing_word_leans_on_the_question_before():
    assert "产教融合型企业" in standalone("这个要多久才能批下来？", [CONDITIONS])


def test_a_second_question_is_given_the_first_ones_subject_unless_it_brings_its_own():
    assert "抵免" in carried("未用完的怎么办？", "投资可以抵免多少？")
    own = "企业招用建档立卡贫困人口签订劳动合同缴纳社会保险的税收优惠是什么？"
    assert carried(own, "投资可以抵免多少？") == own


@pytest.mark.parametrize(
    "question",
    [
        "against which charges?",
        "can the rest be carried forward?",
        "do subsidiaries qualify as well?",
        "其余的能结转几年？",
    ],
)
def test_a_question_that_points_back_or_has_hardly_a_word_of_its_own_leans(question):
    whole = standalone(question, ["What share of the investment can an integration enterprise credit?"])
    assert whole.startswith("What share of the investment can an integration enterprise credit")


@pytest.mark.parametrize(
    ("before", "question", "carried"),
    [
        ("企业实习生工资怎么定？", "那能拖几天再发吗", "企业实习生工资怎么定"),  # asks something of its own
        ("实习生最多占公司多少比例？", "那一个岗位上呢", ""),  # asks the same of something else
        ("企业办的职业学校有什么优惠？", "那要什么条件？", ""),  # names no subject
        ("企业办的职业学校有什么优惠？", "劳动合同的试用期最长多久？", ""),  # stands alone
    ],
)
def test_what_is_carried_is_told_from_what_is_asked_now(before, question, carried):
    inquiry = understand(question, glossary=glossary.bundled(), idf=lambda _: 1.0, today=TODAY, history=[before])
    assert normalise(inquiry.text)[: inquiry.carried_to].strip() == carried


@pytest.mark.parametrize(
    ("before", "question", "subject"),
    [
        ("员工被裁了，失业金最多能领多久？", "他交了7年的话", "失业金"),  # 员工被裁了 only leads up to it
        ("新人来上班，多少天内要给他上社保登记？", "一直拖着不办，老板个人也要罚吗", "社保登记"),
        ("能补多少钱，最多补几个月？", "那材料呢？", "能补"),
        ("青岛的中职能让刚入学的学生去厂里顶岗吗？", "学校硬要这么干会怎么罚", "顶岗"),
        (
            "产教融合型企业能抵多少教育费附加？",
            "抵完过两年把股份卖掉了，会怎样",
            "产教融合型企业",
        ),  # no word of the field
    ],
)
def test_a_question_that_only_a_conversation_explains_carries_its_subject(before, question, subject):
    assert subject in standalone(question, [before])


@pytest.mark.parametrize(
    ("question", "strays"),
    [
        ("晚上吃什么好", True),
        ("How do I cook rice?", True),
        ("那晚上吃什么好", False),
        ("最多补几个月？", False),  # asks for a time limit of something
        ("它几月去报？", False),
        ("企业要交什么税？", False),
    ],
)
def test_a_question_that_nothing_ties_to_the_conversation_is_marked(question, strays):
    assert thread(["宁波企业接收实习生有补贴吗？", question], TODAY).strays is strays


def test_a_conversation_of_thousands_of_questions_is_followed_from_its_last_ones():
    assert "产教融合型企业" in standalone("那材料呢？", [*["宁波有实习补贴吗？"] * 5_000, CONDITIONS])
