"""What the derived indexes owe the ledger, and the vectors that were paid for once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.index.database import Database, Row
from assistant.index.records import indexed

Floats = NDArray[np.float32]

BATCH = 5_000  # rows of one portion; Chroma takes 5,461 at a time


@dataclass(frozen=True, slots=True)
class WordsDue:
    """A portion of work for the word index: chunks as (id, policy, head, body), and ids to drop."""

    present: list[tuple[int, str, str, str]]
    absent: list[int]

    @property
    def ids(self) -> list[int]:
        """All chunks of this portion."""
        return [*(chunk[0] for chunk in self.present), *self.absent]


@dataclass(frozen=True, slots=True)
class VectorsDue:
    """A portion of work for the vector index: ids with policies, languages and vectors, and ids to drop."""

    ids: list[int]
    policies: list[str]
    languages: list[str]
    vectors: Floats
    absent: list[int]


def words_due(database: Database, everything: bool = False) -> Iterator[WordsDue]:
    """Yield what the word index has not taken in or dropped yet, or all chunks there are."""
    columns = "c.id, d.policy, c.context, c.text"
    for rows in _due(database, "words", columns, "", (), everything):
        present = [(id_, policy, context, text) for _, id_, policy, context, text in rows if id_ is not None]
        yield WordsDue(present, [row[0] for row in rows if row[1] is None])


def vectors_due(database: Database, model: str, everything: bool = False) -> Iterator[VectorsDue]:
    """Yield what the vector index has not taken in or dropped yet; a chunk whose vector is still to be made waits."""
    join = "LEFT JOIN vectors v ON v.model = ? AND v.key = c.key"
    for rows in _due(database, "vectors", "c.id, d.policy, c.language, v.vector", join, (model,), everything):
        present = [row for row in rows if row[1] is not None and row[4] is not None]
        yield VectorsDue(
            ids=[row[1] for row in present],
            policies=[row[2] for row in present],
            languages=[row[3] for row in present],
            vectors=_unpack([row[4] for row in present]),
            absent=[row[0] for row in rows if row[1] is None],
        )


def owed(database: Database, leg: str) -> int:
    """Return how many chunks a leg has yet to take in or drop."""
    return int(database.read("SELECT COUNT(*) FROM outbox WHERE leg = ?", (leg,))[0][0])


def settle(database: Database, leg: str, ids: Iterable[int]) -> None:
    """Strike out work that a leg has committed."""
    with database.transaction() as db:
        db.executemany("DELETE FROM outbox WHERE leg = ? AND chunk = ?", [(leg, id_) for id_ in ids])


def settle_gone(database: Database, leg: str) -> None:
    """Strike out chunks that are to be dropped: a leg built anew never held them."""
    with database.transaction() as db:
        db.execute("DELETE FROM outbox WHERE leg = ? AND chunk NOT IN (SELECT id FROM chunks)", (leg,))


def deliverable(database: Database, model: str) -> bool:
    """Return whether the vector index could take in or drop a chunk now."""
    rows = database.read(
        "SELECT 1 FROM outbox o LEFT JOIN chunks c ON c.id = o.chunk"
        " LEFT JOIN vectors v ON v.model = ? AND v.key = c.key"
        " WHERE o.leg = 'vectors' AND (c.id IS NULL OR v.key IS NOT NULL) LIMIT 1",
        (model,),
    )
    return bool(rows)


def settle_vectors(database: Database, model: str) -> None:
    """Strike out all work of the vector index but that which waits for a vector of this model."""
    with database.transaction() as db:
        db.execute("DELETE FROM outbox WHERE leg = 'vectors'")
        db.execute(
            "INSERT INTO outbox SELECT 'vectors', c.id FROM chunks c"
            " LEFT JOIN vectors v ON v.model = ? AND v.key = c.key WHERE v.key IS NULL",
            (model,),
        )


def unembedded(database: Database, model: str) -> set[bytes]:
    """Return the keys of all texts without a vector of this model."""
    rows = database.read(
        "SELECT DISTINCT c.key FROM chunks c LEFT JOIN vectors v ON v.model = ? AND v.key = c.key WHERE v.key IS NULL",
        (model,),
    )
    return {row[0] for row in rows}


def keys(database: Database) -> set[bytes]:
    """Return the keys of all texts."""
    return {row[0] for row in database.read("SELECT DISTINCT key FROM chunks")}


def texts(database: Database, wanted: set[bytes]) -> list[tuple[bytes, str]]:
    """Return (key, text) of the wanted keys, the short texts first, so that those made together are alike in length."""
    if not wanted:
        return []
    rows = database.read("SELECT key, context, text FROM chunks GROUP BY key ORDER BY MAX(tokens), key")
    return [(key, indexed(context, text)) for key, context, text in rows if key in wanted]


def keep_vectors(database: Database, model: str, keys: Iterable[bytes], vectors: Floats) -> None:
    """Remember vectors; half precision changes a cosine by less than 0.001."""
    with database.transaction() as db:
        db.executemany(
            "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
            [(model, key, half.tobytes()) for key, half in zip(keys, vectors.astype(np.float16), strict=True)],
        )


def forget_unused_vectors(database: Database) -> int:
    """Drop the vectors of texts that are in no document any more; return how many there were."""
    unused = "FROM vectors WHERE NOT EXISTS (SELECT 1 FROM chunks c WHERE c.key = vectors.key)"
    if not database.read(f"SELECT 1 {unused} LIMIT 1"):
        return 0
    with database.transaction() as db:
        return db.execute(f"DELETE {unused}").rowcount


def embedded_ids(database: Database, model: str) -> set[int]:
    """Return the chunks that have a vector of this model."""
    return {
        row[0]
        for row in database.read("SELECT c.id FROM chunks c JOIN vectors v ON v.model = ? AND v.key = c.key", (model,))
    }


def _due(
    database: Database, leg: str, columns: str, join: str, parameters: tuple[str, ...], everything: bool
) -> Iterator[list[Row]]:
    """Yield rows (chunk id, *columns) in portions; the columns are NULL where the chunk is gone."""
    listed = "SELECT id AS chunk FROM chunks" if everything else f"SELECT chunk FROM outbox WHERE leg = '{leg}'"
    last = -1
    while True:
        rows = database.read(
            f"SELECT o.chunk, {columns}"
            f" FROM (SELECT chunk FROM ({listed}) WHERE chunk > ? ORDER BY chunk LIMIT {BATCH}) o"
            f" LEFT JOIN chunks c ON c.id = o.chunk LEFT JOIN documents d ON d.id = c.document {join} ORDER BY o.chunk",
            (last, *parameters),
        )
        if not rows:
            return
        last = rows[-1][0]
        yield rows


def _unpack(vectors: list[bytes]) -> Floats:
    if not vectors:
        return np.empty((0, 0), dtype=np.float32)
    return np.frombuffer(b"".join(vectors), dtype=np.float16).reshape(len(vectors), -1).astype(np.float32)
