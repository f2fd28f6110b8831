"""Addresses: the tree of nodes becomes provisions, each with its stable address, its locator and the headings above."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.models import Level, Provision
from assistant.structure import markers
from assistant.structure.nodes import Node
from assistant.structure.rows import boxes_of
from assistant.text.numerals import chinese

_HEADING_LENGTH = 40  # a longer line is text with a number, and only the number is shown as a heading
_SET_WIDE = re.compile(r"(?<=[㐀-鿿])[ 　]+(?=[㐀-鿿])")  # 总　则
_SPACES = re.compile(r"[ \t　\xa0]+")
_FIRST_SENTENCE = re.compile(r"^[^。；;]*")
_FIGURES, _HAN = "0123456789０１２３４５６７８９", "一二三四五六七八九十百"  # 附件1 1., 附件一 一、, but 附件1一、
_CONTAINERS = frozenset(
    {Level.ANNEX, Level.BOOK, Level.CHAPTER, Level.SECTION, Level.HEADING, Level.PART, Level.POINT, Level.SUBPOINT}
)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the children of a node stand."""

    address: str
    scope: str  # address that articles hang under: the policy, or one of its annexes
    locator: str  # of the node itself
    prefix: str  # what the locators of articles begin with: 附件1
    trail: tuple[str, ...]
    numbered: str = ""  # the numbers above, outside articles: 一、（二）
    article: bool = False  # numbers below here are 项 and 目


def provisions(policy_id: str, root: Node, language: str) -> Iterator[Provision]:
    """Yield the provisions of a tree in document order; a second one at the same place gets the suffix ~2."""
    used: dict[str, int] = {}
    yield from _below(root, _Place(policy_id, policy_id, "", "", ()), language, used)


def _below(node: Node, place: _Place, language: str, used: dict[str, int]) -> Iterator[Provision]:
    counts: dict[str, int] = {}
    alone = sum(child.level is Level.PARAGRAPH for child in node.children) == 1
    for child in node.children:
        counts[child.step] = counts.get(child.step, 0) + 1
        base = place.scope if _is_own_scope(child, node) else place.address
        address = f"{base}/{_step(child, node, counts[child.step])}"
        used[address] = used.get(address, 0) + 1
        if used[address] > 1:
            address = f"{address}~{used[address]}"
        locator = _locator(child, node, place, counts[child.step], alone, language)
        text = child.text
        page = next((row.page for row in child.rows), None)
        if page is None and child.children and child.children[0].rows:
            page = child.children[0].rows[0].page
        boxes = boxes_of(child.rows)
        yield Provision(address, child.level or Level.PREAMBLE, locator, text, place.trail, page, boxes=boxes)
        if child.children:
            yield from _below(child, _inside(child, address, locator, text, place), language, used)


def _is_own_scope(child: Node, parent: Node) -> bool:
    """Tell whether a node hangs directly under its policy or annex, whatever headings stand above it."""
    if child.level in (Level.BOOK, Level.CHAPTER):
        return parent.level is Level.HEADING
    return child.level is Level.ARTICLE


def _inside(node: Node, address: str, locator: str, text: str, place: _Place) -> _Place:
    trail = (*place.trail, heading(node, text)) if node.level in _CONTAINERS and text else place.trail
    if node.level is Level.ANNEX:
        return _Place(address, address, locator, locator, trail)
    numbered = place.numbered
    if node.marker is not None and not (place.article or node.level is Level.ARTICLE):
        numbered = _numbered(node, place)
    elif node.level is Level.HEADING:
        numbered = ""
    inside = place.article or node.level is Level.ARTICLE
    return replace(place, address=address, locator=locator, trail=trail, numbered=numbered, article=inside)


def heading(node: Node, text: str) -> str:
    """Return a container's text as a heading: 第一章 总则 for 第一章　总　则; its number where sentences follow."""
    printed = node.marker.printed if node.marker else ""
    rest = _SPACES.sub(" ", text[len(printed) :].replace("\n", " ")).strip()
    rest = _SET_WIDE.sub("", rest) if len(rest) <= 8 else rest
    first = _FIRST_SENTENCE.match(rest)
    rest = first[0] if first else ""
    if len(rest) > _HEADING_LENGTH:
        rest = "" if printed else f"{rest[:_HEADING_LENGTH]}…"
    space = " " if rest and printed and printed[-1] not in "、．.）)" else ""
    return f"{printed}{space}{rest}" or text[:_HEADING_LENGTH]


def _step(node: Node, parent: Node, position: int) -> str:
    if node.step == "closing":
        return "closing"
    if node.marker is None:
        return f"{node.step}_{position}"
    numbers = node.marker.numbers
    if node.marker.shape is markers.DECIMAL and parent.marker is not None and numbers[:-1] == parent.marker.numbers:
        numbers = numbers[-1:]
    return f"{node.step}_{'_'.join(str(n) for n in numbers)}"


def _counted(number: int) -> str:
    """Return a number as clauses carry it; beyond 9,999, where no clause goes but lines of a text may, in figures."""
    return chinese(number) if number < 10_000 else str(number)


def _article(numbers: tuple[int, ...]) -> str:
    return f"第{_counted(numbers[0])}条" + (f"之{_counted(numbers[1])}" if len(numbers) > 1 else "")


def _locator(node: Node, parent: Node, place: _Place, position: int, alone: bool, language: str) -> str:
    """Return the place of a node as a reader would write it."""
    if node.step == "closing":
        return "落款" if language == "zh" else "signature"
    if language == "en":
        return _english(node, parent, place, position, alone)
    marker = node.marker
    match node.level:
        case Level.ARTICLE if marker:
            return place.prefix + _article(marker.numbers)
        case Level.PARAGRAPH if parent.level is Level.ARTICLE:
            return f"{place.locator}第{_counted(position)}款"
        case Level.PARAGRAPH:
            return place.locator if alone and parent.rows else f"{_of(place.locator)}第{_counted(position)}段"
        case Level.TABLE:
            return f"{_of(place.locator)}表{position}"
        case Level.ROW:
            return f"{place.locator}第{_counted(position)}行"
        case Level.HEADING:
            return heading(node, node.text)
    if marker is None:
        return place.locator
    printed = marker.printed
    if place.article:
        unit = "项" if node.level is Level.ITEM else "目"
        return f"{place.locator}第{printed.rstrip('、.．是，,').removeprefix('第')}{unit}"
    if node.level is Level.ANNEX:
        return re.sub(r"[ 　:：]", "", printed)
    numbered = _numbered(node, place)
    if place.prefix:
        apart = numbered[0] in _FIGURES or (numbered[0] in _HAN and place.prefix[-1] in _HAN)
        numbered = f"{place.prefix} {numbered}" if apart else place.prefix + numbered
    if marker.shape is markers.DUNHAO and parent.marker is None:
        return numbered + heading(node, node.text).removeprefix(printed)  # 一、总体要求
    return numbered


def _numbered(node: Node, place: _Place) -> str:
    """Return the number of a node outside articles with those above it: 一、（二）3."""
    marker = node.marker
    if marker is None:
        return place.numbered
    if marker.shape in (markers.DECIMAL, markers.PLAIN, markers.ROMAN):
        return f"第{marker.printed.rstrip('.．、')}节"
    if marker.shape is markers.ORDINAL:
        return f"{place.numbered}第{_counted(marker.number)}点"
    return place.numbered + "".join(marker.printed.split())


def _of(locator: str) -> str:
    return f"{locator} " if locator and not locator.endswith(("）", ")", "、")) else locator


def _english(node: Node, parent: Node, place: _Place, position: int, alone: bool) -> str:
    marker = node.marker
    join = ", " if place.locator else ""
    match node.level:
        case Level.HEADING:
            return heading(node, node.text)
        case Level.PARAGRAPH:
            return place.locator if alone and parent.rows else f"{place.locator}{join}paragraph {position}"
        case Level.TABLE:
            return f"{place.locator}{join}table {position}"
        case Level.ROW:
            return f"{place.locator}, row {position}"
    if marker is None:
        return place.locator
    printed = marker.printed.rstrip(".:、")
    if node.level is Level.ARTICLE or marker.is_heading or node.level is Level.ANNEX:
        return printed if not place.prefix or node.level is Level.ANNEX else f"{place.prefix}, {printed}"
    if node.level is Level.SECTION:
        return f"Section {printed}"
    return f"{place.locator}{join}{printed}"
