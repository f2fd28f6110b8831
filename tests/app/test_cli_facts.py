"""What is known of a document is shown with who says so, and can be set on the command line."""

from __future__ import annotations

import pytest

TEXT = "某省实习管理办法\n\n第一条　学校应当组织学生实习。\n\n第二条　本办法自2020年1月1日起施行，有效期三年。\n"


def test_facts_are_shown_with_the_words_that_say_them_or_the_hand_that_set_them(fresh, tmp_path):
    path = tmp_path / "办法.txt"
    path.write_text(TEXT, "utf-8")
    assert (
        fresh("ingest", path, "--issued", "2019-12-20", "--jurisdiction", "江西省", "--issuers", "甲厅、乙厅").status
        == 0
    )
    shown = fresh("show", "办法.txt", "--json").json
    assert (shown["issued"], shown["jurisdiction"], shown["issuers"]) == ("2019-12-20", "360000", ["甲厅", "乙厅"])
    assert (shown["effective"], shown["expires"], shown["repealed"]) == ("2020-01-01", "2022-12-31", None)
    said = "第二条　本办法自2020年1月1日起施行，有效期三年。"
    hand = "set by hand: ingest options"
    assert {(e["field"], e["value"], e["quote"], e["address"]) for e in shown["evidence"]} == {
        ("title", "某省实习管理办法", "某省实习管理办法", "办法/preamble"),
        ("effective", "2020-01-01", said, "办法/art_2"),
        ("expires", "2022-12-31", said, "办法/art_2"),
        ("tier", "normative", "办法", "办法/preamble"),
        ("issued", "2019-12-20", hand, "办法"),
        ("jurisdiction", "360000", hand, "办法"),
        ("issuers", "甲厅、乙厅", hand, "办法"),
    }
    lines = fresh("show", "办法.txt").out.splitlines()
    assert f"expires = 2022-12-31  ← {said.replace(chr(0x3000), chr(0x20))}  办法/art_2" in lines
    assert f"issued = 2019-12-20  ← {hand}  办法" in lines


@pytest.mark.parametrize(
    ("option", "value", "complaint"),
    [
        ("--issued", "2019", "ingest options: issued “2019” is no full date. Write it as 2019-03-28."),
        (
            "--jurisdiction",
            "乌有市",
            "ingest options: jurisdiction “乌有市” is not a known place. "
            "Give its GB/T 2260 code, for example 330200, or CN.",
        ),
        (
            "--tier",
            "rule",
            "ingest options: tier “rule” is none of law, regulation, normative, interpretation, notice, list, paper, note.",
        ),
    ],
)
def test_a_fact_that_is_none_is_told(fresh, tmp_path, option, value, complaint):
    path = tmp_path / "办法.txt"
    path.write_text(TEXT, "utf-8")
    done = fresh("ingest", path, option, value)
    assert (done.status, done.complaint) == (1, complaint)


def test_facts_for_several_files_are_refused(fresh, tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT, "utf-8")
    done = fresh("ingest", tmp_path / "a.txt", tmp_path / "b.txt", "--title", "甲")
    assert done.status == 1
    assert done.complaint.startswith("Facts such as --title are for exactly one document. Give one file")
