"""A worded answer as text: the model's sentences as a paragraph and what was added as a list, or side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from assistant.answer.draft import markdown
from assistant.drafting.clauses import Clause
from assistant.drafting.sides import Sides
from assistant.models import Answer, Statement, Status
from assistant.prompts import Phrases

_LAST_NUMBER = re.compile(r".*\[\d+\]", re.DOTALL)


def running(quoted: Answer, drafted: Sequence[Statement], added: Sequence[Statement], phrases: Phrases) -> str:
    """Return the text of an answer: the paragraph of the draft, and below it the clauses that it leaves out."""
    between = "" if quoted.language == "zh" else " "
    lines = [*quoted.particulars, between.join(map(_written, drafted))] if drafted else [*quoted.particulars]
    if added:
        lines += [*([""] if lines else []), phrases.say("also_listed"), *_listed(added)]
    return "\n".join((*lines, *_unanswered(quoted)))


def compared(
    quoted: Answer, statements: Sequence[Statement], sides: Sides, clauses: Sequence[Clause], phrases: Phrases
) -> str:
    """Return the text of a comparison: its table, and below it what is told of each side, under the side's name."""
    of_side = {clause.citation.n: sides.side_of(clause) for clause in clauses}
    lines = [markdown(quoted.table)] if quoted.table else []
    for side, group in groupby(statements, key=lambda statement: of_side[statement.citations[0]]):
        lines += ["", *([phrases.say("side", side=side)] if side else []), *_listed(group)]
    return "\n".join((*lines, *_unanswered(quoted)))


def by_side(statements: Sequence[Statement], sides: Sides, clauses: Sequence[Clause]) -> list[Statement]:
    """Return the statements of a comparison, each side's together, in the order of the columns."""
    clause_of = {clause.citation.n: clause for clause in clauses}
    return sorted(statements, key=lambda statement: sides.in_order(clause_of[statement.citations[0]]))


def _listed(statements: Iterable[Statement]) -> Iterator[str]:
    return (f"- {_written(statement)}" for statement in statements)


def _unanswered(quoted: Answer) -> Iterator[str]:
    """Which part of the question has no answer stands behind the rest."""
    if quoted.status is Status.PARTIAL:
        yield _LAST_NUMBER.sub("", quoted.text, count=1).strip()


def _written(statement: Statement) -> str:
    return statement.text + "".join(f" [{n}]" for n in statement.citations)
