"""A page of a PDF as a picture, to show a quote where it stands."""

from __future__ import annotations

import io

import pypdfium2
from PIL import Image

from assistant.errors import ReadError
from assistant.readers.pdf.opening import opened

_MOST_PIXELS = 16_000_000  # a page may be as large as a house; an A4 page at scale 5 has 12.5 million


def render_page(data: bytes, page: int, scale: float = 2.0, name: str = "document.pdf") -> bytes:
    """Return a page (counted from 1) as a PNG with `scale` pixels a point, fewer where it would become too large.

    The picture shows the page as displayed, which is what the shares of a `Box` are measured on.
    """
    with opened(data, name) as document:
        return png(picture(document, page, scale, name))


def picture(document: pypdfium2.PdfDocument, page: int, scale: float, name: str) -> Image.Image:
    """Return a page of an opened PDF as a picture, see `render_page`."""
    if not 1 <= page <= len(document):
        raise ReadError(f"{name}: has no page {page}. Its pages are 1 to {len(document)}.")
    try:
        sheet = document[page - 1]
        width, height = sheet.get_size()
        fitting = (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5
        drawn: Image.Image = sheet.render(scale=min(scale, fitting), may_draw_forms=False).to_pil()
        sheet.close()
    except pypdfium2.PdfiumError as error:
        raise ReadError(f"{name}: page {page} is damaged and cannot be shown. Export the file again.") from error
    return drawn


def png(drawn: Image.Image) -> bytes:
    """Return a picture as a PNG."""
    target = io.BytesIO()
    drawn.save(target, "PNG")
    return target.getvalue()
