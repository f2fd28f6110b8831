"""Bytes to text: UTF-8, UTF-16 and GB18030 told apart by what they decode to, garbled text refused."""

from __future__ import annotations

import codecs
import re

import charset_normalizer

from assistant.errors import ReadError
from assistant.readers.wording import counted

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_REPLACEMENT = "�".encode()
_SAMPLE = 20_000  # characters: enough to judge, little enough to be quick
_STRAY = 0.002  # share of bytes that may be broken before a text no longer counts as UTF-8
_PLAUSIBLE = 0.95  # share of characters that Chinese or English text consists of
_COMMON = 0.7  # share of the Chinese characters that belong to the common ones; in mistaken encodings few do
_SIMPLIFIED = ("gb2312", 0xB0, 0xD7)  # the rows of GB 2312 that hold its 3,755 common characters
_TRADITIONAL = ("big5", 0xA4, 0xC6)  # the same of Big5: 5,401
_LEAST = 10  # Chinese characters needed to judge by them
_MISTAKES = (("gb18030", "utf-8"), ("cp1252", "utf-8"), ("latin-1", "gb18030"))  # read as the one, written as the other
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_HAN = re.compile(r"[㐀-鿿]")
_ORDINARY = re.compile(r"[\t\n\x0b\f\r -~　-〿㐀-鿿＀-￯“”‘’…—–·×±≥≤℃※①-⑳Ⅰ-ⅿ§°€£￥\u00a0-\u00ff\u2000-\u206f]")


def decode(data: bytes, name: str, declared: str | None = None) -> tuple[str, list[str]]:
    """Return the text of a file and what had to be assumed; raises where it is not text, or garbled."""
    text, findings = _decoded(data, name, declared)
    if is_garbled(text):
        raise ReadError(
            f"{name}: the text is garbled: it was once saved in the wrong encoding. "
            "Get the original file, or copy the text from its source and save it as UTF-8."
        )
    return text, findings


def _decoded(data: bytes, name: str, declared: str | None) -> tuple[str, list[str]]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = data.decode(encoding, errors="replace")
            return text, _stray(text)
    if b"\0" in data:
        for encoding in ("utf-16-le", "utf-16-be"):
            text = data.decode(encoding, errors="replace")
            if _is_plausible(text):
                return text, [f"read as {encoding.upper()}", *_stray(text)]
        raise ReadError(f"{name}: is not text but binary data. Give it the suffix of what it is, or save it as text.")
    text = data.decode("utf-8", errors="replace")
    if text.count("�") - data.count(_REPLACEMENT) <= _STRAY * len(data):  # one that was saved as such is valid UTF-8
        return text, _stray(text)
    for encoding in dict.fromkeys(filter(None, (_known(declared), "gb18030"))):
        text = data.decode(encoding, errors="replace")
        if text.count("�") <= _STRAY * len(data) and _is_plausible(text):
            return text, [f"read as {encoding.upper()}", *_stray(text)]
    guess = charset_normalizer.from_bytes(data[:200_000]).best()
    if guess is not None:
        text = data.decode(guess.encoding, errors="replace")
        if _is_plausible(text) or (guess.encoding.startswith(("big5", "cp950")) and _is_plausible(text, _TRADITIONAL)):
            return text, [f"read as {guess.encoding.upper()}, which is a guess", *_stray(text)]
    raise ReadError(
        f"{name}: the encoding of the text is neither UTF-8, UTF-16 nor GB18030. "
        "Open it in an editor and save it as UTF-8."
    )


def _known(declared: str | None) -> str | None:
    """Return Python's name of an encoding a page declares; GB2312 and GBK are parts of GB18030."""
    try:
        encoding = codecs.lookup(declared or "").name
    except LookupError:
        return None
    return "gb18030" if encoding in {"gb2312", "gbk"} else encoding


def _stray(text: str) -> list[str]:
    count = text.count("�")
    return [f"{counted(count, 'character')} could not be decoded"] if count else []


def _is_plausible(text: str, common: tuple[str, int, int] = _SIMPLIFIED) -> bool:
    """Tell whether decoded bytes look like Chinese with mostly common characters, or like English."""
    sample = text[:_SAMPLE]
    if not sample or len(_CONTROL.findall(sample)) > 0.001 * len(sample):
        return False
    ordinary = len(_ORDINARY.findall(sample))
    return ordinary >= _PLAUSIBLE * len(sample) and _has_common_characters(sample, common)


def _has_common_characters(sample: str, common: tuple[str, int, int] = _SIMPLIFIED) -> bool:
    han: list[str] = _HAN.findall(sample)
    encoding, first, last = common
    found = sum(first <= char.encode(encoding, errors="replace")[0] <= last for char in han)
    return len(han) < _LEAST or found >= _COMMON * len(han)


def is_garbled(text: str) -> bool:
    """Tell whether a text was decoded wrongly before it was saved: 鍥藉姟闄, ä¸­å›½, 锟斤拷."""
    sample = text[:_SAMPLE]
    if sample.count("锟斤拷") >= 3 or sample.count("�") > 0.01 * max(len(sample), 1):
        return True
    if len(_CONTROL.findall(sample)) > max(5, 0.01 * len(sample)):
        return True
    return any(_was_once(sample, read_as, written_as) for read_as, written_as in _MISTAKES)


def _was_once(sample: str, read_as: str, written_as: str) -> bool:
    """Tell whether a text turns into good Chinese when a mistaken decoding is undone; right text never does."""
    original = sample.encode(read_as, errors="replace").decode(written_as, errors="replace")
    found = _HAN.findall(original)
    return (
        len(found) >= max(_LEAST, 0.3 * len(original), 0.5 * len(_HAN.findall(sample)))
        and original != sample
        and original.count("�") < 0.1 * len(original)
        and _has_common_characters(original)
    )
