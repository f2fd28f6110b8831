"""Answers what a Chinese policy on industry-education integration lets you do, clause by clause."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.app.api import Assistant

__all__ = ["Assistant"]


def __getattr__(name: str) -> Any:
    # Loaded when asked for, so that `assistant --help` does not pay for the index.
    if name == "Assistant":
        from assistant.app.api import Assistant

        return Assistant
    raise AttributeError(f"module 'assistant' has no attribute '{name}'")
