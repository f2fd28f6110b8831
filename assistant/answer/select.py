"""Which of the ranked clauses the answer is made of."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import validity
from assistant.answer.passages import Passage
from assistant.index import Index
from assistant.models import Kind, Level, Wording
from assistant.retrieve import Hit, Named
from assistant.structure import places
from assistant.text import bigrams, normalise
from assistant.understand import Inquiry
from assistant.understand.domain import abroad, in_domain, is_order
from assistant.understand.evidence import coverage
from assistant.understand.objects import speaks_of_all
from assistant.understand.units import asks_figure, measures

# Calibrated on the development questions, see eval/README.md.
OFF_FIELD = 0.5  # the same for a question whose words are not of the field
NAMED = 0.02  # the same for a clause of the document that the question names by number
ANSWERS = 0.1  # probability from which the best clause is taken for an answer
BESIDE = 0.75  # share of the best clause's probability from which another clause stands beside it
SANCTION = 0.4  # the same for a clause that sets the penalty asked for, when the best one does not
MOST = 3  # clauses in one answer, not counting those named outright and parts of one list
MOST_ROWS = 8  # of a table; a question that fits more of them asks for none in particular

# Told whole or not at all: half the conditions are no answer.
_ENUMERATED = frozenset({Kind.CONDITION, Kind.MATERIAL, Kind.PROCEDURE, Kind.BENEFIT, Kind.SANCTION})

_ANY_DAY = validity.Span(None, None)  # of a policy whose own dates were looked at before


def choose(inquiry: Inquiry, named: Named, hits: Sequence[Hit], index: Index, most: int = MOST) -> list[Passage]:
    """Return the clauses that answer, best first, each whole and at most so many; empty when none does."""
    if named.no_such_clause and not named.clauses:
        return []
    if is_order(inquiry.text) or (named.missing and not named.policies):
        return []  # asked about a document that is not here: another document's words are no answer
    pinned = [h for h in hits if _is_named(h, named)]
    pool = [h for h in hits if _can_answer(h, inquiry, index)]
    if named.by_number:
        pool = [h for h in pool if h.policy.id in named.by_number]
    live = [h for h in pool if h.in_force is not False or h.policy.id in named.policies]
    enough = NAMED if named.by_number else ANSWERS if named.policies or in_domain(inquiry.text) else OFF_FIELD
    if inquiry.day_named or (live and live[0].score >= enough):
        pool = live
    if not pinned and (not pool or pool[0].score < enough):
        return []
    chosen = pinned or _sanctions_first(pool, inquiry, index, enough)[:most]
    passages: list[Passage] = []
    for hit in chosen:
        passage = _rows_asked_for(hit, inquiry, index) or _widened(hit, index)
        if not any(_overlap(passage, other) for other in passages):
            passages.append(passage)
    passages = _in_one_piece(passages + _rest_of_list(inquiry, chosen[0], passages, index))
    if inquiry.jurisdiction or named.policies:
        return passages
    return sorted(passages, key=_is_local)  # what holds everywhere comes first for who names no place


def _sanctions_first(pool: Sequence[Hit], inquiry: Inquiry, index: Index, enough: float) -> list[Hit]:
    """The clauses near enough to the best; where a penalty is asked for, those that set one before the prohibition itself."""
    near = [h for h in pool if h.score >= max(enough, BESIDE * pool[0].score)]
    if Kind.SANCTION not in inquiry.kinds or _sets_a_sanction(pool[0], index):
        return near
    setting = [h for h in pool if h.score >= max(enough, SANCTION * pool[0].score) and _sets_a_sanction(h, index)]
    return [*setting[:1], *(h for h in near if h not in setting[:1])]


def _sets_a_sanction(hit: Hit, index: Index) -> bool:
    return any(Kind.SANCTION in p.kinds for address in hit.chunk.addresses for p in index.subtree(address))


def _is_local(passage: Passage) -> bool:
    return passage.policy.metadata.jurisdiction not in (None, "CN")


def _can_answer(hit: Hit, inquiry: Inquiry, index: Index) -> bool:
    """Whether a clause speaks of the country, the place and the sort of figure asked for."""
    text = "\n".join((hit.chunk.context, hit.text, hit.chunk.text_en or ""))
    if not all(country in normalise(text) for country in abroad(inquiry.text)):
        return False
    if "/practice/" in hit.address and inquiry.jurisdiction:
        whose = [p.code for p in places.find(f"{hit.locator} {hit.text}")]
        if whose and not any(code in places.chain(inquiry.jurisdiction) for code in whose):
            return False  # 地方做法 of another place
    whole = _whole_text(hit, index)
    if not speaks_of_all(inquiry.text, f"{text}\n{whole}"):
        return False
    return not asks_figure(inquiry.question) or measures(inquiry.question, whole)


def _whole_text(hit: Hit, index: Index) -> str:
    unit = _unit(hit.chunk.addresses[0], index)
    parts = index.subtree(unit) if unit else ()
    return "\n".join((hit.text, hit.chunk.text_en or "", *(p.text for p in parts)))


def _is_named(hit: Hit, named: Named) -> bool:
    return any(
        a == address or a.startswith(f"{address}/") or address.startswith(f"{a}/")
        for a in hit.chunk.addresses
        for address in named.clauses
    )


def _widened(hit: Hit, index: Index) -> Passage:
    """The whole clause a hit is part of: a long article is ranked in parts but told as one."""
    address = _unit(hit.chunk.addresses[0], index)
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


def _unit(address: str, index: Index) -> str | None:
    """The address of the article, or of the lowest numbered unit of an opinion or a notice, around a provision."""
    steps = address.split("/")
    for length in range(2, len(steps) + 1):
        here = "/".join(steps[:length])
        found = index.subtree(here)
        if found and found[0].level is Level.ARTICLE:
            return here
    return address if index.subtree(address) else None


def _overlap(one: Passage, other: Passage) -> bool:
    return bool({p.address for p in one.provisions} & {p.address for p in other.provisions})


def _rest_of_list(inquiry: Inquiry, best: Hit, passages: Sequence[Passage], index: Index) -> list[Passage]:
    """Of a digest, which tells one fact a provision: the other conditions, steps or papers that belong to the best one."""
    if best.policy.wording is not Wording.DIGEST:
        return []
    asked = _ENUMERATED.intersection(inquiry.kinds)
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
