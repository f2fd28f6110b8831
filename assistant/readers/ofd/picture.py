"""A page that consists of pictures, put together as one image for text recognition."""

from __future__ import annotations

import io
from collections.abc import Iterable

import numpy as np
from PIL import Image

from assistant.readers.limits import Limits
from assistant.readers.ocr.recognition import Pixels
from assistant.readers.pdf.view import Rect

_FORMATS = ("PNG", "JPEG", "TIFF", "BMP")
_SCALE = 200 / 72  # pixels a point: 200 dpi
_MOST_PIXELS = 8_000_000  # A3 at 200 dpi
_DAMAGED = (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError)


def page_image(pictures: Iterable[tuple[bytes, Rect]], paper: Rect, limits: Limits) -> Pixels | None:
    """Return what the pictures of a page show, each in its place; None where none of them can be opened."""
    width, height = paper[2] - paper[0], paper[3] - paper[1]
    scale = min(_SCALE, (_MOST_PIXELS / (width * height)) ** 0.5)
    canvas = Image.new("RGB", (max(round(width * scale), 1), max(round(height * scale), 1)), "white")
    shown = False
    for data, (x0, y0, x1, y1) in pictures:
        size = (round((x1 - x0) * scale), round((y1 - y0) * scale))
        picture = (
            _opened(data, limits) if 0 < size[0] <= 4 * canvas.width and 0 < size[1] <= 4 * canvas.height else None
        )
        if picture is not None:
            canvas.paste(picture.resize(size), (round((x0 - paper[0]) * scale), round((paper[3] - y1) * scale)))
            shown = True
    return np.ascontiguousarray(np.asarray(canvas)[:, :, ::-1]) if shown else None


def _opened(data: bytes, limits: Limits) -> Image.Image | None:
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            if picture.width * picture.height > limits.max_pixels:
                return None
            picture.load()
            return picture.convert("RGB")
    except _DAMAGED:
        return None
