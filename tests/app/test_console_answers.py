"""What a terminal shows of an answer: a comparison drawn as a table there, and as Markdown to other programs."""

from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
from rich.console import Console

from assistant.answer.draft import markdown
from assistant.app import console
from assistant.models import Answer, Cell, Row, Status, Table

TABLE = Table(("宁波市", "国家"), (Row("时间", (Cell("每2年不少于2个月。", (1,)), Cell("没有找到条款"))),))
ANSWER = Answer(
    question="对比",
    status=Status.ANSWERED,
    text=f"数字不同。 [1]\n\n{markdown(TABLE)}\n\n《办法》第九条：\n- 每2年不少于2个月。 [1]",
    language="zh",
    as_of=dt.date(2026, 3, 1),
    jurisdiction=None,
    table=TABLE,
)


def printed(monkeypatch: pytest.MonkeyPatch, *, terminal: bool) -> str:
    out = StringIO()
    monkeypatch.setattr(
        console, "_console", lambda: Console(file=out, force_terminal=terminal, width=70, no_color=True)
    )
    console.print_answer(ANSWER)
    return out.getvalue()


def test_a_terminal_draws_a_comparison_with_every_cells_citation(monkeypatch):
    shown = printed(monkeypatch, terminal=True)
    assert "| --- |" not in shown
    assert "每2年不少于2个月。 [1]" in shown
    assert shown.count("没有找到条款") == 1
    assert shown.index("数字不同。") < shown.index("宁波市") < shown.index("《办法》第九条：")
    assert "│" in shown


def test_other_programs_get_the_same_table_as_markdown(monkeypatch):
    assert printed(monkeypatch, terminal=False).splitlines()[2:5] == markdown(TABLE).splitlines()
