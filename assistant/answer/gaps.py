"""What a question asks besides and the clauses shown do not carry: named, so that half an answer is not taken for a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.answer.figures import measured
from assistant.answer.passages import Passage
from assistant.models import Kind
from assistant.prompts import Phrases
from assistant.structure.kinds import kinds_of
from assistant.understand import Inquiry
from assistant.understand.cues import AMOUNT
from assistant.understand.units import unmeasured

_AND = r"(?:以及|还有|还要|并且|和|与|及|、|\band\b)\s*(?:the |what |which |any )?(?:需?要|应)?(?:交|办|提交|走)?(?:什么|哪些|的)?"
_BESIDES = (
    (Kind.MATERIAL, re.compile(rf"{_AND}(?:申请|申报)?(?P<what>材料|资料|documents|materials|paperwork)", re.IGNORECASE)),
    (Kind.PROCEDURE, re.compile(rf"{_AND}(?:申请|申报|办理)?(?P<what>流程|程序|步骤|手续|procedure|steps)", re.IGNORECASE)),
    (Kind.SANCTION, re.compile(rf"{_AND}(?P<what>处罚|罚则|法律责任|penalt(?:y|ies)|sanctions?)", re.IGNORECASE)),
)  # fmt: skip
# What is asked for by itself, and nothing else will do.
_ALONE = (
    (
        Kind.MATERIAL,
        re.compile(
            r"(?:什么|哪些|啥)(?:申请|申报|证明)?(?P<zh>材料|资料|证件|证明)|(?P<those>材料|资料|证件)(?:呢|有哪些|是什么|要什么)"
            r"|\b(?:what|which) (?P<en>documents|papers|paperwork|materials)",
            re.IGNORECASE,
        ),
    ),
    (
        Kind.SANCTION,
        re.compile(
            r"(?P<zh>怎么(?:处)?罚|(?:什么|哪些|有何)(?:处罚|后果|法律责任)|(?:会|要|得)(?:被|受)?(?:处)?罚|罚(?:多少|款))"
            r"|what (?:are )?(?:the )?(?P<en>penalt\w+|sanctions?|fines?|consequences)|(?P<happens>what happens) if\b",
            re.IGNORECASE,
        ),
    ),
)

# Amounts that are told without a figure.
IN_WORDS = re.compile(
    r"不低于|不少于|不超过|不高于|最低工资|平均工资|全额|全部|据实|减半|一半|加倍|双倍|(?<!减)免|不限|相应|同等|\b(?:full|half|all|double|equal|no)\b",
    re.IGNORECASE,
)


def gaps(inquiry: Inquiry, passages: Sequence[Passage], phrases: Phrases) -> Iterator[str]:
    """Yield what is said of each thing asked that stands in none of the clauses: a figure, or the second of two things."""
    provisions = [provision for passage in passages for provision in passage.provisions]
    text = "\n".join(f"{p.text}\n{p.text_en or ''}" for p in provisions)
    asked = [*unmeasured(inquiry.question, text)]
    amount = AMOUNT.search(inquiry.question)
    if amount and not asked and not measured(text) and not IN_WORDS.search(text):
        asked.append(amount[0])
    told = {*kinds_of(text), *(kind for p in provisions for kind in p.kinds)}
    for kind, asks in (*_BESIDES, *_ALONE):
        match = asks.search(inquiry.question)
        if match and kind not in told:
            asked.append(next(filter(None, match.groups())))
    for words in dict.fromkeys(asked):
        yield phrases.say("gap", asked=words)
