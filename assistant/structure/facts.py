"""Facts: what a text says of itself (number, issuers, dates, relations), each with the words that say it.

Nothing is inferred from what is not written: a field without evidence stays None. Declared metadata always wins.
The one thing looked up elsewhere is the English name of a national law, which its Chinese text does not have.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib import resources

from assistant.models import Level, Metadata, Provision
from assistant.structure import issuing, lifetime, places, relating, tiers
from assistant.structure.blocks import Front
from assistant.structure.evidence import Facts, Search
from assistant.text import languages
from assistant.text.normal import title_key

_PASSED_SUFFIX = re.compile(r"[ ]?[（(]\d{4}年[^）)]*[)）]$")
_STATE = "中华人民共和国"
_COVER = re.compile(r"[^关]{2,40}(?:公告|令)$")
_MADE_PUBLIC = re.compile(r"(?:现将)?《(?P<title>[^《》]+)》[^。]{0,160}(?:现予|予以)(?:公布|发布)")
_OPENING = 3  # clauses among which an order says what it makes public
_SMALLER = re.compile(r"\b(?:District|County|Zone|Park)\b")
_ENDED_MARK = re.compile(r"[ ]?[【（(\[](?:本文|此文件|该文件)?[已全]*[文]?(?P<how>废止|失效)[】）)\]]")


def find(declared: Metadata, front: Front, provisions: Sequence[Provision]) -> Facts:
    """Return declared metadata completed with what the text says, and its relations to other policies."""
    search = Search(declared, provisions[0].address.partition("/")[0] if provisions else "")
    preamble = next((p.address for p in provisions if p.address.endswith("/preamble")), "")
    if made := _promulgated(front.title, provisions):
        search.found("title", made[0], made[1].text, made[1].address)
    if front.title:
        if mark := _ENDED_MARK.search(front.title):
            search.ended("repealed" if mark["how"] == "废止" else "expired", front.title, preamble)
        search.found("title", _plain_title(front.title), front.title, preamble)
    if english := _english_names().get(title_key(search.metadata.title or "").removeprefix(_STATE)):
        search.found("title_en", english, search.metadata.title or "", preamble)
    lines = [row.text for row in front.block]
    closing = next((p for p in provisions if p.address.endswith("/closing")), None)
    issuing.tell(search, lines, preamble, closing)
    lifetime.tell(search, provisions, issuing.published(search, lines))
    relating.tell(search, provisions, preamble)
    _jurisdiction(search, preamble)
    if told := tiers.tell(search.metadata, provisions):
        search.found("tier", *told)
    return search.facts


@cache
def _english_names() -> dict[str, str]:
    """What national laws and regulations are called in English, by their title without the state's name."""
    table = resources.files(__package__).joinpath("english_titles.tsv").read_text(encoding="utf-8")
    return {title: english for title, _, english in (line.partition("\t") for line in table.splitlines())}


def _promulgated(title: str | None, provisions: Sequence[Provision]) -> tuple[str, Provision] | None:
    """Return the title of what an order or announcement makes public, and the clause that says so.

    Its own heading, 教育部令 or 某省人民代表大会常务委员会公告, is the name of no text.
    """
    if title and not _COVER.match(title):
        return None
    body = [p for p in provisions if p.level is not Level.PREAMBLE][:_OPENING]
    return next(((match["title"], p) for p in body if (match := _MADE_PUBLIC.match(p.text))), None)


def _plain_title(title: str) -> str:
    """Return a title without the marks around it and without the note of its adoption or end after it."""
    bare = _ENDED_MARK.sub("", title).strip()
    quoted = re.fullmatch(r"《([^《》]+)》", bare)
    return _PASSED_SUFFIX.sub("", quoted[1] if quoted else bare)


def _jurisdiction(search: Search, address: str) -> None:
    for source in ((*search.metadata.issuers,), (search.metadata.title or "",)):
        codes = {code for name in source if (code := places.jurisdiction(name))}
        if len(codes) == 1:
            search.found("jurisdiction", codes.pop(), "、".join(source), address)
            return
    title = search.metadata.title or ""
    if languages.language(title) == "en":
        search.found("jurisdiction", _english_jurisdiction(title), title, address)


def _english_jurisdiction(title: str) -> str | None:
    """Return the place of an instrument by its English title; a district's would be a guess."""
    named = places.find(title)
    if named:
        return named[0].code if len(named) == 1 and not _SMALLER.search(title) else None
    return places.NATION if "People's Republic of China" in title.replace("’", "'") else None
