"""The --json option of every command that has one, and what it prints."""

from __future__ import annotations

import json
from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def print_json(value: object) -> None:
    """Print a value as JSON for people and programs alike: indented, Chinese as it is."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
