"""The sheets in a terminal."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.app.insight import Insight
from assistant.app.insight.sheets import Sheet, sheets


def print_sheets(insight: Insight, language: str) -> None:
    """Print every table that has rows: drawn for people, cells parted by tabs for other programs."""
    for sheet in sheets(insight, language):
        if not sheet.rows:
            continue
        if sys.stdout.isatty():
            _draw(sheet)
        else:
            print(f"# {sheet.title}")  # noqa: T201  # rich would turn tabs into spaces
            for row in (sheet.columns, *sheet.rows):
                print("\t".join(" ".join(str(cell).split()) for cell in row))  # noqa: T201


def _draw(sheet: Sheet) -> None:
    table = Table(title=Text(sheet.title, "bold"), caption=Text(sheet.note, "dim"), title_justify="left")
    table.caption_justify = "left"
    for number, name in enumerate(sheet.columns):
        is_number = all(isinstance(row[number], int) for row in sheet.rows)
        table.add_column(Text(name), justify="right" if is_number else "left", overflow="fold")
    for row in sheet.rows:
        table.add_row(*(Text(str(cell)) for cell in row))
    console = Console(highlight=False)
    console.print(table)
    console.print()
