"""Whoever reads for one question goes by one generation, looked up once, and sees what was written the next time."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from index_fakes import chunks, policy, put

from assistant.index import Index, Origin, Reach


@pytest.fixture
def other(home: Path) -> Index:
    """The same installation, opened a second time as another process would."""
    return Index.open(home)


def test_the_generation_is_looked_up_once_for_all_that_is_read(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    put(index, policy("one", "实习甲。", "实习乙。"))
    looks: list[int] = []
    look = index._database.generation

    def counted() -> int:
        looks.append(1)
        return look()

    monkeypatch.setattr(index._database, "generation", counted)
    seen = index.seen_by("alice")
    with seen.reading():
        assert [len(seen.subtree("one")), len(seen.chunks_of("one")), len(seen.policies())] == [2, 2, 1]
    assert len(looks) == 1


def test_what_another_writes_meanwhile_is_seen_the_next_time(index: Index, other: Index) -> None:
    put(index, policy("one", "实习甲。"))
    with index.reading():
        before = index.generation
        assert len(index.policies()) == 1
        put(other, policy("two", "实习乙。"))
        with index.reading():
            assert index.generation == before
        assert [each.id for each in index.policies()] == ["one"]
    assert index.generation > before
    with index.reading():
        assert [each.id for each in index.policies()] == ["one", "two"]


def test_one_thread_that_reads_holds_no_other_back(index: Index, other: Index) -> None:
    put(index, policy("one", "实习甲。"))
    found: list[str] = []
    with index.reading():
        assert len(index.policies()) == 1
        put(other, policy("two", "实习乙。"))
        reader = threading.Thread(target=lambda: found.extend(each.id for each in index.policies()))
        reader.start()
        reader.join()
        assert [each.id for each in index.policies()] == ["one"]
    assert found == ["one", "two"]


def test_a_question_that_fails_lets_go_of_its_generation(index: Index, other: Index) -> None:
    with pytest.raises(ValueError, match="wrong"), index.reading():
        raise ValueError("wrong")
    put(other, policy("one", "实习甲。"))
    assert [each.id for each in index.policies()] == ["one"]


def test_what_is_private_and_removed_meanwhile_is_shown_to_nobody_else(index: Index, other: Index) -> None:
    mine = policy("own_a-plan", "甲公司接纳学生实习。")
    put(index, policy("one", "实习甲。"))
    index.put(mine, chunks(mine), Origin("/files/plan.md", "d", "b", owner="alice", reach=Reach.OWNER))
    bob = index.seen_by("bob")
    with bob.reading():
        other.remove(mine.source)
        assert [each.id for each in bob.policies()] == ["one"]
        assert bob.subtree("own_a-plan") == ()
