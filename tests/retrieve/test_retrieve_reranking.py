"""What a reranker's scores do to the order of clauses, and what stands in where there is none."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings
from rerank_server import serving

from assistant import Assistant, providers
from assistant.config import EmbeddingSettings, RetrievalSettings, Settings
from assistant.errors import EngineError
from assistant.index import Index, Origin
from assistant.models import Chunk, Level, Metadata, Policy, Provision, Role, Status, Wording
from assistant.pipeline.ask import ask, scope_of, understood
from assistant.providers import E5Embeddings
from assistant.retrieve import Candidate, encoded, first_stage, resolve
from assistant.retrieve.reranking import COSINE, LATE, SUBJECT, WEAKEST, compared

QUESTION = "企业接收学生实习要付工资吗？"
TEXTS = (
    "第一条　企业接收学生实习的，应当向实习学生支付劳动报酬。",
    "第二条　学生实习期间，学校应当指派教师指导。",
    "第三条　土地使用权可以依法转让。",
    "第四条　企业应当为职工缴纳工伤保险费。",
)


class Counts(Embeddings):
    """Counts two words, plus a constant so that no vector is zero: a model whose cosines the ranker does not know."""

    model_id = "counts"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return [float(text.count("实习")), float(text.count("土地")), 0.1]


@pytest.fixture(scope="module")
def model() -> E5Embeddings:
    found = providers.embedder("e5", threads=1)
    if not isinstance(found, E5Embeddings):
        pytest.skip("the bundled model does not run in onnxruntime here")
    return found


def filled(home: Path, embedder: Embeddings, settings: Settings | None = None) -> Index:
    law = Policy(
        "law",
        "law.md",
        Wording.ORIGINAL,
        Metadata(title="学生实习办法"),
        tuple(Provision(f"law/art_{n}", Level.ARTICLE, f"第{n}条", text) for n, text in enumerate(TEXTS, start=1)),
    )
    chunks = [Chunk(n, (p.address,), f"学生实习办法 {p.locator}", p.text, 40) for n, p in enumerate(law.provisions)]
    index = Index.open(home, embedder, settings)
    with index.writing():
        index.put(law, chunks, Origin("/files/law.md", "digest", "built"))
    index.embed_pending()
    return index


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, model: E5Embeddings) -> Iterator[Index]:
    with filled(tmp_path_factory.mktemp("reranking") / "home", model) as opened:
        yield opened


def candidates(index: Index, **how: object) -> list[Candidate]:
    """The four clauses in the order of the first stage, compared as the test says."""
    inquiry, scope = understood(QUESTION, index), scope_of(index)
    question = encoded(inquiry, index)
    found = first_stage(inquiry, resolve(inquiry, index, scope), question, index, scope, RetrievalSettings(), 10)
    return compared(found, inquiry, question, index, **how)  # type: ignore[arg-type]


def by_text(found: Sequence[Candidate], figure: str) -> dict[str, float]:
    return {c.chunk.text: getattr(c, figure) for c in found}


def backwards(question: str, texts: Sequence[str]) -> list[float]:
    """Scores of a scale of their own: the last clause has most, and far more than the rest."""
    assert question == QUESTION
    return [1e6 if text.endswith(TEXTS[3]) else -float(n) for n, text in enumerate(texts)]


@pytest.mark.parametrize("figure", ["late", "late_subject"])
def test_a_rerankers_order_is_taken_over_with_the_figures_that_late_interaction_has_for_the_question(index, figure):
    late, reranked = by_text(candidates(index), figure), by_text(candidates(index, reranker=backwards), figure)
    assert sorted(late.values()) == sorted(reranked.values())
    assert max(late, key=late.__getitem__) == TEXTS[0]
    expected = [TEXTS[3], *(c.chunk.text for c in candidates(index) if c.chunk.text != TEXTS[3])]
    assert sorted(reranked, key=lambda text: -reranked[text]) == expected


def test_a_reranker_is_given_each_clause_with_its_title_and_place(index):
    given: list[str] = []

    def remember(_: str, texts: Sequence[str]) -> list[float]:
        given.extend(texts)
        return [0.0] * len(texts)

    candidates(index, reranker=remember)
    assert sorted(given) == [f"学生实习办法 第{n}条\n{text}" for n, text in enumerate(TEXTS, start=1)]


def test_clauses_that_a_reranker_does_not_tell_apart_keep_the_order_of_the_first_stage(index):
    found = candidates(index, reranker=lambda _, texts: [0.5] * len(texts))
    assert [c.late for c in found] == sorted((c.late for c in found), reverse=True)


def test_a_reranker_that_fails_is_told_and_late_interaction_orders_the_clauses(index, caplog):
    def fail(_: str, __: Sequence[str]) -> list[float]:
        raise EngineError("The reranker is down.")

    with caplog.at_level(logging.WARNING):
        assert candidates(index, reranker=fail) == candidates(index)
    assert caplog.messages == ["The reranker is down. Clauses are ranked without it."]


def test_without_a_reranker_the_first_stage_gives_out_the_figures_of_a_typical_question(index):
    found = candidates(index, late=False)
    # Each of four clauses stands for a quarter of what is typical: the middle of the best quarter is at 7/8, …
    assert [c.late for c in found] == pytest.approx([LATE.inv_cdf(share / 8) for share in (7, 5, 3, 1)])
    assert [c.late_subject for c in found] == pytest.approx([SUBJECT.inv_cdf(share / 8) for share in (7, 5, 3, 1)])
    assert {c.weakest for c in found} == {WEAKEST}
    assert by_text(found, "cosine") == by_text(candidates(index), "cosine")


def test_another_models_cosines_are_brought_to_the_scale_the_ranker_knows(tmp_path):
    with filled(tmp_path / "home", Counts()) as index:
        found = {c.chunk.text: c for c in candidates(index)}
        near = index.search_vectors(index.encode(QUESTION).vector, 4)
        order = [chunk.text for chunk in index.chunks([id_ for id_, _ in near]).values()]
    expected = [COSINE.inv_cdf(share / 8) for share in (7, 5, 3, 1)]
    assert sorted((c.cosine for c in found.values()), reverse=True) == pytest.approx(expected)
    # Of clauses that this model finds equally near, one or the other comes first.
    assert sorted(found, key=lambda text: -found[text].cosine)[:2] == order[:2]


def test_of_what_was_found_nothing_changes_but_the_figures(index):
    figures = {"late": None, "late_subject": None, "weakest": None, "cosine": None}
    plain, judged = candidates(index, late=False), candidates(index, reranker=backwards)
    assert [replace(c, **figures) for c in plain] == [replace(c, **figures) for c in judged]


def test_nothing_is_compared_where_nothing_was_found(index):
    inquiry = understood(QUESTION, index)
    assert compared([], inquiry, encoded(inquiry, index), index, reranker=backwards) == []


# -- token vectors turned off


def test_token_vectors_turned_off_are_neither_made_nor_kept_nor_read(tmp_path, model):
    home = tmp_path / "home"
    off = Settings(embedding=EmbeddingSettings(token_vectors=False))
    with filled(home, model, off) as index:
        assert not (home / "tokens").exists()
        question = index.encode(QUESTION)
        assert question.tokens is None
        assert np.array_equal(question.vector, model.model.encode_query(QUESTION).vector)
        assert index.compare(question, index.chunks_of("law")) is None
        assert index.doctor() == []
    with filled(tmp_path / "other", model) as index:
        with_tokens = index.search_vectors(question.vector, 4)
    with Index.open(home, model, off) as index:
        assert index.search_vectors(question.vector, 4) == with_tokens  # nothing else is changed


def test_token_vectors_kept_before_they_were_turned_off_are_told_and_removed_by_repair(tmp_path, model):
    home = tmp_path / "home"
    filled(home, model).close()
    kept = sum(file.stat().st_size for file in (home / "tokens").iterdir())
    assert kept > 0
    with Index.open(home, model, Settings(embedding=EmbeddingSettings(token_vectors=False))) as index:
        said = f"token vectors are turned off, and {kept / 1e6:.1f} MB of them are still kept"
        assert [str(finding) for finding in index.doctor()] == [f"vectors: {said}"]
        assert [finding.repaired for finding in index.doctor(repair=True)] == [True]
        assert index.doctor() == []
        assert list((home / "tokens").iterdir()) == []


def test_token_vectors_turned_on_later_are_made_for_the_clauses_a_question_leads_to(tmp_path, model, index):
    home = tmp_path / "home"
    filled(home, model, Settings(embedding=EmbeddingSettings(token_vectors=False))).close()
    with Index.open(home, model) as later:
        assert later.pending() == 0
        assert by_text(candidates(later), "late") == by_text(candidates(index), "late")


# -- the whole way


def test_a_servers_scores_decide_which_clause_comes_first(tmp_path, model):
    home = tmp_path / "home"
    filled(home, model).close()
    with serving() as server:
        server.judge = lambda _, text: float(text.endswith(TEXTS[3]))
        named = RetrievalSettings(reranker=server.url, reranker_model="m")
        with Assistant.open(home) as plain, Assistant.open(home, Settings(retrieval=named)) as judged:
            assert plain.search(QUESTION)[0].text == TEXTS[0]
            assert judged.search(QUESTION)[0].text == TEXTS[3]
    assert [(body["model"], body["query"], len(body["documents"])) for _, body, _ in server.asked] == [
        ("m", QUESTION, 4)
    ]


def test_with_a_server_that_is_down_late_interaction_ranks_and_the_log_says_so(tmp_path, model, caplog):
    home = tmp_path / "home"
    filled(home, model).close()
    with serving() as server:
        url = server.url
    down = Settings(retrieval=RetrievalSettings(reranker=url))
    with Assistant.open(home) as plain, Assistant.open(home, down) as judged, caplog.at_level(logging.WARNING):
        assert judged.search(QUESTION) == plain.search(QUESTION)
        assert judged.ask(QUESTION).statements == plain.ask(QUESTION).statements
    first, second = caplog.messages
    assert first.startswith(f"The reranker at {url}/rerank cannot be reached (")
    assert second.startswith(f"The reranker at {url}/rerank failed a moment ago")
    assert {message.partition(". Clauses")[2] for message in caplog.messages} == {" are ranked without it."}


@pytest.mark.parametrize("without", ["a reranker", "token vectors", "the bundled model"])
def test_questions_are_answered_all_the_same_without(without, tmp_path, model):
    settings = Settings(
        embedding=EmbeddingSettings(token_vectors=without != "token vectors"),
        retrieval=RetrievalSettings(reranker="none" if without == "a reranker" else "late"),
    )
    with filled(tmp_path / "home", Counts() if without == "the bundled model" else model, settings) as index:
        answer = ask(QUESTION, index, settings)
    assert answer.status is Status.ANSWERED
    assert "应当向实习学生支付劳动报酬" in answer.citations[0].quote


def test_a_clause_is_also_compared_in_the_words_of_its_digest(tmp_path, model):
    """What people ask stands with the digest, whose place the official words have taken."""
    digest = Policy(
        "digest",
        "digest",
        Wording.DIGEST,
        Metadata(title="学生实习办法"),
        (Provision("digest/art_3", Level.ARTICLE, "第三条", "土地可以转让。", text_en="Land may be transferred."),),
    )
    own = Chunk(0, ("digest/art_3",), "学生实习办法 第三条", "土地可以转让。", 40)
    asked = Chunk(1, ("digest/art_3",), "学生实习办法", QUESTION, 40, Role.ASKS)
    with filled(tmp_path / "home", model) as index:
        with index.writing():
            index.put(digest, [own, asked], Origin("/files/digest", "digest", "built"))
        index.embed_pending()
        inquiry = understood(QUESTION, index)
        question = encoded(inquiry, index)
        land = next(c for c in index.chunks_of("law") if "土地" in c.text)
        alone = Candidate(land, first=0.5, cosine=0.8, word_rank=None, vector_rank=None)
        both = replace(alone, digest=index.chunks_of("digest")[0])
        figures = [c.late or 0.0 for c in compared([alone, both], inquiry, question, index)]
    assert figures[1] > figures[0] + 0.1
    assert figures[1] > 0.9  # the question itself, word for word, under a title
