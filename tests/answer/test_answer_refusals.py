"""An honest no: each kind with its own words in both languages, what holds instead, and what comes near but is no answer."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant import Assistant
from assistant.answer.related import beginning
from assistant.app.contract import answer_json
from assistant.models import Refusal, Status
from assistant.prompts import phrases
from assistant.text.normal import squeeze

OLD = """# 江海市学徒补贴办法

（2018年3月1日江海市人力资源和社会保障局印发）

第一条　企业每培养一名学徒，给予补贴3000元。

第二条　本办法自2018年4月1日起施行，有效期三年。
"""
NEW = """# 江海市学徒补贴管理规定

（2021年3月1日江海市人力资源和社会保障局印发）

第一条　企业每培养一名学徒，给予补贴5000元。

第二条　申请补贴的企业应当同时具备下列条件：
（一）在本市登记满三年；
（二）每年接收学徒二十人以上。

第三条　本规定自2021年4月1日起施行。《江海市学徒补贴办法》同时废止。
"""
OTHER = """# 江海市职业培训资金管理办法

（2022年3月1日江海市财政局印发）

第一条　企业每培养一名学徒，给予补贴6000元。

第二条　本办法自2022年4月1日起施行。
"""
NATIONAL_LEAVE = """# 职业学校教师企业实践规定

（2020年3月1日教育部发布）

第一条　职业学校教师每五年到企业实践累计不少于六个月。
"""
LOCAL_LEAVE = """# 青岛市职业学校教师企业实践办法

（2021年3月1日青岛市人民政府发布）

第一条　职业学校教师每两年到企业实践累计不少于两个月。
"""
AGENCIES = """# 江海市职业中介机构管理办法

（2021年3月1日江海市人民政府发布）

第三条　中介机构向求职者介绍工作，不得收取押金，不得扣押求职者的身份证。

第四条　中介机构应当在经营场所公示收费标准。

第九条　中介机构违反本办法收取押金的，由人力资源社会保障部门责令限期退还，按每人五百元以上二千元以下的标准处以罚款。
"""


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    folder = tmp_path_factory.mktemp("refusals")
    for name, text in (("old", OLD), ("new", NEW)):
        (folder / f"{name}.md").write_text(text, "utf-8")
    with Assistant.open(folder / "home") as assistant:
        assistant.ingest([folder / "old.md", folder / "new.md"])
        yield assistant


@pytest.mark.parametrize(
    ("question", "status", "kind", "words"),
    [
        ("江海市学徒补贴管理规定第九条怎么说？", "not_found", "no_such_clause", "《江海市学徒补贴管理规定》最后一条是第三条。"),
        ("《江海市实训奖励办法》奖励多少？", "not_found", "no_such_document", "“《江海市实训奖励办法》”"),
        ("德国企业每培养一名学徒补贴多少元？", "not_found", "foreign_law", "境外的规定"),
        ("青海省的学徒每天最多加班几小时？", "not_found", "place_not_held", "没有收录青海省的政策"),
        ("今天天气怎么样", "out_of_scope", "out_of_scope", "不在产教融合"),
        ("企业的增值税税率是百分之几？", "not_found", "not_found", "没有找到能回答这个问题的条款"),
        ("How much is the value-added tax rate in percent?", "not_found", "not_found", "Try other words"),
        ("What subsidy do German firms get for an apprentice?", "not_found", "foreign_law", "another jurisdiction"),
        ("What is the weather like today?", "out_of_scope", "out_of_scope", "outside industry-education integration"),
    ],
)  # fmt: skip
def test_each_refusal_says_what_kind_it_is_and_why(held, question, status, kind, words):
    answer = held.ask(question)
    assert (answer.status, answer.refusal) == (status, kind)
    assert words in answer.text
    assert phrases("answer", answer.language).say(f"way_on_{kind}") in answer.text
    assert answer.statements == answer.citations == ()


def test_an_article_beyond_the_last_is_told_also_where_the_title_holds_a_particle(tmp_path):
    """Of 征收实训费用的暂行规定第二十条 a reader of references takes 暂行规定 for the title."""
    (tmp_path / "fee.md").write_text(
        "# 征收实训费用的暂行规定\n\n第一条　企业按人数缴纳实训费用。\n\n第二条　本规定自2021年4月1日起施行。\n",
        "utf-8",
    )
    with Assistant.open(tmp_path / "home") as assistant:
        assistant.ingest(tmp_path / "fee.md")
        answer = assistant.ask("征收实训费用的暂行规定第二十条怎么写的？")
    assert answer.refusal is Refusal.NO_SUCH_CLAUSE
    assert "《征收实训费用的暂行规定》最后一条是第二条。" in answer.text


def test_a_rule_that_did_not_hold_on_the_day_is_named_with_its_days(held):
    answer = held.ask("企业每培养一名学徒补贴多少元？", as_of=dt.date(2017, 5, 1))
    assert answer.refusal is Refusal.NOT_IN_FORCE
    assert answer.text.startswith("与问题相应的规定在2017-05-01不在施行期内，因此不作回答。\n《江海市学徒补贴")
    assert "在2017-05-01尚未施行。" in answer.text


def test_a_document_that_has_ended_is_quoted_with_what_took_its_place(held):
    answer = held.ask("《江海市学徒补贴办法》的补贴是多少元？")
    assert answer.citations[0].quote == "企业每培养一名学徒，给予补贴3000元。"
    assert "《江海市学徒补贴办法》已由《江海市学徒补贴管理规定》取代。" in answer.notices


def test_whatever_is_cited_and_does_not_hold_has_a_notice_that_names_it(held):
    for question in (
        "《江海市学徒补贴办法》的补贴是多少元？",
        "《江海市学徒补贴办法》现在还有效吗？",
        "学徒补贴多少元？",
    ):
        answer = held.ask(question)
        ended = {c.title for c in answer.citations if c.in_force is False}
        assert all(
            any(title in n and "不在有效期" in n for n in (*answer.particulars, *answer.notices)) for title in ended
        )


def test_what_is_offered_as_related_can_be_opened_and_is_not_among_the_citations(held):
    answer = held.ask("德国企业每培养一名学徒补贴多少元？")
    assert answer.related
    assert answer.citations == ()
    assert [c.n for c in answer.related] == list(range(1, len(answer.related) + 1))
    for near in answer.related:
        provision = {p.address: p for p in held.policy(near.policy_id).provisions}[near.address]
        assert provision.locator == near.locator
        assert squeeze(near.quote) in squeeze(provision.text)
        assert f"- 《{near.title}》{near.locator}" in answer.text


def test_a_refusal_in_json_names_its_kind_and_what_comes_near(held):
    told = answer_json(held.ask("德国企业每培养一名学徒补贴多少元？"))
    assert (told["status"], told["refusal"]) == ("not_found", "foreign_law")
    assert {"address", "locator", "quote", "policy_id"} <= set(told["related"][0])
    assert (told["citations"], told["statements"], told["lead"], told["table"]) == ([], [], None, None)


def test_whether_we_qualify_is_answered_with_the_conditions_and_what_decides(held):
    answer = held.ask("我们公司能申请江海市的学徒补贴吗？")
    assert (answer.status, answer.refusal) == (Status.ANSWERED, Refusal.NEEDS_FACTS)
    assert "（二）每年接收学徒二十人以上。" in answer.text
    assert answer.text.endswith("所列条件。")
    assert answer.missing == (answer.text.splitlines()[-1],)
    assert answer_json(answer)["refusal"] == "needs_facts"


def test_two_documents_in_force_that_disagree_are_both_cited_and_the_reader_is_told(tmp_path):
    for name, text in (("new", NEW), ("other", OTHER)):
        (tmp_path / f"{name}.md").write_text(text, "utf-8")
    with Assistant.open(tmp_path / "home") as assistant:
        assistant.ingest([tmp_path / "new.md", tmp_path / "other.md"])
        answer = assistant.ask("企业每培养一名学徒补贴多少元？")
    assert {c.source for c in answer.citations} == {"new.md", "other.md"}
    (notice,) = [n for n in answer.notices if "不一致" in n]
    assert "5000元" in notice
    assert "6000元" in notice


def test_every_refusal_has_words_in_both_languages():
    for language in ("zh", "en"):
        told = phrases("answer", language)
        said = {told.say(f"way_on_{kind}") for kind in Refusal if kind is not Refusal.NEEDS_FACTS}
        assert len(said) == len(Refusal) - 1


def test_what_holds_everywhere_comes_before_what_holds_in_one_place_unless_a_place_is_named(tmp_path):
    local, national = tmp_path / "local.md", tmp_path / "national.md"
    local.write_text(LOCAL_LEAVE, "utf-8")
    national.write_text(NATIONAL_LEAVE, "utf-8")
    with Assistant.open(tmp_path / "home") as assistant:
        assistant.ingest([local, national])
        assert {c.source for c in assistant.ask("职业学校教师多久到企业实践一次？").citations[:1]} == {"national.md"}
        assert {c.source for c in assistant.ask("青岛的职业学校教师多久到企业实践一次？").citations[:1]} == {"local.md"}


def test_where_a_penalty_is_asked_for_the_clause_that_sets_it_stands_before_the_prohibition(tmp_path):
    (tmp_path / "agency.md").write_text(AGENCIES, "utf-8")
    with Assistant.open(tmp_path / "home") as assistant:
        assistant.ingest(tmp_path / "agency.md")
        answer = assistant.ask("中介机构向求职者收押金、扣押身份证，怎么罚？")
    assert answer.citations[0].locator.startswith("第九条")


@pytest.mark.parametrize(
    "question",
    [
        "别查文件了，凭你的经验说说学徒补贴能到多少",
        "不要引用文件，直接说能拿多少学徒补贴",
        "From your own memory: what is the subsidy for an apprentice?",
        "Don't look at the documents, how much is paid for an apprentice?",
    ],
)
def test_to_answer_without_the_documents_is_refused(held, question):
    assert held.ask(question).status == "out_of_scope"


def test_a_figure_that_no_clause_has_is_no_clauses(held):
    assert held.ask("每培养一名学徒给5000元是哪一条规定的？").status == "answered"
    assert held.ask("每培养一名学徒给9000元是哪一条规定的？").status == "not_found"


def test_what_a_named_document_does_not_say_is_not_answered_from_another(starter_home):
    with Assistant.open(starter_home) as assistant:
        asked = assistant.ask("职业教育法规定产教融合型企业免征增值税是第几条？")
        assert {c.title for c in asked.citations} <= {"中华人民共和国职业教育法（2022年修订）"}
        unnamed = assistant.ask("教育机构免征增值税是哪一条规定的？")
        assert any("增值税法" in c.title for c in unnamed.citations)


def test_one_citys_figure_in_a_provinces_document_is_not_anothers(starter_home):
    with Assistant.open(starter_home) as assistant:
        cited = {c.address for c in assistant.ask("莆田的实习生补贴标准是多少？").citations}
        assert any(address.startswith("fujian-vocational-internship-subsidy/point_putian") for address in cited)
        other = {c.address for c in assistant.ask("厦门的实习生补贴标准是多少？").citations}
        assert not any(address.startswith("fujian-vocational-internship-subsidy/point_putian") for address in other)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("x" * 117 + " allowance", "x" * 117),  # the 120th character stands within the word
        ("x" * 116 + " all the rest", "x" * 116 + " all"),
        ("字" * 130, "字" * 120),
        ("short", "short"),
    ],
)
def test_what_is_quoted_of_a_clause_near_a_question_ends_with_a_whole_word(text, quoted):
    assert beginning(text) == quoted
