"""Yes and no, must and may, all and any, and the exceptions: what turns the same words into another rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.structure import quantifier
from assistant.text import normalise, words

SIGNS = ("negation", "must and may", "all and any")

_PART = re.compile(
    r"[，。；：！？!?;\n（）()“”\"]+|[,.:](?!\d)"
)  # of text as printed: 、 joins, and divides no sentence
# All of normalised text. 不仅, 不足, 未成年 and their like deny nothing.
_NO = re.compile(
    r"不(?!仅|但[^凡]|同|少于|低于|超过|得少于|得低于|得超过|高于|断|限|足|论|管|满|等|动产|良|可抗力|晚于|迟于|早于)"
    r"|未(?!来|成年|满|必)|无(?!锡|人机|线|论|形资产|偿)|非(?!营利|学历|全日制|公有|遗|物质|常)|没(?!收)|禁止|严禁"
    r"|\b(?:not(?! (?:only|less|more|fewer|later|exceed))|no(?! (?:less|more|fewer|later))|never|without|cannot|neither|nor|none"
    r"|prohibit\w*|forbid\w*)\b|n't\b"
)
_NO_OF_ANY_KIND = re.compile(
    rf"[不未无非没否免停除]|{_NO.pattern}|\b(?:exempt|exclu|refus|except|unless|other than)\w*"
)
_MUST = re.compile(
    r"应当|必须|须(?!知)|应(?![用届聘征急税收对缴交纳付届付])|一律|强制|务必|有义务"
    r"|\b(?:must|shall|required|obliged|mandatory|have to|has to)\b"
)
_MAY = re.compile(
    r"可以|可(?![靠持能行见操再抗])|允许|鼓励|支持|有权|自愿|优先|准予"
    r"|\b(?:may|can|allowed|permitted|encourag\w*|support\w*|voluntar\w*|entitled|eligible)\b"
)
_ALL_OF = re.compile(
    r"全部(?:条件|满足|符合|具备)|(?:同时|均须?|都要?|都须|都必须|一并|逐项)(?:满足|符合|具备|达到)|缺一不可|每一?[项条]都"
    r"|各项(?:条件)?(?:均|都)|\b(?:all of (?:the|these)|each of|every one of|both of)\b"
)
_ANY_OF = re.compile(
    r"之一|任[一意何]|其中[一1任][项条个种]|[一1][项条]即可|[一1][项条]就|占[一1]|\b(?:any (?:one )?of|either|at least one|one of the)\b"
)
_EXCEPTION = re.compile(r"除[^.;]{0,60}?外|另有规定|\b(?:except|unless|other than)\b")
_EXTREME = re.compile(
    r"所有|任何|一切|无条件|无论|不论|永久|绝对|一定(?=[能会可])|保证|唯一|仅需|只需"
    r"|\b(?:all|any|every|always|only|guarantee\w*|regardless|unconditional\w*)\b"
)
_EVERY = frozenset({"所有", "任何", "一切", "全部", "各类", "凡", "all", "any", "every", "each"})
_LONGEST_HEAD = 2  # words behind a no that it surely denies


def parts(text: str) -> list[str]:
    """Return what stands between the commas and stops of a text."""
    return [part for part in _PART.split(text) if part and part.strip()]


def differing(sentence: str, said: Sequence[str]) -> str | None:
    """Return which sign of a sentence is not that of the clauses it rests on; None where all are."""
    text = "\n".join(said)
    ours, theirs = normalise(sentence), normalise(text)
    if _denies_otherwise(sentence, text):
        return "negation"
    if _MUST.search(ours) and not _MAY.search(ours) and _MAY.search(theirs) and not _MUST.search(theirs):
        return "must and may"
    if _quantified_otherwise(ours, said):
        return "all and any"
    if any(not _says_every(match[0], theirs) for match in _EXTREME.finditer(ours)):
        return "generalised"
    if _EXCEPTION.search(ours) and not _NO_OF_ANY_KIND.search(theirs):
        return "exception"
    return "exception" if not _EXCEPTION.search(ours) and _is_excepted(ours, said) else None


def of_lead(sentence: str, lead: str, item: str) -> str | None:
    """Return which sign of a sentence about an item is not that of the words that lead in its list.

    Below 不得有下列行为 an item told without a no is turned round; below 下列条件之一 an item is no duty.
    """
    ours, last = normalise(sentence), normalise((parts(lead) or [""])[-1])
    if _NO.search(last) and not _NO.search(ours):
        return "negation"
    if quantifier(lead) not in (None, "all") and _MUST.search(ours) and not _MUST.search(normalise(item)):
        return None if _ANY_OF.search(ours) else "all and any"
    return None


def denies(lead: str) -> bool:
    """Return whether the words that lead in a list deny what it holds."""
    return bool(_NO.search(normalise((parts(lead) or [""])[-1])))


def _denies_otherwise(sentence: str, clause: str) -> bool:
    """Whether one denies what the other says: told from the words right behind each no, wherever the other has them."""
    ours, theirs = list(_Part.of(sentence)), list(_Part.of(clause))
    return any(_turned(part, theirs) for part in ours) or any(
        _is_told_without_its_no(part, ours, theirs) for part in theirs if len(part.denied) == _LONGEST_HEAD
    )


def _turned(part: _Part, theirs: Sequence[_Part]) -> bool:
    """Whether a part of a sentence has another sign than every part of the clause that is nearest to it in words."""
    nearest = max((len(part.words & other.words) for other in theirs), default=0)
    if not nearest:
        return part.no >= 0 and not any(_NO_OF_ANY_KIND.search(other.text) for other in theirs)
    return all(_of_another_sign(part, o, theirs) for o in theirs if len(part.words & o.words) == nearest)


def _of_another_sign(part: _Part, other: _Part, theirs: Sequence[_Part]) -> bool:
    # The word next to a no decides, where both have it; else the one behind it.
    for one, another in ((other, part), (part, other)):
        head = next((head for head in one.denied if head in another.text), None)
        if head and not another.denies(head):
            return True
    return part.no >= 0 and not any(_NO_OF_ANY_KIND.search(o.text) for o in theirs)


def _is_told_without_its_no(part: _Part, ours: Sequence[_Part], theirs: Sequence[_Part]) -> bool:
    """Whether a sentence says outright, somewhere in it, what the clause only ever denies."""
    heads = part.denied
    if any(o.no < 0 and all(head in o.text for head in heads) for o in theirs):
        return False
    return any(
        all(h in o.text and not o.denies(h) for h in heads) and len(part.words & o.words) > len(heads) for o in ours
    )


class _Part:
    """What stands between two commas, and where in it a no begins to hold."""

    def __init__(self, text: str) -> None:
        self.text = normalise(text)
        self.words = frozenset(words(self.text))
        match = _NO.search(self.text)
        self.no, behind = (match.start(), self.text[match.end() :]) if match else (-1, "")
        # 不得再次安排: the first words behind the no, those of one character or of mere duty not counted
        named = [w for w in words(behind) if len(w) > 1 and not _MUST.fullmatch(w) and not _MAY.fullmatch(w)]
        self.denied = named[:_LONGEST_HEAD]

    @classmethod
    def of(cls, text: str) -> Iterator[_Part]:
        return (cls(part) for part in parts(text))

    def denies(self, word: str) -> bool:
        return 0 <= self.no <= self.text.find(word)


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


def _is_excepted(sentence: str, said: Sequence[str]) -> bool:
    """Whether the one clause a sentence tells has an exception that it leaves out."""
    if len(said) != 1 or not _EXCEPTION.search(clause := normalise(said[0])):
        return False
    own = set(words(sentence))
    ruling = max(re.split(r"[.;](?!\d)", clause), key=lambda s: len(own & set(words(s))))
    return bool(_EXCEPTION.search(ruling)) and "另有规定" not in ruling
