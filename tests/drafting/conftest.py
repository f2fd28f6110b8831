"""A small installation, and beside it a server on a real socket whose model plays any part."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from drafting_policies import MEASURES

from assistant import Assistant
from assistant.config import Settings
from eval.scripted_model import Script, serving

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
