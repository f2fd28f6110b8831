"""From a question to an answer in the words of a language model, where one is set up, and to its record."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Collection, Generator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from assistant import drafting
from assistant.chat import Chat
from assistant.config import Settings
from assistant.drafting import Trace, Verified
from assistant.index import Index
from assistant.models import Answer, Status
from assistant.pipeline.ask import ask
from assistant.retrieve import idf


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer and how it came to be."""

    answer: Answer
    trace: Trace | None = None  # None: no model took part

    def record(self, generation: int, model: str | None, history: Sequence[str]) -> dict[str, Any]:
        """Return what is kept of it; `generation` and `model` (of the vectors) say what it was made from."""
        answer = self.answer
        return {
            "question": answer.question,
            "history": list(history),
            "language": answer.language,
            "as_of": answer.as_of.isoformat(),
            "jurisdiction": answer.jurisdiction,
            "status": answer.status.value,
            "generation": generation,
            "embedding": model,
            "statements": [{"text": s.text, "citations": list(s.citations)} for s in answer.statements],
            "citations": [{"n": c.n, "address": c.address, "source": c.source} for c in answer.citations],
            "removed": answer.removed,
            "latency_ms": round(answer.latency_ms, 1),
            "draft": asdict(self.trace) if self.trace else None,
        }


def reply(
    question: str,
    index: Index,
    settings: Settings,
    chat: Chat | None,
    *,
    history: Sequence[str] = (),
    as_of: dt.date | None = None,
    jurisdiction: str | None = None,
    cited: Sequence[str] = (),
    without: Collection[str] = (),
) -> Generator[Verified, None, Reply]:
    """Yield the sentences of an answer as they are verified; return the whole. Without a model there are none to yield.

    The model words what was found, and only that: whether there is an answer, and from which clauses, is decided
    without it.
    """
    started = time.perf_counter()
    trace = Trace(chat.model_id, parameters=parameters(settings)) if chat else None
    asked, written = question, (*history, question)
    if chat and trace and settings.chat.rewrite:
        asked, history = drafting.rewritten(question, history, chat, trace)
    quoted = replace(
        ask(
            asked,
            index,
            settings,
            history=history,
            as_of=as_of,
            jurisdiction=jurisdiction,
            cited=cited,
            without=without,
            written=written,
        ),
        question=question.strip(),
    )
    # A verdict is worded by no model, nor a comparison: in running text nobody could tell whose rule is whose.
    settled = quoted.status not in (Status.ANSWERED, Status.PARTIAL) or quoted.eligibility or quoted.table
    if chat is None or trace is None or settled:
        return Reply(quoted)
    clauses = drafting.clauses_of(quoted, index)
    answer = yield from drafting.compose(question, quoted, clauses, chat, lambda word: idf(index, word), trace)
    return Reply(replace(answer, latency_ms=1000 * (time.perf_counter() - started)), trace)


def parameters(settings: Settings) -> dict[str, Any]:
    """Return with which parameters the model is asked; no address and no key is among them."""
    chat = settings.chat
    return {
        "temperature": chat.temperature,
        "context_tokens": chat.context_tokens,
        "answer_tokens": chat.answer_tokens,
        "form": chat.form,
        "rewrite": chat.rewrite,
    }
