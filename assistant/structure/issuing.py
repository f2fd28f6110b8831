"""Issuing: who issued a text, under which number and when, as its title block and its signature say."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.models import Provision
from assistant.structure import dates, offices, places
from assistant.structure.evidence import Search
from assistant.structure.patterns import DATE, YEAR

_DOC_NUMBER = re.compile(rf"(?P<word>[一-鿿]{{1,12}})\s*(?P<year>{YEAR})\s*第?\s*(?P<no>\d+)\s*号")
_ORDER = re.compile(
    r"(?:^|(?<=[日年月号（( 　，、。]))"
    r"(?P<body>中华人民共和国主席|(?:中华人民共和国)?国务院|[一-鿿]{2,20}?(?:部|委员会|总局|政府|银行))令"
    r"\s*第?\s*(?P<no>[\d一二三四五六七八九十百零〇]+)\s*号"
)
_DECREED = re.compile(r"日[ 　]*(?P<body>国务院|[一-鿿]{2,20}?(?:部|委员会|总局|人民政府))(?:发布|公布|颁布|印发)")
_NOTICE_NO = re.compile(r"^(?P<body>[一-鿿 　、]{2,60}公告)?\s*(?P<year>\d{4})\s*年第\s*(?P<no>\d+)\s*号$")
_FIELD = re.compile(r"^[【\[]?(?P<name>[一-鿿][一-鿿 　]{1,7})[】\]]?[ 　]*[:：][ 　]*(?P<value>.+)$")
_FIELDS = {
    "issuers": ("发文机关", "发布机构", "发文单位", "发布单位", "制定机关", "发布部门", "颁布单位", "颁布部门"),
    "issued": ("成文日期", "公布日期", "印发日期", "发文日期", "颁布日期", "颁布时间"),
    "shown": ("发布日期", "发布时间"),  # on the site, so it counts only where the text has no date of its own
    "effective": ("施行日期", "实施日期", "生效日期", "施行时间", "实施时间"),
    "title": ("标题", "名称"),
    "status": ("有效性", "时效性", "效力状态", "效力", "是否有效"),
}
_FIELD_NAMES = {name: field for field, names in _FIELDS.items() for name in names}
_BETWEEN_FIELDS = re.compile(r"[ 　\t]{2,40}(?=[一-鿿]{2,6}[:：])")
_ENDED = (("repealed", re.compile(r"废止|停止执行")), ("expired", re.compile(r"失效|无效|^否$")))
_BODIES = re.compile(
    r"[一-鿿]{1,24}?(?:委员会|人民政府办公厅|人民政府办公室|人民政府|办公厅|办公室|总局|国务院|中共中央|部|委|局|厅|会|银行|院|署|党组)"
)
_TITLE_ISSUER = re.compile(r"^(?P<bodies>[一-鿿 　、]{2,120}?)(?:关于|印发)")
_CONGRESS = re.compile(
    r"(?P<place>[一-鿿]{0,8}?)第[一二三四五六七八九十]+届(?P<body>(?:全国)?人民代表大会(?:常务委员会)?)"
)
_PASSED = re.compile(rf"^[（(]?{DATE}.{{0,200}}(?:通过|修订|修正|公布|发布|批准|印发)")
_ISSUED_BY = re.compile(rf"{DATE}[ 　]*(?P<bodies>[一-鿿、 　]{{3,80}}?)(?:联合)?(?:公布|发布|印发|颁布)")
_BEFORE_DATE = re.compile(rf"(?={DATE})")
_EVENT = re.compile(rf"{DATE}(?![ ]*起?(?:施行|实施)).{{0,200}}?(?:通过|修订|修正|公布|发布|批准|印发)")
_AMENDED = re.compile(r"修订|修正")
_PASSED_EN = re.compile(r"\b(?:[Aa]dopted|[Pp]romulgated|[Ii]ssued|[Rr]evised|[Aa]mended|[Pp]ublished)\b")
_FROM_DATE = re.compile(rf"^{DATE}[ 　]*起?(?:施行|实施)$")
_DATE_LINE = 24  # characters of a line of the title block that is a date and nothing else


def normal_number(text: str) -> str | None:
    """Return the first 文号 of a text in its official form, 财税〔2019〕46号, however it was typed; None for none."""
    match = _DOC_NUMBER.search(text)
    return f"{match['word']}〔{match['year'][1:-1].strip()}〕{match['no']}号" if match else None


def tell(search: Search, lines: Sequence[str], address: str, closing: Provision | None) -> None:
    """Find number, issuers and day of issue in the lines of the title block, and then in the signature."""
    _from_fields(search, lines, address)
    _numbers(search, lines, address)
    _makers(search, lines, address)
    for line in lines:
        if len(line) <= _DATE_LINE and (date := dates.read(line)) and not _FIELD.match(line):
            search.found("issued", date, line, address)
        elif _PASSED_EN.search(line):
            search.found("issued", dates.read_english(line), line, address)
    if closing:
        _from_signature(search, closing)
    _from_fields(search, lines, address, late=True)
    title = search.metadata.title or ""
    if match := _TITLE_ISSUER.match(title):
        search.found("issuers", split_bodies(match["bodies"].strip()), title, address)
    _announcement(search, lines, address)
    number = search.metadata.doc_number
    if number and (issuer := offices.issuer(number)):
        search.found("issuers", (issuer,), number, address)


def published(search: Search, lines: Sequence[str]) -> dt.date | None:
    """Return the day that 自公布之日起 means: the one day of publication; None for a text amended since."""
    told = [event for line in lines if _PASSED.match(line) for event in _events(line)]
    if len(told) > 1 and any(_AMENDED.search(event) for event in told):
        return None
    days = [event for event in told if re.search(r"公布|发布|印发|令", event)] or told
    return search.metadata.issued if len(days) <= 1 else None


def _events(line: str) -> list[str]:
    """Return the events a 题注 tells, each with its date: 2007年12月6日…公布, 2019年4月23日《…决定》修订."""
    return [part for part in _BEFORE_DATE.split(line) if _EVENT.match(part)]


def split_bodies(line: str) -> tuple[str, ...]:
    """Return the bodies a line names and nothing else, 教 育 部　财政部 as two; empty where it holds other words."""
    parts: list[str] = []
    single = False
    for part in re.split(r"[ 　、]+", line.strip()):
        if single and len(part) == 1:  # 教 育 部, set wide
            parts[-1] += part
        else:
            parts.append(part)
        single = len(part) == 1
    return tuple(parts) if line.strip() and all(_BODIES.fullmatch(part) for part in parts) else ()


def _from_fields(search: Search, lines: Sequence[str], address: str, late: bool = False) -> None:
    """Read the fields that government pages print above a text: 发文机关：…, 成文日期：…."""
    for line in lines:
        for part in _BETWEEN_FIELDS.split(line):
            _from_field(search, part, address, late)


def _from_field(search: Search, text: str, address: str, late: bool) -> None:
    match = _FIELD.match(text)
    field = _FIELD_NAMES.get(re.sub(r"\s", "", match["name"])) if match else None
    if match is None or field is None or (field == "shown") != late:
        return
    field = "issued" if field == "shown" else field
    value = match["value"].strip()
    if field == "issuers":
        search.found(field, tuple(re.split(r"[ 　、,，]+", value)), text, address)
    elif field in ("issued", "effective"):
        search.found(field, dates.read(value), text, address)
    elif field == "status":
        for status, words in _ENDED:
            if words.search(value):
                search.ended(status, text, address)
                return
    else:
        search.found(field, value, text, address)


def _orders(lines: Sequence[str]) -> list[str]:
    """Return the lines, and the two lines of an order as one: 教育部令, 第36号."""
    return [*lines, *(f"{line} {after}" for line, after in pairwise(lines) if line.endswith("令"))]


def _numbers(search: Search, lines: Sequence[str], address: str) -> None:
    for line in lines:
        if number := normal_number(line):
            search.found("doc_number", number, line, address)
        elif (notice := _NOTICE_NO.match(line)) and notice["body"]:
            body = re.sub(r"[ 　]+", " ", notice["body"]).strip()
            search.found("doc_number", f"{body}{notice['year']}年第{notice['no']}号", line, address)
    for line in reversed(_orders(lines)):  # the last order is what made the text as it is
        if order := _ORDER.search(line):
            body = re.sub(r"^中华人民共和国(?!主席)", "", order["body"])
            search.found("doc_number", f"{body}令第{order['no']}号", line, address)


def _makers(search: Search, lines: Sequence[str], address: str) -> None:
    for line in _orders(lines):  # the first 题注 names who made the text
        if congress := _CONGRESS.search(line):
            place = re.sub(r"^.*[日 　]", "", congress["place"])
            search.found("issuers", (place + congress["body"],), line, address)
        elif by := _ORDER.search(line) or _DECREED.search(line):
            search.found("issuers", (by["body"].removeprefix("中华人民共和国"),), line, address)
        elif issued := _ISSUED_BY.search(line):
            search.found("issuers", split_bodies(issued["bodies"]), line, address)
    for line in reversed(lines):
        if _PASSED.match(line):
            search.found("issued", dates.read((_events(line) or [line])[-1]), line, address)
        if _FROM_DATE.match(line):
            search.found("effective", dates.read(line), line, address)
    bodies: list[str] = []
    said: list[str] = []
    for line in lines:  # a joint text names its issuers on several lines, one after the other
        here = split_bodies(line)
        if here and all(places.jurisdiction(body) for body in here):
            bodies += here
            said.append(line)
        elif bodies:
            break
    search.found("issuers", tuple(bodies), " ".join(said), address)


def _from_signature(search: Search, closing: Provision) -> None:
    bodies: list[str] = []
    said: list[str] = []
    for line in closing.text.split("\n"):
        if date := dates.read(line):
            search.found("issued", date, line, closing.address)
            break
        if here := split_bodies(line):
            bodies += here
            said.append(line)
    search.found("issuers", tuple(bodies), "\n".join(said), closing.address)


def _announcement(search: Search, lines: Sequence[str], address: str) -> None:
    """Complete 2023年第12号, as it stands below the title of a 公告, to the number it is cited by."""
    title, issuers = search.metadata.title or "", search.metadata.issuers
    for line in lines:
        notice = _NOTICE_NO.match(line)
        if notice and title.endswith("公告") and issuers:
            number = f"{' '.join(issuers)}公告{notice['year']}年第{notice['no']}号"
            search.found("doc_number", number, line, address)
