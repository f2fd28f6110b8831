"""Schemes and checks for the outside: what a caller gives is read here, once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from assistant import config, eligibility
from assistant.app import given
from assistant.eligibility.model import Fact, Provenance, Scheme, Verdict
from assistant.errors import FactError

Facts = Mapping[str, Any] | Iterable[Fact]


@cache
def catalogue() -> eligibility.Catalogue:
    """Return the schemes of the starter corpus, read once."""
    return eligibility.load(config.bundled("corpus"))


def schemes(place: str | None = None, as_of: dt.date | str | None = None) -> tuple[Scheme, ...]:
    """Return every scheme; given a place by code or name, only those that hold there, each in its local version."""
    code = given.place(place)
    return catalogue().fitting(code, given.day(as_of)) if code else catalogue().schemes


def check(scheme: str, facts: Facts = (), *, place: str | None = None, as_of: dt.date | str | None = None) -> Verdict:
    """Return where a company stands with a scheme: the version of its place, on a day (default today).

    `facts` are read facts, or a mapping such as {"interns_3y": 60, "surcharge_due": {2024: "10万元"}}.
    """
    code, day = given.place(place), given.day(as_of) or dt.date.today()
    held = catalogue()
    read = eligibility.read_mapping(held.facts, facts, Provenance.USER) if isinstance(facts, Mapping) else tuple(facts)
    return eligibility.check(held.get(scheme, code, day), read, code, day)


def facts_in(path: Path) -> tuple[Fact, ...]:
    """Return the facts of a YAML or JSON file; raises FactError for a file that holds none."""
    try:
        raw = yaml.safe_load(path.read_text("utf-8-sig"))
    except OSError as error:
        raise FactError(f"{path.name} cannot be read: {error.strerror}. Give a YAML or JSON file of facts.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        where = getattr(error, "problem_mark", None)
        line = f" at line {where.line + 1}" if where else ""
        raise FactError(
            f"{path.name} is not readable as YAML or JSON in UTF-8{line}; write one `key: value` a line."
        ) from error
    if not isinstance(raw, Mapping):
        raise FactError(f"{path.name} holds no facts; write one `key: value` a line, for example `interns_3y: 60`.")
    return eligibility.read_mapping(catalogue().facts, raw)
