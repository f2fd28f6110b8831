"""Where the words of a clause are printed in a PDF, letter by letter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import pypdfium2

from assistant.models import Box
from assistant.readers.pdf.glyphs import read_glyphs
from assistant.readers.pdf.view import View
from assistant.text.normal import squeeze

_MOST_PAGES = 20  # a clause that runs over more is marked line by line


def printed(document: pypdfium2.PdfDocument, words: str, lines: Sequence[Box]) -> tuple[Box, ...]:
    """Return where words are printed on the lines of a clause, one place for each line; none where they are not found.

    White space, width and marks do not count, and what stands between the lines (a page's head and foot) is passed over.
    """
    wanted = "".join(_folded(character) for character in words)
    letters: list[str] = []
    places: list[tuple[int, Box]] = []  # of each letter: which line it stands on, and where
    for number, character, box in _letters(document, tuple(dict.fromkeys(lines))):
        for letter in _folded(character):
            letters.append(letter)
            places.append((number, box))
    found = "".join(letters).find(wanted) if wanted else -1
    if found < 0:
        return ()
    by_line: dict[int, list[Box]] = {}
    for number, box in places[found : found + len(wanted)]:
        by_line.setdefault(number, []).append(box)
    return tuple(_around(boxes) for boxes in by_line.values())


def _letters(document: pypdfium2.PdfDocument, lines: Sequence[Box]) -> Iterator[tuple[int, str, Box]]:
    """Yield what is printed on some lines, in their order: number of the line, character, place."""
    pages = dict.fromkeys(line.page for line in lines)
    if len(pages) > _MOST_PAGES:
        return
    for page in pages:
        left = list(_on_page(document, page))
        for number, line in enumerate(lines):
            if line.page != page:
                continue
            here = [letter for letter in left if _holds(line, letter[1])]
            left = [letter for letter in left if not _holds(line, letter[1])]
            yield from ((number, character, box) for character, box in here)


def _on_page(document: pypdfium2.PdfDocument, number: int) -> Iterator[tuple[str, Box]]:
    if number > len(document):
        return
    page = document[number - 1]
    rotation = page.get_rotation()
    if rotation:  # of a page that is displayed upside down, pdfium reports the characters of a line backwards
        page.set_rotation(0)
    textpage = page.get_textpage()
    try:
        glyphs, _ = read_glyphs(textpage.raw)
        view = View(number, page.get_bbox(), (-rotation // 90) % 4)
    finally:
        textpage.close()
        if rotation:
            page.set_rotation(rotation)
        page.close()
    for glyph in glyphs:
        yield glyph.char, view.box((glyph.x0, glyph.y0, glyph.x1, glyph.y1))


def _holds(line: Box, letter: Box) -> bool:
    x, y = (letter.x0 + letter.x1) / 2, (letter.y0 + letter.y1) / 2
    return line.x0 <= x <= line.x1 and line.y0 <= y <= line.y1


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        boxes[0].page,
        min(box.x0 for box in boxes),
        min(box.y0 for box in boxes),
        max(box.x1 for box in boxes),
        max(box.y1 for box in boxes),
    )


@lru_cache(maxsize=16_384)
def _folded(character: str) -> str:
    return squeeze(character)
