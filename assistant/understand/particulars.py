"""Questions about a document itself: who issued it, its number, its days, how many articles it has."""

from __future__ import annotations

import re
from enum import StrEnum

from assistant.text import normalise, simplified
from assistant.understand.surveys import NAME
from assistant.understand.terms import content_terms


class Particular(StrEnum):
    """What may be asked of a document besides what it says."""

    ISSUER = "issuer"
    NUMBER = "number"
    DAY = "day"
    SIZE = "size"


_MAKE = r"(?:联合)?(?:发布|颁布|公布|印发|出台|制[定订]|下发|通过|发|出|修[订正改])"
_MADE = r"(?:issued|published|promulgated|adopted|enacted|passed|released|announced|revised|amended|made|written)"
_BODY = r"(?:ministr(?:y|ies)|departments?|bod(?:y|ies)|agenc(?:y|ies)|authorit(?:y|ies))"
_ASKED = {
    Particular.ISSUER: (
        rf"(?:谁|哪一?[个些级]|哪几个|什么|几个)(?:部门|机关|单位|部委|机构)?{_MAKE}(?:的|了|$|[？?])"
        rf"|{_MAKE}(?:的)?(?:部门|机关|单位|主体|机构)(?:都)?(?:是|有)(?:谁|哪|什么)|(?:发文|发布|颁布|制定)(?:机关|机构|单位|部门)"
        rf"|\bwho\b.{{0,12}}\b{_MADE}\b|\b(?:which|what) (?:\w+ ){{0,3}}{_BODY}\b.{{0,12}}\b{_MADE}\b"
        rf"|\b{_MADE} by (?:whom|which|what)\b|\bissuing (?:body|authority|department)"
    ),
    Particular.NUMBER: r"文号|发文字号|文件编?号|\b(?:document|reference|file) (?:number|no\b)|\bnumber of (?:the|this) (?:document|notice|opinion)",
    Particular.DAY: (
        rf"(?:什么时候|什么时间|何时|哪一?[年天月日]|几几年|几[年月]几?[月号日]?|多会儿|啥时候){_MAKE}(?:的|了|$|[？?])"
        rf"|(?:发布|颁布|公布|印发|出台|成文|发文)(?:的)?(?:日期|时间|年份)"
        rf"|\b(?:when|what (?:year|day|date)|which year)\b.{{0,90}}\b{_MADE}\b|\bdate of (?:issue|publication|adoption)\b"
    ),
    Particular.SIZE: (
        r"(?:一共|总共|共|合计|全文|总)?(?:有|分为|包括)?(?:多少|几)(?:个)?(?:条文?|章节?|条款)(?=$|[？?。，,呢呀啊])"
        r"|\bhow many (?:articles|clauses|chapters|sections)\b"
    ),
}
_STANDING = re.compile(
    r"生效|失效|有效[吗？?期]|还有效|是否有效|废止|作废|过期|(?<!合同)(?<!协议)到期|过时|还(?:在|能)?(?:用|管用|执行|适用|实施|算数)|还能这么|现行有效|仍然?适用"
    r"|(?:什么时候|何时|哪天|哪一天|几号)起?(?:开始)?(?:施行|实施|执行|生效)"
    r"|\b(?:still |currently |already )?in (?:force|effect)\b|\bstill (?:valid|appl\w+|in use|current)|\brepeal\w*|\bexpir\w+|\bsuperseded\b|\breplaced\b"
    r"|\btake[ns]? effect\b|\bbecome effective\b",
    re.IGNORECASE,
)
_PATTERNS = {particular: re.compile(pattern, re.IGNORECASE) for particular, pattern in _ASKED.items()}


def particulars_of(question: str) -> tuple[Particular, ...]:
    """Return what a question asks of a document itself, in a fixed order; empty where it asks what it says."""
    words = normalise(simplified(question))
    asked = tuple(particular for particular, pattern in _PATTERNS.items() if pattern.search(words))
    for pattern in (*_PATTERNS.values(), _STANDING):
        words = pattern.sub("，", words)
    return asked if asked and not content_terms(NAME.sub("，", words)) else ()


def asks_standing(question: str) -> bool:
    """Return whether a question asks if something is in force, or from when or until when."""
    return bool(_STANDING.search(question))


def asks_only_standing(question: str) -> bool:
    """Return whether it asks nothing else: not what the document says."""
    return not content_terms(_STANDING.sub("，", NAME.sub("，", normalise(simplified(question)))))
