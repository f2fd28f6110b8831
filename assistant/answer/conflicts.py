"""Clauses of an answer that set different figures for one thing: the reader is told, and decides with both before him."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from assistant.answer.compose import is_research
from assistant.answer.figures import Figure, measured
from assistant.answer.notices import title_of
from assistant.answer.passages import Passage, body
from assistant.answer.quoting import sentences
from assistant.models import Provision, Quantity
from assistant.prompts import Phrases
from assistant.retrieve import Scope
from assistant.structure import places
from assistant.understand import Inquiry
from assistant.understand.evidence import coverage
from assistant.understand.units import asks_figure, measures

SAME_SUBJECT = 0.6  # share of the question's subjects that both sentences must name to speak of one thing

_EXACT = frozenset({"=", ">=", "<=", ">", "<"})


def told(passages: Sequence[Passage], scope: Scope, inquiry: Inquiry, phrases: Phrases) -> Iterable[str]:
    """Yield for each pair of clauses that hold for one place and day which figures of theirs do not agree."""
    for one, other in itertools.combinations(passages, 2):
        if not _side_by_side(one, other, scope):
            continue
        pair = _of_one_quantity(one, other) or _of_one_sentence(one, other, inquiry)
        if pair:
            (first, value), (second, differing) = pair
            yield phrases.say(
                "notice_conflict",
                title=title_of(one.policy, phrases.language),
                locator=first.locator,
                value=value,
                other_title=title_of(other.policy, phrases.language),
                other_locator=second.locator,
                other_value=differing,
            )


_Pair = tuple[tuple[Provision, str], tuple[Provision, str]]


def _side_by_side(one: Passage, other: Passage, scope: Scope) -> bool:
    """Whether two clauses of different documents claim to hold at once: a digest and its original are one document."""
    ids = {one.policy.id, other.policy.id}
    told_twice = any({digest, original} == ids for digest, original in scope.originals.items())
    where = {p.policy.metadata.jurisdiction or places.NATION for p in (one, other)}
    return (
        len(ids) == 2
        and not told_twice
        and len(where) == 1
        and not any(p.in_force is False or is_research(p) for p in (one, other))
    )


def _of_one_quantity(one: Passage, other: Passage) -> _Pair | None:
    """Figures that the records of two clauses give under one name and in one unit."""
    for first, second in itertools.product(one.provisions, other.provisions):
        for a, b in itertools.product(first.quantities, second.quantities):
            same = (a.name, a.unit, a.op) == (b.name, b.unit, b.op) and a.op in _EXACT
            if same and a.value != b.value:
                return (first, _written(a)), (second, _written(b))
    return None


def _written(quantity: Quantity) -> str:
    return f"{quantity.name} {quantity.value}{quantity.unit}"


def _of_one_sentence(one: Passage, other: Passage, inquiry: Inquiry) -> _Pair | None:
    """The one figure of a unit that each clause's answering sentence gives, where a figure is asked for."""
    if not asks_figure(inquiry.question):
        return None
    for (first, a), (second, b) in itertools.product(_answering(one, inquiry), _answering(other, inquiry)):
        for figure in a:
            rivals = [f for f in b if f.unit == figure.unit]
            alone = len(rivals) == 1 and sum(f.unit == figure.unit for f in a) == 1
            if alone and rivals[0].value != figure.value:
                return (first, figure.written), (second, rivals[0].written)
    return None


def _answering(passage: Passage, inquiry: Inquiry) -> list[tuple[Provision, tuple[Figure, ...]]]:
    return [
        (provision, measured(sentence))
        for provision in passage.provisions
        for sentence in sentences(body(provision))
        if measures(inquiry.question, sentence) and coverage(inquiry.subjects, sentence) >= SAME_SUBJECT
    ]
