"""The recognition models: an image in, lines of text with their places and scores out. Nothing leaves the machine."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import rapidocr

from assistant.errors import RecognitionUnavailable
from assistant.readers.ocr.recognition import Pixels

# The models that come inside the wheel. Their paths are always given: for any other model rapidocr goes to the network.
_MODELS = {"Det": "PP-OCRv6_det_small.onnx", "Rec": "PP-OCRv6_rec_small.onnx"}
_DETECTION_SIDE = 1440  # pixels: enough to find small print on A4; recognition itself sees the full image
_LONG = 2.0  # times as high as wide: a saved web page, found piece by piece
_PIECE = 1.5  # height of a piece over its width
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class Found:
    """A line of text on an image, places in pixels from its upper left corner."""

    text: str
    score: float  # mean probability of its characters
    corners: tuple[tuple[float, float], ...]  # upper left, upper right, lower right, lower left
    letters: tuple[tuple[str, float], ...]  # every character but white space, and where its middle lies
    crossed: bool = False  # something else is printed over it


def find_lines(image: Pixels, threads: int | None = None) -> list[Found]:
    """Return the lines of text on an image, unclear ones too; raises RecognitionUnavailable where there is no model."""
    engine = _engine(threads)
    found: list[Found] = []
    for top, piece in _pieces(image):
        with _ONE_AT_A_TIME:
            result = engine(piece, use_det=True, return_word_box=True, return_single_char_box=True)
        if result.boxes is None or result.txts is None:
            continue
        letters = result.word_results if len(result.word_results) == len(result.txts) else [()] * len(result.txts)
        for corners, text, score, places in zip(result.boxes, result.txts, result.scores, letters, strict=True):
            at = tuple((float(x), float(y) + top) for x, y in corners)
            found.append(Found(text, float(score), at, _letters(text, at, places)))
    return found


def read_lines(image: Pixels, places: Iterable[tuple[float, float, float, float]], threads: int | None) -> list[Found]:
    """Return what stands in places (x0, y0, x1, y1) each of which is taken for a line of text."""
    found = []
    for x0, y0, x1, y1 in places:
        left, top = max(int(x0), 0), max(int(y0), 0)
        piece = image[top : int(y1) + 1, left : int(x1) + 1]
        with _ONE_AT_A_TIME:
            result = _engine(threads)(piece, use_det=False, use_rec=True, return_word_box=True)
        for text, score, word in zip(result.txts or (), result.scores, result.word_results, strict=False):
            columns = [column for columns in word.word_cols for column in columns]
            width = piece.shape[1] / max(word.line_txt_len, 1.0)  # of a column in which a character was seen
            chars = [char for char in text if not char.isspace()]
            letters = tuple((c, left + (column + 0.5) * width) for c, column in zip(chars, columns, strict=False))
            corners = ((left, y0), (x1, y0), (x1, y1), (left, y1))
            if len(letters) == len(chars) > 0:
                found.append(Found(text, float(score), corners, letters))
    return found


@functools.cache
def _engine(threads: int | None) -> Any:
    """Return the models, loaded once per process; None takes all cores."""
    folder = Path(rapidocr.__file__).parent / "models"
    missing = [name for name in _MODELS.values() if not (folder / name).is_file()]
    if missing:
        raise RecognitionUnavailable(
            f"the installed rapidocr comes without its model {missing[0]}; install the version this program asks for"
        )
    return rapidocr.RapidOCR(
        params={
            **{f"{part}.model_path": str(folder / name) for part, name in _MODELS.items()},
            "Global.log_level": "critical",
            "Global.use_cls": False,  # it turns single lines; pages are turned as a whole
            "Global.text_score": 0.0,  # what is too unclear is left out by the caller, who says so
            "Global.max_side_len": 100_000,
            "Det.box_thresh": 0.4,  # a line that a stamp crosses is found less surely; false ones score low when read
            "Det.limit_type": "max",
            "Det.limit_side_len": _DETECTION_SIDE,
            "EngineConfig.onnxruntime.intra_op_num_threads": threads or -1,
        }
    )


def _pieces(image: Pixels) -> Iterator[tuple[int, Pixels]]:
    """Yield an image, a long one cut where it is empty, with the row at which each piece begins."""
    height, width = image.shape[:2]
    if height <= _LONG * width:
        yield 0, image
        return
    darkest = image.min(axis=(1, 2)).astype(int)
    step, top = int(_PIECE * width), 0
    while height - top > step + width // 2:
        window = darkest[top + step // 2 : top + step]
        cut = top + step // 2 + int(np.flatnonzero(window == window.max())[-1]) + 1
        yield top, image[top:cut]
        top = cut
    yield top, image[top:]


def _letters(text: str, corners: tuple[tuple[float, float], ...], places: Any) -> tuple[tuple[str, float], ...]:
    chars = [char for char in text if not char.isspace()]
    if len(places) == len(chars):
        return tuple((char, sum(x for x, _ in box) / 4) for char, (_, _, box) in zip(chars, places, strict=True))
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    return tuple((char, left + (i + 0.5) * (right - left) / len(chars)) for i, char in enumerate(chars))
