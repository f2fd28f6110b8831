"""Test collections in BEIR's form are read as they come, and what is wrong with one is said."""

from __future__ import annotations

import gzip
import json

import pytest

from assistant.errors import AssistantError
from assistant.evaluation.collection import read_collection, write_documents

CORPUS = [{"_id": "d1", "title": "甲法", "text": "第一条　企业接纳实习生。"}, {"_id": "d2", "title": "", "text": "乙"}]
QUERIES = [{"_id": "q1", "text": "谁接纳实习生？"}, {"_id": "q2", "text": "没有判断的问题"}]
QRELS = "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\n"


@pytest.fixture
def folder(tmp_path):
    """A small collection; tests take a file away or write another in its place."""
    lines(tmp_path / "corpus.jsonl", CORPUS)
    lines(tmp_path / "queries.jsonl", QUERIES)
    (tmp_path / "qrels.tsv").write_text(QRELS, "utf-8")
    return tmp_path


def lines(path, entries):
    path.write_text("".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries), "utf-8")


def test_only_judged_queries_are_asked_and_grades_of_zero_are_no_answers(folder):
    found = read_collection(folder)
    assert found.queries == {"q1": "谁接纳实习生？"}
    assert found.judged == {"q1": {"d1": 2.0}}


def test_packed_files_and_a_folder_of_judgements_are_taken_too(folder):
    for name in ("corpus.jsonl", "queries.jsonl"):
        (folder / f"{name}.gz").write_bytes(gzip.compress((folder / name).read_bytes()))
        (folder / name).unlink()
    (folder / "qrels").mkdir()
    (folder / "qrels.tsv").rename(folder / "qrels" / "test.tsv")
    found = read_collection(folder)
    assert found.judged == {"q1": {"d1": 2.0}}
    assert found.corpus.name == "corpus.jsonl.gz"


def test_judgements_in_trecs_form_and_without_a_heading_are_taken_too(folder):
    (folder / "qrels.tsv").write_text("q1\t0\td1\t1\n", "utf-8")
    assert read_collection(folder).judged == {"q1": {"d1": 1.0}}


def test_judged_queries_without_a_text_are_kept_apart(folder):
    (folder / "qrels.tsv").write_text(QRELS + "q9\td1\t1\n", "utf-8")
    assert read_collection(folder).without_text == ("q9",)


@pytest.mark.parametrize(
    ("missing", "message"),
    [
        ("corpus.jsonl", r"has no corpus\.jsonl, nor corpus\.jsonl\.gz\. A collection in BEIR's form has"),
        ("queries.jsonl", r"has no queries\.jsonl, nor queries\.jsonl\.gz\."),
        ("qrels.tsv", r"has neither qrels\.tsv nor qrels/test\.tsv\."),
    ],
)
def test_a_missing_file_is_named(folder, missing, message):
    (folder / missing).unlink()
    with pytest.raises(AssistantError, match=message):
        read_collection(folder)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("qrels.tsv", "query-id\tcorpus-id\tscore\n", r"qrels\.tsv judges nothing: no line gives a document a grade"),
        ("qrels.tsv", "q1\td1\t1\nq1 d2 1\n", r"qrels\.tsv line 2: “q1 d2 1” is not query-id, corpus-id and a number"),
        ("qrels.tsv", "q8\td1\t1\n", r"No query of qrels\.tsv is in queries\.jsonl\. Do both belong to one"),
        ("queries.jsonl", '{"_id": "q1"}\n', r"queries\.jsonl line 1: has no text\."),
        ("queries.jsonl", '{"text": "q1"}\n', r"queries\.jsonl line 1: has no _id\."),
        ("queries.jsonl", "q1\n", r"queries\.jsonl line 1: is no JSON\."),
        ("queries.jsonl", "[1]\n", r"queries\.jsonl line 1: is JSON but no object\."),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_line(folder, name, text, message):
    (folder / name).write_text(text, "utf-8")
    with pytest.raises(AssistantError, match=message):
        read_collection(folder)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("queries.jsonl", '{"_id": "q1", "text": "问题"}'.encode("gbk"), r"queries\.jsonl is not UTF-8\. Save it"),
        ("queries.jsonl.gz", b"no gzip", r"queries\.jsonl\.gz cannot be read \(.*\)\. Is the file whole\?"),
        ("queries.jsonl.gz", gzip.compress(b"x" * 9999, mtime=0)[:30], r"queries\.jsonl\.gz cannot be read"),
    ],
)
def test_a_file_in_another_encoding_or_cut_off_is_told(folder, name, data, message):
    (folder / "queries.jsonl").unlink()
    (folder / name).write_bytes(data)
    with pytest.raises(AssistantError, match=message):
        read_collection(folder)


def test_what_is_no_folder_is_told(tmp_path):
    with pytest.raises(AssistantError, match=r"none is no folder\. A collection in BEIR's form"):
        read_collection(tmp_path / "none")


def test_documents_are_written_for_an_ingest_and_broken_lines_are_left_for_it_to_tell(folder):
    lines(folder / "corpus.jsonl", [*CORPUS, {"_id": "d3", "title": "只有标题", "text": ""}])
    with (folder / "corpus.jsonl").open("a", encoding="utf-8") as out:
        out.write("broken\n")
    write_documents(read_collection(folder), folder / "ours.jsonl")
    written = (folder / "ours.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line) for line in written[:3]] == [
        {"id": "d1", "text": "第一条　企业接纳实习生。", "title": "甲法"},
        {"id": "d2", "text": "乙"},
        {"id": "d3", "text": "只有标题", "title": "只有标题"},
    ]
    assert written[3] == "broken"
