"""What a reader must know besides the verdict: unchecked clauses, dates, places, and who decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from assistant.eligibility.model import Amount, Clause, Finding, GroupFinding, Scheme, Standing
from assistant.eligibility.phrase import Phrase
from assistant.structure.places import NATION, chain, place

AUTHORITY_DECIDES = Phrase(
    "以上根据条文和所给事实推算，是否符合、金额多少，以主管部门认定为准。",
    "This is worked out from the clauses and the facts given; the authority decides whether you qualify and for how much.",
)


def notices(
    scheme: Scheme,
    at: str | None,
    day: dt.date,
    stands: Standing,
    found: GroupFinding,
    excluded: GroupFinding | None,
    amounts: Iterable[Amount],
) -> tuple[Phrase, ...]:
    """Return the notices of a verdict, the weightiest first."""
    said: list[Phrase] = []
    if text := _standing(scheme, at, day, stands):
        said.append(text)
    leaves = found.leaves + (excluded.leaves if excluded else ())
    clauses = [leaf.clause for leaf in leaves] + [line.clause for a in amounts for line in a.trace if line.clause]
    if text := _from_memory(clauses):
        said.append(text)
    said.extend(_parts(leaves))
    said.extend(notice for a in amounts for notice in a.notices)
    said.append(AUTHORITY_DECIDES)
    return tuple(dict.fromkeys(said))


def place_name(code: str) -> Phrase:
    """Return the name of a place in both languages."""
    if code == NATION:
        return Phrase("全国", "the nation")
    found = place(code)
    return Phrase(found.name, found.english[0] if found.english else found.name) if found else Phrase(code, code)


def _standing(scheme: Scheme, at: str | None, day: dt.date, stands: Standing) -> Phrase | None:
    where = place_name(scheme.place)
    match stands:
        case Standing.ELSEWHERE:
            here = place_name(at or NATION)
            return Phrase(
                f"本项只适用于{where.zh}，企业在{here.zh}，不适用。",
                f"It holds in {where.en} only; the company is in {here.en}.",
            )
        case Standing.NOT_YET:
            return Phrase(
                f"{day}尚未施行，自{scheme.effective}起施行。",
                f"Not yet in force on {day}; it takes effect on {scheme.effective}.",
            )
        case Standing.ENDED:
            return Phrase(
                f"{day}已不再施行，最后一天是{scheme.expires}。",
                f"No longer in force on {day}; its last day was {scheme.expires}.",
            )
        case Standing.UNDATED:
            return Phrase(
                f"没有确认它在{day}是否有效，请向主管部门核实。",
                f"Nobody has confirmed that it is in force on {day}; ask the authority.",
            )
        case Standing.IN_FORCE if scheme.place != NATION and (at is None or scheme.place not in chain(at)):
            return Phrase(f"按企业在{where.zh}判断。", f"Taken for a company in {where.en}.")
    return None


def _from_memory(clauses: Iterable[Clause]) -> Phrase | None:
    unchecked = list(dict.fromkeys(clause.locator for clause in clauses if clause.from_memory))
    if not unchecked:
        return None
    listed = "、".join(unchecked)
    return Phrase(
        f"这些条款尚未对照原文核实，请以官方文本为准：{listed}。",
        f"These clauses have not been checked against the official text: {listed}.",
    )


def _parts(leaves: Iterable[Finding]) -> Iterable[Phrase]:
    for leaf in leaves:
        if leaf.partial and leaf.given:
            yield Phrase(
                f"{leaf.fact.label.zh}只知道一部分：{leaf.given.words}。",
                f"Of {leaf.fact.label.en}, only a part is known: {leaf.given.words}.",
            )
