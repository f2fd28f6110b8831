"""How a draft came to be: what was asked of the model, what it said, and what was left out and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Removed:
    """A sentence of a draft that is not shown."""

    text: str
    clauses: tuple[str, ...]  # the numbers it pointed at
    reason: str
    due: str | None = None  # how the amount comes about that it tells wrongly


@dataclass(slots=True)
class Trace:
    """What is known of a draft, filled while it is being written."""

    model: str
    prompt: str = ""  # hash of the instructions
    parameters: dict[str, Any] = field(default_factory=dict)
    clauses: dict[str, str] = field(default_factory=dict)  # number → address
    raw: str = ""  # what the model wrote
    removed: list[Removed] = field(default_factory=list)
    worked: list[str] = field(
        default_factory=list
    )  # amounts that a sentence shown states and no clause: how they come about
    added: list[str] = field(default_factory=list)  # numbers of the clauses quoted because the draft left them out
    declared: str | None = None  # complete | partial | none, as the model says of its draft
    form: str = ""  # json | text
    failure: str | None = None  # why the model did not finish
    orders: list[str] = field(default_factory=list)  # where a program was given orders: "question", or clause numbers
    first_ms: float | None = None  # until the first sentence was verified
    total_ms: float = 0.0
