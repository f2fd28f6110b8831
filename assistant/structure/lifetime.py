"""Lifetime: from when to when a text says it is in force."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from assistant.models import Level, Provision
from assistant.structure import dates
from assistant.structure.evidence import Search
from assistant.structure.patterns import DATE, any_of
from assistant.text.numerals import parse_numeral

_PUBLISHED = r"(?:发布|公布|印发|颁布|下发|通过)之?日"
_BEGINS = r"(?:施行|实施|执行|生效|试行|有效)"
_NUMBER = r"[一二两三四五六七八九十\d]{1,3}"
_IN_FORCE = any_of(
    rf"自(?:{DATE}|{_PUBLISHED})起(?:满?[ ]?(?P<days>{_NUMBER})[ ]?(?:日|天)[之以]?后)?(?:正式|开始)?{_BEGINS}",
    rf"自[ ]?{DATE}(?:起)?[ ]?至[ ]?{DATE}(?:止|期间)*[ ]?{_BEGINS}",
    rf"(?:有效期|执行期|施行期|试行期)限?[为是：:]?自?[ ]?{DATE}起?[ ]?至[ ]?{DATE}",
    rf"执行(?:时间|期间)[为是：:]?自?[ ]?{DATE}起?[ ]?至[ ]?{DATE}",
)
_NUMBERED = r"^(?:第\S{1,8}条|[一二三四五六七八九十]+、|[（(]\S{1,3}[）)]|\d{1,2}[.．、])?[ 　]*"
_BEGINS_SO = re.compile(rf"{_NUMBERED}自")
_TERM = any_of(
    r"(?:有效期|试行期|执行期|施行期|试点期|实施期|暂行期)限?(?:暂定)?[为是：:]?(?:自[^。，；]{0,20})?"
    r"(?P<n>[一二两三四五六七八九十\d]{1,3})[ ]?(?P<unit>年|个月)",
    r"(?:试行|暂行|暂定(?:执行|施行|实施)?|有效)[ ]?(?P<n2>[一二两三四五六七八九十\d]{1,3})[ ]?(?P<unit2>年|个月)",
)
_END = r"\d{4}[ ]?年(?:[ ]?\d{1,2}[ ]?月)?(?:[底末]|(?![ ]?\d))"
_UNTIL = any_of(
    rf"(?:有效期|执行期|施行期|实施期|试行期|期限)[^。；]{{0,40}}?至[ ]?(?:{DATE}|{_END})",
    rf"(?:执行|施行|实施|有效)(?:期限)?(?:截?至|到)[ ]?(?:{DATE}|{_END})",
    rf"自[ ]?{DATE}起?[ ]?至[ ]?{DATE}(?:止|期间)*[ ]?{_BEGINS}",
    rf"执行(?:时间|期间)[为是：:]?自?[ ]?{DATE}起?[ ]?至[ ]?{DATE}",
)
_LAST = re.compile(rf"{DATE}|{_END}")
_SELF = r"本(?:法|条例|办法|规定|细则|意见|方案|通知|公告|规划|计划|措施|指南|政策|若干|决定|标准|实施|暂行|文件)"
_OWN = any_of(
    _SELF,
    rf"{_NUMBERED}(?:政策)?(?:执行|有效|试行|施行)期",
    r"(?:上述|以上|各项)政策",
    r"(?:现予|予以)(?:公布|发布|印发)",
)
_ENDS = re.compile(rf"{_SELF}[^。；，]{{0,8}}[自于]{DATE}起?[^。；，]{{0,4}}(?:废止|停止执行|停止施行|失效|不再执行)")
_IN_FORCE_EN = re.compile(
    r"(?:come|enter)s? into (?:force|effect)|take effect|becomes? effective|be (?:implemented|effective)"
)
_SENTENCE = re.compile(r"[^。！？]*[。！？]?")


def sentences(provision: Provision, words: Sequence[str]) -> Iterator[str]:
    """Yield the sentences of a provision that hold one of these words."""
    if provision.level is Level.PREAMBLE or not any(word in provision.text for word in words):
        return
    for match in _SENTENCE.finditer(provision.text):
        if any(word in match[0] for word in words):
            yield match[0].strip()


def tell(search: Search, provisions: Sequence[Provision], published: dt.date | None) -> None:
    """Find the first and the last day in force; `published` is the day that 自公布之日起 means, where there is one."""
    for p in reversed(provisions):
        for sentence in sentences(p, ("施行", "实施", "执行", "生效", "试行", "有效期")):
            match = _IN_FORCE.search(sentence)
            if match and (_OWN.search(sentence) or _BEGINS_SO.match(sentence)):
                search.found("effective", _first_day(match, published), sentence, p.address)
        if match := _IN_FORCE_EN.search(p.text):
            search.found("effective", dates.read_english(p.text[match.start() :]), p.text, p.address)
    for p in reversed(provisions):
        for sentence in sentences(p, ("有效", "试行", "执行", "施行", "实施期", "暂行", "暂定")):
            if _OWN.search(sentence) or _IN_FORCE.search(sentence):
                search.found("expires", _last_day(sentence, search.metadata.effective), sentence, p.address)
        for sentence in sentences(p, ("废止", "停止", "失效", "不再执行")):
            if match := _ENDS.search(sentence):
                search.found("repealed", dates.read(match[0]), sentence, p.address)


def _first_day(match: re.Match[str], published: dt.date | None) -> dt.date | None:
    if (day := dates.read(match[0])) or published is None:
        return day
    days = parse_numeral(match["days"]) if match["days"] else None
    return dates.days_after(published, days) if days else published


def _last_day(sentence: str, effective: dt.date | None) -> dt.date | None:
    if until := _UNTIL.search(sentence):
        return dates.read_end(list(_LAST.finditer(until[0]))[-1][0])
    if (term := _TERM.search(sentence)) and effective:
        count = parse_numeral(term["n"] or term["n2"]) or 0
        return dates.after_months(effective, count * (12 if (term["unit"] or term["unit2"]) == "年" else 1))
    return None
