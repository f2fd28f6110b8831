"""An English rendering of the Chinese words that an English answer quotes: shown beneath them, never in their place."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace

from assistant.answer.figures import ORDINAL, figures, supported
from assistant.chat import Chat
from assistant.drafting.modals import NO, NO_OF_ANY_KIND
from assistant.errors import ChatError
from assistant.models import Answer
from assistant.prompts import phrases
from assistant.text import language, normalise
from assistant.text.orders import is_order

MOST = 12  # quotes of one answer
LONGEST = 1_500  # characters of one quote
_WORDIEST = 8  # characters of English for one of Chinese
_LINE = re.compile(r"^\W*T(?P<n>\d{1,2})\s*[:：]\s*(?P<text>\S.*?)\s*$", re.MULTILINE)
_CLAUSE = re.compile(r"\b(?:article|chapter|paragraph|item)s? \(?\d+\)?", re.IGNORECASE)
_ADDRESS = re.compile(r"https?:|www\.|\S@\S|[<>]|\]\(")


@dataclass(frozen=True, slots=True)
class Translation:
    """How the quotes of an answer were translated."""

    model: str
    prompt: str  # hash of the instructions
    shown: int = 0
    dropped: int = 0  # that do not have the quote's figures or its no, or nothing to do with it
    failure: str | None = None


def translated(answer: Answer, chat: Chat) -> tuple[Answer, Translation | None]:
    """Return an English answer with a translation beneath each Chinese quote; as it is, and None, where there is none."""
    quotes = [s.text for s in answer.statements if language(s.text) == "zh" and len(s.text) <= LONGEST][:MOST]
    if answer.language != "en" or not quotes:
        return answer, None
    wording = phrases("translate", "en")
    lines = "\n".join(
        wording.say("quote", n=n, text=" ".join(text.replace("<", "＜").replace(">", "＞").split()))
        for n, text in enumerate(quotes, start=1)
    )
    boundary = hashlib.blake2b(lines.encode("utf-8", "replace"), digest_size=4).hexdigest()
    try:
        said = "".join(chat.stream(wording.say("system"), wording.say("asked", boundary=boundary, quotes=lines)))
    except ChatError as error:
        return answer, Translation(chat.model_id, wording.hash, failure=str(error))
    given = {int(line["n"]): line["text"] for line in _LINE.finditer(said)}
    good = {quote: given[n] for n, quote in enumerate(quotes, start=1) if n in given and not _unfit(given[n], quote)}
    statements = tuple(replace(s, translation=good.get(s.text, "")) for s in answer.statements)
    text = answer.text
    for quote, words in good.items():
        text = _beneath(text, quote, wording.say("label", text=words))
    made = Translation(chat.model_id, wording.hash, len(good), len(given) - len(good))
    return replace(answer, statements=statements, text=text), made


def _unfit(words: str, quote: str) -> str | None:
    """Why a translation is certainly none. That it is a good one nobody has checked, and its label says so."""
    if language(words) != "en" or len(words) > _WORDIEST * len(quote) + 80:
        return "language or length"
    if _ADDRESS.search(words) or is_order(words):
        return "an address or an order"
    stated, held = figures(_CLAUSE.sub("", words)), [f for f in figures(quote) if f.unit != ORDINAL]
    if not supported(stated, figures(quote)) or not supported(held, stated):
        return "figures"
    denies, denied = (NO.search(normalise(text)) for text in (words, quote))
    if bool(denies) != bool(denied) and not (NO_OF_ANY_KIND.search(normalise(quote if denies else words))):
        return "negation"
    return None


def _beneath(text: str, quote: str, label: str) -> str:
    """Put a line below the one that holds a quote, set in as far as that is."""
    first = quote.splitlines()[-1]
    lines = text.split("\n")
    at = next((n for n, line in enumerate(lines) if first in line), None)
    if at is None:
        return text
    margin = "  " if lines[at].lstrip().startswith("- ") else ""
    lines.insert(at + 1, f"{margin}{label}")
    return "\n".join(lines)
