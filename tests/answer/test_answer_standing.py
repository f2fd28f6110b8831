"""Whether a document holds, and what a reader in one place must know of the levels: told from the records."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.models import Status

OLD = """# 江海市学徒补贴办法

（2018年3月1日江海市人力资源和社会保障局印发）

第一条　企业每培养一名学徒，给予补贴3000元。

第二条　本办法自2018年4月1日起施行，有效期三年。
"""
NEW = """# 江海市学徒补贴管理规定

（2021年3月1日江海市人力资源和社会保障局印发）

第一条　企业每培养一名学徒，给予补贴5000元。

第二条　本规定自2021年4月1日起施行。《江海市学徒补贴办法》同时废止。
"""


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    folder = tmp_path_factory.mktemp("standing")
    for name, text in (("old", OLD), ("new", NEW)):
        (folder / f"{name}.md").write_text(text, "utf-8")
    with Assistant.open(folder / "home") as assistant:
        assistant.ingest([folder / "old.md", folder / "new.md"])
        yield assistant


def test_a_document_that_ran_out_is_said_to_have_with_both_days_and_the_clause_that_says_so(held):
    answer = held.ask("《江海市学徒补贴办法》现在还有效吗？")
    assert answer.status is Status.ANSWERED
    assert answer.citations[0].source == "old.md"
    assert answer.citations[0].quote == "本办法自2018年4月1日起施行，有效期三年。"
    notice = next(n for n in answer.particulars if "不在有效期" in n)
    assert "自2018-04-01起施行。" in notice
    assert "自2021-04-01起不再有效。" in notice


def test_the_same_document_is_in_force_on_a_day_in_its_life(held):
    answer = held.ask("《江海市学徒补贴办法》在2019年还有效吗？")
    assert any(n.startswith("《江海市学徒补贴办法》在2019-06-30有效。") for n in answer.particulars)


def test_a_document_before_its_day_is_not_yet_in_force(held):
    answer = held.ask("2020年时《江海市学徒补贴管理规定》生效了吗？")
    assert any("在2020-06-30尚未施行。自2021-04-01起施行。" in n for n in answer.particulars)


def test_a_question_for_what_a_document_says_brings_no_word_on_its_validity(held):
    answer = held.ask("《江海市学徒补贴管理规定》的补贴是多少元？")
    assert answer.citations[0].quote == "企业每培养一名学徒，给予补贴5000元。"
    assert answer.particulars == ()
    assert not any("有效" in n or "施行" in n for n in answer.notices)


LEVELS = {
    "全国": ("教育部", "第二条　专业教师每五年到企业实践的时间累计不少于六个月，即180天。"),
    "山东省": ("山东省教育厅", "第二条　专业教师每五年到企业实践的时间累计不少于八个月，即240天。"),
}


@pytest.fixture(scope="module")
def leveled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("levels")
    for place, (issuer, rule) in LEVELS.items():
        text = f"# {issuer}教师企业实践办法\n\n（2020年1月1日{issuer}印发）\n\n第一条　为了加强教师企业实践，制定本办法。\n\n"
        (folder / f"{place}.md").write_text(f"{text}{rule}\n\n第三条　本办法自2020年3月1日起施行。\n", "utf-8")
    with Assistant.open(folder / "home") as assistant:
        assistant.ingest([folder / f"{place}.md" for place in LEVELS])
        yield assistant


def test_an_answer_for_a_place_without_rules_of_its_own_says_so(leveled):
    answer = leveled.ask("江西的专业教师到企业实践累计不少于多少天？")
    assert {c.source for c in answer.citations} == {"全国.md"}
    assert "没有收录江西省自己的相关规定" in "".join(answer.notices)


def test_a_local_answer_points_at_the_nations_rule_and_says_that_its_figures_differ(leveled):
    answer = leveled.ask("山东的专业教师到企业实践累计不少于多少天？")
    assert {c.source for c in answer.citations} == {"山东省.md"}
    assert "国家层面另见《教育部教师企业实践办法》第二条，其中的数字与当地规定不同。" in answer.notices
    assert not any("没有收录" in notice for notice in answer.notices)


REFERRING = """# 江海市实训基地奖励办法

（2022年3月1日江海市教育局印发）

第一条　为了奖励校企共建实训基地，制定本办法。

第二条　申报企业应当符合下列条件：
（一）在本市注册满三年；
（二）每年接收实习学生三十人以上。

第三条　符合本办法第二条规定条件的企业，每个实训基地奖励20万元。
"""


def test_what_a_clause_refers_to_is_named_with_its_first_words_unless_it_is_shown(tmp_path):
    (tmp_path / "reward.md").write_text(REFERRING, "utf-8")
    with Assistant.open(tmp_path / "home") as assistant:
        assistant.ingest(tmp_path / "reward.md")
        amount = assistant.ask("每个实训基地奖励多少万元？")
        conditions = assistant.ask("江海市实训基地奖励办法第二条和第三条是怎么规定的？")
    assert [c.locator for c in amount.citations] == ["第三条"]
    assert "上文提到《江海市实训基地奖励办法》第二条：“申报企业应当符合下列条件：”" in amount.notices
    assert {c.locator for c in conditions.citations} >= {"第二条", "第三条"}
    assert not any(notice.startswith("上文提到") for notice in conditions.notices)
