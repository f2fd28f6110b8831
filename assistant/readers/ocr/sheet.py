"""A page image as a page: recognised, turned upright, with its tables, and how sure every place on it is."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from assistant.models import Box
from assistant.readers.ocr.engine import Found, find_lines, read_lines
from assistant.readers.ocr.image import erased, ruled_lines, skew, straightened, without_stamps
from assistant.readers.ocr.letters import glyphs, height, middle
from assistant.readers.ocr.missed import missed_lines, runs_into
from assistant.readers.ocr.recognition import Pixels
from assistant.readers.pdf.glyphs import segments
from assistant.readers.pdf.page import Page
from assistant.readers.pdf.rules import Grid, grids
from assistant.readers.pdf.tables import split_tables
from assistant.readers.pdf.view import Rect, View, turned

_SHORT_SIDE = 595.0  # points: A4, the size for which the layout's distances are made
_UNCLEAR = 0.5  # score below which a line is no text, or nobody can tell which
_CROSSED = 0.6  # score that a line has at most where a stamp or a drawing runs across it
_DOUBTFUL = 0.85  # mean score of a page that may stand on its head or lie on its side
_SIDEWAYS = 0.3  # share of its lines that are higher than wide if it lies on its side
_ASKEW = 12.0  # degrees: stamps and watermarks; the boxes of short lines are a little askew themselves
_NARROWEST, _LOWEST = 115.0, 23.0  # points: 4 cm by 8 mm, smaller than which no table is, but bold letters are
_LONG = 3.0  # width of a line over its height, from which its direction is certain


@dataclass(frozen=True, slots=True)
class ScannedView(View):
    """A scanned page held level, and how sure its lines are."""

    skew: float = 0.0  # degrees by which the lines rise on the page as displayed
    read: tuple[tuple[Rect, int, float], ...] = ()  # of each recognised line: where, how many characters, how sure

    def box(self, rect: Rect) -> Box:
        """Return the place of a rectangle on the page as displayed, with the confidence of what is read there."""
        return replace(View.box(self, _tilted(rect, self.rect, self.skew)), confidence=self.confidence(rect))

    def confidence(self, rect: Rect | None = None) -> float | None:
        """Return how sure the text in a place, or on the whole page, is: the mean over its characters."""
        inside = [(count, score) for place, count, score in self.read if rect is None or _lies_in(place, rect)]
        total = sum(count for count, _ in inside)
        return round(sum(count * score for count, score in inside) / total, 3) if total else None


@dataclass(frozen=True, slots=True)
class Scan:
    """A page read by text recognition, and what was left out."""

    page: Page
    confidence: float | None  # None where nothing was found
    unclear: int = 0  # lines too unclear to be taken
    stamps: int = 0
    crossed: int = 0  # lines that something else is printed over


@dataclass(frozen=True, slots=True)
class Reading:
    """What is found on a page held in one way."""

    turn: int  # quarter turns clockwise from the page as displayed
    skew: float  # degrees by which its lines rose
    rect: Rect  # of the page, in points
    points: float  # a pixel has
    tables: tuple[Grid, ...]
    lines: tuple[Found, ...]

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return where a pixel lies, in points."""
        return self.rect[0] + x * self.points, self.rect[3] - y * self.points

    @property
    def quality(self) -> float:
        """How sure the text is as a whole; text that lies on its side counts nothing."""
        return self._upright(1) / max(sum(len(line.letters) for line in self.lines), 1)

    @property
    def amount(self) -> float:
        """How much text there is, the surer the more: held the wrong way, a page gives less of it."""
        return self._upright(2)

    def _upright(self, power: int) -> float:
        upright = (line for line in self.lines if len(line.letters) < 2 or not _is_tall(line, 1.5))
        return sum(len(line.letters) * line.score**power for line in upright)


def read_image(image: Pixels, number: int, threads: int | None = None) -> Scan:
    """Return the text on the image of a page; raises RecognitionUnavailable where there is no model."""
    cleaned, stamps = without_stamps(image)
    reading = _best(cleaned, threads)
    askew = [line for line in reading.lines if _slant(line) > _ASKEW]
    lines = [line for line in reading.lines if line not in askew and line.score >= _UNCLEAR]
    read = tuple((_stretch(line, reading), len(line.letters), line.score) for line in lines)
    view = ScannedView(number, reading.rect, reading.turn, reading.skew, read)
    letters = glyphs(lines, reading.place)
    outside, tables = split_tables(letters, reading.tables, view)
    page = Page(
        view=view,
        segments=tuple(segments(outside)),
        characters=len(letters),
        tables=tuple(tables),
        askew="".join(line.text for line in askew if line.score >= _UNCLEAR),
        images=True,
    )
    unclear = sum(line.score < _UNCLEAR for line in reading.lines)
    return Scan(page, view.confidence(), unclear, stamps, crossed=sum(line.crossed for line in lines))


def _best(image: Pixels, threads: int | None) -> Reading:
    """Return what is read on a page held as its text stands upright."""
    first = _read(image, 0, threads)
    if not first.lines or first.quality >= _DOUBTFUL:
        return first
    tall = sum(_is_tall(line, 1.2) for line in first.lines)
    others = (1, 3) if tall > _SIDEWAYS * len(first.lines) else (2,)
    return max([first, *(_read(image, turn, threads) for turn in others)], key=lambda reading: reading.amount)


def _read(image: Pixels, turn: int, threads: int | None) -> Reading:
    held = np.ascontiguousarray(np.rot90(image, -turn))
    degrees = skew(held)
    held = straightened(held, degrees)
    rect = _rect(held, turn)
    reading = Reading(turn, degrees, rect, (rect[2] - rect[0]) / held.shape[1], (), ())
    rules = ruled_lines(held)
    tables = grids([(*reading.place(x0, y1), *reading.place(x1, y0)) for x0, y0, x1, y1 in rules])
    tables = [grid for grid in tables if grid.xs[-1] - grid.xs[0] > _NARROWEST and grid.ys[0] - grid.ys[-1] > _LOWEST]
    if tables:  # lines that touch letters are taken for strokes, and cells beside each other for one line of text
        held = erased(held, rules)
    found = find_lines(held, threads)
    overlooked, clutter = missed_lines(held, found)
    hidden = [line for line in found if runs_into(line, clutter)]
    # What runs across these hides letters from the model, which is none the less sure of those it sees.
    crossed = [
        replace(line, score=min(line.score, _CROSSED), crossed=True)
        for line in (*hidden, *read_lines(held, overlooked, threads))
    ]
    lines = (*(line for line in found if line not in hidden), *crossed)
    return replace(reading, tables=tuple(tables), lines=lines)


def _is_tall(line: Found, times: float) -> bool:
    """Tell whether a line is higher than wide, so many times."""
    return height(line) > times * abs(line.corners[1][0] - line.corners[0][0])


def _slant(line: Found) -> float:
    (x0, y0), (x1, y1) = line.corners[:2]
    return abs(math.degrees(math.atan2(y1 - y0, x1 - x0))) if x1 - x0 > _LONG * height(line) else 0.0


def _rect(level: Pixels, turn: int) -> Rect:
    """Return the rectangle of a page in points, its shorter side that of A4, held as its text is read."""
    rows, columns = level.shape[:2]
    points = _SHORT_SIDE / min(rows, columns)
    width, tall = columns * points, rows * points
    if turn % 2:
        width, tall = tall, width
    return turned((0.0, 0.0, width, tall), turn)


def _stretch(line: Found, reading: Reading) -> Rect:
    """Return where the middle of a line runs, in points."""
    xs = [x for x, _ in line.corners]
    (x0, y), (x1, _) = reading.place(min(xs), middle(line)), reading.place(max(xs), middle(line))
    return x0, y, x1, y


def _lies_in(line: Rect, rect: Rect) -> bool:
    return rect[1] <= line[1] <= rect[3] and min(line[2], rect[2]) > max(line[0], rect[0])


def _tilted(rect: Rect, sheet: Rect, degrees: float) -> Rect:
    """Return the place of a rectangle before its page was made level."""
    if not degrees:
        return rect
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    x, y = (sheet[0] + sheet[2]) / 2, (sheet[1] + sheet[3]) / 2
    corners = [(rect[i] - x, rect[j] - y) for i in (0, 2) for j in (1, 3)]
    xs = [x + dx * cosine - dy * sine for dx, dy in corners]
    ys = [y + dx * sine + dy * cosine for dx, dy in corners]
    return min(xs), min(ys), max(xs), max(ys)
