"""The JSON of `insight --json`. Stable: fields are added, never renamed; null for a count is some, but fewer than 3."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from assistant.app.insight import Insight

Json = dict[str, Any]


def insight_json(insight: Insight) -> Json:
    """Return all of it; days as YYYY-MM-DD."""
    told: Json = _plain(insight)
    return told


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, dt.date) else value
