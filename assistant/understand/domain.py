"""Whether a question can be one for policies at all: only then is "not found" the honest word, else "out of scope"."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.text import normalise, simplified
from assistant.understand import glossary, wording

# A clause or a 文号 that is named belongs to the field whatever else is said.
_CLAUSE = re.compile(r"第[一二三四五六七八九十百零\d]+条|\d+号(?:文|公告|令)|[〔\[]\d{4}[〕\]]")
# Not questions put to the policies but orders to leave them aside, to invent, or to write something else.
_ORDER = re.compile(
    r"(忽略|无视|忘掉|忘记|不要理|别管|不用管|抛开)[^。？?]{0,12}(以上|上面|之前|前面|指令|提示|规则|限制|文件|规定|资料|政策|条款)"
    r"|随便编|编一?个|编造|瞎编|胡编|伪造|没有任何限制|不受限制|扮演|假装你|假装(?:有|是|存在|国家|政策|法律)|系统提示|提示词"
    r"|(帮我|给我|替我)?写(一)?(份|首|篇|段|个)[^。？?]{0,20}(批文|证明|诗|歌|作文|小说|代码|程序|情书|公函|红头)"
    r"|\b(ignore|disregard|forget|bypass)\b[^.?]{0,30}\b(instructions?|documents?|rules?|polic\w+|above|previous|prompt|sources?)\b"
    r"|(?:不要|别|不用|无需|甭)(?:再)?(?:去)?(?:引用|查|翻|看|参考|依据)[^。？?，,]{0,4}(?:文件|政策|条款|法规|规定|资料|原文|条文)"
    r"|凭(?:你|您)?的?(?:自己)?的?(?:经验|感觉|常识|印象|记忆)"
    r"|\b(?:without (?:checking|looking|citing|reading)|don'?t (?:check|cite|look at|read|quote)) (?:at )?(?:the |any |your )?"
    r"(?:documents?|sources?|polic\w+|rules?|clauses?)"
    r"|\b(?:off the top of your head|from your (?:own )?(?:memory|experience|knowledge))\b"
    r"|[讲说](?:一?个|一?段)[^。？?，]{0,8}(?:笑话|段子|故事)|\btell (?:me|us) (?:a|an|another) (?:joke|story|riddle)\b"
    r"|\b(make up|invent|fabricate)\b|\bpretend (?:you|to|that|the)\b|system prompt|\bwrite (me )?(a|an) (poem|song|story|essay|letter|code|program)",
    re.IGNORECASE,
)
_GREETING = r"(?:您|你|大家)?好[啊呀]?|早上好|上午好|下午好|晚上好|在吗|在不在|哈喽|嗨|hi|hello|hey|good (?:morning|afternoon|evening)"
_THANKS = (
    r"(?:非常|十分|太)?(?:谢谢|感谢|多谢)(?:您|你|了|啦|你们)*|再见|拜拜|好的|知道了|明白了"
    r"|thanks?(?: you)?(?: (?:very|so) much| a lot)?|bye|goodbye|ok(?:ay)?"
)
_YOU = r"(?:您|你|这个(?:助手|系统|工具|网站)?)"
_ABILITY = (
    rf"(?:请问)?{_YOU}都?(?:能够?|可以|会)(?:帮(?:我|我们)?|为我们?)?(?:做|干|回答|查|解决|提供)?[点些]?(?:什么|啥|哪些)(?:问题|事|忙|帮助|功能)?"
    rf"|[您你]是(?:谁|什么|[做干]什么的)|请?(?:介绍|说说)一?下?[您你]?自己|(?:怎么|如何)使?用{_YOU}|帮助|使用说明"
    r"|(?:so )?what (?:can|do) you (?:do|help)(?: (?:me|us))?(?: with| for (?:me|us))?|what can i ask(?: you)?"
    r"|how (?:do|can) i use (?:this|you)|who are you|what are you|help(?: me)?"
)
_SMALL_TALK = re.compile(rf"(?:(?:{_GREETING}|{_THANKS}|{_ABILITY})[\s，,。.！!？?~～、]*)+", re.IGNORECASE)
# Rules of other countries are not in Chinese policies, and a clause that does not speak of them is no answer.
# "us" in small letters is ourselves.
_SHORT = re.compile(r"\b(?:u\.s\.(?:a\.)?|usa\b|(?-i:US)\b|u\.k\.|uk\b)", re.IGNORECASE)
_IN_FULL = {"us": "united states", "usa": "united states", "uk": "united kingdom"}


def in_domain(question: str) -> bool:
    """Return whether the words of a question belong to education, enterprises, work, taxes or the law about them."""
    return (names_field(question) or _has_term(question)) and not is_order(question)


def names_field(question: str) -> bool:
    """Return whether a question has a word by which it stands in the field without any before it: 企业, not 材料."""
    return bool(wording.pattern("field_words").search(question) or _CLAUSE.search(question)) and not is_order(question)


@lru_cache(maxsize=256)
def _has_term(question: str) -> bool:
    return bool(glossary.bundled().find(normalise(simplified(question))))


def is_order(question: str) -> bool:
    """Return whether a message tells the assistant to leave the policies aside or to write something of its own."""
    return bool(_ORDER.search(question))


def is_small_talk(message: str) -> bool:
    """Return whether a message is no more than a greeting, thanks, or a question what the assistant is for."""
    return bool(_SMALL_TALK.fullmatch(normalise(simplified(message)).strip()))


@lru_cache(maxsize=256)  # every clause found for a question is held against the same countries
def abroad(question: str) -> tuple[str, ...]:
    """Return the foreign countries and other legal systems a question names, normalised."""
    named = [*wording.pattern("foreign_countries").finditer(question), *_SHORT.finditer(question)]
    found = (normalise(match[0]) for match in sorted(named, key=lambda match: match.start()))
    return tuple(dict.fromkeys(_IN_FULL.get(name.replace(".", ""), name) for name in found))
