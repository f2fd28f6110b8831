"""One OFD page in the form in which the PDF reader has its pages, so that both are composed alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from assistant.readers.ofd.geometry import Matrix, on_page, page_box, placed, strokes
from assistant.readers.ofd.text import Placed, is_drawn, name_of, read_text, spaced
from assistant.readers.pdf.glyphs import Glyph, segments, turned_glyphs
from assistant.readers.pdf.page import Page
from assistant.readers.pdf.rules import grids
from assistant.readers.pdf.tables import split_tables
from assistant.readers.pdf.view import Rect, View, turned

_DEEPEST = 20  # blocks and composites inside each other
_ASKEW = 5.0  # degrees off the upright: stamps and watermarks, as in a PDF
_GARBLED = 0.3  # share of characters without a readable code
_THIN = 3.0  # points: a shape no thicker than this is a line
_LEAST_RULES = 4
_TWICE = 0.12  # of the font size: nearer to each other, two equal characters are one
_RECENT = 200  # equal characters that are compared
_MOST_OBJECTS = 200_000  # of one page, composites unfolded


@dataclass(slots=True)
class _Content:
    """What the layers of a page and of its templates hold."""

    characters: list[Placed] = field(default_factory=list)
    rules: list[Rect] = field(default_factory=list)
    pictures: list[tuple[str, Rect]] = field(default_factory=list)
    objects: int = 0


@dataclass(frozen=True, slots=True)
class Composed:
    """A page, the text on it that nobody can see, and its pictures: the id of each and where it stands, in points."""

    page: Page
    unseen: str
    paper: Rect
    pictures: tuple[tuple[str, Rect], ...]


def compose_page(layers: Sequence[Any], composites: Mapping[str, Any], box: Rect | None, number: int) -> Composed:
    """Return a page made of the contents of its templates and its own."""
    to_points, paper = on_page(box)
    content = _Content()
    for layer in layers:
        _collect(layer, to_points, is_drawn(layer), content, composites, 0)
    shown = [p for p in content.characters if p.visible and _is_on(paper, p.glyph)]
    unseen = "".join(p.glyph.char for p in content.characters if not (p.visible and _is_on(paper, p.glyph)))
    if not shown and content.pictures:  # a scan whose recognised text lies over it without being drawn
        shown, unseen = [p for p in content.characters if _is_on(paper, p.glyph)], ""
    by_turn, askew = _by_direction(_once(shown))
    turn = max(by_turn, key=lambda quarter: len(by_turn[quarter]), default=0)
    upright = spaced(turned_glyphs(by_turn[turn], turn) if turn else by_turn.get(0, []))
    found = grids(content.rules, turn) if len(content.rules) >= _LEAST_RULES else []
    view = View(number, turned(paper, turn), turn)
    upright, tables = split_tables(upright, found, view) if found else (upright, [])
    page = Page(
        view=view,
        segments=tuple(segments(upright)),
        characters=len(shown),
        aside=tuple(
            (View(number, turned(paper, t), t), tuple(segments(turned_glyphs(by_turn[t], t))))
            for t in by_turn
            if t != turn
        ),
        tables=tuple(tables),
        askew="".join(glyph.char for glyph in askew),
        images=bool(content.pictures),
        garbled=sum(not p.known for p in shown) > _GARBLED * max(len(shown), 1),
    )
    return Composed(page, unseen, paper, tuple(content.pictures))


def _collect(
    parent: Any, outer: Matrix, visible: bool, content: _Content, composites: Mapping[str, Any], depth: int
) -> None:
    """Add what stands in a layer, a block or a composite to the content of the page."""
    for element in parent:
        content.objects += 1
        if content.objects > _MOST_OBJECTS:
            return
        name = name_of(element)
        if name == "TextObject":
            content.characters += read_text(element, outer, visible)
        elif name == "PathObject" and visible and is_drawn(element):
            content.rules += _lines(element, outer)
        elif name == "ImageObject" and visible and is_drawn(element):
            content.pictures.append((element.get("ResourceID") or "", _place(element, outer)))
        elif depth < _DEEPEST and name in ("PageBlock", "CompositeObject", "Layer", "Content"):
            composite = composites.get(element.get("ResourceID") or "") if name == "CompositeObject" else element
            matrix = placed(element.get("Boundary"), element.get("CTM")).inside(outer)
            if composite is not None:
                drawn = visible and is_drawn(element)
                _collect(
                    composite, matrix if composite is not element else outer, drawn, content, composites, depth + 1
                )


def _place(picture: Any, outer: Matrix) -> Rect:
    """Return where a picture stands: it fills the unit square of its matrix, or its boundary where it has none."""
    if picture.get("CTM"):
        return placed(picture.get("Boundary"), picture.get("CTM")).inside(outer).box(0, 0, 1, 1)
    x, y, width, height = page_box(picture.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
    return outer.box(x, y, x + width, y + height)


def _lines(element: Any, outer: Matrix) -> Iterator[Rect]:
    """Yield the boxes of the straight lines a path draws: its strokes, or the whole of it where it is thin."""
    matrix = placed(element.get("Boundary"), element.get("CTM")).inside(outer)
    data = next((child.text for child in element if name_of(child) == "AbbreviatedData"), None)
    outlines = [[matrix.at(x, y) for x, y in outline] for outline in strokes(data)]
    for outline in outlines:
        whole = _around(outline)
        if _is_line(whole):
            yield whole
        elif element.get("Stroke", "true").lower() == "true":
            pieces = (_around(ends) for ends in pairwise(outline))
            yield from (piece for piece in pieces if _is_line(piece))


def _around(points: Sequence[tuple[float, float]]) -> Rect:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _is_line(box: Rect) -> bool:
    return min(box[2] - box[0], box[3] - box[1]) <= _THIN


def _is_on(paper: Rect, glyph: Glyph) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
    return paper[0] <= x <= paper[2] and paper[1] <= y <= paper[3]


def _once(characters: Sequence[Placed]) -> Iterator[Placed]:
    """Yield characters that are drawn again where they stand, or a hair beside it to look bold, only once."""
    drawn: dict[str, list[Glyph]] = defaultdict(list)
    for character in characters:
        glyph = character.glyph
        reach = _TWICE * glyph.size
        if not any(abs(g.x0 - glyph.x0) < reach and abs(g.y0 - glyph.y0) < reach for g in drawn[glyph.char][-_RECENT:]):
            drawn[glyph.char].append(glyph)
            yield character


def _by_direction(characters: Iterator[Placed]) -> tuple[dict[int, list[Glyph]], list[Glyph]]:
    """Group characters by the quarter turns that make them upright; slanted ones apart."""
    by_turn: dict[int, list[Glyph]] = {}
    askew: list[Glyph] = []
    for number, character in enumerate(characters):
        degrees = character.clockwise
        off = min(degrees % 90, 90 - degrees % 90)
        target = askew if off > _ASKEW else by_turn.setdefault(round((360 - degrees) / 90) % 4, [])
        target.append(character.glyph._replace(number=number))
    return by_turn, askew
