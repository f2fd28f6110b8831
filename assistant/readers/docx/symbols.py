"""What Word stores apart from text and prints like it: characters of symbol fonts, and formulas."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from docx.oxml.ns import qn

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
# Those that stand in forms and lists; both fonts keep them in the private area, from F000.
_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x74: "◆", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9F: "•",
    0xA1: "○", 0xA7: "▪", 0xA8: "□", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨",
    0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    **{0x80 + n: "⓪①②③④⑤⑥⑦⑧⑨⑩"[n] for n in range(11)},
    **{0x8B + n: "⓿❶❷❸❹❺❻❼❽❾❿"[n] for n in range(11)},
}  # fmt: skip
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□", 0x2A: "□"}
_SYMBOL = {
    0xA3: "≤", 0xA5: "∞", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠",
    0xBB: "≈", 0xD6: "√", 0xE5: "∑", 0x61: "α", 0x62: "β", 0x6D: "μ",
}  # fmt: skip
_FONTS: Mapping[str, Mapping[int, str]] = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}


def symbol(element: Any) -> str:
    """Return the character a w:sym element prints; empty where it is a picture without a meaning of its own."""
    try:
        code = int(element.get(qn("w:char")) or "", 16)
    except ValueError:
        return ""
    known = _FONTS.get((element.get(qn("w:font")) or "").lower())
    if known is not None:
        return known.get(code & 0xFF, "")
    return chr(code) if 0x20 <= code < 0xD800 or 0xF900 <= code < 0x110000 else ""


def formula(element: Any) -> str:
    """Return a formula on one line: a fraction as a/b, a power as a^b, an index as a_b."""
    if element.tag == f"{_MATH}t":
        return element.text or ""
    parts = {child.tag.removeprefix(_MATH): child for child in element if isinstance(child.tag, str)}
    written = _SHAPES.get(element.tag.removeprefix(_MATH))
    if written is not None:
        return written(lambda name: formula(parts[name]) if name in parts else "")
    return "".join(formula(child) for child in element if isinstance(child.tag, str))


def _grouped(text: str) -> str:
    return text if len(text) < 2 or text.isalnum() else f"({text})"


_SHAPES: Mapping[str, Callable[[Callable[[str], str]], str]] = {
    "f": lambda part: f"{_grouped(part('num'))}/{_grouped(part('den'))}",
    "sSup": lambda part: f"{_grouped(part('e'))}^{_grouped(part('sup'))}",
    "sSub": lambda part: f"{part('e')}_{_grouped(part('sub'))}",
    "rad": lambda part: f"√{_grouped(part('e'))}",
    "d": lambda part: f"({part('e')})",
}
