"""Nodes: provisions in the making, and how an article is divided into its 款."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.models import Level
from assistant.structure.markers import Marker, Rank
from assistant.structure.rows import Row

_ARTICLE_TITLE = re.compile(r"^[【（(\[][^】）)\]]{1,24}[】）)\]]$|^[^。；，：！？,;:.!?]{1,16}$")


class Node:
    """A provision in the making."""

    __slots__ = ("children", "heading", "level", "marker", "parent", "rank", "rows", "step")

    def __init__(self, level: Level | None, rank: float, step: str, *rows: Row, marker: Marker | None = None) -> None:
        self.level = level  # None for the root and the rows around the body
        self.rank = rank
        self.step = step
        self.rows = list(rows)
        self.marker = marker
        self.heading = rows[0].heading if rows else None
        self.children: list[Node] = []
        self.parent: Node | None = None

    @property
    def text(self) -> str:
        out = ""
        for row in self.rows:
            out += row.text if row.glued or not out else f"\n{row.text}"
        return out

    @property
    def shape(self) -> str | None:
        return self.marker.shape.name if self.marker else None

    def add(self, child: Node) -> Node:
        child.parent = self
        self.children.append(child)
        return child

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.walk()


def divide(article: Node) -> None:
    """Give an article of several 款 one node for each, keeping only its number; one of a single 款 holds it itself."""
    first = article.rows[0]
    number = article.marker.printed if article.marker else ""
    if number and first.text[len(number) :].startswith(("：", ":")):  # 第一条：…, as agreements print it
        number = first.text[: len(number) + 1]
    rest = first.text[len(number) :].strip()
    titled = not rest or bool(_ARTICLE_TITLE.match(rest))
    later = [child for child in article.children if child.level is Level.PARAGRAPH]
    if titled and len(later) == 1 and article.children[0] is later[0]:
        only = later[0]
        article.rows += only.rows
        article.children.remove(only)
        for child in reversed(only.children):
            child.parent = article
            article.children.insert(0, child)
    elif later and not titled:
        at = article.children.index(later[0])
        opening = Node(Level.PARAGRAPH, Rank.ARTICLE, "para", *_rest(article.rows, number, rest))
        opening.parent = article
        for child in article.children[:at]:
            opening.add(child)
        article.rows = [Row(number, first.page, boxes=first.boxes[:1])]
        article.children = [opening, *article.children[at:]]


def _rest(rows: list[Row], number: str, rest: str) -> list[Row]:
    first, *others = rows
    return [Row(rest, first.page, boxes=first.boxes), *others] if number else rows
