"""A card says where its clause stands on the day asked, each standing in words of its own."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from web_fakes import DIGEST, MEASURES, FakeAssistant, cite, conditions

from assistant.app.web import render
from assistant.app.web.answering import settled
from assistant.app.web.standing import Standing, of_clause
from assistant.app.web.texts import EN, ZH
from assistant.app.web.turns import Turn
from assistant.models import Policy, Tier

CLAUSE = MEASURES.provisions[2]
LAPSED = replace(MEASURES, metadata=replace(MEASURES.metadata, expires=dt.date(2024, 4, 30)))
REPEALED = replace(MEASURES, metadata=replace(MEASURES.metadata, repealed=dt.date(2022, 1, 1)))
PAPER = replace(MEASURES, metadata=replace(MEASURES.metadata, tier=Tier.PAPER))
UNDATED = replace(MEASURES, metadata=replace(MEASURES.metadata, issued=None, effective=None))


class Holding(FakeAssistant):
    """An assistant that holds one policy as it is given."""

    def __init__(self, policy: Policy) -> None:
        super().__init__()
        self._held = policy

    def policy(self, policy_id: str) -> Policy:
        return self._held

    def policies(self) -> tuple[Policy, ...]:
        return (self._held,)


def summary(policy: Policy, day: dt.date, t=ZH) -> str:
    """What the head of the card says of the first condition."""
    cited = cite(1, policy, "art_5/item_1", "独立", in_force=None)
    turn = settled(Turn("条件？", replace(conditions(day), citations=(cited,))), Holding(policy))
    return BeautifulSoup(render.source_panel([turn], t), "html.parser").select_one("#source-1-1").summary.get_text("|")


@pytest.mark.parametrize(
    ("policy", "day", "chinese", "english"),
    [
        (MEASURES, dt.date(2019, 5, 1), "现行有效", "In force"),
        (MEASURES, dt.date(2019, 4, 30), "尚未施行", "Not yet in force"),
        (LAPSED, dt.date(2024, 4, 30), "现行有效", "In force"),  # the last day
        (LAPSED, dt.date(2024, 5, 1), "已过期", "Expired"),
        (REPEALED, dt.date(2022, 1, 1), "已废止", "Repealed"),
        (UNDATED, dt.date(2022, 1, 1), "有效性待核", "Validity unverified"),
    ],
)
def test_each_standing_has_words_of_its_own(policy, day, chinese, english):
    assert summary(policy, day) == f"[1]|第五条第（一）项|{chinese}|原文"
    assert summary(policy, day, EN) == f"[1]|Article 5, item (1) (第五条第（一）项)|{english}|Original text"


def test_a_paper_is_never_said_to_be_in_force():
    assert summary(PAPER, dt.date(2026, 1, 1)) == "[1]|第五条第（一）项|研究观点，不是规定"


def test_the_days_of_a_clause_go_before_those_of_its_policy():
    late = replace(CLAUSE, effective=dt.date(2025, 1, 1), expires=dt.date(2025, 12, 31))
    days = (dt.date(2024, 12, 31), dt.date(2025, 1, 1), dt.date(2025, 12, 31), dt.date(2026, 1, 1))
    assert [of_clause(Standing.IN_FORCE, late, day) for day in days] == [
        Standing.NOT_YET,
        Standing.IN_FORCE,
        Standing.IN_FORCE,
        Standing.EXPIRED,
    ]


def test_what_is_only_near_an_answer_has_its_clause_to_open_as_well():
    near = cite(9, DIGEST, "part_1", "试点企业")
    turn = settled(Turn("条件？", replace(conditions(), related=(near,))), FakeAssistant())
    assert [clause.citation.n for clause in turn.clauses] == [1, 2, 3, 4, 9]
