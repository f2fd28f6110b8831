"""How people name what schemes ask for, read from `cues.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_NEGATED = re.compile(r"没|不|未|无|非|别|\b(?:not|never|no|without)\b|n't\b")


@dataclass(frozen=True, slots=True)
class Named:
    """What a figure counts when it stands beside these words, unless one of the others is in the clause."""

    fact: str | None  # None: nothing that any scheme asks for
    words: re.Pattern[str]
    unless: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Saying:
    """Words that state a value outright."""

    fact: str
    value: bool | str
    words: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Cues:
    """All of them, each row as `cues.yaml` explains it."""

    counted: tuple[Named, ...]
    paid: tuple[Named, ...]
    monthly: tuple[Named, ...]
    lasting: tuple[Named, ...]
    stated: tuple[Saying, ...]
    founded: re.Pattern[str]
    founding: re.Pattern[str]
    registered: re.Pattern[str]
    totalled: re.Pattern[str]
    connecting: re.Pattern[str]


@cache
def cues() -> Cues:
    """Return the cues, read once."""
    table = yaml.safe_load((files("assistant.understand.facts") / "cues.yaml").read_text("utf-8"))
    ways = {"<none>": table["none"], "<no>": table["no"]}
    return Cues(
        counted=_rows(table["counted"]),
        paid=_rows(table["paid"]),
        monthly=_rows(table["monthly"]),
        lasting=_rows(table["lasting"]),
        stated=tuple(Saying(row["fact"], row["value"], _any_of(row["words"], ways)) for row in table["stated"]),
        founded=_any_of(table["founded"]),
        founding=_any_of(table["founding"]),
        registered=_any_of(table["registered"]),
        totalled=_any_of(table["totalled"]),
        connecting=_any_of(table["connecting"]),
    )


def _rows(rows: Iterable[Mapping[str, Any]]) -> tuple[Named, ...]:
    return tuple(_named(row) for row in rows)


def _named(row: Mapping[str, Any]) -> Named:
    return Named(row["fact"], _any_of(row["words"]), _any_of(row["unless"]) if "unless" in row else None)


def _any_of(words: Iterable[str], ways: Mapping[str, str] | None = None) -> re.Pattern[str]:
    pattern = "|".join(words)
    for sign, way in (ways or {}).items():
        pattern = pattern.replace(sign, way)
    return re.compile(pattern)


def negated(words: str) -> bool:
    """Return whether a negation stands in these words."""
    return bool(_NEGATED.search(words))
