"""From a question to an answer in the words of a language model, where one is set up, and to its record."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Collection, Generator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from assistant import drafting
from assistant.answer.suggest import suggestions
from assistant.chat import Chat
from assistant.config import Settings
from assistant.drafting import Proposal, Trace, Translation, Verified
from assistant.index import Index
from assistant.models import Answer, Status
from assistant.pipeline.ask import ask, scope_of
from assistant.pipeline.eligibility import proposals, with_offers
from assistant.retrieve import idf
from assistant.understand.topics import topics


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer and how it came to be."""

    answer: Answer
    trace: Trace | None = None  # None: no model took part
    translation: Translation | None = None
    proposal: Proposal | None = None  # facts that a model read from the message; None where it was not asked

    @property
    def rests_on(self) -> frozenset[str]:
        """The ids of the policies that are shown with it, or were given to the model."""
        shown = {citation.policy_id for citation in (*self.answer.citations, *self.answer.related)}
        given = {address.partition("/")[0] for address in self.trace.clauses.values()} if self.trace else set()
        return frozenset(shown | given)

    def record(self, generation: int, model: str | None, history: Sequence[str]) -> dict[str, Any]:
        """Return what is kept of it; `generation` and `model` (of the vectors) say what it was made from.

        What the question was about is kept in words of the glossary alone, so that it can be counted without the
        words of whoever asked.
        """
        answer = self.answer
        understood = answer.understood
        return {
            "question": answer.question,
            "history": list(history),
            "language": answer.language,
            "as_of": answer.as_of.isoformat(),
            "jurisdiction": answer.jurisdiction,
            "status": answer.status.value,
            "refusal": answer.refusal.value if answer.refusal else None,
            "topics": list(topics(understood.questions if understood else (answer.question,))),
            "kinds": [kind.value for kind in understood.kinds] if understood else [],
            "audience": understood.audience if understood else None,
            "generation": generation,
            "embedding": model,
            "statements": [{"text": s.text, "citations": list(s.citations)} for s in answer.statements],
            "citations": [{"n": c.n, "address": c.address, "source": c.source} for c in answer.citations],
            "removed": answer.removed,
            "latency_ms": round(answer.latency_ms, 1),
            "draft": asdict(self.trace) if self.trace else None,
            "translation": asdict(self.translation) if self.translation else None,
            "facts_read": _kept(self.proposal) if self.proposal else None,
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
    with index.reading():
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
        # A verdict is worded by no model; nor is a comparison of which one document speaks for two sides.
        told_apart = quoted.table is None or drafting.Sides.of(quoted)
        settled = quoted.status not in (Status.ANSWERED, Status.PARTIAL) or quoted.eligibility or not told_apart
        if chat is None or trace is None or settled:
            quoted = _with_suggestions(_offered(quoted, index), index, written)
    if chat is None or trace is None or settled:
        answer, proposal = _with_proposals(quoted, written, chat)
        answer, translation = _translated(answer, chat, settings)
        return Reply(answer, translation=translation, proposal=proposal)
    clauses = drafting.clauses_of(quoted, index)
    answer = yield from drafting.compose(question, quoted, clauses, chat, lambda word: idf(index, word), trace)
    answer = _with_suggestions(_offered(answer, index), index, written)
    answer, proposal = _with_proposals(answer, written, chat)
    answer, translation = _translated(answer, chat, settings)
    answer = replace(answer, latency_ms=1000 * (time.perf_counter() - started))
    return Reply(answer, trace, translation, proposal)


def _translated(answer: Answer, chat: Chat | None, settings: Settings) -> tuple[Answer, Translation | None]:
    return drafting.translated(answer, chat) if chat and settings.chat.translate else (answer, None)


def _with_proposals(answer: Answer, messages: Sequence[str], chat: Chat | None) -> tuple[Answer, Proposal | None]:
    return proposals(answer, messages, chat) if chat else (answer, None)


def _offered(answer: Answer, index: Index) -> Answer:
    """Add the benefits there are, where those are asked for; they are told in their own words, by no model."""
    return with_offers(answer, answer.question, index, scope_of(index))


def _with_suggestions(answer: Answer, index: Index, asked: Sequence[str]) -> Answer:
    """Add what can be asked next, from the policies an answer rests on, or that come near a refused question."""
    scope = scope_of(index)
    digests = {original: digest for digest, original in scope.originals.items()}
    named = dict.fromkeys(c.policy_id for c in (answer.citations or answer.related))
    ids = dict.fromkeys(id_ for name in named for id_ in (name, digests.get(name, name)) if id_ in scope.policies)
    held = [replace(scope.policies[id_], provisions=index.subtree(id_)) for id_ in ids]
    return replace(answer, suggestions=suggestions(answer, held, scope.spans, scope.originals, asked))


def _kept(proposal: Proposal) -> dict[str, Any]:
    """What is kept of the facts a model read: which ones, and not what they are."""
    return {
        "model": proposal.model,
        "prompt": proposal.prompt,
        "facts": [fact.id for fact in proposal.facts],
        "dropped": proposal.dropped,
        "failure": proposal.failure,
    }


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
