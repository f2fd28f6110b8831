"""A clause on another tax, insurance or person is no answer, however alike the rest of it."""

import pytest

from assistant.understand.objects import speaks_of_all

CREDIT = "试点企业可按投资额的30%抵免该企业当年应缴教育费附加和地方教育附加。"


@pytest.mark.parametrize(
    "question",
    [
        "产教融合型企业可以免征增值税吗？",
        "实习生可以免交社保吗？",
        "Is VAT reduced for such firms?",
        "员工可以优先落户吗？",
        "订单班学生毕业后不来，能要求赔偿吗？",
    ],
)
def test_a_clause_on_something_else_does_not_speak_of_it(question: str) -> None:
    assert not speaks_of_all(question, CREDIT)


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("社保晚交了加收多少？", "未按时足额缴纳社会保险费的，按日加收万分之五的滞纳金。"),
        ("个税怎么预扣？", "扣缴义务人按照累计预扣法计算个人所得税。"),
        ("Is it deductible for corporate income tax?", "准予在计算应纳税所得额时扣除。"),
        ("学费能退吗？", "收费项目和标准由学校公示。"),
    ],
)
def test_other_words_for_a_thing_count(question: str, clause: str) -> None:
    assert speaks_of_all(question, clause)


def test_a_question_about_no_such_thing_asks_for_nothing_more() -> None:
    assert speaks_of_all("产教融合型企业怎么申报？", CREDIT)


def test_english_words_count_from_their_beginning_only() -> None:
    assert speaks_of_all("How are private firms treated?", CREDIT)  # the "vat" in "private" is no tax
