"""The line under a page's title that says when and from where it was published, beside buttons and counters."""

from __future__ import annotations

import re

from lxml import etree

from assistant.readers.html.blocks import brief

_NAMES = {
    "source": ("信息来源", "文章来源", "稿件来源", "来源", "发布机构", "发布单位"),
    "published": ("发布时间", "发布日期", "发稿时间", "公布时间", "日期", "时间"),
    "": ("更新时间", "责任编辑", "编辑", "责编", "审核", "作者", "浏览次数", "浏览量", "阅读次数", "阅读量", "点击数", "点击量", "点击率",
         "访问量", "阅读", "浏览", "点击", "字体大小", "字号", "字体", "文字大小", "打印", "分享到", "分享"),
}  # fmt: skip
_BY_NAME = {name: field for field, names in _NAMES.items() for name in names}
_SPACED = "|".join(r"\s*".join(name) for name in sorted(_BY_NAME, key=len, reverse=True))
_LABEL = re.compile(rf"[【\[（(]?({_SPACED})\s*[：:]")
_DATE = re.compile(r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?")
_LONGEST = 200  # characters of a bar
_LONGEST_VALUE = 40
_ELEMENTS = ("div", "p", "span", "ul", "h2", "h3", "h4", "h5", "h6", "td", "section")


def take_bars(page: etree._Element) -> dict[str, str]:
    """Take the information bars out of a page and return what they say: source and day of publication."""
    stated: dict[str, str] = {}
    for element in list(page.iter(*_ELEMENTS)):
        if element.getparent() is None:
            continue
        pieces = _pieces(brief(element, _LONGEST) or "")
        if pieces:
            for field, value in pieces:
                if field and value:
                    stated.setdefault(field, value)
            element.drop_tree()
    return stated


def _pieces(text: str) -> list[tuple[str, str]]:
    """Return the fields and values a bar consists of; empty for any other text."""
    labels = list(_LABEL.finditer(text))
    if not labels:
        return []
    before = text[: labels[0].start()].strip(" |丨·　")
    pieces = [("published", before)] if _DATE.fullmatch(before) else []
    if before and not pieces:
        return []
    ends = [*(label.start() for label in labels[1:]), len(text)]
    for label, end in zip(labels, ends, strict=True):
        value = text[label.end() : end].strip(" |丨·　】])）")
        pieces.append((_BY_NAME["".join(label[1].split())], value))
    known = {field for field, _ in pieces}
    usual = all(len(value) <= _LONGEST_VALUE and "。" not in value for _, value in pieces)
    dated = any(field == "published" and _DATE.match(value) for field, value in pieces)
    return pieces if usual and len(pieces) > 1 and (dated or "" in known) else []
