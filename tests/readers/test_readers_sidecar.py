"""Facts set by hand go before what the text says, are shown as such, and bad ones are told in so many words."""

import datetime as dt
from typing import get_args

import pytest

from assistant.corpus.format import RelationKind
from assistant.errors import ReadError
from assistant.models import Line, Metadata, Policy, Source, Tier, Wording
from assistant.readers.sidecar import (
    KEYS,
    NOTHING,
    OPTIONS,
    after,
    before,
    beside,
    content,
    described_by,
    given,
    load,
    remembered,
)
from assistant.structure import parse

TEXT = (
    "宁波市教育局关于实习补贴的办法",
    "第一条　本办法自发布之日起施行，有效期三年。《旧办法》同时废止。",
    "宁波市教育局",
    "2021年3月1日",
)


def parsed(stated):
    source = Source("办法.txt", tuple(map(Line, TEXT)), Metadata())
    return after(parse("x", before(source, stated)), stated)


def stating(tmp_path, text):
    path = tmp_path / "办法.pdf"
    path.touch()
    beside(path).write_text(text, "utf-8")
    return load(path)


def test_a_sidecar_may_state_every_fact(tmp_path):
    stated = stating(
        tmp_path,
        """
        title: 某办法
        title_en: Some Measures
        doc_number: 甬教〔2021〕1号
        issuers: [宁波市教育局, 宁波市财政局]
        issued: 2021-04-01
        effective: 2021年5月1日
        expires: "2026-04-30"
        repealed:
        jurisdiction: 浙江省宁波市
        tier: normative
        url: https://example.org/1
        relations:
          - {kind: based_on, target: 中华人民共和国职业教育法}
        """,
    )
    assert set(dict(stated.values)) == set(KEYS)
    result = parsed(stated)
    assert result.metadata == Metadata(
        title="某办法",
        title_en="Some Measures",
        doc_number="甬教〔2021〕1号",
        issuers=("宁波市教育局", "宁波市财政局"),
        issued=dt.date(2021, 4, 1),
        effective=dt.date(2021, 5, 1),
        expires=dt.date(2026, 4, 30),
        jurisdiction="330200",
        tier=Tier.NORMATIVE,
        url="https://example.org/1",
    )
    assert [(r.kind, r.target) for r in result.relations] == [("based_on", "中华人民共和国职业教育法")]
    assert {e.quote for e in result.evidence} == {"set by hand: 办法.pdf.yaml"}


def test_the_rest_is_worked_out_from_what_is_given():
    result = parsed(given({"issued": "2022-01-10"}, "办法.pdf.yaml"))
    assert result.metadata.effective == dt.date(2022, 1, 10)  # 自发布之日起
    assert result.metadata.expires == dt.date(2025, 1, 9)  # three years from then
    quotes = {e.field: e.quote for e in result.evidence}
    assert quotes["issued"] == "set by hand: 办法.pdf.yaml"
    assert quotes["effective"].startswith("第一条　本办法自发布之日起施行")


@pytest.mark.parametrize("nothing", ["", "unknown", None])
def test_what_was_wrongly_found_can_be_made_unknown(nothing):
    result = parsed(given({"expires": nothing, "relations": None}, "a.yaml"))
    assert result.metadata.expires is None
    assert result.relations == ()
    assert ("expires", "unknown") in [(e.field, e.value) for e in result.evidence]


def test_nothing_given_changes_nothing():
    assert not NOTHING
    assert parsed(NOTHING) == parse("x", Source("办法.txt", tuple(map(Line, TEXT)), Metadata()))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "issue_date: 2021-01-01",
            "办法.pdf.yaml: “issue_date” is no key of a document. Keys are title, title_en, doc_number, issuers, issued, "
            "effective, expires, repealed, jurisdiction, tier, url, relations.",
        ),
        ("issued: 2021", "办法.pdf.yaml: issued “2021” is no full date. Write it as 2019-03-28."),
        ("issued: 2021-02-30", "办法.pdf.yaml: is no valid YAML (day is out of range for month). Correct it, or take it away."),
        ('issued: "2021-02-30"', "办法.pdf.yaml: issued “2021-02-30” is no full date. Write it as 2019-03-28."),
        (
            "jurisdiction: 乌有市",
            "办法.pdf.yaml: jurisdiction “乌有市” is not a known place. Give its GB/T 2260 code, for example 330200, or CN.",
        ),
        (
            "jurisdiction: 999999",
            "办法.pdf.yaml: jurisdiction “999999” is not a known place. Give its GB/T 2260 code, for example 330200, or CN.",
        ),
        (
            "tier: rule",
            "办法.pdf.yaml: tier “rule” is none of law, regulation, normative, interpretation, notice, list, paper, note.",
        ),
        ("issuers: 3", "办法.pdf.yaml: issuers “3” is no list of names."),
        ("title: [a, b]", "办法.pdf.yaml: title “['a', 'b']” is no text. Put it in quotes."),
        (
            "relations: [{kind: repeals}]",
            "办法.pdf.yaml: relations “[{'kind': 'repeals'}]” is no list of relations (kind: …, target: …).",
        ),
        (
            "relations: [{kind: ends, target: a}]",
            "办法.pdf.yaml: relations “[{'kind': 'ends', 'target': 'a'}]” has the kind “ends”. Kinds are amends, based_on, "
            "implements, interprets, related, repeals, superseded_by.",
        ),
        ("title: [a", "办法.pdf.yaml: is no valid YAML (line 1). Correct it, or take it away."),
        (
            "某办法",
            "办法.pdf.yaml: holds no facts. Write one “key: value” a line, for example “issued: 2019-03-28”.",
        ),
        ("title: " + "长" * 30_000, "办法.pdf.yaml: is larger than 64,000 bytes, so it holds more than facts about a document."),
    ],
)  # fmt: skip
def test_what_a_sidecar_should_not_say_is_told(tmp_path, text, message):
    with pytest.raises(ReadError) as error:
        stating(tmp_path, text)
    assert str(error.value) == message


@pytest.mark.parametrize("text", ["title: &a [*a]", "relations: &a [*a]", "issuers: &a [*a]"])
def test_a_list_that_holds_itself_is_told(tmp_path, text):
    with pytest.raises(ReadError, match=r"^办法\.pdf\.yaml: \w+ “\[\[\[.*” is no "):
        stating(tmp_path, text)


def test_a_few_lines_that_stand_for_more_than_fits_into_memory_are_told(tmp_path):
    """Each list holds the one before it ten times: the last one stands for 10 to the power of 12 letters."""
    lists = ["  - &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lists += [f"  - &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    with pytest.raises(ReadError, match=r"title “.*” is no text"):
        stating(tmp_path, "\n".join(("title:", *lists)))


def test_a_sidecar_that_is_not_utf_8_is_told(tmp_path):
    path = tmp_path / "a.pdf"
    beside(path).write_bytes("title: 某办法".encode("gb18030"))
    with pytest.raises(ReadError, match=r"^a\.pdf\.yaml: is not UTF-8\. Save it as UTF-8\.$"):
        load(path)


def test_a_document_without_a_sidecar_has_nothing_given(tmp_path):
    assert load(tmp_path / "a.pdf") == NOTHING
    assert content(tmp_path / "a.pdf") == b""


def test_a_yaml_file_is_a_sidecar_only_beside_a_document_of_its_name(tmp_path):
    for name in ("a.pdf", "a.pdf.yaml", "b.pdf.yaml", "notes.yaml", "many.jsonl", "many.jsonl.yaml"):
        (tmp_path / name).touch()
    assert described_by(tmp_path / "a.pdf.yaml") == tmp_path / "a.pdf"
    for other in ("b.pdf.yaml", "notes.yaml", "many.jsonl.yaml", "a.pdf"):
        assert described_by(tmp_path / other) is None


def test_options_outlast_their_run_until_an_empty_one_takes_them_back():
    first = remembered(
        Policy("x", "a.txt", Wording.ORIGINAL, Metadata(), ()), {"title": "某办法", "expires": "unknown"}
    )
    result = parsed(first)
    held = Policy("x", "a.txt", Wording.ORIGINAL, result.metadata, (), evidence=result.evidence)
    assert {e.quote for e in held.evidence if e.field in ("title", "expires")} == {f"set by hand: {OPTIONS}"}
    assert remembered(held, {}) == first
    assert dict(remembered(held, {"title": ""}).values) == {"expires": None}
    assert dict(remembered(held, {"title": "新办法"}).values) == {"title": "新办法", "expires": None}


def test_options_go_before_the_sidecar():
    both = given({"title": "甲", "tier": "law"}, "a.yaml") | given({"title": "乙"}, OPTIONS)
    assert dict(both.values) == {"title": "乙", "tier": Tier.LAW}
    assert dict(both.by) == {"title": OPTIONS, "tier": "a.yaml"}


def test_relations_are_of_the_kinds_the_corpus_knows():
    with pytest.raises(ReadError) as error:
        given({"relations": [{"kind": "?", "target": "a"}]}, "a.yaml")
    told = str(error.value).partition("Kinds are ")[2].rstrip(".").split(", ")
    assert told == sorted(get_args(RelationKind))
