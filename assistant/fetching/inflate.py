"""The body of an answer as it was before the server packed it, never more of it at a time than is asked for."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from assistant.errors import FetchError
from assistant.fetching.wire import Broken

_AT_ONCE = 1 << 20
_EITHER = 32 + zlib.MAX_WBITS  # gzip, or zlib's own frame


def inflated(blocks: Iterable[bytes], encoding: str, most: int) -> Iterator[bytes]:
    """Yield the body; stops soon after `most` bytes, for the caller to complain."""
    if encoding in ("", "identity"):
        yield from blocks
        return
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise FetchError(f"it is packed as “{encoding[:20]}”, which was not asked for")
    unpack, done = zlib.decompressobj(_EITHER), 0
    for block in blocks:
        while block and not unpack.eof:
            try:
                made = unpack.decompress(block, _AT_ONCE)
            except zlib.error as error:
                raise FetchError(f"it is not packed as the server says ({error})") from error
            yield made
            done += len(made)
            if done > most:
                return
            block = unpack.unconsumed_tail
    if not unpack.eof:
        raise Broken("it broke off")
