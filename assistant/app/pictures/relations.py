"""The relations between policies: the nation on the left, provinces and cities on the right, lines between them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from assistant.app.pictures import svg
from assistant.corpus.coverage import level, province
from assistant.models import Policy
from assistant.structure.places import place

_ROW, _TOP, _TEXT = 19, 118, 350  # height of a row, where rows begin, room for a title
_LEFT, _RIGHT = 190, 1010  # where the two columns begin
_WIDTH = _RIGHT + _TEXT + 150
_COLOURS = ("#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e", "#17a2b8", "#8c564b", "#e377c2")
_STATUS = {"in_force": "#2a9d4a", "unknown": "#d9a200", "expired": "#999", "superseded": "#999", "amended": "#2a9d4a"}
_CARRIED_OUT = ("implements", "based_on", "interprets")
_STYLE = (
    "path{stroke-width:1.1;stroke-opacity:.5}path.ended{stroke-width:1.6;stroke-opacity:.9}"
    "g.parent:hover path{stroke-width:2.6;stroke-opacity:1}g.parent:hover text{font-weight:700}"
)
Heights = Mapping[str, float]


def draw_relations(policies: Sequence[Policy]) -> str:
    """Return a picture of who carries out whom. What is only `related` is left out, or nothing could be seen."""
    held = {policy.id: policy for policy in policies if level(policy) != "paper"}
    lines = [
        (policy.id, relation.target, relation.kind)
        for policy in held.values()
        for relation in policy.relations
        if relation.kind != "related" and relation.target in held
    ]
    local = sorted((p for p in held.values() if level(p) != "nation"), key=_by_place)
    right, headings, bottom = _stacked(local)
    linked = {end for one, other, _ in lines for end in (one, other)}
    national = [p.id for p in held.values() if level(p) == "nation" and p.id in linked]
    left = _spread(national, lines, right, bottom)
    colours = _colours(lines, held)
    parts = [
        *_legend(),
        *(_heading(code, y) for code, y in headings),
        *_arcs(lines, left, _LEFT - 12, -1),
        *_arcs(lines, right, _RIGHT + _TEXT + 14, 1),
        *(_parent(held[id_], y, lines, right, colours.get(id_, "#888")) for id_, y in left.items()),
        *(_node(held[id_], _RIGHT, y, unlinked=id_ not in linked) for id_, y in right.items()),
    ]
    return svg.document(_WIDTH, bottom + 20, "Relations between national and local policies", _STYLE, parts)


def _by_place(policy: Policy) -> tuple[str, str, str]:
    metadata = policy.metadata
    return (province(policy), metadata.jurisdiction or "", str(metadata.issued or metadata.effective or ""))


def _stacked(local: Sequence[Policy]) -> tuple[dict[str, float], list[tuple[str, float]], float]:
    """The heights of local policies under their provinces' headings, and where the last one ends."""
    heights, headings, y = {}, [], float(_TOP)
    for code, members in groupby(local, key=province):
        headings.append((code, y))
        y += _ROW
        for policy in members:
            heights[policy.id] = y
            y += _ROW
        y += _ROW * 0.4
    return heights, headings, y


def _spread(national: list[str], lines: list[tuple[str, str, str]], right: Heights, bottom: float) -> dict[str, float]:
    """The heights of national policies, each near the middle of what it is tied to, so that fewer lines cross."""
    near: dict[str, set[str]] = defaultdict(set)
    for one, other, _ in lines:
        near[one].add(other)
        near[other].add(one)
    step = (bottom - _TOP - _ROW) / max(1, len(national) - 1)
    heights = {id_: _TOP + number * step for number, id_ in enumerate(national)}
    for _ in range(12):
        known = {**right, **heights}
        middle = {id_: sum(known[n] for n in near[id_]) / len(near[id_]) for id_ in national}
        order = sorted(national, key=lambda id_: (middle[id_], id_))  # id breaks ties, so pictures are repeatable
        heights = {id_: _TOP + number * step for number, id_ in enumerate(order)}
    return heights


def _colours(lines: list[tuple[str, str, str]], held: Mapping[str, Policy]) -> dict[str, str]:
    """A colour for each of the national policies that the most local ones carry out."""
    children = Counter(target for one, target, _ in lines if level(held[one]) != "nation" == level(held[target]))
    return dict(zip((id_ for id_, _ in children.most_common(len(_COLOURS))), _COLOURS, strict=False))


def _parent(policy: Policy, y: float, lines: list[tuple[str, str, str]], right: Heights, colour: str) -> str:
    """A national policy with the lines to those that carry it out: pointing at it brings them all forward."""
    start, end = _LEFT + _TEXT + 10, _RIGHT - 14
    curves = [
        svg.curve((start, y - 4), start + 200, end - 200, (end, right[child] - 4), colour)
        for child, target, _ in lines
        if target == policy.id and child in right
    ]
    count = svg.text(start - 6, y, str(len(curves)), 10, colour, "end") if curves else ""
    return svg.group((*curves, _node(policy, _LEFT, y), count), _hint(policy), class_="parent")


def _node(policy: Policy, x: float, y: float, *, unlinked: bool = False) -> str:
    title = svg.shortened(policy.metadata.title or policy.id, _TEXT - 24)
    mark = svg.dot(x - 6, y - 4, 3.5, _STATUS.get(policy.status or "", "#ccc"))
    return svg.group((mark, svg.text(x + 2, y, title, 12, "#888" if unlinked else "#222")), _hint(policy))


def _hint(policy: Policy) -> str:
    metadata = policy.metadata
    known = (metadata.title, metadata.doc_number, metadata.effective or metadata.issued, policy.status, policy.id)
    return " · ".join(str(value) for value in known if value)


def _heading(code: str, y: float) -> str:
    found = place(code)
    name = f"{found.short} {found.english[0]}" if found else code
    return svg.text(_RIGHT - 10, y, name, 13, "#000", font_weight="700")


def _arcs(lines: list[tuple[str, str, str]], heights: Heights, x: float, side: int) -> Iterator[str]:
    """Lines between policies of one column, beside it; red where one took the place of the other."""
    drawn = set()
    for one, other, kind in lines:
        if one in heights and other in heights and frozenset((one, other)) not in drawn:
            drawn.add(frozenset((one, other)))
            out = x + side * min(170, 14 + abs(heights[one] - heights[other]) * 0.16)
            ended = kind not in _CARRIED_OUT
            yield svg.curve(
                (x, heights[one] - 4),
                out,
                out,
                (x, heights[other] - 4),
                "#d0021b" if ended else "#667",
                class_="ended" if ended else "within",
            )


def _legend() -> Iterator[str]:
    yield svg.text(20, 30, "国家与地方政策的关系 · Relations between national and local policies", 18, "#000")
    marks = (("#2a9d4a", "现行 in force"), ("#d9a200", "待核 not verified"), ("#999", "已失效 ended"))
    x = 20.0
    for colour, words in marks:
        yield svg.dot(x + 4, 52, 4, colour)
        yield svg.text(x + 14, 56, words)
        x += 150
    for colour, words in (
        ("#1f77b4", "落实 carries out（每色一份国家政策）"),
        ("#667", "同级之间 within one column"),
        ("#d0021b", "替代 superseded"),
    ):
        yield svg.curve((x, 52), x + 8, x + 20, (x + 28, 52), colour, class_="ended")
        yield svg.text(x + 36, 56, words)
        x += 270
    yield svg.text(
        _LEFT - 10,
        88,
        "国家 nation（数字：落实它的地方政策 number: local policies that carry it out）",
        13,
        "#000",
    )
    yield svg.text(_RIGHT - 10, 88, "地方 local（灰字：未记录关系 grey: no relation recorded）", 13, "#000")
