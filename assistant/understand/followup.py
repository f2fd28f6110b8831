"""Follow-ups: 那材料呢？ after a question on conditions becomes a question that stands alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant import references
from assistant.structure import places
from assistant.understand.terms import content_terms

_LEADING = re.compile(
    r"^\s*(那么|那|还有|另外|然后|再问一下|再问|请问|and\b|what about\b|how about\b|then\b|also\b|so\b|ok\b|,|，)+\s*",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"(呢|吗|啊|呀)?[？?。.！!\s]*$")
_POINTING = re.compile(
    r"(这个|这项|这种|这些|那个|那项|它|他们|该|上述|前面|刚才|同样|这笔|这条)|\b(it|they|them|that|this|those|these|there|same)\b",
    re.IGNORECASE,
)
# What an earlier question asked of its subject gives way to what this one asks of it.
_ASPECT = re.compile(
    r"(的|需要|要)?(申报|申请|认定)?(条件|要求|资格|门槛|材料|资料|流程|程序|步骤|手续|期限|截止时间|时间|主管部门|标准)"
    r"|\b(the )?(conditions?|requirements?|documents?|materials?|paperwork|procedure|steps|deadline)( of| for| to)?\b",
    re.IGNORECASE,
)
SHORT = 2  # a question with at most this many subject words leans on the one before it; twice as many when it says so


def standalone(question: str, history: Sequence[str]) -> str:
    """Return the question made whole from the questions before it; unchanged when it stands on its own."""
    if not history or not _leans(question):
        return question
    before = standalone(history[-1], history[:-1])
    here = places.find(question)
    if here and not _subject_without_places(question, here):
        return _with_place(before, here)
    return f"{_without_kind(before)} {_TRAILING.sub('', _LEADING.sub('', question))}"


def carried(question: str, first: str, *, one_sentence: bool = False) -> str:
    """Return a later question of one message with the subject of the first, unless it brings its own.

    In one sentence a document that the first half names is meant by the second too, however much else that says.
    """
    same = one_sentence and bool(references.find(first))
    if references.find(question) or (len(content_terms(question)) > 2 * SHORT and not same):
        return question
    return f"{_without_kind(first)} {question}"


def _leans(question: str) -> bool:
    opens = bool(_LEADING.match(question)) or bool(
        _TRAILING.search(question) and question.rstrip("？?。 ").endswith("呢")
    )
    terms = content_terms(question)
    if opens and len(terms) <= 2 * SHORT:
        return True
    return len(terms) <= (2 * SHORT if _POINTING.search(question) else SHORT) and not references.find(question)


def _subject_without_places(question: str, here: Sequence[places.Place]) -> str:
    rest = _LEADING.sub("", _TRAILING.sub("", question))
    for place in here:
        for name in (place.name, place.short, *place.english):
            rest = re.sub(re.escape(name), "", rest, flags=re.IGNORECASE)
    return re.sub(r"[\s，,市省的in]+", "", rest)


def _with_place(question: str, here: Sequence[places.Place]) -> str:
    """The earlier question asked for another place."""
    for old in places.find(question):
        for name in (old.name, old.short, *old.english):
            question = question.replace(name, "")
    return f"{here[0].name}{question}"


def _without_kind(question: str) -> str:
    """The subject of the earlier question without what it asked: 产教融合型企业的申报条件有哪些 → 产教融合型企业的申报."""
    text = _ASPECT.sub("", question)
    return re.sub(r"(有?哪些|是?什么|多少|怎么|如何|的?是|吗|呢)?[？?。]*$", "", text).strip()
