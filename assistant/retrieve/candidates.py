"""What the rankings brought up, with everything that is known of each clause before they are put in order."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.index import StoredChunk
from assistant.models import Policy


@dataclass(frozen=True, slots=True)
class Candidate:
    """A chunk that a ranking brought up, and what speaks for it."""

    chunk: StoredChunk
    first: float  # fused first-stage score, 0 to 1
    cosine: float | None  # None: the vectors did not bring it up
    word_rank: int | None  # 1-based, of the better word ranking
    vector_rank: int | None
    digest: StoredChunk | None = None  # of the same clause, for which the official words stand here
    late: float | None = None  # mean over the question's pieces of their nearest cosine in the clause (MaxSim)
    late_subject: float | None = None  # the same over the pieces of the question's subjects, weighted
    weakest: float | None = None  # the least that one of the question's subjects finds in the clause
    coverage: float = 0.0  # share of the question's subjects that it names
    named: bool = False  # the question names its document
    named_clause: bool = False  # the question names this very clause
    in_force: bool | None = None  # on the day asked


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause in the final ranking."""

    chunk: StoredChunk
    score: float  # probability that it answers, 0 to 1
    features: tuple[float, ...]  # what it was made of, see ranker.FEATURES
    address: str
    locator: str
    word_rank: int | None
    vector_rank: int | None
    in_force: bool | None

    @property
    def policy(self) -> Policy:
        """The document it stands in, without its provisions."""
        return self.chunk.policy

    @property
    def text(self) -> str:
        """The words of the clause."""
        return self.chunk.text


def clause_of(addresses: tuple[str, ...]) -> str:
    """Return the address of the smallest clause that holds all of a chunk's provisions; the policy's for a mixed one."""
    common = addresses[0].split("/")
    for address in addresses[1:]:
        steps = address.split("/")
        length = next(
            (i for i, (a, b) in enumerate(zip(common, steps, strict=False)) if a != b), min(len(common), len(steps))
        )
        common = common[:length]
    return "/".join(common)
