"""What a reader looks for in a clause that tells him what to do: who handles a step, by when, and what a share is of."""

from __future__ import annotations

import re

_SPAN = r"(?:\d+|[一二两三四五六七八九十]{1,3})个?(?:工作日|日|天|周|个?月|年|小时)"
_LIMIT = re.compile(
    rf"(?:自|于|收到|受理|签订|公布|公示)[^，。；、]{{0,16}}?之?日起[^，。；]{{0,4}}?{_SPAN}(?:之?内|以内)?|{_SPAN}(?:之?内|以内|之?前)"
    r"|(?:每年)?\d{1,2}月(?:\d{1,2}日|底)?(?:之?前|以前|底前)|\d{4}年\d{1,2}月\d{1,2}日(?:之?前|以前)"
    r"|\b(?:within|by|before|no later than) (?:\d+|[a-z]+) (?:working |business |calendar )?(?:days?|weeks?|months?)\b",
    re.IGNORECASE,
)
# An office: what comes before a bureau, a commission or a government, as far as its name goes.
_OFFICE = (
    r"(?:[一-鿿（）、]{0,24}?(?:主管部门|行政部门|管理部门|部门|机关|人民政府|委员会|发展改革委|教育[厅局部]|财政[厅局部]"
    r"|税务局|人力资源社会保障[厅局部]|经办机构|办公室|委|厅|局))"
)
_AUTHORITY = (
    re.compile(rf"(?:向|报送?|报经|经)(?P<who>{_OFFICE})(?=提出|申报|申请|备案|报送|提交|审[核批查]|批准|同意|受理|核准|[，。；、])"),
    re.compile(rf"由(?P<who>{_OFFICE})(?=(?:(?!部门|厅|局)[^，。；]){{0,12}}(?:审|核|受理|公示|公布|认定|组织|负责|确定|发|推荐|评))"),
    re.compile(rf"^(?P<who>{_OFFICE})(?=(?:会同|应当|收到|对|组织|负责|按|根据|自|在)|[^，。；]{{0,8}}(?:审|受理|公示|认定))"),
)  # fmt: skip
_BASE = (
    re.compile(r"(?:按照?|以)(?P<base>[^，。；、]{2,30}?)的(?:\d|百分之|[一二三四五六七八九]成)"),
    re.compile(r"(?P<base>(?:不超过|不低于|达到|占)[^，。；、\d]{2,24}?)的?(?:\d+(?:\.\d+)?[%％]|百分之)"),
    re.compile(r"\b\d+(?:\.\d+)?(?:%| per ?cent) of (?P<base>[^,.;]{3,60})"),
)  # fmt: skip
_PER = re.compile(
    r"(?:元|yuan)\s*(?:/|每|per )\s*(?P<after>[一-鿿a-z]+(?:/[一-鿿a-z]+)?)"
    r"|(?P<before>每(?:人|名|生|户|家|所|个|项|学年|年|月|学期|接收|培养|新增)[^，。；、\d]{0,12}?)"
    r"(?:最高|不超过|给予|补[贴助]|按)[^，。；]{0,10}?\d[\d.,]*\s*万?元",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^(?:不超过|不低于|达到|占)")


def authority(text: str) -> str:
    """Return who handles a step, in the words of the step; empty where it does not say."""
    for pattern in _AUTHORITY:
        if match := pattern.search(text):
            return match["who"].strip("（）、")
    return ""


def time_limit(text: str) -> str:
    """Return by when a step is to be done, in its words; empty where it does not say."""
    match = _LIMIT.search(text)
    return match[0].strip() if match else ""


def base(text: str) -> str:
    """Return what a share is a share of, in the words of the clause; empty where it does not say."""
    for pattern in _BASE:
        if match := pattern.search(text):
            return _LEADING.sub("", match["base"]).strip()
    return ""


def per(text: str) -> str:
    """Return for what each sum of money is given, in the words of the clause: 每人每年, 人/月; empty where it does not say."""
    match = _PER.search(text)
    return (match["after"] or match["before"] or "").strip() if match else ""
