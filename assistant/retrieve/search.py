"""The ranking: words, bigrams and vectors fused, compared piece by piece, ordered by all that is known of a clause."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant import validity
from assistant.config import RetrievalSettings
from assistant.index import Encoded, Index, StoredChunk
from assistant.models import Provision, Role
from assistant.retrieve import ranker
from assistant.retrieve.candidates import Candidate, Hit, clause_of
from assistant.retrieve.fusion import Ranking, best_first, fuse
from assistant.retrieve.named import Named, Scope
from assistant.structure import places
from assistant.text import bigrams, normalise, words
from assistant.text.normal import squeeze
from assistant.understand import Inquiry
from assistant.understand.evidence import Subject, coverage

Floats = NDArray[np.float32]

NAMED_DEPTH = 20  # clauses of named documents that are compared though no ranking put them in front
SYNONYM_WEIGHT = 0.3  # of a word that stands for one in the question, as against the question's own
LOOK_FURTHER = 4  # times as many neighbours are fetched where some are dropped here: the vector store filters slowly


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
) -> list[Hit]:
    """Return the k best clauses, each with the score that `order` gives: by default the probability that it answers."""
    question = index.encode(_in_field_words(inquiry))
    first = _first_stage(
        inquiry, question, index, settings, _allowed(inquiry, scope), named, max(settings.candidates, k)
    )
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
    if settings.rerank:
        candidates = _late(candidates, question, inquiry.subjects, index)
    figures = ranker.features(inquiry, bool(named.policies), candidates, clauses)
    hits = [_hit(candidates[i], clauses[i], figures[i], score) for i, score in order(figures)]
    return _once(hits)[:k]


def _in_field_words(inquiry: Inquiry) -> str:
    """The question with the field's Chinese words for what it calls otherwise behind it: education surcharge 教育费附加."""
    said = normalise(inquiry.text)
    terms = dict.fromkeys(form for s in inquiry.subjects for form in s.forms[1:2] if form not in said)
    return " ".join((inquiry.text, *terms))


def _deep_enough(candidates: list[Candidate], depth: int, named: Named) -> list[Candidate]:
    """The first so many, and of the documents that the question names so many more: they are meant, however worded."""
    further = (c for c in candidates[depth:] if c.chunk.policy.id in named.policies)
    return [*candidates[:depth], *itertools.islice(further, NAMED_DEPTH)]


def _first_stage(
    inquiry: Inquiry,
    question: Encoded,
    index: Index,
    settings: RetrievalSettings,
    allowed: frozenset[str] | None,
    named: Named,
    k: int,
) -> list[Candidate]:
    """Words, bigrams and vectors fused; named documents are searched once more by themselves, so that they are there."""
    by_word, by_pair = _terms(inquiry, words), _terms(inquiry, bigrams)

    def near(within: frozenset[str] | None, language: str | None) -> Ranking:
        found = index.search_vectors(question.vector, k if within is None else LOOK_FURTHER * k, language=language)
        if within is not None:
            chunks = index.chunks([id_ for id_, _ in found])
            found = [hit for hit in found if hit[0] in chunks and chunks[hit[0]].policy.id in within]
        return _clauses(found[:k], index)

    def legs(within: frozenset[str] | None) -> tuple[Ranking, ...]:
        # A question in English is nearer to any English text than to the right Chinese one: each language ranks alone.
        languages = ("en", "zh") if inquiry.language == "en" else (None,)
        return (
            _clauses(index.search_words(by_word, k, policies=within), index),
            _clauses(index.search_bigrams(by_pair, k, policies=within), index),
            *(near(within, language) for language in languages),
        )

    rankings = legs(allowed)
    if named.policies:
        rankings = tuple(_joined(all_, ours) for all_, ours in zip(rankings, legs(named.policies), strict=True))
    word_leg, pair_leg, *vector_legs = rankings
    fused = fuse(
        [(settings.words, word_leg), (settings.bigrams, pair_leg), *((settings.vectors, leg) for leg in vector_legs)]
    )
    cosines = _highest(vector_legs)
    by_words, by_pairs = _ranks(word_leg), _ranks(pair_leg)
    by_meaning = [_ranks(leg) for leg in vector_legs]
    by_vectors = {id_: min(r[id_] for r in by_meaning if id_ in r) for id_ in cosines}
    return [
        Candidate(
            chunk,
            first=fused[id_],
            cosine=cosines.get(id_),
            word_rank=min((r[id_] for r in (by_words, by_pairs) if id_ in r), default=None),
            vector_rank=by_vectors.get(id_),
        )
        for id_, chunk in index.chunks(best_first(fused)).items()
    ]


def _clauses(ranking: Ranking, index: Index) -> Ranking:
    """The ranking with each chunk's clause in its place, once: a translation or a lay question stands for its clause."""
    chunks = index.chunks([id_ for id_, _ in ranking])
    best: dict[int, float] = {}
    for id_, score in ranking:
        if id_ in chunks:
            clause = index.clause_of(chunks[id_]).id
            best[clause] = max(score, best.get(clause, score))
    return sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))


def _highest(legs: Iterable[Ranking]) -> dict[int, float]:
    best: dict[int, float] = {}
    for id_, score in (hit for leg in legs for hit in leg):
        best[id_] = max(score, best.get(id_, score))
    return best


def _terms(inquiry: Inquiry, cut: Callable[[str], list[str]]) -> dict[str, float]:
    """The question's terms, and at a lower weight those of words that stand for its own."""
    terms: dict[str, float] = defaultdict(float)
    for subject in inquiry.subjects:
        for form in subject.forms:
            for term in cut(form):
                terms[term] = SYNONYM_WEIGHT
    for term in cut(inquiry.text):
        terms[term] = 1.0
    return dict(terms)


def _allowed(inquiry: Inquiry, scope: Scope) -> frozenset[str] | None:
    """The policies that can hold in the place asked for: its own, those of places above and within it; None: all."""
    here = inquiry.jurisdiction
    if not here or here == places.NATION:
        return None
    chain = places.chain(here)
    return frozenset(
        id_
        for id_, policy in scope.policies.items()
        if (code := policy.metadata.jurisdiction) is None or code in chain or here in places.chain(code)
    )


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
        if kept is None or candidate.first > kept.first:
            best[candidate.chunk.id] = candidate
    return list(best.values())


def _swap(candidate: Candidate, original: str, index: Index) -> Candidate:
    place = candidate.chunk.addresses[0].partition("/")[2]
    wanted = f"{original}/{place}"
    for chunk in index.chunks_of(original):
        if chunk.role is Role.TEXT and any(_within(a, wanted) or _within(wanted, a) for a in chunk.addresses):
            return replace(candidate, chunk=chunk)
    return candidate


def _late(
    candidates: Sequence[Candidate], question: Encoded, subjects: Sequence[Subject], index: Index
) -> list[Candidate]:
    """Compare the question with each candidate piece by piece; a piece may find its like in any wording of the clause."""
    views = [(i, view) for i, c in enumerate(candidates) for view in _views(c.chunk, index)]
    profiles = index.compare(question, [view for _, view in views])
    if profiles is None:
        return list(candidates)
    shares = question.shares([(s.start, s.end, s.weight) for s in subjects])
    each = [question.shares([(s.start, s.end, 1.0)]) for s in subjects]
    best: dict[int, Floats] = {}
    for (i, _), profile in zip(views, profiles, strict=True):
        best[i] = np.maximum(best[i], profile) if i in best else profile
    return [
        replace(
            c,
            late=float(best[i].mean()),
            late_subject=float(best[i] @ shares),
            weakest=min((float(best[i] @ one) for one in each if one.any()), default=float(best[i].min(initial=1.0))),
        )
        for i, c in enumerate(candidates)
    ]


def _views(chunk: StoredChunk, index: Index) -> list[StoredChunk]:
    """A clause in all its words: its own, its translation, the questions it answers."""
    if not chunk.text_en:
        return [chunk]
    return [c for c in index.chunks_of(chunk.policy.id) if c.addresses == chunk.addresses]


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


def _joined(one: Ranking, other: Ranking) -> Ranking:
    return sorted({**dict(other), **dict(one)}.items(), key=lambda pair: (-pair[1], pair[0]))


def _ranks(ranking: Ranking) -> dict[int, int]:
    return {id_: rank for rank, (id_, _) in enumerate(ranking, start=1)}
