"""What is evaluated: anything that answers a question and ranks clauses for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeAlias, cast

from assistant import pipeline
from assistant.chat import Chat
from assistant.config import Settings
from assistant.evaluation.cases import Case
from assistant.index import Index
from assistant.pipeline import Reply

Clause: TypeAlias = tuple[str, str, str]  # source, policy id, locator

OURS = "assistant"
BASELINE = "baseline"
WORDED = "worded"  # the assistant with a language model
SEARCHED = 10  # places of a search that are looked at


class System(Protocol):
    """Something that can be asked the questions of the sets."""

    name: str

    def ask(self, case: Case) -> Reply:
        """Return its answer, with how it was worded where a language model took part."""

    def search(self, case: Case) -> Sequence[Sequence[Clause]]:
        """Return what stands at each of the first places of its ranking: the clauses that one result holds."""


class Installation:
    """The assistant itself, over the documents of one installation; with a language model where one is given."""

    def __init__(self, index: Index, settings: Settings, chat: Chat | None = None) -> None:
        self._index, self._settings, self._chat = index, settings, chat
        self.name = WORDED if chat else OURS

    def ask(self, case: Case) -> Reply:
        """Return its answer, as `assistant ask` gives it."""
        *history, question = case.turns
        writing = pipeline.reply(
            question, self._index, self._settings, self._chat,
            history=history, as_of=case.as_of, jurisdiction=case.jurisdiction,
        )  # fmt: skip
        while True:
            try:
                next(writing)
            except StopIteration as end:
                return cast("Reply", end.value)

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
