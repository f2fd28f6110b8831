"""A small installation, and beside it a server on a real socket whose model plays any part."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.config import Settings
from eval.scripted_model import Script, serving

MEASURES = """# 示范市产教融合奖励办法

第一条　为促进产教融合，制定本办法。

第二条　申请产教融合奖励的企业应当同时符合下列条件：

（一）在本市依法登记并纳税；

（二）近三年没有重大环保、安全、质量事故；

（三）每年接收实习学生不少于60人；

（四）与职业学校签订三年以上的合作协议。

第三条　符合条件的企业，按照实际投资额的20%给予一次性奖励，最高100万元。

第四条　申请企业应当于每年3月31日前向市发展改革部门提交申请表，逾期不予受理。

第五条　学校和实习单位不得有下列行为：

（一）安排未满十六周岁的学生参加岗位实习；

（二）安排学生到酒吧、夜总会等娱乐场所实习。
"""
CONDITIONS = "企业申请产教融合奖励要符合哪些条件？"
AMOUNT = "产教融合奖励最高多少钱？"
FORBIDDEN = "学校和实习单位不得有哪些行为？"

Opened = Callable[..., Assistant]


@pytest.fixture(scope="session")
def small_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with one document of five articles."""
    home = tmp_path_factory.mktemp("drafting")
    (home / "in").mkdir()
    (home / "in" / "奖励办法.md").write_text(MEASURES, encoding="utf-8")
    with Assistant.open(home / "home", Settings()) as assistant:
        report = assistant.ingest(home / "in")
    assert not report.failed
    return home / "home"


@pytest.fixture(scope="session")
def script() -> Script:
    return Script()


@pytest.fixture(scope="session")
def address(script: Script) -> Iterator[str]:
    with serving(script) as address:
        yield address


@pytest.fixture(scope="session")
def worded(small_home: Path, address: str) -> Iterator[Opened]:
    """A function that gives the installation with the scripted model behind it, opened once for the same settings."""
    with ExitStack() as opened:
        known: dict[str, Assistant] = {}

        def open_(home: Path = small_home, records: dict[str, object] | None = None, **chat: object) -> Assistant:
            given = {"model": "scripted", "base_url": address, "timeout": 5, "form": "text", **chat}
            key = repr((home, records, sorted(given.items())))
            if key not in known:
                settings = Settings.model_validate({"chat": given, "records": records or {"keep_days": 0}})
                known[key] = opened.enter_context(Assistant.open(home, settings))
            return known[key]

        yield open_
