"""Who is asked to do what: questions for all duties of a party, and the paragraphs that bind it."""

from __future__ import annotations

import pytest

from assistant.understand.parties import PARTIES, Survey, concerns, survey

BY_NAME = {party.name: party for party in PARTIES}


@pytest.mark.parametrize(
    ("question", "party", "topics"),
    [
        ("职业教育法要求企业做什么？", "enterprise", ()),
        ("《职业学校学生实习管理规定》对实习单位有什么要求", "enterprise", ()),
        ("实习管理规定要求学校必须做到的有哪几条？", "vocational_school", ()),
        ("按職業教育法企業要承擔什麼責任", "enterprise", ()),
        ("职业教育法里关于安全生产对企业有哪些要求", "enterprise", ("安全", "生产")),
        ("那学生有哪些义务？", "student", ()),
        ("What does the Vocational Education Law require of enterprises?", "enterprise", ()),
        ("What must schools do under the internship rules?", "vocational_school", ()),
    ],
)
def test_a_question_for_all_duties_of_a_party_is_told_with_what_else_it_speaks_of(question, party, topics):
    found = survey(question)
    assert found is not None
    assert (found.party.name, found.topics) == (party, topics)


@pytest.mark.parametrize(
    "question",
    [
        "企业要符合什么条件？",
        "学校什么时候收费？",
        "企业要交哪些材料",
        "实习责任保险由谁买？",
        "职业教育法给了企业什么好处？",
        "",
    ],
)
def test_a_question_for_something_else_is_none_for_duties(question):
    assert survey(question) is None


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("企业应当建立职工培训制度。", "enterprise"),
        ("学校和实习单位不得向学生收取押金。", "enterprise"),
        ("学校和实习单位不得向学生收取押金。", "vocational_school"),
        ("企业与职业学校联合招收学生，进行学徒培养的，应当签订协议。", "enterprise"),
        ("实习时间一般为六个月，由学校按照方案安排。", "vocational_school"),
        ("学校选择实习单位前应当实地考察。", "vocational_school"),
        ("国家鼓励企业设岗。接纳实习的单位应当保障学生的权利。", "enterprise"),
    ],
)
def test_who_has_to_act_is_bound(text, party):
    assert concerns(text, Survey(BY_NAME[party], modes=("duty",), topics=()))


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("各级人民政府应当支持企业举办职业学校。", "enterprise"),
        ("教育行政部门对学校应当每年检查一次。", "vocational_school"),
        ("学校选择实习单位前应当实地考察。", "enterprise"),
        ("企业可以设置兼职岗位。", "enterprise"),
        ("企业的主要负责人是第一责任人。", "enterprise"),
        ("侵犯教师、受教育者、学校的合法权益的，应当承担责任。", "vocational_school"),
        ("企业计算应纳税所得额。", "enterprise"),
        ("企业主要负责人可以兼任。", "enterprise"),
    ],
)
def test_whom_something_is_done_to_or_who_may_act_is_not_bound(text, party):
    assert not concerns(text, Survey(BY_NAME[party], modes=("duty",), topics=()))


@pytest.mark.parametrize(
    ("text", "party", "entitled"),
    [
        ("学生享有下列权利：", "student", True),
        ("企业可以举办职业学校。", "enterprise", True),
        ("企业应当建立制度。", "enterprise", False),
        ("政府可以委托企业办学。", "enterprise", False),
    ],
)
def test_rights_are_told_from_duties(text, party, entitled):
    assert concerns(text, Survey(BY_NAME[party], modes=("right",), topics=())) is entitled


def test_a_question_for_rights_is_told_from_one_for_duties():
    rights, duties = survey("职业教育法里学生有哪些权利？"), survey("职业教育法里学生有哪些义务？")
    assert rights is not None
    assert duties is not None
    assert (rights.modes, duties.modes) == (("right",), ("duty",))


def test_rights_and_duties_asked_for_together_are_both_meant():
    both = survey("教师在职业教育法里有哪些权利和义务？")
    assert both is not None
    assert both.modes == ("duty", "right")
