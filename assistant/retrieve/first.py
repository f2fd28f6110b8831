"""The first stage of the ranking: words, bigrams and vectors fused, within the place asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from assistant.config import RetrievalSettings
from assistant.index import Encoded, Index
from assistant.retrieve.candidates import Candidate
from assistant.retrieve.fusion import Ranking, best_first, fuse
from assistant.retrieve.named import Named, Scope
from assistant.structure import places
from assistant.text import bigrams, normalise, words
from assistant.understand import Inquiry

SYNONYM_WEIGHT = 0.3  # of a word that stands for one in the question, as against the question's own
LOOK_FURTHER = 4  # times as many neighbours are fetched where some are dropped here: the vector store filters slowly


def encoded(inquiry: Inquiry, index: Index) -> Encoded:
    """Return the question as the embedder sees it.

    The field's Chinese words for what it calls otherwise stand behind it: education surcharge 教育费附加.
    """
    said = normalise(inquiry.text)
    terms = dict.fromkeys(form for s in inquiry.subjects for form in s.forms[1:2] if form not in said)
    return index.encode(" ".join((inquiry.text, *terms)))


def first_stage(
    inquiry: Inquiry,
    named: Named,
    question: Encoded,
    index: Index,
    scope: Scope,
    settings: RetrievalSettings,
    k: int,
    only: frozenset[str] | None = None,
) -> list[Candidate]:
    """Return what words, bigrams and vectors bring up together, best first, about k of each.

    Named documents are searched once more by themselves, so that they are there. `only` names the policies to search;
    None searches all that can hold in the place asked for.
    """
    allowed = _allowed(inquiry, scope) if only is None else only
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
    if named.policies and only is None:
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


def _joined(one: Ranking, other: Ranking) -> Ranking:
    return sorted({**dict(other), **dict(one)}.items(), key=lambda pair: (-pair[1], pair[0]))


def _ranks(ranking: Ranking) -> dict[int, int]:
    return {id_: rank for rank, (id_, _) in enumerate(ranking, start=1)}
