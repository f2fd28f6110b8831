"""The numbers Word prints before paragraphs but does not store in them: 第一条, （一）, 1.1."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from assistant.readers.numbers import label

_PLACE = re.compile(r"%(\d)")
_LEVELS = 9
_TIGHT = "、，。．：）】〕》"  # after these, the gap Word prints is a matter of layout, not a character


@dataclass(slots=True)
class _Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1
    legal: bool = False  # all numbers of the label in Arabic digits
    suffix: str = "tab"
    style: str | None = None
    restarts_after: int | None = None  # the level that has it count anew; every higher one does where this is None


@dataclass(slots=True)
class Numbering:
    """The lists of one document and how far each has counted."""

    _lists: dict[str, tuple[str, dict[int, _Level]]] = field(
        default_factory=dict
    )  # list id: what it counts with, levels
    _restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(cls, root: Any | None) -> Numbering:
        """Return the numbering that a document's numbering part defines; without one, nothing is numbered."""
        numbering = cls()
        if root is None:
            return numbering
        definitions = _definitions(root.findall(qn("w:abstractNum")))
        for element in root.findall(qn("w:num")):
            number = element.get(qn("w:numId"))
            abstract = element.find(qn("w:abstractNumId"))
            key = abstract.get(qn("w:val")) if abstract is not None else ""
            levels = dict(definitions.get(key, {}))
            restarts = {}
            for override in element.findall(qn("w:lvlOverride")):
                depth = _number(override.get(qn("w:ilvl")), 0)
                start = override.find(qn("w:startOverride"))
                if start is not None:
                    restarts[depth] = _number(start.get(qn("w:val")), 1)
                replaced = override.find(qn("w:lvl"))
                if replaced is not None:
                    levels[depth] = _level(replaced)
            numbering._lists[number] = (key, levels)
            numbering._restarts[number] = restarts
        return numbering

    def level_of_style(self, list_id: str, style: str) -> int:
        """Return the level of a list that belongs to a paragraph style; the first where none does."""
        levels = self._lists.get(list_id, ("", {}))[1]
        return next((depth for depth, level in levels.items() if level.style == style), 0)

    def next_label(self, list_id: str, depth: int) -> str:
        """Count one paragraph and return what is printed before it; empty for bullets."""
        key, levels = self._lists.get(list_id, ("", {}))
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self._counts[key]
        for restarted, start in self._restarts.pop(list_id, {}).items():
            counts[restarted] = start - 1
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [d for d in counts if d > depth and _is_restarted(levels.get(d, _Level()), depth)]:
            del counts[deeper]

        def number(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            other = levels.get(at, _Level())
            return label(counts.setdefault(at, other.start), "decimal" if level.legal else other.form)

        if level.form in ("bullet", "none") and "%" not in level.text:
            return "" if level.form == "bullet" else level.text
        printed = _PLACE.sub(number, level.text)
        gap = " " if level.suffix in ("tab", "space") and printed and printed[-1] not in _TIGHT else ""
        return printed + gap


def _levels(definition: Any) -> dict[int, _Level]:
    return {
        _number(element.get(qn("w:ilvl")), 0): _level(element) for element in definition.findall(qn("w:lvl"))[:_LEVELS]
    }


def _definitions(elements: Sequence[Any]) -> dict[str, dict[int, _Level]]:
    """Return the levels of every list definition; one that only points at a list style has those of that style."""
    by_style = {
        link.get(qn("w:val")): _levels(element)
        for element in elements
        if (link := element.find(qn("w:styleLink"))) is not None
    }
    found = {}
    for element in elements:
        link = element.find(qn("w:numStyleLink"))
        own = _levels(element)
        found[element.get(qn("w:abstractNumId"))] = own or by_style.get(
            link.get(qn("w:val")) if link is not None else "", {}
        )
    return found


def _is_restarted(level: _Level, depth: int) -> bool:
    """Tell whether a paragraph at a depth has a deeper level count anew; `lvlRestart` 0 has none do so."""
    return level.restarts_after is None or depth <= level.restarts_after


def _level(element: Any) -> _Level:
    def value(name: str, default: str) -> str:
        child = element.find(qn(f"w:{name}"))
        return default if child is None else child.get(qn("w:val")) or ("1" if name == "isLgl" else default)

    return _Level(
        form=value("numFmt", "decimal"),
        text=value("lvlText", ""),
        start=_number(value("start", "1"), 1),
        legal=value("isLgl", "0") in ("1", "true", "on"),
        suffix=value("suff", "tab"),
        style=value("pStyle", "") or None,
        restarts_after=_number(value("lvlRestart", ""), -1) - 1 if value("lvlRestart", "") else None,
    )


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else default
