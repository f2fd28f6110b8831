"""An answer is rated once, with a reason to choose; what cannot be kept is said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from web_fakes import TODAY, FakeAssistant, answer_to, conditions, record_of

from assistant.app.web import render
from assistant.app.web.rating import rated
from assistant.app.web.texts import EN, ZH
from assistant.app.web.turns import Rating, Turn

ID = "0123456789ab"
KEPT = Turn("条件？", replace(conditions(), record=ID))


@pytest.fixture
def fake() -> FakeAssistant:
    fake = FakeAssistant()
    fake.records[ID] = record_of(KEPT.answer or conditions())
    return fake


def shown(turn: Turn, t=ZH) -> BeautifulSoup:
    return BeautifulSoup(render.transcript([turn], t), "html.parser")


def test_a_rating_is_kept_and_a_later_one_takes_its_place(fake):
    good = rated(KEPT, True, "", fake, ZH)
    assert good.rating is Rating.GOOD
    assert fake.ratings == {ID: (True, None)}
    bad = rated(good, False, "", fake, ZH)
    assert bad.rating is Rating.BAD
    assert rated(bad, False, "outdated", fake, ZH).rating is Rating.BAD_TOLD
    assert fake.ratings == {ID: (False, "outdated")}


def test_what_cannot_be_kept_is_said_in_the_language_of_the_page(fake):
    assert rated(KEPT, False, "长" * 501, fake, ZH) == "理由太长（501 字），最多 500 字。请写短一些。"
    fake.records.clear()
    assert rated(KEPT, True, "", fake, ZH) == "这个回答的记录已经到期删除，评价没有保存。重新提问后可以再评价。"
    assert rated(KEPT, True, "", fake, EN).startswith("The record of this answer has expired")
    assert not fake.ratings


def test_an_answer_without_a_record_has_neither_link_nor_rating():
    labels = [button.get_text() for button in shown(Turn("条件？", conditions())).select(".actions button")]
    assert labels == ["复制（含依据）"]


def test_a_bad_rating_asks_why_and_a_refusal_is_complained_about_in_other_words():
    assert not shown(KEPT).select(".reasons")
    reasons = [b.get_text() for b in shown(replace(KEPT, rating=Rating.BAD)).select(".reasons li button")]
    assert reasons == ["与条款不符", "不完整", "规定过时了", "地区不对", "答非所问", "看不明白", "其他"]
    refused = replace(answer_to("天气", TODAY, None), record=ID)
    reasons = [b.get_text() for b in shown(Turn("天气", refused, rating=Rating.BAD)).select(".reasons li button")]
    assert reasons == ["应当有规定却没答", "地区不对", "答非所问", "看不明白", "其他"]
    assert shown(replace(KEPT, rating=Rating.BAD_TOLD)).select_one(".rated").get_text() == "谢谢，已经记下。"
