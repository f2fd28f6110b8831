"""Bars small enough to stand in a cell of a table, beside the figures they show: as wide as the cell, coloured by style."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.app.pictures import svg

_HIGH = 10


def bar(shares: Iterable[tuple[float, str]]) -> str:
    """Return a lying bar made of shares (of 1) of the whole width, each with the class that colours it."""
    parts, x = [], 0.0
    for share, style in shares:
        if share > 0:
            parts.append(svg.rect(x, 0, 100 * share, _HIGH, "currentColor", class_=style))
            x += 100 * share
    return _stretched("bar", 100, parts)


def columns(values: Sequence[int], style: str) -> str:
    """Return standing bars in a row, the highest value as high as the picture; a zero leaves a line."""
    highest = max(values, default=0) or 1
    parts = []
    for number, value in enumerate(values):
        high = max(0.6, _HIGH * value / highest)
        parts.append(svg.rect(number * 10, _HIGH - high, 8, high, "currentColor", class_=style if value else "none"))
    return _stretched("columns", 10 * len(values), parts)


def _stretched(style: str, width: float, parts: Iterable[str]) -> str:
    """The figures stand beside it, so that those who cannot see it miss nothing."""
    return (
        f'<svg class="{style}" viewBox="0 0 {width:g} {_HIGH}" preserveAspectRatio="none" aria-hidden="true" '
        f'focusable="false">{"".join(parts)}</svg>'
    )
