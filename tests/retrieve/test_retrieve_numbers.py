"""文号 that are not written in full are found, and where several fit all of them are."""

from __future__ import annotations

import pytest

from assistant.models import Metadata, Policy, Wording
from assistant.retrieve.numbers import Numbers


def policy(id_: str, number: str) -> Policy:
    return Policy(id_, f"{id_}.md", Wording.ORIGINAL, Metadata(title=id_, doc_number=number), ())


NUMBERS = Numbers(
    (
        policy("surcharge", "财税〔2019〕46号"),
        policy("education", "教职成〔2018〕1号"),
        policy("teachers", "教师〔2016〕3号"),
        policy("interns", "教职成〔2016〕3号"),
        policy("groups", "财政部 税务总局公告2023年第15号"),
        policy("none", ""),
    )
)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("46号文规定能抵多少？", [{"surcharge"}]),
        ("财税46号怎么说？", [{"surcharge"}]),
        ("财税2019年46号", [{"surcharge"}]),
        ("按2019年46号文", [{"surcharge"}]),
        ("2023年第15号公告", [{"groups"}]),
        ("3号文怎么规定？", [{"teachers", "interns"}]),
        ("教职成3号", [{"interns"}]),
        ("2018年46号文", []),  # of another year
        ("实训楼3号教室", []),  # no text
        ("99号文", []),
    ],
)
def test_a_short_number_is_found_and_one_that_fits_several_finds_them_all(text, ids):
    assert [found.ids for found in NUMBERS.find(text)] == ids


def test_a_number_written_in_full_is_not_read_again():
    assert NUMBERS.find("财税〔2019〕46号文", [(0, 11)]) == ()
