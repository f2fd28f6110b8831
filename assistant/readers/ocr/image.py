"""A page image made ready for recognition: straight, without stamps, and the ruled lines on it."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from assistant.readers.ocr.recognition import Pixels
from assistant.readers.pdf.view import Rect

_SHEET = 210.0  # millimetres: the shorter side of A4, which a page is taken for
_COARSEST = 5.9  # pixels a millimetre: 150 dpi
_MOST_SKEW = 5.0  # degrees
_LEAST_SKEW = 0.15  # degrees: over the width of a page a tenth of a line
_SKETCH = 700  # pixels of the shorter side: enough to see the direction of lines
_SMALLEST_STAMP = 18.0  # millimetres; official ones have 38 to 58
_ROUND = 0.7  # share of directions in which the edge has to lie on the circle
_THICKEST = 1.2  # millimetres, of a ruled line
_TOUCHED = 0.3  # share of a ruled line that letters and other lines may touch on one side
_LONGEST_STROKE = 8.5  # millimetres: what is longer and straight is seldom a stroke of a letter


def millimetre(image: Pixels) -> float:
    """Return how many pixels a millimetre has, if the page is A4; a smaller picture is taken for a piece of one."""
    return max(float(min(image.shape[:2])) / _SHEET, _COARSEST)


def is_blank(image: Pixels) -> bool:
    """Tell whether nothing is printed on a page."""
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    return int(np.count_nonzero(np.abs(grey.astype(np.int16) - int(np.median(grey))) > 40)) < 20


def skew(image: Pixels) -> float:
    """Return by how many degrees the lines of a page rise to the right."""
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    factor = _SKETCH / min(grey.shape)
    if factor < 1:
        grey = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    ink = 255 - grey.astype(np.uint8)
    ink[ink < 255 - _paper_and_ink(grey)] = 0

    def contrast(degrees: float) -> float:
        # Rows of a straight page are either full of text or empty.
        rows = _turned(ink, degrees, border=0).sum(axis=1, dtype=np.float64)
        return float(np.square(np.diff(rows)).sum())

    best = max(np.arange(-_MOST_SKEW, _MOST_SKEW + 0.1, 0.5), key=contrast)
    best = max(np.arange(best - 0.4, best + 0.41, 0.1), key=contrast)
    return 0.0 if abs(best) < _LEAST_SKEW else -float(best)


def straightened(image: Pixels, degrees: float) -> Pixels:
    """Return a page with its lines level, when they rise by so many degrees."""
    return _turned(image, -degrees, border=255) if degrees else image


def without_stamps(image: Pixels) -> tuple[Pixels, int]:
    """Return a page without its round red stamps, the black text under them kept, and how many there were.

    Red letters stay: the heads of official documents are printed in red.
    """
    unit = millimetre(image)
    blue, green, red = (channel.astype(np.int16) for channel in cv2.split(image))
    reddish = (red - np.maximum(green, blue) > 40) & (red > 90)
    size = max(round(0.8 * unit), 1)
    joined = cv2.dilate(reddish.astype(np.uint8), np.ones((size, size), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    cleaned, stamps, paper = image, 0, float(np.median(green))
    for label in range(1, count):
        x, y, width, height = (int(value) for value in stats[label][:4])
        if min(width, height) < _SMALLEST_STAMP * unit:
            continue
        place = np.s_[y : y + height, x : x + width]
        if not _is_round(labels[place] == label):
            continue
        cleaned = cleaned if stamps else image.copy()
        stamps += 1
        # In red light red ink is as bright as paper, and black stays dark; saved as JPEG it takes on some of the red.
        bright = max(float(np.percentile(red[place][reddish[place]], 20)) - 10, 1.0)
        seen = (paper * np.clip(red[place] / bright, 0, 1) ** 2).astype(np.uint8)
        coloured = red[place] - np.minimum(green[place], blue[place]) > 20
        cleaned[place][coloured] = seen[coloured][:, None]
    return cleaned, stamps


def ink_of(image: Pixels) -> Pixels:
    """Return where a page is dark: 1 for ink, 0 for paper."""
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    return (grey < _paper_and_ink(grey)).astype(np.uint8)


def ruled_lines(image: Pixels) -> list[Rect]:
    """Return the straight horizontal and vertical lines on a level page, in pixels from its upper left corner."""
    ink, unit = ink_of(image), millimetre(image)
    found = []
    long = max(round(_LONGEST_STROKE * unit), 3)
    for gap, shape in (((1, 3), (1, long)), ((3, 1), (long, 1))):  # gaps: where toner or light was missing
        closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones(gap, np.uint8))
        straight = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
        _, _, stats, _ = cv2.connectedComponentsWithStats(straight, connectivity=8)
        for x, y, width, height, _ in stats[1:].tolist():
            if min(width, height) <= _THICKEST * unit and _stands_alone(ink, x, y, width, height):
                found.append((float(x), float(y), float(x + width), float(y + height)))
    return found


def _stands_alone(ink: Pixels, x: int, y: int, width: int, height: int) -> bool:
    """Tell whether there is white along both sides of a line; strokes of bold letters that run together have none."""
    if width < height:
        return _stands_alone(ink.T, y, x, height, width)
    sides = ink[max(y - 4, 0) : max(y - 2, 0), x : x + width], ink[y + height + 2 : y + height + 4, x : x + width]
    return max((float(side.max(axis=0).mean()) for side in sides if side.size), default=0.0) < _TOUCHED


def erased(image: Pixels, places: list[Rect]) -> Pixels:
    """Return a page with these places white."""
    blank = image.copy()
    for x0, y0, x1, y1 in places:
        blank[max(int(y0) - 1, 0) : int(y1) + 1, max(int(x0) - 1, 0) : int(x1) + 1] = 255
    return blank


def _paper_and_ink(grey: cv2.typing.MatLike) -> float:
    """Return the brightness that parts ink from paper."""
    threshold, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return min(float(threshold), 200.0)


def _turned(image: Pixels, degrees: float, border: int) -> Pixels:
    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)  # counter-clockwise
    colour = (border, border, border)
    turned = cv2.warpAffine(image, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=colour)
    return turned.astype(np.uint8, copy=False)


def _is_round(shape: np.ndarray[Any, np.dtype[np.bool_]]) -> bool:
    """Tell whether the outline of a shape follows a circle."""
    height, width = shape.shape
    if not 0.6 < width / height < 1.7:
        return False
    ys, xs = np.nonzero(shape)
    x, y = (xs - width / 2) / (width / 2), (ys - height / 2) / (height / 2)
    direction = ((np.arctan2(y, x) + np.pi) / (2 * np.pi) * 36).astype(int) % 36
    reach = np.zeros(36)
    np.maximum.at(reach, direction, np.hypot(x, y))
    return bool(np.mean((reach > 0.85) & (reach < 1.1)) >= _ROUND)
