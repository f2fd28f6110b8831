"""What the command line shows people: progress, outcomes, tables, answers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table as RichTable
from rich.text import Text

from assistant.corpus.agreement import DIFFERS
from assistant.drafting import Verified
from assistant.models import Answer, Policy, Statement, Table
from assistant.pipeline.report import Change, Outcome, Report, Step
from assistant.pipeline.report import Progress as Callback
from assistant.retrieve import Hit
from assistant.text import language

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
    columns = (
        TextColumn("{task.description:10}"),
        BarColumn(),
        TextColumn("{task.completed:,.0f}"),
        _Rate(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        tasks = {stage: bar.add_task(stage, total=None, visible=False) for stage in ("reading", "embedding")}

        def draw(step: Step) -> None:
            bar.update(tasks[step.stage], completed=step.done, total=step.total, visible=True)

        yield draw


@contextmanager
def counting(name: str) -> Iterator[Callable[[int, int], None] | None]:
    """Give a callback that draws how many of how many are done; None where nobody watches."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(name, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def print_report(report: Report, *, details: bool) -> None:
    """Print one line per file, or only those that failed, and the summary."""
    console = _console()
    for outcome in report.outcomes:
        if details or outcome.status is Change.FAILED:
            console.print(_outcome_line(outcome))
    if report.problem:
        console.print(f"[red]no vectors[/red]  {escape(report.problem)}")
    if report.passed_over:
        _line(console, f"passed over, as no reader knows them: {_some(report.passed_over)}")
    for note in report.notes:
        _line(console, note)
    console.print(report.summary, markup=False)


def _some(names: Sequence[str], most: int = 5) -> str:
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest} more" if rest > 0 else "")


def _outcome_line(outcome: Outcome) -> str:
    style = _STYLES.get(outcome.status, "dim")
    size = f"  {outcome.provisions} provisions, {outcome.chunks} clauses" if outcome.provisions else ""
    reason = f"  {escape(outcome.reason)}" if outcome.reason else ""
    return f"[{style}]{outcome.status.value:10}[/{style}]{escape(outcome.source)}{size}{reason}"


def print_policies(policies: Sequence[Policy]) -> None:
    """Print documents: two lines each for people, one line of cells parted by tabs for other programs."""
    console = _console()
    if not console.is_terminal:
        for row in (_CELLS, *(_cells(policy) for policy in policies)):
            print("\t".join(row))  # noqa: T201  # rich would turn tabs into spaces
        return
    for policy in policies:
        source, title, number, *rest = _cells(policy)
        _line(console, f"{title}（{number}）" if number else title, "bold")
        _line(console, "  " + " · ".join(cell for cell in (*rest, source) if cell), "dim")
    console.print(f"{len(policies)} documents", markup=False)


_CELLS = ("source", "title", "文号", "id", "place", "tier", "effective", "status")


def _cells(policy: Policy) -> list[str]:
    metadata = policy.metadata
    values = (
        policy.source,
        metadata.title or policy.source,
        metadata.doc_number,
        policy.id,
        metadata.jurisdiction,
        metadata.tier,
        metadata.effective,
        policy.status,
    )
    return [" ".join(str(value or "").split()) for value in values]


def print_policy(policy: Policy) -> None:
    """Print a document's structure: locator, address and the beginning of each provision."""
    console = _console()
    metadata = policy.metadata
    number = f" {metadata.doc_number}" if metadata.doc_number else ""
    _line(console, f"{metadata.title or policy.source}{number}", "bold")
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
    _line(console, ", ".join(f"{name} {value}" for name, value in facts.items() if value))
    for finding in policy.findings:
        _line(console, f"! {finding}")
    for e in policy.evidence:
        _line(console, f"{e.field} = {e.value}  ← {_shortened(e.quote)}  {e.address}", "dim")
    for provision in policy.provisions:
        depth = provision.address.count("/") - 1
        console.print(
            f"{'  ' * depth}[bold]{escape(provision.locator)}[/bold] {escape(provision.text)} "
            f"[dim]{escape(provision.address)}[/dim]",
            soft_wrap=True,
        )


def _shortened(quote: str, most: int = 80) -> str:
    line = " ".join(quote.split())
    return line if len(line) <= most else f"{line[:most]}…"


def print_original(original: Policy) -> None:
    """Print which official text is quoted in place of a digest, and where the two differ."""
    console = _console()
    _line(console, f"official text, quoted in its place: {original.source} {original.metadata.url or ''}".rstrip())
    for finding in original.findings:
        if finding.startswith(DIFFERS):
            _line(console, f"! {finding}")


def print_stream(answering: Iterable[Verified | Answer]) -> None:
    """Print the sentences of an answer as they come, then what else it holds, its notices and its sources."""
    console = _console()
    shown: list[Statement] = []
    for said in answering:
        if isinstance(said, Answer):
            _print_rest(said, shown) if shown else print_answer(said)
        else:
            shown.append(said.statement)
            _line(console, _with_numbers(said.statement))
            sys.stdout.flush()


def _print_rest(answer: Answer, shown: Sequence[Statement]) -> None:
    console = _console()
    for statement in answer.statements:
        if statement not in shown:
            _line(console, f"- {_with_numbers(statement)}")
    for line in (*answer.particulars, *answer.missing):
        _line(console, line)
    _print_grounds(console, answer)


def _with_numbers(statement: Statement) -> str:
    return statement.text + "".join(f" [{n}]" for n in statement.citations)


def print_answer(answer: Answer) -> None:
    """Print an answer, its notices and its sources."""
    console = _console()
    table = answer.table if console.is_terminal else None  # other programs read it as Markdown
    for drawn, lines in groupby(answer.text.splitlines(), key=lambda line: bool(table) and line.startswith("| ")):
        if drawn and table:
            console.print(_comparison(table))
        else:
            for line in lines:
                _line(console, line)
    _print_grounds(console, answer)


def _print_grounds(console: Console, answer: Answer) -> None:
    if answer.notices or answer.citations:
        console.print()
    for notice in answer.notices:
        _line(console, f"※ {notice}", "yellow")
    for c in answer.citations:
        number = f"（{c.doc_number}）" if c.doc_number else ""
        page = f" p. {c.page}" if c.page else ""
        _line(console, f"[{c.n}] {c.title}{number} {c.locator}{page} - {c.source}", "dim")
    for question in answer.suggestions:
        _line(console, f"→ {question}", "dim")


def _comparison(table: Table) -> RichTable:
    """A comparison as the terminal draws it, each cell with the numbers of its citations."""
    drawn = RichTable("", show_lines=True, box=box.SQUARE)
    for column in table.columns:
        drawn.add_column(Text(column))
    for row in table.rows:
        cells = (Text(cell.text + "".join(f" [{n}]" for n in cell.citations)) for cell in row.cells)
        drawn.add_row(Text(row.aspect, "bold"), *cells)
    return drawn


def print_hits(hits: Sequence[Hit]) -> None:
    """Print ranked clauses."""
    console = _console()
    for rank, hit in enumerate(hits, start=1):
        title = hit.policy.metadata.title or hit.policy.source
        _line(console, f"{rank}. {title} {hit.locator}  {hit.score:.2f}", "bold")
        _line(console, hit.text)
    if not hits:
        console.print("Nothing here comes near. `assistant list` shows what is held.", markup=False)


def _line(console: Console, text: str, style: str = "") -> None:
    """Print a line: English broken between words, Chinese by the terminal, which breaks it anywhere."""
    console.print(text, style=style, markup=False, soft_wrap=not console.is_terminal or language(text) == "zh")


def _console() -> Console:
    # Nobody watches a pipe: no wrapping there, so that lines stay whole for other programs.
    return Console(soft_wrap=not sys.stdout.isatty(), highlight=False)
