"""Lines of print that detection overlooks, most of all those that a stamp in black and white runs across."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import cv2
import numpy as np

from assistant.readers.ocr.engine import Found
from assistant.readers.ocr.image import ink_of
from assistant.readers.ocr.letters import sizes
from assistant.readers.ocr.recognition import Pixels
from assistant.readers.pdf.view import Rect

_LEAST_LINES = 3  # found lines that show how high lines are
_GAP = 1.8  # in em: white that does not part a line, such as a full-width space
_STROKES = 0.3  # in em: white between the strokes of a letter, less than between lines
_SHORTEST = 2.5  # in em
_FLATTEST, _HIGHEST = 0.4, 1.6  # in em
_FAINT = 0.35  # share of the fullest row's ink, below which a row lies between lines
_MOST = 60  # places on one page; more are a picture


def missed_lines(image: Pixels, found: Sequence[Found]) -> tuple[list[Rect], list[Rect]]:
    """Return where there is print as high as a line that no line was found for, and higher clutter, in pixels."""
    if len(found) < _LEAST_LINES:
        return [], []
    em = sorted(sizes(found))[len(found) // 2]
    ink = ink_of(image)
    left, right = min(x for f in found for x, _ in f.corners), max(x for f in found for x, _ in f.corners)
    ink[:, : max(int(left), 0)] = 0
    ink[:, int(right) + 1 :] = 0
    for line in found:
        (x0, y0), (x1, y1) = np.min(line.corners, axis=0), np.max(line.corners, axis=0)
        ink[max(int(y0), 0) : int(y1) + 1, max(int(x0), 0) : int(x1) + 1] = 0
    bars = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((round(_STROKES * em), round(_GAP * em)), np.uint8))
    bars = cv2.morphologyEx(bars, cv2.MORPH_OPEN, np.ones((round(_FLATTEST * em), round(_SHORTEST * em)), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(bars, connectivity=4)
    places: list[Rect] = []
    clutter: list[Rect] = []
    for x, y, width, tall, _ in stats[1:].tolist():
        for top, bottom in _rows(ink[y : y + tall, x : x + width]):
            rect = (float(x), float(y + top), float(x + width), float(y + bottom))
            if bottom - top > _HIGHEST * em:
                clutter.append(rect)
            elif bottom - top >= _FLATTEST * em:
                margin = max(1.2 * em - (bottom - top), 0.3 * em) / 2
                places.append((rect[0], rect[1] - margin, rect[2], rect[3] + margin))
    return (places if len(places) <= _MOST else []), clutter


def runs_into(line: Found, clutter: Sequence[Rect]) -> bool:
    """Tell whether a line ends or begins at something that hides how it goes on."""
    (x0, y0), (x1, y1) = np.min(line.corners, axis=0), np.max(line.corners, axis=0)
    reach, y = y1 - y0, (y0 + y1) / 2
    return any(top < y < bottom and left < x1 + reach and right > x0 - reach for left, top, right, bottom in clutter)


def _rows(ink: Pixels) -> Iterable[tuple[int, int]]:
    """Yield from where to where the rows of a block of print reach."""
    fullness = ink.sum(axis=1, dtype=np.int64)
    full = np.concatenate([[0], (fullness > _FAINT * fullness.max(initial=0)).astype(np.int8), [0]])
    edges = np.flatnonzero(np.diff(full))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
