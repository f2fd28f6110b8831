"""What the command line shows people: progress, outcomes, tables, answers."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from assistant.models import Answer, Policy
from assistant.pipeline.report import Change, Outcome, Report, Step
from assistant.pipeline.report import Progress as Callback
from assistant.retrieve import Hit

_STYLES = {Change.ADDED: "green", Change.CHANGED: "yellow", Change.FAILED: "red", Change.REMOVED: "magenta"}


class _Rate(ProgressColumn):
    """Clauses a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:,.0f} clauses/s" if task.speed else "")


@contextmanager
def ingest_progress(*, quiet: bool = False) -> Iterator[Callback | None]:
    """Give a callback that draws progress with rate and remaining time; None where nobody watches."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description:10}"), BarColumn(), TextColumn("{task.completed:,.0f}"), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        tasks = {stage: bar.add_task(stage, total=None, visible=False) for stage in ("reading", "embedding")}

        def draw(step: Step) -> None:
            bar.update(tasks[step.stage], completed=step.done, total=step.total, visible=True)

        yield draw


def print_report(report: Report, *, details: bool) -> None:
    """Print one line per file, or only those that failed, and the summary."""
    console = _console()
    for outcome in report.outcomes:
        if details or outcome.status is Change.FAILED:
            console.print(_outcome_line(outcome))
    if report.problem:
        console.print(f"[red]no vectors[/red]  {escape(report.problem)}")
    console.print(report.summary, markup=False)


def _outcome_line(outcome: Outcome) -> str:
    style = _STYLES.get(outcome.status, "dim")
    size = f"  {outcome.provisions} provisions, {outcome.chunks} clauses" if outcome.provisions else ""
    reason = f"  {escape(outcome.reason)}" if outcome.reason else ""
    return f"[{style}]{outcome.status.value:10}[/{style}]{escape(outcome.source)}{size}{reason}"


def print_policies(policies: Sequence[Policy]) -> None:
    """Print a table of documents."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("source", "title", "文号", "place", "tier", "effective", "status"):
        table.add_column(name, overflow="fold")
    for policy in policies:
        metadata = policy.metadata
        cells = (
            policy.source,
            metadata.title,
            metadata.doc_number,
            metadata.jurisdiction,
            metadata.tier,
            metadata.effective,
            policy.status,
        )
        table.add_row(*(escape(str(cell)) if cell else "-" for cell in cells))
    _console().print(table)
    _console().print(f"{len(policies)} documents", markup=False)


def print_policy(policy: Policy) -> None:
    """Print a document's structure: locator, address and the beginning of each provision."""
    console = _console()
    metadata = policy.metadata
    number = f" {metadata.doc_number}" if metadata.doc_number else ""
    console.print(f"[bold]{escape(metadata.title or policy.source)}[/bold]{escape(number)}")
    facts = {
        "issuers": "、".join(metadata.issuers),
        "issued": metadata.issued,
        "effective": metadata.effective,
        "expires": metadata.expires,
        "place": metadata.jurisdiction,
        "tier": metadata.tier,
        "status": policy.status,
        "words": policy.wording,
    }
    console.print(", ".join(f"{name} {value}" for name, value in facts.items() if value), markup=False)
    for finding in policy.findings:
        console.print(f"! {finding}", markup=False)
    for provision in policy.provisions:
        depth = provision.address.count("/") - 1
        console.print(
            f"{'  ' * depth}[bold]{escape(provision.locator)}[/bold] {escape(provision.text)} "
            f"[dim]{escape(provision.address)}[/dim]"
        )


def print_answer(answer: Answer) -> None:
    """Print an answer, its notices and its sources."""
    console = _console()
    console.print(answer.text, markup=False)
    for notice in answer.notices:
        console.print(f"[yellow]※ {escape(notice)}[/yellow]")
    for c in answer.citations:
        number = f"（{c.doc_number}）" if c.doc_number else ""
        page = f" p. {c.page}" if c.page else ""
        console.print(f"[dim]\\[{c.n}] {escape(f'{c.title}{number} {c.locator}{page} - {c.source}')}[/dim]")


def print_hits(hits: Sequence[Hit]) -> None:
    """Print ranked clauses."""
    console = _console()
    for rank, hit in enumerate(hits, start=1):
        title = hit.policy.metadata.title or hit.policy.source
        console.print(f"[bold]{rank}. {escape(title)} {escape(hit.locator)}[/bold] {hit.score:.2f}")
        console.print(hit.text, markup=False)
    if not hits:
        console.print("Nothing here comes near. `assistant list` shows what is held.", markup=False)


def _console() -> Console:
    # Nobody watches a pipe: no wrapping there, so that lines stay whole for other programs.
    return Console(soft_wrap=not sys.stdout.isatty(), highlight=False)
