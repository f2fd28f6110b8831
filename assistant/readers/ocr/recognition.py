"""The scanned pages of one document, read by text recognition, and what has to be said about them."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from assistant.errors import RecognitionUnavailable
from assistant.readers.heartbeat import beat
from assistant.readers.limits import Limits
from assistant.readers.wording import counted, pages

if TYPE_CHECKING:  # the PDF reader, which these belong to, imports this module
    from assistant.readers.ocr.sheet import Scan
    from assistant.readers.pdf.page import Page

logger = logging.getLogger(__name__)

_SCALE = 200 / 72  # pixels a point: 200 dpi
_MOST_PIXELS = 8_000_000  # A3 at 200 dpi
_A_FEW = 120  # characters: a page number, or what a scanner prints at the foot of its pages
_MOST_OF_IT = 0.6  # share of the page that an image covers
_ACCENTED = re.compile(r"[\u00a1-\u024f](?<![§©«®°±·»×÷])")
_ENOUGH = 20  # characters, to judge by
_STRANGE = 0.15  # share of accented letters; in French it is 0.04
_DEEPEST = 3  # forms within forms in which images are looked for
_FAINTEST = 40  # steps of brightness between ink and paper
_SPECKS = 60  # pixels that dust may darken on an empty page

Pixels = np.ndarray[Any, np.dtype[np.uint8]]  # rows, columns, blue-green-red


class Recognition:
    """Reads page images, and remembers how that went; models are loaded for the first page that needs them."""

    def __init__(self, limits: Limits) -> None:
        self.problem: str | None = None  # why pages cannot be recognised
        if not limits.ocr:
            self.problem = "text recognition is switched off; set reading.ocr to true to read scans"
        self._threads = limits.ocr_threads
        self._scans: dict[int, Scan] = {}
        self._failed: dict[int, str] = {}
        self._wanted = False  # whether there was any page to recognise

    def page(self, document: pypdfium2.PdfDocument, page: Page) -> Page:
        """Return a page of a PDF with the text that is on its picture, where it is a scan or its text is garbled."""
        if not _is_scan(document, page):
            return page
        if self.problem:
            self._wanted = self._wanted or page.images or bool(page.characters)
            return page
        try:
            image = _rendered(document, page.number)
        except pypdfium2.PdfiumError:
            return page
        return self.image(image, page.number) or page

    def image(self, image: Pixels, number: int) -> Page | None:
        """Return the text on the picture of a page; None where recognition fails or is missing: see `findings`."""
        if _is_blank(image):
            return _empty(image, number)
        self._wanted = True
        if self.problem:
            return None
        try:
            from assistant.readers.ocr.sheet import read_image  # brings the models' libraries

            scan = self._scans[number] = read_image(image, number, self._threads)
        except ImportError as error:
            self.problem = f"text recognition is not installed ({error.name}); install it with: pip install rapidocr"
            return None
        except RecognitionUnavailable as error:
            self.problem = str(error)
            return None
        except Exception as error:  # foreign code on a foreign picture; the other pages go on
            if isinstance(error, MemoryError) or "bad_alloc" in str(error):
                raise
            logger.debug("page %d could not be recognised", number, exc_info=True)
            self._failed[number] = type(error).__name__
            return None
        finally:
            beat()
        return scan.page

    @property
    def trouble(self) -> str | None:
        """Why there are pages without text: recognition is missing, or failed on them."""
        if self.problem or not self._failed:
            return self.problem
        names = ", ".join(dict.fromkeys(self._failed.values()))
        return f"text recognition failed on {pages(self._failed)} ({names})"

    def findings(self) -> list[str]:
        """Return what the user should know of the recognised pages."""
        read = {number: scan for number, scan in self._scans.items() if scan.confidence is not None}
        found = []
        if read:
            total = sum(scan.page.characters for scan in read.values())
            sure = sum(scan.page.characters * (scan.confidence or 0) for scan in read.values()) / total
            found.append(
                f"{pages(read)} read by text recognition, mean confidence {sure:.2f}; check figures against the page"
            )
        found += _counted({n: scan.unclear for n, scan in self._scans.items()}, "line", "too unclear to be read")
        crossed = {n: scan.crossed for n, scan in self._scans.items()}
        found += _counted(crossed, "line", "crossed by a stamp or drawing; letters may be missing")
        found += _counted({n: scan.stamps for n, scan in self._scans.items()}, "red stamp", "left out")
        return [*found, *([self.trouble] if self.trouble and (self._wanted or self._failed) else [])]


def _counted(numbers: Mapping[int, int], noun: str, what: str) -> list[str]:
    total = sum(numbers.values())
    return [f"{counted(total, noun)} on {pages(n for n in numbers if numbers[n])} {what}"] if total else []


def _is_scan(document: pypdfium2.PdfDocument, page: Page) -> bool:
    if page.garbled or not page.characters or _is_gibberish(page):
        return True
    return page.images and page.characters <= _A_FEW and _image_share(document, page.number) >= _MOST_OF_IT


def _is_gibberish(page: Page) -> bool:
    """Tell whether the codes of a page's characters are just the places of its letters in some font."""
    text = "".join(segment.text for segment in page.segments)
    return len(text) >= _ENOUGH and len(_ACCENTED.findall(text)) > _STRANGE * len(text)


def _image_share(document: pypdfium2.PdfDocument, number: int) -> float:
    """Return how much of a page its images cover; scanners cut pages into strips, so they are added up."""
    sheet = document[number - 1]
    try:
        left, bottom, right, top = sheet.get_bbox()
        covered = 0.0
        for image in sheet.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=_DEEPEST):
            x0, y0, x1, y1 = image.get_bounds()
            covered += max(min(x1, right) - max(x0, left), 0) * max(min(y1, top) - max(y0, bottom), 0)
    finally:
        sheet.close()
    return float(covered / max((right - left) * (top - bottom), 1))


def _rendered(document: pypdfium2.PdfDocument, number: int) -> Pixels:
    sheet = document[number - 1]
    try:
        width, height = sheet.get_size()
        fitting = (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5
        bitmap = sheet.render(scale=min(_SCALE, fitting), may_draw_forms=False)
        image: Pixels = np.array(bitmap.to_numpy())
        bitmap.close()
    finally:
        sheet.close()
    return image[:, :, :3] if image.shape[2] > 3 else image


def _is_blank(image: Pixels) -> bool:
    """Tell whether nothing is printed on a page."""
    brightness = image.mean(axis=2)
    return int(np.count_nonzero(np.abs(brightness - np.median(brightness)) > _FAINTEST)) <= _SPECKS


def _empty(image: Pixels, number: int) -> Page:
    from assistant.readers.pdf.page import Page
    from assistant.readers.pdf.view import View

    height, width = image.shape[:2]
    return Page(View(number, (0.0, 0.0, float(width), float(height))), (), 0)
