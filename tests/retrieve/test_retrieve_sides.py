"""What a question sets side by side, and that each side answers from its own texts."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant import Assistant
from assistant.models import Metadata, Policy, Status, Tier, Wording
from assistant.retrieve import Named, Scope, sides
from assistant.understand import glossary, understand


def policy(id_: str, title: str, place: str = "CN", issued: dt.date | None = None) -> Policy:
    metadata = Metadata(title=title, jurisdiction=place, issued=issued, tier=Tier.NORMATIVE)
    return Policy(id_, f"{id_}.md", Wording.ORIGINAL, metadata, ())


HELD = (
    policy("nation", "校企合作促进办法"),
    policy("shandong", "山东省校企合作条例", "370000"),
    policy("qingdao", "青岛市校企合作条例", "370200"),
    policy("ningbo", "宁波市校企合作条例", "330200"),
    policy("old", "学生实习管理办法", issued=dt.date(2016, 4, 1)),
    policy("new", "学生实习管理办法", issued=dt.date(2021, 12, 1)),
)


def compared(question: str, *named: str) -> list[tuple[str, list[str] | None]]:
    """Label and texts of each side."""
    inquiry = understand(question, glossary=glossary.bundled(), idf=lambda _: 1.0, today=dt.date(2026, 3, 1))
    found = sides(inquiry, Named(frozenset(named)), Scope.of(HELD), glossary.bundled())
    return [(side.label, sorted(side.within) if side.within is not None else None) for side in found]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("宁波和山东对教师到企业实践的要求有什么区别？", [("宁波市", ["ningbo"]), ("山东省", ["shandong"])]),
        ("补贴标准，青岛、宁波各是多少？", [("青岛市", ["qingdao", "shandong"]), ("宁波市", ["ningbo"])]),
        ("青岛和山东对实习的规定有什么区别？", [("青岛市", ["qingdao"]), ("山东省", ["shandong"])]),
        ("校企合作的奖励，国家和宁波哪个更高？", [("宁波市", ["ningbo"]), ("国家", ["nation", "new", "old"])]),
        ("How do the rules of Shandong and Ningbo differ?", [("山东省", ["shandong"]), ("宁波市", ["ningbo"])]),
    ],
)
def test_two_places_are_asked_each_of_its_own_texts(question, expected):
    assert sorted(compared(question)) == sorted(expected)


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("宁波和山东的实习补贴有什么区别？", {"宁波市实习补贴？", "山东省实习补贴？"}),
        ("宜兴和金华的实习补贴标准有什么不同？", {"宜兴市实习补贴标准？", "金华市实习补贴标准？"}),
        (
            "What is the difference between Shandong and Ningbo in the conditions?",
            {"山东省the conditions?", "宁波市the conditions?"},
        ),
    ],
)
def test_each_side_is_asked_without_the_words_of_comparison(question, asked):
    inquiry = understand(question, glossary=glossary.bundled(), idf=lambda _: 1.0, today=dt.date(2026, 3, 1))
    found = sides(inquiry, Named(), Scope.of(HELD), glossary.bundled())
    assert {side.text for side in found} == asked


def test_two_editions_are_asked_each_of_its_own_year():
    assert compared("实习报酬，2016年版和2021年版有什么不同？") == [("2016年", ["old"]), ("2021年", ["new"])]


@pytest.mark.parametrize(
    "question", ["学生实习，16年老办法和21年新办法有什么不同？", "16年的办法和21年的办法比，多了点什么"]
)
def test_years_in_two_figures_name_the_versions_of_the_one_document_that_has_both(question):
    assert compared(question) == [("2016年", ["old"]), ("2021年", ["new"])]


def test_two_documents_named_by_title_are_asked_one_by_one():
    assert sorted(compared("这两份文件对比一下", "nation", "ningbo")) == [
        ("宁波市校企合作条例", ["ningbo"]),
        ("校企合作促进办法", ["nation"]),
    ]


@pytest.mark.parametrize(
    "question",
    ["宁波和山东的企业都能申请吗？", "宁波、山东的企业能申请吗？", "Can companies in Ningbo and Shandong apply?"],
)
def test_two_places_side_by_side_are_asked_one_by_one_without_a_word_of_comparison(question):
    assert sorted(compared(question)) == [("宁波市", ["ningbo"]), ("山东省", ["shandong"])]


def test_two_things_are_asked_one_by_one_of_all_texts():
    assert compared("现代学徒制和企业新型学徒制有什么区别？") == [("现代学徒制", None), ("企业新型学徒制", None)]


@pytest.mark.parametrize(
    "question",
    [
        "宁波的补贴是多少？",  # one place, nothing to compare
        "山东的企业在宁波设厂能申请吗？",  # two places, but one to apply in
        "2016年招的学徒和2021年招的学徒各有多少？",  # years that name no edition
        "职业学校和企业合作有哪些形式？",
    ],
)
def test_a_question_for_one_thing_has_no_sides(question):
    assert compared(question) == []


def test_a_comparison_quotes_both_sides_and_names_the_side_that_has_no_text(tmp_path):
    folder = tmp_path / "documents"
    folder.mkdir()
    rule = "第一条　为了促进校企合作，制定本条例。\n\n第二条　专业教师每{}年到企业实践的时间累计不少于{}个月。\n"
    for place, years, months in (("山东省", "五", "六"), ("浙江省", "三", "四")):
        text = f"# {place}校企合作条例\n\n（2020年1月1日{place}人民代表大会常务委员会通过，自2020年3月1日起施行）\n\n"
        (folder / f"{place}.md").write_text(text + rule.format(years, months), "utf-8")
    with Assistant.open(tmp_path / "home") as assistant:
        assistant.ingest([folder])
        both = assistant.ask("教师到企业实践的时间，山东和浙江的规定有什么不同？")
        half = assistant.ask("教师到企业实践的时间，山东和江西的规定有什么不同？")
    assert both.status is Status.ANSWERED
    assert {c.source for c in both.citations} == {"山东省.md", "浙江省.md"}
    assert "【山东省】" in both.text
    assert "【浙江省】" in both.text
    assert half.status is Status.PARTIAL
    assert {c.source for c in half.citations} == {"山东省.md"}
    assert "江西省" in half.text.splitlines()[-1]


@pytest.mark.parametrize(
    "question",
    [
        "2016年和2021年的学生实习管理办法有什么区别？",
        "新旧学生实习管理办法对报酬的规定有什么不同？",
        "学生实习管理办法修订前后有哪些差别？",
        "学生实习管理办法和2016年的旧办法有什么不同？",
        "新旧学生实习管理办法有什么变化？",
    ],
)
def test_old_and_new_of_one_document_are_its_versions_oldest_first(question):
    assert compared(question) == [("2016年", ["old"]), ("2021年", ["new"])]


def test_what_is_asked_of_a_version_is_asked_without_its_name_and_year():
    inquiry = understand(
        "2016年和2021年的学生实习管理办法对报酬的规定有什么区别？",
        glossary=glossary.bundled(), idf=lambda _: 1.0, today=dt.date(2026, 3, 1),
    )  # fmt: skip
    texts = {side.text for side in sides(inquiry, Named(), Scope.of(HELD), glossary.bundled())}
    assert texts == {"对报酬的规定有什么区别？"}
    assert inquiry.as_of == dt.date(2026, 3, 1)  # the years name versions, not the day


def test_a_document_with_one_version_is_not_compared_with_itself():
    assert compared("新旧山东省校企合作条例有什么变化？") == []
