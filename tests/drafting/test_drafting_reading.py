"""Sentences come out of whatever a model writes, each with its numbers, as soon as it is whole."""

from __future__ import annotations

import pytest

from assistant.drafting.reading import Reader


def read(text: str, size: int = 3) -> list[tuple[str, tuple[str, ...]]]:
    reader = Reader()
    found = [s for start in range(0, len(text), size) for s in reader.feed(text[start : start + size])]
    return [(s.text, s.clauses) for s in (*found, *reader.finish())]


ONE = ("企业应当登记。", ("C1",))


@pytest.mark.parametrize("size", [1, 3, 1000])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("企业应当登记。[C1]\n状态：完整", [ONE]),
        ("- 企业应当登记。[C1]\n", [ONE]),
        ("**企业应当登记。**【C1】\n", [ONE]),
        ("企业应当登记。[C1] 企业应当纳税。[C2, C3]", [ONE, ("企业应当纳税。", ("C2", "C3"))]),
        ("企业应当登记[C1]。企业应当纳税[C2]。", [("企业应当登记", ("C1",)), ("企业应当纳税", ("C2",))]),
        ("企业应当登记。企业应当纳税。[C1]\n", [ONE, ("企业应当纳税。", ("C1",))]),
        ("没有编号的话。\n企业应当登记。[C1]", [("没有编号的话。", ()), ONE]),
        ("<think>先想[C9]\n想</think>企业应当登记。[C1]", [ONE]),
        ('{"sentences": [{"text": "企业应当登记。", "clauses": ["C1"]}], "status": "complete"}', [ONE]),
        ('```json\n{"sentences": [{"text": "企业应当登记。", "clauses": [1]}]}\n```', [ONE]),
        ('[{"text": "企业应当登记。", "clauses": ["C1"]}]', [ONE]),
        ('{"sentences": [{"text": "坏", ["}, {"text": "企业应当登记。", "clauses": ["C1"]', [ONE]),
        ('{"sentences": [{"text": "企业应当登记。", "clauses": ["C1"]}, {"text": "断', [ONE]),
        ("<think>没有说完", []),
        ("", []),
    ],
)
def test_both_forms_and_their_ruins_are_read(text, expected, size):
    assert read(text, size) == expected


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        ("甲。[C1]\n状态：部分", "partial"),
        ("One. [C1]\nStatus: none", "none"),
        ('{"sentences": [], "status": "complete"}', "complete"),
        ("甲。[C1]", None),
    ],
)
def test_what_a_model_says_of_its_draft_is_known(text, declared):
    reader = Reader()
    list(reader.feed(text))
    list(reader.finish())
    assert reader.declared == declared


def test_a_sentence_is_given_before_the_next_one_is_written():
    reader = Reader()
    assert list(reader.feed("企业应当登记。[C1")) == []
    assert [s.text for s in reader.feed("] 企业")] == ["企业应当登记。"]


def test_what_nobody_can_see_is_taken_out():
    assert read("企业应当\U000e0041\u200b登记。[C1]\n") == [ONE]
