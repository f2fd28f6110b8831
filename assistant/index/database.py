"""The SQLite file under the ledger: schema, short transactions, and a number that grows with every change."""

from __future__ import annotations

import sqlite3
import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assistant.errors import InstallationBusy, InstallationError

SCHEMA_VERSION = 3
_WAIT_SECONDS = 10

# Derived indexes are not in here, but what they owe the ledger is: `outbox` names the chunks that a leg has yet to take
# in or to drop. It is filled in the transaction that changes the chunks, and emptied after the leg has committed.
_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    policy TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL UNIQUE,
    path TEXT NOT NULL,
    line INTEGER,
    digest TEXT NOT NULL,
    built TEXT NOT NULL,
    title_key TEXT,
    number_key TEXT,
    title_en TEXT,
    record TEXT NOT NULL,
    provisions INTEGER NOT NULL,
    chunks INTEGER NOT NULL,
    owner TEXT,
    reach TEXT NOT NULL DEFAULT 'everybody'
);
CREATE INDEX documents_number ON documents (number_key);
CREATE INDEX documents_title ON documents (title_key);
CREATE TABLE provisions (
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    address TEXT NOT NULL UNIQUE,
    level TEXT NOT NULL,
    locator TEXT NOT NULL,
    text TEXT NOT NULL,
    text_en TEXT,
    trail TEXT,
    page INTEGER,
    rest TEXT,
    PRIMARY KEY (document, ordinal)
) WITHOUT ROWID;
CREATE TABLE chunks (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    addresses TEXT NOT NULL,
    context TEXT NOT NULL,
    text TEXT NOT NULL,
    text_en TEXT,
    role TEXT NOT NULL,
    language TEXT NOT NULL,
    tokens INTEGER NOT NULL,
    key BLOB NOT NULL
);
CREATE INDEX chunks_document ON chunks (document, ordinal);
CREATE INDEX chunks_key ON chunks (key);
CREATE TABLE vectors (model TEXT NOT NULL, key BLOB NOT NULL, vector BLOB NOT NULL, UNIQUE (model, key));
CREATE TABLE outbox (leg TEXT NOT NULL, chunk INTEGER NOT NULL, PRIMARY KEY (leg, chunk)) WITHOUT ROWID;
CREATE TABLE collections (path TEXT PRIMARY KEY, digest TEXT NOT NULL, built TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE runs (id INTEGER PRIMARY KEY, started TEXT NOT NULL, finished TEXT, summary TEXT);
CREATE TABLE failures (path TEXT NOT NULL, line INTEGER, source TEXT NOT NULL, reason TEXT NOT NULL, run INTEGER);
CREATE INDEX failures_path ON failures (path);
"""
# How a file of an older format becomes one of the next; all that it holds stays.
_UPGRADES = {
    2: ("ALTER TABLE documents ADD COLUMN owner TEXT",
        "ALTER TABLE documents ADD COLUMN reach TEXT NOT NULL DEFAULT 'everybody'"),
}  # fmt: skip


Row = tuple[Any, ...]


class Database:
    """One connection for readers of this process and one for its writer; every statement is safe from any thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._reader_lock, self._writer_lock = threading.RLock(), threading.RLock()
        self._depth = 0
        self._changed = False
        with self._translated():
            self._writer = self._connect()
            self._create()
            self._reader = self._connect()

    def close(self) -> None:
        """Close both connections."""
        with self._reader_lock, self._writer_lock:
            self._reader.close()
            self._writer.close()

    def read(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Return all rows of a query, as of the last commit."""
        with self._reader_lock, self._translated():
            return self._reader.execute(sql, parameters).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection whose changes are committed together at the end, or not at all; nested calls join."""
        with self._writer_lock, self._translated():
            if self._depth == 0:
                self._writer.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield self._writer
                if self._depth == 1:
                    self._writer.execute("UPDATE meta SET value = value + 1 WHERE name = 'generation'")
                    self._writer.execute("COMMIT")
            except BaseException:
                if self._depth == 1 and self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                raise
            finally:
                self._depth -= 1

    def generation(self) -> int:
        """Return a number that grows with every committed change, by this process or another."""
        return int(self.read("SELECT value FROM meta WHERE name = 'generation'")[0][0])

    def note(self, name: str) -> str | None:
        """Return a remembered fact about the installation."""
        rows = self.read("SELECT value FROM meta WHERE name = ?", (name,))
        return str(rows[0][0]) if rows else None

    def remember(self, name: str, value: str) -> None:
        """Keep a fact about the installation."""
        with self.transaction() as db:
            db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def problems(self) -> list[str]:
        """Return what SQLite finds wrong with the file; empty when it is sound."""
        try:
            found = [str(row[0]) for row in self.read("PRAGMA integrity_check(20)")]
            broken = self.read("PRAGMA foreign_key_check")
        except InstallationError as error:
            return [str(error)]
        return [line for line in found if line != "ok"] + [f"{row[0]}: row without its document" for row in broken]

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False)
        # NORMAL may lose the last commits when the power fails, never when the process dies; each derived index is
        # compared by content, so that it can be ahead of the ledger without harm.
        connection.executescript(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;"
            "PRAGMA cache_size = -32000"
        )
        return connection

    def _create(self) -> None:
        version = self._writer.execute("PRAGMA user_version").fetchone()[0]
        if version == 0:
            self._writer.execute("BEGIN IMMEDIATE")
            if self._writer.execute("PRAGMA user_version").fetchone()[0] == 0:  # no other process was faster
                for statement in _SCHEMA.split(";\n"):
                    self._writer.execute(statement)
                facts = {"generation": "0", "installation": uuid.uuid4().hex}
                self._writer.executemany("INSERT INTO meta VALUES (?, ?)", facts.items())
                self._writer.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            self._writer.execute("COMMIT")
        elif version in _UPGRADES:
            self._upgrade()
        elif version != SCHEMA_VERSION:
            raise InstallationError(
                f"{self.path} has format {version}, and this program knows format {SCHEMA_VERSION}. "
                "Use the program version that wrote it, or ingest the documents into a new folder."
            )

    def _upgrade(self) -> None:
        self._writer.execute("BEGIN IMMEDIATE")
        while steps := _UPGRADES.get(version := self._writer.execute("PRAGMA user_version").fetchone()[0]):
            for statement in steps:
                self._writer.execute(statement)
            self._writer.execute(f"PRAGMA user_version = {version + 1}")
        self._writer.execute("COMMIT")

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn SQLite's errors into ours."""
        try:
            yield
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise InstallationBusy(f"{self.path} is in use by another program. Try again in a moment.") from error
            raise InstallationError(
                f"{self.path} cannot be used ({error}). Check that the folder exists, is writable and has free space."
            ) from error
        except sqlite3.IntegrityError:
            raise
        except sqlite3.DatabaseError as error:
            raise InstallationError(
                f"{self.path} is damaged ({error}). It is the one file that cannot be rebuilt: restore it from a "
                "backup, or move the folder away and ingest the documents again."
            ) from error
