"""Verdicts on many firms as CSV or Excel, one row each, with nothing in a cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

from assistant.app.verdicts.firms import BadRow, Firm
from assistant.eligibility import Catalogue, check
from assistant.eligibility.facts import PLACE
from assistant.eligibility.model import Outcome, Truth, Verdict
from assistant.eligibility.notices import place_name
from assistant.eligibility.wording import OUTCOMES, amount_text, condition
from assistant.errors import FactError
from assistant.prompts import Phrases, phrases

_COLUMNS = ("line", "firm", "place", "scheme", "title", "outcome", "unmet", "open", "next", "amounts", "as_of", "error")
_RUNS = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins with one of these is a formula to a spreadsheet
_WIDTHS = (6, 24, 14, 28, 36, 14, 50, 50, 40, 40, 12, 50)


def rows(results: Iterable[tuple[Firm, Verdict] | BadRow], language: str) -> Iterator[tuple[str, ...]]:
    """Yield a row per verdict and per row that could not be read, the names of the columns first."""
    say = phrases("batch", language)
    yield tuple(say.say(name) for name in _COLUMNS)
    for result in results:
        if isinstance(result, BadRow):
            yield (str(result.line), result.name, *[""] * (len(_COLUMNS) - 3), result.reason)
        else:
            yield _row(*result, say)


def _row(firm: Firm, verdict: Verdict, say: Phrases) -> tuple[str, ...]:
    language, scheme = say.language, verdict.scheme
    unmet = [f for f in verdict.findings if f.truth is (Truth.MET if f.excludes else Truth.NOT_MET)]
    unknown = verdict.missing if verdict.outcome is Outcome.NEEDS_FACTS else ()
    amounts = (
        f"{a.label.in_language(language)} {amount_text(a.low, a.high, a.unit, language)}" for a in verdict.amounts
    )
    return (
        str(firm.line),
        firm.name,
        place_name(verdict.place).in_language(language) if verdict.place else "",
        scheme.id,
        scheme.title.in_language(language),
        OUTCOMES[verdict.outcome].in_language(language),
        say.say("and").join(condition(finding, language) for finding in unmet),
        say.say("and").join(fact.label.in_language(language) for fact in unknown),
        verdict.next_fact.question.in_language(language) if verdict.next_fact else "",
        say.say("and").join(amounts),
        verdict.as_of.isoformat(),
        "",
    )


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_RUNS) else cell


def print_csv(table: Iterable[Sequence[str]], file: TextIO) -> None:
    """Print rows as CSV."""
    csv.writer(file, lineterminator="\n").writerows([harmless(cell) for cell in row] for row in table)


def write(table: Iterable[Sequence[str]], path: Path) -> None:
    """Write rows as the file's name says, .xlsx or .csv; raises FactError when that cannot be done."""
    safe = ([harmless(cell) for cell in row] for row in table)
    try:
        if path.suffix.lower() == ".xlsx":
            _excel(
                list(safe), path
            )  # a fault in the input comes out before a book is begun, which would complain as well
        elif path.suffix.lower() == ".csv":
            with path.open("w", encoding="utf-8-sig", newline="") as file:  # the mark tells Excel that it is UTF-8
                csv.writer(file).writerows(safe)
        else:
            raise FactError(f"{path.name}: results are a .xlsx or a .csv file; give it such a name.")
    except OSError as error:
        raise FactError(f"{path} cannot be written ({error.strerror}). Name a file in a folder that exists.") from error


def _excel(table: Iterable[list[str]], path: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet("verdicts")
    for n, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(n)].width = width
    sheet.freeze_panes = "A2"
    for n, row in enumerate(table):
        if n == 0:
            cells = [WriteOnlyCell(sheet, value) for value in row]
            for cell in cells:
                cell.font = Font(bold=True)
            sheet.append(cells)
        else:
            sheet.append([_printable(cell) for cell in row])
    book.save(path)


def _printable(cell: str) -> str:
    """Without the control signs that an Excel file cannot hold."""
    return "".join(c for c in cell if c >= " " or c in "\n\t")


def results(
    firms: Iterable[Firm | BadRow], catalogue: Catalogue, schemes: Sequence[str], place: str | None, day: dt.date
) -> Iterator[tuple[Firm, Verdict] | BadRow]:
    """Yield the verdicts on each firm: on the schemes named, or on all that fit the place of the firm."""
    for firm in firms:
        if isinstance(firm, BadRow):
            yield firm
            continue
        stated = next((str(fact.value) for fact in firm.facts if fact.id == PLACE), None)
        at = firm.place or stated or place
        chosen = [catalogue.get(name, at, day) for name in schemes] or catalogue.fitting(at, day)
        for scheme in chosen:
            yield firm, check(scheme, firm.facts, at, day)
