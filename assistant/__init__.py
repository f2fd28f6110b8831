"""Answers what a Chinese policy on industry-education integration lets you do, clause by clause."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

# Read by onnxruntime when it is first imported, by whomever: it would report to its maker from then on.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

if TYPE_CHECKING:
    from assistant.app.api import Assistant

__all__ = ["Assistant"]


def __getattr__(name: str) -> Any:
    # Loaded when asked for, so that `assistant --help` does not pay for the index.
    if name == "Assistant":
        from assistant.app.api import Assistant

        return Assistant
    raise AttributeError(f"module 'assistant' has no attribute '{name}'")
