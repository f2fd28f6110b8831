"""What a question names outright is found outright: clauses, documents, versions; what is not there is said to be so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from langchain_core.embeddings import Embeddings

from assistant.answer import Part, answer
from assistant.config import RetrievalSettings, Settings
from assistant.index import Index, Origin
from assistant.models import (
    Answer,
    Chunk,
    Level,
    Metadata,
    Policy,
    Provision,
    Relation,
    Role,
    Status,
    Tier,
    Wording,
)
from assistant.pipeline.ask import ask
from assistant.prompts import phrases
from assistant.retrieve import Hit, Named, Scope, idf, resolve, search
from assistant.retrieve.titles import Titles
from assistant.understand import Inquiry, glossary, understand

TODAY = dt.date(2026, 3, 1)


class ThreeKeywords(Embeddings):
    """Counts three words, plus a constant so that no vector is zero."""

    model_id = "three-keywords"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return [*(float(text.count(word)) for word in ("实习", "抵免", "学徒")), 0.1]


def articles(id_: str, *texts: str) -> tuple[Provision, ...]:
    return tuple(
        Provision(f"{id_}/art_{n}", Level.ARTICLE, f"第{'零一二三四五六七八九'[n]}条", text)
        for n, text in enumerate(texts, start=1)
    )


def policy(id_: str, title: str, *texts: str, wording: Wording = Wording.ORIGINAL, relations=(), **metadata) -> Policy:
    known = {"tier": Tier.LAW, "jurisdiction": "CN", **metadata}
    return Policy(
        id_, f"{id_}.md", wording, Metadata(title=title, **known), articles(id_, *texts), relations=tuple(relations)
    )


POLICIES = (
    policy(
        "vel-1996", "中华人民共和国职业教育法", "第一条　为了发展职业教育，制定本法。", "第二条　企业可以举办职业学校。",
        effective=dt.date(1996, 9, 1),
    ),
    policy(
        "vel-2022", "中华人民共和国职业教育法", "第一条　为了推动职业教育高质量发展，制定本法。",
        "第二条　企业应当深度参与职业教育，接纳学生实习。", "第三条　企业设立学徒岗位的，按照规定享受补贴。",
        effective=dt.date(2022, 5, 1),
    ),
    policy(
        "credit-digest", "关于抵免教育费附加的通知", "试点企业可以按投资的30%抵免教育费附加。",
        wording=Wording.DIGEST, tier=Tier.NOTICE, doc_number="财税〔2019〕46号", effective=dt.date(2019, 1, 1),
    ),
    policy(
        "credit", "关于抵免教育费附加的通知", "第一条　试点企业兴办职业教育的投资，可按投资额的30%的比例抵免当年应缴教育费附加。",
        tier=Tier.NOTICE, doc_number="财税〔2019〕46号", effective=dt.date(2019, 1, 1),
    ),
    policy(
        "ningbo", "宁波市学生实习补贴办法", "第一条　企业接收学生实习的，每人补贴500元。",
        tier=Tier.NORMATIVE, jurisdiction="330200", effective=dt.date(2020, 1, 1),
    ),
    policy(
        "jinhua", "金华市学生实习补贴办法", "第一条　企业接收学生实习的，每人补贴300元。",
        tier=Tier.NORMATIVE, jurisdiction="330700", effective=dt.date(2020, 1, 1),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    home: Path = tmp_path_factory.mktemp("named") / "home"
    with Index.open(home, ThreeKeywords()) as opened:
        with opened.writing():
            for each in POLICIES:
                opened.put(each, _chunks(each), Origin(f"/files/{each.source}", "digest", "built"))
        opened.embed_pending()
        yield opened


def _chunks(of: Policy) -> tuple[Chunk, ...]:
    return tuple(
        Chunk(n, (p.address,), f"{of.metadata.title} {p.locator}", p.text, len(p.text), Role.TEXT)
        for n, p in enumerate(of.provisions)
    )


def asked(index: Index, question: str, **given: object) -> tuple[Inquiry, Named, list[Hit]]:
    scope = Scope.of(index.policies())
    inquiry = understand(question, glossary=glossary.bundled(), idf=lambda term: idf(index, term), today=TODAY, **given)
    named = resolve(inquiry, index, scope)
    return inquiry, named, search(inquiry, named, index, scope, RetrievalSettings(), k=20)


def answered(index: Index, question: str, **given: object) -> Answer:
    part = Part(*asked(index, question, **given))
    return answer([part], index, Scope.of(index.policies()), phrases("answer", "zh"))


@pytest.mark.parametrize(("score", "unsure"), [(0.5, False), (0.15, True)])
def test_an_answer_from_clauses_none_of_which_is_near_says_so(index, score, unsure):
    inquiry, named, hits = asked(index, "企业要给实习生什么？")
    part = Part(inquiry, named, [replace(hits[0], score=score)])
    told = answer([part], index, Scope.of(index.policies()), phrases("answer", "zh"))
    assert told.statements
    assert any("把握不大" in notice for notice in told.notices) is unsure


def test_a_clause_named_outright_is_found_outright(index):
    inquiry, named, hits = asked(index, "职业教育法第二条怎么说？")
    assert named.clauses == {"vel-2022/art_2"}
    assert [c.address for c in answered(index, inquiry.question).citations] == ["vel-2022/art_2"]
    assert any(h.address == "vel-2022/art_2" for h in hits)


@pytest.mark.parametrize(
    ("question", "given", "version"),
    [
        ("职业教育法第一条怎么说？", {}, "vel-2022"),
        ("1996年的职业教育法第一条怎么说？", {}, "vel-1996"),
        ("旧的职业教育法第一条怎么说？", {}, "vel-1996"),
        ("2022年修订的职业教育法第一条怎么说？", {}, "vel-2022"),
        ("职业教育法第一条怎么说？", {"as_of": dt.date(2010, 1, 1)}, "vel-1996"),
        ("2010年时职业教育法第一条怎么说？", {}, "vel-1996"),
    ],
)
def test_of_two_versions_the_one_meant_is_named(index, question, given, version):
    _, named, _ = asked(index, question, **given)
    assert named.policies == {version}
    assert named.clauses == {f"{version}/art_1"}


def test_a_document_called_by_its_place_is_meant_beside_one_named_in_full(tmp_path):
    with Index.open(tmp_path / "home") as opened:
        for each in (
            policy("henan", "河南省职业培训条例", "实习。", jurisdiction="410000"),
            policy("law", "民办教育促进法", "实习。"),
        ):
            opened.put(each, _chunks(each), Origin("/files/x", "digest", "built"))
        _, named, _ = asked(opened, "按河南的职业培训条例和按民办教育促进法，怎么罚？")
        assert named.policies == {"henan", "law"}


@pytest.mark.parametrize("name", ["Labor Contract Law", "Labour Contract Law", "PRC Labour Contract Law"])
def test_an_english_name_is_understood_in_either_spelling(name):
    law = policy("labour", "劳动合同法", "实习。", title_en="Labor Contract Law")
    assert Titles([law]).find(f"What does Article 1 of the {name} say?") == {"labour"}


def test_a_version_no_longer_in_force_is_told_with_a_notice(index):
    told = answered(index, "旧的职业教育法第二条怎么说？")
    assert [c.policy_id for c in told.citations] == ["vel-1996"]
    assert told.citations[0].in_force is False
    assert told.notices == (
        "《中华人民共和国职业教育法》在2026-03-01已不在有效期内。",
        "《中华人民共和国职业教育法》已由《中华人民共和国职业教育法（2022-05-01起施行）》取代。",
    )


def test_a_clause_that_the_law_does_not_have_is_refused_by_name(index):
    told = answered(index, "职业教育法第九条规定了什么？")
    assert told.status is Status.NOT_FOUND
    assert told.citations == ()
    assert told.text.startswith("《中华人民共和国职业教育法》中没有第九条，因此不作回答。")


@pytest.mark.parametrize(
    ("question", "name"),
    [("《劳动合同法》第五条怎么说？", "《劳动合同法》"), ("财税〔2031〕1号可以抵免多少？", "财税〔2031〕1号")],
)
def test_a_document_that_is_not_held_is_refused_by_name(index, question, name):
    _, named, _ = asked(index, question)
    told = answered(index, question)
    assert named.missing == (name,)
    assert told.status is Status.NOT_FOUND
    assert told.text.startswith(f"现有政策中没有“{name}”，因此不作回答。")
    assert told.citations == ()


@pytest.mark.parametrize("number", ["财税〔2019〕46号", "财税[2019]46号", "财税（2019）46号", "财税〔2019〕４６号"])
def test_a_document_number_is_found_however_it_is_typed(index, number):
    _, named, _ = asked(index, f"{number}可以抵免多少？")
    assert named.policies == {"credit", "credit-digest"}
    assert named.missing == ()


def test_the_official_words_stand_in_the_place_of_a_digest_of_the_same_clause(index):
    _, _, hits = asked(index, "投资可以抵免多少教育费附加？")
    assert "credit" in {h.policy.id for h in hits}
    assert "credit-digest" not in {h.policy.id for h in hits}
    told = answered(index, "财税〔2019〕46号规定可以抵免多少？")
    assert {c.wording for c in told.citations} == {Wording.ORIGINAL}
    assert "30%的比例" in told.text


def test_an_original_of_another_version_does_not_stand_for_a_digest():
    digest = policy("d", "某办法", "甲", wording=Wording.DIGEST, effective=dt.date(2019, 1, 1))
    same = policy("o", "某办法", "甲", effective=dt.date(2019, 1, 1))
    other = policy("n", "某办法", "甲", effective=dt.date(2023, 1, 1))
    assert Scope.of((digest, same, other)).originals == {"d": "o"}
    assert Scope.of((digest, other)).originals == {}


def test_only_policies_that_hold_in_the_place_asked_for_are_looked_at(index):
    _, _, hits = asked(index, "宁波企业接收学生实习有什么补贴？")
    found = {h.policy.id for h in hits}
    assert "ningbo" in found
    assert "jinhua" not in found
    assert "vel-2022" in found  # the nation's hold there too


def test_without_a_place_every_place_is_looked_at(index):
    _, _, hits = asked(index, "企业接收学生实习有什么补贴？")
    assert {"ningbo", "jinhua"} <= {h.policy.id for h in hits}


def test_each_clause_comes_up_once(index):
    for question in ("实习补贴", "抵免教育费附加", "职业教育法第二条"):
        _, _, hits = asked(index, question)
        assert len({h.address for h in hits}) == len(hits)


def test_the_ranking_is_the_same_every_time(index):
    once, again = (asked(index, "企业接收学生实习有什么补贴？")[2] for _ in range(2))
    assert [(h.address, h.score) for h in once] == [(h.address, h.score) for h in again]


def test_a_rare_word_tells_more_than_a_frequent_one(index):
    assert idf(index, "学徒") > idf(index, "企业") > 0
    assert idf(index, "从未出现过的词") >= idf(index, "学徒")


def test_what_is_out_of_scope_is_refused_in_those_words(index):
    told = answered(index, "今天天气怎么样")
    assert told.status is Status.OUT_OF_SCOPE
    assert told.text.startswith("这个问题不在产教融合、职业教育及相关企业政策的范围内，无法依据政策条款回答。")


def test_another_countrys_law_is_refused_with_what_is_close(index):
    told = answered(index, "德国的企业接收学生实习有什么补贴？")
    assert told.status is Status.NOT_FOUND
    assert "以下条款与问题相近，但不构成答案：\n- 《" in told.text
    assert told.citations == ()


def test_a_refusal_names_the_place_it_was_limited_to(index):
    told = answered(index, "德国的学徒工资在宁波怎么算？")
    assert told.notices == ("只采用适用于宁波市的政策（含其上级和国家政策）。",)


def test_a_repealed_text_is_not_an_answer_for_a_later_day(index):
    _, _, hits = asked(index, "企业可以举办职业学校吗？", as_of=dt.date(2025, 1, 1))
    assert {h.in_force for h in hits if h.policy.id == "vel-1996"} <= {False}
    told = answered(index, "企业可以举办职业学校吗？", as_of=dt.date(2025, 1, 1))
    assert "vel-1996" not in {c.policy_id for c in told.citations}


def test_relations_of_policies_cut_their_spans_in_the_scope():
    old = policy("old", "旧办法", "甲", relations=(Relation("superseded_by", "new"),), effective=dt.date(2016, 1, 1))
    new = policy("new", "新办法", "甲", effective=dt.date(2022, 1, 1))
    assert Scope.of((old, new)).spans["old"].end == dt.date(2022, 1, 1)


def ended_and_open(tmp_path: Path) -> Index:
    """One policy still in force with two clauses, one of which ended with 2023."""
    of = policy("subsidy", "扩岗补助通知", "每招用一人补助1000元。", "每招用一人补助1500元。", tier=Tier.NOTICE,
                effective=dt.date(2023, 1, 1))  # fmt: skip
    first, second = of.provisions
    dated = replace(of, provisions=(replace(first, expires=dt.date(2023, 12, 31)), second))
    index = Index.open(tmp_path / "home", ThreeKeywords())
    with index.writing():
        index.put(dated, _chunks(dated), Origin("/files/subsidy.md", "digest", "built"))
    return index


@pytest.mark.parametrize(("day", "holds"), [(dt.date(2023, 12, 31), True), (dt.date(2024, 1, 1), False)])
def test_a_clause_with_a_last_day_of_its_own_ends_while_its_policy_goes_on(tmp_path, day, holds):
    with ended_and_open(tmp_path) as index:
        _, _, hits = asked(index, "招用一人补助多少元？", as_of=day)
    assert {h.address: h.in_force for h in hits} == {"subsidy/art_1": holds, "subsidy/art_2": True}


def test_while_vectors_are_being_made_words_answer_and_the_answer_says_so(tmp_path):
    with ended_and_open(tmp_path) as index:
        assert index.pending() == 2  # nothing was embedded yet
        told = ask("扩岗补助通知第二条怎么说？", index, Settings())
        assert [c.address for c in told.citations] == ["subsidy/art_2"]
        assert told.notices[-1] == "部分新文档的向量仍在生成，目前按字词检索。"
        index.embed_pending()
        assert index.pending() == 0
        assert (
            "部分新文档的向量仍在生成，目前按字词检索。" not in ask("招用一人补助多少元？", index, Settings()).notices
        )
