"""What a page holds and does not show: instructions to programs are hidden there, and leftovers of templates."""

from __future__ import annotations

import re

from lxml import etree

_MOST_STYLE = 500_000  # characters of a style sheet that are searched
_FAR = 500.0  # pixels: text set this far off the screen is not meant to be seen
_IN_PIXELS = {"px": 1.0, "pt": 1.33, "em": 16.0, "rem": 16.0, "%": 10.0, "vw": 10.0, "vh": 10.0, "": 1.0}
_DECLARATION = re.compile(r"(?<![a-z-])([a-z-]+)\s{0,9}:\s*([^;]*)", re.IGNORECASE)
_CONDITIONAL = re.compile(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")  # for print, or for other screens
_SIMPLE_SELECTOR = re.compile(r"\s*(?:[a-z][a-z0-9]*)?([.#])([\w-]+)\s*")
_LENGTH = re.compile(r"(-?\d*\.?\d+)\s*(px|pt|em|rem|%|vw|vh|)\s*(?:!important)?$")
_NOTHING_LEFT = re.compile(r"rect\(\s*(?:[01](?:px)?[\s,]*){4}\)|inset\(\s*(?:50|100)%")
_SCALED_AWAY = re.compile(r"scale\(\s*0(?:\.0+)?\s*[,)]")
_BESIDE = ("left", "top", "right", "bottom", "text-indent", "margin-left", "margin-top")


def hidden_names(page: etree._Element) -> set[str]:
    """Return the classes (".x") and ids ("#x") that the page's own style sheet hides on every screen."""
    names = set()
    for sheet in page.iter("style"):
        for rule in _CONDITIONAL.sub("", (sheet.text or "")[:_MOST_STYLE]).split("}"):
            selectors, _, body = rule.rpartition("{")
            if _hides(body):
                found = (_SIMPLE_SELECTOR.fullmatch(selector) for selector in selectors.split(","))
                names |= {match[1] + match[2] for match in found if match}
    return names


def is_hidden(element: etree._Element, names: set[str]) -> bool:
    """Tell whether an element is not shown, by its own attributes or by the style of its class or id."""
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if _hides(element.get("style") or ""):
        return True
    own = {f".{name}" for name in (element.get("class") or "").split()} | {f"#{element.get('id')}"}
    return not names.isdisjoint(own)


def _hides(style: str) -> bool:
    if not style:
        return False
    stated = {name.lower(): value.strip().lower() for name, value in _DECLARATION.findall(style)}
    display, seen = stated.get("display", ""), stated.get("visibility", "")
    if display.startswith("none") or seen.startswith(("hidden", "collapse")):
        return True
    if _length(stated.get("font-size")) == 0 or _length(stated.get("opacity")) == 0:
        return True
    if stated.get("color", "").startswith("transparent") or stated.get("mso-hide") == "all":
        return True
    no_room = any(_length(stated.get(side)) == 0 for side in ("width", "height", "max-width", "max-height"))
    if no_room and stated.get("overflow", "").startswith(("hidden", "clip")):
        return True
    if any((_length(stated.get(side)) or 0.0) <= -_FAR for side in _BESIDE):
        return True
    clipped = f"{stated.get('clip', '')} {stated.get('clip-path', '')}"
    return bool(_NOTHING_LEFT.search(clipped) or _SCALED_AWAY.search(stated.get("transform", "")))


def _length(value: str | None) -> float | None:
    """Return a length in pixels, roughly; None for what is no length."""
    found = _LENGTH.match(value) if value else None
    return float(found[1]) * _IN_PIXELS[found[2]] if found else None
