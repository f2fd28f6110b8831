"""The few marks our pictures are made of, as SVG text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from html import escape

FONT = "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei','SimSun',sans-serif"


def document(width: float, height: float, title: str, style: str, parts: Iterable[str]) -> str:
    """Return a whole picture on white, with its title for those who cannot see it."""
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
            f'width="{width:.0f}" height="{height:.0f}" role="img" font-family="{FONT}">',
            f"<title>{escape(title)}</title>",
            f"<style>{style}</style>",
            f'<rect width="{width:.0f}" height="{height:.0f}" fill="#fff"/>',
            *parts,
            "</svg>\n",
        )
    )


def text(x: float, y: float, words: str, size: int = 12, fill: str = "#222", anchor: str = "start", **more: str) -> str:
    """Return a line of text with its baseline at y."""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{fill}" text-anchor="{anchor}"{_attributes(more)}>{escape(words)}</text>'


def rect(x: float, y: float, width: float, height: float, fill: str, **more: str) -> str:
    """Return a filled rectangle."""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}"{_attributes(more)}/>'


def dot(x: float, y: float, radius: float, fill: str) -> str:
    """Return a filled circle."""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{fill}"/>'


def curve(
    start: tuple[float, float], first: float, second: float, end: tuple[float, float], stroke: str, **more: str
) -> str:
    """Return a curve that leaves level towards x = first and arrives level from x = second."""
    (x1, y1), (x2, y2) = start, end
    path = f"M{x1:.1f} {y1:.1f}C{first:.1f} {y1:.1f} {second:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
    return f'<path d="{path}" fill="none" stroke="{stroke}"{_attributes(more)}/>'


def group(parts: Iterable[str], hint: str = "", **more: str) -> str:
    """Return parts that belong together, with a hint shown when one points at them."""
    title = f"<title>{escape(hint)}</title>" if hint else ""
    return f"<g{_attributes(more)}>{title}{''.join(parts)}</g>"


def shortened(words: str, width: float, size: int = 12) -> str:
    """Return as much of a text as fits a width, with … for what does not."""
    if _width(words, size) <= width:
        return words
    kept = ""
    for character in words:
        if _width(f"{kept}{character}…", size) > width:
            break
        kept += character
    return f"{kept}…"


def _width(words: str, size: int) -> float:
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.58 for character in words) * size


def _attributes(more: dict[str, str]) -> str:
    return "".join(f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"' for name, value in more.items())
