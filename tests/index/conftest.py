"""An installation in a folder of its own, with an embedder one can check by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from index_fakes import KeywordEmbeddings

from assistant.index import Index


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
