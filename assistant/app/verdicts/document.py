"""A report as blocks: what stands in it, before it is Markdown, DOCX or PDF."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of the report (level 1) or of a part of it."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `strong` for the verdict itself, `small` for what stands at the foot."""

    text: str
    strong: bool = False
    small: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """Lines one below the other, each with a box to tick where they are a checklist."""

    items: tuple[str, ...]
    boxes: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header, with shares of the width."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


Block = Heading | Paragraph | Listing | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report."""

    title: str
    language: str  # zh | en
    blocks: tuple[Block, ...]
