"""`assistant eval --model`: the same questions and figures, once quoted and once worded by a language model."""

from __future__ import annotations

import pytest
from drafting_policies import AMOUNT, CONDITIONS

from assistant.app.evaluation import session
from assistant.app.evaluation.page import page
from assistant.app.evaluation.session import Choice, chat_settings
from assistant.app.evaluation.tables import print_failures, print_figures
from assistant.errors import AssistantError, ConfigError
from assistant.evaluation import figures
from assistant.evaluation.cases import Case
from assistant.evaluation.facts import Record
from assistant.evaluation.report import Report
from assistant.evaluation.run import run
from assistant.evaluation.systems import Installation
from assistant.models import Status


def case(id_: str, question: str) -> Case:
    return Case(
        id_, suite="corpus", split="dev", type="condition", language="zh", turns=(question,), expect=Status.ANSWERED,
        gold=(), also=(), facts=(), items=None, as_of=None, jurisdiction=None,
    )  # fmt: skip


CASES = (case("conditions", CONDITIONS), case("amount", AMOUNT))


@pytest.fixture
def measured(worded, script):
    """A function that gives the report over two questions, once quoted and once worded by a part."""

    def measure(part: str, trouble: str = "") -> Report:
        script.play(part, trouble)
        assistant = worded(retries=0)
        index, settings = assistant._index, assistant._settings
        systems = (Installation(index, settings), Installation(index, settings, assistant._writer()))
        results = {s.name: run(CASES, s, Record(index), search=False) for s in systems}
        return Report("2026-01-01T00:00:00+00:00", {}, CASES, results)

    return measure


def value(report: Report, key: str, system: str = "worded") -> float | None:
    return next((e.value for f, e in report.figures(system) if f.key == key), None)


def test_a_perfect_model_keeps_its_sentences_and_the_quoted_answer_has_no_such_figure(measured, capsys):
    report = measured("perfect")
    assert value(report, "survival") == 1
    assert value(report, "fell_back") == 0
    assert value(report, "unverified") == 0
    assert value(report, "survival", "assistant") is None
    print_figures(report)
    lines = {line.strip()[:23]: line for line in capsys.readouterr().out.splitlines()}
    shown = lines["drafted sentences shown"]
    assert shown.split()[3:6] == ["2", "–", "–"]  # of two questions; none of it is of the quoted answer
    html = page(report)
    assert "drafted sentences shown" in html
    assert "as the language model named above put" in html


def test_what_a_model_leaves_out_is_counted_as_added(measured):
    report = measured("dropped_item")
    assert (value(report, "made_whole") or 0) > 0
    assert value(report, "unverified") == 0


@pytest.mark.parametrize("part", ["leaks", "babbles", "refuses"])
def test_of_a_model_of_no_use_no_sentence_is_shown(measured, part):
    report = measured(part)
    assert value(report, "fell_back") == 1
    assert value(report, "survival") == 0
    for id_ in ("conditions", "amount"):  # the clauses as they are quoted without a model
        assert report.results["worded"][id_].cited == report.results["assistant"][id_].cited


def test_why_a_model_did_not_finish_is_told_once_for_all_questions(measured, capsys):
    report = measured("perfect", "refuses_key")
    assert value(report, "survival") is None  # it wrote nothing
    print_failures(report)
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("2 drafts were not finished: scripted refused the key.")


def test_every_figure_of_drafts_says_what_it_counts():
    drafted = [f for f in figures.FIGURES if f.key in ("survival", "made_whole", "fell_back")]
    assert len(drafted) == 3
    assert all(f.meaning for f in drafted)


@pytest.mark.parametrize(
    ("model", "base_url", "message"),
    [
        (None, "http://127.0.0.1:1/v1", "a server or a key is set, and model does not say which model is meant."),
        ("x", "127.0.0.1", 'it must be the address of a server, for example "http://127.0.0.1:8000/v1".'),
        ("x", "http://me:secret@host/v1", "an address holds no password here; put the key in the environment"),
    ],
)
def test_a_model_that_is_half_named_is_told(model, base_url, message):
    with pytest.raises(ConfigError) as raised:
        chat_settings(model, base_url)
    assert str(raised.value).startswith(f"--model and --base-url: {message}")
    assert "secret" not in str(raised.value)


def test_a_model_goes_with_suites_that_are_asked():
    named = chat_settings("openai:x", None)
    for suites, message in (
        (["gate"], "The gate asks all its questions without a language model: leave --model and --questions out."),
        (["search"], "A search alone is worded by no language model: give --model with a suite that is asked."),
    ):
        with pytest.raises(AssistantError) as raised:
            session.choose(suites, "dev", None, False, print, named)
        assert str(raised.value) == message


def test_some_of_the_questions_are_from_everywhere_in_the_set():
    every = session.questions(Choice(("corpus",), "dev", None, baseline=False))
    some = session.questions(Choice(("corpus",), "dev", None, baseline=False, most=4))
    quarter = len(every) / 4
    assert [every.index(one) for one in some] == [int(n * quarter) for n in range(4)]
