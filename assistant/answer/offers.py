"""Which benefits there are: who asks so broadly is told each scheme in a line, where one clause would be a lottery."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant import validity
from assistant.answer.draft import citation, marked
from assistant.answer.notices import place_name
from assistant.answer.passages import Passage, words_in
from assistant.answer.verify import verify
from assistant.eligibility.model import Scheme
from assistant.index import Index
from assistant.models import Answer, Citation, Provision, Refusal, Statement, Status, Wording
from assistant.prompts import Phrases
from assistant.retrieve import Scope
from assistant.structure.places import NATION
from assistant.text import bigrams, simplified
from assistant.understand.cues import audience
from assistant.understand.terms import content_terms

MOST = 8  # told in a line each; the others by name

_GRANTED = r"优惠|补贴|补助|奖励|奖补|支持|扶持|激励|好处"
_ASKS = re.compile(
    rf"(?:哪些|什么|啥)(?!企业|公司|单位|人|机构|学校|院校|学生|条件|材料|情[形况]|时候|部门|程序|要求|叫)"
    rf"[^，。？?]{{0,6}}(?:{_GRANTED}|钱|资金)"
    rf"|享受到?(?:哪些|什么|啥)(?:政策|待遇)"
    rf"|(?:{_GRANTED})(?:政策|措施|项目)?(?:都|又)?(?:有哪些|有什么|有啥|是哪些)"
    r"|\b(?:what|which)(?: \w+){0,3} (?:support|incentives|subsid(?:y|ies)|benefits|tax breaks|reliefs?|funding|money|grants)\b",
    re.IGNORECASE,
)
_WHETHER = re.compile(
    rf"有(?:没有)?(?:什么)?[^，。？?有]{{0,4}}(?:{_GRANTED})(?:政策)?(?:吗|么|嘛|没有|没)?(?=$|[？?。！!，,])"
    rf"|(?:能|可以|能不能|能否|可否|可不可以)(?:拿|领|申请|享受|获得|得|申领|申报|要)到?[^，。？?]{{0,4}}(?:{_GRANTED})"
    r"|\b(?:is|are) there (?:\w+ ){0,2}(?:support|incentives?|subsid(?:y|ies)|benefits?|funding|money|grants?)\b"
    r"|\bcan (?:\w+ ){0,3}(?:get|receive|claim|apply for) (?:\w+ ){0,2}(?:support|incentives?|subsid(?:y|ies)|benefits?|funding|money|grants?)\b",
    re.IGNORECASE,
)
_WHICH_ONES = re.compile(
    r"(?:哪些|什么样的?|什么|哪种)(?:企业|公司|单位|条件|情况)|谁|\bwh(?:o|ich|at)\b", re.IGNORECASE
)
# What such a question says of the company; one that says more asks for something in particular.
_TAKING_PART = re.compile(
    r"我们?|本|贵|一家|企业|公司|单位|工厂|厂|接[收纳]|安排|提供|招用?|招收|培养|带|开展|参与|参加|进行|举办|职业院校|职业学校|职校|高职|中职|院校|学校|大学|学生"
    r"|实习(?:岗位?|生)?|实训|学徒制?|产教融合|校企合作|职业教育|职工培训|国家|政府|财政|政策|资金|钱|现在|目前"
    r"|\b(?:compan(?:y|ies)|firms?|enterprises?|employers?|business(?:es)?|tak(?:e|es|ing)|host(?:s|ing)?|accept(?:s|ing)?|train(?:s|ing)?|part|vocational"
    r"|education|industry-education|integration|students?|interns?(?:hips?)?|apprentices?(?:hips?)?|schools?|colleges?|government|state|any|get|money)\b",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"产教|校企|职业教育|职业院校|职业学校|实习|学徒|职工培训|技能|industry-education|vocational|intern|apprentice|skills?\b",
    re.IGNORECASE,
)
_SUBJECTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"实习|\bintern", r"学徒|\bapprentice", r"培训|技能|\btrain(?!ee)|\bskill", r"招用|招聘|招人|扩岗|稳岗|\bhir|\brecruit",
        r"捐|\bdonat", r"税|附加|\btax|surcharge",
    )
)  # fmt: skip
_OTHERS = re.compile(r"学校|院校|学院|教师|老师|学生|\b(?:school|college|teacher|student)s?\b", re.IGNORECASE)
_COMPANY = re.compile(r"企业|公司|单位|工厂|我们厂|\b(?:compan|firm|enterprise|employer|business)", re.IGNORECASE)
_YEAR = re.compile(r"（\d{4}年?）|\s*\(\d{4}\)")  # of the edition, which its clauses do not repeat


@dataclass(frozen=True, slots=True)
class _Told:
    """What is said of some schemes."""

    lines: list[str]
    statements: list[Statement]
    citations: list[Citation]
    removed: int


def asks_for_all(question: str) -> bool:
    """Return whether a question asks which benefits there are for a company, not for one of them."""
    words = simplified(question)
    return bool(_ASKS.search(words) or _asks_whether(words)) and bool(
        _COMPANY.search(words) or not _OTHERS.search(words)
    )


def _asks_whether(words: str) -> bool:
    """Whether a question asks if there is any, and says no more of the company than that it takes part."""
    told = _TAKING_PART.sub("，", _WHETHER.sub("，", words))
    return bool(_WHETHER.search(words)) and not _WHICH_ONES.search(words) and not content_terms(told)


def with_offers(
    answer: Answer, question: str, schemes: Sequence[Scheme], index: Index, scope: Scope, phrases: Phrases
) -> Answer:
    """Return an answer with the benefits there are; unchanged where none fits the question.

    `schemes` are those that hold in the place asked for. Where an answer already rests on a text that was taken in, or
    on the rules of a place, those of the country are no more than named; and they are no answer for a place.
    """
    question = simplified(question)
    offered = _fitting(question, schemes, answer)
    answered = answer.status is Status.ANSWERED
    # Only where nothing was found do the benefits there are say more: no such document, or foreign law, stays a refusal.
    unfound = answer.refusal is Refusal.NOT_FOUND and _FIELD.search(question)
    if not offered or not (answered or unfound):
        return answer
    of_a_place = answer.jurisdiction not in (None, NATION)
    asked_of_it = of_a_place and not audience(question)  # not by a firm there, for which the country's hold as well
    settled = any(_is_own(c) for c in answer.citations) if answered else asked_of_it
    known = {c.address for c in answer.citations}
    open_ = [s for s in offered if known.isdisjoint(s.basis)]
    full = [s for s in open_ if _FIELD.search(_words(s)) and not (settled and s.place == NATION)][:MOST]
    told = _told(full, len(answer.citations) + len(answer.related), answer, index, scope, phrases)
    if not told.statements and not answered:
        return answer
    named = phrases.say("offers_and").join(s.title.in_language(phrases.language) for s in open_ if s not in full)
    if not told.lines and not named:
        return answer
    block = "\n".join((phrases.say("offers", day=answer.as_of), *told.lines)) if told.lines else ""
    further = (
        *((phrases.say("offers_named", titles=named),) if named else ()),
        *_where(full, answer.jurisdiction if of_a_place else None, phrases),
        phrases.say("offers_check"),
    )
    unsure = phrases.say("notice_unsure")  # not of what is listed
    # What a refusal says of the clauses near it is no part of the answer; what was not understood still is.
    understood = tuple(n for n in answer.notices if not any(c.title in n for c in answer.related))
    base = answer if answered else replace(answer, text="", related=(), notices=understood, refusal=None)
    ahead = told.lines and not settled and _FIELD.search(question)
    first, second = (told.statements, base.statements) if ahead else (base.statements, told.statements)
    return replace(
        base,
        status=Status.ANSWERED,
        text="\n\n".join(filter(None, (block, base.text) if ahead else (base.text, block))),
        statements=(*first, *second),
        citations=(*base.citations, *told.citations),
        notices=(*(n for n in base.notices if not (told.lines and n == unsure)), "\n".join(further)),
        removed=base.removed + told.removed,
    )


def _where(told: Sequence[Scheme], place: str | None, phrases: Phrases) -> Iterator[str]:
    """What is said of the places that grant more."""
    if place is None:
        yield phrases.say("offers_place")
    elif told and all(scheme.place == NATION for scheme in told):
        yield phrases.say("offers_nation", place=place_name(place, phrases.language))


def _is_own(cited: Citation) -> bool:
    return cited.wording is not Wording.DIGEST or cited.jurisdiction != NATION


def _fitting(question: str, schemes: Sequence[Scheme], answer: Answer) -> list[Scheme]:
    """The benefits of the day on the subjects asked about: those of the place first, then those called as the question does."""
    subjects = [subject for subject in _SUBJECTS if subject.search(question)]
    if not subjects and not _FIELD.search(question):
        return []
    found = [
        scheme
        for scheme in schemes
        if scheme.purpose == "benefit"
        and (scheme.effective is None or scheme.effective <= answer.as_of)
        and (scheme.expires is None or answer.as_of <= scheme.expires)
        and (not subjects or any(subject.search(_words(scheme)) for subject in subjects))
    ]
    asked = set(bigrams(question))
    return sorted(found, key=lambda s: (s.place == NATION, -len(asked & set(bigrams(f"{s.title.zh} {s.title.en}")))))


def _words(scheme: Scheme) -> str:
    return " ".join((scheme.title.zh, scheme.summary.zh, scheme.title.en, scheme.summary.en))


def _told(schemes: Sequence[Scheme], after: int, answer: Answer, index: Index, scope: Scope, phrases: Phrases) -> _Told:
    told = _Told([], [], [], 0)
    for scheme in schemes:
        held = {
            provision.address: provision
            for address in dict.fromkeys((*scheme.basis, *(b.address for b in scheme.benefits if b.address)))
            for provision in index.subtree(address)[:1]
        }
        cited = [
            _citation(after + len(told.citations) + n, provision, answer, scope, phrases)
            for n, provision in enumerate(held.values(), 1)
        ]
        if not cited or any(c.in_force is False for c in cited):
            continue
        title = _YEAR.sub("", scheme.title.in_language(phrases.language))
        summary = phrases.say("offer", title=title, text=scheme.summary.in_language(phrases.language))
        said, removed = _verified(summary, cited, held)
        if removed or scheme.id != scheme.family:
            # The summary says more than these clauses do, or was written for the country: the clause's own words, then.
            cited = cited[:1]
            said, removed = _verified(phrases.say("offer", title=title, text=cited[0].quote), cited, held)
        marks = _marks(cited, held, phrases)
        told.lines.extend(f"- {s.text}{marks}{marked(s.citations)}" for s in said)
        told.statements.extend(said)
        told.citations.extend(cited if said else ())
        told = replace(told, removed=told.removed + removed)
    return told


def _marks(cited: Sequence[Citation], held: Mapping[str, Provision], phrases: Phrases) -> str:
    digest = phrases.say("digest_mark") if any(c.wording is Wording.DIGEST for c in cited) else ""
    memory = phrases.say("memory_mark") if any(held[c.address].basis == "memory" for c in cited) else ""
    return digest + memory


def _verified(text: str, cited: Sequence[Citation], held: Mapping[str, Provision]) -> tuple[tuple[Statement, ...], int]:
    return verify([Statement(text, tuple(c.n for c in cited))], cited, held)


def _citation(number: int, provision: Provision, answer: Answer, scope: Scope, phrases: Phrases) -> Citation:
    policy = scope.policies[provision.address.partition("/")[0]]
    in_force = validity.in_force(scope.spans[policy.id], provision, answer.as_of)
    quote = words_in(phrases.language, provision)
    return citation(number, Passage(policy, (provision,), frozenset(), 0.0, in_force), provision, quote)
