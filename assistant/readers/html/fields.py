"""What a page states of itself in fields: meta tags, and the index tables of government sites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from assistant.models import Metadata
from assistant.readers.declared import declared_metadata
from assistant.readers.html.blocks import cell_text, is_data_table

# Names of meta tags, lower case; for each field the most telling one first.
_META = {
    "title": ("articletitle", "dc.title", "citation_title"),
    "issued": ("pubdate", "publishdate", "article:published_time", "dc.date"),
    "issuers": ("contentsource",),
    "url": ("og:url", "url"),
}
# What the labels of an index table name, without the spaces some sites put between the characters.
_LABELS = {
    "title": ("标题", "名称", "信息名称", "文件名称"),
    "doc_number": ("文号", "发文字号", "发文文号", "文件编号", "文件号", "发文号"),
    "issuers": ("发文机关", "发文单位", "发布机构", "发布机关", "发布单位", "制发机关", "公开主体", "发文部门"),
    "issued": ("成文日期", "发文日期", "印发日期", "公布日期", "成文时间", "发文时间"),
    "published": ("发布日期", "发布时间", "公开日期"),
    "effective": ("实施日期", "施行日期", "生效日期", "执行日期"),
    "": (
        "索引号",
        "主题分类",
        "主题词",
        "公文种类",
        "体裁分类",
        "效力状态",
        "有效性",
        "信息分类",
        "关键词",
        "分类",
        "信息来源",
    ),
}
_BY_LABEL = {label: field for field, labels in _LABELS.items() for label in labels}
_LONGEST_LABEL = 12
_LONGEST_VALUE = 200
_FIELD = re.compile(r"\s*([一-鿿][一-鿿\s　\xa0]{1,11}?)\s*[：:]\s*(.*)", re.DOTALL)
_LARGEST_INDEX = 3_000  # characters
_LEAST_INDEX = 2  # labels that make a table or list an index
_AUTHORITY = re.compile(
    r"(?:部|委|局|厅|院|署|办公室|办公厅|委员会|政府|银行|总工会|联合会)$"
)  # a news site is no issuer


def page_fields(page: etree._Element) -> tuple[Metadata, list[str]]:
    """Return what the page's fields say; an index table is taken out of the page, as it is no part of the text."""
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
    meta = _meta(page)
    published = stated.pop("published", None)
    for field, value in meta.items():
        if field == "issued" or (field == "issuers" and not _AUTHORITY.search(value)):
            continue
        stated.setdefault(field, value)
    later = published or meta.get("issued")
    if later and "issued" not in stated:
        stated["issued"] = later
        findings.append("issued is the day on which the page was published")
    metadata, complaints = declared_metadata(stated)
    if metadata.url and not metadata.url.startswith(("http://", "https://")):
        metadata = replace(metadata, url=None)
    return metadata, [*findings, *complaints]


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
            if label in _BY_LABEL and position + 1 < len(cells):
                pairs.append((label, cells[position + 1]))
                position += 1
            elif field and _label(field[1]) in _BY_LABEL:
                pairs.append((_label(field[1]), field[2]))
            else:
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
