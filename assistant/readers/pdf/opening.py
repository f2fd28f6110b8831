"""A PDF opened by pdfium, or the reason why it cannot be."""

from __future__ import annotations

import io
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2
import pypdfium2.raw as pdfium

from assistant.errors import ReadError

_PDFIUM = threading.Lock()  # pdfium keeps global state: one thread at a time


@contextmanager
def opened(data: bytes, name: str) -> Iterator[pypdfium2.PdfDocument]:
    """Yield the document, which no other thread can use meanwhile; raises when it is locked or damaged."""
    if b"%PDF" not in data[:1024]:
        raise ReadError(
            f"{name}: is not a PDF, whatever its name says. Give it the suffix of what it is, or save it again."
        )
    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            # pdfium keeps its last error: a damaged file that comes after a locked one is told to be locked as well.
            if b"/Encrypt" in data and pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD:
                raise ReadError(
                    f"{name}: the PDF is locked with a password. Open it with the password and save a copy without one."
                ) from error
            raise ReadError(f"{name}: {_why_closed(data)}") from error
        try:
            yield document
        finally:
            document.close()


def _why_closed(data: bytes) -> str:
    """Say why pdfium cannot open a PDF; pypdf also opens one without pages."""
    import pypdf  # seldom needed, and slow to load

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells at length what is wrong with a damaged file
    try:
        pages_in_it = len(pypdf.PdfReader(io.BytesIO(data)).pages)
    except Exception:  # whatever a damaged file makes a parser do, the answer is the same
        pages_in_it = None
    if pages_in_it == 0:
        return "the PDF has no pages. Export it again from the program it was made with."
    return "the PDF is damaged or cut off and cannot be opened. Download or export it again."
