"""Questions and answers to take along: as text with numbered sources, as Markdown, as a Word file."""

from assistant.app.exporting.exchange import Exchange, Source
from assistant.app.exporting.files import FORMS, Export, export
from assistant.app.exporting.plain import plain

__all__ = ["FORMS", "Exchange", "Export", "Source", "export", "plain"]
