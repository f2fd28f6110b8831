"""The coverage of the corpus: clauses by place and kind, with what they rest on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.app.pictures import svg
from assistant.corpus.coverage import BASES, basis, coverage, level, province
from assistant.models import Kind, Policy
from assistant.structure.places import NATION, place, provinces

_CELL, _HIGH, _LEFT, _TOP, _BAR = 62, 24, 170, 120, 220
_KINDS = tuple(kind for kind in Kind if kind is not Kind.FINDING)  # findings are of papers, which hold in no place
_CHINESE = {
    Kind.DEFINITION: "定义", Kind.CONDITION: "条件", Kind.BENEFIT: "支持", Kind.PROCEDURE: "程序", Kind.MATERIAL: "材料",
    Kind.DEADLINE: "期限", Kind.OBLIGATION: "义务", Kind.SUPERVISION: "监督", Kind.SANCTION: "责任", Kind.AUTHORITY: "职权",
    Kind.TARGET: "目标", Kind.PRINCIPLE: "原则",
}  # fmt: skip
_BASIS = {"law text": ("#1b7f4b", "法规原文"), "seen": ("#7fb3d5", "见到网页"), "memory": ("#e0a030", "未经核对")}


def draw_coverage(policies: Sequence[Policy]) -> str:
    """Return a picture of how many clauses of each kind each place has, empty places included."""
    covered = coverage(policies)
    rows = (NATION, *(p.code for p in provinces()))
    parts = [*_headings()]
    for number, code in enumerate(rows):
        y = _TOP + number * _HIGH
        count = covered.places.get(code)
        parts.append(svg.text(_LEFT - 10, y + 16, _name(code), 12, "#000" if count else "#aaa", "end"))
        for column, kind in enumerate(_KINDS):
            parts.extend(_cell(_LEFT + column * _CELL, y, covered.grid.get((code, kind), 0)))
        x = _LEFT + len(_KINDS) * _CELL + 12
        if count:
            parts.append(svg.text(x + 30, y + 16, str(count.policies), 12, "#222", "end"))
            parts.append(svg.text(x + 85, y + 16, str(count.clauses), 12, "#222", "end"))
            bases = Counter(basis(p) for policy in policies if _is_of(policy, code) for p in policy.provisions)
            parts.extend(_bar(x + 110, y, bases))
    width = _LEFT + len(_KINDS) * _CELL + 12 + 110 + _BAR + 20
    return svg.document(width, _TOP + len(rows) * _HIGH + 20, "Clauses by place and kind", "", parts)


def _is_of(policy: Policy, code: str) -> bool:
    return level(policy) != "paper" and province(policy) == code


def _headings() -> Iterator[str]:
    yield svg.text(20, 30, "条款覆盖：地区 × 类型 · Clauses by place and kind", 18, "#000")
    yield svg.text(
        20,
        54,
        "省级行政区含其市、区县；一条可属多类 · Provinces include their cities; a clause may be of several kinds",
        12,
        "#555",
    )
    for column, kind in enumerate(_KINDS):
        x = _LEFT + column * _CELL + _CELL / 2
        yield svg.text(x, _TOP - 26, _CHINESE[kind], 12, "#000", "middle")
        yield svg.text(x, _TOP - 10, kind.value, 10, "#555", "middle")
    x = _LEFT + len(_KINDS) * _CELL + 12
    for end, chinese, english in ((30, "政策", "policies"), (85, "条款", "clauses")):
        yield svg.text(x + end, _TOP - 26, chinese, 12, "#000", "end")
        yield svg.text(x + end, _TOP - 10, english, 10, "#555", "end")
    x += 110
    for name in BASES:
        colour, chinese = _BASIS[name]
        yield svg.rect(x, _TOP - 36, 10, 10, colour)
        yield svg.text(x + 14, _TOP - 26, chinese, 12)
        yield svg.text(x + 14, _TOP - 10, name, 10, "#555")
        x += 74


def _cell(x: float, y: float, count: int) -> Iterator[str]:
    """A cell the darker the more it holds; the steps double, as the nation holds so much more than any province."""
    step = min(7, count.bit_length())
    shade = round(96 - step * 9.5)
    yield svg.rect(x, y, _CELL - 2, _HIGH - 2, f"hsl(205,{60 if count else 0}%,{shade if count else 97}%)")
    if count:
        yield svg.text(x + _CELL / 2 - 1, y + 16, str(count), 12, "#fff" if step > 3 else "#123", "middle")


def _bar(x: float, y: float, bases: Counter[str]) -> Iterator[str]:
    total = sum(bases.values())
    for name in BASES:
        width = _BAR * bases[name] / total
        if width:
            yield svg.group((svg.rect(x, y + 4, width, _HIGH - 10, _BASIS[name][0]),), f"{name}: {bases[name]}")
        x += width


def _name(code: str) -> str:
    found = place(code)
    return f"{found.short} {found.english[0]}" if found else "国家 China"
