"""The `insight` command of the command line; heavy parts are imported when it runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.app.cli_corpus import Home
from assistant.app.json_output import AsJson, print_json


def tell_insight(
    home: Home = None,
    csv: Annotated[Path | None, typer.Option("--csv", help="Folder to write every table to, as CSV files.")] = None,
    language: Annotated[str, typer.Option("--language", help="zh or en.")] = "zh",
    as_json: AsJson = False,
) -> None:
    """Tell what is asked and not answered, what is held and soon ends, and how taking documents in went."""
    from assistant.app.api import Assistant
    from assistant.app.insight.console import print_sheets
    from assistant.app.insight.files import write_csv
    from assistant.app.insight.output import insight_json
    from assistant.app.insight.sheets import sheets

    if language not in ("zh", "en"):
        raise typer.BadParameter(f"'{language}' is not zh or en", param_hint="--language")
    with Assistant.open(home) as assistant:
        found = assistant.insight()
    if csv:
        written = write_csv(sheets(found, language), csv)
        typer.echo(f"{len(written)} CSV files written to {csv}.", err=True)
    if as_json:
        print_json(insight_json(found))
    elif not csv:
        print_sheets(found, language)
