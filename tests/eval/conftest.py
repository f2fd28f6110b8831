"""What the tests of the evaluation share: a small installation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from handmade import RULES, SOURCE

from assistant import Assistant
from assistant.evaluation.facts import Record


@pytest.fixture(scope="session")
def rules_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with one document; tests leave it as it is."""
    folder = tmp_path_factory.mktemp("rules")
    (folder / SOURCE).write_text(RULES, "utf-8")
    with Assistant.open(folder / "home") as assistant:
        assert not assistant.ingest(folder / SOURCE).failed
    return folder / "home"


@pytest.fixture
def rules(rules_home: Path) -> Iterator[Assistant]:
    """That installation, opened."""
    with Assistant.open(rules_home) as assistant:
        yield assistant


@pytest.fixture
def record(rules: Assistant) -> Record:
    """Its documents, as answers are held against them."""
    return Record(rules._index)
