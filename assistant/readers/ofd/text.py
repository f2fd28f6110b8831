"""The characters of an OFD text object with their places, as the PDF reader has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from assistant.readers.ofd.geometry import Matrix, numbers, placed, steps
from assistant.readers.pdf.glyphs import Glyph, is_wide
from assistant.text import repair

_ABOVE, _BELOW = 0.88, 0.12  # of the font size: how far a Chinese character stands over and under its baseline
_NARROW = 0.5  # of the font size: the width of a Latin letter whose own width nobody states
_USUAL_SIZE = 3.7  # millimetres, for an object that states no size
_SPACE_GAP = 0.15  # of the font size: a wider white than usual between Chinese characters, as in the PDF reader
_MIXED_GAP = 0.4  # the same beside a Latin letter: programs set a little white between the scripts on their own
_SPACES = " \u00a0\u3000"


@dataclass(frozen=True, slots=True)
class Placed:
    """A character on its page: its direction in degrees clockwise, and whether anything of it is drawn."""

    glyph: Glyph
    clockwise: float
    visible: bool
    known: bool  # its code means something: it is no private one


def read_text(element: Any, outer: Matrix, visible: bool) -> Iterator[Placed]:
    """Yield the characters of a text object that stands in what `outer` maps to the page."""
    matrix = placed(element.get("Boundary"), element.get("CTM")).inside(outer)
    size = _number(element.get("Size") or element.get("size"), _USUAL_SIZE)
    clockwise = (matrix_on_paper(matrix).clockwise + _number(element.get("CharDirection"), 0.0)) % 360
    visible = visible and is_drawn(element)
    transforms = [child for child in element if name_of(child) == "CGTransform"]
    squeezed = _number(element.get("HScale"), 1.0)  # of the width of its characters
    scale = abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5
    x = y = 0.0
    before = 0  # characters in the codes before this one: transforms count through the whole object
    for code in (child for child in element if name_of(child) == "TextCode"):
        text = code.text or ""
        x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
        space = ""
        for char, (dx, dy) in zip(text, _places(code, size, before, transforms), strict=True):
            if char in _SPACES:
                space = space or char.replace("\u00a0", " ")
                continue
            shown = repair(char) if char >= " " else ""
            if not shown:
                continue
            wide = is_wide(shown[0])
            x0, y0 = x + dx, y + dy
            box = matrix.box(
                x0, y0 - _ABOVE * size, x0 + (1.0 if wide else _NARROW) * squeezed * size, y0 + _BELOW * size
            )
            glyph = Glyph(shown, *box, space, 0, size * scale, wide)
            yield Placed(glyph, clockwise, visible, not "\ud800" <= char <= "\uf8ff")
            space = ""
        before += len(text)


def spaced(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Return the characters with a space wherever one line leaves room for it: many programs write none."""
    found: list[Glyph] = []
    for line in _lines(glyphs):
        found.append(line[0])
        usual = {wide: _usual_white(line, wide) for wide in (True, False)}
        for before, here in pairwise(line):
            least = usual[before.wide] + (_SPACE_GAP if before.wide and here.wide else _MIXED_GAP)
            wider = (here.x0 - before.x1) / (here.size or 1.0) > least
            found.append(here._replace(space=here.space or " ") if wider else here)
    return found


def _usual_white(line: Sequence[Glyph], wide: bool) -> float:
    """Return the white that most characters of one kind have after them, in em; 0 where they stand close or overlap."""
    whites = sorted(
        (here.x0 - before.x1) / (here.size or 1.0)
        for before, here in pairwise(line)
        if before.wide == wide == here.wide
    )
    return max(whites[len(whites) // 2], 0.0) if whites else 0.0


def _lines(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Yield the runs of characters that follow each other from left to right at one height."""
    run: list[Glyph] = []
    for glyph in glyphs:
        same = run and abs(glyph.y0 - run[-1].y0) < 0.3 * glyph.size and glyph.x0 > run[-1].x0
        if run and not same:
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def name_of(element: Any) -> str:
    """Return the name of an element without its namespace: programs disagree on it."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def is_drawn(element: Any) -> bool:
    """Tell whether an object shows at all: it is not switched off, not fully transparent, and filled or outlined."""
    if element.get("Visible", "true").lower() in ("false", "0") or element.get("Alpha") == "0":
        return False
    if name_of(element) != "TextObject":
        return True
    colour = next((child for child in element if name_of(child) == "FillColor"), None)
    if colour is not None and colour.get("Alpha") == "0":
        return False
    return bool(element.get("Fill", "true").lower() == "true" or element.get("Stroke", "false").lower() == "true")


def matrix_on_paper(matrix: Matrix) -> Matrix:
    """Return a map to points, where y runs upwards, as the same map in the format's sense, where it runs downwards."""
    return matrix._replace(b=-matrix.b, d=-matrix.d)


def _places(code: Any, size: float, before: int, transforms: list[Any]) -> list[tuple[float, float]]:
    """Return how far each character of a text code stands from the first."""
    text = code.text or ""
    drawn = _drawn_as(len(text), before, transforms)
    count = int(drawn[-1]) + 1 if drawn else 0
    across, down = steps(code.get("DeltaX"), count), steps(code.get("DeltaY"), count)
    if across is None and down is None:
        across = [size * (1.0 if is_wide(char) or char == "\u3000" else _NARROW) for char in text[:count]]
        across += [0.0] * (count - len(across))
    places = [(0.0, 0.0)]
    for position in range(count):
        x, y = places[-1]
        places.append((x + (across[position] if across else 0.0), y + (down[position] if down else 0.0)))
    return [_between(places[int(glyph)], places[int(glyph) + 1], glyph % 1) for glyph in drawn]


def _between(start: tuple[float, float], end: tuple[float, float], share: float) -> tuple[float, float]:
    return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])


def _drawn_as(count: int, before: int, transforms: list[Any]) -> list[float]:
    """Return for each character the number of the glyph that shows it; characters of one glyph share its room."""
    groups = {}
    for transform in transforms:
        start = int(_number(transform.get("CodePosition"), 0.0)) - before
        codes = int(_number(transform.get("CodeCount"), 1.0))
        glyphs = int(_number(transform.get("GlyphCount"), 1.0))
        if codes != glyphs and 0 < codes <= count and 0 < glyphs <= 4 * codes and 0 <= start < count:
            groups[start] = (codes, glyphs)
    drawn: list[float] = []
    glyph = 0
    while len(drawn) < count:
        codes, glyphs = groups.get(len(drawn), (1, 1))
        drawn += [glyph + glyphs * position / codes for position in range(min(codes, count - len(drawn)))]
        glyph += glyphs
    return drawn


def _number(text: str | None, default: float) -> float:
    found = numbers(text)
    return found[0] if found else default
