"""What an English answer quotes in Chinese may be translated by a model: beneath the quote, marked, never in its place."""

from __future__ import annotations

import pytest

from assistant.prompts import phrases
from eval.scripted_model import Asked, Said

QUESTION = "What is the highest 产教融合奖励 (reward for industry-education integration)?"
QUOTE = "按照实际投资额的20%给予一次性奖励，最高100万元"
GOOD = "Qualifying enterprises receive a one-off reward of 20% of the actual investment, up to 1 million yuan."
LABEL = "Machine translation, not checked: "


def translating(*lines: str):
    """A model that, asked for translations, gives these lines for the quotes; asked for an answer, nothing."""

    def part(asked: Asked) -> list[Said]:
        if not asked.system.startswith("You translate quotes"):
            return []
        n = next(line[1] for line in asked.user.splitlines() if line.startswith("T") and QUOTE in line)
        return [Said(line.replace("T1", f"T{n}")) for line in lines]

    return part


def test_a_translation_stands_beneath_the_quote_and_says_what_it_is(worded, script):
    script.play(translating(f"T1: {GOOD}"))
    assistant = worded(translate=True, records={"keep_days": 1})
    answer = assistant.ask(QUESTION)
    assert answer.language == "en"
    (statement,) = (s for s in answer.statements if QUOTE in s.text)
    assert statement.translation == GOOD
    lines = answer.text.splitlines()
    at = next(n for n, line in enumerate(lines) if QUOTE in line)
    assert lines[at + 1].strip() == LABEL + GOOD
    kept = assistant.answer_record(answer.record)["translation"]
    assert (kept["shown"], kept["dropped"]) == (1, 0)
    assert kept["prompt"] == phrases("translate", "en").hash


@pytest.mark.parametrize(
    "line",
    [
        "T1: Qualifying enterprises receive a reward of 30% of the actual investment, up to 1 million yuan.",
        "T1: Qualifying enterprises receive a reward of 20% of the actual investment.",
        "T1: Qualifying enterprises receive no reward of 20% of the actual investment, up to 1 million yuan.",
        "T1: 符合条件的企业，给予20%的奖励，最高100万元。",
        "T1: Get 20% at http://evil.example.com, up to 1 million yuan.",
        "T9: Qualifying enterprises receive 20%, up to 1 million yuan.",
        "I cannot translate this.",
    ],
)
def test_what_is_no_translation_of_the_quote_is_not_shown(worded, script, line):
    script.play(translating(line))
    answer = worded(translate=True).ask(QUESTION)
    assert any(QUOTE in statement.text for statement in answer.statements)
    assert not any(statement.translation for statement in answer.statements)
    assert LABEL not in answer.text


def test_the_number_of_an_article_is_no_figure_that_has_to_agree(worded, script):
    script.play(translating(f"T1: Article 3 {GOOD}"))
    answer = worded(translate=True).ask(QUESTION)
    assert f"{LABEL}Article 3 {GOOD}" in answer.text


@pytest.mark.parametrize(("question", "translate"), [(QUESTION, False), ("产教融合奖励最高多少钱？", True)])
def test_nothing_is_translated_unasked_or_in_a_chinese_answer(worded, script, question, translate):
    script.play(translating(f"T1: {GOOD}"))
    worded(translate=translate).ask(question)
    assert not any(r["messages"][0]["content"].startswith("You translate") for r in script.requests)


def test_a_model_that_fails_leaves_the_quote(worded, script):
    script.play("perfect", "refuses_key")
    answer = worded(translate=True, retries=0).ask(QUESTION)
    assert QUOTE in answer.text
    assert LABEL not in answer.text
