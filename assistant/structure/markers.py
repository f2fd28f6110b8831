"""Markers: the table of numberings a line can begin with, and what tells one from a mention of it.

A marker is only a candidate here: whether it stands is decided from its neighbours (`numbering`, `outline`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from assistant.models import Level
from assistant.text.numerals import DIGITS, parse_numeral

_ANY = rf"(?P<n>[{DIGITS}](?:[ \t　]*[{DIGITS}])*)"  # 第 十 二 条 is set with spaces in red-headed documents
_HAN = r"(?P<n>[一二三四五六七八九十百]{1,5})"
_ARABIC = r"[0-9０-９]"


class Rank(IntEnum):
    """How high a numbering stands when nothing else is known: a smaller rank contains a larger one."""

    ANNEX = 0
    HEADING = 1
    BOOK = 2
    SUBBOOK = 3
    CHAPTER = 4
    SECTION = 5
    TITLE = 6  # an unnumbered heading among articles
    PLAIN = 7
    DECIMAL = 8
    ARTICLE = 9
    DUNHAO = 10
    PAREN = 11
    ARABIC = 12
    PAREN_ARABIC = 13
    CIRCLED = 14
    ORDINAL = 15
    PARAGRAPH = 20


@dataclass(frozen=True, slots=True)
class Shape:
    """One way of numbering: how it is printed, where it ranks, and what it is outside an article."""

    name: str
    rank: Rank
    level: Level
    step: str  # in addresses
    pattern: re.Pattern[str]
    mention: re.Pattern[str] | None = None  # what follows a mention, right after the number


# 第十条规定的…, 第十条、第十一条…, 第十条第二款…; after a space fewer words tell, as 第三条　中国公民… is an article.
_OF = (
    r"的|规定|所[列称指述规涉]|另有|[、，,。；;）)》”]|[和及或与到至]第|以及|至(?![少今迟])|或者|中(?:的|规定|所|关于|有关)"
    r"|[之等]规定|关于|明确规定|款(?!项)|项(?!目)"
)
_CITED = re.compile(
    rf"(?:{_OF}|第[ ]?[（(]?[{DIGITS}]+[）)]?[款项条目])"
    rf"|[ \t　]+(?:的|规定的|所[列称述]|[、，。；]|[和及或至]第|第[（(]?[{DIGITS}]+[）)]?[款项])"
)
_CITED_ITEM = re.compile(
    r"[ ]?(?:项(?!目)|款(?!项)|目(?![标录的前])|[、和至或及与—\-][（(第]|所[列称述]|规定的"
    r"|[（(][一二三四五六七八九十]+[）)])"
)
_CITED_EN = re.compile(r"[ ]?(?:of|and|or|to|provides|requires|shall|,|\))\b|,", re.IGNORECASE)
_UNIT = re.compile(r"[ ]?(?:[%％‰℃°]|[万亿元个倍年月日人家所项名米吨]|百分)")
_LIST = re.compile(r"[一二三四五六七八九十]{1,2}(?:、|等奖|年级|[级类档批])")  # 一、二年级

BOOK = Shape("book", Rank.BOOK, Level.BOOK, "book", re.compile(rf"第{_ANY}[ \t　]*编"), _CITED)
SUBBOOK = Shape("subbook", Rank.SUBBOOK, Level.BOOK, "book", re.compile(rf"第{_ANY}[ \t　]*分编"), _CITED)
CHAPTER = Shape("chapter", Rank.CHAPTER, Level.CHAPTER, "ch", re.compile(rf"第[ ]?{_ANY}[ \t　]*章"), _CITED)
SECTION = Shape("section", Rank.SECTION, Level.SECTION, "sec", re.compile(rf"第[ ]?{_ANY}[ \t　]*节"), _CITED)
PART = Shape("part", Rank.CHAPTER, Level.PART, "part", re.compile(rf"第[ ]?{_ANY}[ \t　]*(?:部分|篇)"), _CITED)
ARTICLE = Shape(
    "article",
    Rank.ARTICLE,
    Level.ARTICLE,
    "art",
    re.compile(rf"第[ \t　]*{_ANY}[ \t　]*条(?:[ ]?之[ ]?(?P<k>[{DIGITS}]+))?"),
    _CITED,
)
DUNHAO = Shape("dunhao", Rank.DUNHAO, Level.PART, "part", re.compile(rf"{_HAN}(?:[ 　]?[、．.]|$)"), _LIST)
PAREN = Shape(
    "paren",
    Rank.PAREN,
    Level.POINT,
    "point",
    re.compile(rf"(?:[（(][ ]?{_HAN}[ ]?[）)]|(?P<sign>[㈠-㈩]))"),
    _CITED_ITEM,
)
ARABIC = Shape(
    "arabic",
    Rank.ARABIC,
    Level.SUBPOINT,
    "subpoint",
    re.compile(rf"(?:(?P<n>{_ARABIC}{{1,3}})[ ]?[.．、](?![ ]?{_ARABIC})|(?P<sign>[⒈-⒛]))"),
)
PAREN_ARABIC = Shape(
    "paren-arabic",
    Rank.PAREN_ARABIC,
    Level.DETAIL,
    "detail",
    re.compile(rf"(?:[（(]?[ ]?(?P<n>{_ARABIC}{{1,2}})[ ]?[）)]|(?P<sign>[⑴-⒇]))"),
    _CITED_ITEM,
)
LETTER = Shape(
    "letter",
    Rank.CIRCLED,
    Level.DETAIL,
    "detail",
    re.compile(r"(?:\((?P<n>[a-z])\)(?=\s)|(?P<letter>[a-z])(?:[)）]|[.．](?=[ ]?[㐀-鿿])))"),
)
CIRCLED = Shape("circled", Rank.CIRCLED, Level.DETAIL, "detail", re.compile(r"(?P<n>[①-⑳])"))
ORDINAL = Shape(
    "ordinal",
    Rank.ORDINAL,
    Level.DETAIL,
    "detail",
    re.compile(
        r"(?:第(?P<k>[一二三四五六七八九十]{1,2})(?:[，,、]|是(?!否))|(?P<n>[一二三四五六七八九十]{1,2})是(?!否))"
    ),
)
DECIMAL = Shape(
    "decimal",
    Rank.DECIMAL,
    Level.SECTION,
    "sec",
    re.compile(rf"(?P<n>{_ARABIC}{{1,2}}(?:[.．]{_ARABIC}{{1,2}}){{1,4}})[.．]?(?![.．0-9０-９%％])"),
    _UNIT,
)
PLAIN = Shape(
    "plain", Rank.PLAIN, Level.SECTION, "sec", re.compile(rf"(?P<n>{_ARABIC}{{1,2}})(?=[ \t　]+[^\W\d_])"), _UNIT
)
ROMAN = Shape("roman", Rank.PLAIN, Level.SECTION, "sec", re.compile(r"(?P<n>[IVXⅠ-Ⅻ]{1,5})[.．、][ \t　]*(?=\S)"))
ANNEX = Shape(
    "annex",
    Rank.ANNEX,
    Level.ANNEX,
    "annex",
    re.compile(rf"(?:附[ 　]*[件录表]|附(?=[ 　]*[:：]))[ 　]*(?P<n>[{DIGITS}A-H]{{0,3}})(?:[ 　]*[:：]|(?=[ 　]|$))"),
    re.compile(r"[ ]?[、和至及]"),
)
_ENGLISH = r"[ ]+(?P<n>\d{1,3}|[IVX]{1,5})\b[.:]?"
ARTICLE_EN = Shape("article-en", Rank.ARTICLE, Level.ARTICLE, "art", re.compile(rf"Article{_ENGLISH}", re.I), _CITED_EN)
CHAPTER_EN = Shape("chapter-en", Rank.CHAPTER, Level.CHAPTER, "ch", re.compile(rf"Chapter{_ENGLISH}", re.I), _CITED_EN)
SECTION_EN = Shape("section-en", Rank.SECTION, Level.SECTION, "sec", re.compile(rf"Section{_ENGLISH}", re.I), _CITED_EN)
PART_EN = Shape("part-en", Rank.CHAPTER, Level.PART, "part", re.compile(rf"Part{_ENGLISH}", re.I), _CITED_EN)
ANNEX_EN = Shape(
    "annex-en",
    Rank.ANNEX,
    Level.ANNEX,
    "annex",
    re.compile(r"(?:Annex|Appendix)[ ]+(?P<n>\d{1,2}|[A-H]|[IVX]{1,4})\b[.:]?", re.I),
    _CITED_EN,
)

# Tried in this order; the key is the first character of the line.
_BY_FIRST: dict[str, tuple[Shape, ...]] = {
    "第": (ARTICLE, CHAPTER, SECTION, PART, BOOK, SUBBOOK, ORDINAL),
    "（": (PAREN, PAREN_ARABIC),
    "(": (PAREN, PAREN_ARABIC, LETTER),
    "附": (ANNEX,),
    "A": (ARTICLE_EN, ANNEX_EN),
    "C": (CHAPTER_EN,),
    "S": (SECTION_EN,),
    "P": (PART_EN,),
    **dict.fromkeys("bcdefghijklmnopqrstuvwxyz", (LETTER,)),
    "a": (ARTICLE_EN, ANNEX_EN, LETTER),
    **dict.fromkeys("㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩", (PAREN,)),
    **dict.fromkeys("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇", (PAREN_ARABIC,)),
    **dict.fromkeys("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛", (ARABIC,)),
    **dict.fromkeys("一二三四五六七八九十百", (DUNHAO, ORDINAL)),
    **dict.fromkeys("0123456789０１２３４５６７８９", (DECIMAL, ARABIC, PAREN_ARABIC, PLAIN)),
    **dict.fromkeys("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", (CIRCLED,)),
    **dict.fromkeys("IVXⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ", (ROMAN,)),
}
HEADINGS = frozenset({"book", "subbook", "chapter", "section", "part", "chapter-en", "section-en", "part-en"})
ARTICLES = frozenset({"article", "article-en"})
SPACE = " \t　\xa0"
_SIGNS = {chr(first + i): i + 1 for first, count in ((0x3220, 10), (0x2474, 20), (0x2488, 20)) for i in range(count)}
_ROMAN_VALUES = {c: i + 1 for i, c in enumerate("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ")}
_ENDED = re.compile(r"[。；;！？!?：:，,][”’」』）)】]?$")


@dataclass(frozen=True, slots=True)
class Marker:
    """A numbering at the beginning of a line: a heading if its neighbours bear it out."""

    shape: Shape
    numbers: tuple[int, ...]  # (12,) or (12, 1) for 第十二条之一 or 2.3 as (2, 3)
    printed: str
    spaced: bool  # white space or the end of the line follows it

    @property
    def number(self) -> int:
        return self.numbers[-1]

    @property
    def is_heading(self) -> bool:
        return self.shape.name in HEADINGS

    @property
    def begins_body(self) -> bool:
        """Whether it is the first chapter, article or part, so that a title may stand right above it."""
        return self.numbers == (1,) and (self.is_heading or self.is_article or self.shape in (DUNHAO, ROMAN))

    @property
    def is_article(self) -> bool:
        return self.shape.name in ARTICLES


def _roman(text: str) -> int:
    values = {"I": 1, "V": 5, "X": 10}
    if text in _ROMAN_VALUES:
        return _ROMAN_VALUES[text]
    total = 0
    for c, after in zip(text, f"{text[1:]} ", strict=True):
        value = values[c]
        total += -value if values.get(after, 0) > value else value
    return total


def _numbers(shape: Shape, match: re.Match[str]) -> tuple[int, ...] | None:
    groups = match.groupdict()
    if sign := groups.get("sign"):
        return (_SIGNS[sign],)
    text = "".join((groups["n"] or groups.get("letter") or (groups["k"] if shape is ORDINAL else "")).split())
    if shape is DECIMAL:
        return tuple(int(part) for part in re.split(r"[.．]", text))
    if shape in (ANNEX, ANNEX_EN) and not text:
        return (1,)  # 附件, the only one
    if shape in (ANNEX, ANNEX_EN) and text in "ABCDEFGH":
        return (ord(text) - 64,)
    if shape is LETTER:
        return (ord(text) - 96,)
    if text and text[0].upper() in "IVXⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ":
        value: int | None = _roman(text.upper())
    else:
        value = parse_numeral(text)
    if not value and not (value == 0 and shape is PLAIN):  # papers begin with 0 引言
        return None
    if shape is ARTICLE and groups.get("k"):
        after = parse_numeral(groups["k"])
        return (value, after) if after else None
    return (value,)


def read(text: str) -> Marker | None:
    """Return the marker a line begins with; None where there is none or where it is a mention (第十条规定的…)."""
    for shape in _BY_FIRST.get(text[:1], ()):
        match = shape.pattern.match(text)
        if not match or (shape.mention and shape.mention.match(text, match.end())):
            continue
        after = text[match.end() :]
        spaced = not after or after[0] in SPACE
        if shape.name in HEADINGS and (len(text) > 60 or _ENDED.search(text)):
            continue  # a heading is short and no sentence
        numbers = _numbers(shape, match)
        if numbers:
            return Marker(shape, numbers, match[0].rstrip(SPACE), spaced)
    return None
