"""An installation as one person sees it: documents of others do not exist in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.index.index import Index, Terms, _Cache
from assistant.index.records import Entry, Failure, Reach, digest

if TYPE_CHECKING:
    from assistant.index.backlog import Floats
    from assistant.index.doctor import Finding
    from assistant.index.embedding import Encoder
    from assistant.index.records import StoredChunk
    from assistant.index.words import Ranking, Words
    from assistant.models import Policy, Provision

_MARK = "own_"  # no id that is made of a file's name holds a "_"


def space(owner: str | None) -> str:
    """Return how sources and ids of an owner's documents begin: two may hold the same file, and neither learns of it.

    The name itself is in none of them, as they are shown with what is published.
    """
    return f"{_MARK}{digest(owner, size=6).hex()}" if owner else ""


@dataclass(frozen=True, slots=True)
class _Sight:
    """What is there to be seen of one generation."""

    generation: int
    ids: frozenset[str]
    is_all: bool
    policies: tuple[Policy, ...]


class SeenIndex(Index):
    """Reads what is for everybody and what one person (None: nobody in particular) holds, and writes only the latter."""

    def __init__(self, whole: Index, name: str | None) -> None:
        self._whole, self._name = whole, name
        self.home, self.ledger, self.shelf = whole.home, whole.ledger, whole.shelf
        self._database, self._lock = whole._database, whole._lock
        self._sight: _Sight | None = None

    # -- what both share

    @cached_property
    def _encoder(self) -> Encoder | None:
        return self._whole._encoder

    def _current(self) -> _Cache:
        return self._whole._current()

    @contextmanager
    def reading(self) -> Iterator[None]:
        with self._whole.reading():
            yield

    def words(self) -> Words:
        return self._whole.words()

    def deliver_words(self) -> None:
        self._whole.deliver_words()

    def doctor(self, *, repair: bool = False) -> list[Finding]:
        return self._whole.doctor(repair=repair)

    def pending(self) -> int:
        return self._whole.pending()

    # -- what only exists for some

    def own(self) -> list[Entry]:
        """Return the documents of this person, those that wait to be confirmed among them."""
        return [entry for entry in self.ledger.entries() if entry.origin.owner == self._name]

    def let(self, source: str, reach: Reach) -> bool:
        """Change for whom a document of this person exists; return whether there is such a document."""
        found = any(entry.source == source for entry in self.own())
        if found:
            with self.writing():
                self.ledger.let(source, reach)
        return found

    def remove_all(self, sources: Iterable[str]) -> int:
        """Remove documents of this person together; return how many there were."""
        own = {entry.source for entry in self.own()}
        return super().remove_all([source for source in sources if source in own])

    def entries(self) -> list[Entry]:
        seen = self._look().ids
        return [entry for entry in self.ledger.entries() if entry.policy_id in seen]

    def failures(self) -> list[Failure]:
        """Return what could not be read when it was last tried, of what was put there for everybody or by this person."""
        own = space(self._name)
        return [
            failure
            for failure in self.ledger.all_failures()
            if not failure.source.startswith(_MARK) or (own and failure.source.startswith(own))
        ]

    def policies(self) -> tuple[Policy, ...]:
        return self._look().policies

    def policy(self, id_or_source: str) -> Policy | None:
        seen = self._look()
        by_source = (policy.id for policy in seen.policies if policy.source == id_or_source)
        id_ = id_or_source if id_or_source in seen.ids else next(by_source, None)
        return self.ledger.policy(id_) if id_ else None

    def find_policies(self, *, doc_number: str | None = None, title: str | None = None) -> list[Policy]:
        seen = self._look()
        ids = self.ledger.by_number(doc_number) if doc_number else self.ledger.by_title(title or "", seen.ids)
        known = {policy.id: policy for policy in seen.policies}
        return [known[id_] for id_ in ids if id_ in known]

    def subtree(self, address: str) -> tuple[Provision, ...]:
        return self._whole.subtree(address) if address.partition("/")[0] in self._look().ids else ()

    def chunks(self, ids: Collection[int]) -> dict[int, StoredChunk]:
        seen = self._look().ids
        return {id_: chunk for id_, chunk in self._whole.chunks(ids).items() if chunk.policy.id in seen}

    def chunks_of(self, policy_id: str) -> tuple[StoredChunk, ...]:
        return self._whole.chunks_of(policy_id) if policy_id in self._look().ids else ()

    def clause_of(self, chunk: StoredChunk) -> StoredChunk:
        return self._whole.clause_of(chunk)  # of the same policy

    def search_vectors(
        self,
        vector: Sequence[float] | Floats | None,
        k: int,
        *,
        policies: Collection[str] | None = None,
        language: str | None = None,
    ) -> Ranking:
        return self._whole.search_vectors(vector, k, policies=self._among(policies), language=language)

    def _search(self, leg: str, terms: Terms, k: int, head: float, policies: Collection[str] | None) -> Ranking:
        return self._whole._search(leg, terms, k, head, self._among(policies))

    def _among(self, policies: Collection[str] | None) -> Collection[str] | None:
        """What to search in: what is hidden must not take the places of what is found."""
        seen = self._look()
        if seen.is_all:
            return policies
        return seen.ids if policies is None else seen.ids.intersection(policies)

    def _look(self) -> _Sight:
        generation = self._whole.generation
        if self._sight is None or self._sight.generation != generation:
            ids, is_all = self.ledger.seen_by(self._name)
            policies = self._whole.policies()
            seen = tuple(policy for policy in policies if policy.id in ids)
            seen = policies if len(seen) == len(policies) else seen  # the very same, which what is worked out goes by
            self._sight = _Sight(generation, ids, is_all, seen)
        return self._sight
