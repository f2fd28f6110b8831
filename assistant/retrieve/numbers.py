"""文号 written as people write them: 46号文, 财税46号, 财税2019年46号."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from assistant.models import Policy
from assistant.text.normal import normalise

_KNOWN = re.compile(r"(?P<word>[一-鿿 ]*?)\s*(?:\[?(?P<year>(?:19|20)\d\d)\]?)?年?第?(?P<no>\d{1,4})号")
_WRITTEN = re.compile(
    r"(?P<word>[一-鿿]{0,10}?)\s*(?:[\[(]?\s*(?P<year>(?:19|20)\d\d)\s*[\])]?\s*年?\s*)?第?\s*(?P<no>\d{1,4})\s*号(?P<text>文件?|公告|通知|令)?"
)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A 文号 in a question and the policies that have it."""

    written: str
    ids: frozenset[str]  # several where the question leaves open which is meant


class Numbers:
    """The 文号 of an installation, by their last number."""

    def __init__(self, policies: Iterable[Policy]) -> None:
        self._known: dict[str, list[tuple[str, str, str]]] = {}
        for policy in policies:
            for match in _KNOWN.finditer(normalise(policy.metadata.doc_number or "")):
                entry = (match["word"].replace(" ", ""), match["year"] or "", policy.id)
                self._known.setdefault(match["no"], []).append(entry)

    def find(self, text: str, taken: Collection[tuple[int, int]] = ()) -> tuple[Numbered, ...]:
        """Return the numbers in a text that are not written in full; `taken` are the places of those that are."""
        found = []
        for match in _WRITTEN.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            fitting = [
                (word, id_)
                for word, year, id_ in self._known.get(match["no"], ())
                if not match["year"] or match["year"] == year
            ]
            by_word = frozenset(id_ for word, id_ in fitting if word and match["word"].endswith(word))
            ids = by_word or (frozenset(id_ for _, id_ in fitting) if match["text"] else frozenset())
            if ids:
                found.append(Numbered(match[0].removeprefix(match["word"]).strip(), ids))
        return tuple(found)
