"""The evaluation as one HTML file: nothing in it is loaded from elsewhere, and nothing in it runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib.resources import files

from assistant.app.evaluation.parts import case_card, changes_part, figure_rows, row_of
from assistant.app.evaluation.plots import AIM, OURS, THEIRS, Point, Row, dots, latencies
from assistant.evaluation.changes import Changes
from assistant.evaluation.figure import Figure
from assistant.evaluation.intervals import Estimate
from assistant.evaluation.report import Report, views
from assistant.evaluation.systems import BASELINE, WORDED
from assistant.evaluation.systems import OURS as ASSISTANT

_HEADLINES = ("complete", "recall", "facts", "refusal")  # of all figures, those that stand in large
_PANELS = ("complete", "recall", "precision", "facts")  # shown for each part of the questions
_READ = (
    "Each question was put to the assistant as a user would put it, and its answer compared with what a person had written "
    "down beforehand: which clauses a complete answer cites, which facts it states, how many items its list has, or that "
    "the texts hold no answer. Nothing is judged by a model. A figure stands with the interval in which it would fall 95 "
    "times in 100 had other questions of the same sort been drawn."
)
_BASELINE = (
    "The baseline is the pipeline that a tutorial gives: LangChain, chunks of 1,000 characters with 200 of overlap, the "
    "English MiniLM, Chroma, and the four nearest chunks as the answer. It was asked the same questions over the same "
    "texts in the same run; a chunk counts as citing every clause of whose text it holds at least half."
)
_WORDED = (
    "Under “worded” stand the answers of the same questions, from the same clauses, as the language model named above put "
    "them, after every sentence had been compared with its clauses."
)


def page(report: Report, changes: Changes | None = None, before: str = "") -> str:
    """Return the page of a report, and of what changed since an earlier run where there is one."""
    others = [system for system in report.results if system == BASELINE]
    divisions = dict.fromkeys(division for division, _, _ in views(report.cases))
    all_sections = (
        ("figures", "All figures", _figures(report, others)),
        *(
            (division.replace(" ", "-"), f"By {division}", _division(report, division, others))
            for division in divisions
        ),
        ("time", "Time to an answer", _time(report, others)),
        ("changes", f"Since {before}", changes_part(changes, report) if changes else iter(())),
        ("worst", "The worst cases", _worst(report)),
        ("unverified", "Unverified statements", _unverified(report)),
        ("questions", "Every question", _questions(report)),
    )
    sections = [(id_, escape(title), held) for id_, title, parts in all_sections if (held := "".join(parts))]
    links = "".join(f'<a href="#{id_}">{title}</a>' for id_, title, _ in sections)
    body = "".join(f'<section id="{id_}"><h2>{title}</h2>{held}</section>' for id_, title, held in sections)
    style = files(__package__).joinpath("style.css").read_text("utf-8")
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Evaluation</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<style>{style}</style></head><body><main><h1>How well the assistant answers</h1>"
        f'<p class="quiet">{escape(_about(report))}</p><nav>{links}</nav>{body}</main></body></html>\n'
    )


def _about(report: Report) -> str:
    told = [f"{name}: {value}" for name, value in report.about.items()]
    return " · ".join([f"{len(report.cases)} questions", *told, f"made {report.made}"])


def _figures(report: Report, others: Sequence[str]) -> Iterator[str]:
    found = report.figures(ASSISTANT)
    tiles = [(f, e) for f, e in found if f.key in _HEADLINES]
    yield f"<p>{_READ}</p>"
    if others:
        yield f"<p>{_BASELINE}</p>"
    if WORDED in report.results:
        yield f"<p>{_WORDED}</p>"
    yield '<div class="tiles">'
    for figure, estimate in tiles:
        share = f"{estimate.low:.0%} to {estimate.high:.0%}, {estimate.n} questions"
        yield f'<div class="tile">{escape(figure.name)}<b>{estimate.value:.0%}</b><span class="quiet">{share}</span></div>'
    yield "</div>"
    theirs = _by_name(report.figures(others[0])) if others else {}
    shares = [(f, e) for f, e in found if f.is_share]
    rows = [Row(f.name, [Point(e, theirs.get(f.name), f.aim)]) for f, e in shares]
    yield _legend(others, aims=True)
    yield f'<div class="wide">{dots("Figures with their intervals", ["share of questions or clauses, 0 to 1"], rows, 620)}</div>'
    yield from figure_rows(report, [system for system in report.results if system != ASSISTANT])


def _division(report: Report, division: str, others: Sequence[str]) -> Iterator[str]:
    rows, heads = [], []
    for name, part, cases in views(report.cases):
        if name != division:
            continue
        ours = {f.key: (f, e) for f, e in report.figures(ASSISTANT, cases)}
        theirs = {f.key: e for f, e in report.figures(others[0], cases)} if others else {}
        keys = _PANELS if any(case.gold for case in report.cases) and division != "kind of trap" else ("refusal",)
        heads = [f.name for f, _ in report.figures(ASSISTANT) if f.key in keys]
        points = [Point(ours[key][1] if key in ours else None, theirs.get(key)) for key in keys]
        rows.append(Row(f"{part.replace('_', ' ')} ({len(cases)})", points))
    if rows and heads:
        yield _legend(others)
        yield f'<div class="wide">{dots(f"By {division}", heads, rows)}</div>'


def _time(report: Report, others: Sequence[str]) -> Iterator[str]:
    ours, *theirs = (
        [values["latency"] for values in report.values(system) if "latency" in values]
        for system in (ASSISTANT, *others)
    )
    if ours:
        yield '<p class="quiet">Milliseconds from question to answer; bars are shares of the questions.</p>'
        yield _legend(others)
        yield f'<div class="wide">{latencies(ours, theirs[0] if theirs else [])}</div>'


def _worst(report: Report) -> Iterator[str]:
    worst, answered = report.worst(), report.not_refused()
    if worst:
        yield '<p class="quiet">Those on which citations, facts and list items together came out lowest.</p>'
        yield from (case_card(case, report) for case in worst)
    if answered:
        yield f"<h3>Answered, though the texts hold no answer ({len(answered)})</h3>"
        yield from (case_card(case, report) for case in answered)


def _unverified(report: Report) -> Iterator[str]:
    ours = [report.results[system] for system in (ASSISTANT, WORDED) if system in report.results]
    told = [(id_, one) for results in ours for id_, result in results.items() for one in result.unverified]
    if told:
        yield '<p class="quiet">Statements that the stored clauses they cite do not carry.</p><ul>'
        yield from (f"<li><b>{escape(id_)}</b> {escape(one)}</li>" for id_, one in told)
        yield "</ul>"
    elif any("unverified" in values for values in report.values(ASSISTANT)):
        yield "<p>None: every statement of every answer stands in the clauses it cites.</p>"


def _questions(report: Report) -> Iterator[str]:
    yield "<details><summary>Show all</summary><div class='wide'><table><tr>"
    heads = ("question", "expected", "got", "recall", "precision", "facts", "items")
    yield "".join(f"<th>{escape(head)}</th>" for head in heads)
    yield "</tr>"
    yield from (row_of(case, report) for case in report.cases)
    yield "</table></div></details>"


def _legend(others: Sequence[str], *, aims: bool = False) -> str:
    entries = [(OURS, "assistant", ""), *((THEIRS, name, "") for name in others)]
    entries += [(AIM, "aim", " aim")] if aims else []
    return '<p class="quiet">' + " &nbsp; ".join(_key(entries)) + "</p>"


def _key(entries: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    for colour, name, kind in entries:
        yield f'<span class="key{kind}" style="background:{colour}"></span>{escape(name)}'


def _by_name(found: Iterable[tuple[Figure, Estimate]]) -> dict[str, Estimate]:
    return {figure.name: estimate for figure, estimate in found}
