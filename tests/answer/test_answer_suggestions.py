"""What is offered to ask next is answered by a clause that holds on the same day and place, and was not asked yet."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import Assistant, validity
from assistant.answer.suggest import suggestions
from assistant.models import (
    Answer,
    Citation,
    Kind,
    Level,
    Metadata,
    Policy,
    Provision,
    Statement,
    Status,
    Tier,
    Wording,
)

DAY = dt.date(2026, 3, 1)


def clause(place: str, kind: Kind, *asks: str, **more: dt.date) -> Provision:
    return Provision(f"notice/{place}", Level.ARTICLE, place, "条文", kinds=(kind,), asks=asks, **more)


NOTICE = Policy(
    id="notice",
    source="notice.yaml",
    wording=Wording.DIGEST,
    metadata=Metadata(title="通知", effective=dt.date(2020, 1, 1), jurisdiction="330000", tier=Tier.NOTICE),
    provisions=(
        clause("art_1", Kind.CONDITION, "什么企业能申报？", "Who can apply?"),
        clause("art_2", Kind.SANCTION, "弄虚作假会怎样？"),
        clause("art_3", Kind.BENEFIT, "能拿多少补贴？", "How much is the subsidy?"),
        clause("art_4", Kind.PROCEDURE, "到哪里申报？", "Where do we apply?"),
        clause("art_5", Kind.MATERIAL, "要交什么材料？"),
    ),
)


def cite(place: str) -> Citation:
    return Citation(
        1,
        NOTICE.source,
        NOTICE.id,
        "通知",
        None,
        Tier.NOTICE,
        "330000",
        f"notice/{place}",
        place,
        "条文",
        Wording.DIGEST,
        None,
        None,
        True,
    )


ANSWER = Answer(
    question="申报条件？",
    status=Status.ANSWERED,
    text="",
    language="zh",
    as_of=DAY,
    jurisdiction="330200",
    statements=(Statement("条文", (1,), Kind.CONDITION),),
    citations=(cite("art_1/item_1"),),
)


def suggested(answer: Answer = ANSWER, policy: Policy = NOTICE, asked: tuple[str, ...] = ()) -> tuple[str, ...]:
    return suggestions(answer, [policy], validity.spans([policy]), {}, asked)


def test_what_stands_beside_the_cited_clause_comes_by_use_for_the_reader():
    assert suggested() == ("能拿多少补贴？", "到哪里申报？", "要交什么材料？")


def test_what_was_asked_already_in_whatever_words_is_not_offered_again():
    asked = ("能拿多少补贴", "请问到哪里申报？")
    assert suggested(asked=asked) == ("要交什么材料？", "弄虚作假会怎样？")


def test_an_english_answer_offers_english_questions():
    assert suggested(replace(ANSWER, language="en")) == ("How much is the subsidy?", "Where do we apply?")


@pytest.mark.parametrize(
    "changes",
    [
        {"effective": dt.date(2026, 3, 2)},
        {"expires": dt.date(2026, 2, 28)},
        {"repealed": dt.date(2026, 3, 1)},
        {"effective": None},  # nobody knows whether it holds
        {"jurisdiction": "360000"},  # another province's
        {"tier": Tier.PAPER},
    ],
)
def test_what_does_not_hold_there_and_then_is_not_offered(changes):
    assert suggested(policy=replace(NOTICE, metadata=replace(NOTICE.metadata, **changes))) == ()


def test_a_clause_of_its_own_dates_is_offered_only_within_them():
    ended = clause("art_3", Kind.BENEFIT, "能拿多少补贴？", expires=dt.date(2025, 12, 31))
    policy = replace(NOTICE, provisions=(ended, NOTICE.provisions[3]))
    assert suggested(policy=policy) == ("到哪里申报？",)


def test_a_refusal_offers_what_the_clauses_near_it_answer():
    refused = replace(ANSWER, status=Status.NOT_FOUND, statements=(), citations=(), related=(cite("art_3"),))
    assert suggested(refused) == ("能拿多少补贴？",)
    assert suggested(replace(refused, jurisdiction=None)) == ()  # without its place it would find no answer


def test_what_an_original_tells_is_not_offered_from_its_digest():
    original = replace(ANSWER, citations=(replace(cite("art_3"), policy_id="full", address="full/art_3"),))
    found = suggestions(original, [NOTICE], validity.spans([NOTICE]), {"notice": "full"}, ())
    assert found == ("到哪里申报？", "要交什么材料？", "弄虚作假会怎样？")


@pytest.mark.parametrize(
    "question",
    ["产教融合型企业的投资可以抵免多少教育费附加？", "How much of our investment can we credit, and against what?"],
)
def test_what_the_starter_corpus_offers_it_answers(starter_home: Path, question: str):
    with Assistant.open(starter_home) as starter:
        answer = starter.ask(question)
        assert 1 <= len(answer.suggestions) <= 3
        cited = tuple({c.policy_id for c in answer.citations})
        for offered in answer.suggestions:
            following = starter.ask(offered, history=[question], cited=cited)
            assert following.status in (Status.ANSWERED, Status.PARTIAL)
            assert {c.policy_id for c in following.citations} & set(cited)
