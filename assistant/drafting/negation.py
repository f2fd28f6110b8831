"""Whether a sentence denies what its clauses say, or says what they deny."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.drafting.modals import MAY, MUST, NO, NO_OF_ANY_KIND, parts
from assistant.text import normalise, words

_LONGEST_HEAD = 2  # words behind a no that it surely denies
_SIGN = re.compile(rf"(?P<no>{NO.pattern})|(?:{MAY.pattern})|(?:{MUST.pattern})")
_BETWEEN = re.compile(
    r"(?:\s|[得能可应须准许予再以当]|\b(?:be|been|being|to|have|longer)\b)*"
)  # a no and what it denies

Signed = Counter[tuple[bool, str]]  # how often each word is denied (True) or allowed or asked for (False)


def denies_otherwise(sentence: str, clause: str) -> bool:
    """Return whether one denies what the other says: told from the words right behind each no or may or must."""
    ours, theirs = list(_Part.of(sentence)), list(_Part.of(clause))
    if _is_signed_otherwise(_signed(sentence), _signed(clause)):
        return True
    return any(_turned(part, theirs) for part in ours) or any(
        _is_told_without_its_no(part, ours, theirs) for part in theirs if len(part.denied) == _LONGEST_HEAD
    )


def _turned(part: _Part, theirs: Sequence[_Part]) -> bool:
    """Whether a part of a sentence has another sign than every part of the clause that is nearest to it in words."""
    nearest = max((len(part.words & other.words) for other in theirs), default=0)
    if not nearest:
        return part.no >= 0 and not any(NO_OF_ANY_KIND.search(other.text) for other in theirs)
    return all(_of_another_sign(part, o, theirs) for o in theirs if len(part.words & o.words) == nearest)


def _of_another_sign(part: _Part, other: _Part, theirs: Sequence[_Part]) -> bool:
    if part.text == other.text:
        return False
    # The word next to a no decides, where both have it; else the one behind it.
    for one, another in ((other, part), (part, other)):
        head = next((head for head in one.denied if head in another.text), None)
        if head and not another.denies(head):
            return True
    return part.no >= 0 and not any(NO_OF_ANY_KIND.search(o.text) for o in theirs)


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
        match = NO.search(self.text)
        self.no, behind = (match.start(), self.text[match.end() :]) if match else (-1, "")
        # 不得再次安排: the first words behind the no, those of one character or of mere duty not counted
        named = [w for w in words(behind) if len(w) > 1 and not MUST.fullmatch(w) and not MAY.fullmatch(w)]
        self.denied = named[:_LONGEST_HEAD]

    @classmethod
    def of(cls, text: str) -> Iterator[_Part]:
        return (cls(part) for part in parts(text))

    def denies(self, word: str) -> bool:
        return 0 <= self.no <= self.text.rfind(word)  # 法人和非法人组织 has it twice


def _signed(text: str) -> Signed:
    """How often each word stands right behind a no, and right behind a may or a must: 不得招用 and 可以招用."""
    found: Signed = Counter()
    for part in map(normalise, parts(text)):
        at = 0
        for sign in _SIGN.finditer(part):
            if sign.start() < at:
                continue  # of 不应当 the no holds
            at = _BETWEEN.match(part, sign.end()).end()  # type: ignore[union-attr]  # it matches nothing as well
            behind = part[at:]
            if sign["no"] is None and NO.match(behind):
                continue  # of must not, too
            head = next((word for word in words(behind) if len(word) > 1), None)
            if head and behind.startswith(head):
                found[sign["no"] is not None, head] += 1
    return found


def _is_signed_otherwise(ours: Signed, theirs: Signed) -> bool:
    """Whether a word is denied once more, and allowed once less, than in the clause, or the other way about."""
    return any(
        ours[sign, head] > theirs[sign, head] and ours[not sign, head] < theirs[not sign, head] for sign, head in ours
    )
