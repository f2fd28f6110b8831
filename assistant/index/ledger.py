"""The truth of an installation: documents, provisions and chunks, and what was ingested when."""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.errors import InstallationError
from assistant.index.database import Database, Row
from assistant.index.records import (
    Entry,
    Failure,
    Origin,
    Reach,
    Run,
    StoredChunk,
    chunk_rows,
    pack_addresses,
    pack_policy,
    pack_provision,
    unpack_addresses,
    unpack_policy,
    unpack_provision,
)
from assistant.models import Chunk, Policy, Provision, Role
from assistant.text import language, normalise

LEGS = ("words", "vectors")
AT_ONCE = 900  # values in one statement; SQLite allows at least 999

_PROVISION = "address, level, locator, text, text_en, trail, page, rest"
_CHUNK = "c.id, d.policy, c.ordinal, c.addresses, c.context, c.text, c.text_en, c.tokens, c.key, c.role"
_BRACKETS = re.compile(r"[\[\](){}<>〔〕【】〈〉]")
_NOT_TITLE = re.compile(r"[\s《》<>\"'“”·]|^中华人民共和国")


class Ledger:
    """What is known of every document; a change is one transaction and is remembered as work for the derived legs."""

    def __init__(self, path: Path) -> None:
        self.database = Database(path)

    def put(self, policy: Policy, chunks: Sequence[Chunk], origin: Origin) -> None:
        """Store a document in place of what its source held before; unchanged chunks cost the derived legs nothing."""
        rows = chunk_rows(policy, chunks)
        with self.database.transaction() as db:
            before = _chunk_ids(db, policy.source)
            known = db.execute("SELECT owner, reach FROM documents WHERE source = ?", (policy.source,)).fetchone()
            db.execute("DELETE FROM documents WHERE source = ?", (policy.source,))
            try:
                document = db.execute(
                    "INSERT INTO documents (policy, source, path, line, digest, built, title_key, number_key, title_en,"
                    " record, provisions, chunks, owner, reach) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        policy.id,
                        policy.source,
                        origin.path,
                        origin.line,
                        origin.digest,
                        origin.built,
                        title_key(policy.metadata.title),
                        number_key(policy.metadata.doc_number),
                        policy.metadata.title_en,
                        pack_policy(policy),
                        len(policy.provisions),
                        len(rows),
                        *_readers(origin, known),
                    ),
                ).lastrowid
                db.executemany(
                    f"INSERT INTO provisions (document, ordinal, {_PROVISION}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    ((document, n, *pack_provision(p)) for n, p in enumerate(policy.provisions)),
                )
            except sqlite3.IntegrityError as error:
                raise InstallationError(
                    f"{policy.source} was not stored: the id or an address of “{policy.id}” is already taken ({error})."
                ) from error
            db.executemany(
                "INSERT INTO chunks"
                " (id, document, ordinal, addresses, context, text, text_en, tokens, key, role, language)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    (
                        row.id,
                        document,
                        row.chunk.ordinal,
                        pack_addresses(row.chunk.addresses),
                        row.chunk.context,
                        row.chunk.text,
                        row.text_en,
                        row.chunk.tokens,
                        row.key,
                        row.chunk.role.value,
                        language(row.chunk.text),
                    )
                    for row in rows
                ),
            )
            _owe(db, before ^ {row.id for row in rows})

    def remove(self, sources: Iterable[str]) -> int:
        """Take documents out, all in one transaction; return how many there were."""
        count = 0
        with self.database.transaction() as db:
            for source in sources:
                _owe(db, _chunk_ids(db, source))
                count += db.execute("DELETE FROM documents WHERE source = ?", (source,)).rowcount
        return count

    def move(self, source: str, origin: Origin) -> None:
        """Note that an unchanged document now lies elsewhere."""
        with self.database.transaction() as db:
            db.execute(
                "UPDATE documents SET path = ?, line = ?, digest = ?, built = ? WHERE source = ?",
                (origin.path, origin.line, origin.digest, origin.built, source),
            )

    def entries(self) -> list[Entry]:
        """Return the table of contents, in the order of sources."""
        rows = self.database.read(
            "SELECT source, policy, path, digest, built, line, owner, reach, provisions, chunks"
            " FROM documents ORDER BY source"
        )
        return [_entry(row) for row in rows]

    def seen_by(self, name: str | None) -> tuple[frozenset[str], bool]:
        """Return the ids of the policies that exist for somebody (None: for everybody), and whether that is all."""
        rows = self.database.read(
            "SELECT policy, reach = 'everybody' OR (reach = 'owner' AND owner = ?) FROM documents", (name,)
        )
        seen = frozenset(policy for policy, is_seen in rows if is_seen)
        return seen, len(seen) == len(rows)

    def let(self, source: str, reach: Reach) -> None:
        """Change for whom a document exists."""
        with self.database.transaction() as db:
            db.execute("UPDATE documents SET reach = ? WHERE source = ?", (reach, source))

    def policies(self) -> list[Policy]:
        """Return every policy without its provisions, in the order of ids."""
        rows = self.database.read("SELECT policy, source, record FROM documents ORDER BY policy")
        return [unpack_policy(*row) for row in rows]

    def policy(self, id_or_source: str) -> Policy | None:
        """Return one policy with its provisions."""
        rows = self.database.read(
            "SELECT policy, source, record FROM documents WHERE policy = ?1 OR source = ?1"
            " ORDER BY policy <> ?1 LIMIT 1",
            (id_or_source,),
        )
        for row in rows:
            policy = unpack_policy(*row)
            return replace(policy, provisions=self.provisions(policy.id))
        return None

    def light_policies(self, policy_ids: Collection[str]) -> dict[str, Policy]:
        """Return some policies without their provisions."""
        rows = self._among("SELECT policy, source, record FROM documents WHERE policy IN", policy_ids)
        return {row[0]: unpack_policy(*row) for row in rows}

    def recording(self, words: str) -> list[Policy]:
        """Return the policies, without their provisions, whose metadata, findings or evidence hold these words."""
        rows = self.database.read("SELECT policy, source, record FROM documents WHERE instr(record, ?)", (words,))
        return [unpack_policy(*row) for row in rows]

    def provisions(self, policy_id: str) -> tuple[Provision, ...]:
        """Return a policy's provisions in document order."""
        return self._provisions("document = (SELECT id FROM documents WHERE policy = ?)", policy_id)

    def subtree(self, address: str) -> tuple[Provision, ...]:
        """Return the provision at an address with everything under it, in document order."""
        if "/" not in address:
            return self.provisions(address)
        below = ("/", "0")  # "0" is the character after "/": all addresses under this one lie between the two
        return self._provisions("address = ? OR (address > ? AND address < ?)", address, *(address + b for b in below))

    def chunks(self, ids: Collection[int], known: dict[str, Policy]) -> dict[int, StoredChunk]:
        """Return the chunks that (still) exist; `known` holds policies met before and takes in new ones."""
        rows = self._among(f"SELECT {_CHUNK} FROM chunks c JOIN documents d ON d.id = c.document WHERE c.id IN", ids)
        known.update(self.light_policies({row[1] for row in rows} - known.keys()))
        return {row[0]: _stored(row, known[row[1]]) for row in rows if row[1] in known}

    def chunk_ids(self, policy_id: str) -> list[int]:
        """Return the ids of a policy's chunks in document order."""
        rows = self.database.read(
            "SELECT c.id FROM chunks c JOIN documents d ON d.id = c.document WHERE d.policy = ? ORDER BY c.ordinal",
            (policy_id,),
        )
        return [row[0] for row in rows]

    def all_chunk_ids(self) -> list[int]:
        """Return the ids of all chunks."""
        return [row[0] for row in self.database.read("SELECT id FROM chunks")]

    def living(self, ids: Collection[int]) -> set[int]:
        """Return those of the ids whose chunk exists."""
        return {row[0] for row in self._among("SELECT id FROM chunks WHERE id IN", ids)}

    def sizes(self) -> tuple[int, int, int]:
        """Return the numbers of documents, provisions and chunks."""
        row = self.database.read("SELECT COUNT(*), IFNULL(SUM(provisions), 0), IFNULL(SUM(chunks), 0) FROM documents")
        return row[0][0], row[0][1], row[0][2]

    def by_number(self, doc_number: str) -> list[str]:
        """Return the ids of policies with a 文号, however its brackets are written."""
        rows = self.database.read(
            "SELECT policy FROM documents WHERE number_key = ? ORDER BY policy", (number_key(doc_number),)
        )
        return [row[0] for row in rows]

    def by_title(self, title: str, among: Collection[str] | None = None) -> list[str]:
        """Return the ids of policies whose title is, or else contains, the given one; the shortest title first.

        `among` says which are looked at: one that is left out must not hide those that contain the title.
        """
        key = title_key(title)
        if not key:
            return []
        exact = self.database.read("SELECT policy FROM documents WHERE title_key = ? ORDER BY policy", (key,))
        if found := [row[0] for row in exact if among is None or row[0] in among]:
            return found
        rows = self.database.read(
            "SELECT policy FROM documents WHERE instr(title_key, ?) ORDER BY length(title_key), policy", (key,)
        )
        return [row[0] for row in rows if among is None or row[0] in among]

    def collection(self, path: str) -> tuple[str, str] | None:
        """Return digest and build of a file of many documents, as it was when it was last read to its end."""
        rows = self.database.read("SELECT digest, built FROM collections WHERE path = ?", (path,))
        return (rows[0][0], rows[0][1]) if rows else None

    def remember_collection(self, path: str, digest: str | None, built: str) -> None:
        """Note that a file of many documents was read to its end; without digest, that it is gone."""
        with self.database.transaction() as db:
            db.execute("DELETE FROM collections WHERE path = ?", (path,))
            if digest:
                db.execute("INSERT INTO collections VALUES (?, ?, ?)", (path, digest, built))

    def failures(self, path: str) -> list[tuple[str, str]]:
        """Return (source, reason) of what could not be read in a file, as of its last run."""
        rows = self.database.read("SELECT source, reason FROM failures WHERE path = ? ORDER BY line, source", (path,))
        return [(row[0], row[1]) for row in rows]

    def all_failures(self) -> list[Failure]:
        """Return all that could not be read when it was last tried, in the order of files."""
        rows = self.database.read("SELECT source, reason FROM failures ORDER BY path, line, source")
        return [Failure(*row) for row in rows]

    def runs(self, most: int) -> list[Run]:
        """Return the last ingests, the latest first."""
        rows = self.database.read("SELECT started, finished, summary FROM runs ORDER BY id DESC LIMIT ?", (most,))
        return [Run(*row) for row in rows]

    def note_failures(self, path: str, failures: Iterable[tuple[int | None, str, str]]) -> None:
        """Replace what is noted of a file's failures by (line, source, reason)."""
        with self.database.transaction() as db:
            db.execute("DELETE FROM failures WHERE path = ?", (path,))
            db.executemany(
                "INSERT INTO failures (path, line, source, reason, run)"
                " VALUES (?, ?, ?, ?, (SELECT MAX(id) FROM runs))",
                ((path, *failure) for failure in failures),
            )

    def has_runs(self) -> bool:
        """Return whether an ingest ever began."""
        return bool(self.database.read("SELECT 1 FROM runs LIMIT 1"))

    def start_run(self) -> int:
        """Note that an ingest began; return its number."""
        with self.database.transaction() as db:
            return db.execute("INSERT INTO runs (started) VALUES (?)", (_now(),)).lastrowid or 0

    def finish_run(self, run: int, summary: str) -> None:
        """Note how an ingest ended."""
        with self.database.transaction() as db:
            db.execute("UPDATE runs SET finished = ?, summary = ? WHERE id = ?", (_now(), summary, run))

    def _provisions(self, where: str, *parameters: str) -> tuple[Provision, ...]:
        rows = self.database.read(
            f"SELECT {_PROVISION} FROM provisions WHERE {where} ORDER BY document, ordinal", parameters
        )
        return tuple(unpack_provision(row) for row in rows)

    def _among(self, sql: str, values: Collection[Any]) -> list[Row]:
        """Run a query that ends in IN for any number of values."""
        listed = list(values)
        rows: list[Row] = []
        for start in range(0, len(listed), AT_ONCE):
            part = listed[start : start + AT_ONCE]
            rows.extend(self.database.read(f"{sql} ({','.join('?' * len(part))})", part))
        return rows


def _readers(origin: Origin, known: Row | None) -> tuple[str | None, Reach]:
    """Return owner and reach of a document: those of the version before, unless the new one is to wait."""
    if known is None or origin.reach is Reach.WAITING:
        return origin.owner, origin.reach
    return known[0], known[1]


def _entry(row: Row) -> Entry:
    source, policy, path, digest, built, line, owner, reach, provisions, made = row
    return Entry(source, policy, Origin(path, digest, built, line, owner, Reach(reach)), provisions, made)


def _stored(row: Row, policy: Policy) -> StoredChunk:
    id_, _, ordinal, addresses, context, text, text_en, tokens, key, role = row
    return StoredChunk(
        id_, policy, ordinal, unpack_addresses(addresses), context, text, text_en, tokens, key, Role(role)
    )


def number_key(doc_number: str | None) -> str | None:
    """Return the form in which 文号 are compared: 财税〔2019〕46号, 财税[2019] 46号 and 财税（2019）第46号 are one."""
    if not doc_number:
        return None
    return re.sub(r"\s|第", "", _BRACKETS.sub("|", normalise(doc_number))) or None


def title_key(title: str | None) -> str | None:
    """Return the form in which titles are compared: without 《》, spaces and a leading 中华人民共和国."""
    return _NOT_TITLE.sub("", normalise(title).lstrip("<《 ")) or None if title else None


def _chunk_ids(db: sqlite3.Connection, source: str) -> set[int]:
    rows = db.execute("SELECT c.id FROM chunks c JOIN documents d ON d.id = c.document WHERE d.source = ?", (source,))
    return {row[0] for row in rows}


def _owe(db: sqlite3.Connection, ids: Iterable[int]) -> None:
    db.executemany("INSERT OR IGNORE INTO outbox VALUES (?, ?)", [(leg, id_) for id_ in ids for leg in LEGS])


def _now() -> str:
    return dt.datetime.now().astimezone().isoformat(timespec="seconds")
