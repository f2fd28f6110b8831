"""Documents are found by title: in full, in short, slightly wrong, in English; never by a part of another title."""

from __future__ import annotations

import pytest

from assistant.models import Metadata, Policy, Wording
from assistant.retrieve.titles import Titles
from assistant.structure import places


def policy(id_: str, title: str, title_en: str | None = None, jurisdiction: str = "CN") -> Policy:
    metadata = Metadata(title=title, title_en=title_en, jurisdiction=jurisdiction)
    return Policy(id_, f"{id_}.md", Wording.ORIGINAL, metadata, ())


TITLES = Titles(
    (
        policy("edu", "中华人民共和国教育法", "Education Law of the People's Republic of China"),
        policy("private", "中华人民共和国民办教育促进法"),
        policy("vel-1996", "中华人民共和国职业教育法（1996年）"),
        policy(
            "vel-2022", "中华人民共和国职业教育法（2022年修订）", "Vocational Education Law of the PRC (2022 Revision)"
        ),
        policy("iei", "建设产教融合型企业实施办法（试行）"),
        policy("interns", "职业学校学生实习管理规定"),
        policy("untitled", ""),
    )
)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("教育法第五条怎么说？", {"edu"}),
        ("按教育法怎么办？", {"edu"}),
        ("《中华人民共和国教育法》第五条", {"edu"}),
        ("请问教育法规定了什么", {"edu"}),
        ("职业教育法怎么说？", {"vel-1996", "vel-2022"}),
        ("旧的职业教育法怎么说？", {"vel-1996", "vel-2022"}),
        ("建设产教融合型企业实施办法里的条件", {"iei"}),
        ("职业教育法和教育法有什么不同？", {"vel-1996", "vel-2022", "edu"}),
        ("Does the Vocational Education Law cover this?", {"vel-2022"}),
        ("What does the Education Law say?", {"edu"}),
    ],
)
def test_a_document_is_found_by_its_title_in_full_or_in_short(text, ids):
    assert TITLES.find(text) == ids


@pytest.mark.parametrize(
    "text",
    [
        "民办教育法怎么说？",  # not held, and no 教育法
        "高等教育法第五条",
        "教育要怎么发展？",
        "continuing education laws",
        "",
    ],
)
def test_a_title_inside_another_words_is_not_named(text):
    assert "edu" not in TITLES.find(text)


def test_the_vocational_education_law_does_not_name_the_education_law():
    assert "edu" not in TITLES.find("职业教育法第二十七条")


@pytest.mark.parametrize(
    ("title", "ids"),
    [
        ("中华人民共和国教育法", {"edu"}),
        ("教育法", {"edu"}),
        ("旧的教育法", {"edu"}),
        ("职业教育法（2022年修订）", {"vel-2022"}),
        ("建设产教融合型企业实施办法", {"iei"}),
        ("建设产教融合型企业实施办法(试行)", {"iei"}),
        ("民办教育法", {"private"}),  # how people call 民办教育促进法
        ("职教法", {"vel-1996", "vel-2022"}),
    ],
)
def test_a_quoted_title_is_resolved(title, ids):
    assert TITLES.resolve(title) == ids


@pytest.mark.parametrize(
    ("title", "ids"),
    [
        ("职业学校学生实习管理办法", {"interns"}),  # 办法 for 规定: 10 of 12 characters are the same
        ("职业学校实习管理规定", {"interns"}),  # two characters left out
        ("职业学校校企合作促进办法（试行）", set()),  # not held, and nothing is like it
    ],
)
def test_a_title_that_is_slightly_wrong_is_taken_for_the_one_it_is_like(title, ids):
    assert TITLES.guess(title).ids == ids


LOCAL = Titles(
    (
        policy("nation", "职业学校校企合作促进办法"),
        policy("suzhou", "苏州市职业教育校企合作促进办法", jurisdiction="320500"),
        policy("jiangsu", "江苏省职业教育校企合作促进条例", jurisdiction="320000"),
        policy("ningbo", "宁波市职业教育校企合作促进条例（2020年修正）", jurisdiction="330200"),
        policy("tianjin", "天津市职业教育产教融合促进条例", jurisdiction="120000"),
        policy("zhejiang", "浙江省人民政府办公厅关于深化产教融合的实施意见", jurisdiction="330000"),
        policy("twin-a", "兼职教师聘用管理办法"),
        policy("twin-b", "兼职教师选用管理办法"),
    )
)


@pytest.mark.parametrize(
    ("text", "place", "ids"),
    [
        ("校企合作促进办法怎么说？", "CN", {"nation"}),  # that of a city is meant in that city only
        ("校企合作促进办法怎么说？", "320500", {"suzhou"}),
        ("校企合作促进办法怎么说？", "330200", {"nation"}),
        ("校企合作条例怎么说？", "330200", {"ningbo"}),
        ("校企合作条例怎么说？", "320500", {"jiangsu"}),  # of the province that the city lies in
        ("天津的产教融合条例有多少条？", "120000", {"tianjin"}),
        ("浙江深化产教融合实施意见的目标", "330000", {"zhejiang"}),
    ],
)
def test_an_abbreviated_title_means_the_text_of_the_place(text, place, ids):
    (guess,) = LOCAL.guesses(text, places.chain(place))
    assert guess.ids == ids


def test_an_abbreviated_title_of_several_places_is_offered_and_not_taken():
    (guess,) = LOCAL.guesses("校企合作条例怎么说？", places.chain("CN"))
    assert guess.ids == frozenset()
    assert set(guess.offered) == {"jiangsu", "ningbo"}


def test_of_two_titles_that_fit_alike_neither_is_taken():
    guess = LOCAL.guess("兼职教师任用管理办法")
    assert guess.ids == frozenset()
    assert set(guess.offered) >= {"twin-a", "twin-b"}


@pytest.mark.parametrize("text", ["有什么管理办法？", "企业有哪些好办法？", "实施方案怎么写？", "产教融合怎么做？"])
def test_ordinary_words_are_no_titles(text):
    assert LOCAL.guesses(text, places.chain("CN")) == ()


@pytest.mark.parametrize("title", ["个人所得税法", "职业学校教师管理办法", "办法", "高等教育法", ""])
def test_a_title_that_is_not_held_resolves_to_nothing(title):
    assert TITLES.resolve(title) == frozenset()


def test_a_document_without_a_title_is_never_named():
    assert "untitled" not in TITLES.find("untitled 的规定") | TITLES.resolve("untitled")


def test_of_a_message_full_of_names_only_the_first_twenty_are_looked_up():
    assert len(LOCAL.guesses("按校企合作条例，" * 100, places.chain("330200"))) == 20
