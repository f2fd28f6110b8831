"""Facts: what a text says of itself (number, issuers, dates, repeals, legal basis), each with the words that say it.

Nothing is inferred from what is not written: a field without evidence stays None. Declared metadata always wins.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.models import Level, Metadata, Provision, Relation
from assistant.structure import dates, places, tiers
from assistant.structure.blocks import Front
from assistant.structure.patterns import DATE, YEAR, any_of
from assistant.text.numerals import parse_numeral

_DOC_NUMBER = re.compile(rf"(?P<word>[一-鿿]{{1,12}})\s*(?P<year>{YEAR})\s*第?\s*(?P<no>\d+)\s*号")
_ORDER = re.compile(
    r"(?P<body>中华人民共和国主席|(?:中华人民共和国)?国务院|[一-鿿]{2,20}?(?:部|委员会|总局|政府|银行))令"
    r"\s*第?\s*(?P<no>[\d一二三四五六七八九十百零〇]+)\s*号"
)
_DECREED = re.compile(r"日[ 　]*(?P<body>国务院|[一-鿿]{2,20}?(?:部|委员会|总局|人民政府))(?:发布|公布|颁布|印发)")
_NOTICE_NO = re.compile(r"^(?P<body>[一-鿿 　、]{2,60}公告)\s*(?P<year>\d{4})\s*年第\s*(?P<no>\d+)\s*号")
_FIELD = re.compile(r"^[【\[]?(?P<name>[一-鿿][一-鿿 　]{1,7})[】\]]?[ 　]*[:：][ 　]*(?P<value>.+)$")
_FIELDS = {
    "issuers": ("发文机关", "发布机构", "发文单位", "发布单位", "制定机关", "发布部门", "颁布单位", "颁布部门"),
    "issued": ("成文日期", "公布日期", "印发日期", "发文日期", "颁布日期", "颁布时间"),
    "shown": ("发布日期", "发布时间"),  # on the site, so it counts only where the text has no date of its own
    "effective": ("施行日期", "实施日期", "生效日期", "施行时间", "实施时间"),
    "title": ("标题", "名称"),
}
_FIELD_NAMES = {name: field for field, names in _FIELDS.items() for name in names}
_BETWEEN_FIELDS = re.compile(r"[ 　\t]{2,}(?=[一-鿿]{2,6}[:：])")
_BODIES = re.compile(
    r"[一-鿿]{1,24}?(?:委员会|人民政府办公厅|人民政府办公室|人民政府|办公厅|办公室|总局|国务院|中共中央|部|委|局|厅|会|银行|院|署|党组)"
)
_TITLE_ISSUER = re.compile(r"^(?P<bodies>[一-鿿 　、]{2,120}?)(?:关于|印发)")
_CONGRESS = re.compile(
    r"(?P<place>[一-鿿]{0,8}?)第[一二三四五六七八九十]+届(?P<body>(?:全国)?人民代表大会(?:常务委员会)?)"
)
_PASSED = re.compile(rf"^[（(]?{DATE}.{{0,200}}(?:通过|修订|修正|公布|发布|批准|印发)")
_IN_FORCE = re.compile(
    rf"自(?:{DATE}|(?:发布|公布|印发|颁布|下发|通过)之?日)起(?:正式|开始)?(?:施行|实施|执行|生效|试行)"
)
_BEGINS = re.compile(r"^(?:第\S{1,8}条|[一二三四五六七八九十]+、|[（(]\S{1,3}[）)])?[ 　]*自")
_FROM_DATE = re.compile(rf"^{DATE}[ 　]*起?(?:施行|实施)$")
_TERM = re.compile(
    r"(?:有效期|试行期|执行期|施行期|试点期|实施期)限?[为是：:]?(?:自[^。，；]{0,20})?"
    r"(?P<n>[一二两三四五六七八九十\d]{1,2})[ ]?年"
)
_UNTIL = any_of(
    rf"(?:有效期|执行期|施行期|实施期|试行期|期限)[^。；]{{0,40}}?至[ ]?{DATE}",
    rf"(?:执行|施行|实施|有效)(?:期限)?(?:截?至|到){DATE}",
)
_OWN = any_of(
    r"本(?:法|条例|办法|规定|细则|意见|方案|通知|公告|规划|计划|措施|指南|政策|若干|决定|标准|实施|暂行|文件)",
    r"执行期限|政策执行|上述政策",
)
_TITLE = re.compile(
    rf"《(?P<title>(?:[^《》]|《[^《》]{{0,100}}》){{1,200}})》(?:[（(](?P<number>[^（）()]*{YEAR}[^（）()]*号)[)）])?"
)
_REPEAL = re.compile(r"(?:同时|一并|相应|自行|即行|随之|予以)?(?:废止|停止执行|停止施行)")
_BASED = re.compile(r"(?:根据|依据|依照|按照|贯彻落实|落实|贯彻|执行)(?P<what>[^。；]*)")
_MAKES = any_of(
    r"制[定订]本|特制[定订]|制定以下|现[就将]|提出(?:以下|如下)|[通公]知?告?如下",
    r"经[^。]{0,20}同意|结合[^。]{0,30}实际",
)
_PASSED_SUFFIX = re.compile(r"[ ]?[（(]\d{4}年[^）)]*[)）]$")
_SENTENCE = re.compile(r"[^。！？]*[。！？]?")
_OPENING = 12  # provisions in which a text states its legal basis


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact about a policy was found: the words, and the address of the provision that holds them."""

    field: str
    value: str
    quote: str
    address: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Metadata and relations, with the evidence for what was found."""

    metadata: Metadata
    relations: tuple[Relation, ...]
    evidence: tuple[Evidence, ...]


def normal_number(text: str) -> str | None:
    """Return the first 文号 of a text in its official form, 财税〔2019〕46号, however it was typed; None for none."""
    match = _DOC_NUMBER.search(text)
    return f"{match['word']}〔{match['year'][1:-1].strip()}〕{match['no']}号" if match else None


class _Search:
    """Collects facts: the first finding of a field counts, a declared one is never overwritten."""

    def __init__(self, declared: Metadata) -> None:
        self.metadata = declared
        self.relations: list[Relation] = []
        self.evidence: list[Evidence] = []

    def lacks(self, name: str) -> bool:
        return not getattr(self.metadata, name)

    def found(self, name: str, value: Any, quote: str, address: str) -> None:
        if value and self.lacks(name):
            changed: dict[str, Any] = {name: value}
            self.metadata = replace(self.metadata, **changed)
            shown = "、".join(value) if isinstance(value, tuple) else str(value)
            self.evidence.append(Evidence(name, shown, quote, address))

    def related(self, kind: str, target: str, quote: str, address: str) -> None:
        relation = Relation(kind, target)
        if relation not in self.relations and target not in (self.metadata.title, self.metadata.doc_number):
            self.relations.append(relation)
            self.evidence.append(Evidence(f"relation:{kind}", target, quote, address))


def find(declared: Metadata, front: Front, provisions: Sequence[Provision]) -> Facts:
    """Return declared metadata completed with what the text says, and its relations to other policies."""
    search = _Search(declared)
    preamble = next((p.address for p in provisions if p.address.endswith("/preamble")), "")
    if front.title:
        search.found("title", _plain_title(front.title), front.title, preamble)
    lines = [row.text for row in front.block]
    _from_fields(search, lines, preamble)
    _from_front(search, lines, preamble)
    for p in provisions:
        if p.address.endswith("/closing"):
            _from_signature(search, p)
            break
    _from_fields(search, lines, preamble, late=True)
    _issuers_from_title(search, preamble)
    _validity(search, provisions, _published(search, lines))
    _based_on(search, provisions)
    _jurisdiction(search, preamble)
    if told := tiers.tell(search.metadata, provisions):
        search.found("tier", *told)
    return Facts(search.metadata, tuple(search.relations), tuple(search.evidence))


def _plain_title(title: str) -> str:
    """Return a title without the marks around it and without the note of its adoption after it."""
    quoted = re.fullmatch(r"《([^《》]+)》", title.strip())
    return _PASSED_SUFFIX.sub("", quoted[1] if quoted else title.strip())


def _from_fields(search: _Search, lines: Sequence[str], address: str, late: bool = False) -> None:
    """Read the fields that government pages print above a text: 发文机关：…, 成文日期：…."""
    for line in lines:
        for part in _BETWEEN_FIELDS.split(line):
            _from_field(search, part, address, late)


def _from_field(search: _Search, text: str, address: str, late: bool) -> None:
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
    else:
        search.found(field, value, text, address)


def _from_front(search: _Search, lines: Sequence[str], address: str) -> None:
    for line in lines:
        if number := normal_number(line):
            search.found("doc_number", number, line, address)
        elif notice := _NOTICE_NO.match(line):
            body = re.sub(r"[ 　]+", " ", notice["body"]).strip()
            search.found("doc_number", f"{body}{notice['year']}年第{notice['no']}号", line, address)
    for line in lines:  # the first 题注 names who made the text, the last one what made it as it is
        if congress := _CONGRESS.search(line):
            place = re.sub(r"^.*[日 　]", "", congress["place"])
            search.found("issuers", (place + congress["body"],), line, address)
        elif by := _ORDER.search(line) or _DECREED.search(line):
            search.found("issuers", (by["body"].removeprefix("中华人民共和国"),), line, address)
    for line in reversed(lines):
        if order := _ORDER.search(line):
            body = order["body"].replace("中华人民共和国国务院", "国务院")
            search.found("doc_number", f"{body}令第{order['no']}号", line, address)
        if _PASSED.match(line):
            search.found("issued", dates.read(line), line, address)
        if _FROM_DATE.match(line):
            search.found("effective", dates.read(line), line, address)
    for line in lines:
        bodies = _split_bodies(line)
        if bodies and all(places.jurisdiction(body) for body in bodies):
            search.found("issuers", bodies, line, address)
    for line in lines:
        if len(line) <= 24 and (date := dates.read(line)) and not _FIELD.match(line):
            search.found("issued", date, line, address)


def _split_bodies(line: str) -> tuple[str, ...]:
    parts = tuple(part for part in re.split(r"[ 　、]+", line) if part)
    return parts if parts and all(_BODIES.fullmatch(part) for part in parts) else ()


def _from_signature(search: _Search, closing: Provision) -> None:
    bodies: list[str] = []
    for line in closing.text.split("\n"):
        if date := dates.read(line):
            search.found("issued", date, line, closing.address)
            break
        bodies += _split_bodies(line)
    search.found("issuers", tuple(bodies), closing.text, closing.address)


def _issuers_from_title(search: _Search, address: str) -> None:
    title = search.metadata.title or ""
    match = _TITLE_ISSUER.match(title)
    if match and search.lacks("issuers"):
        search.found("issuers", _split_bodies(match["bodies"].strip()), title, address)


def _published(search: _Search, lines: Sequence[str]) -> dt.date | None:
    """Return the day that 自公布之日起 means: the one day of publication; None for a text amended since."""
    told = [line for line in lines if _PASSED.match(line)]
    days = [line for line in told if re.search(r"(?:公布|发布|印发)[^\d]*$|令", line)] or told
    return search.metadata.issued if len(days) <= 1 else None


def _validity(search: _Search, provisions: Sequence[Provision], published: dt.date | None) -> None:
    for p in reversed(provisions):
        for sentence in _sentences(p, ("起施行", "起实施", "起执行", "起生效", "起试行")):
            match = _IN_FORCE.search(sentence)
            if match and (_OWN.search(sentence) or _BEGINS.match(sentence)):
                search.found("effective", dates.read(match[0]) or published, sentence, p.address)
    for p in reversed(provisions):
        for sentence in _sentences(p, ("有效期", "试行期", "执行", "施行", "实施期")):
            if not (_OWN.search(sentence) or _IN_FORCE.search(sentence)):
                continue
            if until := _UNTIL.search(sentence):
                last = list(re.finditer(DATE, until[0]))[-1]
                search.found("expires", dates.read(last[0]), sentence, p.address)
            elif (term := _TERM.search(sentence)) and search.metadata.effective:
                years = parse_numeral(term["n"]) or 0
                search.found("expires", dates.after_years(search.metadata.effective, years), sentence, p.address)
        for sentence in _sentences(p, ("废止", "停止执行", "停止施行")):
            _repeals(search, sentence, p.address)


def _repeals(search: _Search, sentence: str, address: str) -> None:
    """A named text followed by 同时废止; one of which only an article goes (《…》第三条…废止) stays."""
    for clause in re.split(r"[；;]", sentence):
        end = _REPEAL.search(clause)
        if end is None or re.search(r"不|尚未|凡|如[^。]*被", clause[max(0, end.start() - 6) : end.start()]):
            continue
        for match in _TITLE.finditer(clause, 0, end.start()):
            partly = re.match(r"[ ]?第[一二三四五六七八九十百\d]+[条款项]", clause[match.end() :])
            if not partly and not re.search(r"(?:根据|依据|按照|依照)[^，。]*$", clause[: match.start()]):
                target = normal_number(match["number"] or "") or match["title"]
                search.related("repeals", target, sentence, address)


def _based_on(search: _Search, provisions: Sequence[Provision]) -> None:
    body = [p for p in provisions if p.level is not Level.PREAMBLE][:_OPENING]
    for p in body:
        for sentence in _sentences(p, ("《",)):
            if not _MAKES.search(sentence):
                continue
            for basis in _BASED.finditer(sentence):
                for match in _TITLE.finditer(basis["what"]):
                    target = normal_number(match["number"] or "") or match["title"]
                    search.related("based_on", target, sentence, p.address)


def _sentences(provision: Provision, words: Sequence[str]) -> Iterator[str]:
    """Yield the sentences of a provision that hold one of these words."""
    if provision.level is Level.PREAMBLE or not any(word in provision.text for word in words):
        return
    for match in _SENTENCE.finditer(provision.text):
        if any(word in match[0] for word in words):
            yield match[0].strip()


def _jurisdiction(search: _Search, address: str) -> None:
    for source in ((*search.metadata.issuers,), (search.metadata.title or "",)):
        codes = {code for name in source if (code := places.jurisdiction(name))}
        if len(codes) == 1:
            search.found("jurisdiction", codes.pop(), "、".join(source), address)
            return
