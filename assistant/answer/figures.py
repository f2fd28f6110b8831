"""What a text claims in figures: amounts with their units, dates and 文号, in one form however they are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from assistant.text import normalise

PERCENT, MONEY, ORDINAL, DATE, NUMBER = "%", "元", "第", "date", "文号"
_BARE = ""  # nothing follows that could be a unit
_UNNAMED = "?"  # a Latin word follows that is no unit known here: 60 interns

# Longest first: 个工作日 is not 个, and 人次 is not 人. What is counted alike in both languages has one name.
_UNITS = (
    ("工作日", r"个?工作日|(?:working|business) days?"),
    ("人次", r"人次"),
    ("月", r"个?月|months?"),
    ("周", r"周(?!岁)|星期|weeks?"),
    ("岁", r"周?岁|years? (?:old|of age)"),
    ("小时", r"个?小时|hours?"),
    ("学时", r"个?(?:学|课)时"),
    ("学期", r"个?学期|semesters?"),
    ("年", r"年度?|years?"),
    ("日", r"日|天|days?"),
    ("人", r"人|名|位|people|persons?"),
    ("家", r"家|户|compan(?:y|ies)|enterprises?|firms?"),
    ("所", r"所|schools?|colleges?"),
    ("平方米", r"平方米|㎡|m2|square met(?:er|re)s?"),
    ("倍", r"倍|times"),
    ("亩", r"亩"),
    ("条", r"条"),
    ("项", r"项"),
    ("次", r"次(?!性)"),
    ("份", r"份|cop(?:y|ies)"),
    ("个", r"个|种|类|支|批|座|门"),
)
_UNIT = "|".join(f"(?P<u{i}>{pattern})" for i, (_, pattern) in enumerate(_UNITS))
_SCALE = {"百": 100, "千": 1_000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000,
          "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}  # fmt: skip
_HAN = "零〇一二两三四五六七八九十百千"
_DIGIT = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_AMOUNT = re.compile(
    rf"(?P<money>(?:cny|rmb|yuan)\s*|[¥￥]\s*)?(?:(?P<digits>{_DIGIT})|(?P<han>[{_HAN}]+(?:亿[{_HAN}]*)?(?:万[{_HAN}]*)?))"
    rf"\s*(?P<scale>百万|千万|[百千万亿]|hundred\b|thousand\b|million\b|billion\b)?(?P<about>余|多|几)?\s*"
    rf"(?:(?P<percent>%|个百分点|per ?cent\b)|(?P<yuan>元|yuan\b)|{_UNIT}|(?P<word>[a-z]+)|(?P<sign>(?![至到以及和或的])[一-鿿]))?"
)
_RANGE = re.compile(r"\s*(?:至|到|—|–|-|~|～)\s*")
_SHARE = re.compile(rf"(?P<of>[百千万{_HAN}\d]+)分之(?P<part>[{_HAN}点]+|\d+(?:\.\d+)?)")
_TENTHS = re.compile(r"(?P<n>[一二三四五六七八九])成(?![立为员果熟本人绩])")
_ORDINAL = re.compile(
    rf"第\(?(?P<n>[{_HAN}]+|\d+)\)?(?P<of>编|章|节|条|款|项|目|届|批|期|次|轮|季度|学期|学年|阶段|档)"
)
_DOC_NUMBER = re.compile(r"(?P<body>[一-鿿]{1,12})[\[(](?P<year>\d{4})[\])](?:第)?(?P<n>\d+)号")
# Running text before a 文号, which is no part of it: 依据是财税[2019]46号.
_BEFORE_NUMBER = re.compile(r"^.*(?:是|按照?|依照|[根依]据|印发|文件|通知|见|的|于|由|与|和|及|以|在|即|为)")
_YEAR = r"(?P<y>(?:19|20)\d\d|[一二][〇零○九一二三四五六七八]{3})"
_DAYS = (
    re.compile(rf"{_YEAR}\s*年(?:\s*(?P<m>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\s*月)?"
               r"(?:\s*(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})\s*[日号])?"),
    re.compile(r"(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?P<d>\d{1,2}) (?P<m>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* (?P<y>(?:19|20)\d\d)"),
    re.compile(r"(?P<m>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* (?P<d>\d{1,2}), ?(?P<y>(?:19|20)\d\d)"),
    re.compile(r"(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})\s*月(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})\s*[日号]"),
)  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_VALUES = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1_000}


@dataclass(frozen=True, slots=True)
class Figure:
    """One number, day or 文号 of a text."""

    value: str  # 30, 50000, 1/3, 2019-04-03, 财税[2019]46
    unit: str  # one name for each unit; "" for a number on its own
    written: str  # as the text has it, width and spaces unified


@lru_cache(maxsize=4096)  # choosing, verifying and looking for gaps each ask it of the same clauses
def figures(text: str) -> tuple[Figure, ...]:
    """Return what a text says in figures, in its order."""
    found: list[tuple[int, Figure]] = []
    rest = normalise(text)
    for pattern, read in _READERS:
        for match in pattern.finditer(rest):
            if figure := read(match):
                found.append((match.start(), figure))
                rest = rest[: match.start()] + "\x00" * len(match[0]) + rest[match.end() :]
    found.sort(key=lambda pair: pair[0])
    return tuple(_of_range(figure, found[n + 1 : n + 2], normalise(text), at) for n, (at, figure) in enumerate(found))


def _of_range(figure: Figure, after: Sequence[tuple[int, Figure]], text: str, at: int) -> Figure:
    """The first number of a range with the unit that stands behind the second: 1至2年, 3-5倍."""
    if figure.unit != _BARE or not after:
        return figure
    start, last = after[0]
    joined = _RANGE.fullmatch(text, at + len(figure.written), start)
    unit = last.written.removeprefix(last.value)
    return Figure(figure.value, last.unit, figure.written + unit) if joined and unit != last.written else figure


def measured(text: str) -> tuple[Figure, ...]:
    """Return the figures of a text that measure something in a unit: no days, no 文号, no numbers of clauses."""
    return tuple(f for f in figures(text) if f.unit not in (_BARE, _UNNAMED, DATE, NUMBER, ORDINAL))


def supported(stated: Iterable[Figure], quoted: Iterable[Figure]) -> bool:
    """Return whether every figure that is stated stands in what is quoted."""
    held = tuple(quoted)
    return all(any(_same(one, other) for other in held) for one in stated)


def _same(stated: Figure, quoted: Figure) -> bool:
    if stated.unit == quoted.unit == NUMBER:  # other words may still stand before one of them
        return stated.value.endswith(quoted.value) or quoted.value.endswith(stated.value)
    if DATE in (stated.unit, quoted.unit):
        in_words = {stated.unit, quoted.unit} <= {DATE, _BARE, _UNNAMED}  # "by 2025" for 2025年
        return in_words and _day_within(stated.value, quoted.value)
    if stated.value != quoted.value:
        return False
    if stated.unit == quoted.unit:
        return True
    # An English word may stand for any count (60 interns for 60人), but not for money or a share.
    named = {stated.unit, quoted.unit} - {_UNNAMED}
    return len(named) == 1 and not named & {PERCENT, MONEY, ORDINAL, NUMBER}


def _day_within(stated: str, quoted: str) -> bool:
    """Whether a day is the quoted one, told in full or in part: 2019年4月 of 2019年4月3日."""
    return quoted == stated or quoted.startswith(f"{stated}-") or quoted.endswith(f"-{stated}")


def _amount(match: re.Match[str]) -> Figure | None:
    unit = _unit(match)
    if match["han"]:
        if unit in (_BARE, _UNNAMED) or match["sign"]:
            return None  # 统一, 十分: no number without a unit known here
        value = _han(match["han"])
    else:
        value = Decimal(match["digits"].replace(",", ""))
    if value is None:
        return None
    return Figure(_plain(value * _SCALE.get(match["scale"] or "", 1)), unit, match[0].strip())


def _unit(match: re.Match[str]) -> str:
    if match["percent"]:
        return PERCENT
    if match["yuan"] or match["money"]:
        return MONEY
    for i, (name, _) in enumerate(_UNITS):
        if match[f"u{i}"]:
            return name
    return match["sign"] or (_UNNAMED if match["word"] else _BARE)


def _share(match: re.Match[str]) -> Figure | None:
    of, part = _number(match["of"]), _number(match["part"])
    if of is None or part is None:
        return None
    if of == 100:
        return Figure(_plain(part), PERCENT, match[0])
    return Figure(f"{_plain(part)}/{_plain(of)}", PERCENT, match[0])


def _tenths(match: re.Match[str]) -> Figure:
    return Figure(str(10 * _VALUES[match["n"]]), PERCENT, match[0])


def _ordinal(match: re.Match[str]) -> Figure | None:
    value = _number(match["n"])
    return Figure(f"{_plain(value)}{match['of']}", ORDINAL, match[0]) if value is not None else None


def _doc_number(match: re.Match[str]) -> Figure:
    body = _BEFORE_NUMBER.sub("", match["body"])
    return Figure(f"{body}[{match['year']}]{match['n']}", NUMBER, match[0])


def _day(match: re.Match[str]) -> Figure | None:
    parts = match.groupdict()
    steps = [parts.get("y"), parts.get("m"), parts.get("d")]
    read = [_number(step) if step not in _MONTHS else Decimal(_MONTHS.index(step) + 1) for step in steps if step]
    if any(value is None for value in read):
        return None
    widths = [4 if step is steps[0] else 2 for step in steps if step]
    return Figure("-".join(f"{int(v or 0):0{w}d}" for v, w in zip(read, widths, strict=True)), DATE, match[0].strip())


def _number(text: str) -> Decimal | None:
    return _han(text) if not text[0].isdigit() else Decimal(text)


def _han(text: str) -> Decimal | None:
    """The value of 三十, 十二万, 一万二千, 二〇一九 or 三十点五."""
    whole, _, fraction = text.partition("点")
    if all(c in _VALUES for c in whole) and len(whole) > 1:
        return Decimal("".join(str(_VALUES[c]) for c in whole))
    total = 0
    for power, mark in ((100_000_000, "亿"), (10_000, "万")):
        head, found, tail = whole.partition(mark)
        if found:
            total += power * (_below_ten_thousand(head) or 1)
            whole = tail
    total += _below_ten_thousand(whole)
    digits = "".join(str(_VALUES[c]) for c in fraction if c in _VALUES)
    return Decimal(f"{total}.{digits}") if digits else Decimal(total)


def _below_ten_thousand(text: str) -> int:
    total, digit = 0, 0
    for c in text:
        if c in _POWERS:
            total += (digit or 1) * _POWERS[c]
            digit = 0
        else:
            digit = _VALUES.get(c, 0)
    return total + digit


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Figure | None]], ...] = (
    (_DOC_NUMBER, _doc_number),
    *((pattern, _day) for pattern in _DAYS),
    (_ORDINAL, _ordinal),
    (_SHARE, _share),
    (_TENTHS, _tenths),
    (_AMOUNT, _amount),
)
