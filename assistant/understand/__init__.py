"""From the words of a question to what is asked, about what, where and when."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant import references
from assistant.errors import QuestionError
from assistant.models import Kind
from assistant.references import Reference
from assistant.structure import places
from assistant.text import language, simplified
from assistant.understand import cues, days, followup
from assistant.understand.evidence import Subject, subjects
from assistant.understand.glossary import Glossary

LONGEST = 4_000  # characters
MOST_PARTS = 4  # questions answered in one message
_QUESTION_END = re.compile(r"(?<=[？?])")
_JOIN = re.compile(
    r"[，,；;]\s*(?:and\s+|以及|另外|还有|同时)?|\s+and\s+(?=(?:how|who|what|when|which|where|why)\b)", re.IGNORECASE
)
_ASKS = re.compile(r"[？?]\s*$")


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question as understood."""

    question: str  # as asked
    text: str  # standing alone: what is searched with
    language: str  # zh | en
    kinds: tuple[Kind, ...]
    wants_amount: bool
    wants_list: bool
    subjects: tuple[Subject, ...]
    references: tuple[Reference, ...]  # clauses, 文号 and titles named outright
    jurisdiction: str | None  # GB/T 2260 code of the place asked for
    as_of: dt.date
    day_named: bool  # the day was given, not taken to be today


def check(question: str) -> str:
    """Return the question without white space around it; raises QuestionError when it cannot be answered at all."""
    stripped = question.strip()
    if not stripped:
        raise QuestionError("The question is empty. Write what you want to know, in Chinese or English.")
    if len(stripped) > LONGEST:
        raise QuestionError(
            f"The question has {len(stripped):,} characters; at most {LONGEST:,} can be understood. "
            "Ask for one thing at a time, or ingest the text as a document and ask about it."
        )
    return stripped


def parts(message: str) -> list[str]:
    """Return the questions in a message, each standing alone: 能抵免多少？未抵完的怎么办？ are two."""
    pieces = [p.strip() for p in _QUESTION_END.split(message) if p.strip(" ？?。！!，,")]
    one_sentence = len(pieces) == 1
    if one_sentence:
        pieces = _joined(pieces[0])
    if len(pieces) < 2 or not all(_ASKS.search(p) for p in pieces):
        return [message]  # one question, or a question with what must be known for it
    return [
        pieces[0],
        *(followup.carried(piece, pieces[0], one_sentence=one_sentence) for piece in pieces[1:MOST_PARTS]),
    ]


def _joined(question: str) -> list[str]:
    """Return the questions that one sentence joins: 最长几个月，协议由谁签？ are two; each half has to ask."""
    halves = [h.strip() for h in _JOIN.split(question) if h.strip()]
    asks = cues.ASKING.match if language(question) == "en" else cues.ASKING.search
    if len(halves) < 2 or not all(asks(h) for h in halves):
        return [question]
    return [h if _ASKS.search(h) else f"{h}？" for h in halves]


def _without_numbers(text: str, named: Sequence[Reference]) -> str:
    """Blank out the 文号 in a text: it says which document is meant, and its clauses do not repeat it."""
    for reference in named:
        if reference.doc_number:
            blank = " " * (reference.end - reference.start)
            text = text[: reference.start] + blank + text[reference.end :]
    return text


def understand(
    question: str,
    *,
    glossary: Glossary,
    idf: Callable[[str], float],
    today: dt.date,
    history: Sequence[str] = (),
    as_of: dt.date | None = None,
    jurisdiction: str | None = None,
) -> Inquiry:
    """Return what a question asks, made whole from the questions before it."""
    question, history = simplified(question), [simplified(q) for q in history]
    text = followup.standalone(question, history)
    named_day = as_of or days.find(text, today)
    here = places.find(text)
    named = references.find(text)
    return Inquiry(
        question=question,
        text=text,
        language=language(question),
        kinds=cues.kinds(question) or cues.kinds(text),
        wants_amount=bool(cues.AMOUNT.search(question)),
        wants_list=bool(cues.LIST.search(question)),
        subjects=subjects(_without_numbers(text, named), glossary, idf),
        references=named,
        jurisdiction=jurisdiction or (here[0].code if here else None),
        as_of=named_day or today,
        day_named=named_day is not None,
    )
