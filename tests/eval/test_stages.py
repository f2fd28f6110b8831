"""What the benchmark makes of rankings and figures, by arithmetic."""

from __future__ import annotations

import math

import pytest

from eval.bench import Figure
from eval.stages import _ndcg, _quality


@pytest.mark.parametrize(
    ("row", "golds", "expected"),
    [
        ([0, None, None], 1, 1.0),
        ([None, 0], 1, 1 / math.log2(3)),
        ([0, 0, 1], 2, (1 + 1 / math.log2(4)) / (1 + 1 / math.log2(3))),  # the same clause again earns nothing
        ([None, None], 1, 0.0),
        ([0], 2, 1 / (1 + 1 / math.log2(3))),
    ],
)
def test_each_gold_clause_counts_where_it_first_comes_up(row, golds, expected):
    assert _ndcg(row, golds) == pytest.approx(expected)


def test_recall_is_the_share_of_questions_with_a_gold_clause_among_the_first():
    quality = _quality("words", [[0], [None, 0], [None, None, None, 0], [None]], [1, 1, 1, 1])
    assert quality.recall == {1: 0.25, 3: 0.5, 10: 0.75}


@pytest.mark.parametrize(
    ("aim", "value", "reached"),
    [(">= 500", 500, True), (">= 500", 499, False), ("<= 60", 60, True), ("<= 60", 61, False), ("", 7, None)],
)
def test_a_figure_says_whether_its_aim_is_reached(aim, value, reached):
    assert Figure("rate", value, "clauses/s", 1, aim).reached is reached


def test_a_figure_that_misses_its_aim_says_so_in_its_line():
    line = " ".join(str(Figure("ask, p50", 61.04, "ms", 9, "<= 60")).split())
    assert line == "ask, p50 61.0 ms n=9 aim <= 60: NO"
