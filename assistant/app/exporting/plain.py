"""An answer as plain text, to be pasted into a letter or a chat."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.app.exporting.exchange import Exchange, blocks
from assistant.app.verdicts.document import Block, Heading, Listing, Paragraph, Table
from assistant.prompts import phrases


def plain(exchange: Exchange, language: str) -> str:
    """Return a question and its answer as text, with [n] and the numbered sources below."""
    paragraphs = ("\n".join(_lines(block)) for block in blocks(exchange, phrases("export", language)))
    return "\n\n".join(filter(None, paragraphs)) + "\n"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(text, _) | Paragraph(text, _, _):
            yield text
        case Listing(items, _):
            yield from items
        case Table(header, rows, _):
            yield "\t".join(header)
            yield from ("\t".join(" ".join(cell.split()) for cell in row) for row in rows)
