"""Questions for a verdict, 我们能享受吗: without a firm's facts the answer is the conditions and what decides them.

The verdict itself is worked out elsewhere, from facts; here it is only told that it is not given.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from assistant.answer.passages import Passage
from assistant.models import Citation, Kind
from assistant.prompts import Phrases
from assistant.structure import quantifier
from assistant.text import language
from assistant.understand import Inquiry

_US = r"(?:我们?|咱们?|本|贵)(?:的)?(?:公司|企业|单位|厂|学校|校|院|家|司|店)?"
_VERDICT = re.compile(
    rf"{_US}[^。？?]{{0,30}}?(?:(?:能不能|能否|可不可以|可否|是否|是不是|够不够|算不算|符不符合)"
    r"|(?:能|可以|有资格|够格|符合|满足|达标|够)[^。？?]{0,30}?吗)"
    r"|(?:能不能|能否|可不可以|是否)[^。？?]{0,10}我们?(?:公司|企业|单位|厂|学校)"
    r"|\b(?:do|does|can|could|would|are|is|will) (?:we|i|our \w+|my \w+)\b[^?.]{0,60}?"
    r"\b(?:qualif\w+|eligible|entitled|meet|get|receive|claim|apply|enjoy)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"多少|几|哪|什么|怎么|如何|怎样|何时|多久|多长|谁|\b(?:how|what|which|when|where|who)\b", re.IGNORECASE
)
_ABOUT_STANDING = re.compile(
    r"享受|申请|申报|资格|认定|条件|够格|达标|符合|领|拿|补|抵|奖|优惠|试点"
    r"|qualif|eligib|entitl|meet|get|receive|claim|apply|enjoy",
    re.IGNORECASE,
)


def asks_verdict(inquiry: Inquiry) -> bool:
    """Return whether a question asks if the asker himself meets what the policies ask for."""
    question = inquiry.question
    return bool(_VERDICT.search(question) and _ABOUT_STANDING.search(question)) and not _OPEN.search(question)


def deciding(passages: Sequence[Passage], citations: Collection[Citation], phrases: Phrases) -> str:
    """Return the line that says which facts decide, by the conditions cited; empty where no conditions are."""
    conditions = {p.address: p for passage in passages for p in passage.provisions if _is_condition(p.address, passage)}
    numbers = [c.n for c in citations if c.address in conditions]
    if not numbers:
        return ""
    # The records name them in Chinese only; in English the conditions cited must do.
    named = (q.name for p in conditions.values() for q in p.quantities if language(q.name) == phrases.language)
    names = dict.fromkeys(named)
    facts = phrases.say("deciding_facts", facts=phrases.say("comma").join(names)) if names else ""
    return phrases.say("needs_facts", clauses="".join(f"[{n}]" for n in numbers), facts=facts).strip()


def _is_condition(address: str, passage: Passage) -> bool:
    """Whether a provision asks for something: as one of the members of a list where the clause has one."""
    own = next(p for p in passage.provisions if p.address == address)
    members = [p for p in passage.provisions if p.address.startswith(f"{address}/")]
    listed = any(quantifier(p.text) for p in passage.provisions if address.startswith(f"{p.address}/"))
    return not members and (listed or Kind.CONDITION in own.kinds)
