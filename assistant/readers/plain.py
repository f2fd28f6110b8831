"""Plain text: one line, one paragraph, unless the file was clearly wrapped at a column."""

from __future__ import annotations

from assistant.models import Line, Metadata, Source
from assistant.readers.encoding import decode
from assistant.readers.limits import Limits
from assistant.readers.wording import counted
from assistant.readers.wrapping import unwrap, without_page_numbers
from assistant.text import repair


def read_plain(data: bytes, name: str, _limits: Limits) -> Source:
    """Return the text of a .txt file."""
    text, findings = decode(data, name)
    lines, numbers = without_page_numbers(text.splitlines())
    if numbers:
        findings.append(f"page numbers removed ({counted(numbers, 'line')})")
    lines, wrapped = unwrap(lines)
    if wrapped:
        findings.append(f"lines wrapped at column {wrapped} joined to paragraphs")
    return Source(name, text_lines("\n".join(lines)), Metadata(), tuple(findings))


def text_lines(text: str) -> tuple[Line, ...]:
    """Return the lines of a text that hold anything, mended and without the white space around them."""
    return tuple(Line(line) for line in (repair(raw).strip() for raw in text.splitlines()) if line)
