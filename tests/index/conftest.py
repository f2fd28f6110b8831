"""An installation in a folder of its own, with an embedder one can check by hand."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from index_fakes import KeywordEmbeddings

from assistant.index import Index
from assistant.readers.isolation import Workers


@pytest.fixture
def embedder() -> KeywordEmbeddings:
    return KeywordEmbeddings()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def index(home: Path, embedder: KeywordEmbeddings) -> Iterator[Index]:
    with Index.open(home, embedder) as opened:
        yield opened


@pytest.fixture(scope="session")
def workers() -> Iterator[Workers]:
    with Workers(2) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _workers_are_started_once(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every ingest of these tests use the same processes: their start is a third of a second each."""
    ingest = importlib.import_module("assistant.pipeline.ingest")
    monkeypatch.setattr(ingest, "Workers", lambda *_, **__: nullcontext(workers))


@pytest.fixture
def own_workers(_workers_are_started_once: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every ingest of this test start its own processes, as its settings say."""
    monkeypatch.setattr(importlib.import_module("assistant.pipeline.ingest"), "Workers", Workers)
