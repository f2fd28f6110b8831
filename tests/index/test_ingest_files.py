"""Files and folders: what is taken in, what is skipped, what is removed, and what each is called."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import crashing
import pytest
from index_fakes import KeywordEmbeddings, found, near

from assistant.config import ChunkSettings, ReadingSettings, Settings
from assistant.errors import EngineError, InstallationBusy
from assistant.index import Index
from assistant.pipeline import ingest, reading
from assistant.pipeline.report import Change, Outcome, Report, Step
from assistant.readers.isolation import Workers

SETTINGS = Settings()
LAW = "中华人民共和国职业教育法\n\n第一条　为了职业教育，制定本法。\n\n第二条　企业接收学生实习的，依法享受税收优惠。\n"
RULES = "某省实习管理办法\n\n第一条　学校应当组织学生实习。\n\n第二条　实习单位应当提供教师。\n"


def take(index: Index, *paths: Path, **options: object) -> Report:
    return ingest(paths, index, SETTINGS, **options)


def told(report: Report) -> list[tuple[str, str]]:
    return [(outcome.source, outcome.status.value) for outcome in report.outcomes]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "policies"
    (path / "local").mkdir(parents=True)
    (path / "law.md").write_text(LAW, "utf-8")
    (path / "local" / "rules.txt").write_text(RULES, "utf-8")
    return path


def test_files_of_a_folder_are_named_by_their_path_in_it(index: Index, folder: Path) -> None:
    report = take(index, folder)
    assert told(report) == [("law.md", "added"), ("local/rules.txt", "added")]
    assert [p.id for p in index.policies()] == ["law", "rules"]
    assert found(index, "优惠") != []
    assert near(index, "税", 1)[0].startswith("第二条　企业接收学生实习的")
    assert report.failed == 0


def test_a_second_run_reads_and_embeds_nothing(
    index: Index, folder: Path, embedder: KeywordEmbeddings, monkeypatch
) -> None:
    take(index, folder)
    embedded = len(embedder.embedded)
    monkeypatch.setattr(Workers, "submit", lambda *_: pytest.fail("an unchanged file was read"))
    report = take(index, folder)
    assert told(report) == [("law.md", "unchanged"), ("local/rules.txt", "unchanged")]
    assert report.outcomes[0].provisions == len(index.provisions("law"))
    assert len(embedder.embedded) == embedded
    assert report.stored == report.embedded == 0


def test_only_the_changed_clause_is_embedded_again(index: Index, folder: Path, embedder: KeywordEmbeddings) -> None:
    take(index, folder)
    embedder.embedded.clear()
    (folder / "law.md").write_text(LAW.replace("税收优惠", "税收优惠和贷款"), "utf-8")
    assert told(take(index, folder)) == [("law.md", "changed"), ("local/rules.txt", "unchanged")]
    assert [text.splitlines()[-1] for text in embedder.embedded] == [
        "第二条　企业接收学生实习的，依法享受税收优惠和贷款。"
    ]
    assert found(index, "贷款") != []


def test_a_file_that_vanished_from_its_folder_is_removed(index: Index, folder: Path) -> None:
    take(index, folder)
    (folder / "law.md").unlink()
    report = take(index, folder)
    assert told(report) == [("local/rules.txt", "unchanged"), ("law.md", "removed")]
    assert report.outcomes[1].reason == "the file is no longer in the folder"
    assert found(index, "优惠") == []
    assert index.policy("law") is None


def test_a_file_that_vanished_elsewhere_stays(index: Index, folder: Path, tmp_path: Path) -> None:
    lone = tmp_path / "lone.md"
    lone.write_text(LAW, "utf-8")
    take(index, lone)
    lone.unlink()
    take(index, folder)
    assert index.policy("lone") is not None


def test_a_moved_file_keeps_its_document_and_costs_nothing(
    index: Index, folder: Path, tmp_path: Path, embedder: KeywordEmbeddings
) -> None:
    take(index, folder / "law.md")
    embedded = len(embedder.embedded)
    (folder / "law.md").rename(tmp_path / "law.md")
    assert told(take(index, tmp_path / "law.md")) == [("law.md", "unchanged")]
    assert index.entries()[0].origin.path == str(tmp_path / "law.md")
    assert len(embedder.embedded) == embedded


def test_a_renamed_file_is_added_and_removed_without_embedding_a_clause_twice(
    index: Index, folder: Path, embedder: KeywordEmbeddings
) -> None:
    take(index, folder)
    embedded = len(embedder.embedded)
    (folder / "law.md").rename(folder / "renamed.md")
    assert set(told(take(index, folder))) == {
        ("renamed.md", "added"),
        ("local/rules.txt", "unchanged"),
        ("law.md", "removed"),
    }
    assert len(embedder.embedded) == embedded
    assert index.doctor() == []


def test_two_files_of_one_name_are_told_apart_by_their_folder(index: Index, tmp_path: Path) -> None:
    for name, text in (("a", LAW), ("b", RULES)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "notice.md").write_text(text, "utf-8")
    assert told(take(index, tmp_path / "a" / "notice.md")) == [("notice.md", "added")]
    assert told(take(index, tmp_path / "b" / "notice.md")) == [("b/notice.md", "added")]
    assert told(take(index, tmp_path / "b" / "notice.md")) == [("b/notice.md", "unchanged")]
    assert [p.id for p in index.policies()] == ["notice", "notice-2"]


def test_a_document_keeps_its_name_however_its_file_is_given(index: Index, folder: Path) -> None:
    take(index, folder)
    assert told(take(index, folder / "local" / "rules.txt")) == [("local/rules.txt", "unchanged")]
    assert told(take(index, folder / "local")) == [("local/rules.txt", "unchanged")]


def test_a_chinese_file_name_becomes_the_id(index: Index, tmp_path: Path) -> None:
    path = tmp_path / "《职业教育法》（2022 年修订）.md"
    path.write_text(LAW, "utf-8")
    take(index, path)
    assert [p.id for p in index.policies()] == ["职业教育法-2022-年修订"]


def test_the_same_content_under_two_names_is_kept_twice_and_told(index: Index, folder: Path) -> None:
    (folder / "copy.md").write_text(LAW, "utf-8")
    report = take(index, folder)
    reasons = {outcome.source: outcome.reason for outcome in report.outcomes}
    assert "same content as copy.md" in reasons["law.md"]
    assert len(index.entries()) == 3
    assert "same content as law.md" in {o.source: o.reason for o in take(index, folder).outcomes}["copy.md"]


def test_a_file_given_twice_is_taken_once(index: Index, folder: Path) -> None:
    assert told(take(index, folder, folder / "law.md", folder)) == [("law.md", "added"), ("local/rules.txt", "added")]


def test_a_folder_without_readable_files_is_told(index: Index, tmp_path: Path) -> None:
    empty, useless = tmp_path / "empty", tmp_path / "useless"
    empty.mkdir()
    useless.mkdir()
    (useless / "song.mp3").write_bytes(b"x")
    report = take(index, empty, useless, tmp_path / "missing.pdf")
    assert [(o.source, o.status) for o in report.outcomes] == [
        (str(empty), Change.FAILED),
        (str(useless), Change.FAILED),
        (str(tmp_path / "missing.pdf"), Change.FAILED),
    ]
    assert report.outcomes[0].reason.startswith("no readable file in this folder; these are: ")
    assert ".pdf" in report.outcomes[1].reason
    assert report.outcomes[2].reason == "there is no such file or folder"
    assert report.failed == 3


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_what_only_looks_like_a_file_is_not_waited_for(index: Index, folder: Path) -> None:
    os.mkfifo(folder / "pipe.pdf")
    (folder / "nowhere.md").symlink_to(folder / "gone.md")
    assert told(take(index, folder)) == [("law.md", "added"), ("local/rules.txt", "added")]
    (outcome,) = take(index, folder / "pipe.pdf").outcomes
    assert (outcome.status, outcome.reason) == (Change.FAILED, "it is neither a file nor a folder")


def test_files_of_a_folder_that_no_reader_knows_are_named(index: Index, folder: Path) -> None:
    (folder / "local" / "talk.ppt").write_bytes(b"x")
    report = take(index, folder)
    assert report.passed_over == ("local/talk.ppt",)
    assert report.failed == 0
    (outcome,) = take(index, folder / "local" / "talk.ppt").outcomes
    assert outcome.reason == ".ppt files are not readable. Export it as PDF."


def test_a_file_that_cannot_be_read_fails_alone(index: Index, folder: Path) -> None:
    (folder / "broken.docx").write_bytes(b"no zip")
    (folder / "blank.txt").write_text("", "utf-8")
    report = take(index, folder)
    status = dict(told(report))
    assert status == {"law.md": "added", "local/rules.txt": "added", "broken.docx": "failed", "blank.txt": "failed"}
    assert all(outcome.reason for outcome in report.outcomes if outcome.status is Change.FAILED)
    assert report.failed == 2


def test_a_file_that_breaks_keeps_what_was_read_of_it(index: Index, folder: Path) -> None:
    take(index, folder)
    (folder / "law.md").write_bytes(b"")
    outcome = take(index, folder).outcomes[0]
    assert outcome.status is Change.FAILED
    assert outcome.reason.endswith("What was read of it before is kept.")
    assert found(index, "优惠") != []
    (folder / "law.md").write_text(LAW, "utf-8")
    assert told(take(index, folder))[0] == ("law.md", "unchanged")


def test_a_reader_that_crashes_fails_that_file_only(index: Index, folder: Path, monkeypatch) -> None:
    monkeypatch.setattr(reading, "read_file", crashing.crash_over_the_law)
    first, second = take(index, folder).outcomes
    assert (first.status, second.status) == (Change.FAILED, Change.ADDED)
    assert first.reason == (
        "the reader crashed on it (signal 11, SIGSEGV). Open it in the program it was made with and save it again."
    )


def test_a_reader_that_hangs_is_stopped_and_the_batch_goes_on(
    index: Index, folder: Path, own_workers: None, monkeypatch
) -> None:
    monkeypatch.setattr(reading, "read_file", crashing.hang_over_the_law)
    first, second = ingest([folder], index, Settings(reading=ReadingSettings(seconds=5))).outcomes
    assert (first.status, second.status) == (Change.FAILED, Change.ADDED)
    assert first.reason == (
        "reading took more than 5 s without finishing a page and was stopped. "
        "Split the file, or raise the setting reading.seconds."
    )
    assert found(index, "教师") != []


def test_however_many_are_read_at_once_the_same_comes_of_it(tmp_path: Path, own_workers: None) -> None:
    folder = tmp_path / "policies"
    folder.mkdir()
    for number in range(6):  # all of one id but for the number at its end, in whose order they are taken
        (folder / f"rules{'.' * number}.md").write_text(RULES + f"第三条　{number}。\n" * 40 * (6 - number), "utf-8")
    (folder / "rules.txt").write_bytes(b"")
    (folder / "rules.jsonl").write_text(
        '{"id": "rules", "text": "第一条"}\n{\n{"id": "rules!", "text": "第二条"}\n', "utf-8"
    )
    came = []
    for jobs in (1, 4):
        with Index.open(tmp_path / f"home-{jobs}", KeywordEmbeddings()) as index:
            outcomes = [replace(o, seconds=0) for o in ingest([folder], index, SETTINGS, jobs=jobs).outcomes]
            came.append((outcomes, [index.policy(p.id) for p in index.policies()]))
    assert came[0] == came[1]
    assert [p.id for p in came[0][1]] == [*(f"rules{end}" for end in ("", *(f"-{n}" for n in range(2, 9))))]


def test_a_file_one_may_not_read_is_told(index: Index, folder: Path, monkeypatch) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(reading, "hash_file", refuse)  # the superuser may read everything
    assert take(index, folder).outcomes[0].reason == "it cannot be opened (Permission denied)"


def test_a_file_above_the_limit_is_refused_without_reading_it(index: Index, tmp_path: Path, monkeypatch) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(50_000_001)
    monkeypatch.setattr(reading, "hash_file", lambda *_: pytest.fail("it was hashed"))
    (outcome,) = take(index, huge).outcomes
    assert (outcome.status, outcome.reason) == (
        Change.FAILED,
        "has 50,000,001 bytes and the limit is 50,000,000. Split it, or raise the limit max_bytes.",
    )


def test_hidden_files_and_the_installation_itself_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "law.md").write_text(LAW, "utf-8")
    (tmp_path / ".notes.md").write_text(LAW, "utf-8")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "readme.md").write_text(LAW, "utf-8")
    (tmp_path / "~$law.docx").write_bytes(b"x")
    with Index.open(tmp_path / "home", KeywordEmbeddings()) as index:
        (tmp_path / "home" / "settings.md").write_text(LAW, "utf-8")
        assert told(take(index, tmp_path)) == [("law.md", "added")]


def test_another_chunk_size_reads_all_files_anew(index: Index, folder: Path) -> None:
    take(index, folder)
    other = Settings(chunks=ChunkSettings(floor=10, ceiling=64))
    assert {o.status for o in ingest([folder], index, other).outcomes} == {Change.CHANGED}


def test_documents_are_found_by_words_even_where_no_vector_can_be_made(home: Path, folder: Path) -> None:
    class Broken(KeywordEmbeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            raise EngineError("the model is not there")

    with Index.open(home, Broken()) as index:
        report = take(index, folder)
        assert report.problem == (
            "The documents are found by their words only, as no vectors could be made: the model is not there"
        )
        assert report.failed == 1
        assert found(index, "优惠") != []


def test_nothing_is_taken_in_while_another_writer_is_at_work(home: Path, folder: Path, index: Index) -> None:
    with Index.open(home) as second, second.writing(), pytest.raises(InstallationBusy):
        take(index, folder)
    assert index.entries() == []


def test_progress_tells_clauses_rate_and_what_remains(index: Index, folder: Path) -> None:
    steps: list[Step] = []
    report = take(index, folder, progress=steps.append)
    assert [step.outcome.source for step in steps if step.outcome] == ["law.md", "local/rules.txt"]
    reading = [step for step in steps if step.stage == "reading"]
    embedding = [step for step in steps if step.stage == "embedding"]
    clauses = sum(outcome.chunks for outcome in report.outcomes)
    assert reading[-1].done == reading[-1].total == clauses
    assert reading[-1].remaining == 0
    assert reading[-1].rate > 0
    assert embedding[-1].done == embedding[-1].total == clauses


def test_a_report_sums_up_in_one_line() -> None:
    outcomes = (Outcome("a", Change.ADDED), Outcome("b", Change.FAILED, "why"), Outcome("c", Change.ADDED))
    assert Report(outcomes, 1.25, stored=7, embedded=5).summary == (
        "2 added, 1 failed; 7 clauses stored, 5 embedded, 1.2 s"
    )
    assert Report((), 0.0).summary == "nothing to do; 0 clauses stored, 0 embedded, 0.0 s"


def test_runs_are_kept_in_the_ledger(index: Index, folder: Path) -> None:
    take(index, folder)
    ((started, finished, summary),) = index.ledger.database.read("SELECT started, finished, summary FROM runs")
    assert started <= finished
    assert summary.startswith("2 added; ")


def test_what_the_text_says_of_itself_is_kept_with_its_place(index: Index, tmp_path: Path) -> None:
    path = tmp_path / "rules.md"
    path.write_text(RULES + "\n第三条　本办法自2021年3月1日起施行。\n", "utf-8")
    take(index, path)
    policy = index.policy("rules")
    assert policy
    found = {evidence.field: evidence for evidence in policy.evidence}
    assert (found["effective"].value, found["effective"].address) == ("2021-03-01", "rules/art_3")
    assert {e.address.split("/")[0] for e in policy.evidence} == {"rules"}
