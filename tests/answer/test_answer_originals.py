"""Over the starter corpus and two versions of a law: the official words, the version of the day, whole lists."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.models import Answer, Status, Wording
from assistant.text.normal import squeeze

NEW, OLD = "vocational-education-law-2022.md", "vocational-education-law-1996-superseded.md"


@pytest.fixture(scope="module")
def laws(originals: Path, starter_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    home = tmp_path_factory.mktemp("laws") / "home"
    shutil.copytree(starter_home, home)
    with Assistant.open(home) as opened:
        assert not opened.ingest([originals / NEW, originals / OLD]).failed
        yield opened


@pytest.fixture(scope="module")
def article_33(originals: Path) -> list[str]:
    """The items of 第三十三条 as printed: 设立职业学校，应当符合下列基本条件."""
    text = (originals / NEW).read_text("utf-8")
    article = re.search(r"第三十三条.*?(?=第三十四条)", text, re.DOTALL)
    assert article is not None
    return [line.strip() for line in article[0].splitlines() if line.strip().startswith("（")]


def sources(answer: Answer) -> set[str]:
    return {c.source for c in answer.citations}


def test_an_enumerated_article_named_outright_is_told_whole_in_the_official_words(laws, article_33):
    answer = laws.ask("职业教育法第三十三条规定了什么？")
    assert answer.status is Status.ANSWERED
    assert sources(answer) == {NEW}
    items = [c for c in answer.citations if "/item_" in c.address]
    assert len(article_33) >= 4
    assert [squeeze(c.quote) for c in items][: len(article_33)] == [squeeze(i) for i in article_33]
    assert all(c.locator.startswith("第三十三条") for c in answer.citations)
    assert {c.wording for c in answer.citations} == {Wording.ORIGINAL}


def test_without_a_name_the_conditions_of_founding_a_school_are_found_and_told_whole(laws, article_33):
    answer = laws.ask("设立职业学校应当符合哪些基本条件？")
    told = [squeeze(c.quote) for c in answer.citations if c.source == NEW]
    assert [i for i in article_33 if squeeze(i) not in told] == []


@pytest.mark.parametrize(
    ("question", "given", "source"),
    [
        ("职业教育法第一条怎么说？", {}, NEW),
        ("职业教育法第一条怎么说？", {"as_of": dt.date(2020, 6, 30)}, OLD),
        ("旧的职业教育法第一条怎么说？", {}, OLD),
        ("1996年的职业教育法第一条怎么说？", {}, OLD),
        ("What does Article 1 of the Vocational Education Law say?", {}, NEW),
    ],
)
def test_the_version_meant_is_told_in_its_own_words(laws, question, given, source):
    answer = laws.ask(question, **given)
    assert sources(answer) == {source}
    assert {c.locator for c in answer.citations} == {"第一条"}


def test_the_old_law_asked_for_today_is_told_with_a_notice_that_it_is_no_longer_in_force(laws):
    answer = laws.ask("旧的职业教育法第一条怎么说？", as_of=dt.date(2024, 1, 1))
    assert {c.in_force for c in answer.citations} == {False}
    assert any(n.endswith("在2024-01-01已不在有效期内。") for n in answer.notices)
    current = laws.ask("职业教育法第一条怎么说？", as_of=dt.date(2024, 1, 1))
    assert {c.in_force for c in current.citations} == {True}
    assert not [n for n in current.notices if "有效期" in n]


@pytest.mark.parametrize("question", ["职业教育法第二百条规定了什么？", "《中华人民共和国职业教育法》第200条怎么说？"])
def test_an_article_that_the_law_does_not_have_is_refused_by_name(laws, question):
    answer = laws.ask(question)
    assert answer.status is Status.NOT_FOUND
    assert answer.citations == ()
    assert re.match(r"《中华人民共和国职业教育法》中没有第(二百|200)条，因此不作回答。", answer.text)


def test_the_same_refusal_in_english(laws):
    answer = laws.ask("What does Article 200 of the Vocational Education Law say?")
    assert answer.status is Status.NOT_FOUND
    assert answer.citations == ()
    assert answer.text.startswith("Vocational Education Law has no Article 200, so no answer is given.")


@pytest.mark.parametrize(
    "question",
    [
        "新旧职业教育法有什么区别？",
        "1996年职业教育法和2022年职业教育法有什么区别？",
        "新职业教育法和旧职业教育法有什么不同？",
    ],
)
def test_two_versions_compared_as_wholes_are_each_told_by_their_chapters(laws, question):
    answer = laws.ask(question)
    told = {source: [c.locator for c in answer.citations if c.source == source] for source in (OLD, NEW)}
    assert answer.status is Status.ANSWERED
    assert "第八章" in told[NEW]
    assert "第五章" in told[OLD]
    assert "第六章" not in told[OLD]  # the law of 1996 has five
    assert answer.text.index("【1996年】") < answer.text.index("【2022年】")
    assert any("不在有效期内" in notice for notice in answer.notices)


def test_what_changed_for_a_party_is_told_by_all_that_binds_it_in_either_version(laws):
    answer = laws.ask("新职业教育法和旧职业教育法对企业的规定有什么变化？")
    old, new = ({c.locator[: c.locator.index("条") + 1] for c in answer.citations if c.source == s} for s in (OLD, NEW))
    assert {"第二十条", "第二十八条", "第三十七条"} <= old
    assert {"第二十四条", "第五十条", "第五十八条"} <= new
    assert all("企业" in c.quote or "单位" in c.quote for c in answer.citations)


def test_everyday_words_for_powers_find_the_list_of_them(laws):
    told = [c.locator for c in laws.ask("职业教育法规定职业学校自己能决定哪些事？").citations if c.source == NEW]
    assert told[0].startswith("第三十六条")  # 职业学校在办学中可以开展下列活动
    assert sum("项" in locator for locator in told) >= 5
