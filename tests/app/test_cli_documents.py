"""Taking documents in, looking at them and removing them, through the command line."""

from __future__ import annotations

import json
import shutil

import pytest

from assistant import config

RULES_ADDRESS = "办法"
OUTCOME = {"source", "status", "reason", "provisions", "chunks", "seconds"}
SUMMARY = {"added", "changed", "unchanged", "failed", "removed", "passed_over", "embedded", "problem", "seconds"}


def told(done):
    return [(outcome["source"], outcome["status"]) for outcome in done.json["outcomes"]]


def test_a_document_is_added_then_unchanged_then_changed_then_removed(fresh, tmp_path):
    path = tmp_path / "办法.md"
    path.write_text("某市实习办法\n\n第一条　学校应当组织实习。\n", "utf-8")
    first = fresh("ingest", "--json", path)
    assert (first.status, first.err) == (0, "")
    assert told(first) == [("办法.md", "added")]
    [outcome] = first.json["outcomes"]
    assert set(outcome) == OUTCOME
    assert set(first.json["summary"]) == SUMMARY
    assert outcome["provisions"] == 2  # the title line and the article
    assert first.json["summary"]["added"] == 1
    assert first.json["summary"]["embedded"] == outcome["chunks"] > 0

    again = fresh("ingest", "--json", path)
    assert told(again) == [("办法.md", "unchanged")]
    assert again.json["summary"]["embedded"] == 0

    path.write_text("某市实习办法\n\n第一条　学校应当组织实习并派教师带队。\n", "utf-8")
    assert told(fresh("ingest", "--json", path)) == [("办法.md", "changed")]
    assert "派教师带队" in fresh("search", "教师带队", "--json").json["hits"][0]["text"]

    removed = fresh("remove", "办法.md")
    assert (removed.status, removed.out) == (0, "removed: 办法.md\n")
    assert fresh("search", "教师带队", "--json").json["hits"] == []
    assert fresh("list", "--json").json == []
    missing = fresh("remove", "办法.md")
    assert (missing.status, missing.out) == (1, "not found: 办法.md\n")


def test_a_fresh_installation_holds_only_what_was_ingested(small):
    assert [policy["source"] for policy in small("list", "--json").json] == ["办法.md"]


def test_folders_and_collections_go_in_together_and_what_no_reader_knows_is_named(fresh, tmp_path):
    folder = tmp_path / "texts"
    (folder / "local").mkdir(parents=True)
    (folder / "a.txt").write_text("第一条　学校应当组织实习。\n", "utf-8")
    (folder / "local" / "b.html").write_text("<h1>通知</h1><p>一、企业应当接收学生。</p>", "utf-8")
    (folder / "photo.xyz").write_bytes(b"x")
    lines = [
        {
            "id": "c-1",
            "title": "甲办法",
            "text": "第一条　甲。",
            "doc_number": "甲发〔2020〕1号",
            "jurisdiction": "330200",
        },
        {"id": "c-2", "title": "乙办法", "text": "第一条　乙。", "issued": "2020-05-01", "tier": "notice"},
    ]
    collection = tmp_path / "more.jsonl"
    collection.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    done = fresh("ingest", "--json", folder, collection)
    assert done.status == 0
    assert told(done) == [("a.txt", "added"), ("local/b.html", "added"), ("more.jsonl", "added")]
    assert done.json["summary"]["passed_over"] == ["photo.xyz"]
    held = {policy["source"]: policy for policy in fresh("list", "--json").json}
    assert set(held) == {"a.txt", "local/b.html", "c-1", "c-2"}
    assert (held["c-1"]["title"], held["c-1"]["doc_number"], held["c-1"]["jurisdiction"]) == (
        "甲办法",
        "甲发〔2020〕1号",
        "330200",
    )
    assert (held["c-2"]["issued"], held["c-2"]["tier"]) == ("2020-05-01", "notice")
    said = fresh("ingest", folder).out
    assert "passed over, as no reader knows them: photo.xyz" in said
    assert "2 unchanged" in said


def test_one_bad_file_does_not_stop_the_others_and_shows_in_the_exit_status(fresh, tmp_path):
    (tmp_path / "good.txt").write_text("第一条　学校应当组织实习。\n", "utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    done = fresh("ingest", "--json", tmp_path / "empty.txt", tmp_path / "good.txt")
    assert done.status == 1
    assert told(done) == [("empty.txt", "failed"), ("good.txt", "added")]
    assert (done.json["summary"]["failed"], done.json["summary"]["added"]) == (1, 1)


@pytest.mark.parametrize("name", ["办法.md", "办法"], ids=["source", "policy id"])
def test_the_structure_is_shown_by_source_and_by_policy_id(small, name):
    shown = small("show", "--json", name).json
    assert (shown["source"], shown["policy_id"], shown["title"]) == ("办法.md", "办法", "某省校企合作办法")
    assert {"doc_number", "issuers", "issued", "effective", "expires", "jurisdiction", "tier"} <= set(shown)
    levels = {p["address"].removeprefix("办法/"): (p["level"], p["locator"]) for p in shown["provisions"]}
    assert levels["art_2"] == ("article", "第二条")
    assert levels["art_2/item_1"] == ("item", "第二条第（一）项")
    assert levels["art_2/item_3"] == ("item", "第二条第（三）项")
    assert levels["art_4"] == ("article", "第四条")
    [conditions] = [p for p in shown["provisions"] if p["address"] == "办法/art_2"]
    assert set(conditions) == {"address", "locator", "level", "text", "page", "boxes", "confidence", "full_text"}
    assert conditions["full_text"] == (
        "第二条　企业申请认定为合作企业，应当符合下列条件：\n"
        "（一）在本省注册满三年；\n"
        "（二）近三年接收实习学生六十人以上；\n"
        "（三）没有重大安全事故。"
    )
    assert all("full_text" not in p for p in shown["provisions"] if p["address"] != "办法/art_2")


def test_an_article_of_several_paragraphs_reads_as_printed_in_its_full_text(fresh, tmp_path):
    path = tmp_path / "law.txt"
    path.write_text("第一章　总则\n\n第一条　国家鼓励合作。\n企业应当参加。\n\n第二条　学校应当配合。\n", "utf-8")
    fresh("ingest", path)
    provisions = fresh("show", "--json", "law.txt").json["provisions"]
    levels = [(p["address"], p["level"]) for p in provisions]
    assert levels == [
        ("law/ch_1", "chapter"),
        ("law/art_1", "article"),
        ("law/art_1/para_1", "paragraph"),
        ("law/art_1/para_2", "paragraph"),
        ("law/art_2", "article"),
    ]
    assert provisions[1]["full_text"] == "第一条　国家鼓励合作。\n企业应当参加。"


def test_people_see_titles_and_addresses_and_programs_get_tabs(small):
    listed = small("list").out.splitlines()
    assert listed[0].split("\t") == ["source", "title", "文号", "id", "place", "tier", "effective", "status"]
    assert listed[1].split("\t")[:4] == ["办法.md", "某省校企合作办法", "", "办法"]
    shown = small("show", "办法").out
    assert "第二条第（三）项 （三）没有重大安全事故。 办法/art_2/item_3" in shown


def test_init_loads_the_starter_corpus_once_and_only_where_nothing_is(small, starter):
    for line in (small, starter):
        done = line("init")
        assert (done.status, done.out) == (0, "The installation already holds documents; nothing was changed.\n")
    sources = {policy["source"] for policy in starter("list", "--json").json}
    corpus = {policy["source"] for policy in starter("corpus", "list", "--json").json}
    assert sources == corpus
    assert len(corpus) >= 24  # 12 national, 8 local, 4 papers at the least


def test_the_corpus_can_be_checked_and_shown(small, tmp_path):
    checked = small("corpus", "check")
    assert checked.status == 0
    assert checked.out.endswith("files, no problem\n")
    shown = small("corpus", "show", "--json", "vocational-education-law-2022").json
    assert (shown["tier"], shown["kind"]) == ("law", "digest")
    (tmp_path / "national").mkdir()
    (tmp_path / "national" / "broken.yaml").write_text("id: broken\n", "utf-8")
    broken = small("corpus", "check", tmp_path)
    assert broken.status == 1
    assert broken.out.startswith("national/broken.yaml")
    assert small("corpus", "check", tmp_path / "nowhere").complaint.endswith(
        "holds no corpus: there is no YAML file in its folders of policies and papers."
    )


def test_doctor_finds_a_lost_word_index_and_mends_it(small, tmp_path, fresh):
    assert small("doctor").out == "Nothing is wrong.\n"
    shutil.copytree(small.home, fresh.home)
    shutil.rmtree(fresh.home / "words")
    found = fresh("doctor")
    assert found.status == 1
    assert found.out.startswith("words: ")
    mended = fresh("doctor", "--repair")
    assert mended.status == 0
    assert "repaired" in mended.out
    assert fresh("doctor").out == "Nothing is wrong.\n"
    assert "没有重大安全事故" in fresh("search", "重大安全事故", "--json").json["hits"][0]["text"]


def test_home_on_the_command_line_goes_before_the_environment(small, tmp_path):
    other = tmp_path / "other"
    assert small("list", "--json", "--home", other).json == []
    assert other.is_dir()


def test_a_broken_corpus_file_is_told_and_the_rest_of_the_corpus_answers(fresh, tmp_path, monkeypatch):
    whole, part = config.bundled("corpus"), tmp_path / "corpus"
    (part / "national").mkdir(parents=True)
    shutil.copy(whole / "glossary.yaml", part)
    for path in sorted((whole / "national").glob("*.yaml"), key=lambda path: path.stat().st_size)[:2]:
        shutil.copy(path, part / "national")
    (part / "national" / "broken.yaml").write_text("id: broken\n", "utf-8")
    monkeypatch.setattr(
        config, "bundled", lambda folder, real=config.bundled: part if folder == "corpus" else real(folder)
    )
    asked = fresh("ask", "实习")  # a new installation is filled first
    assert "national/broken.yaml failed: " in asked.err
    assert len(fresh("list", "--json").json) == 2
    done = type(fresh)(tmp_path / "other")("init")
    assert done.status == 1
    assert done.out.startswith("failed    national/broken.yaml  ")
    assert "2 added, 1 failed; " in done.out
