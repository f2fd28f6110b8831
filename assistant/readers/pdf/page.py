"""One PDF page as pieces of text and tables, turned upright, without what is printed askew over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2

from assistant.readers.pdf.glyphs import Glyph, Segment, angle, read_glyphs, segments, turned_glyphs
from assistant.readers.pdf.layout import PageTable
from assistant.readers.pdf.rules import Rule, grids, read_rules, rules_across
from assistant.readers.pdf.tables import split_tables
from assistant.readers.pdf.view import View, turned

_ASKEW = 5.0  # degrees off the upright: nobody sets policy text like that, but stamps and watermarks are
_GARBLED = 0.3  # share of characters without a readable code
_LEAST_RULES = 4  # a table has at least two lines in each direction


@dataclass(frozen=True, slots=True)
class Page:
    """What one page holds."""

    view: View  # in which its text stands upright
    segments: tuple[Segment, ...]
    characters: int
    aside: tuple[tuple[View, tuple[Segment, ...]], ...] = ()  # text printed at a right angle to the rest
    tables: tuple[PageTable, ...] = ()
    rules: tuple[Rule, ...] = ()  # lines drawn from left to right
    askew: str = ""  # text printed slantwise: a watermark
    images: bool = False
    garbled: bool = False  # its characters have no readable codes

    @property
    def number(self) -> int:
        """The page's number, counted from 1."""
        return self.view.page


def read_page(document: pypdfium2.PdfDocument, number: int) -> Page:
    """Return the text of a page (counted from 1) with its places."""
    page = document[number - 1]
    rotation = page.get_rotation()
    if rotation:  # of a page that is displayed upside down, pdfium reports the characters of a line backwards
        page.set_rotation(0)
    textpage = page.get_textpage()
    try:
        glyphs, undecoded = read_glyphs(textpage.raw)
        rules, images = read_rules(page.raw)
        pieces = segments(glyphs)
        directions = {piece.first: angle(textpage.raw, piece) for piece in pieces}
        rect = page.get_bbox()
    finally:
        textpage.close()
        if rotation:
            page.set_rotation(rotation)
        page.close()
    by_turn, askew = _by_direction(glyphs, directions)
    turn = max(by_turn, key=lambda t: len(by_turn[t]), default=0)
    upright = turned_glyphs(by_turn[turn], turn) if turn else by_turn.get(0, [])
    found = grids(rules, turn) if len(rules) >= _LEAST_RULES else []
    view = View(number, turned(rect, turn), (turn - rotation // 90) % 4)
    upright, tables = split_tables(upright, found, view) if found else (upright, [])
    plain = not tables and not turn and len(upright) == len(glyphs)
    return Page(
        view=view,
        segments=tuple(pieces if plain else segments(upright)),
        aside=tuple(
            (View(number, turned(rect, t), (t - rotation // 90) % 4), tuple(segments(turned_glyphs(by_turn[t], t))))
            for t in by_turn
            if t != turn
        ),
        tables=tuple(tables),
        rules=rules_across(rules, turn) if rules else (),
        askew="".join(glyph.char for glyph in askew),
        characters=len(glyphs),
        images=images,
        garbled=undecoded > _GARBLED * max(len(glyphs), 1),
    )


def _by_direction(glyphs: Sequence[Glyph], directions: dict[int, float]) -> tuple[dict[int, list[Glyph]], list[Glyph]]:
    """Group characters by the quarter turns that make them upright; slanted ones apart."""
    if all(min(degrees, 360 - degrees) <= _ASKEW for degrees in directions.values()):  # nearly every page
        return {0: list(glyphs)}, []
    by_turn: dict[int, list[Glyph]] = {}
    askew: list[Glyph] = []
    target = askew
    for glyph in glyphs:
        if glyph.number in directions:
            degrees = directions[glyph.number]
            off = min(degrees % 90, 90 - degrees % 90)
            target = askew if off > _ASKEW else by_turn.setdefault(round((360 - degrees) / 90) % 4, [])
        target.append(glyph)
    return by_turn, askew
