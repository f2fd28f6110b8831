"""Whether a text was in force on a day: from its dates, its editor and what later texts say of it, never from its age."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import readers, structure
from assistant.models import Level, Metadata, Policy, Provision, Relation, Tier, Wording
from assistant.validity import Span, in_force, spans


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def policy(
    id_: str, *relations: Relation, status: str | None = None, wording: Wording = Wording.ORIGINAL, **metadata: object
) -> Policy:
    dates = {k: day(str(v)) if k in ("issued", "effective", "expires", "repealed") else v for k, v in metadata.items()}
    return Policy(id_, f"{id_}.md", wording, Metadata(**dates), (), status=status, relations=relations)


OLD_LAW = policy("law-1996", title="中华人民共和国职业教育法", tier=Tier.LAW, jurisdiction="CN", effective="1996-09-01")
NEW_LAW = policy("law-2022", title="中华人民共和国职业教育法", tier=Tier.LAW, jurisdiction="CN", effective="2022-05-01")


@pytest.mark.parametrize(
    ("id_", "on", "holds"),
    [
        ("law-1996", "1996-08-31", False),
        ("law-1996", "1996-09-01", True),
        ("law-1996", "2022-04-30", True),
        ("law-1996", "2022-05-01", False),
        ("law-2022", "2022-04-30", False),
        ("law-2022", "2022-05-01", True),
    ],
)
def test_a_later_law_of_the_same_title_ends_the_earlier_one_on_its_first_day(id_, on, holds):
    assert spans([NEW_LAW, OLD_LAW])[id_].holds(day(on)) is holds


def test_the_1996_and_2022_vocational_education_laws_as_printed_are_versions_of_one_law(originals: Path):
    policies = []
    for name in ("vocational-education-law-1996-superseded", "vocational-education-law-2022"):
        source = readers.read(originals / f"{name}.md", f"{name}.md")
        parsed = structure.parse(name, source)
        policies.append(Policy(name, source.name, Wording.ORIGINAL, parsed.metadata, parsed.provisions))
    held = spans(policies)
    assert held["vocational-education-law-1996-superseded"].holds(day("2020-06-30")) is True
    assert held["vocational-education-law-1996-superseded"].holds(day("2023-06-30")) is False
    assert held["vocational-education-law-2022"].holds(day("2020-06-30")) is False
    assert held["vocational-education-law-2022"].holds(day("2023-06-30")) is True


@pytest.mark.parametrize(
    "later",
    [
        policy("b", title="浙江省职业教育条例", tier=Tier.REGULATION, jurisdiction="330000", effective="2022-05-01"),
        policy("b", title="宁波市职业教育条例", tier=Tier.REGULATION, jurisdiction="330200", effective="2022-05-01"),
    ],
)
def test_a_text_of_another_place_or_title_ends_nothing(later):
    earlier = policy("a", title="浙江省职业教育条例", tier=Tier.REGULATION, jurisdiction="CN", effective="2010-01-01")
    assert spans([earlier, later])["a"].holds(day("2023-01-01")) is True


def test_two_notices_of_one_title_are_not_versions_of_each_other():
    notices = [
        policy(
            f"notice-{year}",
            title="关于申报试点企业的通知",
            tier=Tier.NOTICE,
            jurisdiction="CN",
            issued=f"{year}-03-01",
        )
        for year in (2020, 2021)
    ]
    assert spans(notices)["notice-2020"].holds(day("2022-01-01")) is True


def test_the_last_day_of_a_text_is_still_in_force():
    span = spans([policy("a", effective="2020-01-01", expires="2023-12-31")])["a"]
    assert span.holds(day("2023-12-31")) is True
    assert span.holds(day("2024-01-01")) is False


def test_the_day_of_repeal_is_the_first_day_no_longer_in_force():
    span = spans([policy("a", effective="2020-01-01", repealed="2023-12-31")])["a"]
    assert span.holds(day("2023-12-30")) is True
    assert span.holds(day("2023-12-31")) is False


def test_of_several_ends_the_first_counts():
    span = spans([policy("a", effective="2020-01-01", expires="2025-12-31", repealed="2022-01-01")])["a"]
    assert span.end == day("2022-01-01")


def test_a_superseding_text_ends_the_old_one_on_the_day_it_takes_effect():
    old = policy("old", Relation("superseded_by", "new"), effective="2016-01-01")
    new = policy("new", effective="2022-01-01")
    assert spans([old, new])["old"].holds(day("2021-12-31")) is True
    assert spans([old, new])["old"].holds(day("2022-01-01")) is False


def test_superseded_by_a_text_that_is_not_held_is_ended_on_a_day_unknown():
    old = policy("old", Relation("superseded_by", "某办法"), effective="2016-01-01")
    assert spans([old])["old"].holds(day("2026-01-01")) is False
    assert spans([old])["old"].holds(day("2015-12-31")) is False


@pytest.mark.parametrize("target", ["old", "教职成〔2016〕3号", "教职成[2016]3号", "《职业学校学生实习管理规定》"])
def test_a_repeal_reaches_its_target_by_id_number_or_title(target):
    old = policy("old", title="职业学校学生实习管理规定", doc_number="教职成〔2016〕3号", effective="2016-04-11")
    new = policy("new", Relation("repeals", target), effective="2021-12-31")
    assert spans([old, new])["old"].end == day("2021-12-31")
    assert spans([old, new])["new"].end is None


def test_a_repeal_of_its_own_title_does_not_end_the_repealing_text():
    old = policy("old", title="职业学校学生实习管理规定", effective="2016-04-11")
    new = policy(
        "new", Relation("repeals", "职业学校学生实习管理规定"), title="职业学校学生实习管理规定", effective="2022-01-01"
    )
    held = spans([old, new])
    assert held["old"].holds(day("2022-01-01")) is False
    assert held["new"].holds(day("2022-01-01")) is True


def test_what_no_record_tells_is_unknown():
    assert Span(None, None).holds(day("2024-01-01")) is None
    assert Span(day("2020-01-01"), None, doubtful=True).holds(day("2024-01-01")) is None
    assert Span(day("2020-01-01"), None, doubtful=True).holds(day("2019-12-31")) is False  # not yet, for certain


@pytest.mark.parametrize("status", ["expired", "superseded", "repealed"])
def test_an_editors_word_ends_a_text_without_a_day(status):
    assert spans([policy("a", status=status, effective="2020-01-01")])["a"].holds(day("2024-01-01")) is False


def test_a_text_without_a_first_day_starts_when_it_is_issued():
    assert spans([policy("a", issued="2020-03-01")])["a"].start == day("2020-03-01")


@pytest.mark.parametrize(("on", "holds"), [("2019-04-30", False), ("2019-05-01", None), ("2019-05-31", True)])
def test_of_a_text_whose_month_alone_is_known_the_days_before_and_after_it_are_sure(on, holds):
    dated = replace(policy("a", title="关于现代学徒制的通知"), begun=(day("2019-05-01"), day("2019-05-31")))
    assert spans([dated])["a"].holds(day(on)) is holds


def test_a_text_that_may_have_ended_has_not_begun_before_its_year_all_the_same():
    doubtful = replace(policy("a"), status="unknown", begun=(day("2018-01-01"), day("2018-12-31")))
    assert [spans([doubtful])["a"].holds(day(on)) for on in ("2017-12-31", "2024-01-01")] == [False, None]


@pytest.mark.parametrize(("on", "holds"), [("2025-05-31", True), ("2025-06-01", None), ("2025-07-01", False)])
def test_of_a_text_that_ended_in_a_month_the_days_before_and_after_it_are_sure(on, holds):
    ended = replace(
        policy("a", status="expired", effective="2023-06-01"), ending=(day("2025-06-01"), day("2025-06-30"))
    )
    assert spans([ended])["a"].holds(day(on)) is holds


def test_age_alone_ends_nothing():
    assert spans([policy("a", effective="1979-01-01")])["a"].holds(day("2026-01-01")) is True


def test_what_ends_a_digest_ends_the_original_of_the_same_text():
    digest = policy(
        "digest", status="expired", wording=Wording.DIGEST, title="某办法", effective="2019-01-01", tier=Tier.NORMATIVE
    )
    original = policy("original", title="某办法", effective="2019-01-01", tier=Tier.NORMATIVE)
    assert spans([digest, original])["original"].holds(day("2024-01-01")) is False


@pytest.mark.parametrize(
    ("on", "holds"), [("2023-06-24", False), ("2023-06-25", True), ("2023-12-31", True), ("2024-01-01", False)]
)
def test_the_dates_of_a_clause_go_before_those_of_its_policy(on, holds):
    clause = Provision("a/art_1", Level.ARTICLE, "第一条", "…", effective=day("2023-06-25"), expires=day("2023-12-31"))
    assert in_force(Span(day("2020-01-01"), None), clause, day(on)) is holds


def test_a_clause_without_dates_of_its_own_follows_its_policy():
    clause = Provision("a/art_1", Level.ARTICLE, "第一条", "…")
    assert in_force(Span(day("2020-01-01"), day("2022-01-01")), clause, day("2021-12-31")) is True
    assert in_force(Span(day("2020-01-01"), day("2022-01-01")), clause, day("2022-01-01")) is False
    assert in_force(Span(None, None), None, day("2022-01-01")) is None
