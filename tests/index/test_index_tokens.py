"""Token vectors of the bundled model: made with the vectors or by the first question that needs them, and kept."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from index_fakes import policy, put

from assistant import providers
from assistant.engine import Piece
from assistant.index import Encoded, Index, embedding
from assistant.providers import E5Embeddings, Embedder

CLAUSES = (
    "企业接收学生实习的，应当向实习学生支付劳动报酬。",
    "职业学校教师每五年至少有六个月到企业实践。",
    "土地使用权可以依法转让。",
)


@pytest.fixture(scope="module")
def model() -> Embedder:
    found = providers.embedder("e5")
    if not isinstance(found, E5Embeddings):
        pytest.skip("the bundled model does not run in onnxruntime here")
    return found


def test_a_question_is_compared_with_each_clause_piece_by_piece(home: Path, model: Embedder) -> None:
    with Index.open(home, model) as index:
        put(index, policy("law", *CLAUSES))
        assert index.embed_pending() == 3
        question = index.encode("实习生有工资吗？")
        chunks = index.chunks_of("law")
        profiles = index.compare(question, chunks)
        assert profiles is not None
        assert [profile.shape for profile in profiles] == [(len(question.pieces),)] * 3
        means = [float(profile.mean()) for profile in profiles]
        assert max(means) == means[0]
        nearest = index.chunks([id_ for id_, _ in index.search_vectors(question.vector, 1)])
        assert [chunk.text for chunk in nearest.values()] == [CLAUSES[0]]
        assert index.doctor() == []


def test_token_vectors_that_are_not_there_are_made_by_the_first_question_and_kept(
    home: Path, model: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = policy("law", *(f"第{n}项：企业接收实习学生。" for n in range(9)))
    with Index.open(home, model) as index:
        put(index, many)
        index.embed_pending()
        question, chunks = index.encode("实习"), index.chunks_of("law")
        expected = index.compare(question, chunks)
    shutil.rmtree(home / "tokens")
    with Index.open(home, model) as index:
        assert index.doctor() == []
        monkeypatch.setattr(embedding, "AT_ONCE_ON_THE_FLY", 8)
        assert index.compare(question, chunks) is None  # nine are too many to wait for
        assert np.array_equal(index.compare(question, chunks[:8]), expected[:8])
        assert np.array_equal(index.compare(question, chunks), expected)  # only one was left to make


def test_missing_token_vectors_are_made_a_few_at_a_time_and_those_that_are_there_are_left(
    home: Path, model: Embedder
) -> None:
    with Index.open(home, model) as index:
        put(index, policy("law", *(f"第{n}项：企业接收实习学生。" for n in range(9))))
        index.embed_pending()
        question, chunks = index.encode("实习"), index.chunks_of("law")
        expected = index.compare(question, chunks)
    shutil.rmtree(home / "tokens")
    with Index.open(home, model) as index:
        index.compare(question, chunks[:2])  # the first question met two of them
        assert list(index.make_token_vectors()) == [6, 1]
        assert list(index.make_token_vectors()) == [0, 0]
        assert np.array_equal(index.compare(question, chunks), expected)


def test_while_another_thread_writes_an_answer_does_not_wait_for_it(home: Path, model: Embedder) -> None:
    with Index.open(home, model) as index, ThreadPoolExecutor(1) as other:
        put(index, policy("law", *CLAUSES))
        index.embed_pending()
        shutil.rmtree(home / "tokens")
        question, chunks = index.encode("实习"), index.chunks_of("law")
        with index.writing():
            assert other.submit(index.compare, question, chunks).result(timeout=60) is not None
        assert not (home / "tokens").exists()
        assert index.compare(question, chunks) is not None
        assert (home / "tokens").exists()


def test_a_question_without_token_vectors_is_not_compared(index: Index) -> None:
    put(index, policy("law", *CLAUSES))
    question = index.encode("实习")
    assert question.tokens is None
    assert np.linalg.norm(question.vector) == pytest.approx(1)
    assert index.compare(question, index.chunks_of("law")) is None


def test_stretches_of_a_question_share_the_weight_among_their_pieces() -> None:
    pieces = (Piece(1, 0, 2), Piece(2, 2, 3), Piece(3, 3, 6))
    question = Encoded(None, np.zeros((3, 4), np.float32), pieces)
    # 0-3 of weight 3 covers the first piece with two of its three characters and the second with one; 3-6 the third.
    assert question.shares([(0, 3, 3.0), (3, 6, 1.0)]) == pytest.approx([0.5, 0.25, 0.25])
    assert question.shares([]) == pytest.approx([0, 0, 0])
    assert question.shares([(9, 12, 1.0)]) == pytest.approx([0, 0, 0])
