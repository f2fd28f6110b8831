"""Which of the ranked clauses the answer is made of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant import validity
from assistant.answer.fitting import can_answer, is_of_kind, kinds_of_hit, unit_of
from assistant.answer.passages import Passage
from assistant.index import Index
from assistant.models import Kind, Level, Policy, Wording
from assistant.retrieve import Hit, Named
from assistant.structure import places
from assistant.text import bigrams
from assistant.text.normal import title_key
from assistant.understand import GIVEN, Inquiry, cues
from assistant.understand.cues import RULES
from assistant.understand.domain import in_domain, is_order
from assistant.understand.evidence import coverage
from assistant.understand.units import asks_figure

# Calibrated on the development questions, see eval/README.md.
ANSWERS = 0.1  # probability from which the best clause is taken for an answer
OFF_FIELD = 0.5  # the same for a question whose words are not of the field
OWN_PLACE = 0.2  # the same where the clause is of the very place named, in a document that was taken in
OWN_TEXT = 0.04  # the same for a question whose words are of the field
SPOKEN_OF = 0.005  # the same for a clause of the kind asked for, in the document that a conversation is about
NAMED = 0.02  # the same for a clause of the document that the question names by number
SURE = 0.2  # below it an answer says that it may be none: a third of those on the development questions are not
BESIDE = 0.75  # share of the best clause's probability from which another clause stands beside it
SANCTION = 0.2  # the same for a clause that sets the penalty asked for, when the best one does not
ENDED = 1.25  # how much nearer a clause that did not hold on the day must be for what held to be no answer
MOST = 3  # clauses in one answer, not counting those named outright and parts of one list
RULES_BESIDE = 0.4  # the same as BESIDE where the rules on a subject are asked for at large
MOST_RULES = 6  # clauses in such an answer
MOST_ROWS = 8  # of a table; a question that fits more of them asks for none in particular

# Told whole or not at all: half the conditions are no answer.
_ENUMERATED = frozenset({Kind.CONDITION, Kind.MATERIAL, Kind.PROCEDURE, Kind.BENEFIT, Kind.SANCTION})
_SAYS_WHAT = frozenset({Kind.DEFINITION, Kind.FINDING})
_FOLLOWED = frozenset({Kind.CONDITION, Kind.MATERIAL, Kind.PROCEDURE})
_ASKED_OF_IT = _FOLLOWED | {Kind.AUTHORITY, Kind.SANCTION}  # of what a conversation is about
_APPLYING = re.compile(r"申报|申请|报名|提交|递交|\b(?:appl(?:y|ication)|submit|file)\b", re.IGNORECASE)

# The words of a document are asked for, after its name.
_SAYS = re.compile(
    r"(?:法|条例|办法|规定|通知|意见|方案|细则|》)(?:里|中|上|里面|当中)?(?:的?规定|要求|怎么(?:说|写|规定)|是?(?:第?几条|哪一?条)|有没有(?:规定|说|写))"
    r"|\bwhat does\b.{0,80}\bsay\b|\bwhich (?:article|clause) of\b",
    re.IGNORECASE,
)

_IN_MARKS = re.compile(
    r"《|旧|原来|老(?:版|规定|办法)|以前|\b(?:old|former|previous|repealed)\b",
    re.IGNORECASE,
)
_DRAFT = re.compile(r"征求意见|草案|草稿|送审稿|讨论稿|\bdrafts?\b|\bpropos(?:al|ed)\b", re.IGNORECASE)
_CALLED = re.compile(r"(?:法|条例|办法|规定|通知|意见)?(?:[（(].*)?$")
_OF_YEAR = re.compile(r"\b(?:19|20)\d\d\b|(?:19|20)\d\d年")
_ANY_DAY = validity.Span(None, None)  # of a policy whose own dates were looked at before


def choose(inquiry: Inquiry, named: Named, hits: Sequence[Hit], index: Index, most: int = MOST) -> list[Passage]:
    """Return the clauses that answer, best first, each whole and at most so many; empty when none does."""
    if named.no_such_clause and not named.clauses:
        return []
    if is_order(inquiry.text) or (named.missing and not named.policies):
        return []  # asked about a document that is not here: another document's words are no answer
    pinned = [h for h in hits if _is_named(h, named)]
    pool = [h for h in hits if can_answer(h, inquiry, index)]
    if (steps := _article_of_no_document(inquiry, named)) is not None:
        pool = [h for h in pool if f"/{steps}/" in f"{h.chunk.addresses[0]}/"]
    if meant := named.by_number or _asked_what_it_says(inquiry, named):
        pool = [h for h in pool if h.policy.id in meant]
    enough = NAMED if named.by_number else ANSWERS if named.policies or in_domain(inquiry.text) else OFF_FIELD
    live = [h for h in pool if h.in_force is not False]
    found = bool(live) and live[0].score >= enough
    if _names_its_text(inquiry, named) or not (found or inquiry.day_named):
        live = [h for h in pool if h in live or (h.policy.id in named.policies and _has_begun(h, inquiry))]
    if live and _is_of_the_place(live[0].policy, inquiry):
        enough = min(enough, OWN_PLACE if enough == OFF_FIELD else OWN_TEXT)
    if _ended_is_nearer(pool, live, inquiry):
        return []
    if inquiry.day_named or (live and _probability(live, inquiry, index) >= enough):
        pool = live
    pool = _settled(pool, inquiry, index, enough)
    if not pinned and (not pool or _probability(pool, inquiry, index) < enough):
        return []
    if not pinned and most > 1 and RULES.search(inquiry.question):
        chosen = _rules(pool, index)
    else:
        near = _sanctions_first(pool, inquiry, index, enough) if pool else []
        if not pinned and (told := _told_in_its_document(near, pool, inquiry, named, index)):
            return told
        chosen = (pinned or _of_the_kind_asked(near, pool, inquiry, named, index))[:most]
    passages: list[Passage] = []
    for hit in chosen:
        passage = _rows_asked_for(hit, inquiry, index) or _widened(hit, index)
        if not any(_overlap(passage, other) for other in passages):
            passages.append(passage)
    passages = _in_one_piece(passages + _rest_of_list(inquiry, chosen[0], passages, index))
    if inquiry.jurisdiction or named.policies:
        return passages
    return sorted(passages, key=_is_local)  # what holds everywhere comes first for who names no place


def _ended_is_nearer(pool: Sequence[Hit], live: Sequence[Hit], inquiry: Inquiry) -> bool:
    """Whether what answers did not hold on the day that a question names, and what did is another thing.

    2032年的抵免 asks for a relief that ended in 2027. A version of the same document that held then is no other thing.
    """
    best = max((h.score for h in live), default=0.0)
    held = {_title(h.policy) for h in live}
    ended = (h for h in pool if h.in_force is False and h.score >= ANSWERS and _title(h.policy) not in held)
    return inquiry.day_named and inquiry.day_from != GIVEN and any(h.score > ENDED * best for h in ended)


def _settled(pool: list[Hit], inquiry: Inquiry, index: Index, enough: float) -> list[Hit]:
    """The clauses without those of drafts, which are no law yet, unless drafts are asked for or nothing else answers."""
    settled = [h for h in pool if not _DRAFT.search(h.policy.metadata.title or "") or _is_meant(h.policy, inquiry)]
    if _DRAFT.search(inquiry.text) or not settled or _probability(settled, inquiry, index) < enough:
        return pool
    return settled


def _is_meant(draft: Policy, inquiry: Inquiry) -> bool:
    """Whether a question names what a draft is about: 地方附加税 of 地方附加税法（征求意见稿）."""
    return _CALLED.sub("", draft.metadata.title or "") in inquiry.text


def _title(policy: Policy) -> str:
    return title_key(policy.metadata.title or policy.id)


def _asked_what_it_says(inquiry: Inquiry, named: Named) -> frozenset[str]:
    """The documents that a question names by title to ask what they say: another's clause is no answer to that."""
    sure = named.policies and not (named.carried or named.taken or named.offered)
    return named.policies if sure and _SAYS.search(inquiry.question) else frozenset()


def _rules(pool: Sequence[Hit], index: Index) -> list[Hit]:
    """The rules on a subject at large: the clauses near the best one, none of which holds them all; a term is no rule."""
    rules = [h for h in pool if kinds_of_hit(h, index) != {Kind.DEFINITION}] or pool
    return [h for h in rules if h.score >= RULES_BESIDE * pool[0].score][:MOST_RULES]


def _article_of_no_document(inquiry: Inquiry, named: Named) -> str | None:
    """The article that a question names without its document, as addresses have it; None where it names none so."""
    loose = [r for r in inquiry.references if r.steps and not (r.title or r.doc_number)]
    return loose[0].steps[0] if loose and not named.policies else None


def _sanctions_first(pool: Sequence[Hit], inquiry: Inquiry, index: Index, enough: float) -> list[Hit]:
    """The clauses near enough to the best; where a penalty is asked for, those that set one before the prohibition itself."""
    near = [pool[0], *(h for h in pool[1:] if h.score >= max(enough, BESIDE * pool[0].score))]
    if Kind.SANCTION not in inquiry.kinds or _sets_a_sanction(pool[0], index):
        return near
    setting = [h for h in pool if h.score >= max(enough, SANCTION * pool[0].score) and _sets_a_sanction(h, index)]
    return [*setting[:1], *(h for h in near if h not in setting[:1])]


def _of_the_kind_asked(near: list[Hit], pool: Sequence[Hit], inquiry: Inquiry, named: Named, index: Index) -> list[Hit]:
    """For a follow-up on conditions, papers or steps those of the document spoken of, where the nearest clauses give none.

    So too on who decides and what is punished. The subject that is carried along draws the clause of the answer before,
    which has been read already.
    """
    if not named.carried:
        return _kind_first(near, pool, inquiry, index)
    wanted = _asked_of_it(inquiry, near)
    if not wanted or any(is_of_kind(hit, wanted, index) for hit in near):
        return near
    return [h for h in _in_its_document(pool, named) if is_of_kind(h, wanted, index)] or near


def _told_in_its_document(
    near: Sequence[Hit], pool: Sequence[Hit], inquiry: Inquiry, named: Named, index: Index
) -> list[Passage]:
    """For such a follow-up where not even the ranking has a clause of the kind: the few that the document spoken of has.

    追究责任 shares no word with night shifts. Of many, none is known to be the one that is meant.
    """
    wanted = _asked_of_it(inquiry, near) if named.carried else set()
    about = _in_its_document(pool, named)
    if not wanted or not about or any(is_of_kind(hit, wanted, index) for hit in (*near, *about)):
        return []
    best = about[0]
    found = {
        unit: p.address
        for p in index.subtree(best.policy.id)
        if wanted.intersection(p.kinds)
        and validity.in_force(_ANY_DAY, p, inquiry.as_of) is not False
        and (unit := unit_of(p.address, index))
    }
    if len(found) > MOST:
        return []
    return [
        Passage(best.policy, index.subtree(unit), frozenset({address}), best.score, best.in_force)
        for unit, address in found.items()
    ]


def _asked_of_it(inquiry: Inquiry, near: Sequence[Hit]) -> set[Kind]:
    """The kinds of clause that a follow-up asks for by itself, not those that the question before it asked for."""
    asked = set(cues.kinds(inquiry.question))
    wanted = set(_ASKED_OF_IT & asked)
    if near and near[0].policy.wording is not Wording.DIGEST:
        wanted.discard(Kind.SANCTION)  # in a law the clause that sets a penalty points at the one that was broken
    if Kind.DEADLINE in asked and _APPLYING.search(inquiry.question):
        wanted.add(Kind.PROCEDURE)  # 什么时候申报？ is told where it is told how
    return wanted


def _in_its_document(pool: Sequence[Hit], named: Named) -> list[Hit]:
    return [h for h in pool if h.policy.id in named.carried and h.score >= SPOKEN_OF]


def _kind_first(near: list[Hit], pool: Sequence[Hit], inquiry: Inquiry, index: Index) -> list[Hit]:
    """Where papers are asked for and the nearest clauses name none, the clause of the same document that does.

    So too for conditions where the nearest only say what a thing is: 怎么才能成为产教融合型企业; its list before all else.
    """
    if Kind.MATERIAL in inquiry.kinds and not any(is_of_kind(hit, {Kind.MATERIAL}, index) for hit in near):
        return _of_document(pool, Kind.MATERIAL, index)[:1] or near
    asks_conditions = {Kind.CONDITION} <= set(inquiry.kinds) <= {Kind.CONDITION, Kind.OBLIGATION}
    if asks_conditions and all(kinds_of_hit(hit, index) <= _SAYS_WHAT for hit in near):
        conditions = _of_document(pool, Kind.CONDITION, index)
        return sorted(conditions, key=lambda hit: len(index.subtree(hit.address)) == 1)[:1] or near
    return near


def _of_document(pool: Sequence[Hit], kind: Kind, index: Index) -> list[Hit]:
    """The clauses of a kind in the document of the best one."""
    near = (h for h in pool if h.policy.id == pool[0].policy.id and h.score >= NAMED)
    return [h for h in near if is_of_kind(h, {kind}, index)]


def _names_its_text(inquiry: Inquiry, named: Named) -> bool:
    """Whether a text is meant for itself, also when it has ended: 《…》, a number, a year; not 扩岗补助, which has a successor."""
    by_year = not inquiry.day_named and _OF_YEAR.search(inquiry.question)  # else the year is the day
    return bool(named.by_number or named.clauses or by_year or _IN_MARKS.search(inquiry.question))


def _has_begun(hit: Hit, inquiry: Inquiry) -> bool:
    """Whether a document that is named had taken effect on a day that is named: before it nothing of it held."""
    return not (inquiry.day_named and validity.is_before(hit.policy, inquiry.as_of))


def _sets_a_sanction(hit: Hit, index: Index) -> bool:
    return is_of_kind(hit, {Kind.SANCTION}, index)


def _is_of_the_place(policy: Policy, inquiry: Inquiry) -> bool:
    own = inquiry.jurisdiction not in (None, places.NATION) and policy.metadata.jurisdiction == inquiry.jurisdiction
    return own and policy.wording is not Wording.DIGEST


def _is_local(passage: Passage) -> bool:
    return passage.policy.metadata.jurisdiction not in (None, "CN")


def _is_named(hit: Hit, named: Named) -> bool:
    return any(
        a == address or a.startswith(f"{address}/") or address.startswith(f"{a}/")
        for a in hit.chunk.addresses
        for address in named.clauses
    )


def _widened(hit: Hit, index: Index) -> Passage:
    """The whole clause a hit is part of: a long article is ranked in parts but told as one."""
    address = unit_of(hit.chunk.addresses[0], index)
    held = set(hit.chunk.addresses)
    provisions = index.subtree(address) if address else ()
    if not held <= {p.address for p in provisions}:
        provisions = tuple(p for p in index.subtree(hit.policy.id) if p.address in held)
    return Passage(hit.policy, tuple(provisions), frozenset(held), hit.score, hit.in_force)


def _rows_asked_for(hit: Hit, inquiry: Inquiry, index: Index) -> Passage | None:
    """Of a table the rows that name most of what is asked, wherever in it they stand; None for what is no table.

    Rows do not belong together as conditions do, and a chunk holds whichever of them stand next to each other.
    """
    held = index.subtree(hit.chunk.addresses[0])
    if inquiry.wants_list or not held or held[0].level is not Level.ROW:
        return None
    rows = [p for p in index.subtree(held[0].parent) if p.level is Level.ROW]
    pairs = set(bigrams(inquiry.text))  # they tell rows apart where words do not: 本科学历 may be cut as 本|科学|历
    agreement = [(coverage(inquiry.subjects, row.text), len(pairs & set(bigrams(row.text)))) for row in rows]
    best = max(agreement)
    named = tuple(row for row, shared in zip(rows, agreement, strict=True) if shared == best)
    if best == (0, 0) or len(named) > MOST_ROWS:
        return None
    return Passage(hit.policy, named, frozenset(row.address for row in named), hit.score, hit.in_force)


def _probability(pool: Sequence[Hit], inquiry: Inquiry, index: Index) -> float:
    """That the best clause answers, or any other that shares its part.

    Chunks cut a table anywhere, and rules asked for at large stand in many clauses of one document.
    """
    best = index.subtree(pool[0].chunk.addresses[0])
    if best and best[0].level is Level.ROW:
        together = f"{best[0].parent}/"
    elif RULES.search(inquiry.question):
        together = f"{pool[0].policy.id}/"
    else:
        return pool[0].score
    return sum(h.score for h in pool if h.chunk.addresses[0].startswith(together))


def _overlap(one: Passage, other: Passage) -> bool:
    return bool({p.address for p in one.provisions} & {p.address for p in other.provisions})


def _rest_of_list(inquiry: Inquiry, best: Hit, passages: Sequence[Passage], index: Index) -> list[Passage]:
    """Of a digest, which tells one fact a provision: the other conditions, steps or papers that belong to the best one."""
    if best.policy.wording is not Wording.DIGEST:
        return []
    asked = _ENUMERATED.intersection(inquiry.kinds)
    if asks_figure(inquiry.question) and not inquiry.wants_list:
        asked -= (
            _FOLLOWED  # 满多久才能申请 asks for no other condition; what becomes of a share's rest belongs to the share
        )
    first = index.subtree(best.chunk.addresses[0])
    wanted = asked.intersection(first[0].kinds) if first else frozenset()
    if not wanted:
        return []
    told = {p.address for passage in passages for p in passage.provisions}
    section = first[0].address.rpartition("/")[0]
    more = [
        p
        for p in index.subtree(best.policy.id)
        if p.address not in told
        and wanted.intersection(p.kinds)
        and p.address.rpartition("/")[0] == section
        and not p.address.startswith(f"{best.policy.id}/practice")
        and validity.in_force(_ANY_DAY, p, inquiry.as_of) is not False
    ]
    return [Passage(best.policy, index.subtree(p.address), frozenset(), best.score, best.in_force) for p in more]


def _in_one_piece(passages: Sequence[Passage]) -> list[Passage]:
    """Keep the order of relevance between policies, and the order of the text within one."""
    order = list(dict.fromkeys(p.policy.id for p in passages))
    return [p for policy in order for p in passages if p.policy.id == policy]
