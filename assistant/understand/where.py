"""The place a question is asked for: by name, short or English name, district, or abbreviation; else what it lacks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.structure import places
from assistant.structure.places import NATION, Place

# The one-character names are also words or parts of words (鲁 in 粗鲁, 浙 in 浙商): only where nothing else is meant.
_ABBREVIATIONS = {
    "冀": "130000", "晋": "140000", "辽": "210000", "沪": "310000", "苏": "320000", "浙": "330000", "皖": "340000",
    "闽": "350000", "赣": "360000", "鲁": "370000", "豫": "410000", "鄂": "420000", "湘": "430000", "粤": "440000",
    "桂": "450000", "琼": "460000", "渝": "500000", "川": "510000", "黔": "520000", "滇": "530000", "陕": "610000",
}  # fmt: skip
_ABBREVIATED = re.compile(
    rf"(?:(?<=在)|(?<=驻)|(?<=落户))(?P<at>[{''.join(_ABBREVIATIONS)}])(?=的?(?:企业|公司|工厂|高校|院校|学校|办学|设厂|投资|经营|注册))"
    rf"|(?<![一-鿿])(?P<firm>[{''.join(_ABBREVIATIONS)}])(?=企(?!业))"
)
_REGIONS = {
    "江浙沪": ("320000", "330000", "310000"), "苏浙沪": ("320000", "330000", "310000"),
    "京津冀": ("110000", "120000", "130000"), "川渝": ("510000", "500000"), "苏浙": ("320000", "330000"),
    "江浙": ("320000", "330000"), "粤港澳": ("440000",),
}  # fmt: skip
_REGION = re.compile("|".join(_REGIONS))
MARK = "\0"  # stands for the name of a place
_JOINED = re.compile(
    rf"{MARK}(?:的?(?:企业|公司|学校))?\s*(?:和|与|跟|及|以及|、|还是|或者?|,|，|and|or|&|versus|vs\.?)\s*(?:在|in )?{MARK}",
    re.IGNORECASE,
)
_NATION = re.compile(
    r"全国(?!人大|人民|各|性|总工会|统一|现代)|国家层面|全国性的?(?:规定|政策)|国家(?:的)?(?:规定|政策|标准|口径)"
    r"|\bnation-?wide\b|\b(?:at|on) the national level\b|\bnational(?:ly)?(?= (?:rules?|level|polic))",
    re.IGNORECASE,
)
# Here, as far as the speaker knows where that is.
_UNSAID = re.compile(
    r"我们?(?:这里|这儿|这边|这)|我们?[省市县](?!场|值|委|政)|我区(?!分|别|域)|咱们?(?:这里|这儿|这边|这|[省市县])|本地(?!的?户籍)|本[省市](?!级|内|场|值)"
    r"|\b(?:our|my) (?:province|city|town|district|county|area|region)\b|\bwhere (?:we are|I am)\b|\blocally\b",
    re.IGNORECASE,
)
# Of the place named nothing but its own rules will do.
_OWN = re.compile(
    r"自己(?:的|定|出台?|规定|制定|有)|自行(?:规定|制定)|[省市区县]本级|[省市区县]里(?:自己|单独|另外|按什么|[给定发补])|[省市区县](?:给|发|补)(?!的?(?:钱|贴|助))[^，。？?]{1,8}[补发给多]"
    r"|\bown (?:\w+ )?(?:rule|regulation|standard|polic|subsid|measure)|\b(?:regional|provincial|municipal|city) (?:rules?|regulations?|standards?|polic)",
    re.IGNORECASE,
)
_COUNTY_END = re.compile(r"新区|自治县|[区县市]")


@dataclass(frozen=True, slots=True)
class Where:
    """What a question says of the place it is asked for."""

    places: tuple[Place, ...] = ()  # in the order of the question; of a place and the one it lies in, both
    nation: bool = False
    unsaid: str | None = None  # 我市: a place that only the speaker knows
    several: tuple[Place, ...] = ()  # places that share the one name given: 鼓楼区

    joined: bool = False  # named side by side: 宁波和深圳, 江浙沪
    inside: Place | None = None  # the one that something is done in: 江西的企业在宁波设厂

    @property
    def place(self) -> Place | None:
        """The place meant: that in which something is done, else the first; of 浙江的金华 the smaller."""
        first = self.inside or next(iter(self.places), None)
        inner = [p for p in self.places if first and first.code in places.chain(p.code) and p is not first]
        return inner[0] if inner else first

    @property
    def apart(self) -> tuple[Place, ...]:
        """The places named beside each other: of 浙江的金华 the smaller only."""
        return tuple(
            p for p in self.places if not any(p.code in places.chain(q.code) for q in self.places if q is not p)
        )


def find(text: str, unlisted: Iterable[Place] = ()) -> Where:
    """Return the places a question is asked for; `unlisted` are those known only from the documents held."""
    found = {place.code: place for place in places.find(text)}
    found |= {place.code: place for place in unlisted if _is_called(place, text)}
    for match in _REGION.finditer(text):
        found |= {code: place for code in _REGIONS[match[0]] if (place := places.place(code))}
    for match in _ABBREVIATED.finditer(text):
        code = _ABBREVIATIONS[match["at"] or match["firm"]]
        if place := places.place(code):
            found.setdefault(code, place)
    several: tuple[Place, ...] = ()
    above = set(found)
    for name, known in _counties_in(text):
        if above and not (len(known) == 1 and _stands_beside(name, text)):
            known = tuple(p for p in known if above.intersection(places.chain(p.code)))  # 江苏宜兴
        if len(known) == 1:
            found.setdefault(known[0].code, known[0])
        elif not found and not several:
            several = tuple(p for p in known if p.name == name)
    unsaid = None if found else _UNSAID.search(text)
    named = tuple(found.values())
    return Where(
        named,
        bool(_NATION.search(text)),
        unsaid[0] if unsaid else None,
        several,
        joined=len(named) > 1 and bool(_REGION.search(text) or _JOINED.search(replaced_each(text, named))),
        inside=_inside(text, named),
    )


def _stands_beside(name: str, text: str) -> bool:
    """Whether a county is named as one of several places: 宜兴和金华."""
    joint = r"(?:和|与|跟|及|、|还是)"
    return bool(re.search(rf"{joint}{re.escape(name)}|{re.escape(name)}{joint}", text))


def _is_called(place: Place, text: str) -> bool:
    return place.short in text or any(re.search(rf"\b{re.escape(n)}\b", text, re.IGNORECASE) for n in place.english)


def without(text: str, named: Iterable[Place]) -> str:
    """Return a text without the names of places."""
    return replaced(text, named, "")


def replaced(text: str, named: Iterable[Place], name: str) -> str:
    """Return a text in which the first name of these places is another one and their further names are gone."""
    names = sorted({n for place in named for n in names_of(place)}, key=len, reverse=True)
    if not names:
        return text
    latin = [rf"\b{re.escape(n)}\b" for n in names if n.isascii()]
    pattern = re.compile("|".join([*(re.escape(n) for n in names if not n.isascii()), *latin]), re.IGNORECASE)
    first = iter([name])
    text = pattern.sub(lambda _: next(first, ""), text)
    return re.sub(r"\s{2,}", " ", text)


def replaced_each(text: str, named: Iterable[Place], mark: str = MARK) -> str:
    """Return a text with a mark in place of each of these places' names."""
    text = _ABBREVIATED.sub(mark, _REGION.sub(mark, text))
    for name in sorted({n for place in named for n in names_of(place)}, key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(name)}\b" if name.isascii() else re.escape(name), mark, text, flags=re.IGNORECASE)
    return re.sub(rf"(?:{re.escape(mark)})+", mark, text)


def _inside(text: str, named: Iterable[Place]) -> Place | None:
    """Of several places the one that stands after 在: only there something is asked to be done."""
    for place in named:
        names = "|".join(re.escape(n) for n in (place.name, place.short, *place.english) if n)
        if re.search(
            rf"(?:在|来|到)(?:{names})(?=设|办|投资|落户|注册|开|经营|招|申请|申报|参保)|\b(?:operat\w+|factory|plant|branch) in (?:{names})\b",
            text,
            re.IGNORECASE,
        ):
            return place
    return None


def names_of(place: Place) -> tuple[str, ...]:
    """Return what a place is called, and what the places above it are: 浙江省金华市 is one name."""
    above = (places.place(code) for code in places.chain(place.code) if code != NATION)
    return tuple(
        dict.fromkeys(name for p in above if p for name in (p.name, p.short, *p.english, *_short_county(p)) if name)
    )


def name_of(place: Place, spoken: str) -> str:
    """Return what a place is called in a language; a county after the city it lies in."""
    if spoken == "en" and place.english:
        return place.english[0]
    city = places.place(f"{place.code[:4]}00") if place.is_county else None
    return f"{city.name}{place.name}" if city else place.name


def wants_own(text: str) -> bool:
    """Return whether a question asks for what a place rules itself: 徐州市自己定的, under Ningxia's own regulation."""
    return bool(_OWN.search(text))


def mentions_nation(text: str) -> str:
    """Return the words by which a question asks for the nation's rules; "" without them."""
    match = _NATION.search(text)
    return match[0] if match else ""


def without_nation(text: str) -> str:
    """Return a text without the words by which it asks for the nation's rules."""
    return _NATION.sub("", text)


@cache
def _county_cities() -> frozenset[str]:
    """County-level cities that people call by their short name, of those whose short name is no common word."""
    return frozenset(files("assistant.understand").joinpath("county_cities.txt").read_text("utf-8").split())


def _short_county(place: Place) -> tuple[str, ...]:
    short = place.name.removesuffix("市")
    return (short,) if place.is_county and short in _county_cities() else ()


@cache
def _counties() -> dict[str, tuple[Place, ...]]:
    names: dict[str, tuple[Place, ...]] = {}
    for place in places.counties():
        for name in (place.name, *_short_county(place)):
            names[name] = (*names.get(name, ()), place)
    return names


def _counties_in(text: str) -> Iterable[tuple[str, tuple[Place, ...]]]:
    """Yield the counties a text names without the place above them: 昆山, 义乌市, 浦东新区."""
    for end in _COUNTY_END.finditer(text):
        for length in range(10, 2, -1):
            name = text[max(0, end.end() - length) : end.end()]
            if len(name) == length and name in _counties():
                yield name, _counties()[name]
                break
    for name in _county_cities():
        if name in text and name in _counties():
            yield name, _counties()[name]
