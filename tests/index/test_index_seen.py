"""What one person puts there exists for nobody else: not in a list, not by name, not among what is found."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from index_fakes import KeywordEmbeddings, chunks, found, near, policy

from assistant.index import Index, Origin, Reach
from assistant.index.seen import space

LAW = policy("law", "企业应当接纳学生实习。", doc_number="教职成〔2020〕1号", title="校企合作办法")
MINE = policy("own_a-plan", "甲公司接纳学生实习实习六十人。", doc_number="甲司〔2024〕7号", title="合作办法")


@pytest.fixture
def held(index: Index) -> Index:
    """A law for everybody, and alice's plan, which her search word occurs in more often."""
    with index.writing():
        index.put(LAW, chunks(LAW), Origin("/files/law.md", "d", "b"))
        index.put(MINE, chunks(MINE), Origin("/files/plan.md", "d", "b", owner="alice", reach=Reach.OWNER))
    index.embed_pending()
    return index


@pytest.mark.parametrize(("name", "ids"), [("alice", ["law", "own_a-plan"]), ("bob", ["law"]), (None, ["law"])])
def test_a_private_document_exists_for_its_owner_alone(held: Index, name: str | None, ids: list[str]) -> None:
    seen = held.seen_by(name)
    is_owner = len(ids) == 2
    assert [each.id for each in seen.policies()] == ids
    assert sorted(entry.policy_id for entry in seen.entries()) == ids
    assert [(seen.policy(word) is not None) for word in ("own_a-plan", MINE.source)] == [is_owner] * 2
    assert bool(seen.provisions("own_a-plan")) is bool(seen.subtree("own_a-plan/art_1")) is is_owner
    assert bool(seen.chunks_of("own_a-plan")) is is_owner
    assert bool(seen.chunks(held.ledger.chunk_ids("own_a-plan"))) is is_owner
    assert len(found(seen, "实习")) == len(near(seen, "实习")) == len(ids)
    assert bool(seen.find_policies(doc_number="甲司〔2024〕7号")) is is_owner


def test_what_is_hidden_takes_no_places(held: Index) -> None:
    assert near(held, "实习实习", k=1) == ["甲公司接纳学生实习实习六十人。"]
    assert near(held.seen_by("bob"), "实习实习", k=1) == ["企业应当接纳学生实习。"]
    assert found(held.seen_by("bob"), "实习", k=1) == ["企业应当接纳学生实习。"]


def test_a_hidden_title_does_not_hide_titles_that_contain_it(held: Index) -> None:
    assert [each.id for each in held.seen_by("alice").find_policies(title="合作办法")] == ["own_a-plan"]
    assert [each.id for each in held.seen_by("bob").find_policies(title="合作办法")] == ["law"]


def test_a_search_within_a_hidden_document_finds_nothing(held: Index) -> None:
    vector = KeywordEmbeddings().embed_query("实习")
    assert held.seen_by("bob").search_words(["实习"], 5, policies={"own_a-plan"}) == []
    assert held.seen_by("bob").search_vectors(vector, 5, policies={"own_a-plan"}) == []


def test_what_is_let_be_found_is_found_at_once_and_what_is_taken_back_is_not(held: Index) -> None:
    alice, bob = held.seen_by("alice"), held.seen_by("bob")
    assert alice.let(MINE.source, Reach.EVERYBODY)
    assert [each.id for each in bob.policies()] == ["law", "own_a-plan"]
    assert alice.let(MINE.source, Reach.WAITING)
    assert [each.id for each in alice.policies()] == [each.id for each in bob.policies()] == ["law"]
    assert [entry.policy_id for entry in alice.own()] == ["own_a-plan"]


def test_nobody_changes_or_removes_what_belongs_to_another(held: Index) -> None:
    bob = held.seen_by("bob")
    assert not bob.let(MINE.source, Reach.EVERYBODY)
    assert not bob.remove(MINE.source)
    assert not bob.remove(LAW.source)
    assert not held.seen_by(None).remove(MINE.source)
    assert held.seen_by("alice").remove(MINE.source)


def test_a_new_version_is_for_those_for_whom_the_older_one_was(held: Index) -> None:
    held.seen_by("alice").let(MINE.source, Reach.EVERYBODY)
    held.put(MINE, chunks(MINE), Origin("/files/plan.md", "d2", "b", owner="alice", reach=Reach.OWNER))
    assert held.seen_by("bob").policy("own_a-plan")
    held.put(MINE, chunks(MINE), Origin("/files/plan.md", "d3", "b", owner="alice", reach=Reach.WAITING))
    assert not held.seen_by("alice").policy("own_a-plan")


def test_failures_of_others_are_not_told(index: Index) -> None:
    index.ledger.note_failures("/1", [(None, f"{space('alice')}/薪酬.pdf", "it is damaged")])
    index.ledger.note_failures("/2", [(None, "办法.pdf", "it is damaged")])
    assert [failure.source for failure in index.seen_by("bob").failures()] == ["办法.pdf"]
    assert len(index.seen_by("alice").failures()) == 2


def test_an_installation_of_the_format_before_keeps_everything_and_is_for_everybody(
    home: Path, tmp_path: Path, embedder: KeywordEmbeddings
) -> None:
    with Index.open(home, embedder) as index:
        index.put(LAW, chunks(LAW), Origin("/files/law.md", "d", "b"))
    old = tmp_path / "old"
    shutil.copytree(home, old)
    with sqlite3.connect(old / "ledger.sqlite") as db:  # the format before had neither of the two columns
        db.execute("ALTER TABLE documents DROP COLUMN owner")
        db.execute("ALTER TABLE documents DROP COLUMN reach")
        db.execute("PRAGMA user_version = 2")
    db.close()
    with Index.open(old, embedder) as index:
        assert [each.id for each in index.seen_by("bob").policies()] == ["law"]
        assert found(index.seen_by("bob"), "实习") == ["企业应当接纳学生实习。"]
        assert index.doctor() == [] or all(finding.part == "vectors" for finding in index.doctor())
    with Index.open(old, embedder) as index:  # and it is upgraded once
        assert index.seen_by(None).entries()[0].origin.reach is Reach.EVERYBODY
