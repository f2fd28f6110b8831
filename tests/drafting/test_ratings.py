"""What a reader thought of an answer: one rating for each, without the reader's words unless they are wanted."""

from __future__ import annotations

import datetime as dt
import sqlite3

import pytest

from assistant.config import RecordSettings
from assistant.errors import AssistantError
from assistant.records import FILE, Complaint, Records

OWN_WORDS = "我是王芳，我们厂不是这样"


@pytest.fixture
def records(tmp_path):
    return Records(tmp_path, RecordSettings(keep_days=2))


def test_an_answer_is_rated_once_and_the_last_rating_counts(records):
    id_ = records.keep({"status": "answered"})
    assert "rating" not in records.get(id_)
    records.rate(id_, False, Complaint.OUTDATED)
    assert records.get(id_)["rating"] == {"good": False, "reason": "outdated"}
    records.rate(id_.upper(), True)
    assert records.get(id_)["rating"] == {"good": True, "reason": None}


def test_all_records_are_read_oldest_first_with_their_ratings(records, tmp_path):
    assert Records(tmp_path / "none", RecordSettings()).all() == ()
    ids = [records.keep({"status": status}) for status in ("answered", "not_found", "partial")]
    days = ("2126-01-03", "2126-01-01", "2126-01-02")
    with sqlite3.connect(tmp_path / FILE) as db:
        db.executemany("UPDATE answers SET made = ? WHERE id = ?", zip(days, ids, strict=True))
    records.rate(ids[1], True)
    assert [r["status"] for r in records.all()] == ["not_found", "partial", "answered"]
    assert [r.get("rating") for r in records.all()] == [{"good": True, "reason": None}, None, None]


def test_words_of_the_reader_are_kept_as_other_unless_words_are_wanted(records, tmp_path):
    id_ = records.keep({"status": "answered"})
    records.rate(id_, False, OWN_WORDS)
    assert records.get(id_)["rating"]["reason"] == "other"
    assert "王芳".encode() not in (tmp_path / FILE).read_bytes()
    wordy = Records(tmp_path, RecordSettings(keep_days=2, words=True))
    wordy.rate(id_, False, f" {OWN_WORDS} ")
    assert wordy.get(id_)["rating"]["reason"] == OWN_WORDS


def test_an_answer_that_is_not_kept_cannot_be_rated(records, tmp_path):
    told = r"There is no record of an answer 'nosuch' here; they are kept for 2 days\. `ask --json` prints each id\."
    with pytest.raises(AssistantError, match=told):
        records.rate("nosuch", True)
    records.keep({"status": "answered"})
    with pytest.raises(AssistantError, match=told):
        records.rate("nosuch", True)
    with pytest.raises(AssistantError, match=r"none are kept \(keep_days = 0\)"):
        Records(tmp_path, RecordSettings(keep_days=0)).rate("nosuch", True)


def test_a_reason_has_an_end(records):
    id_ = records.keep({"status": "answered"})
    with pytest.raises(AssistantError, match=r"The reason has 501 characters; at most 500 are kept"):
        records.rate(id_, False, "长" * 501)
    assert "rating" not in records.get(id_)


def test_a_rating_is_forgotten_with_its_answer(records, tmp_path):
    id_ = records.keep({"status": "answered"})
    records.rate(id_, False, "wrong")
    long_ago = (dt.datetime.now(dt.UTC) - dt.timedelta(days=3)).isoformat(timespec="seconds")
    with sqlite3.connect(tmp_path / FILE) as db:
        db.execute("UPDATE answers SET made = ?", (long_ago,))
    with pytest.raises(AssistantError, match="There is no record"):
        records.rate(id_, True)
    records.keep({"status": "answered"})
    with sqlite3.connect(tmp_path / FILE) as db:
        assert db.execute("SELECT count(*) FROM ratings").fetchone() == (0,)


def test_a_rating_through_the_installation_stands_in_the_record(small_home, tmp_path):
    import shutil

    from assistant import Assistant

    with Assistant.open(shutil.copytree(small_home, tmp_path / "home")) as assistant:
        answer = assistant.ask("申请要什么条件？")
        assistant.rate(answer.record, False, "incomplete")
        assert assistant.answer_record(answer.record)["rating"] == {"good": False, "reason": "incomplete"}
