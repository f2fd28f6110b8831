"""What is printed on every page and belongs to none: headers, footers, page numbers, watermarks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.readers.pdf.glyphs import Segment
from assistant.readers.pdf.view import Rect
from assistant.readers.wording import pages, short

_EDGE_ROWS = 3  # lines from the top and from the bottom that may be a header or footer
_MARGIN = 0.1  # of the page height: the outer part where a text on two pages only, or a lone number, is furniture
_SAME_PLACE = 4.0  # points
_USUAL = 0.4  # share of pages: odd and even pages may have headers of their own, and the first page none
_RUN = 4  # pages in a row, or every other one: a header that changes with the chapter
_EVERYWHERE = 0.6  # share of pages for what stands inside the text: a watermark
_LARGER = 1.15  # times the size of the letters
_SET_APART = 1.3  # times the distance of the next lines
_DIGITS = re.compile(r"\d+")
_NUMBER = r"(?:\d{1,4}|[ivxlc]{1,7})"
_PAGE_NUMBER = re.compile(
    rf"[-—–－·.\s]*(?:第|page)?\s*{_NUMBER}\s*页?(?:\s*(?:[/／,，共]|of)+\s*{_NUMBER}\s*页?)?[-—–－·.\s]*",
    re.IGNORECASE,
)
# What browsers print around a page: date and title above, address and page number below.
_BROWSER = {
    "header": re.compile(r"\d{1,4}/\d{1,2}/\d{1,4},? \d{1,2}:\d{2}(?: [AP]M)?"),
    "footer": re.compile(r"(?:file|https?)://\S+"),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """The text of one page in pieces, and the box of the page."""

    page: int
    box: Rect
    segments: tuple[Segment, ...]

    def height_of(self, segment: Segment) -> float:
        """Return where a segment stands: 0 at the lower edge of the page, 1 at the upper."""
        return (segment.y - self.box[1]) / max(self.box[3] - self.box[1], 1.0)

    def in_margin(self, segment: Segment) -> bool:
        """Tell whether a segment stands in the outer part of the page."""
        return not _MARGIN < self.height_of(segment) < 1 - _MARGIN


def remove_furniture(sheets: Sequence[Sheet]) -> tuple[list[Sheet], list[str]]:
    """Return the sheets without what repeats in its place, and what was removed, in words."""
    dropped: dict[int, set[Segment]] = defaultdict(set)
    reasons: dict[str, set[int]] = defaultdict(set)

    def drop(name: str, page: int, segment: Segment) -> None:
        if segment not in dropped[page]:
            dropped[page].add(segment)
            reasons[name].add(page)

    for kind, browser in _BROWSER.items():
        rows = {sheet.page: _edge_rows(sheet, kind) for sheet in sheets}
        repeated = set(_repeated(sheets, rows))
        for page, segment in _out_of_text(repeated, rows):
            number = _PAGE_NUMBER.fullmatch(segment.text)
            drop("page numbers" if number else f"{kind} “{short(segment.text)}”", page, segment)
        for sheet in sheets:
            outermost = [s for s in next(iter(rows[sheet.page]), ()) if s not in dropped[sheet.page]]
            if any(browser.fullmatch(s.text) for s in outermost):
                for segment in outermost:
                    drop(f"what a browser prints in the {kind}", sheet.page, segment)
            elif len(outermost) == 1 and _is_own_number(outermost[0], sheet):
                drop("page numbers", sheet.page, outermost[0])
    for page, segment in _everywhere(sheets, dropped):
        drop(f"watermark “{short(segment.text)}”", page, segment)
    kept = [replace(s, segments=tuple(x for x in s.segments if x not in dropped[s.page])) for s in sheets]
    return kept, [f"{name} removed from {pages(where)}" for name, where in reasons.items()]


def _edge_rows(sheet: Sheet, kind: str) -> list[list[Segment]]:
    """Return the first or last lines of a page, outermost first."""
    upper = kind == "header"
    half = [s for s in sheet.segments if (sheet.height_of(s) > 0.5) == upper]
    rows: list[list[Segment]] = []
    for segment in sorted(half, key=lambda s: -s.y if upper else s.y):
        if rows and abs(rows[-1][0].y - segment.y) < 0.5 * segment.em:
            rows[-1].append(segment)
        elif len(rows) == _EDGE_ROWS:
            break
        else:
            rows.append([segment])
    return rows


def _repeated(sheets: Sequence[Sheet], rows: Mapping[int, list[list[Segment]]]) -> Iterable[tuple[int, Segment]]:
    """Find what stands at the same height of many pages with the same words, whatever its numbers."""
    by_page = {sheet.page: sheet for sheet in sheets}
    groups: dict[str, list[tuple[float, int, Segment]]] = defaultdict(list)
    for page, lines in rows.items():
        for segment in (s for line in lines for s in line):
            groups[_DIGITS.sub("#", "".join(segment.text.split()))].append((segment.y, page, segment))
    for members in groups.values():
        usual: dict[int, float] = {}  # size of the letters by page
        for place in _places(members):
            found = {page for _, page, _ in place}
            in_margin = all(by_page[page].in_margin(segment) for _, page, segment in place)
            if _is_usual(found, len(sheets), in_margin) and _counts_pages(place):
                usual |= {page: segment.em for _, page, segment in place}
                yield from ((page, segment) for _, page, segment in place)
        for _, page, segment in members if usual else ():
            # A header of many pages is one on pages of another size too; in larger print it is the title.
            if page not in usual and by_page[page].in_margin(segment) and segment.em < _LARGER * max(usual.values()):
                yield page, segment


def _out_of_text(
    repeated: Collection[tuple[int, Segment]], rows: Mapping[int, list[list[Segment]]]
) -> Iterable[tuple[int, Segment]]:
    """Yield what repeats in lines of its own, or in lines set apart: in a row of a table, one cell may repeat as well."""
    for page, lines in rows.items():
        for position, line in enumerate(lines):
            found = [segment for segment in line if (page, segment) in repeated]
            if len(found) < len(line):
                levels = [other[0].y for other in lines[position : position + 3]]
                gaps = [abs(a - b) for a, b in pairwise(levels)]
                if gaps[0] < _SET_APART * gaps[1] if len(gaps) == 2 else position > 0:
                    continue
            yield from ((page, segment) for segment in found)


def _places(members: list[tuple[float, int, Segment]]) -> Iterable[list[tuple[float, int, Segment]]]:
    place: list[tuple[float, int, Segment]] = []
    for member in sorted(members, key=lambda m: m[:2]):
        if place and member[0] - place[0][0] > _SAME_PLACE:
            yield place
            place = []
        place.append(member)
    yield place


def _is_usual(found: set[int], total: int, in_margin: bool) -> bool:
    if len(found) < 3:
        return len(found) == 2 and total <= 4 and in_margin
    ordered = sorted(found)
    close = sum(b - a <= 2 for a, b in pairwise(ordered))
    return len(found) >= _USUAL * total or close + 1 >= max(_RUN, 0.9 * len(found))


def _counts_pages(place: Sequence[tuple[float, int, Segment]]) -> bool:
    """Tell whether a number among the words grows with the pages; words that stay the same pass without one.

    Bare numbers, and words whose numbers change from page to page in another way, are the cells of a table.
    """
    texts = {segment.text for _, _, segment in place}
    if len(texts) == 1 and not _PAGE_NUMBER.fullmatch(place[0][2].text):
        return True
    numbers = [(page, [int(n) for n in _DIGITS.findall(segment.text)]) for _, page, segment in place]
    for nth in zip(*(found for _, found in numbers), strict=False):
        distances = Counter(n - page for (page, _), n in zip(numbers, nth, strict=True))
        if distances.most_common(1)[0][1] >= 0.7 * len(numbers):
            return True
    return not any(found for _, found in numbers)


def _is_own_number(segment: Segment, sheet: Sheet) -> bool:
    number = _DIGITS.search(segment.text)
    counts = number is not None and int(number[0]) == sheet.page
    return counts and sheet.in_margin(segment) and _PAGE_NUMBER.fullmatch(segment.text) is not None


def _everywhere(sheets: Sequence[Sheet], dropped: Mapping[int, set[Segment]]) -> Iterable[tuple[int, Segment]]:
    """Find what stands in exactly the same place of most pages, inside the text."""
    groups: dict[tuple[str, int, int], list[tuple[int, Segment]]] = defaultdict(list)
    for sheet in sheets:
        for segment in sheet.segments:
            if segment not in dropped[sheet.page]:
                place = (segment.text, round(segment.x0 / _SAME_PLACE), round(segment.y / _SAME_PLACE))
                groups[place].append((sheet.page, segment))
    for members in groups.values():
        if len(members) >= max(3, _EVERYWHERE * len(sheets)):
            yield from members
