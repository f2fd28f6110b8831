"""What a figure must measure to answer: a question for days is not answered by a percentage."""

from __future__ import annotations

import re
from functools import lru_cache

_MONTHS = r"\b(?-i:January|February|March|April|May|June|July|August|September|October|November|December)\b"
_SPAN = (
    r"\b(?:\d[\d,.]*|half an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve)[ -](?:\w+ )?"
    r"(?:days?|weeks?|months?|years?|hours?|semesters?|terms?)\b"
)
_NUMBER = r"(?:\d[\d,，.]*\s*|[一二三四五六七八九十百千万两零半]+)"
# (how the question asks, what must stand in the clause). Words such as 全额 or "full" answer any question for an amount.
_TABLE: tuple[tuple[str, str], ...] = (
    (
        r"[百千]分之几|几成|比例|几个点|多少个点|占多少|打几折|percent|percentage|\brates?\b|what share|what proportion",
        rf"[%％‰]|百分之|分之|{_NUMBER}(?:成|折|倍)|percent|\bhalf\b|\bthird\b|一半|减半|全额|据实|double|\btimes\b",
    ),
    (
        r"\bin yuan\b|how many yuan|多少元|几块钱|[几多]少?万元?|每(?:一?[吨亩台户名个家]|人)[^，。？?]{0,10}(?:多少|几)(?![家所人名个天日月年])",
        rf"{_NUMBER}(?:余|多)?(?:万|亿|千)?元|{_NUMBER}倍|\byuan\b|CNY|RMB|\btimes\b|全额|减半|平均工资|最低工资",
    ),
    (
        r"多少钱|几百|几千|多少补贴|罚多少|补多少|奖多少|给多少|赔多少|金额|额度|how much money|what fine|what amount",
        rf"{_NUMBER}(?:余|多)?(?:万|亿|千)?元|[%％]|{_NUMBER}倍|百分之|分之|\byuan\b|CNY|RMB|percent|\btimes\b|全额|据实|减半|平均工资|最低工资",
    ),
    (
        r"几天|几日|多少天|多少日|几个工作日|how many days",
        rf"{_NUMBER}(?:个)?(?:工作日|日|天|周|星期|个月|小时)|每天|每日|当日|即日|之日|\b(?:days?|weeks?|months?|hours?)\b",
    ),
    (
        r"[几多]少?周?岁|多大年龄|多大岁数|年龄是多少|how old|what age|at which age",
        rf"{_NUMBER}(?:周)?岁|退休年龄|\bage[ds]?\b|\byears old\b",
    ),
    (
        r"几月(?!以)|几号(?!文)|哪一?天|which month|what date",
        rf"{_NUMBER}(?:月(?!以)|日)|季度|[月年][初中底末]|[上下]半年|\d{{4}}-\d|即日|之日|\b(?:quarter|end|beginning) of\b|{_MONTHS}",
    ),
    (
        r"多久(?!一?[次回]|[^，。？?]{0,6}一[次回])|几个月|多少个月|几年(?![^，。？?]{0,6}一?[次回])|多少年|多长时间|how long|how many (?:months|years|weeks)",
        rf"{_NUMBER}(?:个)?(?:工作日|日|天|周|星期|月|年|小时|学期|季度|学年|课时|学时)|长期|终身|即日|之日|永久|期满|届满|{_SPAN}|\d{{4}}-\d",
    ),
    (
        # "when" asks for a day before a verb only, and "when can" often for a ground
        r"多久|几年|什么时候|何时|截止|礼拜|deadline|how often"
        r"|\b(?:by|until|since|from) when\b|\bwhen (?:do|does|did|is|are|was|were|will|must|should|has|have)\b",
        rf"{_NUMBER}(?:个)?(?:工作日|日|天|周|星期|月|年|小时|学期|季度)|每年|每月|每季|年度|按月|\b(?:day|month|year|week)|\d{{4}}-\d|长期|终身|即日|之日",
    ),
    (
        r"电话(?:号码)?(?:是)?多少|联系电话|打哪个电话|phone number|which number",
        r"\d{3,4}-\d{7,8}|1\d{10}|\b\d{7,8}\b|\b12\d{3}\b",
    ),
    (
        r"哪个网站|网址|什么网站|which website|web ?site address|\burl\b",
        r"https?:|www\.|网站|平台|系统|网址|\bwebsite\b|\bplatform\b|\bportal\b|\bonline\b",
    ),
    (
        r"[几多]少?个?(?:小时|钟头?)|(?:每|一)天[^，。？?]{0,8}(?:多久|多长时间)|how many hours|how long[^?]*\b(?:a|per|each) day\b",
        rf"{_NUMBER}(?:个)?(?:小时|学时|课时)|\bhours?\b",
    ),
    (r"[几多]少?个?(?:学时|课时)", rf"{_NUMBER}(?:个)?(?:小时|学时|课时)|\bhours?\b"),
    (r"[几多]少?个?学分|how many credits", rf"{_NUMBER}(?:个)?学分|\bcredits?\b"),
    (
        r"面积.{0,4}(?:多大|多少|几)|多大(?:的)?(?:面积|地方|场地)|[几多]少?平(?:方|米)|how large an? (?:area|site)|square met",
        rf"{_NUMBER}(?:余|多)?(?:平方米|平米|亩|公顷)|square met|\bmu\b",
    ),
    (
        r"[几多]少?(?:米|公里|里路)(?!平|方)|how many (?:metres|meters|kilomet\w+)|how far",
        rf"{_NUMBER}(?:余|多)?(?:米|公里|千米)(?!平)|\bmet(?:re|er)s?\b|kilomet",
    ),
    (
        r"几次|多少次|几回|多少回|几趟|how many times",
        rf"{_NUMBER}(?:次|回|届|批|期|轮)|每年|每月|每学期|每半年|\b(?:once|twice|times|annually|every)\b",
    ),
    (
        r"多少家|几家|多少所|几所|多少个|几个(?!点|月)|多少人|几人|多少名|几名|how many (?!days|months|years|weeks|hours)\w+",
        rf"{_NUMBER}(?:余|多)?(?:家|所|个|人|名|位|项|门|种|类|批|对|支|条|级|座)|百分之|[%％]|\b\d+ [a-z]"
        r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|all)\b|一部分|不限",
    ),
)
# 几 after such a verb is some, not how many, where the question asks yes or no after it: 老师来待几个月，能不接吗？
_SOME = re.compile(
    r"(?<=[待呆来去学做住用等上干过])(?:了|个|上)?几(?:个月|[天年周次])(?=[^？?]*(?:吗|能不|能否|可不可以|行不行))"
)
_COMPILED = tuple((re.compile(asks, re.IGNORECASE), re.compile(answers, re.IGNORECASE)) for asks, answers in _TABLE)


def asks_figure(question: str) -> bool:
    """Return whether only a clause with a figure of some sort can answer."""
    return bool(_wanted(question))


def measures(question: str, text: str) -> bool:
    """Return whether a text has a figure of every sort the question asks for; True when it asks for none."""
    return all(answers.search(text) for answers in _wanted(question))


@lru_cache(maxsize=256)
def _wanted(question: str) -> tuple[re.Pattern[str], ...]:
    """What finds the sorts of figure asked for: every clause found for a question is held against the same."""
    question = _SOME.sub(" ", question)
    return tuple(answers for asks, answers in _COMPILED if asks.search(question))


def unmeasured(question: str, text: str) -> tuple[str, ...]:
    """Return the words with which a question asks for a sort of figure that a text does not have: 多少万, how long."""
    return tuple(
        match[0] for asks, answers in _COMPILED if (match := asks.search(question)) and not answers.search(text)
    )
