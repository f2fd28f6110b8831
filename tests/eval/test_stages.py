"""What the benchmark makes of rankings and figures, by arithmetic."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant
from assistant.evaluation.cases import Case, Gold
from eval.bench import Figure
from eval.stages import LOOK_UP, Comparison, Measured, _quality, compare, look_ups, rankings


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


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One long law, and two versions of a short one."""
    folder = tmp_path_factory.mktemp("stages")
    texts = {"long": ("长法", range(1, 91)), "short-2010": ("短法", range(1, 3)), "short-2020": ("短法", range(1, 4))}
    for name, (title, numbers) in texts.items():
        articles = (
            f"第{_chinese(n)}条　企业有第{n}种做法的，应当向第{n}个部门报告，并在一个月内公布结果。" for n in numbers
        )
        (folder / f"{name}.md").write_text("\n\n".join((f"# {title}", *articles)), encoding="utf-8")
    with Assistant.open(folder / "home") as assistant:
        assert not assistant.ingest(sorted(folder.glob("*.md"))).failed
    return folder / "home"


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    digits = "零一二三四五六七八九"
    return ("" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十") + (digits[ones] if ones else "")


def case(document: str, suite: str = "laws", language: str = "zh") -> Case:
    (known,) = (Gold(document, None),)
    return Case("x", suite, "dev", "list", language, ("？",), "answered", (known,), (), (), None, None, None)


def test_a_look_up_is_made_for_articles_of_titles_that_mean_one_text_only(installation):
    with Assistant.open(installation) as assistant:
        cases = look_ups(assistant)
        found = rankings(assistant, cases[26])
    assert len(cases) == 90  # every article of the long law, none of the two short ones
    assert cases[26].turns == ("长法第二十七条是怎么规定的？",)
    assert cases[26].gold == (Gold("long.md", "第二十七条"),)
    assert list(found) == ["words", "bigrams", "vectors", "fused", "reranked", "final order"]
    assert found["final order"][0].text.startswith("第二十七条")


def test_two_stages_are_compared_question_by_question_on_each_set_that_has_any(installation):
    def measured(of: Case, before: bool, after: bool) -> Measured:
        return Measured(of, {"fused": [0 if before else None, 0], "reranked": [0 if after else None, 0]})

    questions = [
        *(measured(case("long"), False, True) for _ in range(3)),
        measured(case("long.md", language="en"), True, True),
        measured(case("short-2020", suite="corpus"), True, False),
        measured(case("long", suite=LOOK_UP), True, True),
    ]
    with Assistant.open(installation) as assistant:
        by = {c.set: c for c in compare(questions, assistant, "fused", "reranked")}
    assert {name: (c.questions, c.before, c.after) for name, c in by.items()} == {
        "all": (5, 2 / 5, 4 / 5),
        "law texts": (4, 1 / 4, 1),
        "starter corpus": (1, 1, 0),
        "in Chinese": (4, 1 / 4, 3 / 4),
        "in English": (1, 1, 1),
        "documents of 80 clauses or more": (4, 1 / 4, 1),
        "a clause by its number": (1, 1, 1),
    }
    assert {name for name, c in by.items() if c.is_worse} == {"starter corpus"}
    assert by["starter corpus"] == Comparison("starter corpus", 1, 1, 0, -1, -1)


@pytest.mark.parametrize(("high", "worse"), [(-0.01, True), (0.0, False), (0.02, False)])
def test_a_stage_is_worse_only_where_chance_cannot_explain_it(high, worse):
    assert Comparison("all", 100, 0.5, 0.45, -0.1, high).is_worse is worse
