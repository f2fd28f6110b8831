"""The `corpus` commands: counts, the table and its filters, one policy among the others, pictures."""

from __future__ import annotations

import functools
import re
import xml.etree.ElementTree as ElementTree

import pytest

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def line(nowhere):
    """`assistant corpus …`; what is asked for twice is worked out once, as reading the whole corpus takes a second."""
    return functools.cache(lambda *args: nowhere("corpus", *args))


@pytest.fixture(scope="module")
def drawn(line, tmp_path_factory):
    """The picture of each kind, and what the command said."""
    folder = tmp_path_factory.mktemp("pictures")

    def draw(kind):
        path = folder / f"{kind}.svg"
        done = line("graph", "--kind", kind, "--out", path)
        assert (done.status, done.out) == (0, f"{path} written. A browser opens it.\n")
        return ElementTree.parse(path).getroot()

    return draw


def rows(done):
    names, *cells = [line.split("\t") for line in done.out.splitlines()]
    return [dict(zip(names, row, strict=True)) for row in cells]


def test_the_check_tells_what_the_corpus_covers(line):
    checked = line("check")
    assert checked.status == 0
    counts = {tuple(line.split()) for line in checked.out.splitlines()}
    assert {("level", "policies", "clauses"), ("place", "policies", "clauses"), ("kind", "clauses")} <= counts
    levels = [next(row for row in counts if row and row[0] == name) for name in ("nation", "province", "city", "paper")]
    assert all(int(row[1]) > 0 and int(row[2]) >= int(row[1]) for row in levels)
    counts = (
        r"^\d+ lay questions lead to \d+ clauses\.\n"
        r"\d+ schemes and local versions agree with their clauses\.\n"
        r"\d+ files, no problem\n\Z"
    )
    assert re.search(counts, checked.out, re.MULTILINE)


def test_the_check_without_the_evaluation_beside_it_leaves_its_questions_out(fresh, tmp_path):
    (tmp_path / "corpus" / "national").mkdir(parents=True)
    (tmp_path / "corpus" / "national" / "a-2024.yaml").write_text(
        "id: a-2024\ntitle: {zh: 某办法, en: Measures}\ntier: normative\njurisdiction: CN\nissuers: [教育部]\n"
        "status: unknown\nvalidity_note: 未核。\nprovisions:\n"
        "  - {address: art_1, locator: 第一条, kind: condition, audience: enterprise, basis: memory, "
        "text: {zh: 企业须有学徒。, en: Firms need apprentices.}, asks: {zh: [要收学徒才行吗？], en: ['Need we apprentices?']}}\n",
        "utf-8",
    )
    assert fresh("corpus", "check", tmp_path / "corpus").status == 0
    questions = tmp_path / "eval" / "questions"
    questions.mkdir(parents=True)
    (questions / "set.yaml").write_text("- {id: one, question: 要收学徒才行吗？}\n", "utf-8")
    near = fresh("corpus", "check", tmp_path / "corpus")
    assert (near.status, near.out.count("is nearly a question of the evaluation")) == (1, 1)


def test_the_table_can_be_narrowed_by_place_status_and_kind(line):
    zhejiang = rows(line("list", "--place", "浙江"))
    assert {row["place"] for row in zhejiang} >= {"Zhejiang", "Ningbo", "Jinhua"}
    assert {row["place"] for row in rows(line("list", "--place", "330200"))} == {"Ningbo"}
    assert {row["place"] for row in rows(line("list", "--place", "CN"))} == {"China"}
    ended = rows(line("list", "--status", "superseded"))
    assert "vocational-education-law-1996" in {row["id"] for row in ended}
    assert all(row["until"] for row in ended)
    materials = rows(line("list", "--place", "Shandong", "--kind", "material"))
    assert "yantai-internship-subsidy-2023" in {row["id"] for row in materials}
    assert all(int(row["law text"]) + int(row["seen"]) + int(row["memory"]) > 0 for row in materials)


def test_a_policy_that_was_repealed_ends_on_the_day_before(line):
    old = next(r for r in rows(line("list", "--status", "superseded")) if r["id"].endswith("law-1996"))
    assert (old["from"], old["until"]) == ("1996-09-01", "2022-04-30")  # the new law applies from 1 May 2022


@pytest.mark.parametrize(
    ("option", "value", "complaint"),
    [
        ("--place", "火星", "'火星' is not a known place; give its GB/T 2260 code, for example 330200, or CN."),
        ("--status", "valid", "'valid' is not a status; it is one of in_force, expired, superseded, amended, unknown."),
        ("--kind", "fee", "'fee' is not a kind of clause; it is one of definition, condition, benefit, procedure, "),
    ],
)
def test_what_nobody_knows_is_told(line, option, value, complaint):
    done = line("list", option, value)
    assert done.status == 1
    assert done.complaint.startswith(complaint)


def test_a_table_that_would_be_empty_says_so(line):
    done = line("list", "--place", "西藏")
    assert (done.status, done.out) == (0, "")
    assert done.complaint == "No policy of the starter corpus fits. `assistant corpus check` counts what it has."


def test_one_policy_is_shown_with_its_timeline_its_relations_and_what_its_clauses_rest_on(line):
    shown = line("show", "student-internship-rules-2021").out
    assert "  2016-04-11 to 2021-12-30" in shown
    assert "* 2021-12-31 to today" in shown
    assert re.search(r"repeals +职业学校学生实习管理规定（2016年版） \(student-internship-rules-2016\)", shown)
    assert "student-internship-rules-2021/art_16/item_1 · " in shown
    law = line("show", "vocational-education-law-2022").out
    assert re.search(
        r"implemented by +山东省职业教育条例（2024年修订） \(shandong-vocational-education-regulation-2024\)", law
    )
    told = line("show", "--json", "student-internship-rules-2021").json
    assert [stage["policy_id"] for stage in told["timeline"]] == [
        "student-internship-rules-2016",
        "student-internship-rules-2021",
    ]
    assert {"kinds", "basis", "text_en"} <= set(told["provisions"][0])
    assert line("show", "no-such-policy").complaint == (
        "The starter corpus has no policy 'no-such-policy'. `assistant corpus list` shows what it has."
    )


@pytest.mark.parametrize("kind", ["relations", "coverage"])
def test_a_picture_is_sound_svg_in_which_no_two_texts_lie_on_each_other(drawn, kind):
    root = drawn(kind)
    width, height = float(root.get("width")), float(root.get("height"))
    boxes = [box(text) for text in root.iter(f"{SVG}text")]
    assert len(boxes) > 100
    assert all(left >= 0 and right <= width and top >= 0 and bottom <= height for left, top, right, bottom in boxes)
    assert [(a, b) for n, a in enumerate(boxes) for b in boxes[n + 1 :] if overlap(a, b)] == []


def box(text):
    """Left, top, right, bottom of a line of text: a Chinese character is as wide as high, a Latin one half as wide."""
    size, x, y = float(text.get("font-size")), float(text.get("x")), float(text.get("y"))
    width = sum(1 if ord(c) > 0x2000 else 0.55 for c in text.text or "") * size
    left = x - width * {"start": 0, "middle": 0.5, "end": 1}[text.get("text-anchor")]
    return left, y - size * 0.8, left + width, y + size * 0.1


def overlap(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def test_every_province_has_a_row_in_the_coverage_also_an_empty_one(drawn):
    texts = [text.text for text in drawn("coverage").iter(f"{SVG}text")]
    assert {"北京 Beijing", "江西 Jiangxi", "西藏 Xizang", "新疆 Xinjiang", "国家 China"} <= set(texts)


def test_a_line_leads_from_the_nation_to_each_local_policy_that_carries_it_out(drawn, line):
    groups = drawn("relations").findall(f"{SVG}g[@class='parent']")
    measures = next(
        g for g in groups if g.find(f"{SVG}title").text.endswith("industry-education-enterprise-measures-2019")
    )
    lines, (count,) = measures.findall(f"{SVG}path"), measures.findall(f"{SVG}text")
    local = [link for link in relations(line) if link["kind"] == "implemented by"]
    assert len(lines) == int(count.text) == len(local) > 10


def relations(line):
    told = line("show", "--json", "industry-education-enterprise-measures-2019").json["relations"]
    national = {row["id"] for row in rows(line("list", "--place", "CN"))}
    return [link for link in told if link["policy_id"] not in national]


def test_a_picture_of_another_kind_or_at_a_place_that_is_closed_is_refused(fresh, tmp_path):
    refused = fresh("corpus", "graph", "--out", tmp_path / "a.png").complaint
    assert refused.startswith(
        "a.png is no SVG file, and no other kind can be drawn. Write the picture to a name ending"
    )
    assert fresh("corpus", "graph", "--out", tmp_path / "no" / "a.svg").complaint == (
        f"{tmp_path / 'no' / 'a.svg'} cannot be written (No such file or directory). Choose another file with --out."
    )


def test_the_picture_command_explains_itself(line):
    done = line("graph", "--help")
    assert (done.status, done.err) == (0, "")
    assert {"--kind", "--out"} <= set(re.findall(r"--[a-z]+", done.out))


def test_the_articles_of_a_law_are_printed_for_questions_to_be_written_below(line, tmp_path):
    law = tmp_path / "law.md"
    law.write_text("# 某市实习条例\n\n第一条 甲。\n\n第二条 有下列情形之一的，不得安排：\n\n（一）夜间；\n", "utf-8")
    heading, first, second = line("asks", law).out.split("\n\n")
    assert heading == "# 某市实习条例"
    assert re.fullmatch(r"第一条 [0-9a-f]{12}", first)
    assert re.fullmatch(r"第二条 [0-9a-f]{12}\n", second)
