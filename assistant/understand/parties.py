"""Whether a question asks for all that a document demands of a party or entitles it to, and which paragraphs do."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.text import normalise, simplified
from assistant.understand.surveys import NAME
from assistant.understand.terms import content_terms

_RANK = r"(?:法定)?(?:义务|职责|责任(?!险|保险))"


@dataclass(frozen=True, slots=True)
class Party:
    """Who may be bound by a clause: how people call them, and how clauses do."""

    name: str
    asked: str  # pattern of the words of questions
    bound: str  # pattern of the words of clauses


PARTIES = (
    Party(
        "enterprise",
        r"企业|公司|(?<!主管)单位|工厂|厂家|雇主|\b(?:compan(?:y|ies)|firms?|enterprises?|business(?:es)?|employers?)\b",
        r"企业|公司|用人单位|(?:实习|接收|经营|用工)单位|(?<![政主])单位|纳税人",
    ),
    Party(
        "vocational_school",
        r"学校|院校|职校|高职|中职|技校|高校|大学|\b(?:schools?|colleges?|universit(?:y|ies)|institutions?)\b",
        r"学校|院校|高等学校|教育机构|培训机构",
    ),
    Party("student", r"学生|实习生|学徒|\b(?:students?|interns?|apprentices?)\b", r"学生|学徒|受教育者"),
    Party("teacher", r"教师|老师|\bteachers?\b", r"教师"),
    Party("worker", r"员工|职工|劳动者|工人|\b(?:workers?|employees?|staff)\b", r"劳动者|职工|从业人员|员工"),
    Party("government", r"政府|主管部门|\b(?:governments?|authorities)\b", r"政府|部门|机关"),
)

_WHO = "|".join(party.asked for party in PARTIES)
_WHAT = r"(?:什么|哪些|啥|哪几(?:条|点|项|件)|怎么做)"
_DUTY = re.compile(
    rf"要求(?:\w{{0,4}})?(?:{_WHO})(?:必须|应当|要|得)?(?:做到?|遵守|履行|承担|负)?(?:的有|的是|的)?{_WHAT}"
    rf"|(?:{_WHO})(?:必须|应当|应该|要|该|得|需要)(?:做到?|遵守|履行|承担|负)(?:的有|的是|的)?{_WHAT}(?:事情?|{_RANK})?"
    rf"|(?:{_WHO})(?P<where>在[^，。？?]{{1,24}}?)?(?:必须|应当|应该|要|该)?(?:有|承担|负有?|履行|尽)?(?:的)?(?:有)?{_WHAT}(?:权利[和与、]?)?{_RANK}"
    rf"|对(?:\w{{0,4}})?(?:{_WHO})(?:有|提出了?|规定了?|提了)?(?:的)?(?:有)?{_WHAT}(?:具体)?(?:要求|{_RANK})"
    rf"|(?:{_WHO})(?:的)?(?:规定|要求|{_RANK})(?:方面)?(?:有|发生)?了?{_WHAT}?(?:变化|不同|区别|改动|调整)"
    rf"|(?:{_WHO})(?:的)?(?:义务|职责)(?:都)?(?:有|是){_WHAT}"
    rf"|\bwhat do(?:es)?\b.{{0,90}}\b(?:require|ask|demand|expect) (?:of|from) (?:an? |the )?(?:\w+ )?(?:{_WHO})"
    rf"|\bwhat (?:duties|obligations|responsibilities) (?:do|does|has|have) (?:an? |the )?(?:\w+ )?(?:{_WHO})"
    rf"|\b(?:duties|obligations|responsibilities) of (?:an? |the )?(?:\w+ )?(?:{_WHO})"
    rf"|\bwhat (?:must|do|does) (?:an? |the )?(?:\w+ )?(?:{_WHO}) (?:do|have to do|need to do)\b",
    re.IGNORECASE,
)
_RIGHT = re.compile(
    rf"(?:{_WHO})(?P<where>在[^，。？?]{{1,24}}?)?(?:依法)?(?:有|享有|享受|拥有)(?:的)?{_WHAT}(?:合法|法定)?权(?:利|益)(?:[和与、]?义务)?|(?:{_WHO})(?:的)?(?:合法)?权(?:利|益)(?:都)?(?:有|是){_WHAT}"
    rf"|\bwhat rights (?:do|does|has|have) (?:an? |the )?(?:\w+ )?(?:{_WHO})|\brights of (?:an? |the )?(?:\w+ )?(?:{_WHO})",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"权利[和与及、]?义务|义务[和与及、]权利|\brights and (?:duties|obligations)|\b(?:duties|obligations) and rights",
    re.IGNORECASE,
)
_ENTITLES = re.compile(r"可以|有权|享有|享受|有[^。；，]{0,16}权利|权利[：:]|合法权益")
_BINDS = re.compile(
    r"应当|必须|不得|禁止|严禁|有[^。；，]{0,12}义务|(?<![只主需重首摘简概])要(?![求素件点])|须(?!知)|负责(?!人)|(?<![对相适反供响效])应(?![用届聘急税对缴纳收付得])"
)
_OBJECT = re.compile(
    r"(?:对|向|给|为|督促|指导|支持|鼓励|推动|帮助|组织|引导|促进|保障|允许|要求|监督|检查|吸引|动员|协调|发挥|加强|依托|依靠|举办|设立|招收|招用|委托|侵犯|侵害|损害)"
    r"[^，。；、]{0,12}$"
)
_ANOTHERS = re.compile(
    r"^(?:的|举办者|职工|员工|教职工|教师|学生|主管|主要负责人|负责人|登记|联合会|家|所得|内部|间|前|后|时|期间|以[前后上下])"
)
_BY = r"由[^，。；]{0,8}(?:%s)[^，。；]{0,12}(?:负责|承担|支付|缴纳|缴付|安排|组织|实施|出具|办理)"
_IN_A_ROW = re.compile(r"等?(?:[、和及与或]|以及)[^，。；]{0,28}")
_ANY = re.compile("|".join(party.bound for party in PARTIES))
NEAR = 6  # characters between a must and who stands right before it: 企业依法应当


@dataclass(frozen=True, slots=True)
class Survey:
    """A question for all that a document demands of a party, or entitles it to."""

    party: Party
    modes: tuple[str, ...]  # "duty", "right": which of them are asked for
    topics: tuple[str, ...]  # what else the question speaks of: only paragraphs on it are meant


def survey(question: str) -> Survey | None:
    """Return of which party a question asks all duties or rights at large; None for any other question."""
    words = normalise(simplified(question))
    duty, right = _DUTY.search(words), _RIGHT.search(words)
    asks = duty or right
    party = next((p for p in PARTIES if asks and re.search(p.asked, asks[0], re.IGNORECASE)), None)
    if asks is None or party is None:
        return None
    rest = NAME.sub("，", f"{words[: asks.start()]}，{asks['where'] or ''}，{words[asks.end() :]}")
    modes = ("duty", "right") if _BOTH.search(words) else ("duty",) if duty else ("right",)
    return Survey(party, modes, content_terms(re.sub(party.asked, "，", rest, flags=re.IGNORECASE)))


def concerns(text: str, asked: Survey) -> bool:
    """Return whether a paragraph says what a party must or must not do; or, where rights are asked for, may do."""
    bound = re.compile(asked.party.bound)
    said = re.split(r"(?<=[。；])", text)
    duty = "duty" in asked.modes and (
        any(_acts(s, bound, _BINDS) for s in said) or re.search(_BY % asked.party.bound, text)
    )
    return bool(duty) or ("right" in asked.modes and any(_acts(s, bound, _ENTITLES) for s in said))


def _acts(sentence: str, bound: re.Pattern[str], modal: re.Pattern[str]) -> bool:
    """Whether a party stands before a must or may as who acts, not as whom it is done to or whose thing it is."""
    acting = _acting(sentence)
    for said in modal.finditer(sentence):
        before = [m for m in acting if m.end() <= said.start()]
        if before and any(bound.fullmatch(m[0]) for m in _subject(before, sentence, said.start())):
            return True
    return False


def _acting(sentence: str) -> list[re.Match[str]]:
    """The parties of a sentence that something is not done to, and that are not named for what is theirs."""
    acting: list[re.Match[str]] = []
    acted_on: re.Match[str] | None = None
    for m in _ANY.finditer(sentence):
        in_a_row = acted_on and _IN_A_ROW.fullmatch(sentence[acted_on.end() : m.start()])
        if in_a_row or _OBJECT.search(sentence[: m.start()]):
            acted_on = m
        elif not _ANOTHERS.match(sentence[m.end() :]):
            acting.append(m)
    return acting


def _subject(before: list[re.Match[str]], sentence: str, must: int) -> list[re.Match[str]]:
    """Who has to: the party right before the must, else the first of the sentence; with those in one row with it."""
    near = must - before[-1].end() <= NEAR and "，" not in sentence[before[-1].end() : must]
    inward = before[::-1] if near else before
    row = [inward[0]]
    for m in inward[1:]:
        one, other = sorted((row[-1], m), key=lambda m: m.start())
        if not _IN_A_ROW.fullmatch(sentence[one.end() : other.start()]):
            break
        row.append(m)
    return row
