"""The evaluation in the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from assistant.evaluation.changes import Change, Changes
from assistant.evaluation.external import Scores
from assistant.evaluation.figure import Figure, Over
from assistant.evaluation.intervals import Estimate
from assistant.evaluation.report import Report, language_of
from assistant.evaluation.systems import OURS, WORDED

_REASONS = 3  # that are told of all for which drafts were not finished
_WIDE = 200  # columns where nobody watches, so that no line is broken


def print_figures(report: Report) -> None:
    """Print every figure with its interval: all questions, Chinese and English ones, and the other systems beside."""
    others = [system for system in report.results if system != OURS]
    table = Table(box=SIMPLE_HEAD, header_style="bold", pad_edge=False)
    table.add_column("figure")
    for name in ("aim", "n", OURS, "Chinese", "English", *others):
        table.add_column(name, justify="right", no_wrap=True)
    sides = [dict(_named(report, OURS, language)) for language in ("Chinese", "English")]
    by_system = [dict(_named(report, system, None)) for system in (OURS, *others)]
    for figure in report.listed():
        held = [estimates.get(figure.name) for estimates in by_system]
        cells = [cell(figure, estimate) for estimate in (*(side.get(figure.name) for side in sides), *held[1:])]
        ours, n = cell(figure, held[0]), next(estimate.n for estimate in held if estimate)
        reached = figure.is_reached(held[0].value) if held[0] else None
        table.add_row(
            escape(figure.name),
            "" if figure.aim is None else f"{'≥' if figure.more_is_better else '≤'} {figure.aim:g}",
            str(n),
            f"[red]{escape(ours)}[/red]" if reached is False else escape(ours),
            *(escape(one) for one in cells),
        )
    _console().print(table)


def print_failures(report: Report) -> None:
    """Print why a language model did not finish, most frequent reasons first; nothing where it always did."""
    failures = Counter(result.failure for result in report.results.get(WORDED, {}).values() if result.failure)
    for why, count in failures.most_common(_REASONS):
        _console().print(f"{count} drafts were not finished: {why}", markup=False)


def print_changes(found: Changes, before: str) -> None:
    """Print what changed since an earlier run: figures that moved, and questions gained and lost."""
    console = _console()
    console.print(f"\nagainst {before}: {found.compared} questions that both have", markup=False)
    for change in found.figures:
        if change.before != change.after:
            verdict = "  FELL by more than chance explains" if change.fell else ""
            console.print(f"  {change.figure.name:28}{told_change(change)}{verdict}", markup=False)
    for name, ids in (("gained", found.gained), ("lost", found.lost)):
        if ids:
            console.print(f"  {name}: {', '.join(ids)}", markup=False)
    if not any(change.before != change.after for change in found.figures):
        console.print("  no figure has changed", markup=False)


def print_stages(scores: Scores) -> None:
    """Print how well each stage of the search ranks a collection."""
    table = Table(box=SIMPLE_HEAD, header_style="bold", pad_edge=False)
    figures = next(iter(scores.stages.values()), {})
    table.add_column("ranking")
    for name in figures:
        table.add_column(name, justify="right", no_wrap=True)
    for stage, by_name in scores.stages.items():
        table.add_row(stage, *(escape(str(estimate)) for estimate in by_name.values()))
    _console().print(table)


def cell(figure: Figure, estimate: Estimate | None) -> str:
    """Return a figure as tables write it: a share with its interval, milliseconds, or a count."""
    if estimate is None:
        return "–"
    if figure.over is Over.SUM:
        return f"{estimate.value:g}"
    if figure.unit:
        return f"{estimate.value:.0f} {figure.unit} [{estimate.low:.0f} {estimate.high:.0f}]"
    return str(estimate)


def told_change(change: Change) -> str:
    """Return a change as tables write it."""
    gain = change.gain
    return f"{change.before:.3f} → {change.after:.3f}  ({gain.value:+.3f} [{gain.low:+.2f} {gain.high:+.2f}])"


def _named(report: Report, system: str, language: str | None) -> Sequence[tuple[str, Estimate]]:
    cases = [case for case in report.cases if language in (None, language_of(case))]
    return [(figure.name, estimate) for figure, estimate in report.figures(system, cases)]


def _console() -> Console:
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=_WIDE)
