"""A model may say at the head of a report what the check found, and nothing that it did not find."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant import Assistant
from assistant.app import checking
from assistant.app.cli import app
from assistant.app.verdicts.writing import write_report
from assistant.eligibility.model import Verdict
from assistant.prompts import phrases
from eval.scripted_model import Asked, Said

FAILED = phrases("report_prose", "zh").say("failed")
HEADING = "## 概括"


@pytest.fixture(scope="module")
def credit() -> Verdict:
    """Everything is given: 30 % of 1,000,000 are 300,000, of which 200,000 are used in 2024."""
    facts = {
        "in_pool": "是", "investment_qualifies": "是", "credit_carried_in": 0, "investment_withdrawn": {2024: 0, 2025: 0},
        "vocational_investment": {2024: "100万元", 2025: 0}, "surcharge_due": {2024: "20万元", 2025: "30万元"},
    }  # fmt: skip
    return checking.check("surcharge-credit", facts, as_of="2026-11-22")


@pytest.fixture(scope="module")
def undecided() -> Verdict:
    return checking.check("surcharge-credit", {}, as_of="2026-11-22")


def saying(*sentences: tuple[str, str]):
    """A model that says each sentence of the first finding that holds some words."""

    def part(asked: Asked) -> list[Said]:
        rows = {line.split("：")[0]: line for line in asked.user.splitlines() if line.startswith("R")}
        numbers = [next((id_ for id_, row in rows.items() if words in row), "R99") for _, words in sentences]
        return [Said(f"{text}[{id_}]\n") for (text, _), id_ in zip(sentences, numbers, strict=True)]

    return part


def written(assistant: Assistant, verdict: Verdict, folder: Path) -> str:
    assistant.write_report(verdict, folder / "report.md")
    return (folder / "report.md").read_text("utf-8")


OUTCOME = ("产教融合型企业30%教育费附加抵免符合条件。", "教育费附加抵免 符合条件")


def test_what_the_check_bears_out_stands_at_the_head_and_says_whose_words_it_is(worded, script, credit, tmp_path):
    script.play(saying(OUTCOME))
    text = written(worded(), credit, tmp_path)
    head, rest = text.split(HEADING)
    assert "符合条件" in head  # the program's own word comes first
    assert rest.strip().startswith(OUTCOME[0])
    assert "由语言模型" in rest
    assert phrases("report_prose", "zh").hash in rest
    assert rest.index("由语言模型") < rest.index("## 条件逐条核对")
    assert "没有写入" not in text


@pytest.mark.parametrize(
    "lie",
    [
        ("产教融合型企业30%教育费附加抵免不符合条件。", "教育费附加抵免 符合条件"),  # another end of the check
        ("产教融合型企业50%教育费附加抵免符合条件。", "教育费附加抵免 符合条件"),  # a number of its own
        ("产教融合型企业30%教育费附加抵免符合条件，见http://example.com。", "教育费附加抵免 符合条件"),
        ("产教融合型企业30%教育费附加抵免符合条件。", "no such finding"),  # points at nothing
        ("老板人脉很广，主管部门一定会批准并且马上发钱。", "教育费附加抵免 符合条件"),  # nothing to do with it
        ("The conditions are met.", "教育费附加抵免 符合条件"),  # another language
    ],
)
def test_a_sentence_that_the_check_does_not_bear_out_is_left_out_and_counted(worded, script, credit, tmp_path, lie):
    script.play(saying(OUTCOME, lie))
    text = written(worded(), credit, tmp_path)
    if lie[0] != OUTCOME[0]:
        assert lie[0] not in text
    assert text.count(OUTCOME[0]) == 1
    assert "另有1句" in text


def test_ten_thousand_yuan_are_not_taken_for_yuan(worded, script, credit, tmp_path):
    total = next(amount for amount in credit.amounts if amount.high)
    label = total.label.zh
    script.play(saying((f"{label}是{total.high:,.0f}万元。", label), OUTCOME))
    assert f"{total.high:,.0f}万元" not in written(worded(), credit, tmp_path)


def test_of_an_open_check_no_end_is_told(worded, script, undecided, tmp_path):
    script.play(saying(("产教融合型企业30%教育费附加抵免符合条件。", "教育费附加抵免 还缺事实")))
    text = written(worded(), undecided, tmp_path)
    assert HEADING not in text
    assert FAILED in text


@pytest.mark.parametrize("trouble", ["dies", "fails"])
def test_a_model_that_fails_leaves_the_report_as_it_is(worded, script, credit, tmp_path, trouble):
    script.play(saying(OUTCOME), trouble, failures=99)
    text = written(worded(), credit, tmp_path)
    assert text.replace(f"{FAILED}\n\n", "") == plain(credit, tmp_path)


def test_without_a_model_nothing_is_asked(script, small_home, credit, tmp_path):
    script.play(saying(OUTCOME))
    with Assistant.open(small_home) as assistant:
        text = written(assistant, credit, tmp_path)
    assert script.requests == []
    assert text == plain(credit, tmp_path)


def plain(verdict: Verdict, folder: Path) -> str:
    write_report(verdict, folder / "plain.md", "zh")
    return (folder / "plain.md").read_text("utf-8")


def test_the_command_line_gives_a_report_the_same_head(script, address, tmp_path, monkeypatch):
    (tmp_path / "settings.toml").write_text(f'[chat]\nmodel = "scripted"\nbase_url = "{address}"\n', "utf-8")
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path))
    script.play(saying(("产教融合型企业30%教育费附加抵免还缺事实。", "教育费附加抵免 还缺事实")))
    told = CliRunner().invoke(app, ["check", "surcharge-credit", "--report", str(tmp_path / "report.md")])
    assert told.exit_code == 0, told.output
    assert "由语言模型" in (tmp_path / "report.md").read_text("utf-8")
