"""JSONL collections and the starter corpus: a file of many documents of which only what changed is taken in."""

from __future__ import annotations

import json
import time
from pathlib import Path

import crashing
import pytest
from index_fakes import KeywordEmbeddings, found
from test_ingest_files import LAW, SETTINGS, take, told

from assistant import config
from assistant.index import Index
from assistant.models import Wording
from assistant.pipeline import collection, load_corpus
from assistant.pipeline.report import Change


def write(path: Path, *documents: dict[str, str] | str) -> Path:
    lines = [d if isinstance(d, str) else json.dumps(d, ensure_ascii=False) for d in documents]
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return path


def document(id_: str, text: str = "", **more: str) -> dict[str, str]:
    return {"id": id_, "title": f"{id_}通知", "text": text or f"关于{id_}实习的通知。", **more}


def test_each_line_is_a_document_named_by_its_id(index: Index, tmp_path: Path) -> None:
    path = write(tmp_path / "all.jsonl", document("n-1"), document("国发/2", doc_number="国发〔2019〕2号"))
    report = take(index, path)
    assert told(report) == [("all.jsonl", "added")]
    assert report.outcomes[0].reason == "2 added"
    assert [(e.source, e.policy_id, e.origin.line) for e in index.entries()] == [
        ("n-1", "n-1", 1),
        ("国发/2", "国发-2", 2),
    ]
    assert [p.source for p in index.find_policies(doc_number="国发[2019]2号")] == ["国发/2"]


def test_a_bad_line_is_an_outcome_of_its_own_and_stops_nothing(index: Index, tmp_path: Path) -> None:
    path = write(tmp_path / "all.jsonl", document("a"), "{no json", document("b"), '{"id": "c"}', document("a"))
    report = take(index, path)
    assert told(report) == [
        ("all.jsonl line 2", "failed"),
        ("all.jsonl line 4", "failed"),
        ("all.jsonl line 5", "failed"),
        ("all.jsonl", "added"),
    ]
    assert report.outcomes[0].reason.startswith("is no JSON")
    assert report.outcomes[3].reason == "2 added, 3 failed"
    assert report.failed == 3
    assert [e.source for e in index.entries()] == ["a", "b"]


def test_a_line_that_crashes_the_reader_fails_alone(index: Index, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(collection, "read_lines", crashing.crash_over_a_line)
    path = write(tmp_path / "all.jsonl", document("a"), document("b", "crash"), document("c"))
    report = take(index, path)
    assert told(report) == [("all.jsonl line 2", "failed"), ("all.jsonl", "added")]
    assert report.outcomes[0].reason.startswith("the reader crashed on it (signal 11, SIGSEGV).")
    assert [e.source for e in index.entries()] == ["a", "c"]
    changed = write(path, document("a", "新的说法。"), document("b", "crash"), document("c"))
    assert take(index, changed).outcomes[1].reason == "1 changed, 1 unchanged, 1 failed"


def test_failed_lines_of_an_unchanged_collection_are_told_again(index: Index, tmp_path: Path) -> None:
    path = write(tmp_path / "all.jsonl", document("a"), "{no json")
    first = take(index, path)
    second = take(index, path)
    assert told(second) == [("all.jsonl line 2", "failed"), ("all.jsonl", "unchanged")]
    assert second.outcomes[0].reason == first.outcomes[0].reason


def test_only_changed_lines_are_stored_and_embedded(index: Index, tmp_path: Path, embedder: KeywordEmbeddings) -> None:
    path = tmp_path / "all.jsonl"
    take(index, write(path, *(document(f"n{n}") for n in range(20))))
    embedder.embedded.clear()
    changed = [document(f"n{n}") for n in range(20) if n != 7]
    changed[3] = document("n3", "改为贷款。")
    report = take(index, write(path, document("new"), *changed))
    assert report.outcomes[0].reason == "1 added, 1 changed, 18 unchanged, 1 removed"
    assert report.outcomes[0].status is Change.CHANGED
    assert report.stored == 2
    assert len(embedder.embedded) == 2
    assert index.policy("n7") is None
    assert found(index, "贷款") == ["改为贷款。"]


def test_documents_missing_from_a_damaged_collection_are_kept(index: Index, tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    take(index, write(path, document("a"), document("b")))
    report = take(index, write(path, document("a"), '{"id": "b", '))
    assert report.outcomes[-1].reason == (
        "1 unchanged, 1 failed; 1 documents that are no longer in it are kept until every line can be read"
    )
    assert index.policy("b") is not None
    take(index, write(path, document("a")))
    assert index.policy("b") is None


def test_a_collection_that_vanished_from_its_folder_is_removed_as_one(index: Index, tmp_path: Path) -> None:
    folder = tmp_path / "policies"
    folder.mkdir()
    (folder / "law.md").write_text(LAW, "utf-8")
    path = write(folder / "all.jsonl", document("a"), document("b"))
    take(index, folder)
    path.unlink()
    report = take(index, folder)
    assert told(report) == [("law.md", "unchanged"), ("all.jsonl", "removed")]
    assert [e.source for e in index.entries()] == ["law.md"]
    take(index, write(path, document("a")))
    assert [e.source for e in index.entries()] == ["a", "law.md"]


def test_an_id_of_another_collection_is_not_taken_over(index: Index, tmp_path: Path) -> None:
    one = write(tmp_path / "one.jsonl", document("a", "第一种说法。"))
    two = write(tmp_path / "two.jsonl", document("a", "第二种说法。"), document("b"))
    take(index, one)
    report = take(index, two)
    assert told(report) == [("two.jsonl line 1", "failed"), ("two.jsonl", "added")]
    assert report.outcomes[0].reason == f"the id “a” is already taken by {one}"
    assert [c.text for c in index.chunks_of("a")] == ["第一种说法。"]


def test_a_moved_collection_keeps_its_documents(index: Index, tmp_path: Path, embedder: KeywordEmbeddings) -> None:
    path = write(tmp_path / "one.jsonl", document("a"), document("b"))
    take(index, path)
    embedder.embedded.clear()
    report = take(index, path.rename(tmp_path / "two.jsonl"))
    assert report.outcomes[0].reason == "2 unchanged"
    assert {e.origin.path for e in index.entries()} == {str(tmp_path / "two.jsonl")}
    assert embedder.embedded == []


def test_a_collection_of_nothing_is_told(index: Index, tmp_path: Path) -> None:
    empty, bad = write(tmp_path / "empty.jsonl"), write(tmp_path / "bad.jsonl", "x")
    report = take(index, empty, bad)
    assert [(o.source, o.status.value, o.reason) for o in report.outcomes if not o.source.endswith("line 1")] == [
        ("empty.jsonl", "failed", "it is empty"),
        ("bad.jsonl", "failed", "no line of it could be read"),
    ]


@pytest.mark.timed
def test_twenty_thousand_unchanged_lines_are_skipped_by_their_file(home: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "all.jsonl", *(document(f"n{n}") for n in range(20_000)))
    with Index.open(home) as index:  # without an embedder, as everything else is measured here
        started = time.perf_counter()
        assert take(index, path).stored == 20_000
        assert 20_000 / (time.perf_counter() - started) > 500  # clauses a second
        started = time.perf_counter()
        assert told(take(index, path)) == [("all.jsonl", "unchanged")]
        assert 20_000 / (time.perf_counter() - started) > 5_000


@pytest.fixture
def corpus_folder(tmp_path: Path) -> Path:
    """Three policies of the real starter corpus."""
    folder = tmp_path / "corpus"
    for path in sorted((config.bundled("corpus") / "national").glob("*.yaml"))[:3]:
        (folder / "national").mkdir(parents=True, exist_ok=True)
        (folder / "national" / path.name).write_bytes(path.read_bytes())
    return folder


def test_the_starter_corpus_is_taken_in_once(index: Index, corpus_folder: Path, embedder: KeywordEmbeddings) -> None:
    first = load_corpus(corpus_folder, index, SETTINGS)
    assert {o.status for o in first.outcomes} == {Change.ADDED}
    assert {p.wording for p in index.policies()} == {Wording.DIGEST}
    embedded = len(embedder.embedded)
    second = load_corpus(corpus_folder, index, SETTINGS)
    assert [(o.source, o.status) for o in second.outcomes] == [(o.source, Change.UNCHANGED) for o in first.outcomes]
    assert len(embedder.embedded) == embedded


def test_only_a_changed_policy_of_the_starter_corpus_is_taken_in_again(index: Index, corpus_folder: Path) -> None:
    load_corpus(corpus_folder, index, SETTINGS)
    one, two, three = sorted((corpus_folder / "national").iterdir())
    two.write_text(two.read_text("utf-8").replace("validity_note: ", "validity_note: 注：", 1), "utf-8")
    three.unlink()
    report = load_corpus(corpus_folder, index, SETTINGS)
    assert told(report) == [
        (f"national/{one.name}", "unchanged"),
        (f"national/{two.name}", "changed" if "注：" in two.read_text("utf-8") else "unchanged"),
        (f"national/{three.name}", "removed"),
    ]


def test_files_of_users_and_the_starter_corpus_leave_each_other_alone(
    index: Index, corpus_folder: Path, tmp_path: Path
) -> None:
    load_corpus(corpus_folder, index, SETTINGS)
    count = len(index.entries())
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "law.md").write_text(LAW, "utf-8")
    take(index, folder)
    load_corpus(corpus_folder, index, SETTINGS)
    assert len(index.entries()) == count + 1


def test_a_file_that_has_an_id_of_the_starter_corpus_makes_way(
    index: Index, corpus_folder: Path, tmp_path: Path, embedder: KeywordEmbeddings
) -> None:
    (policy_file, *_) = sorted((corpus_folder / "national").iterdir())
    mine = tmp_path / f"{policy_file.stem}.md"
    mine.write_text(LAW, "utf-8")
    take(index, mine)
    embedder.embedded.clear()
    report = load_corpus(corpus_folder, index, SETTINGS)
    assert report.failed == 0
    assert [o.reason for o in report.outcomes if o.reason] == [f"{mine.name} now has the id {policy_file.stem}-2"]
    assert {p.id: p.wording for p in index.policies()}[policy_file.stem] is Wording.DIGEST
    moved = index.policy(mine.name)
    assert moved
    assert moved.id == f"{policy_file.stem}-2"
    assert all(p.address.startswith(f"{moved.id}/") for p in moved.provisions)
    assert not any("企业接收学生实习的" in text for text in embedder.embedded)  # the same texts, so the same vectors
    assert told(take(index, mine)) == [(mine.name, "unchanged")]
    assert index.doctor() == []


def test_a_broken_corpus_file_fails_alone_and_what_was_read_of_it_stays(index: Index, corpus_folder: Path) -> None:
    load_corpus(corpus_folder, index, SETTINGS)
    count = len(index.entries())
    (first, second, *_) = sorted((corpus_folder / "national").iterdir())
    whole = first.read_text("utf-8")
    first.write_text(whole.replace("status: ", "state: ", 1), "utf-8")
    second.unlink()
    (corpus_folder / "national" / "new.yaml").write_text("id: new\n", "utf-8")
    for _ in range(2):  # the second time from memory
        report = load_corpus(corpus_folder, index, SETTINGS)
        failed = {o.source: o.reason for o in report.outcomes if o.status is Change.FAILED}
        assert set(failed) == {f"national/{first.name}", "national/new.yaml"}
        assert failed[f"national/{first.name}"].startswith("status: it is missing. Add a line")
        assert failed[f"national/{first.name}"].endswith(" What was read of it before is kept.")
        assert report.failed == 2
        assert len(index.entries()) == count - 1  # the one that was taken out of the corpus
        assert index.policy(f"national/{first.name}") is not None
    first.write_text(whole, "utf-8")
    (corpus_folder / "national" / "new.yaml").unlink()
    assert load_corpus(corpus_folder, index, SETTINGS).failed == 0
