"""Yes and no, must and may, all and any, and the exceptions: what turns the same words into another rule."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product

from assistant.answer.figures import figures, supported
from assistant.drafting.actors import acts_otherwise
from assistant.drafting.modals import LEAST, MAY, MOST, MUST, NO, NO_OF_ANY_KIND, parts
from assistant.drafting.negation import denies_otherwise
from assistant.structure import quantifier
from assistant.text import normalise, words
from assistant.text.normal import squeeze

SIGNS = ("negation", "must and may", "all and any", "bound", "actor")

_ALL_OF = re.compile(
    r"全部(?:条件|满足|符合|具备)|(?:同时|均须?|都要?|都须|都必须|一并|逐项)(?:满足|符合|具备|达到)|缺一不可|每一?[项条]都"
    r"|各项(?:条件)?(?:均|都)|\b(?:all of (?:the|these)|each of|every one of|both of)\b"
)
_ANY_OF = re.compile(
    r"之一|任[一意]|任何[一1]|其中[一1任][项条个种]|[一1][项条]即可|[一1][项条]就|占[一1]|\b(?:any (?:one )?of|either|at least one|one of the)\b"
)
_EXCEPTION = re.compile(r"除[^.;]{0,60}?外|另有规定|\b(?:except|unless|other than)\b")
_EXTREME = re.compile(
    r"所有|任何|一切|其他|无条件|无论|不论|永久|绝对|一定(?=[能会可])|保证|唯一|仅需|只需"
    r"|\b(?:all|any|every|always|only|guarantee\w*|regardless|unconditional\w*)\b"
)
_EVERY = frozenset({"所有", "任何", "一切", "全部", "各类", "凡", "all", "any", "every", "each"})
_CAN = re.compile(rf"{MAY.pattern}|能够?")
_LEADS_IN = re.compile(r"下列|以下|\bfollowing\b|\bany of\b")
# 不得超过 sets a bound and denies nothing; without its no it sets none.
_BOUNDS = tuple(
    (re.compile(rf"(?:{no})\s?(?:{bound})"), re.compile(bound))
    for no, bound in (
        ("不[得能应可]?", "低于|少于|小于"),
        ("不[得能应可]?", "超过|高于|多于|大于"),
        ("不[得能应可]?", "晚于|迟于|早于"),
        (r"\bno|\bnot|n't|\bcannot|\bnever", r"\b(?:exceed\w*|(?:less|fewer|more|later|earlier|lower|higher) than)\b"),
    )
)


def differing(sentence: str, said: Sequence[str]) -> str | None:
    """Return which sign of a sentence is not that of the clauses it rests on; None where all are."""
    text = "\n".join(said)
    ours, theirs = normalise(sentence), normalise(text)
    if denies_otherwise(sentence, text):
        return "negation"
    if _is_unbound(ours, theirs) or _is_bound_otherwise(sentence, text):
        return "bound"
    if MUST.search(ours) and not MAY.search(ours) and MAY.search(theirs) and not MUST.search(theirs):
        return "must and may"
    if MAY.search(ours) and not MUST.search(ours) and MUST.search(theirs) and not MAY.search(theirs):
        return "must and may"
    if _allows_more(ours, said) or _adds_a_modal(sentence, text):
        return "must and may"
    if acts_otherwise(sentence, said):
        return "actor"
    if _quantified_otherwise(ours, said):
        return "all and any"
    if any(not _says_every(match[0], theirs) for match in _EXTREME.finditer(ours)):
        return "generalised"
    if _EXCEPTION.search(ours) and not _EXCEPTION.search(theirs) and not NO_OF_ANY_KIND.search(theirs):
        return "exception"
    return "exception" if not _EXCEPTION.search(ours) and _is_excepted(ours, said) else None


def signed(text: str) -> bool:
    """Return whether a text has any of these signs."""
    signs = (NO, MUST, MAY, _ALL_OF, _ANY_OF, _EXCEPTION, _EXTREME, LEAST, MOST)
    return any(sign.search(normalise(text)) for sign in signs)


def of_lead(sentence: str, lead: str, item: str) -> str | None:
    """Return which sign of a sentence about an item is not that of the words that lead in its list.

    Below 不得有下列行为 an item told without a no is turned round; below 下列条件之一 an item is no duty.
    """
    ours = normalise(sentence)
    if denies(lead) and not _has_a_no_besides(ours, normalise(item)):
        return "negation"
    if quantifier(lead) not in (None, "all") and MUST.search(ours) and not MUST.search(normalise(item)):
        return None if _ANY_OF.search(ours) else "all and any"
    return None


def _has_a_no_besides(sentence: str, item: str) -> bool:
    """Whether a sentence denies by more than the words of an item: 可以为无证照的单位介绍 denies nothing."""
    return any(sentence[no.start() : no.end() + 1] not in item for no in NO.finditer(sentence))


def _is_unbound(ours: str, theirs: str) -> bool:
    """Whether a sentence has a bound without the no that it only has with one in the clause, or the other way about."""
    for denied, bound in _BOUNDS:
        here, there = ((bool(denied.search(text)), bool(bound.search(denied.sub("", text)))) for text in (ours, theirs))
        if (here[1] and there[0] and not there[1]) or (here[0] and there[1] and not there[0]):
            return True
    return False


def _is_bound_otherwise(sentence: str, clause: str) -> bool:
    """Whether a sentence has a least where the clause has only a most, or the other way about.

    A clause may have both: then those decide that stand with a figure of the sentence.
    """
    ours, theirs = normalise(sentence), normalise(clause)
    pairs = [(ours, theirs)]
    for part, other in product(parts(sentence), parts(clause)):
        if (stated := figures(part)) and supported(stated, figures(other)):
            pairs.append((normalise(part), normalise(other)))
    return any(
        one.search(here) and not one.search(there) and other.search(there) and not other.search(here)
        for here, there in pairs
        for one, other in ((LEAST, MOST), (MOST, LEAST))
    )


def denies(lead: str) -> bool:
    """Return whether the words that lead in a list deny what it holds.

    What else happens to whoever does such a thing, 情节严重的，不得再次申请, denies nothing of it.
    """
    *before, last = re.split(r"[;；。]", lead.rstrip("；。; "))
    return not any(_LEADS_IN.search(text) for text in before) and bool(NO.search(normalise((parts(last) or [""])[-1])))


def _adds_a_modal(sentence: str, clause: str) -> bool:
    """Whether a sentence puts a must or may in front of what its clauses, which have neither, say in the same words."""
    if MAY.search(normalise(clause)) or MUST.search(normalise(clause)):
        return False
    theirs = {squeeze(part) for part in parts(clause)}
    modals = ((part, MAY.match(part) or MUST.match(part)) for part in map(normalise, parts(sentence)))
    return any(modal and squeeze(part[modal.end() :]) in theirs for part, modal in modals)


def _allows_more(ours: str, said: Sequence[str]) -> bool:
    """Whether a sentence says may once more than its clauses do, of what stands in front of every may of theirs."""
    theirs = [normalise(text) for text in said]
    allowed = [text[may.end() :] for text in theirs for may in _CAN.finditer(text)]
    more = [parts(ours[may.end() :])[:1] for may in MAY.finditer(ours)]
    if not allowed or len(more) <= len(allowed):
        return False
    held = " ".join(theirs)
    return any(
        len(word) > 1 and word in held and not any(word in text for text in allowed)
        for named in more
        for word in words("".join(named))
    )


def _quantified_otherwise(sentence: str, said: Sequence[str]) -> bool:
    """Whether a sentence asks for all where a list asks for one, or the other way about."""
    asked = {quantifier(text) for text in said} - {None}
    if len(asked) != 1:
        return False
    rule = asked.pop()
    if _ALL_OF.search(sentence) and not _ANY_OF.search(sentence):
        return rule != "all"
    return bool(_ANY_OF.search(sentence)) and rule == "all"


def _says_every(word: str, clause: str) -> bool:
    return word in clause or (word in _EVERY and any(other in clause for other in _EVERY))


def _nearest(sentence: str, clause: str) -> str:
    """The sentence of a clause that has most of a sentence's words."""
    own = set(words(sentence))
    return max(re.split(r"[.;。；\n](?!\d)", clause), key=lambda s: len(own & set(words(s))))


def _is_excepted(sentence: str, said: Sequence[str]) -> bool:
    """Whether the one clause a sentence tells has an exception that it leaves out."""
    if len(said) != 1 or not _EXCEPTION.search(clause := normalise(said[0])):
        return False
    ruling = _nearest(sentence, clause)
    return bool(_EXCEPTION.search(ruling)) and "另有规定" not in ruling
