"""A corpus in numbers, counted over three files that can be counted by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpus_files import NATION, POLICY, broken, write

from assistant import corpus
from assistant.corpus.coverage import Count, basis, level, province
from assistant.models import Kind


def test_policies_and_clauses_are_counted_by_level_and_by_province(tmp_path: Path) -> None:
    covered = corpus.coverage(corpus.load(write(tmp_path)))
    # The paper has its one finding, and its question and method as two more clauses.
    assert covered.levels == {
        "nation": Count(1, 1),
        "province": Count(0, 0),
        "city": Count(1, 2),
        "district": Count(0, 0),
        "paper": Count(1, 3),
    }
    assert covered.places == {"CN": Count(1, 1), "330000": Count(1, 2)}  # Jinhua counts for Zhejiang, the paper nowhere
    assert list(covered.places) == ["CN", "330000"]


def test_a_clause_of_two_kinds_counts_in_both(tmp_path: Path) -> None:
    covered = corpus.coverage(corpus.load(write(tmp_path)))
    assert covered.kinds == {Kind.PRINCIPLE: 1, Kind.CONDITION: 2, Kind.DEADLINE: 1, Kind.FINDING: 3}
    assert covered.grid == {
        ("CN", Kind.PRINCIPLE): 1,
        ("330000", Kind.CONDITION): 2,
        ("330000", Kind.DEADLINE): 1,
    }


def test_what_clauses_rest_on_and_what_leads_to_them(tmp_path: Path) -> None:
    nation = broken("basis: memory", "basis: law-text:教育法.md", NATION)
    covered = corpus.coverage(corpus.load(write(tmp_path, nation=nation)))
    assert covered.bases == {"law text": 1, "seen": 1, "memory": 4}
    assert (covered.asked, covered.questions) == (1, 2)


@pytest.mark.parametrize(
    ("code", "expected"),
    [("'330000'", ("province", "330000")), ("'330700'", ("city", "330000")), ("'310115'", ("district", "310000"))],
)
def test_the_level_of_a_policy_is_that_of_its_place(tmp_path: Path, code: str, expected: tuple[str, str]) -> None:
    folder = write(tmp_path, policy=broken("'330700'", code, POLICY))
    town = next(policy for policy in corpus.load(folder) if policy.id == "town-subsidy-2024")
    assert (level(town), province(town)) == expected
    assert basis(town.provisions[0]) == "memory"
