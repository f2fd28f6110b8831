"""A clause that holds unless something else is provided is told with what is provided."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.config import Settings
from assistant.models import Answer

RULES = """# 江海市职工培训办法

（2018年3月1日江海市人民政府发布）

第一条　为了促进职工培训，制定本办法。

第二条　除市财政部门另有规定外，企业职工培训费用的扣除比例为工资总额的2%。

第三条　培训机构的场地租金补贴比例为30%。
"""
NOTICE = """# 江海市财政局关于职工培训费用扣除比例的通知

（2020年5月1日江海市财政局发布）

一、《江海市职工培训办法》第二条所称职工培训费用的扣除比例，自2020年6月1日起按工资总额的8%执行。

二、本通知自2020年6月1日起施行。
"""


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("special")
    (folder / "in").mkdir()
    (folder / "in" / "rules.md").write_text(RULES, "utf-8")
    (folder / "in" / "notice.md").write_text(NOTICE, "utf-8")
    with Assistant.open(folder / "home", Settings()) as opened:
        assert not opened.ingest(folder / "in").failed
        yield opened


def cited(answer: Answer) -> list[tuple[str, str]]:
    return list(dict.fromkeys((c.source, c.locator) for c in answer.citations))


def test_a_clause_asked_for_by_its_number_is_followed_by_what_is_provided_instead(held: Assistant) -> None:
    told = cited(held.ask("江海市职工培训办法第二条规定职工培训费用扣除比例是多少？"))
    assert told[:2] == [("rules.md", "第二条"), ("notice.md", "一、")]


def test_without_the_number_both_are_told(held: Assistant) -> None:
    answer = held.ask("企业职工培训费用的扣除比例是多少？")
    assert {("rules.md", "第二条"), ("notice.md", "一、")} <= set(cited(answer))
    assert "8%" in answer.text


def test_a_clause_without_exception_is_told_alone(held: Assistant) -> None:
    assert cited(held.ask("江海市职工培训办法第三条规定场地租金补贴比例是多少？")) == [("rules.md", "第三条")]
