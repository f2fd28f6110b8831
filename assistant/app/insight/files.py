"""The sheets as CSV files that a spreadsheet opens as they are, and runs nothing of."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable
from pathlib import Path

from assistant.app.insight.sheets import Sheet
from assistant.app.verdicts.tables import harmless
from assistant.errors import AssistantError


def as_csv(sheet: Sheet) -> bytes:
    """Return a sheet as CSV, in UTF-8 with the mark by which Excel knows it."""
    text = io.StringIO(newline="")
    rows: Iterable[tuple[str | int, ...]] = (sheet.columns, *sheet.rows)
    csv.writer(text).writerows([harmless(str(cell)) for cell in row] for row in rows)
    return codecs.BOM_UTF8 + text.getvalue().encode("utf-8", "replace")


def write_csv(sheets: Iterable[Sheet], folder: Path) -> tuple[Path, ...]:
    """Write one file for each sheet; raises AssistantError where that cannot be done."""
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for sheet in sheets:
            path = folder / f"{sheet.key}.csv"
            path.write_bytes(as_csv(sheet))
            written.append(path)
    except OSError as error:
        raise AssistantError(
            f"{folder} cannot be written to ({error.strerror}). Choose another folder with --csv."
        ) from error
    return tuple(written)
