"""What goes into the ledger comes out as it was, and is found under every name it has."""

import datetime as dt
import sqlite3
from dataclasses import replace

import pytest
from index_fakes import chunks, policy, put

from assistant.errors import InstallationError
from assistant.index import Index, Origin
from assistant.index.database import SCHEMA_VERSION
from assistant.index.ledger import number_key, title_key
from assistant.models import (
    Box,
    Kind,
    Level,
    Metadata,
    Policy,
    Provision,
    Quantity,
    Relation,
    Tier,
    Wording,
)

FULL = Policy(
    id="measures",
    source="试点办法.yaml",
    wording=Wording.DIGEST,
    metadata=Metadata(
        title="试点办法",
        title_en="Pilot measures",
        doc_number="发改社会〔2019〕1号",
        issuers=("国家发展改革委", "教育部"),
        issued=dt.date(2019, 3, 28),
        effective=dt.date(2019, 4, 1),
        expires=dt.date(2024, 3, 31),
        repealed=dt.date(2023, 1, 1),
        jurisdiction="CN",
        tier=Tier.NORMATIVE,
        url="https://example.org/1",
    ),
    provisions=(
        Provision("measures/ch_1", Level.CHAPTER, "第一章", "第一章 总则"),
        Provision(
            address="measures/art_2",
            level=Level.ARTICLE,
            locator="第二条",
            text="第二条　接收实习生不少于五人。",
            trail=("第一章 总则",),
            page=3,
            text_en="Take at least five interns.",
            kinds=(Kind.CONDITION, Kind.DEADLINE),
            audiences=("enterprise",),
            quantities=(Quantity("interns", "5", "person", ">="),),
            asks=("要收多少实习生？", "How many interns?"),
            basis="memory",
            note="人数待核。",
            effective=dt.date(2020, 1, 1),
            expires=dt.date(2022, 12, 31),
            boxes=(Box(3, 0.1, 0.2, 0.9, 0.2251), Box(4, 0.1, 0.1, 0.5, 0.12, confidence=0.973)),
        ),
    ),
    status="superseded",
    validity_note="试行期五年。",
    relations=(Relation("implements", "law-1"), Relation("related", "《职业教育法》")),
    findings=("第3页没有文字",),
)


def test_a_policy_comes_back_as_it_was_stored(index: Index) -> None:
    put(index, FULL)
    assert index.policy("measures") == FULL
    assert index.policy("试点办法.yaml") == FULL
    assert index.policies() == (replace(FULL, provisions=()),)


def test_a_policy_of_which_nothing_is_known_comes_back_too(index: Index) -> None:
    bare = Policy(
        "bare", "bare.txt", Wording.ORIGINAL, Metadata(), (Provision("bare/preamble", Level.PREAMBLE, "", "字"),)
    )
    put(index, bare)
    assert index.policy("bare") == bare


def test_there_is_no_policy_of_an_unknown_name(index: Index) -> None:
    assert index.policy("unknown") is None
    assert index.provisions("unknown") == ()


def test_a_new_version_takes_the_place_of_the_old_one(index: Index) -> None:
    put(index, policy("law", "旧一", "旧二"))
    put(index, policy("law", "新一"))
    assert [p.text for p in index.provisions("law")] == ["新一"]
    assert index.ledger.sizes() == (1, 1, 1)


def test_chunks_know_their_policy_their_clauses_and_their_translation(index: Index) -> None:
    put(index, FULL)
    (heading, clause) = index.chunks_of("measures")
    assert clause.policy == replace(FULL, provisions=())
    assert (clause.ordinal, clause.addresses) == (1, ("measures/art_2",))
    assert (clause.text, clause.text_en) == ("第二条　接收实习生不少于五人。", "Take at least five interns.")
    assert heading.text_en is None


def test_chunks_come_in_the_order_asked_for_without_those_that_are_gone(index: Index) -> None:
    put(index, policy("law", "一", "二", "三"))
    first, second, third = (chunk.id for chunk in index.chunks_of("law"))
    assert [c.text for c in index.chunks([third, 12345, first]).values()] == ["三", "一"]
    assert second not in index.chunks([third, first])


def test_the_id_of_a_chunk_stands_for_its_content(index: Index) -> None:
    put(index, policy("law", "一", "二"))
    one, two = (chunk.id for chunk in index.chunks_of("law"))
    moved = policy("law", "一", "二", "三")
    put(index, moved)
    assert [chunk.id for chunk in index.chunks_of("law")][:2] == [one, two]
    put(index, policy("other", "一"))
    assert one not in [chunk.id for chunk in index.chunks_of("other")]


def test_two_chunks_of_the_same_words_are_two(index: Index) -> None:
    twice = policy("law", "同上", "同上")
    made = tuple(replace(chunk, context="表") for chunk in chunks(twice))
    index.put(twice, made, Origin("/law.md", "d", "b"))
    assert [chunk.addresses for chunk in index.chunks_of("law")] == [("law/art_1",), ("law/art_2",)]


def test_a_subtree_holds_what_is_under_an_address_and_nothing_beside_it(index: Index) -> None:
    addresses = ("law/art_1", "law/art_1/item_1", "law/art_1/item_2", "law/art_10", "law/art_1~2", "law/art_1~2/item_1")
    provisions = tuple(Provision(a, Level.ARTICLE, a, a) for a in addresses)
    put(index, Policy("law", "law.md", Wording.ORIGINAL, Metadata(), provisions))
    assert [p.address for p in index.subtree("law/art_1")] == list(addresses[:3])
    assert [p.address for p in index.subtree("law/art_1~2")] == list(addresses[4:])
    assert [p.address for p in index.subtree("law")] == list(addresses)
    assert index.subtree("law/art_2") == ()


@pytest.mark.parametrize(
    "written",
    ["财税〔2019〕46号", "财税[2019]46号", "财税（2019）46 号", "财税【2019】第46号", "财税〔２０１９〕４６号"],
)
def test_a_doc_number_is_found_however_it_is_written(index: Index, written: str) -> None:
    put(
        index,
        policy("notice", "抵免。", doc_number="财税〔2019〕46号"),
        policy("other", "税。", doc_number="财税〔2019〕4号"),
    )
    assert [p.id for p in index.find_policies(doc_number=written)] == ["notice"]


def test_no_doc_number_is_no_key() -> None:
    assert number_key(None) is None
    assert number_key("  ") is None
    assert title_key("《》") is None


def test_a_title_is_found_whole_before_it_is_found_in_part(index: Index) -> None:
    law = policy("law", "一", title="中华人民共和国职业教育法")
    rules = policy("rules", "一", title="某省实施职业教育法办法")
    put(index, law, rules)
    assert [p.id for p in index.find_policies(title="《职业教育法》")] == ["law"]
    assert [p.id for p in index.find_policies(title="职业教育")] == ["law", "rules"]
    assert index.find_policies(title="劳动法") == []
    assert index.find_policies(title="《》") == []


def test_an_address_that_is_taken_is_refused_and_nothing_is_stored(index: Index) -> None:
    put(index, policy("law", "一"))
    thief = replace(policy("law", "二"), source="thief.md")
    with pytest.raises(
        InstallationError, match=r"thief\.md was not stored: the id or an address of “law” is already taken"
    ):
        put(index, thief)
    assert [p.text for p in index.provisions("law")] == ["一"]


def test_the_table_of_contents_tells_where_documents_came_from(index: Index) -> None:
    of = policy("law", "一", "二")
    index.put(of, chunks(of), Origin("/files/all.jsonl", "d1", "readers 1", 17))
    (entry,) = index.entries()
    assert (entry.source, entry.policy_id, entry.provisions, entry.chunks) == ("law.md", "law", 2, 2)
    assert entry.origin == Origin("/files/all.jsonl", "d1", "readers 1", 17)


def test_a_group_of_documents_is_stored_together_or_not_at_all(index: Index) -> None:
    def store_then_fail() -> None:
        with index.together():
            put(index, policy("one", "一"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        store_then_fail()
    assert index.entries() == []


def test_a_ledger_of_a_newer_format_is_refused(home, index: Index) -> None:
    index.close()
    with sqlite3.connect(home / "ledger.sqlite") as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(InstallationError, match=f"has format 99, and this program knows format {SCHEMA_VERSION}"):
        Index.open(home)


def test_a_damaged_ledger_is_named_with_what_to_do(home, index: Index) -> None:
    index.close()
    (home / "ledger.sqlite").write_bytes(b"no database" * 1000)
    with pytest.raises(InstallationError, match=r"ledger\.sqlite is damaged .* restore it from a backup"):
        Index.open(home)


def test_a_home_that_cannot_be_made_is_named(tmp_path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InstallationError, match=r"cannot be created .* Choose another folder"):
        Index.open(tmp_path / "file" / "home")
