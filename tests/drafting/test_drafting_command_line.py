"""`ask --stream` and `show-answer`: what a person sees of an answer while it is written, and afterwards."""

from __future__ import annotations

import json
import shutil

import pytest
from drafting_policies import CONDITIONS
from typer.testing import CliRunner

from assistant.app.cli import app

KEY = "sk-very-secret-0123456789"


@pytest.fixture
def run(small_home, tmp_path, address, monkeypatch):
    """A function that runs a command on an installation with a language model, and gives status and output."""
    home = shutil.copytree(small_home, tmp_path / "home")
    settings = f'[chat]\nmodel = "scripted"\nbase_url = "{address}"\nform = "text"\ntimeout = 5\nretries = 0\n'
    (home / "settings.toml").write_text(settings, encoding="utf-8")
    monkeypatch.setenv("CHAT_API_KEY", KEY)

    def run_(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, [*arguments, "--home", str(home)])
        assert KEY not in done.output
        return done.exit_code, done.output

    return run_


def test_sentences_are_printed_one_a_line_and_then_the_sources(run, script):
    script.play("perfect")
    status, output = run("ask", CONDITIONS, "--stream")
    assert status == 0
    lines = output.splitlines()
    assert lines[: len(script.said)] == [
        f"{said.text} [{n}]" for said, n in zip(script.said, range(1, 1 + len(script.said)), strict=True)
    ]
    assert any(line.startswith("※ 以上表述由语言模型（scripted）整理") for line in lines)
    assert any(line.startswith("[1] 示范市产教融合奖励办法") for line in lines)


def test_where_the_model_brings_nothing_the_quoted_answer_is_printed(run, script):
    script.play("refuses")
    status, output = run("ask", CONDITIONS, "--stream")
    assert status == 0
    assert "每年接收实习学生不少于60人" in output
    assert "语言模型的答复没有一句能由条款证实" in output


def test_streaming_is_for_people(run):
    status, output = run("ask", CONDITIONS, "--stream", "--json")
    assert status != 0
    assert "--stream prints sentences for people" in output


def test_an_answer_can_be_looked_into_afterwards(run, script):
    script.play("invented_number")
    answer = json.loads(run("ask", CONDITIONS, "--json")[1])
    assert answer["worded_by"] is None
    status, output = run("show-answer", answer["record"])
    assert status == 0
    assert "left out: figures (C" in output
    assert "question: not kept" in output
    kept = json.loads(run("show-answer", answer["record"], "--json")[1])
    assert kept["id"] == answer["record"]
    assert kept["draft"]["model"] == "scripted"


def test_an_answer_nobody_knows_is_told(run):
    status, _ = run("show-answer", "nothing")
    assert status != 0
