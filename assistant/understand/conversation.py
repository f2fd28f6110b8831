"""What a conversation is about after each of its questions: 那材料呢？ is made whole from what was asked before.

Carried along are the subject, the documents and clauses named, the place and the day, each until a question changes
it. A question with a subject of its own starts anew and keeps the place only, as the asker is still there.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant import references
from assistant.models import Kind
from assistant.references import Reference
from assistant.structure.places import Place
from assistant.text import language
from assistant.understand import cues, days, kin, where
from assistant.understand.domain import is_small_talk, names_field
from assistant.understand.particulars import asks_only_standing, asks_standing, particulars_of
from assistant.understand.terms import content_terms

SHORT = 2  # a question with at most this many subject words leans on the one before it; twice as many when it says so
SHORT_EN = 3  # the same in English, where how is … worked out has words of its own for asking

REMEMBERED = 100  # questions of a conversation, the last ones

_CHANGES = re.compile(
    r"^\s*(?:(?:换|另)一?个?(?:问题|话题)|另外(?:还有)?一个问题|(?:再|另)问(?:一|个)?(?:个|件)?(?:别的|其他的?|另外的|新)(?:问题|事)?|新问题|不说这个了|说点别的"
    r"|(?:another|a different|a new|next) (?:question|topic)|(?:on|to) (?:another|a different) (?:topic|subject|matter)|changing the subject)"
    r"\s*(?:[：:，,。.—-]|$)*\s*",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"^\s*(?:那么|那(?=[^时年])|还有(?!效|用|没有|必要)|另外|然后|再问一下|再问|顺便问一?下?|顺便|请问"
    r"|换成|换作|如果是|如果换成|要是换成|要是|假如是|如果|至于|同样|对于|and\b|but\b|what about\b|how about\b"
    r"|what if it (?:is|was)\b|then\b|also\b|so\b|ok(?:ay)?\b|,|，)+\s*(?:在(?=[一-鿿]))?(?:in\b|for\b)?\s*",
    re.IGNORECASE,
)
_CLOSES = re.compile(
    r"(?:的话|的规定|的情况|(?<=[级性批建业校])的|又怎么?样|怎么样|会?怎样)?\s*(?:呢|吗|啊|呀)?[？?。.！!\s]*$"
)
_QUERIES = re.compile(
    r"呢[？?。.！!\s]*$|^\s*(?:换成|换作|要是|如果是|what about\b|how about\b|what if\b)", re.IGNORECASE
)
_POINTS = re.compile(
    r"(?:这个|这项|这种|这些|那个(?!人)|那项|它|他们|上述|前面|刚才|同样|这笔|这条|这样|这么|那么[做干办]|这期间|那期间)|(?<![应])该(?!怎|如|不|怎么|有|由|做|交|给|办)"
    r"|其余|余下|剩下|剩余|超出的|超过的部分|也(?=要|能|可|是|得|行|算|有|需|适)"
    r"|\b(?:its?|they|them|their|that|this|those|these|there|same|in (?:that|this|such a) case|then(?=\s*\?)"
    r"|the (?:rest|remainder|remaining|excess|surplus)|as well|too|either)\b",
    re.IGNORECASE,
)
# At what the whole conversation is about, not at what was asked last.
_OF_THE_WHOLE = re.compile(r"它|他们|也|\b(?:its?|they|them|their|there|too|either|as well)\b", re.IGNORECASE)
# At the document spoken of before, however much else is said.
_INSIDE = re.compile(
    r"^(?:那)?(?:里面|其中|里头|文件里|条例里|办法里)|(?:该|这[个部份项]?|那[个部份项])(?:条例|办法|规定|通知|意见|政策|文件|法律|法)"
    r"|\b(?:in|under) (?:it|that|this|the same) (?:law|rule|regulation|document|notice)?",
    re.IGNORECASE,
)
# Words around a place, a day or a clause alone: 我们在宁波, what was it in 2019?
_AROUND = re.compile(
    r"我们?公司|我们|我司|公司|我|是|在|的|呢|吗|了|这边|那边|这里|那里|规定|情况|怎么规定|怎么说|说什么|怎么样|市|省|时候|当时|还"
    r"|\b(?:we|are|is|was|were|in|for|it|what|about|how|the|and|of|then|be|say|says|does|do|would|if|our company)\b|[\s，,。.？?！!’']",
    re.IGNORECASE,
)
# What an earlier question asked of its subject gives way to what this one asks of it.
_ASPECT = re.compile(
    r"(?:的|需要|要)?(?:申报|申请|认定)?(?:条件|要求|资格|门槛|材料|资料|流程|程序|步骤|手续|期限|截止时间|时间|主管部门|标准)"
    r"|\b(?:the )?(?:conditions?|requirements?|documents?|materials?|paperwork|procedure|steps|deadline)(?: of| for| to)?\b",
    re.IGNORECASE,
)
_ASKED_LAST = re.compile(r"(?:有?哪些|是?什么|的?是?多少|怎么|如何|的?是|吗|呢)?[？?。]*$")
_SUPPOSES = re.compile(
    r"的话[呢？?。！!\s]*$|^\s*(?:如果|要是|假如|假设|万一|\bif\b|what if\b|suppose\b)", re.IGNORECASE
)
# Keywords, 宁波 实习补贴, are no statement.
_STATES = re.compile(
    r"^\s*(?:但是?|可是|不过|而且|其实|我们?(?:公司|单位|学校|厂)?(?:是|有|没|已经|还|才|在|现在|都)|他们?|她们?|公司(?:是|有|没|已经|还))"
    r"|^\s*(?:but|however|actually|i'm|i am|i've|we're|we are|we've|i have|we have|he's|he is|she's|she is|they're|they are|it's|it is)\b",
    re.IGNORECASE,
)
_FILLERS = frozenset({"during", "still", "though", "over", "out", "worked", "one", "ones", "also", "just", "now"})
_END = re.compile(r"[？?。.！!\s]+$")
_FURTHER = re.compile(r"(?<=[？?])\s*\S.*$", re.DOTALL)
_SECOND_FIGURE = re.compile(r"[，,](?=[^，,]*(?:多少|几个?[月天年元]|多久)).*$", re.DOTALL)
_HOW_MUCH = re.compile(
    r"(?:一[天日周月年])?(?:最多|最长|最少|最低|最高|至少|不超过|可以|能|要|得)*"
    r"(?:(?:多少|几)(?:钱|元|万元?|个?(?:小时|月|星期|人)|[天年周次人名岁家]|比例|倍)?|多久|多长时间)[？?。]*$"
)
_FIGURE = re.compile(r"多少(?!年)|百分之几|几成")  # 能抵多少税
# The words with which an English question begins, where what it asked is gone: What are [the conditions] to be certified.
_ASKED_FIRST = re.compile(
    r"^\s*(?:(?:what|which|who|whom|when|where|why|how(?: (?:much|many|long|often))?)\b\s*)"
    r"(?:(?:are|is|was|were|must|should|shall|can|could|may|do|does|did|will|would|has|have)\b\s*)?(?:(?:we|i|you)\b\s*)?",
    re.IGNORECASE,
)
_MODAL_LAST = re.compile(r"(?<=[一-鿿]{2})(?:需要|应当|可以|要|需)(?:满足|具备|符合)?$")


@dataclass(frozen=True, slots=True)
class Thread:
    """What a conversation is about; as a whole, its last question standing alone."""

    text: str = ""  # the last question, made whole, without the words for a day that is carried
    subject: str = ""  # what it is about, without what a question that only leaned on it asked besides
    asks: str = ""  # the words by which it asks: its own, or those of the question it varies
    place: Place | None = None
    nation: bool = False  # the nation's rules were asked for
    day: dt.date | None = None
    leans: bool = False  # it was made whole from earlier ones
    place_carried: bool = False
    day_carried: bool = False
    varies: bool = False  # the place, the day or the document is another than that of the question it leans on
    own: str = (
        ""  # the words of the last question at the end of a text made whole; "" where they ask nothing themselves
    )
    strays: bool = False  # it leans, though nothing in it says so, and its words are not of the field: 晚上吃什么好


def thread(questions: Sequence[str], today: dt.date, unlisted: Sequence[Place] = ()) -> Thread:
    """Return what a conversation is about after these questions, oldest first; thanks and greetings change nothing in it.

    `unlisted` are the places that no table knows and that documents are held of.
    """
    meant = tuple(question for question in questions if not is_small_talk(question))
    return _thread(meant[-REMEMBERED:], today, tuple(unlisted))


@lru_cache(maxsize=1_024)
def _thread(questions: tuple[str, ...], today: dt.date, unlisted: tuple[Place, ...]) -> Thread:
    """Each question of a conversation goes on from what was made of those before it, and that is made once."""
    if not questions:
        return Thread()
    return follow(_thread(questions[:-1], today, unlisted), questions[-1], today, unlisted)


def follow(before: Thread, question: str, today: dt.date, unlisted: Sequence[Place] = ()) -> Thread:
    """Return what a conversation is about after one more question."""
    if is_small_talk(question):
        return Thread(question, question, question)
    changed = _CHANGES.match(question)
    if changed and changed.end() < len(question):
        return follow(Thread(), question[changed.end() :], today, unlisted)
    here, day = where.find(question, unlisted), days.find(question, today)
    named = references.find(question)
    own = Thread(question, question, question, here.place, here.nation, day.day if day else None)
    if not before.text:
        return own
    bare = _bare(question, here, day, named)
    if not _leans(question, bare, named):
        stays = here.place is None and not here.nation and not _documents(named) and before.place is not None
        return replace(own, place=before.place, place_carried=True) if stays else own
    whole = _carried(_varied(before, question, here, day, named, bare), before, here, day, today, unlisted)
    return replace(whole, strays=_strays(question, bare, named))


def carried(question: str, first: str, *, one_sentence: bool = False) -> str:
    """Return a later question of one message with the subject of the first, unless it brings its own.

    In one sentence a document that the first half names is meant by the second too, however much else that says.
    """
    same = one_sentence and bool(references.find(first))
    if references.find(question) or (len(content_terms(question)) > 2 * SHORT and not same):
        return question
    return f"{without_kind(first)} {question}"


def _leans(question: str, bare: str, named: Sequence[Reference]) -> bool:
    """Whether a question cannot be understood without those before it."""
    if _documents(named):
        return bool(_QUERIES.search(question)) and not _subject(bare)
    if _INSIDE.search(question) or _asks_of_it(question):
        return True
    asked = cues.kinds(question)
    if Kind.DEFINITION in asked and _subject(bare):
        return False
    terms, short = _subject(bare), SHORT_EN if language(question) == "en" else SHORT
    if any(r.steps for r in named):
        return len(terms) <= SHORT
    opens = bool(_OPENS.match(question)) or bool(_QUERIES.search(question))
    if not names_field(question) or _states(question):
        return len(terms) <= 4 * SHORT  # 之前已经拿过省级的20万了呢？ has words enough and no subject
    return len(terms) <= (2 * SHORT if opens or _POINTS.search(question) else short)


def _states(question: str) -> bool:
    """Whether a message asks nothing and only adds to what was asked: I'm still on probation though."""
    asks = cues.kinds(question) or cues.ASKING.search(question) or _QUERIES.search(question)
    return bool(_STATES.search(question)) and not asks


def _asks_of_it(question: str) -> bool:
    """Whether a question without a document asks of one what only the one spoken of can be meant by: 还有效吗, 谁发的."""
    return asks_only_standing(question) if asks_standing(question) else bool(particulars_of(question))


def _strays(question: str, bare: str, named: Sequence[Reference]) -> bool:
    tied = (
        named
        or _asks_of_it(question)
        or _OPENS.match(question)
        or _QUERIES.search(question)
        or _POINTS.search(question)
    )
    asks = set(cues.kinds(question)) - {Kind.DEFINITION}  # conditions, papers, days: 最多补几个月 is asked of something
    return not tied and not asks and bool(_subject(bare)) and not names_field(question)


def _documents(named: Sequence[Reference]) -> list[Reference]:
    return [r for r in named if r.names_document]


def _subject(bare: str) -> tuple[str, ...]:
    """The subject words of a question, each in one form, not counting those by which it asks."""
    terms = content_terms(cues.without(bare))
    terms = tuple(t for t in terms if _FILLERS.isdisjoint({t, f"{t}ing", f"{t}ed"}))
    return tuple(t for t in terms if not (t.isascii() and any(o != t and o.startswith(t) for o in terms)))


def _bare(question: str, here: where.Where, day: days.Day | None, named: Sequence[Reference]) -> str:
    """A question without its place, day and named clauses, and without the words that tie it to the one before."""
    for reference in sorted(named, key=lambda r: -r.start):
        question = question[: reference.start] + " " * (reference.end - reference.start) + question[reference.end :]
    if day:
        question = question[: day.start] + " " * (day.end - day.start) + question[day.end :]
    question = where.without(where.without_nation(question), here.places)
    return " ".join(_CLOSES.sub("", _OPENS.sub("", question)).split())


def _varied(
    before: Thread,
    question: str,
    here: where.Where,
    day: days.Day | None,
    named: Sequence[Reference],
    bare: str,
) -> Thread:
    """The question made whole: the earlier one of another place, day, clause or thing, or its subject asked anew."""
    rest = _AROUND.sub("", bare)
    if named and not rest:
        text = _with_clause(before.text, named)
        return Thread(text, text, before.asks, varies=True)
    asks_the_same = not rest or (not content_terms(bare) and not cues.kinds(bare))  # 那现在是多少？
    if (here.places or here.nation or day) and asks_the_same:
        return Thread(before.text, before.text, before.asks, varies=True)
    queries = bool(_QUERIES.search(question))
    if queries and not cues.kinds(bare) and not cues.ASKING.search(bare):
        other = kin.in_place(before.text, bare)
        if other:
            return Thread(other, other, before.asks)
    asked = bare if queries or _OPENS.match(question) or here.places or day else question
    asks = cues.kinds(asked) or cues.ASKING.search(asked)
    # 他交了7年的话 only adds to what was asked: 最多能领多久
    if _states(question):
        text = f"{_END.sub('', before.text)}, {asked}"  # I'm still on probation though: asks the same of another case
        return Thread(text, text, before.asks)
    about = before.text if _POINTS.search(_OF_THE_WHOLE.sub("", question)) else before.subject
    earlier = without_kind(about) if asks or not _SUPPOSES.search(question) else _FURTHER.sub("", before.text)
    text = f"{earlier} {asked}".strip()
    return Thread(text, earlier if asks else text, question, own=asked if asks and _subject(asked) else "")


def _carried(
    whole: Thread,
    before: Thread,
    here: where.Where,
    day: days.Day | None,
    today: dt.date,
    unlisted: Sequence[Place],
) -> Thread:
    """Give a question that leans the place and the day of the one before it, unless it has its own."""

    def moved(text: str) -> str:
        if here.place:
            old = where.find(text, unlisted).places
            label = where.name_of(here.place, language(text))
            text = where.replaced(text, old, label) if old else _beside(label, text)
        elif here.nation:
            text = where.without(text, where.find(text, unlisted).places).lstrip("的 ")
        return days.without(text, today) if before.day or day else text

    return replace(
        whole,
        text=moved(whole.text),
        subject=moved(whole.subject),
        place=here.place or (None if here.nation else before.place),
        nation=here.nation or (before.nation and not here.place),
        day=day.day if day else before.day,
        leans=True,
        place_carried=not here.place and not here.nation and before.place is not None,
        day_carried=day is None and before.day is not None,
        varies=whole.varies or bool(here.places or here.nation or day),
    )


def _beside(label: str, text: str) -> str:
    return f"{label}: {text}" if label.isascii() else f"{label}{text}"


def _with_clause(text: str, named: Sequence[Reference]) -> str:
    """The earlier question asked of another clause of the same document, or of another document."""
    new = named[0]
    old = [r for r in references.find(text) if r.names_document or r.steps]
    if not old:
        return f"{new.text} {text}"
    last = old[-1]
    document = ""
    if not new.names_document and last.names_document:
        document = _document_of(last)
    return text[: last.start] + document + new.text + text[last.end :]


def _document_of(reference: Reference) -> str:
    """The words of a reference that name its document: 职业教育法 of 职业教育法第二十七条."""
    found = re.match(r"^(?:《[^》]*》|[^第]*?号|[^第]*?(?=第|\d))", reference.text)
    return found[0].rstrip() if found else ""


def _first_of(question: str) -> str:
    """The first of several questions in a message; 员工被裁了 before one asks nothing and only leads up to it."""
    first = _FURTHER.sub("", question)
    further = _SECOND_FIGURE.search(first)
    return first[: further.start()] if further and cues.ASKING.search(first[: further.start()]) else first


def without_kind(question: str) -> str:
    """Return the subject of a question without what it asked: 产教融合型企业的申报条件有哪些 → 产教融合型企业."""
    first = _FIGURE.sub("", _HOW_MUCH.sub("", _first_of(question)))
    thing, removed = _ASPECT.subn("", first or question)
    left = _MODAL_LAST.sub("", _ASKED_LAST.sub("", thing)).strip()
    return _ASKED_FIRST.sub("", left) if removed and language(left) == "en" else left
