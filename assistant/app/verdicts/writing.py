"""Reports and calendars as files."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.app.verdicts.content import found, report
from assistant.app.verdicts.document import Document
from assistant.app.verdicts.markdown import markdown
from assistant.app.verdicts.version import corpus_version
from assistant.chat import Chat
from assistant.drafting.prose import worded
from assistant.eligibility.model import Verdict
from assistant.errors import FactError

logger = logging.getLogger(__name__)


def write_report(verdict: Verdict, path: Path, language: str, chat: Chat | None = None) -> None:
    """Write the report on a verdict as the file's name says: .docx, .pdf or .md; raises FactError when it cannot.

    With a language model it begins with a few sentences of that, each held to what the check found.
    """
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        raise FactError(f"{path.name}: a report is a .docx, a .pdf or a .md file; give it such a name.")
    prose = worded(found(verdict, language), verdict.outcome, language, chat) if chat else None
    if prose and prose.failure:
        logger.warning("The report on %s has no words of the language model: %s", verdict.scheme.id, prose.failure)
    _told(path, lambda: writer(report(verdict, language, corpus_version(), prose), path))


def write_calendar(verdicts: Sequence[Verdict], path: Path, language: str) -> int:
    """Write the windows of the schemes checked as .ics; return how many there are."""
    from assistant.app.verdicts.calendar import calendar, entries

    if path.suffix.lower() != ".ics":
        raise FactError(f"{path.name}: a calendar is a .ics file; give it such a name.")
    _told(path, lambda: path.write_bytes(calendar(verdicts, language)))
    return sum(len(entries(verdict.scheme, verdict.as_of)) for verdict in verdicts)


def _told(path: Path, write: Callable[[], object]) -> None:
    try:
        write()
    except OSError as error:
        raise FactError(f"{path} cannot be written ({error.strerror}). Name a file in a folder that exists.") from error


def _markdown(document: Document, path: Path) -> None:
    path.write_text(markdown(document), "utf-8")


def _word(document: Document, path: Path) -> None:
    from assistant.app.verdicts import word

    word.write(document, path)


def _pdf(document: Document, path: Path) -> None:
    from assistant.app.verdicts import pdf

    pdf.write(document, path)


_WRITERS = {".md": _markdown, ".docx": _word, ".pdf": _pdf}
