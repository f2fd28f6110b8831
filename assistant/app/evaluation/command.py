"""What `assistant eval` does once it knows what is wished for: run, print, write, compare."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import typer

from assistant.app.api import Assistant
from assistant.app.console import counting, ingest_progress
from assistant.app.evaluation import session
from assistant.app.evaluation.page import page
from assistant.app.evaluation.session import Choice
from assistant.app.evaluation.tables import print_changes, print_failures, print_figures, print_stages
from assistant.errors import AssistantError
from assistant.evaluation import external, gate
from assistant.evaluation.changes import changes
from assistant.evaluation.collection import read_collection
from assistant.evaluation.report import Report, Values, read_values, report_json
from assistant.evaluation.systems import OURS

_LISTED = 10  # of what an external collection leaves unfound


def evaluate(choice: Choice, home: Path | None, folder: Path | None, against: Path | None, *, keep: bool) -> int:
    """Ask, print the figures, and write the report to a folder; return 1 where the gate is not passed, else 0."""
    compared = against or (gate.reference() if choice.is_gate and not keep else None)
    before = read_values(compared) if compared else None
    cases = session.questions(choice)
    if before is not None and before.keys().isdisjoint(case.id for case in cases):
        raise AssistantError(f"{compared} has none of these questions: it is of another suite or split.")
    if folder:
        _ensure(folder)
    with _home(home) as place, Assistant.open(place) as assistant:
        report = session.evaluate(choice, cases, assistant, counting)
    print_figures(report)
    print_failures(report)
    after = {id_: result.values for id_, result in report.results[OURS].items()}
    found = changes(before, after) if before is not None else None
    if found and compared:
        print_changes(found, _name(compared))
    if folder:
        _write(folder / "report.json", json.dumps(report_json(report), ensure_ascii=False, indent=1) + "\n")
        _write(folder / "report.html", page(report, found, _name(compared) if compared else ""))
        typer.echo(f"\n{folder / 'report.html'} shows it all, {folder / 'report.json'} holds it.")
    if keep:
        _keep(report, after)
    return 1 if choice.is_gate and found and found.fallen else 0


def score_external(collection: Path, home: Path | None, folder: Path) -> int:
    """Score the search on a collection in BEIR's form, print what each stage is worth, and write it to a folder."""
    given = read_collection(collection)
    _ensure(folder)
    with _home(home) as place, Assistant.open(place) as assistant:
        index, settings = assistant._index, assistant._settings
        documents = place.with_name(f"{place.name}-documents.jsonl")
        with ingest_progress() as reading:
            failed = external.take_in(given, documents, index, settings, reading)
        with counting("searching") as progress:
            scores = external.score(given, index, settings, failed, progress)
    print_stages(scores)
    typer.echo(f"\n{scores.documents} documents, {scores.queries} judged queries")
    for told, several in (
        ("could not be used", scores.failed),
        ("judged, but not among the documents", scores.not_held),
        ("judged, but not among the queries", given.without_text),
        ("queries with a document not found in the first 100", tuple(scores.not_found)),
    ):
        if several:
            more = f" and {len(several) - _LISTED} more" if len(several) > _LISTED else ""
            typer.echo(f"{len(several)} {told}: {', '.join(several[:_LISTED])}{more}")
    text = json.dumps(external.scores_json(scores, given), ensure_ascii=False, indent=1)
    _write(folder / "external.json", f"{text}\n")
    typer.echo(f"{folder / 'external.json'} lists every ranking and what was not found.")
    return 0


@contextmanager
def _home(given: Path | None) -> Iterator[Path]:
    """Give the folder of the installation: the one named, else one that is gone afterwards; never the user's own."""
    if given:
        yield given.expanduser()
        return
    with tempfile.TemporaryDirectory(prefix="policy-evaluation-", ignore_cleanup_errors=True) as scratch:
        yield Path(scratch) / "home"


def _keep(report: Report, after: Mapping[str, Values]) -> None:
    """Write the gate's reference: the figures for people, and the value of each question to compare with."""
    path = gate.reference()
    figures = {figure.name: str(estimate) for figure, estimate in report.figures(OURS) if figure.is_share}
    values = {id_: {key: value for key, value in held.items() if key != "latency"} for id_, held in after.items()}
    cases = ",\n".join(json.dumps({"id": id_, "results": {OURS: {"values": held}}}) for id_, held in values.items())
    told = json.dumps(figures, indent=1)
    _write(path, f'{{"figures": {told},\n"cases": [\n{cases}\n]}}\n')  # a case a line, to be read in a diff
    typer.echo(f"{path} now holds these figures.")


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _ensure(folder: Path) -> None:
    """Make a folder now: nobody wants to learn after minutes that nothing can be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AssistantError(
            f"{folder} cannot be made ({error.strerror}). Choose another folder with --out."
        ) from error


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise AssistantError(f"{path} cannot be written ({error.strerror}). Choose another with --out.") from error
