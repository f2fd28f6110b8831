"""What the ledger keeps of a document, and how its values become rows and rows become values again."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from assistant.index.database import Row
from assistant.models import (
    Box,
    Chunk,
    Evidence,
    Kind,
    Level,
    Metadata,
    Policy,
    Provision,
    Quantity,
    Relation,
    Role,
    Tier,
    Wording,
)

_BOX_UNITS = 10_000  # of a page's width or height
_METADATA = tuple(field.name for field in fields(Metadata))


class Reach(StrEnum):
    """For whom a document exists."""

    WAITING = "waiting"  # for nobody: its owner has yet to confirm what was found of it
    OWNER = "owner"
    EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document came from and what turned it into provisions and chunks."""

    path: str  # absolute path of the file, or of the collection that holds it
    digest: str  # of the bytes it was read from
    built: str  # versions of reader, structure and chunker
    line: int | None = None  # its line in a collection
    owner: str | None = None  # who put it there; None: whoever keeps the installation
    reach: Reach = Reach.EVERYBODY  # of a new document; what is known of an older version stays


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger's table of contents."""

    source: str
    policy_id: str
    origin: Origin
    provisions: int
    chunks: int


@dataclass(frozen=True, slots=True)
class Run:
    """One ingest as the ledger remembers it; without an end it was broken off, or is still going on."""

    started: str  # ISO, with its time zone
    finished: str | None
    summary: str | None  # as `Report.summary` told it


@dataclass(frozen=True, slots=True)
class Failure:
    """A file, or one document of a collection, that could not be read when it was last tried."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class StoredChunk:
    """A chunk as it is indexed, with the policy it belongs to (without that policy's provisions)."""

    id: int
    policy: Policy
    ordinal: int
    addresses: tuple[str, ...]
    context: str
    text: str
    text_en: str | None  # of a bilingual digest
    tokens: int
    key: bytes  # of its vectors
    role: Role

    @property
    def indexed(self) -> str:
        """The text that is embedded."""
        return indexed(self.context, self.text)


@dataclass(frozen=True, slots=True)
class ChunkRow:
    """One chunk on its way into the ledger."""

    id: int
    chunk: Chunk
    text_en: str | None
    key: bytes  # of its vector: the same text has the same vector wherever it stands


def digest(*parts: str | bytes, size: int = 16) -> bytes:
    """Return a short hash of some texts; where one part ends and the next begins makes a difference."""
    state = hashlib.blake2b(digest_size=size)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        state.update(len(data).to_bytes(8, "little"))
        state.update(data)
    return state.digest()


def indexed(context: str, text: str) -> str:
    """Return the text that is embedded for a chunk of this context and text."""
    return f"{context}\n{text}" if context else text


def chunk_rows(policy: Policy, chunks: Sequence[Chunk]) -> list[ChunkRow]:
    """Return the chunks with their ids, which follow from policy and content: an id never stands for another text.

    A derived index that holds an id is therefore right about it, whatever happened in between.
    """
    english = {p.address: p.text_en for p in policy.provisions if p.text_en}
    seen: dict[bytes, int] = {}
    rows = []
    for chunk in chunks:
        text_en = "\n".join(english[address] for address in chunk.addresses if address in english) or None
        parts = (policy.id, *chunk.addresses, chunk.role, chunk.context, chunk.text, text_en)
        content = digest(*(part or "" for part in parts))
        nth = seen[content] = seen.get(content, 0) + 1
        id_ = int.from_bytes(digest(content, str(nth), size=8), "big") >> 1  # SQLite's integers have a sign
        rows.append(ChunkRow(id_, chunk, text_en, digest(chunk.indexed)))
    return rows


def pack_policy(policy: Policy) -> str:
    """Return everything of a policy but id, source and provisions as JSON."""
    return _json(
        {
            "wording": policy.wording,
            "metadata": _filled({name: getattr(policy.metadata, name) for name in _METADATA}),
            "status": policy.status,
            "validity_note": policy.validity_note,
            "relations": [[r.kind, r.target] for r in policy.relations],
            "findings": policy.findings,
            "evidence": [[e.field, e.value, e.quote, e.address] for e in policy.evidence],
            "begun": policy.begun,
            "ending": policy.ending,
        }
    )


def unpack_policy(id_: str, source: str, record: str) -> Policy:
    """Return the policy of a row, without its provisions."""
    stored = json.loads(record)
    return Policy(
        id=id_,
        source=source,
        wording=Wording(stored["wording"]),
        metadata=_metadata(stored["metadata"]),
        provisions=(),
        status=stored["status"],
        validity_note=stored["validity_note"],
        relations=tuple(Relation(kind, target) for kind, target in stored["relations"]),
        findings=tuple(stored["findings"]),
        evidence=tuple(Evidence(*entry) for entry in stored.get("evidence", ())),
        begun=_days(stored.get("begun")),
        ending=_days(stored.get("ending")),
    )


def pack_provision(provision: Provision) -> Row:
    """Return (address, level, locator, text, text_en, trail, page, rest); what most provisions lack is in `rest`."""
    rest = _filled(
        {
            "kinds": provision.kinds,
            "audiences": provision.audiences,
            "quantities": [[q.name, q.value, q.unit, q.op] for q in provision.quantities],
            "asks": provision.asks,
            "basis": provision.basis,
            "note": provision.note,
            "effective": provision.effective,
            "expires": provision.expires,
            "boxes": [_pack_box(box) for box in provision.boxes],
        }
    )
    return (
        provision.address,
        provision.level.value,
        provision.locator,
        provision.text,
        provision.text_en,
        _json(provision.trail) if provision.trail else None,
        provision.page,
        _json(rest) if rest else None,
    )


def unpack_provision(row: Row) -> Provision:
    """Return the provision of such a row."""
    address, level, locator, text, text_en, trail, page, rest = row
    more = json.loads(rest) if rest else {}
    return Provision(
        address=address,
        level=Level(level),
        locator=locator,
        text=text,
        trail=tuple(json.loads(trail)) if trail else (),
        page=page,
        text_en=text_en,
        kinds=tuple(Kind(kind) for kind in more.get("kinds", ())),
        audiences=tuple(more.get("audiences", ())),
        quantities=tuple(Quantity(*quantity) for quantity in more.get("quantities", ())),
        asks=tuple(more.get("asks", ())),
        basis=more.get("basis"),
        note=more.get("note"),
        effective=_day(more.get("effective")),
        expires=_day(more.get("expires")),
        boxes=tuple(_unpack_box(*numbers) for numbers in more.get("boxes", ())),
    )


def pack_addresses(addresses: Iterable[str]) -> str:
    """Return addresses as one text; a line break cannot stand in an address."""
    return "\n".join(addresses)


def unpack_addresses(packed: str) -> tuple[str, ...]:
    """Return the addresses of such a text."""
    return tuple(packed.split("\n")) if packed else ()


def _metadata(stored: Mapping[str, Any]) -> Metadata:
    values = dict(stored)
    values["issuers"] = tuple(values.get("issuers", ()))
    for name in ("issued", "effective", "expires", "repealed"):
        values[name] = _day(values.get(name))
    if "tier" in values:
        values["tier"] = Tier(values["tier"])
    return Metadata(**values)


def _pack_box(box: Box) -> list[int]:
    """Return a place in ten-thousandths of the page, which is as fine as readers measure, and how surely it was read."""
    shares = (box.x0, box.y0, box.x1, box.y1, *(() if box.confidence is None else (box.confidence,)))
    return [box.page, *(round(share * _BOX_UNITS) for share in shares)]


def _unpack_box(page: int, *units: int) -> Box:
    return Box(page, *(unit / _BOX_UNITS for unit in units))


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, (), [])}


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _days(pair: list[str] | None) -> tuple[dt.date, dt.date] | None:
    return (dt.date.fromisoformat(pair[0]), dt.date.fromisoformat(pair[1])) if pair else None


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain, separators=(",", ":"))


def _plain(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be stored")
