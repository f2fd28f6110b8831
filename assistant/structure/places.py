"""Places: the administrative divisions of China, found by name, and which place a text is issued for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

NATION = "CN"


@dataclass(frozen=True, slots=True)
class Place:
    """A province, prefecture or county with its GB/T 2260 code."""

    code: str  # by GB/T 2260; its name, for a place that the table does not know
    name: str  # 宁波市
    short: str  # 宁波; for a county the name itself, as its short form is too often a common word
    english: tuple[str, ...] = ()  # the first one is shown, the others are understood

    @property
    def is_county(self) -> bool:
        return self.is_listed and not self.code.endswith("00")

    @property
    def is_listed(self) -> bool:
        """Whether the table of GB/T 2260 knows it."""
        return self.code.isdigit()


# Bodies of the nation: what they issue holds everywhere.
_NATIONAL = re.compile(
    r"^(?:全国人大|全国人民代表大会|第[一二三四五六七八九十]+届全国人民代表大会|中华人民共和国|中共中央|中国共产党中央|中央|国务院|国家|"
    r"最高人民法院|最高人民检察院|财政部|教育部|科学技术部|科技部|工业和信息化部|人力资源社会保障部|人力资源和社会保障部|"
    r"自然资源部|农业农村部|商务部|文化和旅游部|退役军人事务部|应急管理部|税务总局|海关总署|中国人民银行|人民银行|银保监会|"
    r"证监会|全国总工会|中华全国|共青团中央|国资委|住房城乡建设部|住房和城乡建设部|交通运输部|水利部|民政部|司法部|公安部|"
    r"生态环境部|国家发展改革委|发展改革委|发展和改革委员会|国家发展和改革委员会|审计署|市场监管总局)"
)
# Short names that are also words or parts of words (来宾, 大同小异): these prefectures count by their full name only.
_ALSO_WORDS = frozenset({"大同", "日照", "白银", "安康", "来宾", "通化", "海西", "海北", "黄南", "山南"})
_UNKNOWN_PART = re.compile(
    r"[一-鿿]{1,6}?(?:新区|开发区|园区|片区|自治县|[区县市旗镇乡])(?=人民|管理|管委|教|人力|财政|发展|工业|科|委|关于)"
)
# New, renamed and made-up places, as far as a text is issued for one. 城市, 上市 and 贫困县 are no names.
_UNLISTED = re.compile(r"(?P<name>(?P<short>[一-鿿]{2,3}?)(?:自治州|[省市县]))(?![区级场委外内辖])")
_NO_NAME = re.compile(
    r"[城上超都本全各我该门夜楼集股省县外跨邻]市|直辖市|[全各本外跨我该邻出]省|(?:贫困|试点|示范|各|本|全|我|该|邻|市|区|郡)县|^[某的和与及在对关]"
)


@cache
def _table() -> dict[str, Place]:
    text = resources.files(__package__).joinpath("places.tsv").read_text(encoding="utf-8")
    table: dict[str, Place] = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        code, name, *more = line.split("\t")
        short, english = (more[0], tuple(more[1].split("|"))) if more else (name, ())
        table[code] = Place(code, name, short, english)
    return table


def place(code: str) -> Place | None:
    """Return the place of a code, or of the name that stands for one; None for an unknown code and for the nation."""
    return _table().get(code) or unlisted(code)


def unlisted(text: str) -> Place | None:
    """Return the place a text begins with that the table does not know; None where it begins with none."""
    match = _UNLISTED.match(text)
    if not match or _NO_NAME.search(match["name"]):
        return None
    return Place(match["name"], match["name"], match["short"], (_romanised(match["short"]),))


@cache
def _romanised(name: str) -> str:
    """Return a name as English texts write it: Jianghai."""
    from pypinyin import lazy_pinyin  # its dictionary takes a moment to load, and few texts are from such a place

    return "".join(lazy_pinyin(name)).capitalize()


def provinces() -> tuple[Place, ...]:
    """Return the provinces in the order of their codes, from Beijing to Xinjiang."""
    return tuple(p for code, p in _table().items() if code.endswith("0000") and code < "700000")


def counties() -> tuple[Place, ...]:
    """Return the counties, districts and county-level cities in the order of their codes."""
    return tuple(p for p in _table().values() if p.is_county)


def chain(code: str) -> tuple[str, ...]:
    """Return a code and the codes above it up to the nation: 330200 → 330200, 330000, CN."""
    if code == NATION:
        return (NATION,)
    if not code.isdigit():
        return (code, NATION)
    above = (code, f"{code[:4]}00", f"{code[:2]}0000")
    return (*dict.fromkeys(c for c in above if c == code or c in _table()), NATION)


@cache
def _by_name() -> dict[str, Place]:
    """Provinces and prefectures under their full and short names; of two with one name the higher stands."""
    names: dict[str, Place] = {}
    for p in sorted(_table().values(), key=lambda p: (not p.code.endswith("0000"), p.code)):
        if not p.is_county:
            names.setdefault(p.name, p)
            if p.short not in _ALSO_WORDS:
                names.setdefault(p.short, p)
    return names


@cache
def _by_english() -> dict[str, Place]:
    names: dict[str, Place] = {}
    for p in sorted(_table().values(), key=lambda p: (not p.code.endswith("0000"), p.code)):
        for english in p.english:
            names.setdefault(english.lower(), p)
    return names


@cache
def _counties() -> dict[str, tuple[Place, ...]]:
    """Counties under their names; several share one name (鼓楼区)."""
    names: dict[str, tuple[Place, ...]] = {}
    for p in _table().values():
        if p.is_county:
            names[p.name] = (*names.get(p.name, ()), p)
    return names


def _alternatives(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


@cache
def _chinese_pattern() -> re.Pattern[str]:
    return re.compile(_alternatives(_by_name()))


@cache
def _english_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_alternatives(_by_english())})\b", re.IGNORECASE)


def _below(above: Place, rest: str) -> Place | None:
    """Return the smaller place whose name comes right after a larger one's: 浙江省|金华市, 深圳市|南山区."""
    prefix = above.code.rstrip("0") if above.code.endswith("0000") else above.code[:4]
    prefix = prefix if len(prefix) > 1 else above.code[:2]
    for length in range(min(len(rest), 15), 1, -1):
        name = rest[:length]
        found = [p for p in _counties().get(name, ()) if p.code.startswith(prefix)]
        if len(found) == 1:
            return found[0]
        known = _by_name().get(name)
        if known and known is not above and known.code.startswith(prefix) and not known.code.endswith("0000"):
            return known
    return None


def _read(text: str, first: Place, end: int) -> tuple[Place, int]:
    """Return the smallest place in a name that begins with a larger one, up to `end`, and where the whole name ends."""
    while (smaller := _below(first, text[end:])) is not None:
        end += len(smaller.name) if text.startswith(smaller.name, end) else len(smaller.short)
        first = smaller
    return first, end


def find(text: str) -> tuple[Place, ...]:
    """Return the places a text names, once each; a county counts only after the name of a place above it."""
    found: dict[str, Place] = {}
    at = 0
    while match := _chinese_pattern().search(text, at):
        named, at = _read(text, _by_name()[match[0]], match.end())
        found.setdefault(named.code, named)
    for match in _english_pattern().finditer(text):
        named = _by_english()[match[0].lower()]
        found.setdefault(named.code, named)
    return tuple(found.values())


def jurisdiction(name: str) -> str | None:
    """Return the code of the place that an issuer or a title begins with, CN for a body of the nation, else None.

    A place that the table does not know goes by its name. A district or park the table does not know yields None: the city above it would be a guess.
    """
    name = name.strip().lstrip("《“\"'（(")
    if match := _chinese_pattern().match(name):
        named, end = _read(name, _by_name()[match[0]], match.end())
        rest = name[end:]
        return None if not named.is_county and _UNKNOWN_PART.match(rest) else named.code
    if _NATIONAL.match(name):
        return NATION
    for length in range(min(len(name), 15), 1, -1):
        counties = _counties().get(name[:length], ())
        if len(counties) == 1 and re.match(r"人民政府|人民代表|[一-鿿]{2,12}局|委", name[length:]):
            return counties[0].code
    other = unlisted(name)
    return other.code if other and not _UNKNOWN_PART.match(name[len(other.name) :]) else None
