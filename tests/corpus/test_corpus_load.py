"""Policies and papers as the other stages get them."""

import datetime as dt
from pathlib import Path

from corpus_files import POLICY, broken, write

from assistant import corpus
from assistant.models import Kind, Level, Policy, Quantity, Tier, Wording


def loaded(folder: Path, town: str = POLICY) -> dict[str, Policy]:
    return {policy.id: policy for policy in corpus.load(write(folder, town))}


def test_a_policy_is_a_digest_named_by_its_file(tmp_path: Path) -> None:
    town = loaded(tmp_path)["town-subsidy-2024"]
    assert town.wording is Wording.DIGEST
    assert town.source == "local/zhejiang/town-subsidy-2024.yaml"
    assert town.metadata.tier is Tier.NORMATIVE
    assert town.metadata.url == "https://www.jinhua.gov.cn/a.html"


def test_a_clause_keeps_both_languages_its_numbers_and_its_questions(tmp_path: Path) -> None:
    item = loaded(tmp_path)["town-subsidy-2024"].provisions[1]
    assert item.address == "town-subsidy-2024/art_2/item_1"
    assert item.level is Level.ITEM
    assert item.parent == "town-subsidy-2024/art_2"
    assert item.kinds == (Kind.CONDITION, Kind.DEADLINE)
    assert item.text_en == "It takes at least 5 students, each for 3 months."
    assert item.quantities == (Quantity("人数", "5", "人", ">="),)
    assert item.asks == ("要接几个实习生才能领钱？", "How many interns do we need?")


def test_a_date_known_to_the_month_is_told_in_words_and_never_made_a_day(tmp_path: Path) -> None:
    town = loaded(tmp_path)["town-subsidy-2024"]
    assert town.metadata.issued is None
    assert town.metadata.effective == dt.date(2024, 3, 1)
    assert town.validity_note == "施行三年。发布日期只知道是2024-01。"


def test_of_a_month_or_year_of_issue_the_first_and_the_last_day_are_kept(tmp_path: Path) -> None:
    month = loaded(tmp_path, broken("effective: 2024-03-01\n", ""))["town-subsidy-2024"]
    assert month.begun == (dt.date(2024, 1, 1), dt.date(2024, 1, 31))
    year = loaded(tmp_path, broken("issued: 2024-01\neffective: 2024-03-01\n", "issued: '2024'\n"))["town-subsidy-2024"]
    assert year.begun == (dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    assert loaded(tmp_path)["town-subsidy-2024"].begun is None


def test_of_a_month_in_which_it_ends_the_first_and_the_last_day_are_kept(tmp_path: Path) -> None:
    town = loaded(tmp_path, broken("expires: 2026-12-31\n", "expires: 2026-02\n"))["town-subsidy-2024"]
    assert town.metadata.expires is None
    assert town.ending == (dt.date(2026, 2, 1), dt.date(2026, 2, 28))


def test_a_paper_stands_with_its_authors_and_its_journal(tmp_path: Path) -> None:
    paper = loaded(tmp_path)["survey-2023"]
    assert paper.metadata.issuers == ("张三",)
    assert paper.metadata.doc_number == "教育与职业 2023(05)"
    assert paper.metadata.url == "https://doi.org/10.1000/182"
    assert [p.locator for p in paper.provisions] == ["研究问题", "研究方法", "摘要"]
    assert {kind for p in paper.provisions for kind in p.kinds} == {Kind.FINDING}


def test_files_come_nation_first_then_places_then_papers(tmp_path: Path) -> None:
    assert list(loaded(tmp_path)) == ["nation-rules-2021", "town-subsidy-2024", "survey-2023"]
