"""What a paragraph inherits from its style: heading level, list, and whether it belongs to a table of contents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

_HEADING = re.compile(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)
_CONTENTS = re.compile(r"toc\s*(?:\d|heading)|目录\s*\d?", re.IGNORECASE)
_DEEPEST = 20  # styles based on styles
_UNREADABLE = 2  # half points: text of one point or less is there to be missed
_OFF = ("0", "false", "off")


@dataclass(frozen=True, slots=True)
class Style:
    """The parts of a style that decide how its paragraphs or characters read."""

    title: bool = False
    outline: int | None = None  # 0 is the highest level
    list_id: str | None = None
    list_level: int | None = None
    contents: bool = False
    hidden: bool | None = None  # None where the style does not say


def read_styles(root: Any) -> dict[str, Style]:
    """Return the styles of a document by id, with what they inherit."""
    elements = {style.get(qn("w:styleId")): style for style in root.findall(qn("w:style"))}
    return {name: _style(name, elements) for name in elements}


def _style(name: str, elements: dict[str, Any]) -> Style:
    chain: list[Any] = []
    current: str | None = name
    while current in elements and len(chain) < _DEEPEST:
        chain.append(elements[current])
        based_on = elements[current].find(qn("w:basedOn"))
        current = based_on.get(qn("w:val")) if based_on is not None else None
    shown = chain[0].find(qn("w:name"))
    shown_name = (shown.get(qn("w:val")) or "") if shown is not None else ""
    heading = _HEADING.fullmatch(shown_name)
    properties = [element.find(qn("w:pPr")) for element in chain]
    found = [p for p in properties if p is not None]
    outline = next((level for level in map(outline_level, found) if level is not None), None)
    lists = next((pair for pair in map(list_place, found) if pair[0] is not None), (None, None))
    return Style(
        title=shown_name.lower() in ("title", "标题"),
        outline=outline if outline is not None else int(heading[1]) - 1 if heading else None,
        list_id=lists[0],
        list_level=lists[1],
        contents=_CONTENTS.fullmatch(shown_name) is not None,
        hidden=next((h for h in (hides(element.find(qn("w:rPr"))) for element in chain) if h is not None), None),
    )


def is_on(element: Any) -> bool:
    """Tell whether a switch is on; one without a value is."""
    return element.get(qn("w:val")) not in _OFF


def hides(properties: Any | None) -> bool | None:
    """Tell whether run properties hide the text, or make it too small to see; None where they do not say."""
    if properties is None:
        return None
    size = properties.find(qn("w:sz"))
    value = size.get(qn("w:val")) if size is not None else None
    if value and value.isdigit() and int(value) <= _UNREADABLE:
        return True
    switch = next((s for s in map(properties.find, (qn("w:vanish"), qn("w:specVanish"))) if s is not None), None)
    return is_on(switch) if switch is not None else None


def outline_level(properties: Any) -> int | None:
    """Return the heading level that paragraph properties set, from 0; None for body text."""
    level = properties.find(qn("w:outlineLvl"))
    value = level.get(qn("w:val")) if level is not None else None
    return int(value) if value and value.isdigit() and int(value) < 9 else None


def list_place(properties: Any) -> tuple[str | None, int | None]:
    """Return the list and the level that paragraph properties set; list "0" takes a paragraph out of its list."""
    numbered = properties.find(qn("w:numPr"))
    if numbered is None:
        return None, None
    number, level = numbered.find(qn("w:numId")), numbered.find(qn("w:ilvl"))
    value = level.get(qn("w:val")) if level is not None else None
    return (
        number.get(qn("w:val")) if number is not None else None,
        int(value) if value and value.isdigit() else None,
    )
