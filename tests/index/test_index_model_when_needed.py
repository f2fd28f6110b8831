"""The model is opened by what needs it, and by nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from index_fakes import KeywordEmbeddings, near, policy, put
from langchain_core.embeddings import Embeddings

from assistant.index import Index


def never() -> Embeddings:
    pytest.fail("the model was opened")


@pytest.fixture
def filled(home: Path) -> Path:
    with Index.open(home, KeywordEmbeddings()) as index:
        put(index, policy("law", "企业应当接纳学生实习。", "教师可以到企业实践。"))
        index.embed_pending()
    return home


def test_an_installation_is_opened_listed_shown_and_cleared_without_the_model(filled: Path) -> None:
    with Index.open(filled, never) as index:
        assert [entry.source for entry in index.entries()] == ["law.md"]
        assert [p.text for p in index.provisions("law")] == ["企业应当接纳学生实习。", "教师可以到企业实践。"]
        assert index.remove("law.md")
        assert index.entries() == []


def test_the_model_is_opened_once_by_the_first_question(filled: Path) -> None:
    opened: list[KeywordEmbeddings] = []

    def embedder() -> KeywordEmbeddings:
        opened.append(KeywordEmbeddings())
        return opened[-1]

    with Index.open(filled, embedder) as index:
        assert opened == []
        index.encode("实习")
        index.encode("教师")
        assert near(index, "教师", 1) == ["教师可以到企业实践。"]
    assert len(opened) == 1


def test_what_waits_for_a_vector_is_counted_anew_after_every_change(index: Index) -> None:
    put(index, policy("law", "企业应当接纳学生实习。"))
    assert index.pending() == 1
    put(index, policy("measures", "教师可以到企业实践。"))
    assert index.pending() == 2
    index.embed_pending()
    assert index.pending() == 0
