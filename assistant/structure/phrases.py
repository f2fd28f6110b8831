"""Phrases: what the words of a line tell about its place when it carries no number."""

from __future__ import annotations

import re

from assistant.structure.blocks import TITLE_END, is_complete
from assistant.structure.patterns import any_of

_LEADS_IN = any_of(r"[：:][”\"）)]?$", r"^【[^】]{1,20}】$")
_OPENING = any_of(
    r"(?:通知|公告|通告|意见|规定|批复|答复|函复|解释|公布|明确|问题|事项)[一-鿿]{0,4}如下[：:]$",
    r"(?:以下|如下)[一-鿿]{0,4}(?:意见|措施)[：:]$",
)
_BOX = re.compile(r"专栏[ ]?[\d一二三四五六七八九十]{1,3}[ 　:：][^。]{2,40}$")
_VERSION = re.compile(r"[（(][^）)。]{1,16}[）)]$")  # （试行）, （资料性） below a title
_LONGEST_TITLE = 60
_FAREWELL = re.compile(r"(?:特此|专此|此复|此函)[^。，]{0,8}[。！]?$")
_OF_ITSELF = re.compile(
    r"(?:本(?:法|条例|办法|规定|细则|意见|方案|通知|公告|规划|计划|措施|指南|政策|决定|标准|文件|批复|函)"
    r"[^。，]{0,12}?(?:自|由[^。]{2,40}负责解释|有效期|施行|执行至)|《[^》]+》根据本决定)"
)
_NAMED = re.compile(
    r"^[【\[]?(?:摘[ 　]*要|内容提要|关[ 　]*键[ 　]*词|引[ 　]*言|前[ 　]*言|结[ 　]*[语论]|(?:主要)?参[ 　]*考[ 　]*文[ 　]*献"
    r"|注[ 　]*释|致[ 　]*谢|abstract|key ?words|introduction|conclusions?|references|bibliography|acknowledge?ments?)"
    r"[】\]]?[ 　]*(?P<colon>[:：])?",
    re.IGNORECASE,
)
_BIBLIOGRAPHY = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、]?[ 　]*)?[【\[［]?(?:主要)?"
    r"(?:参[ 　]*考[ 　]*文[ 　]*献|引用文献|references|bibliography|works cited)[】\]］]?\W*$",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"[\[［〔]\d{1,3}[\]］〕].*(?:[\[［](?:[JMDNZCRSPG]|EB/OL|J/OL|M/OL|N/OL|DB/OL)[\]］]|(?:19|20)\d{2}[,，:：(（])"
)


def leads_in(text: str) -> bool:
    """Tell whether a list is to follow: 应当具备下列条件：, or 【申报材料】 alone on its line."""
    return bool(_LEADS_IN.search(text))


def opens_text(text: str) -> bool:
    """Tell whether a line leads in a whole text and no list: 现就有关问题通知如下：."""
    return bool(_OPENING.search(text))


def is_box(text: str) -> bool:
    """Tell whether a line is the title of a box of a plan, which leads in what the box lists: 专栏1 重点工程."""
    return bool(_BOX.match(text))


def is_title(text: str) -> bool:
    """Tell whether a line below 附件1 can be its title, or the （试行） that belongs to it."""
    titled = not is_complete(text) or TITLE_END.search(text) or _VERSION.match(text)
    return len(text) <= _LONGEST_TITLE and bool(titled)


def is_final(text: str) -> bool:
    """Tell whether a heading is that of the final provisions, which stand below no 编 and no 章: 附则."""
    return "".join(text.split()) == "附则"


def is_farewell(text: str) -> bool:
    """Tell whether a line takes leave: 特此通知。."""
    return bool(_FAREWELL.match(text))


def is_of_itself(text: str) -> bool:
    """Tell whether a text speaks of itself, as it does after its last list: 本意见自…起施行."""
    return bool(_OF_ITSELF.match(text))


def named_heading(text: str) -> re.Match[str] | None:
    """Return the match of an unnumbered heading of a paper at the beginning of a line; its `colon` where one follows."""
    return _NAMED.match(text)


def heads_bibliography(text: str) -> bool:
    """Tell whether a heading is that of a list of references, whose entries answer nothing."""
    return bool(_BIBLIOGRAPHY.match(text.strip()))


def is_reference(text: str) -> bool:
    """Tell whether a line is an entry of a list of references, under whatever heading: [1] 王五. …[J]. 2018."""
    return bool(_REFERENCE.match(text))
