"""The plots of the evaluation's page, as SVG: our figures in colour, the baseline's in grey, intervals as lines."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.app.pictures import svg
from assistant.evaluation.intervals import Estimate

OURS, THEIRS, AIM, INK, QUIET, GRID = "#0b6069", "#9aa3a8", "#c2571a", "#1c2b33", "#5b6b74", "#e3e8ea"
_ROW, _LABEL, _TOP = 26, 210, 34


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of ours with its counterpart."""

    ours: Estimate | None
    theirs: Estimate | None = None
    aim: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a plot: what it is about, and one point for each panel."""

    label: str
    points: Sequence[Point]


def dots(title: str, panels: Sequence[str], rows: Sequence[Row], panel_width: int = 180) -> str:
    """Return a plot of shares from 0 to 1: a line a row, a panel a figure."""
    gap = 28
    width = _LABEL + len(panels) * (panel_width + gap)
    height = _TOP + len(rows) * _ROW + 24
    parts: list[str] = []
    for number, name in enumerate(panels):
        left = _LABEL + number * (panel_width + gap)
        parts += _frame(left, panel_width, len(rows), name)
        for line, row in enumerate(rows):
            parts += _point(row, row.points[number], left, panel_width, _TOP + line * _ROW + _ROW / 2)
    for line, row in enumerate(rows):
        y = _TOP + line * _ROW + _ROW / 2 + 4
        parts.append(svg.text(_LABEL - 12, y, svg.shortened(row.label, _LABEL - 16), 12, INK, "end"))
    return svg.document(width, height, title, "", parts)


def latencies(ours: Sequence[float], theirs: Sequence[float]) -> str:
    """Return how many questions took how long, on a scale whose steps double; shares of each system's questions."""
    sides = [(Counter(map(_step, values)), len(values), colour) for values, colour in ((ours, OURS), (theirs, THEIRS))]
    steps = range(min(_step(v) for v in (*ours, *theirs)), max(_step(v) for v in (*ours, *theirs)) + 1)
    most = max(counts[step] / total for counts, total, _ in sides if total for step in steps)
    wide, high, left, top = 64, 130, 46, 16
    parts: list[str] = []
    for number, step in enumerate(steps):
        x = left + number * wide
        for (counts, total, colour), offset in zip(sides, (6, 32), strict=True):
            share = counts[step] / total if total else 0.0
            tall = high * share / most
            bar = svg.rect(x + offset, top + high - tall, 24, tall, colour)
            parts.append(svg.group((bar,), f"{share:.0%} took {2.0**step:g} to {2.0 ** (step + 1):g} ms"))
        parts.append(svg.text(x, top + high + 16, f"{2.0**step:g}", 11, QUIET, "middle"))
    end = left + len(steps) * wide
    parts.append(svg.text(end, top + high + 16, f"{2.0**steps.stop:g} ms", 11, QUIET, "middle"))
    parts.append(svg.rect(left, top + high, len(steps) * wide, 1, QUIET))
    return svg.document(end + 40, top + high + 28, "Share of the questions by the time they took", "", parts)


def _step(milliseconds: float) -> int:
    """Return which doubling a time falls into: 64 to 128 ms is 6."""
    return math.floor(math.log2(max(milliseconds, 0.5)))


def _frame(left: float, width: float, rows: int, name: str) -> Iterator[str]:
    yield svg.text(left, 14, name, 12, INK, font_weight="600")
    bottom = _TOP + rows * _ROW
    for tenth in (0, 25, 50, 75, 100):
        x = left + width * tenth / 100
        yield svg.rect(x - 0.5, _TOP - 6, 1, bottom - _TOP + 8, GRID)
        yield svg.text(x, bottom + 16, f"{tenth / 100:g}", 10, QUIET, "middle")


def _point(row: Row, point: Point, left: float, width: float, y: float) -> Iterator[str]:
    if point.aim is not None:
        yield svg.group((svg.rect(left + width * point.aim - 1, y - 9, 2, 18, AIM),), f"aim {point.aim:g}")
    for estimate, colour, name, lower in ((point.theirs, THEIRS, "baseline", 4), (point.ours, OURS, "assistant", -3)):
        if estimate is None:
            continue
        start, end = left + width * estimate.low, left + width * estimate.high
        hint = f"{row.label}, {name}: {estimate}, {estimate.n} questions"
        line = svg.rect(start, y + lower - 1, max(end - start, 0.5), 2, colour, opacity="0.55")
        yield svg.group((line, svg.dot(left + width * estimate.value, y + lower, 4.5, colour)), hint)
