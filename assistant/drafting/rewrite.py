"""A follow-up made whole, or a compound question taken apart, by the model: taken only where it adds nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from assistant import references
from assistant.answer.figures import figures, supported
from assistant.chat import Chat
from assistant.drafting.reading import Reader
from assistant.drafting.trace import Trace
from assistant.errors import ChatError
from assistant.prompts import phrases
from assistant.structure import places
from assistant.text import language
from assistant.text.normal import repair, squeeze
from assistant.understand import LONGEST

MOST_QUESTIONS = 4  # that one message may be taken apart into
MOST_TURNS = 6  # earlier questions that a follow-up can lean on


def rewritten(question: str, history: Sequence[str], chat: Chat, trace: Trace) -> tuple[str, Sequence[str]]:
    """Return the question in the model's words with no history left to need; as they were where that does not hold."""
    spoken = language(question)
    wording = phrases("draft", spoken)
    turns = [" ".join(turn.replace("<", "＜").split()) for turn in (*history[-MOST_TURNS:], question)]
    boundary = hashlib.blake2b("\x00".join(turns).encode("utf-8", "replace"), digest_size=4).hexdigest()
    asked = wording.say("rewrite_turns", boundary=boundary, turns="\n".join(turns[:-1]), question=turns[-1])
    try:
        said = "".join(chat.stream(wording.say("rewrite"), asked))
    except ChatError as error:
        trace.parameters["rewrite"] = f"failed: {error}"
        return question, history
    reader = Reader()
    lines = [line for s in (*reader.feed(said + "\n"), *reader.finish()) if (line := repair(s.text).strip())]
    reason = _unfit(lines, "\n".join((*history, question)), question, spoken)
    if reason:
        trace.parameters["rewrite"] = f"not taken: {reason}"
        return question, history
    trace.parameters["rewrite"] = "taken"
    mark = "？" if spoken == "zh" else "? "
    return "".join(f"{line.rstrip('？?。. ')}{mark}" for line in lines).strip(), ()


def _unfit(lines: Sequence[str], talk: str, question: str, spoken: str) -> str | None:
    """Return why the model's questions are not those of the person: something was added, or something is gone."""
    whole = "\n".join(lines)
    if not lines or len(lines) > MOST_QUESTIONS or len(whole) > LONGEST:
        return "no question, or too many"
    if language(whole) != spoken:
        return "another language"
    if not supported(figures(whole), figures(talk)) or not supported(figures(question), figures(whole)):
        return "other figures"
    if {p.code for p in places.find(whole)} - {p.code for p in places.find(talk)}:
        return "another place"
    if {p.code for p in places.find(question)} - {p.code for p in places.find(whole)}:
        return "the place is gone"
    named = [squeeze(r.doc_number or r.title or r.text) for r in references.find(whole)]
    return "another document" if any(name not in squeeze(talk) for name in named) else None
