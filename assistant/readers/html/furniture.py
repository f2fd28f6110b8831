"""What a page shows besides its text: navigation, share bars, related links, hidden parts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from assistant.readers.html.hidden import hidden_names, is_hidden
from assistant.readers.wording import counted, short

_NEVER_TEXT = frozenset(
    [
        "applet",
        "area",
        "audio",
        "base",
        "button",
        "canvas",
        "datalist",
        "embed",
        "frame",
        "frameset",
        "head",
        "iframe",
        "img",
        "input",
        "link",
        "map",
        "meta",
        "noscript",
        "object",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "video",
    ]
)
_FURNITURE = frozenset(("aside", "footer", "nav", "dialog"))
_ROLES = frozenset(
    [
        "alert",
        "banner",
        "complementary",
        "contentinfo",
        "dialog",
        "menu",
        "menubar",
        "navigation",
        "search",
        "toolbar",
        "tooltip",
    ]
)
# Parts of class names and ids, as sites call what is not their text.
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|crumbs?|share|sharebar|bshare|bdshare|social|related|"
    r"recommend|sidebar|aside|toolbar|pager|pagination|page-?nav|comments?|copyright|footer|foot|header|topbar|top-bar|"
    r"search|login|qrcode|ewm|advert|ads?|banner|tools?|print|font-?size|close|hidden|sr-only|skip|dqwz|xgxw|xgwd|xglj|fx)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_PHRASES = re.compile(
    r"(?:当前|现在|所在|您的)位置\s*[：:]|(?:首页|主页)\s*(?:>|»|/|＞)|上一篇|下一篇|相关(?:链接|稿件|解读|阅读|文件|新闻)\s*[：:]?$|推荐阅读|"
    r"网站地图|版权所有|备案号|ICP备|无障碍浏览|收藏本站|我要纠错|返回顶部|浏览次数|阅读次数"
)
_BUTTONS = re.compile(
    r"\s*(?:分享(?:到|至)|字(?:号|体)\s*[：:]|[【\[]?(?:打印|关闭|收藏)(?:本页|窗口|此页)?[】\]]|责任编辑|扫一扫|微信扫)"
)
_FILES = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar|pptx?)(?:$|[?#])", re.IGNORECASE)
_MOST_ATTACHMENTS = 50
_LONGEST_PHRASE = 120  # characters of an element that one phrase may condemn
_MOSTLY_LINKS = 0.75  # share of an element's text that stands in links: a list of other pages
_LINKS = 4
_LARGEST_PART = 2_000  # characters: a part with more is no toolbar, whatever its name
_SENTENCES = 2  # full stops outside of links: text, whatever the name of the part
_KEPT = frozenset(("main", "article", "p", "table", "tbody", "tr", "h1"))
_TITLE_NAME = re.compile(r"(?:^|[\s_-])(?:title|biaoti|bt|tit)(?:$|[\s_-])", re.IGNORECASE)
_MAIN = re.compile(
    r"^(?:ucap-content|zoom|js_content|trs_editor|pages_content|article(?:-?content|-?body|_content|_con)?|content-?body|"
    r"main-?content|news_?content|xxgk_?content|con_?text|text_?content|detail-?content)$",
    re.IGNORECASE,
)
_MAIN_SHARE = 0.5  # of the page's running text that a part marked as the main one must hold


@dataclass(frozen=True, slots=True)
class _Measure:
    """How much text an element holds, without white space."""

    characters: int = 0
    in_links: int = 0
    links: int = 0
    sentences: int = 0  # full stops outside of links

    def __add__(self, other: _Measure) -> _Measure:
        return _Measure(
            self.characters + other.characters,
            self.in_links + other.in_links,
            self.links + other.links,
            self.sentences + other.sentences,
        )

    @property
    def running(self) -> int:
        """Characters outside of links."""
        return self.characters - self.in_links


def _measure(page: etree._Element) -> dict[etree._Element, _Measure]:
    """Return the measure of every element, all in one pass from the innermost outwards."""
    measures: dict[etree._Element, _Measure] = {}
    for element in reversed(list(page.iter(etree.Element))):
        total = _own(element.text)
        for child in element:
            if isinstance(child.tag, str):
                total += measures.get(child, _Measure())
            total += _own(child.tail)
        if element.tag in _NEVER_TEXT:
            total = _Measure()
        elif element.tag == "a":
            total = _Measure(total.characters, total.characters, 1, 0)
        measures[element] = total
    return measures


def _own(text: str | None) -> _Measure:
    return _Measure(len("".join(text.split())), 0, 0, text.count("。")) if text else _Measure()


def remove_hidden(page: etree._Element) -> list[str]:
    """Take out of a page what it does not show, and say how much that was.

    A part that holds most of the page's text stays: some sites show it only once their scripts have run.
    """
    names = hidden_names(page)
    total = _measure(page)[page].running
    late: list[_Measure] = []

    def is_it(element: etree._Element, measure: _Measure) -> bool:
        if element.tag in _NEVER_TEXT or not is_hidden(element, names):
            return False
        if measure.sentences >= _SENTENCES and measure.running >= _MAIN_SHARE * total:
            late.append(measure)
            return False
        return True

    removed = _remove(page, "hidden text", is_it)
    return (
        [*removed, "the text is hidden until the page's scripts have run, and was read all the same"]
        if late
        else removed
    )


def remove_furniture(page: etree._Element) -> list[str]:
    """Take the furniture out of a page, and say how much that was."""
    return _remove(page, "site furniture", lambda e, measure: e.tag in _NEVER_TEXT or _is_furniture(e, measure))


def _remove(page: etree._Element, what: str, is_it: Callable[[etree._Element, _Measure], bool]) -> list[str]:
    """Take out the outermost elements of which `is_it` holds."""
    count = 0
    gone: set[etree._Element] = set()
    for element, measure in reversed(_measure(page).items()):  # outermost first
        parent = element.getparent()
        if parent is None or element.tag == "body":
            continue
        if parent in gone:
            gone.add(element)
        elif is_it(element, measure):
            gone.add(element)
            count += measure.characters
    for element in gone:
        if element.getparent() is not None:
            element.drop_tree()
    return [f"{what} removed ({counted(count, 'character')})"] if count else []


def attachments(page: etree._Element) -> list[str]:
    """Return the files a page links to outside of its navigation, each with the words of its link."""
    found: dict[str, str] = {}
    for link in page.iter("a", "iframe", "embed", "object"):
        address = next((link.get(name) for name in ("href", "src", "data") if link.get(name)), "").strip()
        if not _FILES.search(address) or any(part.tag in _FURNITURE for part in link.iterancestors()):
            continue
        file = unquote(address.partition("?")[0].rpartition("/")[2])
        words = " ".join("".join(link.itertext()).split())
        found.setdefault(address, f"{short(words)} ({short(file)})" if words and words != file else short(file))
    return list(found.values())[:_MOST_ATTACHMENTS]


def _is_furniture(element: etree._Element, measure: _Measure) -> bool:
    if element.tag in _FURNITURE or element.get("role") in _ROLES:
        return True
    brief = "".join(element.itertext()) if measure.characters <= _LONGEST_PHRASE else ""
    if _BUTTONS.match(brief) and not _holds_title(element):
        return True
    if element.tag in _KEPT or measure.sentences >= _SENTENCES:
        return False
    if element.tag == "header":
        return next(element.iterancestors("article", "main"), None) is None and not _holds_title(element)
    if _NAMES.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
        return measure.characters < _LARGEST_PART and not _holds_title(element)
    if _PHRASES.search(brief):
        return not _holds_title(element)
    return (
        measure.links >= _LINKS
        and measure.in_links >= _MOSTLY_LINKS * measure.characters
        and not any(_FILES.search(link.get("href") or "") for link in element.iter("a"))
    )


def _holds_title(element: etree._Element) -> bool:
    """Tell whether the title of the text stands in an element, as it does in the head of many articles."""
    return element.find(".//h1") is not None or any(
        _TITLE_NAME.search(part.get("class") or "") for part in element.iter(etree.Element)
    )


def main_text(page: etree._Element) -> tuple[etree._Element, int]:
    """Return the part of a page that holds its text, and how many characters of running text stand outside of it."""
    measures = _measure(page)
    body = page.find("body")
    main = page if body is None else body
    total = measures[main].running
    marked = [
        element
        for element in main.iter(etree.Element)
        if element.tag in ("main", "article")
        or element.get("role") == "main"
        or any(_MAIN.match(name) for name in f"{element.get('id') or ''} {element.get('class') or ''}".split())
    ]
    best = max(marked, key=lambda element: measures[element].running, default=None)
    if best is not None and measures[best].running >= _MAIN_SHARE * total:
        main = best
    return main, total - measures[main].running
