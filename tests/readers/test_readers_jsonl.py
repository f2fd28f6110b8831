"""JSONL collections: one document a line, read as a stream; a bad line costs only itself."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from assistant.errors import NoTextFound, ReadError
from assistant.models import Line, Metadata, Tier
from assistant.readers import Limits, read_jsonl

DEFAULTS = Limits()
EXPECTED = 'Each line is one JSON object with "id" and "text", and "title" where there is one.'


@pytest.fixture
def collection(tmp_path):
    """A function that writes lines (objects, or text as it is) and reads them back."""

    def collection_(*lines, limits=DEFAULTS):
        written = [line if isinstance(line, (str, bytes)) else json.dumps(line, ensure_ascii=False) for line in lines]
        data = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in written)
        (tmp_path / "laws.jsonl").write_bytes(data)
        return list(read_jsonl(tmp_path / "laws.jsonl", "laws.jsonl", limits))

    return collection_


def test_a_line_is_a_document_named_by_its_id(collection):
    [(number, source)] = collection(
        {
            "id": 46,
            "title": "关于调整有关政策的通知",
            "text": "第一条　为了合作。\n\n　第二条 ⼆⼗⼈。\r\n",
            "doc_number": "财税〔2019〕46号",
            "issuers": "财政部、国家税务总局",
            "issued": "2019-05-16",
            "effective": "2019年1月1日",
            "expires": None,
            "jurisdiction": "CN",
            "tier": "normative",
            "url": "https://example.cn/46",
        }
    )
    assert number == 1
    assert source.name == "46"
    assert source.lines == (Line("第一条　为了合作。"), Line("第二条 二十人。"))
    assert source.declared == Metadata(
        title="关于调整有关政策的通知",
        doc_number="财税〔2019〕46号",
        issuers=("财政部", "国家税务总局"),
        issued=dt.date(2019, 5, 16),
        effective=dt.date(2019, 1, 1),
        jurisdiction="CN",
        tier=Tier.NORMATIVE,
        url="https://example.cn/46",
    )
    assert source.findings == ()


@pytest.mark.parametrize(
    ("field", "value", "complaint"),
    [
        ("issued", "2024-01", "issued “2024-01” is no full date (YYYY-MM-DD), so it stays unknown"),
        ("issued", 2024, "issued “2024” is no full date (YYYY-MM-DD), so it stays unknown"),
        ("effective", "2023-02-29", "effective “2023-02-29” is no full date (YYYY-MM-DD), so it stays unknown"),
        ("expires", "2024年底", "expires “2024年底” is no full date (YYYY-MM-DD), so it stays unknown"),
        ("issuers", 5, "issuers “5” is no list of names, so it stays unknown"),
        ("title", ["a"], "title “['a']” is no text, so it stays unknown"),
        (
            "jurisdiction",
            "江西",
            "jurisdiction “江西” is neither CN nor a six-digit GB/T 2260 code, so it stays unknown",
        ),
        (
            "tier",
            "最高",
            "tier “最高” is none of law, regulation, normative, interpretation, notice, list, paper, note, "
            "so it stays unknown",
        ),
        ("colour", "red", "unknown field “colour” ignored"),
    ],
)
def test_metadata_that_says_nothing_usable_stays_unknown_and_is_reported(field, value, complaint, collection):
    [(_, source)] = collection({"id": "a", "text": "第一条", field: value})
    assert source.declared == Metadata()
    assert source.findings == (complaint,)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{bad", f"is no JSON (Expecting property name enclosed in double quotes at column 2). {EXPECTED}"),
        ("[1, 2]", f"is JSON but no object. {EXPECTED}"),
        ("{" * 5, f"is no JSON (Expecting property name enclosed in double quotes at column 2). {EXPECTED}"),
        ('{"text": "x"}', f'has no "id", or one that is neither text nor a number. {EXPECTED}'),
        ('{"id": true, "text": "x"}', f'has no "id", or one that is neither text nor a number. {EXPECTED}'),
        ('{"id": " ", "text": "x"}', f'has no "id", or one that is neither text nor a number. {EXPECTED}'),
        ('{"id": "b"}', f'has no "text", or one that is no text. {EXPECTED}'),
        ('{"id": "b", "text": ["x"]}', f'has no "text", or one that is no text. {EXPECTED}'),
        ('{"id": "b", "text": " \\n"}', 'the "text" of “b” is empty. Fill it in, or remove the line.'),
        (
            '{"id": "good", "text": "x"}',
            "the id “good” was already used on line 1. Give every document an id of its own.",
        ),
        ('{"id": "b", "text": "中"}'.encode("gb18030"), "is not UTF-8, which JSONL has to be. Save the file as UTF-8."),
    ],
)
def test_a_bad_line_says_what_is_wrong_and_the_next_goes_on(line, message, collection):
    good, bad, next_ = collection({"id": "good", "text": "第一条"}, line, {"id": "next", "text": "第二条"})
    assert good[1].name == "good"
    assert bad[0] == 2
    assert isinstance(bad[1], ReadError)
    assert str(bad[1]) == f"laws.jsonl line 2: {message}"
    assert next_ == (3, next_[1])
    assert next_[1].name == "next"


def test_json_nested_without_end_is_a_bad_line(collection):
    [(_, error)] = collection("[" * 100_000)
    assert str(error).startswith("laws.jsonl line 1: is JSON that cannot be taken in (")


def test_an_empty_text_is_told_from_a_damaged_line(collection):
    [(_, error)] = collection({"id": "a", "text": ""})
    assert isinstance(error, NoTextFound)


def test_lines_and_texts_beyond_the_limits_are_skipped_without_being_held(collection):
    long = {"id": "long", "text": "政策" * 5_000}
    results = collection(long, {"id": "a", "text": "第一条"}, long, limits=Limits(max_bytes=1_000))
    assert [number for number, _ in results] == [1, 2, 3]
    message = "is longer than 1,000 bytes. Split the document, or raise the limit max_bytes."
    assert [str(result) for _, result in results if isinstance(result, ReadError)] == [
        f"laws.jsonl line 1: {message}",
        f"laws.jsonl line 3: {message}",
    ]
    [(_, error)] = collection(long, limits=Limits(max_characters=100))
    assert str(error) == (
        "laws.jsonl line 1: the text has 10,000 characters and the limit is 100. "
        "Split the document, or raise the limit max_characters."
    )


def test_blank_lines_a_byte_order_mark_and_a_missing_last_newline_do_no_harm(collection):
    results = collection(b'\xef\xbb\xbf{"id": "a", "text": "x"}', "", "  ", {"id": "b", "text": "y"})
    assert [(number, source.name) for number, source in results] == [(1, "a"), (4, "b")]


def test_half_a_surrogate_pair_becomes_a_character(collection):
    [(_, source)] = collection('{"id": "a", "text": "产教\\ud83d融合"}')
    assert source.lines[0].text.encode("utf-8").decode() == "产教?融合"


def test_a_collection_that_is_not_there_says_so(tmp_path):
    with pytest.raises(ReadError) as caught:
        list(read_jsonl(tmp_path / "gone.jsonl", "gone.jsonl"))
    assert str(caught.value) == (
        "gone.jsonl: cannot be read (No such file or directory). Check that it exists and may be read."
    )
