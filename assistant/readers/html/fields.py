"""What a page states of itself in fields: meta tags, and the index tables of government sites."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from assistant.models import Metadata
from assistant.readers.declared import declared_metadata, parse_date
from assistant.readers.html.bars import take_bars
from assistant.readers.html.blocks import cell_text, is_data_table
from assistant.readers.wording import short

# Names of meta tags, lower case; for each field the most telling one first.
_META = {
    "title": ("articletitle", "dc.title", "citation_title"),
    "issued": ("pubdate", "publishdate", "firstpublishedtime", "article:published_time", "dc.date"),
    "issuers": ("contentsource",),
    "url": ("og:url", "url"),
}
# What the labels of an index table name, without the spaces some sites put between the characters.
_LABELS = {
    "title": ("标题", "名称", "信息名称", "文件名称"),
    "doc_number": ("文号", "发文字号", "发文文号", "文件编号", "文件号", "发文号", "文件字号", "公文文号"),
    "issuers": ("发文机关", "发文单位", "发文机构", "发布机构", "发布机关", "发布单位", "制发机关", "制定机关", "公开主体", "发文部门"),
    "issued": ("成文日期", "发文日期", "印发日期", "公布日期", "成文时间", "发文时间", "印发时间", "生成日期", "制发日期"),
    "published": ("发布日期", "发布时间", "公开日期", "公开时间"),
    "effective": ("实施日期", "施行日期", "生效日期", "执行日期"),
    "repealed": ("废止日期", "失效日期"),
    "": ("索引号", "信息索引", "主题分类", "主题词", "公文种类", "体裁分类", "信息分类", "信息类别", "关键词", "分类", "信息来源",
         "效力状态", "有效性", "时效性", "文件状态", "统一编号", "登记号"),
}  # fmt: skip
_BY_LABEL = {label: field for field, labels in _LABELS.items() for label in labels}
# Types and properties of schema.org, as pages state them in JSON-LD.
_ABOUT_TEXT = frozenset(("Article", "NewsArticle", "Report", "GovernmentDocument", "Legislation"))
_LINKED = {
    "title": ("headline",),
    "doc_number": ("legislationIdentifier",),
    "issued": ("legislationDate",),
    "published": ("datePublished",),
    "issuers": ("legislationPassedBy", "publisher", "author"),
}
_LARGEST_LINKED = 200_000  # characters
_LONGEST_LABEL = 12
_LONGEST_VALUE = 200
_FIELD = re.compile(r"\s*([一-鿿][一-鿿\s　\xa0]{1,11}?)\s*[：:]\s*(.*)", re.DOTALL)
_DAY = re.compile(r"(?<=\d)-\d{1,2}:.*")  # 2024-01-05-10:20:00, as one site writes the hour
_LARGEST_INDEX = 3_000  # characters
_LEAST_INDEX = 2  # labels that make a table or list an index
_AUTHORITY = re.compile(
    r"(?:部|委|局|厅|院|署|办公室|办公厅|委员会|政府|银行|总工会|联合会)$"
)  # a news site is no issuer


def page_fields(page: etree._Element) -> tuple[Metadata, dt.date | None, list[str]]:
    """Return what the page's fields say, and the day on which the page was published, which is not that of the text.

    Index tables and information bars are taken out of the page, as they are no part of the text.
    """
    stated: dict[str, str] = {}
    index: list[etree._Element] = []
    for part, pairs in _indexes(page):
        known = [(_BY_LABEL[label], value) for label, value in pairs if label in _BY_LABEL]
        if len(known) >= _LEAST_INDEX:
            index.append(part)
            for field, value in known:
                if field and value:
                    stated.setdefault(field, value)
    for part in index:
        if part.getparent() is not None:
            part.drop_tree()
    findings = ["index of the page read as metadata"] if index else []
    bar, meta, linked = take_bars(page), _meta(page), _linked(page)
    days = (
        stated.pop("published", None),
        meta.pop("issued", None),
        linked.pop("published", None),
        bar.get("published"),
    )
    source = meta.pop("issuers", None) or bar.get("source", "")
    if _AUTHORITY.search(source):
        stated.setdefault("issuers", source)
    for field, value in (*meta.items(), *linked.items()):
        if field != "issuers" or _AUTHORITY.search(value):
            stated.setdefault(field, value)
    metadata, complaints = declared_metadata(stated)
    if metadata.url and not metadata.url.startswith(("http://", "https://")):
        metadata = replace(metadata, url=None)
    told = [_DAY.sub("", text) for text in days if text]
    published = next(filter(None, map(parse_date, told)), None)
    if told and published is None and metadata.issued is None:
        complaints.append(f"issued “{short(told[0])}” is no full date (YYYY-MM-DD), so it stays unknown")
    return metadata, published, [*findings, *complaints]


def _meta(page: etree._Element) -> dict[str, str]:
    contents: dict[str, str] = {}
    for tag in page.iter("meta"):
        name = (tag.get("name") or tag.get("property") or "").strip().lower()
        content = (tag.get("content") or "").strip()
        if name and content and len(content) <= _LONGEST_VALUE:
            contents.setdefault(name, content)
    for link in page.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            contents.setdefault("url", link.get("href"))
    found = {field: next((contents[n] for n in names if n in contents), "") for field, names in _META.items()}
    return {field: value for field, value in found.items() if value}


def _linked(page: etree._Element) -> dict[str, str]:
    """Return what a page tells search engines of itself (JSON-LD): headline, day, publisher and number."""
    found: dict[str, str] = {}
    for script in page.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json" or len(
            script.text or ""
        ) > _LARGEST_LINKED:
            continue
        try:
            stated = json.loads(script.text or "")
        except ValueError:
            continue
        graph = stated.get("@graph", stated) if isinstance(stated, dict) else stated
        for thing in graph if isinstance(graph, list) else [graph]:
            if isinstance(thing, dict) and not _ABOUT_TEXT.isdisjoint(_words_of(thing.get("@type"))):
                for field, names in _LINKED.items():
                    words = next((w for name in names for w in _words_of(thing.get(name))), "")
                    if words and len(words) <= _LONGEST_VALUE:
                        found.setdefault(field, words)
    return found


def _words_of(value: object) -> list[str]:
    """Return the texts a JSON-LD value consists of; of an object its name."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        return [words for part in value for words in _words_of(part)]
    return [value.strip()] if isinstance(value, str) and value.strip() else []


def _indexes(page: etree._Element) -> Iterator[tuple[etree._Element, list[tuple[str, str]]]]:
    """Yield the small tables and lists of a page with the labels and values they hold."""
    for part in list(page.iter("table", "ul", "dl", "div")):
        if part.tag == "table":
            if is_data_table(part) and (pairs := _table_pairs(part)):
                yield part, pairs
        elif pairs := _list_pairs(part):
            yield part, pairs


def _table_pairs(table: etree._Element) -> list[tuple[str, str]]:
    pairs = []
    for row in table.iter("tr"):
        cells = [cell_text(cell) for cell in row if cell.tag in ("td", "th")]
        position = 0
        while position < len(cells):
            label = _label(cells[position])
            field = _FIELD.fullmatch(cells[position])
            if position + 1 < len(cells) and (label in _BY_LABEL or (label and cells[position].endswith(("：", ":")))):
                pairs.append((label, cells[position + 1]))
                position += 1
            elif field:
                pairs.append((_label(field[1]), field[2]))
            elif cells[position]:
                return []
            position += 1
    return pairs


def _list_pairs(part: etree._Element) -> list[tuple[str, str]]:
    """Return the pairs of a list whose every entry is a label with its value; empty for anything else."""
    children = [child for child in part if isinstance(child.tag, str)]
    if not 2 <= len(children) <= 40 or (part.text or "").strip() or len(str(part.xpath("string()"))) > _LARGEST_INDEX:
        return []
    texts = [cell_text(child) for child in children]
    if part.tag == "dl" and [c.tag for c in children] == ["dt", "dd"] * (len(children) // 2):
        return [(_label(texts[i]), texts[i + 1]) for i in range(0, len(texts), 2)]
    pairs = []
    for text in texts:
        field = _FIELD.fullmatch(text) if len(text) <= _LONGEST_VALUE else None
        if field is None:
            return []
        pairs.append((_label(field[1]), field[2]))
    return pairs


def _label(text: str) -> str:
    label = "".join(text.split()).rstrip("：:")
    return label if len(label) <= _LONGEST_LABEL else ""
