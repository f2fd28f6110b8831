"""A report as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.app.verdicts.document import Block, Document, Heading, Listing, Paragraph, Table

_ADDRESS = re.compile(r"(https?://[\w./?&=%#:~+-]+)", re.ASCII)


def markdown(document: Document) -> str:
    """Return a report as Markdown with tables."""
    return "\n\n".join("\n".join(_lines(block)) for block in document.blocks) + "\n"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield f"{'#' * level} {_plain(text)}"
        case Paragraph(text, strong, _):
            yield f"**{_plain(text)}**" if strong else _plain(text)
        case Listing(items, boxes):
            yield from (f"- {'[ ] ' if boxes else ''}{_plain(item)}" for item in items)
        case Table(header, rows, _):
            yield _row(header)
            yield _row(("---",) * len(header))
            yield from (_row(row) for row in rows)


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _cell(text: str) -> str:
    return "<br>".join(_plain(line).replace("|", "\\|") for line in text.splitlines())


def _plain(text: str) -> str:
    """Signs that would be read as Markdown or HTML, made plain ones; an address stays as it can be copied."""
    return "".join(
        part if _ADDRESS.fullmatch(part) else _escaped(part) for part in _ADDRESS.split(" ".join(text.split("\n")))
    )


def _escaped(text: str) -> str:
    for sign in "\\`*_<":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("](", "]\\(")
