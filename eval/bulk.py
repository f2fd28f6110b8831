"""An installation made large: clauses mixed from those it holds, with vectors that are cheap to have."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import numpy as np

from assistant import Assistant
from assistant.engine import TokenStore
from assistant.index import Index, backlog
from assistant.models import Role
from assistant.pipeline import ingest
from assistant.text.numerals import chinese

ARTICLES = 25  # in one document
NOISE = 0.02  # added to each of a vector's 384 numbers, whose own deviation is about 0.05
AT_ONCE = 500
_NUMBER = re.compile(r"\d+|[二三四五六七八九]+(?=[年日月十])")
_MARK = re.compile(r"^第[^条]{1,8}条\s*")


def inflate(assistant: Assistant, clauses: int, scratch: Path) -> int:
    """Bring an installation to about so many clauses, and return how many it then has.

    The documents are ingested like any other. Only their vectors are not computed: each takes those of a clause that
    is there, with noise, which costs a search as much as real ones do. So the answers here are worth nothing.
    """
    index, settings = assistant._index, assistant._settings
    model = index.model
    if model is None or index._encoder is None or clauses <= index.size:
        return index.size
    draw = random.Random(0)
    texts = [
        c.text for p in index.policies() for c in index.chunks_of(p.id) if c.role is Role.TEXT and len(c.text) > 60
    ]
    path = scratch / "bulk.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for number in range((clauses - index.size) // ARTICLES + 1):
            articles = [f"第{chinese(n)}条　{_varied(draw.choice(texts), draw)}" for n in range(1, ARTICLES + 1)]
            document = {"id": f"bulk-{number}", "title": f"第{number}号综合管理办法", "text": "\n".join(articles)}
            out.write(json.dumps(document, ensure_ascii=False) + "\n")
    donors = sorted(backlog.keys(index.ledger.database))
    with Index.open(index.home, settings=settings) as bare:
        ingest([path], bare, settings)
        _give_vectors(bare, model, donors)
        bare.shelf.publish(model)
    return index.size


def _varied(text: str, draw: random.Random) -> str:
    """The words of a clause with other numbers, on one line."""
    varied = _NUMBER.sub(
        lambda found: str(draw.randint(2, 99)) if found[0].isdigit() else chinese(draw.randint(2, 99)), text
    )
    return " ".join(_MARK.sub("", varied).split())


def _give_vectors(index: Index, model: str, donors: list[bytes]) -> None:
    database, random_ = index.ledger.database, np.random.default_rng(0)
    kept: dict[bytes, bytes] = dict(database.read("SELECT key, vector FROM vectors WHERE model = ?", (model,)))
    width = len(next(iter(kept.values()))) // 2
    store = TokenStore(index.home / "tokens", model, width)
    waiting = sorted(backlog.unembedded(database, model))
    for start in range(0, len(waiting), AT_ONCE):
        keys = waiting[start : start + AT_ONCE]
        givers = [donors[(start + n) % len(donors)] for n in range(len(keys))]
        vectors = np.stack([np.frombuffer(kept[giver], np.float16).astype(np.float32) for giver in givers])
        vectors += random_.normal(0, NOISE, vectors.shape).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        tokens = store.get(giver.hex() for giver in givers)
        store.add(
            (key.hex(), tokens[giver.hex()]) for key, giver in zip(keys, givers, strict=True) if giver.hex() in tokens
        )
        backlog.keep_vectors(database, model, keys, vectors)
