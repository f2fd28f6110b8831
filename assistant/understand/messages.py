"""The questions of one message, each standing alone: several in a row, in a list, joined by ；, after a statement."""

from __future__ import annotations

import re

from assistant.errors import QuestionError
from assistant.text import language
from assistant.understand import conversation, cues
from assistant.understand.terms import content_terms

LONGEST = 4_000  # characters
MOST = 6  # questions answered in one message

_NUMBERED = re.compile(
    r"(?:^|(?<=[\s？?。；;：:]))(?:\d{1,2}[.、)）](?!\d)|[（(]\d{1,2}[)）]|[①-⑩]|第?[一二三四五六][、是])\s*"
)
_ASIDE = re.compile(
    r"(?:^|[，,。；;]\s*)(?:顺便(?:再)?问一?下?|另外(?:再)?(?:问一?下?)?|还有就是|再问一?下?|还想问一?下?|by the way|also|and also|one more thing)[，,：:]?\s*",
    re.IGNORECASE,
)
_END = re.compile(r"(?<=[？?])|(?<=[。！!])(?=[^”」』]{3})|\n+|[；;]|(?<=[a-z])\.\s+(?=[A-Z])")
_JOIN = re.compile(
    r"[，,；;]\s*(?:and\s+|以及|另外|还有|同时)?|\s+and\s+(?=(?:how|who|what|when|which|where|why)\b)", re.IGNORECASE
)
_TURNS = re.compile(r"呢[？?]\s*$|^(?:what|how) about [^?]*\?\s*$", re.IGNORECASE)  # 老师呢？ and what is asked of them
_MARK = re.compile(r"[？?]\s*$")
_NOISE = re.compile(
    r"^(?:您好|你好|请问|谢谢|多谢|急|在线等|thanks?|thank you|hi|hello|please)[！!。.，,]*$", re.IGNORECASE
)


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
    """Return the questions in a message, each standing alone and after what is stated: 能抵免多少？未抵完的怎么办？ are two."""
    pieces = _pieces(message)
    asked = [p for p in pieces if _asks(p)]
    if len(asked) == 1 and len(pieces) == 1:
        joined = _joined(message)
        return [joined[0], *(conversation.carried(p, joined[0], one_sentence=True) for p in joined[1:MOST])]
    if len(asked) < 2:
        return [message]  # one question, or a question with what must be known for it
    stated = "".join(_stop(p) for p in pieces if p not in asked and content_terms(p))
    whole = [asked[0], *(conversation.carried(p, asked[0]) for p in asked[1:])]
    return [f"{stated}{question}" for question in whole]


def _pieces(message: str) -> list[str]:
    """The sentences of a message, without the numbers of a list and the words that only go over to the next question."""
    found: list[str] = []
    for line in message.splitlines() or [message]:
        for item in _NUMBERED.split(line):
            for part in _ASIDE.split(item):
                found += _END.split(part)
    said = [p.strip() for p in found if p.strip(" ？?。！!，,；;：:") and not _NOISE.match(p.strip())]
    pieces: list[str] = []
    for piece in said:
        if pieces and _TURNS.search(pieces[-1]) and len(content_terms(pieces[-1])) <= conversation.SHORT:
            pieces[-1] = f"{pieces[-1].rstrip('？? ')}，{piece}"
        else:
            pieces.append(piece)
    return pieces


def _asks(piece: str) -> bool:
    if _MARK.search(piece):
        return True
    if language(piece) == "en":
        return bool(cues.ASKING.match(piece)) and len(content_terms(piece)) > 1
    return bool(cues.ASKS_OUTRIGHT.search(piece))


def _joined(question: str) -> list[str]:
    """The questions that one sentence joins: 最长几个月，协议由谁签？ are two; each half has to ask."""
    halves = [h.strip() for h in _JOIN.split(question) if h.strip()]
    asks = cues.ASKING.match if language(question) == "en" else cues.ASKING.search
    if len(halves) < 2 or not all(asks(h) for h in halves):
        return [question]
    return [h if _MARK.search(h) else f"{h}？" for h in halves]


def _stop(statement: str) -> str:
    return statement if statement[-1] in "。.！!：:，," else f"{statement}。"
