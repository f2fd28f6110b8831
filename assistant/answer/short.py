"""The short answer before the clauses: the one sentence of them that carries what is asked, word for word."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.answer.compose import is_research
from assistant.answer.figures import measured
from assistant.answer.passages import Passage, groups
from assistant.answer.quoting import sentences, unmarked
from assistant.models import Citation, Kind, Statement
from assistant.structure import places
from assistant.structure.kinds import kinds_of
from assistant.text import bigrams
from assistant.understand import Inquiry
from assistant.understand.evidence import coverage
from assistant.understand.units import measures

LEAST_AGREEMENT = (
    0.5  # share of the question's subjects that the clause must name, and a sentence that gives no figure asked for
)
LEAST_SAVED = 40  # characters by which the short answer is shorter than the clauses; below that it would say them twice

_YES_NO = re.compile(
    r"吗[？?]?\s*$|是不是|是否|能不能|能否|可不可以|可以不可以|要不要|需不需要|用不用|算不算|允不允许|有没有"
    r"|^\s*(?:is|are|can|may|must|does|do|should|shall|will|has|have)\b",
    re.IGNORECASE,
)
_RULES = re.compile(
    r"应当|应该|必须|不得|禁止|严禁|可以|允许|无需|不需|不予|有权|须|免征|不(?:计入|属于|适用)|\b(?:may|must|shall|can|cannot|required|not)\b",
    re.IGNORECASE,
)
# Asked of several things, one sentence is half the answer: 平时、周末、国庆各按几倍给.
_SEVERAL = re.compile(r"各(?!种|级|地|类)|分别|\b(?:each|respectively|both)\b", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"(?:下列|以下|上述|前款|前项)|\b(?:following|above)\b", re.IGNORECASE
)  # says it with other words
_OF_ANOTHER_DAY = re.compile(r"现行规定|现规定|改为")  # a digest's word on the version that came after
_FORBIDS = re.compile(r"不得|禁止|严禁|不予|不应|不能|除外|\b(?:not|no|except)\b", re.IGNORECASE)
_DEFINES = re.compile(r"所称|是指|指的是|[，,]指|\bmeans\b|\brefers? to\b|\bis an?\b", re.IGNORECASE)


def lead(
    passages: Sequence[Passage], statements: Sequence[Statement], citations: Sequence[Citation], inquiry: Inquiry
) -> Statement | None:
    """Return the sentence of the statements that answers by itself; None where no sentence does or where it says it all.

    Never what a paper found, nothing that does not hold on the day and in the place, no member of a list of what is
    forbidden: without the words before it, it would say the opposite.
    """
    carries = _carries(inquiry)
    if carries is None or _SEVERAL.search(inquiry.question):
        return None
    ruling = {
        a for passage in passages if _rules(passage, inquiry) and _on_subject(passage, inquiry) for a in _alone(passage)
    }
    cited = {c.n: c.address for c in citations}
    own = [s for s in statements if ruling.issuperset(cited[n] for n in s.citations)]
    fit = [
        (coverage(inquiry.subjects, sentence), _shared(inquiry, sentence), -place, sentence, statement)
        for place, (sentence, statement) in enumerate(_pieces(own))
        if carries(sentence)
        and not _ELSEWHERE.search(sentence)
        and not (inquiry.day_named and _OF_ANOTHER_DAY.search(sentence))
    ]
    if not fit:
        return None
    agreement, _, _, sentence, statement = max(fit, key=lambda one: one[:3])
    told = sum(len(s.text) for s in statements)
    enough = agreement > 0 if inquiry.asks_figure else agreement >= LEAST_AGREEMENT
    return Statement(sentence, statement.citations) if enough and told - len(sentence) >= LEAST_SAVED else None


def _rules(passage: Passage, inquiry: Inquiry) -> bool:
    """Whether a passage is a rule that holds on the day and in the place asked for."""
    where = (places.NATION, *places.chain(inquiry.jurisdiction or places.NATION))
    own = passage.policy.metadata.jurisdiction
    return not is_research(passage) and passage.in_force is not False and (own is None or own in where)


def _on_subject(passage: Passage, inquiry: Inquiry) -> bool:
    """Whether a clause speaks of what is asked: the hours of part-time work are not those of interns."""
    title = f"{passage.policy.metadata.title or ''} {passage.policy.metadata.title_en or ''}"
    texts = (f"{p.locator} {' '.join(p.trail)} {p.text} {p.text_en or ''}" for p in passage.provisions)
    return coverage(inquiry.subjects, "\n".join((title, *texts))) >= LEAST_AGREEMENT


def _alone(passage: Passage) -> list[str]:
    """The addresses of what can be understood without the words that lead it in."""
    return [
        p.address
        for group in groups(passage)
        for p in (group.lead, *(() if _FORBIDS.search(group.lead.text) else group.items))
    ]


def _pieces(statements: Sequence[Statement]) -> list[tuple[str, Statement]]:
    """The sentences that can stand alone: half of one, or what leads a list in, cannot."""
    return [
        (unmarked(sentence), statement)
        for statement in statements
        for sentence in sentences(statement.text)
        if not sentence.rstrip().endswith((":", "："))
    ]


def _carries(inquiry: Inquiry) -> Callable[[str], object] | None:
    """What the sentence asked for must have; None for a question that asks for more than one sentence."""
    if inquiry.asks_figure:
        return lambda sentence: bool(measured(sentence)) and measures(inquiry.question, sentence)
    if Kind.DEFINITION in inquiry.kinds and not inquiry.wants_list:
        return _DEFINES.search
    if Kind.DEADLINE in inquiry.kinds:
        return lambda sentence: Kind.DEADLINE in kinds_of(sentence)
    if _YES_NO.search(inquiry.question) and not inquiry.wants_list:
        return _RULES.search
    return None


def _shared(inquiry: Inquiry, sentence: str) -> int:
    """How much of the wording a sentence shares with the question, where the subjects do not decide."""
    return len(set(bigrams(inquiry.text)) & set(bigrams(sentence)))
