"""Questions are put to anything that answers and ranks; what is searched for, and what goes wrong, is told apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from handmade import RULES, SOURCE, answered, case, refused

from assistant import Assistant
from assistant.app.evaluation.session import Choice, questions
from assistant.errors import AssistantError
from assistant.evaluation import installation
from assistant.evaluation.run import is_searched, places, run
from assistant.models import Status
from assistant.pipeline import Reply
from assistant.pipeline.report import Report


class Replies:
    """A system with an answer for each question, which finds article 4 first and article 3 next."""

    name = "replies"

    def __init__(self, **answers):
        self._answers = answers

    def ask(self, case_):
        return Reply(self._answers[case_.id])

    def search(self, case_):
        return [[(SOURCE, "rules", "第四条")], [(SOURCE, "rules", "第三条"), (SOURCE, "rules", "第二条")]]


def test_every_question_is_asked_and_those_that_can_be_are_searched_for(rules, record):
    talk = case("talk", turns=("前一句", "那呢？"), type="followup")
    nothing = case("nothing", gold=(), expect=Status.NOT_FOUND)
    system = Replies(plain=answered(rules, 3), talk=answered(rules, 3), nothing=refused())
    told: list[tuple[int, int]] = []
    found = run([case("plain"), talk, nothing], system, record, progress=lambda *done: told.append(done))
    assert {id_: result.values["right_end"] for id_, result in found.items()} == {"plain": 1, "talk": 1, "nothing": 1}
    assert {id_: result.values.get("mrr") for id_, result in found.items()} == {
        "plain": 0.5,
        "talk": None,
        "nothing": None,
    }
    assert found["plain"].cited == ((SOURCE, "第三条"),)
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_rankings_alone_are_measured_without_asking(record):
    (found,) = run([case()], Replies(), record, ask=False).values()
    assert found.status is None
    assert (found.values["recall1"], found.values["recall3"]) == (0, 1)


def test_the_place_of_a_clause_is_that_of_the_first_result_that_holds_it():
    gold = case(gold=(3, 4)).gold
    clauses = [
        [("x", "x", "第三条")],
        [(SOURCE, "rules", "第四条")],
        [(SOURCE, "rules", "第四条第一款"), (SOURCE, "rules", "第三条")],
    ]
    assert places(clauses, gold) == [None, 1, 0]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            AssistantError("The question is empty."),
            "The question x could not be put to the replies: The question is empty.",
        ),
        (ValueError("no"), "The question x could not be put to the replies: ValueError: no"),
    ],
)
def test_a_question_at_which_something_goes_wrong_is_named(record, error, told):
    class Fails(Replies):
        def ask(self, case_):
            raise error

    with pytest.raises(AssistantError) as raised:
        run([case()], Fails(), record)
    assert str(raised.value) == told


def test_the_suite_search_alone_takes_every_question_that_can_be_searched_for():
    cases = questions(Choice(("search",), "dev", Path(), baseline=False))
    assert cases
    assert all(is_searched(one) for one in cases)
    assert {one.suite for one in cases} == {"laws", "corpus", "second"}
    without = questions(Choice(("search",), "dev", None, baseline=False))
    assert {one.suite for one in without} == {"corpus"}


def test_an_installation_with_other_documents_is_not_used(rules, rules_home, tmp_path, monkeypatch):
    monkeypatch.setattr(installation.pipeline, "load_corpus", lambda *_, **__: Report((), 0.0))
    (tmp_path / SOURCE).write_text(RULES, "utf-8")  # the same text, which the installation has from another folder
    with pytest.raises(AssistantError) as raised:
        installation.prepare(rules._index, rules._settings, tmp_path)
    assert f"holds {rules_home.parent / SOURCE} besides what is asked over, which would be found too." in str(
        raised.value
    )
    installation.prepare(rules._index, rules._settings, rules_home.parent)  # the folder it was made with
    assert len(rules.policies()) == 1


def test_a_text_that_cannot_be_taken_in_is_told_and_not_counted_as_a_miss(tmp_path, monkeypatch):
    monkeypatch.setattr(installation.pipeline, "load_corpus", lambda *_, **__: Report((), 0.0))
    (tmp_path / SOURCE).write_text("", "utf-8")
    with Assistant.open(tmp_path / "home") as opened, pytest.raises(AssistantError) as raised:
        installation.prepare(opened._index, opened._settings, tmp_path)
    assert f"{tmp_path / 'home'} cannot be used for an evaluation: 办法.md: " in str(raised.value)
    assert str(raised.value).endswith("Its questions would count as misses; mend it first.")


def test_a_folder_without_law_texts_is_told(tmp_path):
    with pytest.raises(AssistantError, match=r"holds no law texts: there is no \.md file in it\. Give another --orig"):
        installation.law_texts(tmp_path)
