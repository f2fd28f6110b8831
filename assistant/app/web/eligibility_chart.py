"""The carry-forward of an amount as a picture: a bar for each year, and the limit of the year as a line across it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from html import escape

from assistant.app.pictures import svg
from assistant.app.web.eligibility_texts import EligibilityTexts
from assistant.eligibility.model import YearRow, YearTable
from assistant.eligibility.units import shown

_HEIGHT, _BASE, _STEP, _BAR, _LEFT = 190, 160, 92, 46, 8
_PARTS = ("used", "rest", "lost")


def chart(table: YearTable, t: EligibilityTexts) -> str:
    """Return the picture with its legend; the table that stands with it says the same to those who cannot see it."""
    years = [(row.year, _figures(table, row)) for row in table.rows]
    top = max((max(_sum(f), f["limit"] or Decimal(0)) for _, f in years), default=Decimal(0))
    if top <= 0:
        return ""
    width = _LEFT * 2 + _STEP * len(years)
    bars = "".join(_bar(n, year, figures, top, t) for n, (year, figures) in enumerate(years))
    names = {"used": t.chart_used, "rest": t.chart_rest, "lost": t.chart_lost, "limit": t.chart_limit}
    shown_parts = [p for p in (*_PARTS, "limit") if p != "lost" or any(f["lost"] for _, f in years)]
    legend = "".join(f'<li><span class="key {part}"></span>{escape(names[part])}</li>' for part in shown_parts)
    return (
        f'<figure class="carried"><figcaption>{escape(t.chart)}</figcaption>'
        f'<div class="scroll"><svg viewBox="0 0 {width} {_HEIGHT}" width="{width}" height="{_HEIGHT}" aria-hidden="true">'
        f'{bars}</svg></div><ul class="legend">{legend}</ul></figure>'
    )


def _figures(table: YearTable, row: YearRow) -> Mapping[str, Decimal | None]:
    """What became of the credit of a year, whichever rule it is: used, carried on, or lost for good."""
    by_column = {column.id: value for column, value in zip(table.columns, row.values, strict=True)}
    lost = (by_column.get("cancelled") or Decimal(0)) + (by_column.get("lapsed") or Decimal(0))
    return {
        "used": by_column.get("used"), "rest": by_column.get("carried_out"), "lost": lost, "limit": by_column.get("limit")
    }  # fmt: skip


def _sum(figures: Mapping[str, Decimal | None]) -> Decimal:
    return sum((figures[part] or Decimal(0) for part in _PARTS), Decimal(0))


def _bar(number: int, year: int, figures: Mapping[str, Decimal | None], top: Decimal, t: EligibilityTexts) -> str:
    left = _LEFT + number * _STEP + (_STEP - _BAR) / 2
    middle, scale = left + _BAR / 2, (_BASE - 24) / float(top)
    bottom, drawn = float(_BASE), []
    for part in _PARTS:
        height = float(figures[part] or 0) * scale
        if height > 0:
            bottom -= height
            drawn.append(svg.rect(left, bottom, _BAR, height, "none", class_=part))
    limit = figures["limit"]
    if limit is not None:
        drawn.append(svg.rect(left - 8, _BASE - float(limit) * scale - 1, _BAR + 16, 2, "none", class_="limit"))
    known = figures["used"] is not None
    words = shown(_sum(figures), "", t.language) if known else t.chart_unknown
    drawn.append(svg.text(middle, min(bottom, _BASE) - 6, words, 11, class_="figure", anchor="middle"))
    drawn.append(svg.text(middle, _BASE + 18, str(year), 12, class_="figure", anchor="middle"))
    return "".join(drawn)
