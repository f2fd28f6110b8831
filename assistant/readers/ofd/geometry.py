"""Places on an OFD page: boxes, matrices and the steps between characters, as the format writes them."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from assistant.readers.pdf.view import Rect

_POINTS = 72 / 25.4  # OFD measures in millimetres
_LARGEST_PAGE = 20_000.0
_A4 = (0.0, 0.0, 210.0, 297.0)
_COMMAND = re.compile(r"([MSLQBAC])([^MSLQBAC]*)")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


class Matrix(NamedTuple):
    """An affine map: x' = a x + c y + e, y' = b x + d y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point comes to lie."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def inside(self, outer: Matrix) -> Matrix:
        """Return this map followed by an outer one."""
        a, b, c, d, e, f = self
        x, y = outer.at(e, f)
        return Matrix(
            outer.a * a + outer.c * b,
            outer.b * a + outer.d * b,
            outer.a * c + outer.c * d,
            outer.b * c + outer.d * d,
            x,
            y,
        )

    @property
    def clockwise(self) -> float:
        """By how many degrees, from 0 to 360, the map turns what is upright: y runs downwards in OFD."""
        return math.degrees(math.atan2(self.b, self.a)) % 360

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Rect:
        """Return the upright box around a mapped box."""
        corners = [self.at(x, y) for x in (x0, x1) for y in (y0, y1)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return min(xs), min(ys), max(xs), max(ys)


def numbers(text: str | None) -> list[float]:
    """Return the numbers a text consists of; what is none is passed over, as are those too large to be places."""
    found = [float(number) for number in _NUMBER.findall(text or "")]
    return [number if math.isfinite(number) else 0.0 for number in found]


def page_box(text: str | None) -> Rect | None:
    """Return a box (x, y, width, height in millimetres); None where the text states none that a page could have."""
    values = numbers(text)
    usual = len(values) == 4 and min(values[2:]) > 0 and max(values[2:]) <= _LARGEST_PAGE
    return (values[0], values[1], values[2], values[3]) if usual else None


def on_page(box: Rect | None) -> tuple[Matrix, Rect]:
    """Return the map from the millimetres of a page to points with y upwards, and the page's box in those."""
    x, y, width, height = box or _A4
    matrix = Matrix(_POINTS, 0.0, 0.0, -_POINTS, -x * _POINTS, (y + height) * _POINTS)
    return matrix, (0.0, 0.0, width * _POINTS, height * _POINTS)


def placed(boundary: str | None, ctm: str | None) -> Matrix:
    """Return the map from an object's own coordinates to those of what it stands in."""
    own = numbers(ctm)
    matrix = Matrix(*own) if len(own) == 6 else Matrix()
    corner = numbers(boundary)
    return matrix._replace(e=matrix.e + corner[0], f=matrix.f + corner[1]) if len(corner) == 4 else matrix


def steps(text: str | None, count: int) -> list[float] | None:
    """Return `count` steps from character to character: "3 3 1.5", or "g 2 3 1.5" for runs of equal ones.

    Some programs write too few; the last step then holds for the rest. None where the text states none.
    """
    if not text or not text.strip():
        return None
    found: list[float] = []
    words = text.split()
    position = 0
    while position < len(words) and len(found) < count:
        run = numbers(" ".join(words[position + 1 : position + 3])) if words[position] == "g" else []
        if len(run) == 2:
            found += [run[1]] * min(max(int(run[0]), 0), count - len(found))
            position += 3
        else:
            found += numbers(words[position])[:1]
            position += 1
    return found + [found[-1] if found else 0.0] * (count - len(found))


def strokes(commands: str | None) -> list[list[tuple[float, float]]]:
    """Return the corners of a path's straight pieces: M and S begin one, L goes on, C closes, a curve breaks it off."""
    outlines: list[list[tuple[float, float]]] = []
    for letter, operands in _COMMAND.findall(commands or ""):
        point = numbers(operands)[:2]
        if letter in "MS" and len(point) == 2:
            outlines.append([(point[0], point[1])])
        elif letter == "L" and len(point) == 2 and outlines:
            outlines[-1].append((point[0], point[1]))
        elif letter == "C" and outlines and outlines[-1]:
            outlines[-1].append(outlines[-1][0])
        elif letter in "QBA":
            outlines.append([])
    return [outline for outline in outlines if len(outline) > 1]
