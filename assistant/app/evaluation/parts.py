"""The tables and cards that the evaluation's page is made of; everything that comes from outside is escaped here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from assistant.app.evaluation.tables import cell, told_change
from assistant.evaluation.cases import Case, Gold, clause_of
from assistant.evaluation.changes import Changes
from assistant.evaluation.report import Report, language_of
from assistant.evaluation.systems import OURS

_SHOWN = {"recall": "recall", "precision": "precision", "facts": "key facts", "items": "list items"}


def figure_rows(report: Report, others: Sequence[str]) -> Iterator[str]:
    """Yield the table of all figures, each with its meaning."""
    heads = ("figure", "aim", "questions", OURS, "Chinese", "English", *others)
    yield "<div class='wide'><table><tr>" + "".join(f"<th>{escape(head)}</th>" for head in heads) + "</tr>"
    by_language = [
        {f.name: e for f, e in report.figures(OURS, [c for c in report.cases if language_of(c) == language])}
        for language in ("Chinese", "English")
    ]
    by_system = [{f.name: e for f, e in report.figures(system)} for system in (OURS, *others)]
    for figure in report.listed():
        estimate, *by_other = (estimates.get(figure.name) for estimates in by_system)
        n = next(estimates[figure.name].n for estimates in by_system if figure.name in estimates)
        aim = "" if figure.aim is None else f"{'≥' if figure.more_is_better else '≤'} {figure.aim:g}"
        missed = " missed" if estimate and figure.is_reached(estimate.value) is False else " ours"
        yield f"<tr><td>{escape(figure.name)}<small>{escape(figure.meaning)}</small></td><td class='number'>{aim}</td>"
        yield f"<td class='number'>{n}</td><td class='number{missed}'>{escape(cell(figure, estimate))}</td>"
        for values in by_language:
            yield f"<td class='number'>{escape(cell(figure, values.get(figure.name)))}</td>"
        for other in by_other:
            yield f"<td class='number theirs'>{escape(cell(figure, other))}</td>"
        yield "</tr>"
    yield "</table></div>"


def case_card(case: Case, report: Report) -> str:
    """Return a question with the clauses expected and given, its figures, and the whole answer to unfold."""
    result = report.results[OURS][case.id]
    values = ", ".join(f"{name} {result.values[key]:.2f}" for key, name in _SHOWN.items() if key in result.values)
    expected = [f"{case.expect.value}", *(_clause(gold) for gold in case.gold)]
    given = [result.status or "only searched for", *_clauses(result.cited)]
    asked_for = [str(one) for one in (case.as_of, case.jurisdiction) if one]
    return (
        f"<div class='case'><div class='question'>{_turns(case)}</div>"
        f"<div class='quiet'>{escape(' · '.join([case.id, case.suite, case.type, language_of(case), *asked_for]))}</div>"
        f"<dl><dt>expected</dt><dd>{_lines(expected)}</dd><dt>given</dt><dd>{_lines(given)}</dd>"
        f"<dt>figures</dt><dd>{escape(values or 'none but the end')}</dd></dl>"
        f"<details><summary>the answer</summary><pre>{escape(result.answer)}</pre></details></div>"
    )


def row_of(case: Case, report: Report) -> str:
    """Return a question as a line of the table of all."""
    result = report.results[OURS][case.id]
    numbers = [f"{result.values[key]:.2f}" if key in result.values else "–" for key in _SHOWN]
    right = "ours" if result.values.get("right_end") == 1 else "missed"
    return (
        f"<tr><td>{_turns(case)}<small>{escape(f'{case.id} · {case.suite} · {case.type}')}</small></td>"
        f"<td>{escape(case.expect.value)}</td><td class='{right}'>{escape(result.status or '–')}</td>"
        + "".join(f"<td class='number'>{number}</td>" for number in numbers)
        + "</tr>"
    )


def changes_part(changes: Changes, report: Report) -> Iterator[str]:
    """Yield what changed since an earlier run: figures that moved, then questions gained and lost."""
    moved = [change for change in changes.figures if change.before != change.after]
    yield f"<p class='quiet'>Over the {changes.compared} questions that both runs have, question by question.</p>"
    if moved:
        yield "<div class='wide'><table><tr><th>figure</th><th>before → now (gain, with its interval)</th></tr>"
        for change in moved:
            mark = " class='number missed'" if change.fell else " class='number'"
            fell = " fell by more than chance explains" if change.fell else ""
            yield f"<tr><td>{escape(change.figure.name)}</td><td{mark}>{escape(told_change(change))}{fell}</td></tr>"
        yield "</table></div>"
    by_id = {case.id: case for case in report.cases}
    for name, ids in (
        ("Gained: now answered in full", changes.gained),
        ("Lost: no longer answered in full", changes.lost),
    ):
        yield f"<h3>{name} ({len(ids)})</h3>"
        yield from (case_card(by_id[id_], report) for id_ in ids if id_ in by_id)


def _clauses(cited: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield each clause once, with how many places in it were cited."""
    for (source, clause), places in Counter((source, clause_of(locator)) for source, locator in cited).items():
        yield f"{source}: {clause}" + (f" (cited {places} times)" if places > 1 else "")


def _clause(gold: Gold) -> str:
    return f"{gold.document}: {gold.locator or 'any clause of it'}"


def _turns(case: Case) -> str:
    return "<br>".join(escape(turn) for turn in case.turns)


def _lines(several: Iterable[str]) -> str:
    return "<br>".join(escape(one) for one in several)
