"""What is evaluated: anything that answers a question and ranks clauses for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeAlias

from assistant import pipeline
from assistant.config import Settings
from assistant.evaluation.cases import Case
from assistant.index import Index
from assistant.models import Answer

Clause: TypeAlias = tuple[str, str, str]  # source, policy id, locator

SEARCHED = 10  # places of a search that are looked at


class System(Protocol):
    """Something that can be asked the questions of the sets."""

    name: str

    def ask(self, case: Case) -> Answer:
        """Return its answer."""

    def search(self, case: Case) -> Sequence[Sequence[Clause]]:
        """Return what stands at each of the first places of its ranking: the clauses that one result holds."""


class Installation:
    """The assistant itself, over the documents of one installation."""

    name = "assistant"

    def __init__(self, index: Index, settings: Settings) -> None:
        self._index, self._settings = index, settings

    def ask(self, case: Case) -> Answer:
        """Return its answer, as `assistant ask` gives it."""
        *history, question = case.turns
        return pipeline.ask(
            question, self._index, self._settings, history=history, as_of=case.as_of, jurisdiction=case.jurisdiction
        )

    def search(self, case: Case) -> Sequence[Sequence[Clause]]:
        """Return its ranking, as `assistant search` gives it."""
        hits = pipeline.search(case.question, self._index, self._settings, k=SEARCHED)
        return [
            [
                (hit.policy.source, hit.policy.id, provision.locator)
                for address in hit.chunk.addresses
                for provision in self._index.subtree(address)[:1]
            ]
            for hit in hits
        ]
