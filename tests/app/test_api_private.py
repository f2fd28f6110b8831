"""Through the API, what one person takes in is reachable for nobody else, by no way there is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.app.api import Assistant
from assistant.errors import AssistantError
from assistant.index import Reach
from assistant.models import Status
from assistant.pipeline.report import Change

QUESTION = "企业接收学徒满多少天可以获得补助？"
PLAN = "某公司学徒补助办法\n\n第一条　企业接收学徒满九十七天的，可以获得八万元的一次性补助。\n"
RULES = "某省职业学校办法\n\n第一条　职业学校应当开设劳动课程。\n\n第二条　职业学校应当配备实训教师。\n"


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    (tmp_path / "办法.md").write_text(RULES, "utf-8")
    (tmp_path / "alice").mkdir()
    (tmp_path / "alice" / "办法.md").write_text(PLAN, "utf-8")
    with Assistant.open(tmp_path / "home") as opened:
        opened.ingest(tmp_path / "办法.md")
        yield opened


@pytest.fixture
def source(assistant: Assistant, tmp_path: Path) -> str:
    """The name of a document that alice took in."""
    outcome = assistant.seen_by("alice").ingest(tmp_path / "alice" / "办法.md").outcomes[0]
    assert (outcome.status, outcome.reason) == (Change.ADDED, "")
    return outcome.source


def test_a_private_document_answers_its_owner_and_nobody_else(assistant: Assistant, source: str) -> None:
    own = assistant.seen_by("alice").ask(QUESTION)
    assert own.status is Status.ANSWERED
    assert [citation.source for citation in own.citations] == [source]
    id_ = own.citations[0].policy_id
    for other in (assistant.seen_by("bob"), assistant.seen_by(None), assistant):
        answer = other.ask(QUESTION, cited=[id_])
        assert not {c.policy_id for c in (*answer.citations, *answer.related)} & {id_}
        assert "九十七" not in repr(answer)
        assert "八万" not in repr(answer)
        assert all(hit.chunk.policy.id != id_ for hit in other.search("学徒 补助"))
        assert [policy.source for policy in other.policies()] == ["办法.md"]
        for word in (id_, source):
            with pytest.raises(AssistantError, match="There is no document"):
                other.policy(word)
        with pytest.raises(AssistantError, match="There is no document"):
            other.page_image(id_, f"{id_}/art_1", 1)
        assert "alice" not in repr(other.insight())
        assert "某公司" not in repr(other.insight())
        assert not other.remove(source)
        with pytest.raises(AssistantError, match="of yours here"):
            other.let(source, Reach.EVERYBODY)
        assert answer.record
        assert other.answer_record(answer.record)


def test_the_record_of_an_answer_from_a_private_document_is_for_its_owner(assistant: Assistant, source: str) -> None:
    alice = assistant.seen_by("alice")
    record = alice.ask(QUESTION).record
    assert record
    assert alice.answer_record(record)["citations"][0]["source"] == source
    for other in (assistant.seen_by("bob"), assistant):
        with pytest.raises(AssistantError, match="There is no record of an answer"):
            other.answer_record(record)
        with pytest.raises(AssistantError, match="There is no record of an answer"):
            other.rate(record, good=False)


def test_published_it_answers_everybody_until_it_is_taken_back(assistant: Assistant, source: str) -> None:
    alice, bob = assistant.seen_by("alice"), assistant.seen_by("bob")
    alice.let(source, Reach.EVERYBODY)
    answer = bob.ask(QUESTION)
    assert "八万元" in answer.text
    assert "alice" not in repr(answer) + repr(bob.policies())
    alice.let(source, Reach.OWNER)
    assert "八万元" not in bob.ask(QUESTION).text
    assert answer.record
    with pytest.raises(AssistantError, match="There is no record of an answer"):
        bob.answer_record(answer.record)


def test_two_people_hold_the_same_file_without_knowing_of_each_other(
    assistant: Assistant, source: str, tmp_path: Path
) -> None:
    same, bob = tmp_path / "办法.md", assistant.seen_by("bob")
    for file in (tmp_path / "alice" / "办法.md", same):  # hers, and the one that is for everybody
        outcome = bob.ingest(file).outcomes[0]
        assert (outcome.status, outcome.reason) == (Change.ADDED, "")
        assert "alice" not in outcome.source
        assert bob.policy(outcome.source).id.endswith(("办法", "办法-2"))
    assert len(bob.policies()) == 3
    assert len(bob.own()) == 2
    assert [policy.source for policy, _ in assistant.seen_by("alice").own()] == [source]


def test_what_waits_answers_nobody_until_it_is_confirmed(assistant: Assistant, tmp_path: Path) -> None:
    alice = assistant.seen_by("alice")
    waiting = alice.ingest(tmp_path / "alice" / "办法.md", wait=True).outcomes[0].source
    assert "八万元" not in alice.ask(QUESTION).text
    policy, entry = alice.own()[0]
    assert policy.metadata.title == "某公司学徒补助办法"
    assert entry.origin.reach is Reach.WAITING
    alice.ingest(tmp_path / "alice" / "办法.md", facts={"doc_number": "甲司〔2024〕7号"})
    assert alice.own()[0][1].origin.reach is Reach.WAITING
    alice.let(waiting, Reach.OWNER)
    answer = alice.ask(QUESTION)
    assert "八万元" in answer.text
    assert answer.citations[0].doc_number == "甲司〔2024〕7号"


def test_a_collection_cannot_be_private(assistant: Assistant, tmp_path: Path) -> None:
    file = tmp_path / "all.jsonl"
    file.write_text('{"id": "a", "title": "x", "text": "第一条 y"}\n', "utf-8")
    outcome = assistant.seen_by("alice").ingest(file).outcomes[0]
    assert outcome.status is Change.FAILED
    assert "can only be taken in for everybody" in outcome.reason
