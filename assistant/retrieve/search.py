"""The ranking: what the first stage brings up, compared with the question, ordered by all that is known of a clause."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant import validity
from assistant.config import RetrievalSettings
from assistant.index import Index, StoredChunk
from assistant.models import Provision, Role
from assistant.rerankers import Reranker
from assistant.retrieve import ranker
from assistant.retrieve.candidates import Candidate, Hit, clause_of
from assistant.retrieve.first import encoded, first_stage
from assistant.retrieve.named import Named, Scope
from assistant.retrieve.reranking import compared
from assistant.text import words
from assistant.text.normal import squeeze
from assistant.understand import Inquiry
from assistant.understand.evidence import coverage

NAMED_DEPTH = 20  # clauses of named documents that are compared though no ranking put them in front


def idf(index: Index, term: str) -> float:
    """Return how much it tells that a clause has a word: the logarithm of one over the share of clauses with it."""
    parts = words(term) or [term]
    return math.log(1 + max(index.size, 1) / (1 + max(index.df(part) for part in parts[-1:])))


def search(
    inquiry: Inquiry,
    named: Named,
    index: Index,
    scope: Scope,
    settings: RetrievalSettings,
    k: int,
    order: Callable[[Sequence[ranker.Features]], list[tuple[int, float]]] = ranker.rank,
    reranker: Reranker | None = None,
    within: frozenset[str] | None = None,
) -> list[Hit]:
    """Return the k best clauses, each with the score that `order` gives: by default the probability that it answers.

    `within` names the policies to search; None searches all that can hold in the place asked for.
    """
    question = encoded(inquiry, index)
    first = first_stage(inquiry, named, question, index, scope, settings, max(settings.candidates, k), within)
    depth = max(settings.rerank_depth, k)
    candidates = _with_named_clauses(named, index, _deep_enough(first, depth, named))
    candidates = _originals_first(candidates, index, scope)
    clauses = [_provisions(c.chunk, index) for c in candidates]
    candidates = [
        replace(
            c,
            coverage=coverage(inquiry.subjects, _everything(c.chunk)),
            named=c.chunk.policy.id in named.policies,
            named_clause=_names(named, c.chunk),
            in_force=validity.in_force(scope.spans[c.chunk.policy.id], clause[0] if clause else None, inquiry.as_of),
        )
        for c, clause in zip(candidates, clauses, strict=True)
    ]
    candidates = compared(candidates, inquiry, question, index, late=settings.reranker != "none", reranker=reranker)
    figures = ranker.features(inquiry, bool(named.policies), candidates, clauses)
    hits = [_hit(candidates[i], clauses[i], figures[i], score) for i, score in order(figures)]
    return _once(hits)[:k]


def _deep_enough(candidates: list[Candidate], depth: int, named: Named) -> list[Candidate]:
    """The first so many, and of the documents that the question names so many more: they are meant, however worded."""
    further = (c for c in candidates[depth:] if c.chunk.policy.id in named.policies)
    return [*candidates[:depth], *itertools.islice(further, NAMED_DEPTH)]


def _with_named_clauses(named: Named, index: Index, candidates: list[Candidate]) -> list[Candidate]:
    """Add the clauses that the question names and no ranking brought up."""
    there = {c.chunk.id for c in candidates}
    missing = [
        chunk
        for address in sorted(named.clauses)
        for chunk in index.chunks_of(address.split("/")[0])
        if chunk.role is Role.TEXT
        and chunk.id not in there
        and any(_within(a, address) or _within(address, a) for a in chunk.addresses)
    ]
    return [*candidates, *(Candidate(chunk, 0.0, None, None, None) for chunk in missing)]


def _originals_first(candidates: Sequence[Candidate], index: Index, scope: Scope) -> list[Candidate]:
    """Put the official words in place of a digest of the same clause, where the original is held."""
    result: list[Candidate] = []
    for candidate in candidates:
        original = scope.originals.get(candidate.chunk.policy.id)
        result.append(_swap(candidate, original, index) if original else candidate)
    best: dict[int, Candidate] = {}
    for candidate in result:
        kept = best.get(candidate.chunk.id)
        if kept is None:
            best[candidate.chunk.id] = candidate
        else:
            better = candidate if candidate.first > kept.first else kept
            best[candidate.chunk.id] = replace(better, digest=kept.digest or candidate.digest)
    return list(best.values())


def _swap(candidate: Candidate, original: str, index: Index) -> Candidate:
    place = candidate.chunk.addresses[0].partition("/")[2]
    wanted = f"{original}/{place}"
    for chunk in index.chunks_of(original):
        if chunk.role is Role.TEXT and any(_within(a, wanted) or _within(wanted, a) for a in chunk.addresses):
            return replace(candidate, chunk=chunk, digest=candidate.chunk)
    return candidate


def _provisions(chunk: StoredChunk, index: Index) -> tuple[Provision, ...]:
    """The clause a chunk is part of, or the provisions it gathers."""
    held = set(chunk.addresses)
    return tuple(p for p in index.subtree(clause_of(chunk.addresses)) if p.address in held)


def _hit(candidate: Candidate, provisions: Sequence[Provision], figures: ranker.Features, score: float) -> Hit:
    chunk = candidate.chunk
    return Hit(
        chunk=chunk,
        score=score,
        features=figures,
        address=chunk.addresses[0],
        locator=provisions[0].locator if provisions else "",
        word_rank=candidate.word_rank,
        vector_rank=candidate.vector_rank,
        in_force=candidate.in_force,
    )


def _once(hits: Iterable[Hit]) -> list[Hit]:
    """Drop a clause whose very words came before it: one text under two names answers once."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for hit in hits:
        key = (_squeezed(hit.text), _squeezed(hit.policy.metadata.title or ""))
        if key not in seen:
            seen.add(key)
            kept.append(hit)
    return kept


@lru_cache(maxsize=4_096)
def _squeezed(text: str) -> str:
    """The same clauses come up in many questions."""
    return squeeze(text)


def _names(named: Named, chunk: StoredChunk) -> bool:
    return any(_within(a, address) or _within(address, a) for a in chunk.addresses for address in named.clauses)


def _within(address: str, clause: str) -> bool:
    return address == clause or address.startswith(f"{clause}/")


def _everything(chunk: StoredChunk) -> str:
    return "\n".join((chunk.context, chunk.policy.metadata.title_en or "", chunk.text, chunk.text_en or ""))
