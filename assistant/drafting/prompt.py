"""What a model is told: fixed instructions, then the question and the clauses inside marks nobody can foresee."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer.notices import place_name
from assistant.chat import Schema
from assistant.drafting.clauses import Clause
from assistant.models import Answer
from assistant.prompts import Phrases
from assistant.text import count_tokens
from assistant.validity import start_of

_MARGIN = 1.15  # other models count other tokens than ours


@dataclass(frozen=True, slots=True)
class Prompt:
    """One request to a model, and the clauses that found room in it."""

    system: str
    user: str
    clauses: tuple[Clause, ...]
    schema: Schema | None  # for a model that can be held to one


def prompt(
    question: str,
    answer: Answer,
    clauses: Sequence[Clause],
    phrases: Phrases,
    *,
    room: int,
    structured: bool,
    rules: str = "",
) -> Prompt:
    """Return the request for an answer; of more clauses than there is room for the first ones, which rank highest.

    `rules` are further ones for a question of some kind.
    """
    boundary = _boundary(question, clauses)
    form = phrases.say("form_json" if structured else "form_text")
    system = "\n".join(filter(None, (phrases.say("system", boundary=boundary).rstrip(), rules.rstrip(), form)))
    asked = phrases.say(
        "question",
        boundary=boundary,
        day=answer.as_of.isoformat(),
        place=_place(answer.jurisdiction, phrases),
        question=" ".join(question.replace("<", "＜").replace(">", "＞").split()),
    )
    left = room - _tokens(system) - _tokens(asked)
    taken: list[Clause] = []
    blocks: list[str] = []
    for clause in clauses:
        block = _block(clause, boundary, phrases)
        left -= _tokens(block)
        if left < 0:
            break
        if clause.written:  # nothing of it may be left but orders
            taken.append(clause)
            blocks.append(block)
    schema = _schema([c.id for c in taken]) if structured else None
    return Prompt(system, "\n".join((*blocks, asked)), tuple(taken), schema)


def _block(clause: Clause, boundary: str, phrases: Phrases) -> str:
    metadata = clause.policy.metadata
    start = clause.provision.effective or start_of(metadata)
    return phrases.say(
        "clause",
        id=clause.id,
        boundary=boundary,
        title=clause.head(phrases.language).replace("<", "＜").replace(">", "＞"),
        tier=metadata.tier.value if metadata.tier else phrases.say("unknown"),
        place=_place(metadata.jurisdiction, phrases),
        effective=start.isoformat() if start else phrases.say("unknown"),
        text=clause.written,
    )


def _place(code: str | None, phrases: Phrases) -> str:
    return place_name(code, phrases.language) if code else phrases.say("nationwide")


def _boundary(question: str, clauses: Sequence[Clause]) -> str:
    """A mark that no document can hold, as it follows from the question and from all the texts together."""
    said = "\x00".join((question, *(c.provision.text for c in clauses)))
    return hashlib.blake2b(said.encode("utf-8", "replace"), digest_size=4).hexdigest()


def _tokens(text: str) -> int:
    return int(_MARGIN * count_tokens(text)) + 1


def _schema(numbers: Sequence[str]) -> Schema:
    sentence = {
        "type": "object",
        "properties": {
            "text": {"type": "string"},
            "clauses": {"type": "array", "items": {"type": "string", "enum": list(numbers)}},
        },
        "required": ["text", "clauses"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {
            "sentences": {"type": "array", "items": sentence},
            "status": {"type": "string", "enum": ["complete", "partial", "none"]},
        },
        "required": ["sentences", "status"],
        "additionalProperties": False,
    }
