"""The record of answers and what their readers thought of them: one SQLite file in the home folder that forgets by itself.

What was asked, what a model wrote and what a reader says of an answer may be about people and is only kept where the
setting says so.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import sqlite3
import threading
import uuid
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any

from assistant.config import RecordSettings
from assistant.errors import AssistantError, InstallationError

logger = logging.getLogger(__name__)

FILE = "answers.sqlite"
_WAIT_SECONDS = 5
_SCHEMA = """
CREATE TABLE IF NOT EXISTS answers (id TEXT PRIMARY KEY, made TEXT NOT NULL, record TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS answers_made ON answers (made);
CREATE TABLE IF NOT EXISTS ratings (id TEXT PRIMARY KEY, rated TEXT NOT NULL, good INTEGER NOT NULL, reason TEXT)
WITHOUT ROWID;
"""
LONGEST_REASON = 500  # characters
# Fields of a record that hold words of the person who asked, or of a model that was given them.
_WORDS = frozenset({"question", "history", "understood", "raw", "text", "worked", "due"})

Record = dict[str, Any]


class Complaint(StrEnum):
    """Why an answer is of no use, to choose from: says nothing of whoever says it, and is kept with every rating."""

    WRONG = "wrong"  # it says something the clauses do not say
    INCOMPLETE = "incomplete"
    OUTDATED = "outdated"
    WRONG_PLACE = "wrong_place"
    OFF_TOPIC = "off_topic"  # it answers another question
    SHOULD_ANSWER = "should_answer"  # it was refused though there is a rule
    UNCLEAR = "unclear"
    OTHER = "other"


class Records:
    """The answers given from an installation, as long as they are to be kept."""

    def __init__(self, home: Path, settings: RecordSettings) -> None:
        self._path, self._settings = home / FILE, settings
        self._lock = threading.Lock()
        self._told = False

    def keep(self, record: Mapping[str, Any]) -> str | None:
        """Keep a record and return its id, None where nothing is kept; an answer never fails for want of its record."""
        if not self._settings.keep_days:
            if self._path.exists():
                self._tried(lambda db: db.executescript("DELETE FROM answers; DELETE FROM ratings;"))
            return None
        id_ = uuid.uuid4().hex[:12]
        made = _now()
        kept = dict(record) if self._settings.words else without_words(record)
        line = json.dumps({"id": id_, "made": made, **kept}, ensure_ascii=False, default=str)

        def write(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM answers WHERE made < ?", (self._oldest(),))
            db.execute("DELETE FROM ratings WHERE id NOT IN (SELECT id FROM answers)")
            db.execute("INSERT INTO answers VALUES (?, ?, ?)", (id_, made, line))

        return id_ if self._tried(write) else None

    def get(self, id_: str, name: str | None = None) -> Record:
        """Return the record of an answer, with its `rating` where it has one; AssistantError for one that is not kept.

        One that has an owner is for nobody of another `name`.
        """
        found = None
        if self._path.exists():
            with self._open() as db:
                found = self._row(db, id_)
        if found is None:
            raise self.unknown(id_)
        record = _read(*found)
        if record.pop("owner", None) not in (None, name):
            raise self.unknown(id_)
        return record

    def all(self) -> tuple[Record, ...]:
        """Return every record that is still to be kept, oldest first, each as `get` returns it to its owner."""
        if not self._path.exists():
            return ()
        with self._open() as db:
            rows = db.execute(
                "SELECT record, good, reason FROM answers LEFT JOIN ratings USING (id) WHERE made >= ? ORDER BY made, id",
                (self._oldest(),),
            ).fetchall()
        return tuple({k: v for k, v in _read(*row).items() if k != "owner"} for row in rows)

    def rate(self, id_: str, good: bool, reason: str | None = None) -> None:
        """Keep what a reader thought of an answer, in place of what was thought of it before.

        `reason` is a Complaint, or words of the reader's own: those are kept only where words are, else as "other".
        Raises AssistantError for an answer that is not kept, and for a reason that is too long.
        """
        said = self._kept_reason((reason or "").strip())
        found = None
        if self._path.exists():
            with self._open() as db:
                found = self._row(db, id_)
                if found:
                    row = (id_.strip().lower(), _now(), int(good), said)
                    db.execute("INSERT OR REPLACE INTO ratings VALUES (?, ?, ?, ?)", row)
        if found is None:
            raise self.unknown(id_)

    def _kept_reason(self, reason: str) -> str | None:
        if len(reason) > LONGEST_REASON:
            raise AssistantError(
                f"The reason has {len(reason)} characters; at most {LONGEST_REASON} are kept. Please say it more shortly."
            )
        if not reason or self._settings.words or reason in set(Complaint):
            return reason or None
        return Complaint.OTHER.value

    def _row(self, db: sqlite3.Connection, id_: str) -> tuple[str, int | None, str | None] | None:
        """A record that is still to be kept, with its rating."""
        row: tuple[str, int | None, str | None] | None = db.execute(
            "SELECT record, good, reason FROM answers LEFT JOIN ratings USING (id) WHERE id = ? AND made >= ?",
            (id_.strip().lower(), self._oldest()),
        ).fetchone()
        return row

    def unknown(self, id_: str) -> AssistantError:
        """Return what to raise for a record that is not kept, or not for whoever asks for it."""
        kept = self._settings.keep_days
        what = f"they are kept for {kept} days" if kept else "none are kept (keep_days = 0)"
        return AssistantError(f"There is no record of an answer '{id_}' here; {what}. `ask --json` prints each id.")

    def _oldest(self) -> str:
        return (dt.datetime.now(dt.UTC) - dt.timedelta(days=self._settings.keep_days)).isoformat(timespec="seconds")

    def _tried(self, work: Any) -> bool:
        try:
            with self._open() as db:
                work(db)
        except AssistantError as error:
            if not self._told:
                logger.warning("%s Answers are given all the same, without a record.", error)
            self._told = True
            return False
        return True

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A connection of its own, as questions come from any thread; SQLite's errors are told as ours."""
        try:
            with self._lock, closing(sqlite3.connect(self._path, timeout=_WAIT_SECONDS)) as db:
                self._path.chmod(0o600)
                db.execute("PRAGMA secure_delete = ON")  # what is forgotten is gone from the file as well
                db.executescript(_SCHEMA)
                with db:
                    yield db
        except (sqlite3.Error, OSError) as error:
            raise InstallationError(
                f"The record of answers {self._path} cannot be used ({error}). Remove it or make its folder writable."
            ) from error


def without_words(value: Any) -> Any:
    """Return a record without what a person asked and what a model wrote; ids, figures and reasons stay."""
    if isinstance(value, Mapping):
        return {name: without_words(inner) for name, inner in value.items() if name not in _WORDS}
    if isinstance(value, list | tuple):
        return [without_words(inner) for inner in value]
    return value


def _read(line: str, good: int | None, reason: str | None) -> Record:
    record: Record = json.loads(line)
    return record if good is None else {**record, "rating": {"good": bool(good), "reason": reason}}


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
