"""A conversation as a file, made in memory: what people asked is not left on the disk of a server."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.app.exporting.exchange import Exchange, blocks
from assistant.app.verdicts.document import Document, Heading, Paragraph
from assistant.app.verdicts.markdown import markdown
from assistant.prompts import phrases

_TYPES = {
    "md": "text/markdown",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
FORMS = tuple(_TYPES)


@dataclass(frozen=True, slots=True)
class Export:
    """A file to be saved by whoever asked for it."""

    name: str
    type: str
    content: bytes


def export(exchanges: Iterable[Exchange], form: str, language: str, day: dt.date) -> Export:
    """Return a conversation as a file, `form` being one of FORMS; `day` is the day it is exported on."""
    say = phrases("export", language)
    title = say.say("title")
    content = tuple(block for exchange in exchanges for block in blocks(exchange, say))
    document = Document(title, language, (Heading(title, 1), Paragraph(say.say("made", day=day), small=True), *content))
    return Export(f"{title} {day}.{form}", _TYPES[form], _word(document) if form == "docx" else _markdown(document))


def _markdown(document: Document) -> bytes:
    return markdown(document).encode()


def _word(document: Document) -> bytes:
    from assistant.app.verdicts import word

    file = io.BytesIO()
    word.write(document, file)
    return file.getvalue()
