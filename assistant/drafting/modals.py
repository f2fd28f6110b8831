"""The words of yes and no, of must and may, of least and most, and the parts of a sentence they rule."""

from __future__ import annotations

import re

_PART = re.compile(
    r"[，。；：！？!?;\n（）()“”\"]+|[,.:](?!\d)"
)  # of text as printed: 、 joins, and divides no sentence
# All of normalised text. 不仅, 不足, 未成年 and their like deny nothing.
NO = re.compile(
    r"不(?!仅|但[^凡]|同|[得能应可]?(?:少于|低于|超过|高于|多于|晚于|迟于|早于)|断|限|足|论|管|满|等|动产|良|可抗力)"
    r"|未(?!来|成年|满|必)|无(?!锡|人机|线|论|形资产|偿)|非(?!营利|学历|全日制|公有|遗|物质|常)|没(?!收)|禁止|严禁"
    r"|\b(?:not(?! (?:only|less|more|fewer|later|exceed))|no(?! (?:less|more|fewer|later))|never|without|cannot|neither|nor|none"
    r"|prohibit\w*|forbid\w*)\b|n't\b"
)
NO_OF_ANY_KIND = re.compile(rf"[不未无非没否免停除]|{NO.pattern}|\b(?:exempt|exclu|refus|except|unless|other than)\w*")
MUST = re.compile(
    r"应当|必须|须(?!知)|应(?![用届聘征急税收对缴交纳付届付])|一律|强制|务必|有义务"
    r"|\b(?:(?:must|shall)(?! not\b)|required|obliged|mandatory|have to|has to)\b"
)
MAY = re.compile(
    r"可以|可(?![靠持能行见操再抗])|允许|鼓励|支持|有权|自愿|优先|准予"
    r"|\b(?:may(?! not\b)|can(?! not\b)|(?<!not )(?:allowed|permitted)|encourag\w*|support\w*|voluntar\w*|entitled|eligible)\b"
)
LEAST = re.compile(
    r"至少|最少|最低(?!工资|生活)|不[得能应可]?(?:少于|低于)|\b(?:at least|no(?:t)? (?:less|fewer) than|a minimum of)\b"
)
MOST = re.compile(
    r"至多|最多|最高|最长|不[得能应可]?(?:超过|高于|多于)|\b(?:at most|no(?:t)? (?:more|longer) than|up to|a maximum of|not exceed)\b"
)


def parts(text: str) -> list[str]:
    """Return what stands between the commas and stops of a text."""
    return [part for part in _PART.split(text) if part and part.strip()]
