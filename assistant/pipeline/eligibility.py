"""Where the asker's company stands: facts of the conversation, the schemes that fit, verdicts beside the answer."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from assistant import config, eligibility
from assistant.answer import eligible, offers
from assistant.answer.figures import figures, measured, supported
from assistant.chat import Chat
from assistant.drafting import Proposal, proposed
from assistant.eligibility.facts import PLACE
from assistant.eligibility.units import shown
from assistant.index import Index
from assistant.models import Answer, Refusal, Status
from assistant.prompts import phrases
from assistant.retrieve import Scope
from assistant.text import simplified
from assistant.text.orders import orders
from assistant.understand.facts import corrects, remembered, stated

_ASKS = re.compile(
    r"(?:能不能|能否|可不可以|可否|可以|能|够|够不够|符合|满足|有资格|算不算|是否|享受)[^。？?]{0,24}"
    r"(?:申请|申报|享受|入库|认定|认证|评上|抵|领|拿|补贴|补助|返还|扣除|资格|条件|达标|优惠|奖补|够|符合)"
    r"|(?:抵|拿|领|补贴?|扣|返还?|奖|退)(?:多少|几|到多少)|(?:多少|几)[^。？?]{0,8}(?:补贴|补助|抵免|奖励|返还|钱)|够不够|够吗|行吗|符合条件|有资格"
    r"|\b(?:can|could|may|do|would|are|is) (?:we|i|our|they|it)\b[^?.]{0,50}\b(?:apply|qualif\w+|eligible|get|claim|receive|credit|enjoy|entitled|enough)\b"
    r"|\bhow much\b[^?.]{0,40}\b(?:get|claim|receive|credit|deduct|back)\b|\bwhat do we get\b|\benough to (?:apply|qualify)\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"[?？]|吗|呢|多少|什么|怎么|如何|哪", re.IGNORECASE)
# Without a fact of its own a question is about the asker only where it says so.
_OURS = re.compile(r"我们|我司|我公司|本公司|咱们?|俺|敝司|\b(?:we|our|us|i|my)\b", re.IGNORECASE)


@cache
def catalogue() -> eligibility.Catalogue:
    """Return the schemes of the starter corpus, read once."""
    return eligibility.load(config.bundled("corpus"))


def with_verdicts(answer: Answer, messages: Sequence[str], scope: Scope, day: dt.date | None) -> Answer:
    """Return an answer with the verdicts that the facts of a conversation allow; unchanged where none is asked for.

    `messages` are those of the conversation, the last one asked now. `day` is the one asked for outright:
    去年接收了45个实习生 tells when the interns came, not for when to check.
    """
    message = messages[-1]
    asking = _verdict_asked(messages)
    if asking is None:
        return answer
    held = catalogue()
    if not held.schemes:
        return answer
    today = dt.date.today()
    day = day or today
    adding = asking != message
    if not stated(message, held.facts, today).facts and (adding or not _OURS.search(message)):
        return answer
    found = remembered(messages, held.facts, today)
    if all(fact.id == PLACE for fact in found.facts):
        return answer
    place = next((str(fact.value) for fact in found.facts if fact.id == PLACE), answer.jurisdiction)
    schemes = eligible.fitting(asking, held.fitting(place, day), found.facts)
    if not schemes:
        return answer
    verdicts = [eligibility.check(scheme, found.facts, place, day) for scheme in schemes]
    base = _without_answer(answer) if adding or not answer.statements else _without_refusal(answer)
    told, citations = eligible.told(
        verdicts, found, held.facts, scope, phrases("eligibility", answer.language), len(base.citations) + 1
    )
    statements = base.statements or tuple(s for v in told.verdicts for s in (*v.unmet, *v.open) if s.citations)
    return replace(
        base,
        status=Status.PARTIAL if base.missing else Status.ANSWERED,
        text="\n\n".join(filter(None, (told.text, base.text))),
        statements=statements,
        citations=(*base.citations, *citations),
        eligibility=told,
    )


def proposals(answer: Answer, messages: Sequence[str], chat: Chat) -> tuple[Answer, Proposal | None]:
    """Return an answer with the facts that a model reads from the last message beyond the rules', to be confirmed.

    The model is asked only where a verdict is, and where a number of the message was not understood; never where the
    message gives orders. What it finds counts for nothing until the asker sends it.
    """
    message, held = messages[-1], catalogue()
    if answer.status is Status.OUT_OF_SCOPE or orders(message) or _verdict_asked(messages) is None or corrects(message):
        return answer, None
    found = remembered(messages, held.facts, dt.date.today())
    taken = [figure for fact in found.facts for figure in figures(fact.words or "")]
    open_ = [figure for figure in measured(message) if not supported([figure], taken)]
    if not open_:
        return answer, None
    known = {fact.id for fact in found.facts} | {unsure.fact for unsure in found.unsure}
    wanted = {id_: d for id_, d in held.facts.items() if id_ not in known}
    proposal = proposed(message, wanted, answer.language, chat)
    facts = [fact for fact in proposal.facts if not supported(measured(fact.words or ""), taken)]
    words, corrections = phrases("facts", answer.language), phrases("eligibility", answer.language)
    read, sent = [], []
    for fact in facts:
        definition = held.facts[fact.id]
        label = definition.label.zh if answer.language == "zh" else definition.label.en
        value = shown(Decimal(str(fact.value)), definition.unit, answer.language)
        name = f"{label} ({fact.year})" if fact.year else label
        correction = f"{corrections.say('correct', fact=name)}{value}"
        if [(f.id, f.value) for f in stated(correction, held.facts, dt.date.today()).facts] == [(fact.id, fact.value)]:
            read.append(words.say("read", label=name, value=value, words=fact.words))
            sent.append(correction)
    if not sent:
        return answer, proposal
    notice = words.say("notice", facts=corrections.say("and").join(read))
    return replace(answer, notices=(*answer.notices, notice), suggestions=(*sent, *answer.suggestions)), proposal


def with_offers(answer: Answer, question: str, index: Index, scope: Scope) -> Answer:
    """Return an answer to which benefits there are with each of them in a line; any other answer unchanged."""
    if answer.eligibility or answer.table or answer.status is Status.PARTIAL or not offers.asks_for_all(question):
        return answer
    if answer.understood and answer.understood.documents:
        return answer
    schemes = catalogue().fitting(answer.jurisdiction, answer.as_of)
    return offers.with_offers(answer, question, schemes, index, scope, phrases("answer", answer.language))


def _verdict_asked(messages: Sequence[str]) -> str | None:
    """Return the question for a verdict: the last message, or one before it, when the last only adds facts to it."""
    *history, message = messages
    if _asks(message):
        return message
    if _QUESTION.search(message) and not corrects(message):
        return None
    return next((each for each in reversed(history) if _asks(each)), None)


def _asks(message: str) -> bool:
    return bool(_ASKS.search(simplified(message)))


def _without_answer(answer: Answer) -> Answer:
    """Clauses found for a sentence that only states facts, or no clauses at all, say nothing beside a verdict."""
    return replace(
        answer,
        text="",
        statements=(),
        citations=(),
        related=(),
        notices=(),
        missing=(),
        refusal=None,
        lead=None,
        table=None,
    )


def _without_refusal(answer: Answer) -> Answer:
    """The line that the verdict needs facts is no longer true once there is one."""
    if answer.refusal is not Refusal.NEEDS_FACTS or not answer.missing:
        return answer
    said, *missing = answer.missing
    text = "\n\n".join(block for block in answer.text.split("\n\n") if block != said)
    return replace(answer, text=text, missing=tuple(missing), refusal=None)
