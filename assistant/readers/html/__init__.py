"""Web pages: the main text without the furniture of the site, and what the page's own fields say of it."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree
from lxml import html as lxml_html

from assistant.errors import NoTextFound
from assistant.models import Line, Metadata, Source
from assistant.readers.declared import printed_title
from assistant.readers.encoding import decode
from assistant.readers.html.blocks import brief, lines_of
from assistant.readers.html.fields import page_fields
from assistant.readers.html.furniture import attachments, main_text, remove_furniture, remove_hidden
from assistant.readers.limits import Limits
from assistant.readers.wording import counted, short
from assistant.text import repair
from assistant.text.normal import squeeze

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
# No text, and more than lxml can write back; as characters and as numeric references.
# What XML has no room for, as it stands or by its number.
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff]"
    r"|&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01]|6553[45])|x0*(?:[0-8bce-f]|1[0-9a-f]|fff[ef]))(?:;|(?![0-9a-f]))",
    re.I,
)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")
_SIGNED = re.compile(
    r"\d{4}年\d{1,2}月\d{1,2}日|[〇零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
_LONGEST_DAY = 30  # characters, spaces included
_TITLE_AREA = 20  # lines
_TITLE_PARTS = ("div", "p", "span", "td", "h2", "h3", "strong", "b", "font", "center")
_LEAST_TITLE, _LONGEST_TITLE = 5, 300  # characters
_SITE_NAME = re.compile(r"[_|—–-]+")  # what parts a title from the name of the site


def read_html(data: bytes, name: str, _limits: Limits) -> Source:
    """Return the text of a saved web page."""
    charset = _CHARSET.search(data[:4096])
    return read_page(data, name, charset[1].decode("ascii") if charset else None)


def read_page(data: bytes, name: str, charset: str | None, address: str | None = None) -> Source:
    """Return the text of a page whose encoding and address are known from elsewhere, or not."""
    text, findings = decode(data, name, charset)
    text = _CONTROL.sub("", _XML_DECLARATION.sub("", text)).replace("\f", "\n")
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        page = lxml_html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise NoTextFound(f"{name}: the page is empty. Save it again from the browser.") from error
    shown = " ".join((page.findtext(".//title") or "").split())
    frames = [address for frame in page.iter("frame", "iframe") if (address := (frame.get("src") or "").strip())]
    scripts = next(page.iter("script"), None) is not None
    findings += remove_hidden(page)
    attached = attachments(page)
    declared, published, read_as_fields = page_fields(page)
    findings += read_as_fields
    findings += remove_furniture(page)
    main, left_out = main_text(page)
    lines = lines_of(main)
    headline = _headline(page) or _shown_title(page, shown)
    if headline and not any(squeeze(line.text) == squeeze(headline.text) for line in lines[:_TITLE_AREA]):
        lines.insert(0, headline)
        left_out = max(left_out - len("".join(headline.text.split())), 0)
    if not lines:
        raise NoTextFound(f"{name}: {_why_empty(frames, scripts, attached)}")
    if left_out:
        findings.append(f"{counted(left_out, 'character')} outside of the main text left out")
    if attached:
        findings.append(f"{counted(len(attached), 'attachment')} of the page not read: {'; '.join(attached)}")
    if published and declared.issued is None and not any(map(_is_day, lines)):
        declared = replace(declared, issued=published)
        findings.append("issued is the day on which the page was published")
    saved = _SAVED_FROM.search(text[:2000])
    if declared.url is None and (address or saved):
        declared = replace(declared, url=address or (saved[1] if saved else None))
    return Source(name, tuple(lines), _with_title(declared, headline, shown, lines), tuple(findings))


def _why_empty(frames: list[str], scripts: bool, attached: list[str]) -> str:
    if attached:
        return (
            f"holds no text but {counted(len(attached), 'attachment')}: {'; '.join(attached)}. Download and give that."
        )
    if frames:
        return f"shows its text in a frame ({short(frames[0], 100)}). Open the frame on its own and save that page."
    if scripts:
        return "holds no text until its scripts have run. Save it from the browser once it is displayed, or print it to a PDF."
    return "holds no text. Check that it is the right file and saved completely."


def _is_day(line: Line) -> bool:
    """Tell whether a line holds a date and nothing else, as texts are signed."""
    return len(line.text) <= _LONGEST_DAY and _SIGNED.fullmatch(squeeze(line.text)) is not None


def _headline(page: etree._Element) -> Line | None:
    """Return the one first-level heading of the page; None where there is none, or where several compete."""
    headings = [lines_of(heading) for heading in page.iter("h1")]
    texts = list(dict.fromkeys(line.text for lines in headings for line in lines))
    return Line(texts[0], heading=1) if len(texts) == 1 else None


def _shown_title(page: etree._Element, shown: str) -> Line | None:
    """Return the element outside of any heading that says what the browser shows as the title of the page."""
    wanted = {squeeze(one) for one in (shown, *_SITE_NAME.split(shown)) if len(one.strip()) >= _LEAST_TITLE}
    for part in page.iter(*_TITLE_PARTS):
        text = brief(part, _LONGEST_TITLE)
        if text and squeeze(text) in wanted:
            return Line(repair(text), heading=1)
    return None


def _with_title(declared: Metadata, headline: Line | None, shown: str, lines: list[Line]) -> Metadata:
    """Return the metadata with a title: a field's, the headline, or what the browser shows if it is also printed."""
    if declared.title:
        return declared
    if headline:
        return replace(declared, title=headline.text)
    candidates = (shown, *_SITE_NAME.split(shown))
    title = next((found for found in (printed_title(one, lines) for one in candidates) if found), None)
    return replace(declared, title=title)
