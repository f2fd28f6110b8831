"""Facts about a company that a model reads from what its people wrote: proposed for them to confirm, and counted by nobody else.

The model names a fact and the words that state it; those have to stand in the message, and the value is read from them
by the program.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.answer.figures import measured
from assistant.chat import Chat
from assistant.eligibility.facts import read_fact
from assistant.eligibility.model import Fact, FactDefinition, FactType
from assistant.errors import ChatError, FactError
from assistant.prompts import phrases
from assistant.text import normalise
from assistant.text.normal import squeeze

LONGEST = 60  # characters of the words that state one fact
_LINE = re.compile(r"^\W*(?P<id>[a-z][a-z0-9_]+)\s*[=＝:：]\s*[“\"「]?(?P<words>.+?)[”\"」]?\s*$", re.MULTILINE)
_HEDGE = re.compile(
    r"大概|大约|约|左右|上下|差不多|将近|接近|近\d|不到|超过|以上|[多余几]\s*[万人名个]|估计|\b(?:about|around|nearly|almost|roughly|some|over|under)\b"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?=\s*年)|\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a model read from a message, and how it was asked."""

    model: str
    prompt: str  # hash of the instructions
    facts: tuple[Fact, ...] = ()
    dropped: int = 0  # lines that the message does not bear out
    failure: str | None = None


def proposed(message: str, definitions: Mapping[str, FactDefinition], spoken: str, chat: Chat) -> Proposal:
    """Return the facts a model finds in a message, each with the words there that state it."""
    wording = phrases("facts", spoken)
    wanted = {id_: d for id_, d in definitions.items() if d.type in (FactType.NUMBER, FactType.MONEY)}
    listed = "\n".join(
        wording.say("fact", id=d.id, label=d.label.zh if spoken == "zh" else d.label.en, unit=d.unit or "")
        for d in wanted.values()
    )
    told = " ".join(message.replace("<", "＜").replace(">", "＞").split())
    boundary = hashlib.blake2b(message.encode("utf-8", "replace"), digest_size=4).hexdigest()
    try:
        said = "".join(
            chat.stream(wording.say("system"), wording.say("asked", facts=listed, boundary=boundary, message=told))
        )
    except ChatError as error:
        return Proposal(chat.model_id, wording.hash, failure=str(error))
    lines = list(_LINE.finditer(said))
    found = list(_read(lines, message, wanted))
    ids = [fact.id for fact in found]
    sure = tuple(fact for fact in found if ids.count(fact.id) == 1)  # two numbers for one fact: nobody knows which
    return Proposal(chat.model_id, wording.hash, sure, len(lines) - len(sure))


def _read(lines: Sequence[re.Match[str]], message: str, definitions: Mapping[str, FactDefinition]) -> Iterator[Fact]:
    for line in lines:
        definition, words = definitions.get(line["id"]), line["words"].strip()
        if definition is None or len(words) > LONGEST or squeeze(words) not in squeeze(message):
            continue
        year = _YEAR.search(normalise(words)) if definition.yearly else None
        if _is_hedged(words, message) or (definition.yearly and not year):
            continue  # about so many; last year's, or this one's
        values = list(_values(definition, words, int(year[0]) if year else None))
        if len(values) == 1:
            yield values[0]


def _values(definition: FactDefinition, words: str, year: int | None) -> Iterator[Fact]:
    """The numbers of some words that are of the kind a fact asks for: no years where people are counted."""
    for number in measured(words):
        try:
            yield read_fact(definition, f"{number.value}{number.unit}", year=year, words=words)
        except FactError:
            continue


def _is_hedged(words: str, message: str) -> bool:
    """Whether the number is only about right: the words for that may stand just outside those the model gave."""
    text, own = normalise(message), normalise(words)
    at = max(text.find(own), 0)
    return bool(_HEDGE.search(text[max(0, at - 4) : at + len(own) + 3]))
