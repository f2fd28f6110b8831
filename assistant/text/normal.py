"""Characters: what a reader mends in printed text, and the one form in which texts are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# PDF fonts map common characters to the radicals block; NFKC mends U+2F00-2FD5 but leaves U+2E80-2EFF as it is.
_RADICALS = (
    "⺄乙⺅亻⺆冂⺇几⺈刀⺉刂⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歹⺟母⺠民⺡氵⺢氺"
    "⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱罒⺲罒⺳罓⺴罓⺵网⺶羊⺷羊⺸羊⺹耂⺺聿⺻聿⺼月⺽臼⺾艹⺿艹⻀艹"
    "⻁虎⻂衤⻃西⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒長⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食"
    "⻞食⻟食⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龟⻲亀⻳龟"
)
_RADICAL_TABLE = {ord(_RADICALS[i]): _RADICALS[i + 1] for i in range(0, len(_RADICALS), 2)}
_KANGXI_TABLE = {cp: unicodedata.normalize("NFKC", chr(cp)) for cp in range(0x2F00, 0x2FD6)}
_COMPATIBILITY_TABLE = {
    cp: unicodedata.normalize("NFKC", chr(cp)) for cp in (*range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20))
}
# Characters no reader can see: zero width, bidirectional controls, soft hyphen, byte-order mark, and the tag block,
# in which instructions can be hidden from people but not from programs.
_UNSEEN = dict.fromkeys(
    (
        *range(0x09), 0x0B, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0xAD, 0x034F, 0x061C, 0x180E,
        *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFE00, 0xFE10), 0xFEFF,
        *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080), *range(0xE0100, 0xE01F0),
    )
)  # fmt: skip
_REPAIR = {**_RADICAL_TABLE, **_KANGXI_TABLE, **_COMPATIBILITY_TABLE, **_UNSEEN}

# One form for the marks that sources write in several ways, so that 〔2019〕, [2019] and （2019） compare equal.
_MARKS = str.maketrans(
    {
        "〔": "[", "〕": "]", "【": "[", "】": "]", "［": "[", "］": "]",
        "“": '"', "”": '"', "„": '"', "「": '"', "」": '"', "『": '"', "』": '"', "‘": "'", "’": "'",
        "—": "-", "–": "-", "―": "-", "−": "-", "‐": "-", "‑": "-", "·": "·", "•": "·", "・": "·",
        "。": ".", "、": ",", "〇": "〇", "○": "〇", "〈": "<", "〉": ">",
    }
)  # fmt: skip
_SPACE = re.compile(r"\s+")


def repair(text: str) -> str:
    """Return printed text with encoding damage mended: radicals made characters, unseen ones gone; width, marks stay."""
    return text.translate(_REPAIR)


@lru_cache(maxsize=8_192)  # one question compares the same titles and clauses again and again
def normalise(text: str) -> str:
    """Return the one form in which texts are compared: NFKC, marks unified, lower case, single spaces."""
    folded = unicodedata.normalize("NFKC", repair(text)).translate(_MARKS)
    return _SPACE.sub(" ", folded).strip().lower()


_VERSION = re.compile(r"[(（][^()（）]{0,40}[)）]$")


def title_key(title: str) -> str:
    """Return a title as far as it identifies the instrument: without its version in brackets, 职业教育法（2022年修订）."""
    key = squeeze(title).strip("《》")
    return _VERSION.sub("", key) or key


def squeeze(text: str) -> str:
    """Return `normalise(text)` without any white space: the form in which a quote must be found in its clause."""
    return _SPACE.sub("", normalise(text))
