"""How much of a file a reader takes in before it refuses."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest document a reader accepts; whatever is larger fails with a message that names the limit."""

    max_bytes: int = 50_000_000  # of the file; of one line in a JSONL collection, which itself may be of any size
    max_pages: int = 2_000
    max_expanded_bytes: int = 200_000_000  # of all parts of a DOCX or OFD together, once unpacked
    max_expansion: int = 200  # unpacked size of one such part over its packed size
    max_characters: int = 5_000_000
    max_pixels: int = 80_000_000  # of an image, or a page of a TIFF file: A3 at 600 dpi has 70 million
    ocr: bool = True  # read scans and images by text recognition
    ocr_threads: int | None = None  # of one page; None takes all cores
