"""What an answer is made of: a clause as a whole, with the lists it contains."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.models import Level, Policy, Provision
from assistant.text.numerals import DIGITS

_MARKER = re.compile(rf"^\s*第[{DIGITS}]+条(?:之[{DIGITS}]+)?[\s　:：]*")
_CASE = re.compile(r"(?:情形|行为|情况)之一的?[，,]")
_LISTED = frozenset({Level.ITEM, Level.SUBITEM, Level.SUBPOINT, Level.DETAIL, Level.ROW})


@dataclass(frozen=True, slots=True)
class Passage:
    """One clause that bears on the question: its provisions in document order, the clause itself first."""

    policy: Policy
    provisions: tuple[Provision, ...]
    matched: frozenset[str]  # addresses of what the ranking found, before the rest of the clause was added
    relevance: float  # 0 to 1
    in_force: bool | None  # on the day asked


@dataclass(frozen=True, slots=True)
class Group:
    """A paragraph with the list that hangs on it; the list is shown whole or not at all."""

    lead: Provision
    items: tuple[Provision, ...]

    @property
    def text(self) -> str:
        """The words of the paragraph and its list together."""
        return "\n".join(p.text for p in (self.lead, *self.items))


def groups(passage: Passage) -> tuple[Group, ...]:
    """Return the paragraphs of a clause in order, each with its whole list."""
    return tuple(_groups(passage.provisions))


def _groups(provisions: tuple[Provision, ...]) -> Iterator[Group]:
    lead: Provision | None = None
    items: list[Provision] = []
    for provision in provisions:
        if lead and provision.level in _LISTED and provision.address.startswith(f"{lead.address}/"):
            items.append(provision)
            continue
        if lead:
            yield Group(lead, tuple(items))
        lead, items = provision, []
    if lead:
        yield Group(lead, tuple(items))


def body(provision: Provision) -> str:
    """Return a provision's words without its article number, which the heading of the answer already gives."""
    return _MARKER.sub("", provision.text, count=1).strip()


def words_in(language: str, provision: Provision) -> str:
    """Return the words of a provision that are quoted: a digest's English ones for a question in English."""
    return (provision.text_en if language == "en" else None) or body(provision)


def is_case(lead: str) -> bool:
    """Return whether a list tells the cases in which a rule applies, not what has to be met: 有下列情形之一的，不得安排."""
    return bool(_CASE.search(lead))
