"""From the coordinates in which a page's text is read to places on the page as it is displayed."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.models import Box

Rect = tuple[float, float, float, float]  # x0, y0, x1, y1 in points, y upwards

_DIGITS = 4  # a ten-thousandth of a page is a tenth of a point


def turned(rect: Rect, quarter_turns: int) -> Rect:
    """Return where a rectangle comes to lie when the sheet is turned clockwise by quarter turns."""
    x0, y0, x1, y1 = rect
    return ((x0, y0, x1, y1), (y0, -x1, y1, -x0), (-x1, -y1, -x0, -y0), (-y1, x0, -y0, x1))[quarter_turns % 4]


@dataclass(frozen=True, slots=True)
class View:
    """A page held so that its text, or some text on it, stands upright."""

    page: int  # 1-based
    rect: Rect  # of the page, held so
    turn: int = 0  # quarter turns clockwise that bring the page as displayed into this position

    def box(self, rect: Rect) -> Box:
        """Return the place of a rectangle of this view on the page as displayed."""
        x0, y0, x1, y1 = rect
        left, bottom, right, top = self.rect
        if self.turn:
            x0, y0, x1, y1 = turned(rect, -self.turn)
            left, bottom, right, top = turned(self.rect, -self.turn)
        width, height = right - left or 1.0, top - bottom or 1.0
        return Box(
            self.page,
            _share((x0 - left) / width),
            _share((top - y1) / height),
            _share((x1 - left) / width),
            _share((top - y0) / height),
        )


def _share(value: float) -> float:
    """Keep a place on the page: text may stand partly outside of it."""
    return round(min(max(value, 0.0), 1.0), _DIGITS)
