"""A sign of life from a reader at work, so that a long document can be told from a reader that hangs."""

from __future__ import annotations

from collections.abc import Callable

_listener: Callable[[], None] | None = None


def beat() -> None:
    """Say that another page has been read; nothing happens where nobody listens."""
    if _listener is not None:
        _listener()


def listen(listener: Callable[[], None] | None) -> None:
    """Have a function called at every beat of this process from now on; None ends it."""
    global _listener
    _listener = listener
