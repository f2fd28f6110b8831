"""The last look before a statement is shown: its quote stands in the clause, and its figures stand in its quotes."""

from __future__ import annotations

import pytest
from answer_policies import citation, clause

from assistant.answer.verify import verify
from assistant.models import Statement

TEXT = "企业可按投资额的30%抵免当年应缴的教育费附加。"
CLAUSE = clause("p/art_3", "第三条　" + TEXT, text_en="The firm may offset 30% of its investment.")


def kept(quote: str, text: str | None = None) -> bool:
    statement = Statement(quote if text is None else text, (1,))
    held, removed = verify([statement], [citation(1, "p/art_3", quote)], {"p/art_3": CLAUSE})
    assert removed == 1 - len(held)
    return bool(held)


@pytest.mark.parametrize(
    "quote",
    [
        TEXT,
        "可按投资额的30%抵免",
        "可按投资额的 30％\n 抵免",  # white space and width are no words
        "The firm may offset 30% of its investment.",
    ],
)
def test_a_quote_that_stands_in_the_clause_holds(quote):
    assert kept(quote)


@pytest.mark.parametrize(
    "quote",
    [
        TEXT.replace("可", "须"),  # one character
        TEXT.replace("30", "80"),
        TEXT.replace("当年", ""),
        TEXT + "可以结转。",
        "",
        " ",
    ],
)
def test_a_quote_altered_by_one_character_is_removed(quote):
    assert not kept(quote)


@pytest.mark.parametrize(
    ("statement", "holds"),
    [
        ("抵免比例是30%。", True),
        ("抵免比例是３０％。", True),
        ("抵免比例是80%。", False),
        ("抵免比例是30。", False),  # 30 is not 30%
        ("2019年起抵免30%。", False),  # the year is not in the quote
        ("1. 抵免30%", True),  # a list mark claims nothing
        ("（2）抵免30%", True),
        ("3、抵免30%", True),
        ("3倍抵免30%", False),
        ("企业可以抵免。", True),  # no figure, nothing to check
    ],
)
def test_the_figures_of_a_statement_must_stand_in_its_quote(statement, holds):
    assert kept(TEXT, statement) is holds


@pytest.mark.parametrize("text", ["3.5%的部分可以结转。", "3,000元以下的部分可以结转。", "1.5倍支付。", "(2) 10%"])
def test_a_clause_that_begins_with_a_figure_is_quoted_with_it(text):
    statement = Statement(text, (1,))
    kept_, removed = verify([statement], [citation(1, "p/art_1", text)], {"p/art_1": clause("p/art_1", text)})
    assert (kept_, removed) == ((statement,), 0)
    altered = Statement(text.replace("3", "4").replace("1", "6"), (1,))
    assert verify([altered], [citation(1, "p/art_1", text)], {"p/art_1": clause("p/art_1", text)}) == ((), 1)


def test_a_statement_without_a_citation_is_removed():
    assert verify([Statement("企业可以抵免。", ())], [], {}) == ((), 1)


def test_a_citation_of_a_clause_that_was_not_found_is_removed():
    assert verify([Statement(TEXT, (1,))], [citation(1, "p/art_9", TEXT)], {"p/art_3": CLAUSE}) == ((), 1)


def test_one_bad_citation_among_good_ones_removes_the_statement():
    citations = [citation(1, "p/art_3", TEXT), citation(2, "p/art_3", "可按投资额的80%抵免")]
    good, bad = Statement(TEXT, (1,)), Statement(TEXT, (1, 2))
    assert verify([good, bad], citations, {"p/art_3": CLAUSE}) == ((good,), 1)
