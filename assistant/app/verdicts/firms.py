"""Tables of firms: read from CSV, checked against schemes, one row per verdict."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant import eligibility
from assistant.eligibility.facts import PLACE, definition_of
from assistant.eligibility.model import Fact, FactDefinition, Provenance
from assistant.errors import AssistantError, FactError

_NAMES = ("name", "firm", "company", "企业", "企业名称", "公司", "公司名称", "单位名称")
_PLACES = ("place", "地区", "所在地区")
_ENCODINGS = ("utf-8-sig", "gb18030")
_QUOTED_AWAY = "'"  # which a table of ours puts in front of a formula


@dataclass(frozen=True, slots=True)
class Firm:
    """One row: what is known of a firm."""

    line: int  # of the file, where the row begins
    name: str
    facts: tuple[Fact, ...]
    place: str | None


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be checked, and why."""

    line: int
    name: str
    reason: str


def read_firms(path: Path, facts: Mapping[str, FactDefinition]) -> Iterator[Firm | BadRow]:
    """Yield the firms of a CSV file, and the rows that cannot be read; raises FactError for a file that is no table.

    Columns are ids of facts, their Chinese or English names, or `id.2024` for a year; one may be the firm's name.
    """
    text = _text(path)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    header = next(rows, None)
    if not header or not any(cell.strip() for cell in header):
        raise FactError(f"{path.name} is empty; its first line names the columns: 企业名称,interns_3y,…")
    columns = _columns(header, facts, path)
    line = rows.line_num + 1
    for row in rows:
        if any(cell.strip() for cell in row):
            yield _firm(row, line, columns, facts)
        line = rows.line_num + 1


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise FactError(f"{path} cannot be read ({error.strerror}). Give a CSV file, one firm a line.") from error
    for encoding in _ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FactError(f"{path.name} is neither UTF-8 nor GB18030; save it as “CSV UTF-8”.")


def _delimiter(text: str) -> str:
    """Spreadsheets part columns by comma, semicolon or tab, as the country has it."""
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _columns(header: Sequence[str], facts: Mapping[str, FactDefinition], path: Path) -> list[str]:
    """What each column holds: an id with its year, "name", "place", or "" for an empty one."""
    names = {fact.id: fact.id for fact in facts.values()}
    names |= {label: fact.id for fact in facts.values() for label in (fact.label.zh, fact.label.en.lower())}
    found: list[str] = []
    for cell in header:
        text = cell.strip()
        name, _, year = text.partition(".")
        if text.lower() in _NAMES:
            found.append("name")
        elif text.lower() in _PLACES:
            found.append("place")
        elif not text:
            found.append("")
        else:
            known = names.get(text) or names.get(text.lower()) or names.get(name) or names.get(name.lower())
            if known is None:
                definition_of(facts, text)  # raises, and names the nearest one
            found.append(f"{known}.{year}" if year and text not in names else str(known))
    twice = sorted({column for column in found if column and found.count(column) > 1})
    if twice:
        raise FactError(f"{path.name} has two columns for {', '.join(twice)}; leave one.")
    if not any(column not in ("", "name", "place") for column in found):
        raise FactError(f"{path.name} has no column of a fact; `assistant schemes ID` lists them.")
    return found


def _firm(row: Sequence[str], line: int, columns: Sequence[str], facts: Mapping[str, FactDefinition]) -> Firm | BadRow:
    cells = {column: cell.strip() for column, cell in zip(columns, row, strict=False) if column}
    name = cells.pop("name", "").removeprefix(_QUOTED_AWAY)
    if len(row) > len(columns) and any(cell.strip() for cell in row[len(columns) :]):
        return BadRow(
            line, name, f"it has {len(row)} cells, the header {len(columns)}; put cells with commas in quotes."
        )
    try:
        place = _place(cells.pop("place", ""), facts)
        return Firm(line, name, eligibility.read_mapping(facts, dict(cells), Provenance.FILE), place)
    except AssistantError as error:
        return BadRow(line, name, str(error))


def _place(text: str, facts: Mapping[str, FactDefinition]) -> str | None:
    if not text:
        return None
    return str(eligibility.read_fact(facts[PLACE], text).value)
