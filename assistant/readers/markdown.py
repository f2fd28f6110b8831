"""Markdown: headings and tables kept, emphasis and links reduced to their words, front matter read as metadata."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import yaml

from assistant.models import Line, Source
from assistant.readers.declared import declared_metadata
from assistant.readers.encoding import decode
from assistant.readers.limits import Limits
from assistant.readers.marks import ends_sentence
from assistant.readers.tables import table_lines
from assistant.readers.wrapping import BARRIER, unwrap
from assistant.text import repair

_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|(?=[一-鿿《（【]))(.*?)(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_BREAK = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_DELIMITER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_PIPE = re.compile(r"(?<!\\)\|")
_BULLET = re.compile(r"\s*(?:>\s?)*\s*(?:[-*+][ \t]+(?:\[[ xX]\][ \t]+)?)?")
_REFERENCE = re.compile(r" {0,3}\[[^\]^][^\]]*\]:\s+\S+(?:\s+[\"'(].*)?$")
_TAG = re.compile(r"</?(?:a|b|big|center|del|div|em|font|i|ins|mark|p|s|small|span|strong|sub|sup|u)\b[^<>]*>", re.I)
_LINE_BREAK = re.compile(r"<br\s*/?>", re.I)
# Words of an inline element, in the order in which they are taken out of it.
_INLINE = (
    (re.compile(r"!\[([^\]]*)\]\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)"), r"\1"),
    (re.compile(r"(?<!\\)\[([^\[\]]+)\]\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)"), r"\1"),
    (re.compile(r"\[\^([^\]]+)\](:?)"), r"[\1]"),
    (re.compile(r"<((?:https?|mailto):[^<>\s]+)>"), r"\1"),
    (re.compile(r"(`+)(.+?)\1"), r"\2"),
    (re.compile(r"(?<![\\0-9A-Za-z])(\*{1,3})(?=\S)(.+?)(?<=[^\s\\])\1"), r"\2"),
    (re.compile(r"(?<![\w\\])(_{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"~~(.+?)~~"), r"\1"),
    (_TAG, ""),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])"), r"\1"),
    (re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,8});"), lambda entity: html.unescape(entity[0])),
)


def read_markdown(data: bytes, name: str, _limits: Limits) -> Source:
    """Return the text of a Markdown file."""
    text, findings = decode(data, name)
    text = _COMMENT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    fields, text = _front_matter(text)
    if fields is None:
        findings.append("the front matter is no list of fields and was kept as text")
    metadata, complaints = declared_metadata(fields or {})
    return Source(name, tuple(_lines(text)), metadata, (*findings, *complaints))


def _front_matter(text: str) -> tuple[dict[str, object] | None, str]:
    """Return the fields between the first two --- and the text below; None where they are no fields."""
    front = _FRONT_MATTER.match(text)
    if front is None:
        return {}, text
    try:
        loaded = yaml.safe_load(front[1])
    except (yaml.YAMLError, ValueError):
        return None, text
    if not isinstance(loaded, dict):
        return None, text
    return {str(key): value for key, value in loaded.items()}, text[front.end() :]


def _lines(text: str) -> Iterator[Line]:
    """Yield headings, table rows and paragraphs in order."""
    blocks = list(_blocks(text.split("\n")))
    # What is no running text stands as a mark of its own between blank lines while wrapped lines are joined.
    raw: list[str] = []
    for number, block in enumerate(blocks):
        raw += [block] if isinstance(block, str) else ["", f"{BARRIER}{number}", ""]
    for paragraph in unwrap(raw)[0]:
        if paragraph.startswith(BARRIER):
            block = blocks[int(paragraph[1:])]
            yield from () if isinstance(block, str) else block
            continue
        for part in _LINE_BREAK.split(paragraph):
            words = _words(part)
            if words:
                yield Line(words)


def _blocks(lines: list[str]) -> Iterator[str | list[Line]]:
    """Yield each line of running text as it is, and each heading or table as its lines."""
    fence = ""
    number = 0
    while number < len(lines):
        line = lines[number].replace(BARRIER, "")
        number += 1
        below = lines[number] if number < len(lines) else ""
        opened = _FENCE.match(line)
        if fence or opened:
            if opened and (not fence or opened[1].startswith(fence)):
                fence = "" if fence else opened[1]
            elif line.strip():
                yield [Line(repair(line).strip())]
        elif heading := _HEADING.match(line):
            yield [Line(_words(heading[2]), heading=len(heading[1]))] if _words(heading[2]) else ""
        elif _PIPE.search(line) and _DELIMITER.match(below) and _PIPE.search(below + "|"):
            rows = [_cells(line)]
            number += 1
            while number < len(lines) and _PIPE.search(lines[number]):
                rows.append(_cells(lines[number]))
                number += 1
            width = len(rows[0])
            yield table_lines([(row + [""] * width)[:width] for row in rows], heads=1)
        elif line.strip() and _UNDERLINE.match(below) and not _BREAK.match(line) and not ends_sentence(line):
            number += 1
            yield [Line(_words(line), heading=1 if "=" in below else 2)]
        elif not (_BREAK.match(line) or _REFERENCE.match(line)):
            yield line[_bullet_end(line) :]


def _bullet_end(line: str) -> int:
    bullet = _BULLET.match(line)
    end = bullet.end() if bullet else 0
    return end if line[:end].strip() else 0  # plain indentation stays: it tells where a paragraph starts


def _cells(line: str) -> list[str]:
    inner = line.strip()
    inner = inner[1:] if inner.startswith("|") else inner
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [_words(_LINE_BREAK.sub(" ", cell)) for cell in _PIPE.split(inner)]


def _words(text: str) -> str:
    """Return the words of a line without its markup."""
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    return repair(text).strip()
