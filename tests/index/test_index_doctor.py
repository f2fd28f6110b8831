"""What is broken is named, and what is derived is built again without embedding anything."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from index_fakes import KeywordEmbeddings, chunks, found, near, policy, put

from assistant.errors import InstallationError
from assistant.index import Finding, Index, Origin
from assistant.index.words import Words

CLAUSES = [f"企业实习第{n}条，税{'税' * n}。" for n in range(40)]


def fill(home: Path) -> None:
    with Index.open(home, KeywordEmbeddings()) as index:
        put(index, policy("law", *CLAUSES))
        index.embed_pending()


def chroma_file(home: Path, name: str) -> Path:
    (path,) = (home / "chroma").rglob(name)
    return path


def flip(path: Path, at: int | None = None) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2 if at is None else at] ^= 0xFF
    path.write_bytes(data)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


Harm = Callable[[Path], object]

HARMS: dict[str, tuple[Harm, str, str]] = {
    "words gone": (lambda home: shutil.rmtree(home / "words"), "words", "The word index in .* is empty"),
    "words emptied": (
        lambda home: (home / "words" / "meta.json").write_text(""),
        "words",
        "word index in .* cannot be used",
    ),
    "word file flipped": (lambda home: flip(next((home / "words").glob("*.idx"))), "words", r"\.idx is damaged"),
    "word file cut": (lambda home: cut(next((home / "words").glob("*.store"))), "words", "damaged|cannot be used"),
    "vectors gone": (lambda home: shutil.rmtree(home / "chroma"), "vectors", "its folder is missing"),
    "graph flipped": (
        lambda home: flip(chroma_file(home, "data_level0.bin"), at=0),
        "vectors",
        "data_level0.bin is damaged",
    ),
    "graph cut": (
        lambda home: cut(chroma_file(home, "data_level0.bin")),
        "vectors",
        "data_level0.bin is missing or cut",
    ),
    "Chroma's database gone": (
        lambda home: chroma_file(home, "chroma.sqlite3").unlink(),
        "vectors",
        "chroma.sqlite3 is missing",
    ),
    "Chroma's database spoilt": (
        lambda home: chroma_file(home, "chroma.sqlite3").write_bytes(b"x" * 9999),
        "vectors",
        "chroma.sqlite3 is damaged",
    ),
}


@pytest.mark.parametrize(("harm", "part", "message"), HARMS.values(), ids=HARMS.keys())
def test_harm_to_a_derived_index_is_named_and_repaired(home: Path, harm: Harm, part: str, message: str) -> None:
    fill(home)
    harm(home)
    embedder = KeywordEmbeddings()
    with Index.open(home, embedder) as index:
        before = index.doctor()
        assert [finding.part for finding in before] == [part]
        assert re.search(message, before[0].message)
        assert index.doctor(repair=True) == [replace(before[0], repaired=True)]
        assert index.doctor() == []
        assert len(found(index, "企业", 50)) == 40
        assert near(index, CLAUSES[7], 1) == [CLAUSES[7]]
    assert embedder.embedded == []


@pytest.mark.parametrize("name", ["words gone", "words emptied", "vectors gone", "graph cut", "Chroma's database gone"])
def test_a_question_to_a_broken_index_says_how_to_repair_it(home: Path, name: str) -> None:
    fill(home)
    harm, part, message = HARMS[name]
    harm(home)
    ask = {"words": found, "vectors": near}[part]
    with Index.open(home, KeywordEmbeddings()) as index, pytest.raises(InstallationError) as error:
        ask(index, "税")
    assert re.search(message, str(error.value))
    assert "Nothing is lost: `assistant doctor --repair` builds it again." in str(error.value)


def test_a_damaged_graph_is_built_anew_by_the_next_ingest(home: Path) -> None:
    fill(home)
    flip(chroma_file(home, "data_level0.bin"))
    embedder = KeywordEmbeddings()
    with Index.open(home, embedder) as index:
        put(index, policy("other", "贷款。"))
        assert index.embed_pending() == 1
        assert index.doctor() == []
        assert near(index, CLAUSES[7], 1) == [CLAUSES[7]]
    assert len(embedder.embedded) == 1


def test_a_sound_installation_has_no_findings(home: Path) -> None:
    fill(home)
    with Index.open(home, KeywordEmbeddings()) as index:
        assert index.doctor() == []
        assert index.doctor(repair=True) == []


def test_reading_an_index_leaves_it_sound(home: Path) -> None:
    """A reader that opens the graph writes into its empty room; that is no damage."""
    fill(home)
    for _ in range(2):
        with Index.open(home, KeywordEmbeddings()) as reader:
            assert reader.search_vectors(reader.encode("实习").vector, 3)
    with Index.open(home, KeywordEmbeddings()) as index:
        assert index.doctor() == []


def test_an_empty_installation_has_no_findings(index: Index) -> None:
    assert index.doctor() == []


def test_chunks_that_an_index_lacks_or_holds_in_vain_are_counted(home: Path) -> None:
    fill(home)
    words = Words(home / "words")
    (first, *_) = words.ids()
    words.apply([(1, "ghost", "题", "鬼"), (2, "ghost", "题", "鬼")], [first])
    with Index.open(home) as index:
        assert [str(finding) for finding in index.doctor()] == [
            "words: 1 chunks are missing in the word index",
            "words: 2 chunks in the word index belong to no document",
        ]
        assert found(index, "鬼") == []  # the ledger knows them not
        assert all(finding.repaired for finding in index.doctor(repair=True))
        assert len(found(index, "企业", 50)) == 40


def test_texts_without_vectors_are_counted_and_embedded_by_repair(home: Path) -> None:
    with Index.open(home, KeywordEmbeddings()) as index:
        put(index, policy("law", *CLAUSES))
        (finding,) = index.doctor()
        assert finding.message.startswith("40 texts have no vector yet")
        assert [finding.repaired for finding in index.doctor(repair=True)] == [True]
        assert near(index, CLAUSES[7], 1) == [CLAUSES[7]]


def test_another_model_is_named_and_repair_embeds_anew(home: Path) -> None:
    fill(home)
    embedder = KeywordEmbeddings("keywords-2")
    with Index.open(home, embedder) as index:
        (finding,) = index.doctor()
        assert "made by keywords-1, and keywords-2 is set now" in finding.message
        assert index.doctor(repair=True) == [replace(finding, repaired=True)]
    assert len(embedder.embedded) == 40


def test_unfinished_copies_are_named_and_removed(home: Path) -> None:
    fill(home)
    (home / "chroma" / "abandoned").mkdir()
    with Index.open(home, KeywordEmbeddings()) as index:
        assert [str(f) for f in index.doctor()] == ["vectors: 1 unfinished copies of the vector index were left behind"]
        assert [f.repaired for f in index.doctor(repair=True)] == [True]
    assert len(list((home / "chroma").iterdir())) == 1


def test_a_damaged_page_of_the_ledger_is_told_and_nothing_is_touched(home: Path) -> None:
    fill(home)
    ledger = home / "ledger.sqlite"
    data = bytearray(ledger.read_bytes())
    for page in range(4, len(data) // 4096):
        data[page * 4096 : page * 4096 + 200] = b"\xff" * 200
    ledger.write_bytes(data)
    before = sorted(path.name for path in (home / "chroma").iterdir())
    with Index.open(home, KeywordEmbeddings(), recover=False) as index:
        findings = index.doctor(repair=True)
    assert findings
    assert {(finding.part, finding.repaired) for finding in findings} == {("ledger", False)}
    assert sorted(path.name for path in (home / "chroma").iterdir()) == before


def test_work_that_a_killed_writer_left_is_named_and_done_at_the_next_start(home: Path) -> None:
    with Index.open(home, KeywordEmbeddings()) as index:
        put(index, policy("one", "实习甲。"), policy("two", "实习乙。"))
        index.embed_pending()
        index.ledger.remove(["one.md"])  # as if killed before the indexes heard of it
        index.ledger.put(policy("six", "税。"), chunks(policy("six", "税。")), Origin("/six.md", "d", "b"))
    with Index.open(home, KeywordEmbeddings(), recover=False) as index:
        assert [str(finding) for finding in index.doctor()] == [
            "words: 1 chunks are missing in the word index",
            "words: 1 chunks in the word index belong to no document",
            "vectors: 1 chunks in the vector index belong to no document",
            "vectors: 1 texts have no vector yet; `assistant ingest` goes on where it stopped, and so does --repair",
        ]
    with Index.open(home, KeywordEmbeddings()) as index:
        assert found(index, "税") == ["税。"]
        assert [finding.part for finding in index.doctor()] == ["vectors"]  # only that no vector was made yet


def test_another_way_of_cutting_words_builds_the_word_index_anew(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(home)
    monkeypatch.setattr("assistant.index.index.fingerprint", lambda: "another lexicon")
    monkeypatch.setattr("assistant.index.words.words", lambda text: ["x" + text[:1]])
    with Index.open(home) as index:
        assert len(index.search_words(["x企"], 50)) == 40
        assert found(index, "税") == []


def test_findings_read_as_one_line() -> None:
    assert str(Finding("words", "2 chunks are missing")) == "words: 2 chunks are missing"
    assert str(Finding("words", "2 chunks are missing", repaired=True)) == "words: 2 chunks are missing — repaired"
