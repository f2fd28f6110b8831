"""Questions that no one clause answers: what a document is about, and which documents there are."""

from __future__ import annotations

import re

from assistant.text import normalise, simplified
from assistant.understand.cues import COMPARISON
from assistant.understand.terms import content_terms

NAME = re.compile(  # of a document, as far as it has to be told from what else a question speaks of
    r"《[^》]*》|(?:(?!怎么|如何|怎样|什么|多少|哪些)[一-鿿“”（）()\d]){0,30}?(?:法(?![定律人院官])|条例|规定|意见|方案|通知|细则|计划|若干措施|(?:这|那|该)[个份项]?(?:文件|政策))(?:里面?|中|上|当中|下)?"
    r"|[一-鿿]{1,10}[〔\[(（]\d{4}[〕\])）]\d+号|(?:\b[a-z]+ ?[〔\[(（]?\d{4}[〕\])）]? ?)?\bno\.? ?\d+\b"
    r"|\b(?:the )?(?:\w+[ -]){0,12}(?:law|rules?|regulations?|measures|provisions|opinions?|plan|notice)\b(?: on (?:\w+[ -]?){1,5})?",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"主要(?:是)?(?:讲|说|写|规定|涉及|内容|精神|要点|包括)|(?:总结|概括|概述|归纳|梳理|介绍|解读|说明)(?:一下|下)?|核心(?:内容|要点)|大意|要点|摘要"
    r"|(?:都|大概|大致)?(?:讲|说|写|规定)了?(?:些)?(?:什么|啥|哪些(?:内容|事)?)(?=$|[？?。！!])"
    r"|\bsummar(?:y|i[sz]e)|\boverview\b|\bmain (?:points|content)|\bkey points\b|\bgist\b|\boutline\b"
    r"|\bwhat is\b.{0,90}\babout\b|\bwhat does\b.{0,90}\b(?:cover|contain|provide for)\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(r"变化|修改|改动|调整|更新|变动|改变|\bchang(?:e|ed|es)\b", re.IGNORECASE)
_LAW = re.compile(r"\b(?:the )?(?:[a-z-]+ ){0,3}(?:laws?|rules?|regulations?|measures|provisions)\b", re.IGNORECASE)
_PAPERS = r"研究|论文|文献|\b(?:stud(?:y|ies)|papers?|research)\b"
_DOCUMENTS = r"政策|文件|法规|法律|条例|规章|通知|文献|论文|研究"
_GENERAL = (
    r"最新|最近|新近|近期|新出台|国家级?|全国|出台|列出|发布|印发|适用|存在|(?<!型)企业|学校|政府"
    r"|\b(?:exist|apply|list|national|state|latest|newest|recent|new|documents?|policies|laws?|regulations?)\b"
)
_WHICH = re.compile(
    rf"(?<!提交)(?<!准备)(?<!需要)(?<!提供)(?:有|出台了?|发布了?|发了|涉及|依据)(?:了|过)?(?:哪些|什么|哪几个|哪几份|几个|几份|啥)[^，。？?]{{0,14}}?(?:{_DOCUMENTS})(?:文件|依据|规定)?(?=$|[？?。！!，,吗呢呀啊])"
    rf"|(?:{_DOCUMENTS})(?:文件|依据)?(?:都|一共|总共)?(?:有|是)(?:哪些|什么|哪几个|哪几份|哪一?[个份部]|几个|几份|啥)(?=$|[？?。！!，,呢呀啊])"
    rf"|是(?:哪个|哪些|哪份|什么)(?:{_DOCUMENTS})(?:规定的|说的)?(?=$|[？?。！!，,呢呀啊])|(?:列出|列一下|罗列|盘点)[^，。？?]{{0,20}}(?:{_DOCUMENTS})"
    r"|\b(?:what|which) (?:\w+[ -]){0,4}(?:policies|documents|laws|regulations|notices|rules|papers|studies)\b(?! (?:do|must|should|can|to)\b)"
    r"|\bwhat(?:'s| is| are) the (?:latest|newest|most recent) (?:\w+[ -]){0,4}(?:polic(?:y|ies)|documents?|laws?|regulations?|notices?|rules?)\b"
    r"|\b(?:list|name) (?:all |the |all the )?(?:\w+[ -]){0,4}(?:policies|documents|laws|regulations|papers|studies)\b",
    re.IGNORECASE,
)
_NEWEST = re.compile(
    r"最新|最近|新近|近期|近[一二两三几]年|新(?:出台|发布|印发|的?政策|的?文件|的?规定)|\b(?:latest|newest|recent|recently|new)\b",
    re.IGNORECASE,
)
_HANDED_IN = re.compile(
    r"提交|准备|递交|上交|要交|携带|带上|签|出具|填|盖章|\b(?:submit|prepare|hand in|provide|need|bring|attach|sign)\b",
    re.IGNORECASE,
)
_GRANTED = re.compile(
    r"优惠|补贴|补助|奖励|奖补|支持|扶持|激励|减免|享受|好处|\b(?:support|incentives?|subsid|benefit|tax)",
    re.IGNORECASE,
)


def asks_overview(question: str) -> bool:
    """Return whether a question asks what a document is about as a whole, and of nothing in it."""
    words = normalise(simplified(question))
    return bool(_ABOUT.search(words)) and not content_terms(_ABOUT.sub("，", NAME.sub("，", words)))


def asks_only_difference(side: str) -> bool:
    """Return whether what is asked of each side of a comparison is no more than how it differs from the other."""
    words = normalise(simplified(side))
    if words.isascii():  # a law in English goes by many names, and 规定 may be of something in it
        words = _LAW.sub(" ", words)
    return not content_terms(_CHANGED.sub("，", COMPARISON.sub("，", words)))


def asks_documents(question: str) -> bool:
    """Return whether a question asks which documents there are: not which to hand in, nor which benefits are granted."""
    words = normalise(simplified(question))
    return bool(_WHICH.search(words)) and not _HANDED_IN.search(words) and not _GRANTED.search(words)


def asks_newest(question: str) -> bool:
    """Return whether the latest of them are meant."""
    return bool(_NEWEST.search(normalise(simplified(question))))


def asks_papers(question: str) -> bool:
    """Return whether those are what researchers wrote."""
    return bool(re.search(_PAPERS, normalise(simplified(question)), re.IGNORECASE))


def is_general(word: str) -> bool:
    """Return whether a word is one that any document has: 最新, 国家, laws."""
    return bool(re.fullmatch(rf"(?:{_DOCUMENTS}|{_GENERAL})", word, re.IGNORECASE))


def subject_of(question: str) -> tuple[str, ...]:
    """Return the words that documents are asked for by, without those that any document has."""
    words = content_terms(
        re.sub(rf"{_DOCUMENTS}|{_GENERAL}", "，", normalise(simplified(question)), flags=re.IGNORECASE)
    )
    return tuple(w for w in words if len(w) > 2 or not any(w != other and w in other for other in words))
