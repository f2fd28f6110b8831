"""What the command line shows of a fetch: a bar while a text comes, and a line for each policy when it is done."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

from assistant.pipeline.fetch import Fetched, Fetching, FetchReport, FetchStep
from assistant.pipeline.fetch import Progress as Callback


@contextmanager
def fetch_progress(*, quiet: bool = False) -> Iterator[Callback | None]:
    """Give a callback that prints each policy as it is finished, and draws the one under way where somebody watches."""
    console = Console(stderr=True)
    if quiet:
        yield None
    elif not console.is_terminal:
        yield lambda step: _tell(step.fetched) if step.fetched else None
    else:
        columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
        with Progress(*columns, console=console, transient=True, redirect_stdout=sys.stdout.isatty()) as bar:

            def draw(step: FetchStep) -> None:
                for task in bar.tasks:  # a bar keeps the size of the text before, so each text has a bar of its own
                    if task.fields["policy"] != step.policy or step.fetched:
                        bar.remove_task(task.id)
                if step.fetched:
                    _tell(step.fetched)
                elif bar.tasks:
                    bar.update(bar.tasks[0].id, completed=step.done, total=step.size)
                else:
                    name = f"{step.number}/{step.total} {step.policy}"
                    bar.add_task(name, total=step.size, completed=step.done, policy=step.policy)

            yield draw


def print_fetch_report(report: FetchReport) -> None:
    """Print what is to be said in the end."""
    if report.problem:
        print(f"no vectors  {report.problem}")  # noqa: T201
    print(report.summary)  # noqa: T201


def fetch_json(report: FetchReport) -> dict[str, Any]:
    """Return the report as JSON prints it."""
    return {
        "fetched": [asdict(one) for one in report.fetched],
        "without": list(report.without),
        "problem": report.problem,
        "seconds": round(report.seconds, 2),
    }


def _tell(one: Fetched) -> None:
    attached = f"{one.url}  {one.found} of {one.clauses} clauses found"
    rest = one.reason if one.status is Fetching.FAILED else attached
    print(f"{one.status:10} {one.policy}  {rest}")  # noqa: T201
    for finding in one.findings:
        print(f"    ! {finding}")  # noqa: T201
