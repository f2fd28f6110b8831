"""Every question put to every system, and what came back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence

from assistant.errors import AssistantError
from assistant.evaluation.cases import Case, Gold
from assistant.evaluation.facts import Record
from assistant.evaluation.figures import Asked, measured
from assistant.evaluation.report import Result
from assistant.evaluation.systems import Clause, System

Progress = Callable[[int, int], None]


def run(
    cases: Sequence[Case],
    system: System,
    record: Record,
    *,
    ask: bool = True,
    search: bool = True,
    progress: Progress | None = None,
) -> dict[str, Result]:
    """Return by case id what a system made of the questions; those that cannot be searched for are only asked."""
    results: dict[str, Result] = {}
    for number, case in enumerate(cases, start=1):
        try:
            asked = _asked(case, system, record, ask=ask, search=search and is_searched(case))
        except Exception as error:  # whatever it is, one wants to know at which of hundreds of questions
            what = error if isinstance(error, AssistantError) else f"{type(error).__name__}: {error}"
            raise AssistantError(f"The question {case.id} could not be put to the {system.name}: {what}") from error
        results[case.id] = _result(asked)
        if progress:
            progress(number, len(cases))
    return results


def is_searched(case: Case) -> bool:
    """Return whether a search alone can find what a question asks for: it has clauses, and no conversation before it."""
    return bool(case.gold) and len(case.turns) == 1


def places(ranking: Iterable[Iterable[Clause]], gold: Sequence[Gold]) -> list[int | None]:
    """Return which right clause stands at each place, None for others; one that came before does not count again."""
    found: list[int | None] = []
    for clauses in ranking:
        held = list(clauses)
        there = (n for n, one in enumerate(gold) if n not in found and any(one.covers(*clause) for clause in held))
        found.append(next(there, None))
    return found


def _asked(case: Case, system: System, record: Record, *, ask: bool, search: bool) -> Asked:
    started = time.perf_counter()
    reply = system.ask(case) if ask else None
    seconds = time.perf_counter() - started
    ranked = places(system.search(case), case.gold) if search else None
    if reply is None:
        return Asked(case, record, ranked=ranked)
    return Asked(case, record, reply.answer, seconds, ranked, reply.trace)


def _result(asked: Asked) -> Result:
    answer = asked.answer
    values = {key: round(value, 4) for key, value in measured(asked).items()}  # as they are written and read again
    if answer is None:
        return Result(None, (), "", values, ())
    return Result(
        status=answer.status.value,
        cited=tuple(dict.fromkeys((c.source, c.locator) for c in answer.citations)),
        answer=answer.text,
        values=values,
        unverified=tuple(_told(asked)),
        failure=asked.trace.failure if asked.trace else None,
    )


def _told(asked: Asked) -> Iterator[str]:
    if asked.answer:
        yield from asked.record.unverified(asked.answer)
