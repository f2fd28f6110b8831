"""Who has to act: the party a sentence speaks of is the one its clauses name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.text import normalise, words

# Kinds of parties, each with every word that names one or implies it. Of normalised text.
_PARTIES = {
    "company": r"企业|公司|单位|基地|厂|商|经营|纳税人|校企|产教|\b(?:enterprise|compan|employer|firm|taxpayer|business)\w*",
    "authority": r"机关|部门|政府|委员会|财政局|教育局|\b(?:authorit|department|government|bureau|ministr)\w*",
    "school": r"校|学院|大学|\b(?:school|college|universit|institution)\w*",
    "student": r"学生|实习|学徒|学员|毕业生|\b(?:student|intern|apprentice|trainee|graduate)\w*",
    "teacher": r"教师|老师|师资|教学|\b(?:teach|lecturer|instructor|faculty|staff)\w*",
    "applicant": r"申请人|申报人|申报单位|申请单位|\bapplicants?\b",
}
_KINDS = {kind: re.compile(pattern) for kind, pattern in _PARTIES.items()}
_MODAL = re.compile(
    r"应当|必须|可以|不得|不能|(?<![对相适反供响效])应(?![用届聘急税对缴])|须(?!知)|\b(?:must|shall|may|can|cannot)\b"
)
# What a sentence names outright; that it speaks of a company says little, as most questions are a company's.
_OUTRIGHT = {
    "school": re.compile(r"学校|院校|高校|学院|大学|\b(?:schools?|colleges?|universit\w+)\b"),
    "student": re.compile(r"学生|实习生|学徒|毕业生|\b(?:students?|interns?|apprentices?|graduates?)\b"),
    "company": re.compile(rf"(?:{_MODAL.pattern}).*(?:企业|公司)"),
    "teacher": re.compile(r"教师|老师|\bteachers?\b"),
}
_BY = re.compile(r"由([^,.;]{2,16})|\bby ((?:\w+ ?){1,4})")
_PASSIVE = re.compile(r"[由被]|\bbe \w+(?:ed|en|id)\b")


def acts_otherwise(sentence: str, said: Sequence[str]) -> bool:
    """Return whether who has to act in the clauses is acted upon in a sentence, and the other way about."""
    ours, theirs = normalise(sentence), _nearest(sentence, said)
    here, there = _MODAL.split(ours, maxsplit=1), _MODAL.split(theirs, maxsplit=1)
    if len(here) < 2 or len(there) < 2 or bool(_PASSIVE.search(ours)) != bool(_PASSIVE.search(theirs)):
        return False  # in another voice they change places
    actor, other = (next((w for w in reversed(words(side[0])) if len(w) > 1), "") for side in (here, there))
    if actor and other and actor not in there[0] and other not in here[0]:
        return actor in there[1] and other in here[1]
    party, rival = _last_party(here[0]), _last_party(there[0])
    if not party or not rival or _KINDS[party].search(there[0]) or _KINDS[rival].search(here[0]):
        return False
    return bool(_KINDS[party].search(there[1]) and _KINDS[rival].search(here[1]))


def names_another(sentence: str, said: Sequence[str], around: str) -> bool:
    """Return whether a sentence speaks of students where its clauses speak of teachers, or lets another party act."""
    ours, held = normalise(sentence), normalise("\n".join((*said, around)))
    if any(named.search(ours) and not _KINDS[kind].search(held) for kind, named in _OUTRIGHT.items()):
        return True
    theirs = _nearest(sentence, said)
    by, agent = _agent(ours), _agent(theirs)
    if by and agent and by != agent:
        return True
    actor, other = by or _acting(ours), agent or _acting(theirs)
    if not actor or not other or _KINDS[actor].search(held):
        return False
    return actor != other and ("applicant" not in (actor, other) or "authority" in (actor, other))


def _acting(text: str) -> str | None:
    """The kind of the party that stands last before the first must or may."""
    head, *rest = _MODAL.split(text, maxsplit=1)
    return _last_party(head) if rest else None


def _agent(text: str) -> str | None:
    """The kind of the party by which something is done: 由市财政局拨付."""
    by = _BY.search(text)
    named = [(found.start(), kind) for kind, party in _KINDS.items() if by and (found := party.search(by[1] or by[2]))]
    return min(named)[1] if named else None


def _last_party(text: str) -> str | None:
    named = [(match.end(), kind) for kind, party in _KINDS.items() for match in party.finditer(text)]
    return max(named)[1] if named else None


def _nearest(sentence: str, said: Sequence[str]) -> str:
    """The sentence of the clauses that has most of a sentence's words."""
    own = set(words(normalise(sentence)))
    return max(_sentences(said), key=lambda text: len(own & set(words(text))), default="")


def _sentences(said: Sequence[str]) -> Iterator[str]:
    for text in said:
        yield from re.split(r"[.;](?!\d)", normalise(text))
