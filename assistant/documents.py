"""From a file to a document ready to be stored: read, divided into provisions, cut into chunks.

Everything a stranger's file can do harm to happens in these functions, so they are what a worker process is asked to
do. Which id and name a document gets depends on what else is held, so it is given them afterwards.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant import chunks, readers, structure
from assistant.corpus.lay import with_lay_questions
from assistant.errors import ReadError
from assistant.models import Chunk, Policy, Source, Wording
from assistant.readers import Limits, sidecar
from assistant.readers.collection import read_line
from assistant.readers.heartbeat import beat
from assistant.readers.sidecar import NOTHING, Given
from assistant.readers.wording import counted, short
from assistant.text import count_tokens
from assistant.text.orders import orders

_UNNAMED = "document"  # stands where the id will be

RawLine = tuple[int, bytes | None]  # of a collection: its number, and its bytes unless it is too long


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large the chunks are, in tokens."""

    floor: int
    ceiling: int


@dataclass(frozen=True, slots=True)
class Document:
    """A policy with its chunks, and what its reader lost on the way."""

    policy: Policy
    chunks: tuple[Chunk, ...]
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LineRead:
    """One line of a collection: what is wrong with it, or whose it is, the hash of what it says, and its document."""

    line: int
    id: str = ""
    digest: str = ""
    document: Document | None = None  # where it was asked for
    error: ReadError | None = None


def read_file(path: Path, name: str, limits: Limits, sizes: Sizes, options: Given = NOTHING) -> Document:
    """Return the document of a file, with what its sidecar and `options` say of it.

    Raises ReadError for whatever cannot be read.
    """
    by_hand = sidecar.load(path) | options
    return prepared(sidecar.before(readers.read(path, name, limits), by_hand), sizes, by_hand)


def read_lines(lines: Sequence[RawLine], name: str, limits: Limits, sizes: Sizes, divided: bool) -> list[LineRead]:
    """Return what some lines of a collection hold, with their documents if they are to be divided as well."""
    found = []
    for line, raw in lines:
        beat()
        try:
            source = read_line(raw, f"{name} line {line}", limits)
            found.append(LineRead(line, source.name, _digest(source), prepared(source, sizes) if divided else None))
        except ReadError as error:
            found.append(LineRead(line, error=error))
    return found


def prepared(source: Source, sizes: Sizes, by_hand: Given = NOTHING) -> Document:
    """Return what was read as a document that only lacks its id."""
    parsed = sidecar.after(structure.parse(_UNNAMED, source), by_hand)
    if not parsed.provisions:
        raise ReadError("it holds no text")
    policy = Policy(
        id=_UNNAMED,
        source=source.name,
        wording=Wording.ORIGINAL,
        metadata=parsed.metadata,
        provisions=parsed.provisions,
        status=parsed.status,
        relations=parsed.relations,
        findings=(*source.findings, *parsed.findings, *_orders(source)),
        evidence=parsed.evidence,
    )
    policy = with_lay_questions(policy)
    return Document(policy, divided(policy, sizes), source.findings)


def _orders(source: Source) -> tuple[str, ...]:
    """What is told of text that speaks to a program: it is kept and quoted like the rest, and never obeyed."""
    found = [order for line in source.lines for order in orders(line.text)]
    if not found:
        return ()
    return (f"gives a program orders in {counted(len(found), 'sentence')} (“{short(found[0])}”); they stay mere text",)


def divided(policy: Policy, sizes: Sizes) -> tuple[Chunk, ...]:
    """Return the chunks of a policy; raises ReadError where two of its provisions have one address."""
    twice = [address for address, n in Counter(p.address for p in policy.provisions).items() if n > 1]
    if twice:
        raise ReadError(f"two of its clauses have the address {twice[0]}")
    return chunks.chunk(policy, floor=sizes.floor, ceiling=sizes.ceiling, count=count_tokens)


def named(document: Document, policy_id: str, source: str) -> Document:
    """Return the document with its id, which begins all its addresses, and with the name of its source."""
    old, policy = len(document.policy.id), document.policy
    provisions = tuple(replace(p, address=policy_id + p.address[old:]) for p in policy.provisions)
    made = tuple(
        replace(chunk, addresses=tuple(policy_id + address[old:] for address in chunk.addresses))
        for chunk in document.chunks
    )
    evidence = tuple(replace(e, address=policy_id + e.address[old:]) for e in policy.evidence)
    return replace(
        document,
        policy=replace(policy, id=policy_id, source=source, provisions=provisions, evidence=evidence),
        chunks=made,
    )


def _digest(source: Source) -> str:
    """Return the hash of what was read, whatever its name."""
    said = repr((source.lines, source.declared, source.findings))
    return hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
