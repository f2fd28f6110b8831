"""What `assistant check` writes to files: reports, calendars, and the verdicts on many firms."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import typer

from assistant import config
from assistant.app import checking, given
from assistant.app.verdicts import tables
from assistant.app.verdicts.firms import BadRow, Firm, read_firms
from assistant.chat import chat
from assistant.eligibility.model import Verdict
from assistant.errors import FactError


def write_files(verdict: Verdict, report: Path | None, calendar: Path | None, language: str) -> None:
    """Write the report and the calendar that were asked for, and say where they are.

    The report begins with a few sentences of the installation's language model, where one is set up.
    """
    from assistant.app.verdicts.writing import write_calendar, write_report

    if report:
        write_report(verdict, report, language, chat(config.load(config.default_home()).chat))
        typer.echo(f"written: {report}", err=True)
    if calendar:
        windows = write_calendar([verdict], calendar, language)
        told = f"{windows} window{'' if windows == 1 else 's'}" if windows else "no window with dates is known"
        typer.echo(f"written: {calendar} ({told})", err=True)


def check_firms(
    batch: Path, out: Path | None, scheme: str | None, place: str | None, as_of: str | None, language: str
) -> int:
    """Check the firms of a CSV file, one row per verdict; return 0 when every row could be read."""
    if out and out.exists() and out.samefile(batch):
        raise FactError(f"{out} is the file the firms are read from. Name another one with --out.")
    catalogue = checking.catalogue()
    day, at = given.day(as_of) or dt.date.today(), given.place(place)
    if scheme:
        catalogue.get(scheme)  # a scheme that is none is told before any firm is read
    bad: list[BadRow] = []
    firms = _watched(read_firms(batch, catalogue.facts), bad)
    table = tables.rows(tables.results(firms, catalogue, [scheme] if scheme else [], at, day), language)
    if out:
        tables.write(table, out)
        typer.echo(f"written: {out}", err=True)
    else:
        tables.print_csv(table, sys.stdout)
    for row in bad:
        typer.echo(f"line {row.line}{f' ({row.name})' if row.name else ''}: {row.reason}", err=True)
    return 1 if bad else 0


def _watched(firms: Iterable[Firm | BadRow], bad: list[BadRow]) -> Iterator[Firm | BadRow]:
    for firm in firms:
        if isinstance(firm, BadRow):
            bad.append(firm)
        yield firm
