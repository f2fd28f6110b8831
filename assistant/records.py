"""The record of answers: one SQLite file in the home folder, apart from the ledger, that forgets by itself.

What was asked and what a model wrote may be about people and is only kept where the setting says so.
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
"""
# Fields of a record that hold words of the person who asked, or of a model that was given them.
_WORDS = frozenset({"question", "history", "understood", "raw", "text"})

Record = dict[str, Any]


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
                self._tried(lambda db: db.execute("DELETE FROM answers"))
            return None
        id_ = uuid.uuid4().hex[:12]
        made = _now()
        kept = dict(record) if self._settings.words else without_words(record)
        line = json.dumps({"id": id_, "made": made, **kept}, ensure_ascii=False, default=str)

        def write(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM answers WHERE made < ?", (self._oldest(),))
            db.execute("INSERT INTO answers VALUES (?, ?, ?)", (id_, made, line))

        return id_ if self._tried(write) else None

    def get(self, id_: str) -> Record:
        """Return the record of an answer; raises AssistantError for one that is not kept."""
        found = None
        if self._path.exists():
            with self._open() as db:
                rows = db.execute(
                    "SELECT record FROM answers WHERE id = ? AND made >= ?", (id_.strip().lower(), self._oldest())
                ).fetchall()
            found = rows[0][0] if rows else None
        if found is None:
            kept = self._settings.keep_days
            what = f"they are kept for {kept} days" if kept else "none are kept (keep_days = 0)"
            raise AssistantError(f"There is no record of an answer '{id_}' here; {what}. `ask --json` prints each id.")
        record: Record = json.loads(found)
        return record

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


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
