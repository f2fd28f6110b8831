"""HTML of the insight page: key figures, then each table with its bars and its file."""

from __future__ import annotations

import base64
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from html import escape

from assistant.app.insight import Insight
from assistant.app.insight.files import as_csv
from assistant.app.insight.holdings import SOON
from assistant.app.insight.sheets import Cell, Sheet, sheets
from assistant.app.pictures.bars import bar, columns
from assistant.app.web.insight_texts import InsightTexts

_BARS = {
    "weeks": (1, 2),
    "asked": (1, 2),
    "places": (1, 2),
    "kinds": (1, 2),
    "audiences": (1, 2),
    "unanswered": (None, 1),
}
_ASKED = ("weeks", "unanswered", "asked", "low_rated", "places", "kinds", "audiences")
_HELD = ("expiring", "unknown", "from_memory", "ended")
_SHORT = 16  # characters, as many as a day with its time has
_STEPS = 6  # shades of the coverage; they double, as the nation holds so much more than any province

Extra = Callable[[Sequence[Cell]], str]


def loading(t: InsightTexts) -> str:
    """Return what stands in place of the page until it is there."""
    return f'<p class="pending"><span class="dots" aria-hidden="true"></span>{escape(t.loading)}</p>'


def trouble(message: str) -> str:
    """Return why the page cannot be shown."""
    return f'<div class="box trouble" role="alert"><p>{escape(message)}</p></div>'


def page(insight: Insight, t: InsightTexts) -> str:
    """Return the whole page for an administrator."""
    by_key = {sheet.key: sheet for sheet in sheets(insight, t.language)}
    kept = t.kept.format(days=insight.keep_days) if insight.keep_days else ""
    return (
        f'<div class="insight" lang="{t.language}"><h2>{escape(t.heading)}</h2>'
        f"<p>{escape(t.as_of.format(day=insight.day.isoformat()))}{escape(kept)}</p><p>{escape(t.privacy)}</p>{_figures(insight, t)}"
        + _section(t.asked, _asked(insight, by_key, t))
        + _section(t.held, _held(insight, by_key, t))
        + _section(t.taken_in, "".join(_card(by_key[key], t) for key in ("runs", "failures", "findings")))
        + "</div>"
    )


def _figures(insight: Insight, t: InsightTexts) -> str:
    asked, held = insight.questions, insight.holdings
    soon = sum(one.days <= SOON for one in held.expiring)
    share = t.share.format(share=f"{asked.unanswered / asked.asked:.0%}") if asked.asked else ""
    well = insight.health.is_well
    drawn = {"findings", *(_ASKED if asked.asked else ()), *(_HELD if held.policies else ())}
    shown: tuple[tuple[str, int | str, str, bool, str], ...] = (
        ("asked", asked.asked, "", False, "weeks"),
        ("unanswered", asked.unanswered, share, False, "unanswered"),
        ("low", asked.low, "", False, "low_rated"),
        ("expiring", soon, t.within.format(days=SOON), soon > 0, "expiring"),
        ("unknown", len(held.unknown), "", False, "unknown"),
        ("health", t.well if well else t.not_well, "", not well, "findings"),
    )
    tiles = "".join(
        f"<li{' class=care' if care else ''}><a{_target(card, drawn)}><span>{escape(t.figures[name])}</span>"
        f"<strong>{escape(str(value))}</strong><small>{escape(more)}</small></a></li>"
        for name, value, more, care, card in shown
    )
    return f'<ul class="figures">{tiles}</ul>'


def _target(card: str, drawn: Collection[str]) -> str:
    """Where a figure leads; nowhere as long as there is no such table."""
    return f' href="#insight-{card}"' if card in drawn else ""


def _section(title: str, inner: str) -> str:
    return f'<section><h3>{escape(title)}</h3><div class="cards">{inner}</div></section>'


def _asked(insight: Insight, by_key: Mapping[str, Sheet], t: InsightTexts) -> str:
    if not insight.questions.asked:
        help_ = t.nothing_asked_help if insight.keep_days else t.nothing_kept
        return (
            '<div class="nothing"><span aria-hidden="true">?</span>'
            f"<p><strong>{escape(t.nothing_asked)}</strong></p><p>{escape(help_)}</p></div>"
        )
    trends = {row[0]: [cell for cell in row[1:] if isinstance(cell, int)] for row in by_key["trend"].rows}
    return "".join(_card(by_key[key], t, trends if key == "unanswered" else None) for key in _ASKED)


def _held(insight: Insight, by_key: Mapping[str, Sheet], t: InsightTexts) -> str:
    if not insight.holdings.policies:
        return f'<div class="nothing"><span aria-hidden="true">0</span><p>{escape(t.nothing_held)}</p></div>'
    return _coverage(by_key["coverage"], t) + "".join(_card(by_key[key], t) for key in _HELD)


def _card(sheet: Sheet, t: InsightTexts, trends: Mapping[Cell, Sequence[int]] | None = None) -> str:
    """A table with its heading, what it shows, its bars and its file; or what its emptiness means."""
    if not sheet.rows:
        return _framed(sheet, f'<p class="source-empty">{escape(t.empty[sheet.key])}</p>', t)
    extra = _trend(trends) if trends else None
    heads = (*sheet.columns, t.trend) if extra else sheet.columns
    numbers = [isinstance(cell, int) for cell in _of_most(sheet)]
    head = "".join(
        f'<th scope="col" role="columnheader"{_style(name, n < len(numbers) and numbers[n])}>{escape(name)}</th>'
        for n, name in enumerate(heads)
    )
    draw = _bars(sheet) if sheet.key in _BARS else None
    rows = "".join(_row(row, heads, numbers, draw(row) if draw else "", extra) for row in sheet.rows)
    table = f'<table role="table"><thead><tr role="row">{head}</tr></thead><tbody>{rows}</tbody></table>'
    count = f'<p class="count">{escape(t.rows.format(count=len(sheet.rows)))}</p>' if len(sheet.rows) > 10 else ""
    return _framed(sheet, f"{_legend(sheet, t)}{count}{_scrolled(sheet, table)}", t)


def _row(row: Sequence[Cell], heads: Sequence[str], numbers: Sequence[bool], drawn: str, extra: Extra | None) -> str:
    cells = "".join(
        f'<td role="cell"{_style(cell, is_number)} data-label="{escape(label)}">{escape(str(cell))}</td>'
        for cell, label, is_number in zip(row[1:], heads[1:], numbers[1:], strict=False)
    )
    more = f'<td role="cell" data-label="{escape(heads[-1])}">{extra(row)}</td>' if extra else ""
    return f'<tr role="row"><th scope="row" role="rowheader">{escape(str(row[0]))}{drawn}</th>{cells}{more}</tr>'


def _bars(sheet: Sheet) -> Extra:
    """How a row's bar is drawn: all asked with those unanswered in it, or those unanswered alone."""
    whole, part = _BARS[sheet.key]
    measured = part if whole is None else whole
    most = max((cell for row in sheet.rows if isinstance(cell := row[measured], int)), default=0) or 1

    def draw(row: Sequence[Cell]) -> str:
        wanting, asked = _figure(row[part]), _figure(row[measured])
        return bar(((wanting / most, "wanting"), ((asked - wanting) / most, "asked"))) if asked else ""

    return draw


def _trend(trends: Mapping[Cell, Sequence[int]]) -> Extra:
    def draw(row: Sequence[Cell]) -> str:
        weeks = trends.get(row[0])
        if not weeks:
            return ""
        told = ", ".join(map(str, weeks))
        return f'{columns(weeks, "wanting")}<span class="unseen">{told}</span>'

    return draw


def _coverage(sheet: Sheet, t: InsightTexts) -> str:
    """The table of places and kinds: the more clauses, the darker the cell."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in sheet.columns)
    rows = []
    for place, policies, clauses, *kinds in sheet.rows:
        plain = "".join(f"<td>{cell}</td>" for cell in (policies, clauses))
        shaded = "".join(
            f'<td class="step-{min(_STEPS, _figure(cell).bit_length())}">{cell or ""}</td>' for cell in kinds
        )
        empty = "" if policies else ' class="empty"'
        rows.append(f'<tr{empty}><th scope="row">{escape(str(place))}</th>{plain}{shaded}</tr>')
    table = f'<table class="grid"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
    return _framed(sheet, _scrolled(sheet, table), t)


def _framed(sheet: Sheet, inner: str, t: InsightTexts) -> str:
    file = base64.b64encode(as_csv(sheet)).decode("ascii")
    link = (
        f'<a class="csv" download="{sheet.key}.csv" href="data:text/csv;charset=utf-8;base64,{file}" '
        f'aria-label="{escape(t.csv_of.format(title=sheet.title))}">{escape(t.csv)}</a>'
    )
    return (
        f'<article class="card {sheet.key}" id="insight-{sheet.key}"><header><h4>{escape(sheet.title)}</h4>'
        f"{link if sheet.rows else ''}</header><p>{escape(sheet.note)}</p>{inner}</article>"
    )


def _scrolled(sheet: Sheet, table: str) -> str:
    """A table that may be longer than its card; what scrolls can be reached with the keyboard."""
    return f'<div class="scrolled" role="region" tabindex="0" aria-label="{escape(sheet.title)}">{table}</div>'


def _legend(sheet: Sheet, t: InsightTexts) -> str:
    if _BARS.get(sheet.key, (None,))[0] is None:
        return ""
    names = (("asked", t.all_asked), ("wanting", t.unanswered_part))
    return '<p class="legend">' + "".join(f'<span class="{key}">{escape(name)}</span>' for key, name in names) + "</p>"


def _of_most(sheet: Sheet) -> Iterable[Cell]:
    """For each column a cell of it, a number where any is: others of it may be told as a few."""
    return (next((row[n] for row in sheet.rows if isinstance(row[n], int)), "") for n in range(len(sheet.columns)))


def _figure(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


def _style(cell: Cell, is_number: bool) -> str:
    """Figures stand right; a day or the name of a place is not broken."""
    if is_number:
        return ' class="figure"'
    return ' class="short"' if len(str(cell)) <= _SHORT else ""
