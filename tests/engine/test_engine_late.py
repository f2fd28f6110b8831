"""Late interaction against figures worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.engine import TokenVectors, maxsim, maxsim_profile, scores
from assistant.engine.late import rounded

QUESTION = np.array([[1, 0], [0, 1]], np.float32)


def clause(*vectors: tuple[int, int], scale: float) -> TokenVectors:
    return TokenVectors(np.array(vectors, np.int8), np.full(len(vectors), scale, np.float32))


FAR = clause((6, 8), (8, -6), scale=0.1)  # (0.6, 0.8) and (0.8, -0.6)
NEAR = clause((100, 0), (0, 50), scale=0.01)  # (1, 0) and (0, 0.5)


def test_each_piece_of_the_question_takes_the_nearest_piece_of_the_clause():
    # (1, 0): max(0.6, 0.8) = 0.8; (0, 1): max(0.8, -0.6) = 0.8
    assert maxsim_profile(QUESTION, FAR) == pytest.approx([0.8, 0.8])
    # (1, 0): max(1, 0) = 1; (0, 1): max(0, 0.5) = 0.5
    assert maxsim_profile(QUESTION, NEAR) == pytest.approx([1, 0.5])


def test_the_score_is_the_mean_over_the_pieces_of_the_question():
    assert maxsim(QUESTION, FAR) == pytest.approx(0.8)
    assert maxsim(QUESTION, NEAR) == pytest.approx(0.75)
    assert scores(QUESTION, [NEAR, FAR, NEAR]) == pytest.approx([0.75, 0.8, 0.75])


def test_without_pieces_on_either_side_nothing_is_alike():
    nothing = TokenVectors(np.empty((0, 2), np.int8), np.empty(0, np.float32))
    assert maxsim_profile(QUESTION, nothing).tolist() == [-1, -1]
    assert maxsim(QUESTION, nothing) == -1
    assert maxsim(np.empty((0, 2), np.float32), FAR) == -1


def test_rounding_moves_no_number_by_more_than_half_a_step():
    vectors = np.array([[0.6, -0.8, 0.0], [0.1, 0.2, -0.97]], np.float32)
    tokens = rounded(vectors)
    assert tokens.values[0].tolist() == [95, -127, 0]  # 0.6 / 0.8 * 127 = 95.25
    half_steps = np.array([[0.8], [0.97]]) / 127 / 2
    assert (np.abs(tokens.values * tokens.scales[:, None] - vectors) <= half_steps + 1e-6).all()
