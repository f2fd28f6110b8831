"""Batches: loaded once, every line answered on its own line, a bad line keeping the shape of an answer."""

from __future__ import annotations

import datetime as dt
import json

import pytest

ANSWER = {
    "question", "status", "answer", "language", "as_of", "jurisdiction", "statements", "citations", "notices",
    "particulars",    "removed", "latency_ms", "refusal", "lead", "table", "missing", "related",
    "worded_by", "record", "understood", "eligibility", "suggestions",
}  # fmt: skip
CITATION = {
    "n", "source", "policy_id", "title", "doc_number", "tier", "jurisdiction", "address", "locator", "quote", "kind",
    "page", "boxes", "confidence", "url", "in_force",
}  # fmt: skip
HIT = {
    "rank", "score", "source", "policy_id", "title", "address", "locator", "text", "vector_rank", "word_rank",
}  # fmt: skip
CONDITIONS = "企业申请认定为合作企业要符合哪些条件？"


def write(path, *lines):
    with path.open("wb") as file:
        for line in lines:
            raw = line if isinstance(line, bytes) else json.dumps(line, ensure_ascii=False).encode()
            file.write(raw + b"\n")
    return path


def read(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_answers_come_in_order_with_their_ids_days_and_places(small, tmp_path):
    batch = write(
        tmp_path / "in.jsonl",
        {"id": "a", "question": CONDITIONS},
        {"id": 7, "turns": [CONDITIONS, "那补助是多少？"], "as_of": "2024-05-01", "jurisdiction": "330200"},
        {"question": "今天天气怎么样", "jurisdiction": "浙江省"},
    )
    done = small("ask", "--batch", batch, "--out", tmp_path / "out.jsonl", "--as-of", "2023-01-02")
    assert (done.status, done.out, done.err) == (0, "", "")
    first, second, third = read(tmp_path / "out.jsonl")
    assert set(first) == set(second) == ANSWER | {"id"}
    assert set(third) == ANSWER
    assert [first["id"], second["id"]] == ["a", 7]
    assert (first["status"], first["as_of"], first["language"]) == ("answered", "2023-01-02", "zh")
    assert (second["question"], second["as_of"], second["jurisdiction"]) == ("那补助是多少？", "2024-05-01", "330200")
    assert third["status"] in {"not_found", "out_of_scope"}
    assert (third["citations"], third["jurisdiction"]) == ([], "330000")


def test_every_statement_cites_and_every_citation_is_whole(small):
    answer = small("ask", "--json", CONDITIONS).json
    assert answer["status"] == "answered"
    numbers = {citation["n"] for citation in answer["citations"]}
    assert all(set(citation) == CITATION for citation in answer["citations"])
    assert all(statement["citations"] and set(statement["citations"]) <= numbers for statement in answer["statements"])
    items = {c["locator"]: c["quote"] for c in answer["citations"] if "项" in c["locator"]}
    assert {"第二条第（一）项", "第二条第（二）项", "第二条第（三）项"} <= set(items)
    assert "六十人以上" in items["第二条第（二）项"]
    [source] = {(c["source"], c["policy_id"], c["kind"]) for c in answer["citations"]}
    assert source == ("办法.md", "办法", "original")


@pytest.mark.parametrize(
    ("line", "id_", "question", "reason"),
    [
        (b"not json", None, "", "line 2 is no JSON (Expecting value); correct it."),
        ([1], None, "", 'line 2: it must be a JSON object such as {"id": "1", "question": "…"}'),
        ('{"id": "x", "question": "学生实习"}'.encode("gb18030"), None, "", "line 2 is not UTF-8; save the file as"),
        ({"id": "x"}, "x", "", 'line 2: it needs "question" (text) or "turns"'),
        ({"id": "x", "question": 5}, "x", "", 'line 2: it needs "question" (text) or "turns"'),
        ({"id": "x", "turns": []}, "x", "", 'line 2: it needs "question" (text) or "turns"'),
        ({"id": "x", "turns": ["a", 5]}, "x", "", 'line 2: it needs "question" (text) or "turns"'),
        ({"id": "x", "question": ""}, "x", "", "line 2: The question is empty."),
        ({"id": "x", "question": "政" * 50_000}, "x", "政" * 50_000, "line 2: The question has 50,000 characters;"),
        ({"id": "x", "question": "How?", "as_of": "soon"}, "x", "How?", "line 2: 'soon' is not a day;"),
        (
            {"id": "x", "turns": ["a", "Why?"], "jurisdiction": "Mars"},
            "x",
            "Why?",
            "line 2: 'Mars' is not a known place;",
        ),
    ],
)
def test_a_bad_line_says_why_in_the_shape_of_an_answer_and_the_rest_goes_on(
    small, tmp_path, line, id_, question, reason
):
    good = {"id": "good", "question": CONDITIONS}
    batch = write(tmp_path / "in.jsonl", good, line, b"", good)
    done = small("ask", "--batch", batch, "--out", tmp_path / "out.jsonl")
    assert (done.status, done.err) == (1, "")
    first, bad, last = read(tmp_path / "out.jsonl")
    assert first["answer"] == last["answer"] != ""
    assert set(bad) == ANSWER | {"id", "line", "error"}
    assert bad.pop("error").startswith(reason)
    assert bad == {
        "id": id_,
        "line": 2,
        "question": question,
        "status": "not_found",
        "refusal": None,
        "answer": "",
        "language": "en" if question.isascii() and question else "zh",
        "as_of": dt.date.today().isoformat(),
        "jurisdiction": None,
        "lead": None,
        "table": None,
        "statements": [],
        "missing": [],
        "citations": [],
        "related": [],
        "notices": [],
        "particulars": [],
        "removed": 0,
        "latency_ms": 0.0,
        "worded_by": None,
        "record": None,
        "understood": None,
        "eligibility": None,
        "suggestions": [],
    }


def test_a_search_batch_ranks_each_line_and_has_no_hits_for_a_bad_one(small, tmp_path):
    batch = write(tmp_path / "in.jsonl", {"id": 1, "query": "重大安全事故"}, b"{", {"id": 3, "query": ""}, {"id": 4})
    done = small("search", "--batch", batch, "-k", 2)
    assert done.status == 1
    good, broken, empty, none = map(json.loads, done.out.splitlines())
    assert (good["id"], good["query"], len(good["hits"])) == (1, "重大安全事故", 2)
    assert all(set(hit) == HIT for hit in good["hits"])
    assert [hit["rank"] for hit in good["hits"]] == [1, 2]
    assert "没有重大安全事故" in good["hits"][0]["text"]
    assert (broken["line"], broken["query"], broken["hits"]) == (2, "", [])
    assert (empty["error"][:30], empty["hits"]) == ("line 3: The question is empty.", [])
    assert (none["error"], none["hits"]) == ('line 4: it needs "query" (text)', [])


def test_a_fault_in_one_line_stops_nothing(small, tmp_path, monkeypatch):
    from assistant import Assistant

    ask = Assistant.ask

    def faulty(self, question, **options):
        return ask(self, question, **options) if question == CONDITIONS else 1 / 0

    monkeypatch.setattr(Assistant, "ask", faulty)
    batch = write(tmp_path / "in.jsonl", {"id": 1, "question": "？"}, {"id": 2, "question": CONDITIONS})
    bad, good = map(json.loads, small("ask", "--batch", batch).out.splitlines())
    assert bad["error"].startswith("line 1 failed unexpectedly (ZeroDivisionError: division by zero)")
    assert good["status"] == "answered"


def test_a_file_that_begins_with_a_byte_order_mark_is_read(small, tmp_path):
    batch = write(tmp_path / "in.jsonl", b"\xef\xbb\xbf" + json.dumps({"id": "a", "query": "企业"}).encode())
    [line] = map(json.loads, small("search", "--batch", batch).out.splitlines())
    assert line["id"] == "a"
    assert "error" not in line


def test_half_a_character_in_a_question_does_not_break_the_output(small, tmp_path):
    batch = write(tmp_path / "in.jsonl", b'{"id": 1, "question": "\\ud800' + CONDITIONS.encode() + b'"}')
    assert small("ask", "--batch", batch, "--out", tmp_path / "out.jsonl").status == 0
    [answer] = read(tmp_path / "out.jsonl")
    assert answer["question"] == f"?{CONDITIONS}"


def test_answers_never_go_into_the_file_of_questions_or_where_nothing_can_be_written(small, tmp_path):
    batch = write(tmp_path / "in.jsonl", {"question": CONDITIONS})
    before = batch.read_bytes()
    refused = small("ask", "--batch", batch, "--out", batch)
    assert refused.complaint == f"{batch} is the file the questions are read from. Name another one with --out."
    assert batch.read_bytes() == before
    nowhere = tmp_path / "nowhere" / "out.jsonl"
    refused = small("ask", "--batch", batch, "--out", nowhere)
    assert refused.complaint == f"{nowhere} cannot be used (No such file or directory)."
