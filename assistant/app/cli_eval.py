"""The `eval` command of the command line; heavy parts are imported when it runs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from assistant.errors import AssistantError


class Split(StrEnum):
    """Which half of the questions is asked."""

    DEV = "dev"
    TEST = "test"


def evaluate(
    suite: Annotated[
        str, typer.Option(help="Of laws, corpus, unanswerable, second and search, parted by commas; or gate.")
    ] = "laws,corpus,unanswerable,second,search",
    split: Annotated[Split, typer.Option(help="dev is for tuning, test for reporting.")] = Split.DEV,
    home: Annotated[
        Path | None,
        typer.Option(help="Folder of an installation for evaluations, kept for the next.", show_default="a new one"),
    ] = None,
    originals: Annotated[
        Path | None, typer.Option(help="Folder of the full law texts.", show_default="../shared/originals")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for report.json and report.html.", show_default="evaluation")
    ] = None,
    against: Annotated[Path | None, typer.Option(help="The report.json of an earlier run, to compare with.")] = None,
    baseline: Annotated[bool, typer.Option(help="Measure a tutorial's pipeline beside the assistant.")] = True,
    external: Annotated[
        Path | None, typer.Option(help="Folder of a test collection in BEIR's form, to score the search on.")
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(
            help="Language model that words the answers a second time, to be measured beside them: openai:NAME."
        ),
    ] = None,
    base_url: Annotated[
        str | None, typer.Option(help="Address of its server; its key is read from the variable CHAT_API_KEY.")
    ] = None,
    most: Annotated[
        int | None,
        typer.Option("--questions", min=1, help="Ask so many only, from everywhere in the set.", show_default="all"),
    ] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Keep the gate's figures as what it compares with.")] = False,
) -> None:
    """Measure how well questions are answered, on the question sets or on a test collection of others."""
    from assistant.app.evaluation import command, session

    if external:
        raise typer.Exit(command.score_external(external, home, out or Path("evaluation")))
    suites = tuple(one.strip() for one in suite.split(",") if one.strip())
    choice = session.choose(
        suites, split.value, originals, baseline, lambda line: typer.echo(line, err=True),
        session.chat_settings(model, base_url), most,
    )  # fmt: skip
    if keep and not choice.is_gate:
        raise AssistantError("--keep goes with --suite gate: of other suites every report can be compared with.")
    folder = out or (None if choice.is_gate else Path("evaluation"))
    raise typer.Exit(command.evaluate(choice, home, folder, against, keep=keep))
