"""The record of an answer: what it rests on and what was left out, without the words of people unless they are wanted."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3

import pytest
from drafting_policies import AMOUNT, CONDITIONS

from assistant.config import RecordSettings
from assistant.errors import AssistantError
from assistant.records import FILE, Records


@pytest.fixture
def copied(small_home, tmp_path):
    import shutil

    return shutil.copytree(small_home, tmp_path / "home")


def test_a_worded_answer_is_recorded_without_anybodys_words(worded, script, copied):
    script.play("invented_number")
    assistant = worded(copied, {"keep_days": 1})
    answer = assistant.ask(CONDITIONS)
    kept = assistant.answer_record(answer.record)
    assert kept["status"] == "answered"
    assert kept["generation"] == assistant._index.generation
    assert {c["address"] for c in kept["citations"]} == {c.address for c in answer.citations}
    assert kept["draft"]["model"] == "scripted"
    assert len(kept["draft"]["prompt"]) == 16
    assert {r["reason"] for r in kept["draft"]["removed"]} == {"figures"}
    assert kept["draft"]["parameters"]["temperature"] == 0
    assert "登记" not in json.dumps(kept, ensure_ascii=False)  # as the clauses, the draft and the answer have it


def test_words_are_kept_where_the_setting_says_so(worded, script, copied):
    script.play("wordy")
    assistant = worded(copied, {"keep_days": 1, "words": True})
    answer = assistant.ask(CONDITIONS, history=["你好"])
    kept = assistant.answer_record(answer.record)
    assert kept["question"] == CONDITIONS
    assert kept["history"] == ["你好"]
    assert "您好，很高兴为您解答。" in kept["draft"]["raw"]
    assert "您好，很高兴为您解答。" in [r["text"] for r in kept["draft"]["removed"]]


def test_an_answer_without_a_model_is_recorded_too(worded, script, copied):
    from assistant import Assistant

    with Assistant.open(copied) as assistant:
        answer = assistant.ask(AMOUNT)
        assert assistant.answer_record(answer.record)["draft"] is None
    assert (copied / FILE).stat().st_mode & 0o077 == 0  # for nobody else to read


def test_what_a_question_was_about_is_kept_in_words_of_the_glossary(copied):
    from assistant import Assistant

    with Assistant.open(copied) as assistant:
        answer = assistant.ask("我是王芳，我们企业在南京，增值税能退多少？")
        kept = assistant.answer_record(answer.record)
    assert kept["topics"] == ["增值税"]
    assert kept["refusal"] == answer.refusal.value
    assert kept["audience"] == "enterprise"
    assert kept["kinds"] == [kind.value for kind in answer.understood.kinds]
    assert kept["jurisdiction"] == "320100"
    assert "王芳" not in json.dumps(kept, ensure_ascii=False)


def test_records_forget_after_their_days(tmp_path):
    records = Records(tmp_path, RecordSettings(keep_days=2))
    old, new = records.keep({"status": "answered"}), records.keep({"status": "answered"})
    long_ago = (dt.datetime.now(dt.UTC) - dt.timedelta(days=3)).isoformat(timespec="seconds")
    with sqlite3.connect(tmp_path / FILE) as db:
        db.execute("UPDATE answers SET made = ? WHERE id = ?", (long_ago, old))
    with pytest.raises(AssistantError, match=f"There is no record of an answer '{old}' here; they are kept for 2 days"):
        records.get(old)
    records.keep({"status": "answered"})
    with sqlite3.connect(tmp_path / FILE) as db:
        assert {id_ for (id_,) in db.execute("SELECT id FROM answers")} >= {new}
        assert not db.execute("SELECT 1 FROM answers WHERE id = ?", (old,)).fetchall()


def test_no_days_keep_nothing_and_forget_what_there_was(tmp_path):
    Records(tmp_path, RecordSettings()).keep({"status": "answered"})
    none = Records(tmp_path, RecordSettings(keep_days=0))
    assert none.keep({"status": "answered"}) is None
    with sqlite3.connect(tmp_path / FILE) as db:
        assert db.execute("SELECT count(*) FROM answers").fetchone() == (0,)
    with pytest.raises(AssistantError, match=r"none are kept \(keep_days = 0\)"):
        none.get("abc")


def test_a_broken_file_costs_the_record_and_not_the_answer(tmp_path, caplog):
    (tmp_path / FILE).write_bytes(b"no database at all, but long enough to be taken for one" * 20)
    records = Records(tmp_path, RecordSettings())
    assert records.keep({"status": "answered"}) is None
    assert records.keep({"status": "answered"}) is None
    assert caplog.text.count("Answers are given all the same, without a record.") == 1
    with pytest.raises(AssistantError, match=r"The record of answers .* cannot be used"):
        records.get("abc")
