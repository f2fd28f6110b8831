"""A few plain sentences before a report, worded by a model from what the check found, and held to it sentence by sentence."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer.figures import figures, supported
from assistant.chat import Chat
from assistant.drafting.modals import NO, NO_OF_ANY_KIND
from assistant.eligibility.kinds import Outcome
from assistant.errors import ChatError
from assistant.prompts import phrases
from assistant.text import bigrams, language, normalise
from assistant.text.orders import is_order

MOST = 6  # sentences
LONGEST = 240  # characters of one
SHARED = 0.5  # of a sentence's pairs of characters, or English words, that what it points at must hold
_LINE = re.compile(r"^[\s*•-]*(?P<text>\S.*?)\s*(?P<ids>(?:\[R\d{1,2}\]\s*)+)[。.]?\s*$", re.MULTILINE)
_SENTENCE = re.compile(r"[]。.!?！？]\s*$")  # a line that says something, not a heading or a status
_ID = re.compile(r"R(\d{1,2})")
_ADDRESS = re.compile(r"https?:|www\.|\S@\S|[<>]|\]\(")
_FAILS = re.compile(
    r"不符合|不满足|不具备|没有资格|无资格|不能(?:够)?(?:申请|申领|享受|领取|抵免|扣除)|无法(?:申请|申领|享受|领取)"
    r"|\b(?:not|n't|no longer) (?:be )?(?:eligible|qualif\w+|met|entitled|claim)|\bfails?\b|\bcannot (?:claim|apply|receive)"
)
_MEETS = re.compile(
    r"符合|满足|具备|有资格|可以?(?:申请|申领|享受|领取|抵免|扣除)|能(?:够)?(?:申请|申领|享受|领取|抵免|扣除)"
    r"|\b(?:eligible|qualif(?:y|ies)|entitled|met|may (?:claim|apply|receive)|can (?:claim|apply|receive))\b"
)
_OPEN = re.compile(
    r"如果|若|如|只有|才|之后|还缺|待定|尚|是否|能否|\b(?:if|once|whether|unless|until|missing|open|pending|needed)\b"
)


@dataclass(frozen=True, slots=True)
class Prose:
    """What a model said of a verdict, as far as the check bears it out."""

    model: str
    prompt: str  # hash of the instructions
    sentences: tuple[str, ...] = ()
    dropped: int = 0
    failure: str | None = None


def worded(found: Sequence[str], outcome: Outcome, spoken: str, chat: Chat) -> Prose:
    """Return sentences on a verdict; `found` is what the check found, one thing each, in the language spoken."""
    wording = phrases("report_prose", spoken)
    plain = [" ".join(text.replace("<", "＜").replace(">", "＞").split()) for text in found]
    lines = "\n".join(wording.say("found", n=n, text=text) for n, text in enumerate(plain, start=1))
    boundary = hashlib.blake2b(lines.encode("utf-8", "replace"), digest_size=4).hexdigest()
    try:
        said = "".join(chat.stream(wording.say("system"), wording.say("asked", boundary=boundary, found=lines)))
    except ChatError as error:
        return Prose(chat.model_id, wording.hash, failure=str(error))
    told = sum(bool(_SENTENCE.search(line)) for line in said.splitlines())
    good = [match["text"] for match in _LINE.finditer(said) if not _unfit(match, plain, outcome, spoken)]
    kept = tuple(dict.fromkeys(good))[:MOST]
    return Prose(chat.model_id, wording.hash, kept, told - len(kept))


def _unfit(line: re.Match[str], found: Sequence[str], outcome: Outcome, spoken: str) -> str | None:
    """Why a sentence is not shown; None where what it points at bears it out."""
    text, numbers = line["text"], [int(n) for n in _ID.findall(line["ids"])]
    if not all(1 <= n <= len(found) for n in numbers):
        return "points at nothing"
    if language(text) != spoken or len(text) > LONGEST or _ADDRESS.search(text) or is_order(text):
        return "language, length, an address or an order"
    held = "\n".join(found[n - 1] for n in numbers)
    if not supported(figures(text), figures(held)):
        return "figures"
    if _tells_otherwise(text, outcome):
        return "outcome"
    if NO.search(normalise(text)) and not NO_OF_ANY_KIND.search(normalise(held)):
        return "negation"
    own = set(bigrams(text))
    return None if own and len(own & set(bigrams(held))) >= SHARED * len(own) else "nothing to do with it"


def _tells_otherwise(text: str, outcome: Outcome) -> bool:
    """Whether a sentence tells another end of the check than it had; what it says of an open one has to say so."""
    words = normalise(text)
    fails, meets = _FAILS.search(words), _MEETS.search(_FAILS.sub(" ", words))
    if outcome is Outcome.NEEDS_FACTS:
        return bool(fails or meets) and not _OPEN.search(words)
    return bool(fails and outcome is Outcome.ELIGIBLE) or bool(meets and outcome is Outcome.NOT_ELIGIBLE)
