"""The first stage: scaled score sums, worked out by hand."""

from __future__ import annotations

import pytest

from assistant.retrieve.candidates import clause_of
from assistant.retrieve.fusion import best_first, fuse, standardise

BIGRAMS = [(1, 10.0), (2, 8.0), (3, 6.0)]  # scaled: 1, 0.5, 0
VECTORS = [(2, 0.9), (4, 0.8), (1, 0.5)]  # scaled: 1, 0.75, 0


def test_each_leg_is_scaled_between_its_worst_and_best_and_summed_by_weight():
    # 1: .5·1 + .5·0   2: .5·.5 + .5·1   3: .5·0   4: .5·.75
    assert fuse([(0.5, BIGRAMS), (0.5, VECTORS)]) == pytest.approx({1: 0.5, 2: 0.75, 3: 0.0, 4: 0.375})


def test_a_leg_of_no_weight_brings_nothing_up():
    assert fuse([(0.5, BIGRAMS), (0.0, VECTORS)]) == pytest.approx({1: 0.5, 2: 0.25, 3: 0.0})


def test_a_leg_with_one_candidate_or_with_equal_ones_gives_them_all():
    assert fuse([(0.5, [(7, 3.2)])]) == {7: 0.5}
    assert fuse([(0.5, [(7, 3.2), (8, 3.2)])]) == {7: 0.5, 8: 0.5}


def test_an_empty_leg_changes_nothing():
    assert fuse([(0.5, BIGRAMS), (0.5, [])]) == fuse([(0.5, BIGRAMS)])
    assert fuse([]) == {}


def test_scores_of_other_sizes_weigh_the_same():
    times_ten = [(id_, 10 * score) for id_, score in BIGRAMS]
    assert fuse([(0.5, times_ten), (0.5, VECTORS)]) == pytest.approx(fuse([(0.5, BIGRAMS), (0.5, VECTORS)]))


def test_the_best_comes_first_and_the_id_breaks_ties():
    assert best_first({3: 0.5, 1: 0.5, 2: 0.9}) == [2, 1, 3]


def test_scores_are_told_in_standard_deviations():
    # mean 4, deviation 2
    assert standardise({1: 2.0, 2: 6.0}) == pytest.approx({1: -1.0, 2: 1.0})
    assert standardise({1: 3.0, 2: 3.0}) == {1: 0.0, 2: 0.0}
    assert standardise({}) == {}


@pytest.mark.parametrize(
    ("addresses", "clause"),
    [
        (("p/art_5",), "p/art_5"),
        (("p/art_5", "p/art_5/item_1", "p/art_5/item_2"), "p/art_5"),
        (("p/art_5/para_2", "p/art_5/para_2/item_1"), "p/art_5/para_2"),
        (("p/art_5/item_1", "p/art_5/item_2"), "p/art_5"),
        (("p/art_5", "p/art_6"), "p"),
        (("p/art_5", "p/art_50"), "p"),  # 第五条 is no part of 第五十条
    ],
)
def test_the_clause_of_a_chunk_is_the_smallest_that_holds_it_all(addresses, clause):
    assert clause_of(addresses) == clause
