"""Which clauses of a message state something about the company that asks, and which only ask, suppose or quote."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.text import simplified


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of the text between commas, at its place."""

    start: int
    end: int  # without what it asks: 我们有60个实习生|能申请吗
    sentence: int
    stated: bool


def plain(text: str) -> str:
    """Return a text in the form patterns are written for, character by character at its old place."""
    folded = []
    for c in text:
        narrow = unicodedata.normalize("NFKC", c).lower()
        folded.append(narrow if len(narrow) == 1 else c)
    together = "".join(folded)
    plain_ = simplified(together)
    return plain_ if len(plain_) == len(together) else together


_LONGEST = 200  # characters; what goes on longer without a comma is no sentence of a person
_END = re.compile(r"[。！!？?；;\n]+|\.(?=\s|$)")
_COMMA = re.compile(
    r"[，,、:：](?!\d{3}(?!\d))|\s(?:but|and we|and our)\s|——|(?<=[一-鿿])\s+(?=[一-鿿])|但是?|不过|\s-\s"
)
_QUOTED = re.compile(r"[“\"「『《][^”\"」』》]*[”\"」』》]")
_ASKS = re.compile(
    r"[吗嘛么]$|呢$|多少|几[个人年月家名万]|什么|怎么|如何|哪|是不是|有没有(?!过)|能不能|可不可以|是否|够不够"
    r"|要不要|算不算|行不行|得不得|会不会|该不该"
    r"|^(?:and |so )?(?:how|what|which|when|where|why|who)\b"
)
_ASKS_FIRST = re.compile(r"^(?:if so )?(?:can|could|do|does|did|are|is|will|would|should|must|may|have|has)\b")
# What follows a statement in one breath and asks: …能申请吗. Cut off, the rest may state something.
_TAIL = re.compile(
    r"(?:我们|我司|咱们|那|这样|这种情况|这|请问|就|还|也|现在)*"
    r"(?:能不能|可不可以|可以|可否|能否|能够?|够不够|够|行不行|算不算|符不符合|符合|满足|是否|有没有资格"
    r"|有资格|该|应该怎么|怎么|如何|想|打算申|准备申|要申|申请|申报|享受|拿到?|领)"
    r"[^，,。\d]{0,24}$"
)
_TAIL_EN = re.compile(
    r"[,;]?\s*(?:and |so |then )?\b(?:can|could|do|would|are|is|will|what|how|which)\s+(?:we|our|i|it|that"
    r"|this|much|many|my|the)\b.*$"
)
_RULE = re.compile(
    r"规定|要求|条件是|标准|门槛|办法|文件|条例|政策说|通知|按照|根据|依据|必须|应当|须|需要|需|不得|不少于"
    r"|不低于|方可|才能|才可以|才行|要有|得有|要满|"
    r"要(?=[\d一二两三四五六七八九十百千万])|要(?:接收|接纳|招|投入|达到|成立|连续)"
    r"|得(?=[\d一二两三四五六七八九十百千万])|得(?:接收|接纳|招|投入|达到|成立)|听说|据说|网上说|人家说|上限"
    r"|下限|最高|封顶"
    r"|\b(?:rules?|requires?|required|requirements?|must|need to|needs? to|have to|has to|should|shall"
    r"|according to|regulations?|policy says|law says|threshold|minimum|criteria|condition|at least|i heard"
    r"|apparently)\b"
)
_SUPPOSED = re.compile(
    r"如果|假如|假设|假定|要是|若是?(?![干])|倘若|万一|比如|例如|譬如|举例|打个比方|的话|一旦|除非|哪怕|即使"
    r"|\b(?:if|suppose|supposing|assuming|imagine|say we|for example|e\.g|unless|in case|whether"
    r"|hypothetically|were we to)\b"
)
# What may be or could be done is not done.
_ABLE = re.compile(r"^(?:那|那么|请问|我们|公司|我司|企业)*(?:能|可以|可不可以|能不能|允许|准许)(?!力)")
_PLANNED = re.compile(
    r"打算|计划|准备(?!金)|想(?!申|问|知|了解|咨询)|将(?!近|来)|将来|拟|预计|预期|预算|争取|目标|希望|考虑"
    r"|有意|下一步|未来|以后|等到|明年|后年|即将|马上要|还要|即便"
    r"|\b(?:will|plan(?:s|ning)? to|going to|intend|intends|want to|would like to|hope to|aim|expect|next year"
    r"|considering|might|may|could|would|budgeted)\b"
)
_DONE = re.compile(
    r"了|已|过|现有|目前|去年|前年|上年|今年|\b(?:already|last year|have|had|took|spent|invested|currently|now)\b"
)
_APPLYING = re.compile(
    r"(?:打算|计划|准备|想|希望|考虑|要|\bplan to|\bwant to|\bwould like to|\bhope to)\s*(?:申|报|问|了解|咨询"
    r"|知|拿|享受|看|apply|ask|know|claim|get)"
)
_SELF = re.compile(
    r"我们|我司|我公司|我厂|我们厂|咱们?|本公司|本厂|本企业|我单位|我校外|敝|贵司好|俺们?|\b(?:we|our|us|i|my"
    r"|i'm|we're|we've|i've)\b"
)
_WITH = r"(?:和|与|跟|同|给|向|为|对|由|在|把|到|去|帮|让|从|从合作|合作的|以及)"
_OTHERS = re.compile(
    r"他们|她们|人家|别人|对方|别家|同行|隔壁|竞争对手|友商|朋友|某公司|某企业|某厂|其他公司|其他企业|另一家"
    r"|兄弟公司|客户|供应商|邻居|表哥|同学|有的公司|有些企业|有企业|一家企业|甲公司|乙公司|a公司|b公司"
    r"|一个朋友"
    r"|\b(?:they|their|he|she|another (?:company|firm)|other (?:companies|firms)|competitors?|neighbou?rs?"
    r"|the firm next door|a friend|some (?:companies|firms)|supplier|client|customer)\b"
)
_SCHOOL_FIRST = re.compile(
    r"^(?:但是?|而|其中|另外|还有|不过|而且|当时|后来|因为|据了解)?(?:合作的?)?(?:去年|今年|前年|上年"
    r"|\d{4}年)?(?:这所|那所|该|一所|对口|某|(?!我们|咱们)[一-鿿]{2,3}的)?(?:合作)?(?:中介|人力公司|学校|院校|学院|校方|大学|高校|职校|技校|职业学校"
    r"|高职|中职|政府|市里|省里|区里|人社局|教育局|银行|集团总部|母公司|总公司)(?!.{0,3}(?:共建|合作))"
    r"|^(?:and |but )?(?:the |a |our partner |their |partner )(?:school|college|university|city|government"
    r"|bank|parent company|vocational college)\b(?!.{0,12}with us)"
)


def clauses(text: str) -> tuple[Clause, ...]:
    """Return the clauses of a text in plain form; quotations are no statements."""
    spared = _QUOTED.sub(lambda m: "“" * len(m.group()) if _names_nothing(m.group()) else m.group(), text)
    found: list[Clause] = []
    other = False
    for number, (start, end, asking) in enumerate(_sentences(spared)):
        pieces = list(_pieces(spared, start, end))
        supposing = planning = False
        for i, (left, right) in enumerate(pieces):
            clause = spared[left:right]
            other = _speaks_of_others(clause, other)
            supposing = supposing or bool(_SUPPOSED.search(clause))
            if _PLANNED.search(clause) and not _APPLYING.search(clause):
                planning = True
            elif _DONE.search(clause):
                planning = False
            cut, stated = _statement(clause, asking=asking and i == len(pieces) - 1, first=i == 0)
            stated = (
                stated
                and not other
                and not supposing
                and not planning
                and "“" not in clause
                and len(clause) <= _LONGEST
            )
            found.append(Clause(left, left + cut, number, stated))
    return tuple(found)


def _names_nothing(quoted: str) -> bool:
    """Whether quotation marks hold more than a name such as “小巨人”."""
    return len(quoted) > 8


def _sentences(text: str) -> Iterator[tuple[int, int, bool]]:
    start = 0
    for match in (*_END.finditer(text), None):
        end = match.start() if match else len(text)
        if text[start:end].strip():
            yield start, end, bool(match and ("?" in match.group() or "？" in match.group()))
        start = match.end() if match else end


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in (*_COMMA.finditer(text, start, end), None):
        stop = match.start() if match else end
        if text[start:stop].strip():
            left = start + len(text[start:stop]) - len(text[start:stop].lstrip())
            yield left, stop
        start = match.end() if match else end


def _speaks_of_others(clause: str, before: bool) -> bool:
    """Whose company a clause is about: that of the clause before it, until it names another."""
    others, ours = _OTHERS.search(clause), _SELF.search(clause)
    if others and (not ours or others.start() < ours.start() or re.search(r"的|'s\b", clause[others.start() :][:6])):
        return not (ours and ours.start() < others.start() and re.match(_WITH, clause[max(others.start() - 2, 0) :]))
    if _SCHOOL_FIRST.search(clause):
        return True
    if ours:
        return False
    return before


def _statement(clause: str, *, asking: bool, first: bool) -> tuple[int, bool]:
    """Return how much of a clause may state something, and whether that states it."""
    cut = len(clause)
    leading = first or asking
    tail = _TAIL.search(clause) if asking or _asks(clause.strip(), leading=leading) else None
    tail = tail or _TAIL_EN.search(clause)
    if tail and tail.start() and not re.fullmatch(r"\W*", clause[: tail.start()]):
        rest = clause[: tail.start()]
        if _SELF.search(rest) or re.search(r"了|有|过|已|\b(?:have|had|took|invested|spent|paid|trained)\b", rest):
            cut = tail.start()
            asking = False
    body = clause[:cut].strip()
    return cut, not (asking or _asks(body, leading=leading) or _RULE.search(body) or _ABLE.search(body))


def _asks(clause: str, *, leading: bool) -> bool:
    """Whether a clause asks; in English a verb at its head does so only where the sentence begins or asks."""
    return bool(_ASKS.search(clause) or (leading and _ASKS_FIRST.search(clause)))
