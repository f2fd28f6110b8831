"""A comparison worded by a model: each sentence tells one side, by its name and from its own clauses."""

from __future__ import annotations

import re

import pytest

from assistant.drafting.sides import Sides
from assistant.prompts import phrases
from eval.scripted_model import Asked, Said

QUESTION = "比较宁波和金华对企业接收实习生的补贴标准"
ENGLISH = "Compare the intern subsidy of Jinhua and Yantai"


def by_side(names: dict[str, str], *, swapped: bool = False):
    """A model that tells the first sentence of each clause under the name of its place, or of the other one."""

    def part(asked: Asked) -> list[Said]:
        heads = re.findall(r"<(?:条款|clause) (C\d+) \w+>\n([^\n]*)", asked.user)
        said = []
        for (id_, head), (_, text) in zip(heads, asked.clauses, strict=True):
            own = next(name for place, name in names.items() if place in head)
            other = next(name for name in names.values() if name != own)
            name = other if swapped else own
            first = re.split(r"(?<=[。])|(?<=\.) (?=[A-Z])", text)[0]
            said.append(
                Said(
                    f"{name}：{first}" if "宁波" in names else f"In {name}, {first[0].lower()}{first[1:]}",
                    (id_,),
                    swapped,
                )
            )
        return said

    return part


PLACES = {"宁波": "宁波市", "金华": "金华市"}
IN_ENGLISH = {"Jinhua": "Jinhua", "Yantai": "Yantai"}


@pytest.fixture
def compared(worded, script, starter_home):
    """A function that gives the answer to a comparison worded by a part."""

    def ask(part, question: str = QUESTION):
        script.play(part)
        return worded(starter_home, records={"keep_days": 1}).ask(question)

    return ask


def test_each_side_is_told_under_its_name_below_the_table(compared, script):
    answer = compared(by_side(PLACES))
    assert answer.worded_by == "scripted"
    assert answer.table
    assert answer.text.startswith("| ")
    below = answer.text.partition("【宁波市】")[2]
    assert below.index("- 宁波市：") < below.index("【金华市】") < below.index("- 金华市：")
    assert "各方是：宁波市 / 金华市" in script.requests[0]["messages"][0]["content"]


def test_the_record_names_both_files_of_instructions(worded, script, starter_home):
    script.play(by_side(PLACES))
    assistant = worded(starter_home, records={"keep_days": 1})
    kept = assistant.answer_record(assistant.ask(QUESTION).record)
    assert kept["draft"]["prompt"] == f"{phrases('draft', 'zh').hash}+{phrases('compare', 'zh').hash}"


def test_what_is_told_of_the_other_side_is_not_shown(compared, script):
    answer = compared(by_side(PLACES, swapped=True))
    shown = {statement.text for statement in answer.statements}
    assert script.lies
    assert not script.lies & shown
    assert answer.table
    assert answer.worded_by is None


@pytest.mark.parametrize(
    "text", ["两地都按每人每月1000元补贴。", "宁波市比金华市补贴更高。", "企业有义务接收学生实习和教师实践。"]
)
def test_a_sentence_of_no_side_or_of_two_is_not_shown(compared, text):
    answer = compared(lambda asked: [Said(text, tuple(id_ for id_, _ in asked.clauses)[:1])])
    assert text not in {statement.text for statement in answer.statements}
    assert answer.removed == 1


def test_what_a_draft_leaves_out_is_quoted_under_its_side(compared):
    answer = compared(lambda asked: by_side(PLACES)(asked)[:1])
    assert answer.worded_by == "scripted"
    assert {c.policy_id.partition("-")[0] for c in answer.citations} == {"ningbo", "jinhua"}
    assert re.search(r"【金华市】\n- ", answer.text)


def test_an_english_comparison_calls_the_places_as_english_does(compared, script):
    answer = compared(by_side(IN_ENGLISH), ENGLISH)
    assert answer.worded_by == "scripted"
    assert answer.text.index("[Jinhua]") < answer.text.index("- In Jinhua, the subsidy") < answer.text.index("[Yantai]")
    assert "The sides are: Jinhua / Yantai" in script.requests[0]["messages"][0]["content"]


def test_an_answer_that_compares_nothing_has_no_sides(compared):
    assert Sides.of(compared("perfect", "企业接收学生实习有什么要求？")) is None
