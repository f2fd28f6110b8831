"""Finding: where a text names a clause or a document, however that is written. It needs nothing but the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.structure.patterns import any_of
from assistant.text.numerals import DIGITS, parse_numeral

_N = rf"[{DIGITS}]{{1,6}}"
_YEAR = r"[〔\[（(﹝【［]\s*(?P<year>\d{4})\s*[〕\]）)﹞】］]"
_DOC_NUMBER = rf"(?P<word>[一-鿿]{{1,12}})\s*{_YEAR}\s*第?\s*(?P<no>\d+)\s*号"
_DOCUMENT = any_of(
    r"《(?P<title>(?:[^《》]|《[^《》]{0,100}》){1,200})》(?:\s*[（(](?P<paren>[^（）()]*[〔\[（(]\d{4}[〕\]）)][^（）()]*?号)[^（）()号]{0,40}[)）])?",
    _DOC_NUMBER,
    r"(?P<body>[一-鿿](?:[一-鿿 、]{0,40}[一-鿿])?公告)\s*(?P<nyear>\d{4})\s*年第\s*(?P<nno>\d+)\s*号",
    r"\b(?P<pinyin>[A-Z][a-z]+(?:\s?[A-Z][a-z]+){0,3})\s*[\[(〔]?\s*(?P<pyear>(?:19|20)\d\d)\s*[\])〕]?,?"
    r"\s*(?:[Nn]o\.?|[Nn]umber|#)\s*(?P<pno>\d+)",
)
_PINYIN_WORDS = {
    "caishui": "财税", "caijiao": "财教", "caizong": "财综", "caihui": "财会", "guofa": "国发", "guobanfa": "国办发",
    "guobanhan": "国办函", "guoshuifa": "国税发", "guoshuihan": "国税函", "fagaishehui": "发改社会",
    "fagaibanshehui": "发改办社会", "jiaozhicheng": "教职成", "jiaozhichengting": "教职成厅",
    "jiaozhichengtinghan": "教职成厅函", "jiaogaotinghan": "教高厅函", "jiaoshi": "教师", "jiaoshiting": "教师厅",
    "jiaofa": "教发", "jiaocai": "教财", "renshebufa": "人社部发", "zhongbanfa": "中办发",
}  # fmt: skip

_KIND = r"(?:法|条例|办法|规定|细则|意见|方案|通知|公告|规则|决定|计划|纲要|规划|指南|政策|文件)"
_TAIL = r"(?:[（(][^）)]{1,10}[)）])?[的之]?\s*$"
_OWN = re.compile(rf"本{_KIND}{_TAIL}")
_NAME = re.compile(rf"(?P<name>[一-鿿]{{2,30}}{_KIND}){_TAIL}")
_LEADING = re.compile(  # words that stand before a name and are no part of it; 年 of a year, whose digits are no part either
    r"^年的?|^.*(?:依照|按照|根据|依据|违反|适用|符合|遵守|执行|以及|或者|请问|关于|一下|看看|什么|(?<!共)和|[按依照及与的是在对于由有查问，。《])"
)
_ITEM = rf"第[（(]\s*{_N}\s*[）)]\s*项?|第{_N}项(?!目)"
_CLAUSE = any_of(
    rf"第\s*(?P<art>{_N})\s*条(?:之(?P<sub>[{DIGITS}]+))?(?:\s*第\s*(?P<para>{_N})\s*款)?"
    rf"(?:\s*(?P<item>{_ITEM}|[（(]{_N}[）)]项?))?(?:\s*第\s*(?P<point>{_N})\s*目)?",
    rf"第\s*(?P<para2>{_N})\s*款(?:\s*(?P<item2>{_ITEM}))?",
    rf"(?P<item3>第[（(]\s*{_N}\s*[）)](?:\s*项|(?=[、和及与或至到—～-]))|第{_N}项(?!目))",
    rf"第\s*(?P<chapter>{_N})\s*章",
    rf"第\s*(?P<part>{_N})\s*部分",
    rf"附件\s*(?P<annex>[{DIGITS}]{{1,3}})",
    r"(?P<previous>前[两二三]?[款项条]|上一?[款项条]|本[款条项])(?![件目例款])"
    rf"(?:\s*第\s*(?P<para3>{_N})\s*款)?(?:\s*(?P<item4>{_ITEM}))?",
    r"\b[Tt]he (?P<preceding>preceding (?:two |three )?(?:paragraph|article|item))s?\b",
    r"\b(?:[Aa]rt(?:icle)?s?\.?)\s*(?P<en>\d{1,3})(?P<deeper>(?:\s*\(\w{1,3}\))*)"
    r"(?:,?\s*(?:[Pp]ara(?:graph)?\.?)\s*(?P<enpara>\d{1,2}))?(?:,?\s*(?:[Ii]tem|[Pp]oint)\s*\(?(?P<enitem>\d{1,2})\)?)?",
)
_MORE = re.compile(
    r"\s*(?P<join>、|和|及|与|或者?|以及|至|到|-|—|～|~|,|and|or|to)\s*"
    rf"(?:第\s*(?P<art>{_N})\s*条(?:之(?P<sub>[{DIGITS}]+))?|第\s*(?P<para>{_N})\s*款|第?[（(]\s*(?P<item>{_N})\s*[）)](?:\s*项)?"
    rf"|第(?P<item2>{_N})项|(?P<en>\d{{1,3}})(?![\d.%]))"
)
_DEEPER = re.compile(rf"(?:\s*第\s*(?P<para>{_N})\s*款)?(?:\s*(?P<item>{_ITEM}))?")  # of a member: 和第四十条第一项
_RANGE = frozenset({"至", "到", "-", "—", "～", "~", "to"})
_MOST = 30  # a range longer than this is no range of clauses
_BACK = {"前": 1, "上": 1, "上一": 1, "前两": 2, "前二": 2, "前三": 3, "preceding two": 2, "preceding three": 3}
_UNITS = {"款": "para", "项": "item", "条": "art", "paragraph": "para", "item": "item", "article": "art"}


@dataclass(frozen=True, slots=True)
class Reference:
    """A clause or a document that a text names."""

    text: str  # as printed
    start: int
    end: int
    title: str | None = None  # 《…》, or the name written before the clause: 企业所得税法第五条
    doc_number: str | None = None  # 财税〔2019〕46号, however it was typed
    steps: tuple[str, ...] = ()  # ("art_27", "para_1", "item_3"); empty for a whole document, and for 前款 alone
    own: bool = False  # 本办法第五条
    back: int = 0  # 前款 1, 前两款 2
    level: str = ""  # of 前款: "para", of 前条: "art", of 前项: "item"; "" else

    @property
    def names_document(self) -> bool:
        return self.title is not None or self.doc_number is not None


def find(text: str) -> tuple[Reference, ...]:
    """Return the documents and clauses a text names, in order; 第（一）至（三）项 yields one for each."""
    documents = [_document(match) for match in _DOCUMENT.finditer(text)]
    named = [d for d in documents if d is not None]
    found: list[Reference] = []
    used: set[int] = set()
    inside = [(d.start, d.end) for d in named]
    last: Reference | None = None
    for match in _CLAUSE.finditer(text):
        if match.start() < (last.end if last else 0) or any(start <= match.start() < end for start, end in inside):
            continue
        before = next((i for i, d in enumerate(named) if _joins(text[d.end : match.start()], d.end, match)), None)
        clause = _clause(match)
        if before is not None:
            document = named[before]
            used.add(before)
            clause = replace(
                clause,
                title=document.title,
                doc_number=document.doc_number,
                start=document.start,
                text=text[document.start : match.end()],
            )
        else:
            clause = _with_name(text, clause, last)
        if found and found[-1].start == clause.start:
            found.pop()  # 附件1, now part of 附件1第三条
        members = [clause, *_more(text, clause, match.end())]
        found += members
        last = members[-1]
    found += [d for i, d in enumerate(named) if i not in used]
    return tuple(sorted(found, key=lambda r: (r.start, r.end)))


def _joins(between: str, end: int, clause: re.Match[str]) -> bool:
    """Tell whether what stands between a document's name and a clause makes the clause one of that document."""
    return end <= clause.start() and bool(re.fullmatch(r"文?件?[的之中]?(?:规定的?)?[,，]?\s*", between))


def _document(match: re.Match[str]) -> Reference | None:
    span = (match[0], match.start(), match.end())
    if match["title"]:
        number = re.search(_DOC_NUMBER, match["paren"] or "")
        return Reference(*span, title=match["title"], doc_number=_normal(number) if number else None)
    if match["word"]:
        word = _LEADING.sub("", match["word"])
        start = match.start() + len(match["word"]) - len(word)
        return Reference(match[0][start - match.start() :], start, match.end(), doc_number=_normal(match, word))
    if match["body"]:
        body = re.sub(r"\s+", " ", match["body"])
        return Reference(*span, doc_number=f"{body}{match['nyear']}年第{match['nno']}号")
    parts = match["pinyin"].split()
    for first in range(len(parts)):  # Under Caishui [2019] No. 46
        if chinese := _PINYIN_WORDS.get("".join(parts[first:]).lower()):
            start = match.start() + match["pinyin"].find(parts[first])
            printed = match[0][start - match.start() :]
            return Reference(printed, start, match.end(), doc_number=f"{chinese}〔{match['pyear']}〕{match['pno']}号")
    return None


def _normal(match: re.Match[str], word: str | None = None) -> str:
    return f"{word or match['word']}〔{match['year']}〕{match['no']}号"


def _number(text: str | None) -> int | None:
    return parse_numeral(re.sub(r"[第（()）项\s]", "", text)) if text else None


def _clause(match: re.Match[str]) -> Reference:
    groups = match.groupdict()
    span = (match[0], match.start(), match.end())
    if preceding := groups["preceding"]:
        words, _, unit = preceding.rpartition(" ")
        return Reference(*span, back=_BACK.get(words, 1), level=_UNITS[unit])
    steps: list[str] = []

    def step(prefix: str, *names: str) -> None:
        number = next((n for name in names if (n := _number(groups[name]))), None)
        if number:
            steps.append(f"{prefix}_{number}")

    step("art", "art", "en")
    if groups["sub"] and (sub := _number(groups["sub"])):
        steps[0] += f"_{sub}"
    step("para", "para", "para2", "enpara")
    step("item", "item", "item2", "item3", "enitem")
    step("sub", "point")
    step("ch", "chapter")
    step("part", "part")
    step("annex", "annex")
    for inner in re.findall(r"\((\w+)\)", groups["deeper"] or ""):
        if inner.isdigit():
            steps.append(f"item_{inner}")
    if previous := groups["previous"]:  # 前条第二款: what stands after it is looked for below it
        step("para", "para3")
        step("item", "item4")
        back, level = _BACK.get(previous[:-1], 0), _UNITS[previous[-1]]
        return Reference(*span, steps=tuple(steps), back=back, level=level, own=previous[0] == "本")
    return Reference(*span, steps=tuple(steps))


def _with_name(text: str, clause: Reference, last: Reference | None) -> Reference:
    """Add what is written right before a clause (本办法, 企业所得税法); after 、 that of the clause before holds."""
    window = (max(0, clause.start - 44), clause.start)
    if own := _OWN.search(text, *window):
        return replace(clause, own=True, start=own.start(), text=text[own.start() : clause.end])
    if (match := _NAME.search(text, *window)) and (name := _LEADING.sub("", match["name"])) and len(name) > 2:
        start = match.start("name") + len(match["name"]) - len(name)
        return replace(clause, title=name, start=start, text=text[start : clause.end])
    between = text[last.end : clause.start] if last else None
    if last and between == "" and last.steps and last.steps[-1].startswith("annex_"):  # 附件1第三条
        return replace(clause, start=last.start, text=text[last.start : clause.end], steps=(*last.steps, *clause.steps))
    if last and (last.names_document or last.own) and re.fullmatch(r"[、和及与或，,\s]|以及|或者", between or ""):
        return replace(clause, title=last.title, doc_number=last.doc_number, own=last.own)
    return clause


def _more(text: str, first: Reference, at: int) -> Iterator[Reference]:
    """Yield the further members of a list or range: 第十条、第十一条, 第（一）至（三）项."""
    current = first
    while current.steps and (match := _MORE.match(text, at)):
        prefix = "art" if match["art"] or match["en"] else "para" if match["para"] else "item"
        depth = next((i for i, s in enumerate(current.steps) if s.startswith(f"{prefix}_")), None)
        number = _number(match["art"] or match["para"] or match["item"] or match["item2"] or match["en"])
        if depth is None or number is None or (match["en"] and not first.text[-1:].isdigit()):
            return
        last = _number(current.steps[depth].partition("_")[2].partition("_")[0]) or 0
        is_range = match["join"] in _RANGE and last < number <= last + _MOST
        end, deeper = _deeper(text, match.end(), prefix)
        sub = _number(match["sub"])
        for n in range(last + 1, number + 1) if is_range else (number,):
            step = f"{prefix}_{n}_{sub}" if sub and n == number else f"{prefix}_{n}"
            current = replace(
                current,
                text=text[match.end("join") : end].strip(),
                start=match.end("join"),
                end=end,
                steps=(*current.steps[:depth], step, *(deeper if n == number else ())),
            )
            yield current
        at = end


def _deeper(text: str, at: int, prefix: str) -> tuple[int, tuple[str, ...]]:
    """Return where a member of a list ends, and the 款 and 项 that it names besides its 条 or 款."""
    match = _DEEPER.match(text, at) if prefix in ("art", "para") else None
    if match is None:
        return at, ()
    found = (("para", _number(match["para"])), ("item", _number(match["item"])))
    return match.end(), tuple(f"{name}_{number}" for name, number in found if number)
