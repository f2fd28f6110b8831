"""Facts set by hand: beside a document or as options; they win, they are shown, and a change of them counts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from assistant.config import Settings
from assistant.errors import ReadError
from assistant.index import Index
from assistant.models import Metadata, Tier
from assistant.pipeline import ingest
from assistant.pipeline.report import Report

RULES = "某省实习管理办法\n\n第一条　学校应当组织学生实习。\n\n第二条　本办法自2020年1月1日起施行。\n"


def take(index: Index, *paths: Path, **options: object) -> Report:
    return ingest(paths, index, Settings(), **options)


def told(report: Report) -> list[str]:
    return [f"{outcome.source} {outcome.status.value} {outcome.reason}".rstrip() for outcome in report.outcomes]


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "policies" / "rules.txt"
    path.parent.mkdir()
    path.write_text(RULES, "utf-8")
    return path


def beside(path: Path, text: str) -> Path:
    sidecar = path.with_name(f"{path.name}.yaml")
    sidecar.write_text(text, "utf-8")
    return sidecar


def metadata(index: Index) -> Metadata:
    policy = index.policy("rules")
    assert policy
    return policy.metadata


def by_hand(index: Index) -> dict[str, tuple[str, str]]:
    policy = index.policy("rules")
    assert policy
    return {e.field: (e.value, e.quote) for e in policy.evidence if e.quote.startswith("set by hand")}


def test_a_sidecar_is_read_with_its_document_and_is_none_itself(index: Index, rules: Path) -> None:
    beside(rules, "issued: 2019-12-01\njurisdiction: 江西省\nexpires: unknown\n")
    report = take(index, rules.parent)
    assert told(report) == ["rules.txt added"]
    assert report.passed_over == ()
    assert (metadata(index).issued, metadata(index).jurisdiction) == (dt.date(2019, 12, 1), "360000")
    assert metadata(index).effective == dt.date(2020, 1, 1)  # what is not set by hand is still found
    assert by_hand(index) == {
        "issued": ("2019-12-01", "set by hand: rules.txt.yaml"),
        "jurisdiction": ("360000", "set by hand: rules.txt.yaml"),
        "expires": ("unknown", "set by hand: rules.txt.yaml"),
    }


def test_a_change_of_the_sidecar_has_the_document_read_anew(index: Index, rules: Path) -> None:
    take(index, rules.parent)
    sidecar = beside(rules, "tier: notice")
    assert told(take(index, rules.parent)) == ["rules.txt changed"]
    assert metadata(index).tier is Tier.NOTICE
    assert told(take(index, rules.parent)) == ["rules.txt unchanged"]
    beside(rules, "tier: list")
    assert told(take(index, rules.parent)) == ["rules.txt changed"]
    sidecar.unlink()
    assert told(take(index, rules.parent)) == ["rules.txt changed"]
    assert metadata(index).tier is Tier.NORMATIVE
    assert by_hand(index) == {}


def test_a_bad_sidecar_fails_its_document_only_and_what_was_read_stays(index: Index, rules: Path) -> None:
    (rules.parent / "other.txt").write_text(RULES.replace("某省", "某市"), "utf-8")
    take(index, rules)
    beside(rules, "issued: 2019")
    assert told(take(index, rules.parent)) == [
        "other.txt added",
        "rules.txt failed rules.txt.yaml: issued “2019” is no full date. Write it as 2019-03-28. "
        "What was read of it before is kept.",
    ]
    assert metadata(index).effective == dt.date(2020, 1, 1)


def test_a_sidecar_given_by_name_or_left_alone_is_told(index: Index, rules: Path) -> None:
    sidecar = beside(rules, "tier: notice")
    assert told(take(index, sidecar)) == [f"{sidecar} failed it holds facts about rules.txt; give that file"]
    (rules.parent / "gone.pdf.yaml").touch()
    assert take(index, rules.parent).passed_over == ("gone.pdf.yaml",)


def test_options_go_before_sidecar_and_text_and_outlast_their_run(index: Index, rules: Path) -> None:
    beside(rules, "title: 甲\ntier: notice")
    take(index, rules, facts={"title": "乙", "effective": "unknown"})
    assert (metadata(index).title, metadata(index).tier, metadata(index).effective) == ("乙", Tier.NOTICE, None)
    assert by_hand(index)["title"] == ("乙", "set by hand: ingest options")
    assert told(take(index, rules.parent)) == ["rules.txt unchanged"]
    rules.write_text(RULES + "\n第三条　本办法由省教育厅解释。\n", "utf-8")
    assert told(take(index, rules.parent)) == ["rules.txt changed"]
    assert (metadata(index).title, metadata(index).effective) == ("乙", None)
    take(index, rules, facts={"title": "", "effective": ""})
    assert (metadata(index).title, metadata(index).effective) == ("甲", dt.date(2020, 1, 1))
    assert set(by_hand(index)) == {"title", "tier"}


ONE = (
    "Facts such as --title are for exactly one document. Give one file, or write them into a file beside each "
    "(办法.pdf.yaml beside 办法.pdf)."
)


@pytest.mark.parametrize("several", ["two files", "a folder", "a collection"])
def test_options_are_for_one_file(index: Index, rules: Path, several: str) -> None:
    other = rules.with_name("many.jsonl" if several == "a collection" else "other.txt")
    other.write_text('{"id": "a", "text": "第一条　甲。"}\n', "utf-8")
    paths = {"two files": (rules, other), "a folder": (rules.parent,), "a collection": (other,)}[several]
    with pytest.raises(ReadError) as error:
        take(index, *paths, facts={"title": "乙"})
    assert str(error.value) == ONE
    assert index.entries() == []


def test_a_bad_option_is_told_before_anything_is_read(index: Index, rules: Path) -> None:
    with pytest.raises(ReadError) as error:
        take(index, rules, facts={"issued": "last May"})
    assert str(error.value) == "ingest options: issued “last May” is no full date. Write it as 2019-03-28."
    assert index.entries() == []
