"""Scanned pages and photographs as image files, read by text recognition."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Sequence

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from assistant.errors import NoTextFound, ReadError, RecognitionUnavailable
from assistant.models import Metadata, Source
from assistant.readers.limits import Limits
from assistant.readers.ocr.recognition import Pixels, Recognition
from assistant.readers.pdf.compose import compose
from assistant.readers.pdf.page import Page
from assistant.readers.wording import pages

_FORMATS = ("PNG", "JPEG", "TIFF", "BMP")
_ENOUGH_PIXELS = 8_000_000  # A3 at 200 dpi
_USUAL_SHAPE = 1.5  # longer side over the shorter one; a longer picture keeps the width it can be read at
_DAMAGED = (OSError, SyntaxError, ValueError, EOFError, struct.error)


def read_images(data: bytes, name: str, limits: Limits) -> Source:
    """Return the text on an image, or on the pages of a TIFF file; raises when it is damaged, too large or empty."""
    recognition = Recognition(limits)
    if recognition.problem:
        raise RecognitionUnavailable(f"{name}: {recognition.problem}.")
    sheets: list[Page] = []
    damaged: list[int] = []
    with _opened(data, name, limits) as opened:
        for number, picture in _pictures(opened, name, limits):
            if picture is None:
                damaged.append(number)
            elif page := recognition.image(picture, number):
                sheets.append(page)
            elif recognition.problem:
                raise RecognitionUnavailable(f"{name}: {recognition.problem}.")
    if damaged and not sheets:
        raise ReadError(f"{name}: {_damage()}")
    lines, lost = compose(sheets)
    findings = [*recognition.findings(), *([f"{pages(damaged)} damaged and not read"] if damaged else []), *lost]
    if not lines:
        raise NoTextFound(f"{name}: {_why_empty(sheets, findings)}")
    return Source(name, tuple(lines), Metadata(), tuple(findings))


def _opened(data: bytes, name: str, limits: Limits) -> Image.Image:
    try:
        opened = Image.open(io.BytesIO(data), formats=_FORMATS)
        count = getattr(opened, "n_frames", 1)
    except Image.DecompressionBombError as error:
        raise ReadError(f"{name}: {_too_large(limits)}") from error
    except UnidentifiedImageError as error:
        raise ReadError(
            f"{name}: is not an image that can be read (PNG, JPEG, TIFF, BMP), or it is damaged. Save or scan it again."
        ) from error
    except _DAMAGED as error:
        raise ReadError(f"{name}: {_damage()}") from error
    if count > limits.max_pages:
        raise ReadError(
            f"{name}: the image has {count} pages and the limit is {limits.max_pages}. "
            "Split it, or raise the limit max_pages."
        )
    return opened


def _pictures(opened: Image.Image, name: str, limits: Limits) -> Iterator[tuple[int, Pixels | None]]:
    """Yield the number and the pixels of each page; None for the pixels of a damaged one."""
    count = getattr(opened, "n_frames", 1) if opened.format == "TIFF" else 1  # others hold previews, not pages
    for number in range(1, count + 1):
        try:
            opened.seek(number - 1)
            if opened.width * opened.height > limits.max_pixels:
                raise ReadError(f"{name}: {_too_large(limits, opened)}")
            yield number, _pixels(opened)
        except Image.DecompressionBombError as error:
            raise ReadError(f"{name}: {_too_large(limits)}") from error
        except _DAMAGED:
            yield number, None


def _pixels(picture: Image.Image) -> Pixels:
    """Return the picture as it is displayed, no larger than is of use, as rows of blue, green and red."""
    shape = max(picture.size) / max(min(picture.size), 1)
    enough = _ENOUGH_PIXELS * max(1.0, shape / _USUAL_SHAPE)
    factor = min(1.0, (enough / (picture.width * picture.height)) ** 0.5)
    picture.draft("RGB", (round(picture.width * factor), round(picture.height * factor)))
    picture = ImageOps.exif_transpose(picture)
    if picture.mode.startswith("I;16"):  # Pillow would cut off whatever is brighter than the darkest shades
        picture = picture.convert("F").point(lambda value: value / 256).convert("L")
    if picture.has_transparency_data:
        coloured = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", coloured.size, "white"), coloured)
    factor = min(1.0, (enough / (picture.width * picture.height)) ** 0.5)
    picture = picture.convert("RGB")
    if factor < 1:
        picture = picture.resize((max(round(picture.width * factor), 1), max(round(picture.height * factor), 1)))
    return np.ascontiguousarray(np.asarray(picture)[:, :, ::-1])


def _too_large(limits: Limits, picture: Image.Image | None = None) -> str:
    size = f"{picture.width * picture.height:,} pixels" if picture else "far too many pixels"
    return (
        f"the image has {size} and the limit is {limits.max_pixels:,}. "
        "Save it smaller (200 to 300 dpi are enough), or raise the limit max_pixels."
    )


def _damage() -> str:
    return "the image is damaged or cut off and cannot be opened. Save, scan or download it again."


def _why_empty(sheets: Sequence[Page], findings: Sequence[str]) -> str:
    if not sheets:
        return f"{'; '.join(findings)}. Save the image again, or try another format."
    if not any(sheet.images for sheet in sheets):
        return f"nothing is written on {pages(sheet.number for sheet in sheets)}. Check that it is the right file."
    return "no text could be made out in the image. Scan it again, upright and at 200 to 300 dpi."
