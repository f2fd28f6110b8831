"""Terms of the field are found in a question by any of their forms, whole and the longest where several begin."""

from __future__ import annotations

import pytest

from assistant.corpus import Term
from assistant.understand.glossary import Glossary

GLOSSARY = Glossary(
    [
        Term("教育费附加", "education surcharge", ("附加费",), ()),
        Term("教育", "education", (), ()),
        Term("抵免", "credit", ("抵扣",), ("offset",)),
    ]
)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("教育费附加怎么抵扣", ["教育费附加", "抵扣"]),  # not 教育, which begins there too
        ("教育费怎么抵免抵免", ["教育", "抵免", "抵免"]),
        ("may education surcharges be credited", ["education surcharges", "credited"]),
        ("education surcharge", ["education surcharge"]),
        ("accredited offsets", ["offsets"]),  # a word that merely holds the term is another word
        ("学徒", []),
        ("", []),
    ],
)
def test_terms_are_found_whole_and_the_longest_first(question: str, found: list[str]) -> None:
    assert [question[match.start : match.end] for match in GLOSSARY.find(question)] == found
