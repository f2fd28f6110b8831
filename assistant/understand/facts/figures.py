"""Figures in a sentence: a number with its unit, and no value where the words leave it open."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from assistant.understand.facts.numerals import CHINESE, ENGLISH, chinese_number, english_number

FOREIGN = "foreign"  # money that is not 元, which nobody converts here


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit, at its place in the text."""

    value: Decimal | None  # None where the words leave it open: 四五十, 不到50, about 80
    unit: str  # 元 人 个 年 个月 % …; "" for a bare number
    start: int
    end: int
    scaled: bool = False  # in 万 or 亿, as money is counted, and seldom people


# (unit, how it is written behind the number). The first that fits counts.
_UNITS = tuple(
    (unit, re.compile(rf"\s*(?:{pattern})"))
    for unit, pattern in (
        (FOREIGN, r"(?:美元|美金|欧元|港元|港币|日元|英镑|澳元|韩元|新台币|台币|加元|新币|法郎|卢布)"
                  r"|(?:us dollars?|us\$|usd|dollars?|bucks|euros?|eur|hkd|jpy|yen|gbp|pounds?|hk\$)\b"),
        ("元", r"元人民币|元|块钱|块|圆|人民币|(?:yuan|rmb|cny|renminbi)\b"),
        ("%", r"%|个百分点|(?:percent|per cent)\b"),
        ("人月", r"人[·・]?月|(?:person|man)[- ]months?\b"),
        ("人次", r"人次|(?:person|man)[- ]times?\b"),
        ("个月", r"个月|months?\b"),
        ("岁", r"周?岁|years? old\b"),
        ("年", r"年|周年|years?\b|yrs?\b"),
        ("天", r"个?工作日|天|日|(?:working )?days?\b"),
        ("小时", r"个?小时|个?学时|个?课时|个?钟头|hours?\b"),
        ("周", r"周|个?星期|weeks?\b"),
        ("月", r"月"),
        ("人", r"[位名]|人|(?:people|persons|heads?)\b"),
        ("个", r"个(?!月)"),
        ("家", r"家"),
        ("项", r"项|件"),
        ("所", r"所"),
        ("门", r"门"),
        ("平方米", r"平方米|平米|平方|㎡|亩|公顷|(?:square met(?:er|re)s?|sqm)\b"),
        ("其他", r"[台套间间号期届场次条篇本部栋层吨辆份批级倍折户楼点轮课班支代米种类款度位颗寸]"),
    )
)  # fmt: skip
_BEFORE = 24  # characters in front of a figure that may change what it means
_TIMES = ("年", "个月", "天", "小时", "周", "月")
_NO_NUMBER = re.compile(
    r"一[共样起般直定些下致旦并律方同边会切旁块带线流体把]|万一|三方|双方|十分(?!之)|百分点|千万别|四面|五险|万元户|一二三"
)
_TENTHS = re.compile(r"(?P<n>[一二两三四五六七八九\d])成(?P<m>[一二三四五六七八九半](?![一-鿿]))?")
_OF_HUNDRED = re.compile(rf"(?P<base>百|千)分之(?P<n>{CHINESE})")
_HAN_NUMBER, _NAMED_NUMBER = re.compile(CHINESE), re.compile(ENGLISH)
_HAN_DIGITS = frozenset("零〇一二两三四五六七八九十百千万亿几")
_FOREIGN_BEFORE = re.compile(r"(?:us\$|hk\$|usd|eur|hkd|jpy|gbp|[$€£]|美元|美金|欧元|港币)\s*$")
_YUAN_BEFORE = re.compile(r"(?:rmb|cny|[¥￥]|人民币)\s*$")
_EACH_BEFORE = re.compile(
    r"(?:每|各|人均|平均|月均|年均|per\s+|each\s+)[^，,。.；;\d]{0,6}$|(?:月薪|月工资|日薪)[^，,。.\d]{0,2}$"
)
_EACH_AFTER = re.compile(r"\s*(?:/|每|一个?月|一年|一天|per\b|a month\b|a year\b|each\b|a day\b|monthly\b|annually\b)")
_ORDINAL = re.compile(r"(?:第|no\.\s?|article\s+|[〔\[(（])\s*$")
_NUMBER_OF = re.compile(r"\s*(?:号(?!线)|[〕\]]|条(?=第|规定|$)|版|[.、]\s*\d)")
_OPEN_BEFORE = re.compile(
    r"(?:从|由|多了?|少了?|增加了?|减少了?|增长了?|涨了|降了|不是|没有|没|并非|\bfrom\b|\b(?:not|don't have|do not have)\b|约"
    r"|大约|大概|差不多|将近|接近|不到|不足|不满"
    r"|未满|未达到?|少于|低于|小于|超过|超|逾|破|多于|高于|大于|至少|起码|最少|最多|至多|顶多"
    r"|不少于|不低于|不超过|不多于|估计|可能|也许|好像|应该|大致|[><≥≤~≈]|(?<!最)近|小"
    r"|\b(?:about|around|roughly|approximately|approx\.?|nearly|almost|some|over|more than|less than|under"
    r"|below|above"
    r"|up to|at least|at most|fewer than|no more than|not more than|no fewer than|close to|circa|maybe|perhaps"
    r"|probably)"
    r"|only around)\s*(?:有|了|是|为|在|达到?|the|a|rmb|cny|[¥￥])?\s*$"
)
_HEDGE = re.compile(
    r"大概|大约|估计|差不多|可能|也许|好像|应该|大致|左右摇摆|\b(?:probably|maybe|perhaps|roughly"
    r"|approximately|i think|i guess|around|about)\b"
)
_OPEN_AFTER = re.compile(
    r"\s*(?:[多余来几](?![自到年])|左右|上下|more\b|fewer\b|以上|以下|以内|之内|出头|不到|or so\b|or more\b|or fewer\b"
    r"|or less\b|plus\b|\+|-?ish\b|odd\b)"
)
_OPEN_NOUN = re.compile(r"[^，,。.；;！!？?\d]{0,8}?(?:左右|上下|以上|以下|以内|之内|or so\b|or more\b|出头)")
_HALF = re.compile(r"半(?![数价])")
_RANGE = re.compile(r"\s*(?:-|~|–|—|到|至|to|or|或者?|、)\s*")
_BETWEEN = re.compile(r"\bbetween\s*$")
_BOUNDARY = re.compile(r"[，,。；;！!？?\n]|\.(?!\d)")


def figures(text: str) -> tuple[Figure, ...]:
    """Return the figures of a text in plain form, in order; ordinals, clause and document numbers are none."""
    found: list[Figure] = []
    at = 0
    while at < len(text):
        figure = _figure_at(text, at, found[-1].end if found else 0)
        if figure is None:
            at += 1
            continue
        if figure.unit:
            found.append(figure)
        at = max(figure.end, at + 1)
    return _without_ranges(text, [f for f in found if f.unit != _NONE])


_NONE = "none"  # an ordinal or the number of a document: passed over as a whole


def _figure_at(text: str, at: int, after: int) -> Figure | None:
    if text[at].isspace():
        return None
    none = _NO_NUMBER.match(text, at)
    if none:
        return Figure(None, _NONE, at, none.end())
    share = _OF_HUNDRED.match(text, at)
    if share:
        value = chinese_number(share["n"])
        value = value if value is None or share["base"] == "百" else value / 10
        return _hedged(text, Figure(value, "%", at, share.end()), after)
    tenths = _TENTHS.match(text, at)
    if tenths and not _cut(text, at):
        value = 10 * (chinese_number(tenths["n"]) or Decimal(0))
        if tenths["m"]:
            value += 5 if tenths["m"] == "半" else chinese_number(tenths["m"]) or Decimal(0)
        return _hedged(text, Figure(value, "%", at, tenths.end()), after)
    number = _number_at(text, at)
    if number is None:
        return None
    value, end, scaled = number
    if _ORDINAL.search(text, max(0, at - _BEFORE), at) or _NUMBER_OF.match(text, end):
        return Figure(None, _NONE, at, end)
    return _hedged(text, _with_unit(text, value, at, end, scaled), after)


def _cut(text: str, at: int) -> bool:
    """Whether a number begins here that in truth began before: 2 of 12, 5 of A5."""
    before = text[at - 1] if at else ""
    return bool(before) and (
        (
            text[at].isdigit()
            and (
                before.isdigit()
                or (before.isascii() and before.isalpha())
                or (before in ".-" and text[at - 2 : at - 1].isalnum())
            )
        )
        or (text[at] in _HAN_DIGITS and before in _HAN_DIGITS)
    )


def _number_at(text: str, at: int) -> tuple[Decimal | None, int, bool] | None:
    if text[at].isdigit() or text[at] in _HAN_DIGITS or text[at] == "数":
        if _cut(text, at):
            return None
        named = _NAMED_NUMBER.match(text, at)
        han = _HAN_NUMBER.match(text, at)
        if named and (not han or named.end() > han.end()):
            return english_number(named.group()), named.end(), False
        if not han:
            return None
        if re.match(r"[a-z]", text[han.end() :]) and not text[han.end() - 1].isspace() and text[at].isdigit():
            letters = re.match(r"[a-z]+", text[han.end() :])
            if letters and letters.group() not in ("yuan", "rmb", "cny", "usd", "years", "months", "yrs", "people"):
                return None  # 5g, 3d
        return chinese_number(han.group().replace(" ", "")), han.end(), any(c in han.group() for c in "万亿w")
    named = _NAMED_NUMBER.match(text, at) if text[at].isalpha() and text[at].isascii() else None
    if named:
        value = english_number(named.group())
        return (value, named.end(), False) if value is not None else None
    return None


def _with_unit(text: str, value: Decimal | None, start: int, end: int, scaled: bool) -> Figure:
    unit, stop = "bare", end
    for name, pattern in _UNITS:
        match = pattern.match(text, end)
        if match:
            unit, stop = name, match.end()
            break
    foreign = _FOREIGN_BEFORE.search(text, max(0, start - _BEFORE), start)
    yuan = _YUAN_BEFORE.search(text, max(0, start - _BEFORE), start)
    if foreign:
        unit, start = FOREIGN, foreign.start()
    elif yuan:
        unit, start = "元", yuan.start()
    if unit in ("年", "个月") and (half := _HALF.match(text, stop)):
        value, stop = (value + Decimal("0.5") if value is not None else None), half.end()
    if unit in _TIMES:
        return Figure(value, unit, start, stop, scaled)
    if _EACH_BEFORE.search(text, max(0, start - _BEFORE), start) or _EACH_AFTER.match(text, stop):
        unit = f"{unit}/"
    return Figure(value, unit, start, stop, scaled)


def _hedged(text: str, figure: Figure, after: int) -> Figure:
    """The figure without its value where the words around it leave that open."""
    breaks = [m.end() for m in _BOUNDARY.finditer(text, after, figure.start)]
    clause = text[breaks[-1] if breaks else after : figure.start]
    number_alone = figure.end
    if (
        _OPEN_BEFORE.search(text, max(0, figure.start - _BEFORE), figure.start)
        or _OPEN_AFTER.match(text, number_alone)
        or _OPEN_NOUN.match(text, number_alone)
        or _HEDGE.search(clause)
        or (text[figure.start] in "百千万" and text[figure.start - 1 : figure.start] == "上")
    ):
        return replace(figure, value=None)
    return figure


def _without_ranges(text: str, found: list[Figure]) -> tuple[Figure, ...]:
    """From 40 to 50 is neither."""
    open_: set[int] = set()
    for i, (left, right) in enumerate(pairwise(found)):
        between = text[left.end : right.start]
        joined = _RANGE.fullmatch(between) or (
            between.strip() == "and" and _BETWEEN.search(text, max(0, left.start - _BEFORE), left.start)
        )
        if joined:
            open_ |= {i, i + 1}
    return tuple(replace(f, value=None) if i in open_ else f for i, f in enumerate(found))


def is_money(figure: Figure) -> bool:
    """Return whether a figure is money; bare ones are where they are of a size that people leave 元 out: 80万."""
    bare_money = figure.scaled or (figure.value is not None and figure.value >= 10_000)
    return figure.unit == "元" or (figure.unit == "bare" and bare_money)
