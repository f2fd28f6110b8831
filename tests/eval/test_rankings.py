"""What a ranking is worth, and how far a figure can be trusted, by arithmetic."""

from __future__ import annotations

import math

import pytest

from assistant.evaluation import intervals, ranking


@pytest.mark.parametrize(
    ("row", "gains", "expected"),
    [
        ([0, None, None], {0: 1}, 1.0),
        ([None, 0], {0: 1}, 1 / math.log2(3)),
        ([0, 0, 1], {0: 1, 1: 1}, (1 + 1 / math.log2(4)) / (1 + 1 / math.log2(3))),  # the same again earns nothing
        ([None, None], {0: 1}, 0.0),
        ([0], {0: 1, 1: 1}, 1 / (1 + 1 / math.log2(3))),
        (["b", "a"], {"a": 2, "b": 1}, (1 + 2 / math.log2(3)) / (2 + 1 / math.log2(3))),  # graded
        ([None] * 10 + [0], {0: 1}, 0.0),  # the eleventh place is not looked at
    ],
)
def test_each_relevant_thing_counts_where_it_first_comes_up(row, gains, expected):
    assert ranking.ndcg(row, gains) == pytest.approx(expected)


def test_recall_counts_what_is_found_and_success_whether_anything_is():
    row = ["x", "a", "y", "b"]
    assert ranking.recall(row, ["a", "b", "c"], 3) == pytest.approx(1 / 3)
    assert ranking.recall(row, ["a", "b", "c"], 4) == pytest.approx(2 / 3)
    assert (ranking.success(row, ["a"], 1), ranking.success(row, ["a"], 3)) == (0.0, 1.0)


@pytest.mark.parametrize(("row", "expected"), [(["a"], 1.0), (["x", "a"], 1 / 2), (["x"] * 10 + ["a"], 0.0)])
def test_the_reciprocal_rank_is_one_over_the_first_right_place(row, expected):
    assert ranking.reciprocal_rank(row, ["a"], 10) == expected


def test_an_interval_lies_around_its_mean_and_shrinks_with_more_questions():
    few, many = intervals.mean([0, 1, 1, 1]), intervals.mean([0, 1, 1, 1] * 100)
    assert few
    assert many
    assert few.value == many.value == 0.75
    assert few.low < many.low < 0.75 < many.high < few.high
    # With 400 questions the mean deviates by sqrt(.75 * .25 / 400) = .0217: 1.96 of them to each side.
    assert (many.low, many.high) == pytest.approx((0.7076, 0.7924), abs=0.006)


def test_the_same_answers_give_the_same_interval_in_every_run():
    assert intervals.mean([0.5, 1, 0, 1]) == intervals.mean([0.5, 1, 0, 1])


def test_no_question_gives_no_figure():
    assert intervals.mean([]) is None
    assert intervals.percentile([], 50) is None
    assert intervals.total([]) is None


def test_a_percentile_and_a_count():
    middle, count = intervals.percentile([10, 20, 30], 50), intervals.total([0, 2, 1])
    assert middle
    assert count
    assert middle.value == 20
    assert (count.value, count.low, count.high, count.n) == (3, 3, 3, 3)
