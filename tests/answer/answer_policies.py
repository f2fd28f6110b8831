"""Policies, clauses and questions written for the tests, small enough to check by eye."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from assistant.answer.passages import Passage
from assistant.models import Citation, Level, Metadata, Policy, Provision, Tier, Wording
from assistant.understand import Inquiry, glossary, understand

TODAY = dt.date(2026, 3, 1)
LEVELS = {
    "art": Level.ARTICLE, "para": Level.PARAGRAPH, "item": Level.ITEM, "sub": Level.SUBITEM, "part": Level.PART,
    "point": Level.POINT, "subpoint": Level.SUBPOINT,
}  # fmt: skip


def clause(address: str, text: str, locator: str = "", **more: object) -> Provision:
    """A provision whose level is told from its address."""
    step = address.rpartition("/")[2].partition("_")[0]
    return Provision(address, LEVELS[step], locator or address, text, **more)


def policy(
    id_: str,
    *provisions: Provision,
    wording: Wording = Wording.ORIGINAL,
    status: str | None = None,
    **metadata: object,
) -> Policy:
    return Policy(
        id=id_,
        source=f"{id_}.md",
        wording=wording,
        metadata=Metadata(**{"title": "试点办法", "tier": Tier.NORMATIVE, "jurisdiction": "CN", **metadata}),
        provisions=provisions,
        status=status,
    )


def passage(of: Policy, *provisions: Provision, matched: Sequence[str] = (), in_force: bool | None = True) -> Passage:
    return Passage(of, provisions or of.provisions, frozenset(matched), 1.0, in_force)


def inquiry(question: str, as_of: dt.date | None = None) -> Inquiry:
    """The question as understood, every word telling equally much."""
    return understand(question, glossary=glossary.bundled(), idf=lambda _: 1.0, today=TODAY, as_of=as_of)


def citation(n: int, address: str, quote: str) -> Citation:
    return Citation(
        n,
        "p.md",
        "p",
        "试点办法",
        None,
        Tier.NORMATIVE,
        "CN",
        address,
        address,
        quote,
        Wording.ORIGINAL,
        None,
        None,
        True,
    )
