"""The vectors that a corpus ships: made by its maintainers, so that no user need wait for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant import chunks, corpus
from assistant.config import Settings
from assistant.errors import CorpusError
from assistant.index import shipped
from assistant.index.embedding import model_id, unit
from assistant.index.records import digest
from assistant.text import count_tokens

if TYPE_CHECKING:  # its import takes a quarter of a second
    from langchain_core.embeddings import Embeddings

_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Shipment:
    """What a file of vectors holds now."""

    path: Path
    texts: int
    made: int  # the others were in the file already
    dropped: int  # of texts that are no longer in the corpus


def wanted(directory: Path) -> dict[bytes, str]:
    """Return every text of a corpus that is embedded, by the key of its vector, cut as the default settings cut it."""
    sizes = Settings().chunks
    made = (
        chunk
        for policy in corpus.load(directory)
        for chunk in chunks.chunk(policy, floor=sizes.floor, ceiling=sizes.ceiling, count=count_tokens)
    )
    return {digest(chunk.indexed): chunk.indexed for chunk in made}


def ship_vectors(
    directory: Path, embedder: Embeddings, *, progress: Callable[[int, int], None] | None = None
) -> Shipment:
    """Bring the file of vectors up to the corpus beside it; only texts that are new or changed are embedded."""
    path, model, texts = directory / shipped.FILE, model_id(embedder), wanted(directory)
    try:
        before = shipped.read(path, model)
    except CorpusError:  # none yet, or damaged: all are made
        before = {}
    vectors = {key: before[key] for key in texts if key in before}
    lacking = [key for key in texts if key not in before]
    for start in range(0, len(lacking), _AT_ONCE):
        keys = lacking[start : start + _AT_ONCE]
        made = embedder.embed_documents([texts[key] for key in keys])
        vectors |= zip(keys, unit(np.asarray(made, dtype=np.float32)), strict=True)
        if progress:
            progress(start + len(keys), len(lacking))
    shipped.write(path, model, vectors)
    return Shipment(path, len(texts), len(lacking), len(before.keys() - texts.keys()))
