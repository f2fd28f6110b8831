"""Score the assistant on the question sets: `python -m eval.run [--split dev] [--suite laws,corpus] [--home DIR]`.

Builds an installation with the starter corpus and, when they are present, the full law texts, and asks every question.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from assistant import Assistant
from assistant.errors import AssistantError
from assistant.models import Answer
from eval.cases import Case, Score, load, score

ORIGINALS = Path(__file__).parents[2] / "shared" / "originals"
FIGURES = ("status", "recall", "precision", "facts", "items")


def main() -> None:
    """Run the sets and print a table; exit 1 when a case could not be asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=["dev", "test"], default="dev")
    parser.add_argument("--suite", default="laws,corpus,unanswerable")
    parser.add_argument("--home", type=Path, help="an installation to reuse; made where it is absent")
    parser.add_argument("--out", type=Path, help="JSONL file for every answer with its score")
    arguments = parser.parse_args()
    cases = load(tuple(arguments.suite.split(",")), arguments.split)
    with tempfile.TemporaryDirectory() as scratch, Assistant.open(arguments.home or scratch) as assistant:
        prepare(assistant)
        results = [(case, *_ask(assistant, case)) for case in cases]
    print_table([(case, s) for case, _, s in results])
    latencies = sorted(answer.latency_ms for _, answer, _ in results)
    print(f"latency p50 {statistics.median(latencies):.0f} ms, p95 {latencies[int(0.95 * len(latencies))]:.0f} ms")
    if arguments.out:
        _write(arguments.out, results)


def prepare(assistant: Assistant) -> None:
    """Put the starter corpus and the law texts, where present, into an installation."""
    assistant.init()
    if ORIGINALS.is_dir():
        assistant.ingest(sorted(ORIGINALS.glob("*.md")))
    else:
        print(
            f"no full law texts (expected in {ORIGINALS.name}); their questions will count as misses", file=sys.stderr
        )


def _ask(assistant: Assistant, case: Case) -> tuple[Answer, Score]:
    *history, question = case.turns
    try:
        answer = assistant.ask(question, history=history, as_of=case.as_of, jurisdiction=case.jurisdiction)
    except AssistantError as error:
        sys.exit(f"{case.id} could not be asked: {error}")
    return answer, score(case, answer)


def print_table(results: Sequence[tuple[Case, Score]]) -> None:
    """Print each figure by suite, language and type, with a 95 % bootstrap interval over all."""
    views: tuple[tuple[str, Callable[[Case], str]], ...] = (
        ("all", lambda _: "all"),
        ("suite", lambda case: case.suite),
        ("language", lambda case: case.language),
        ("type", lambda case: case.type),
    )
    print(f"{'':24}{'n':>5}" + "".join(f"{name:>22}" for name in FIGURES))
    for view, key in views:
        rows: dict[str, list[Score]] = defaultdict(list)
        for case, one in results:
            rows[key(case)].append(one)
        for name, scores in sorted(rows.items()):
            cells = "".join(f"{_cell(getattr(s, figure) for s in scores):>22}" for figure in FIGURES)
            print(f"{view + ' ' + name if view != 'all' else name:24}{len(scores):5}{cells}")


def _cell(values: Iterable[float | None]) -> str:
    known = [float(v) for v in values if v is not None]
    if not known:
        return "-"
    low, high = interval(known)
    return f"{statistics.mean(known):.3f} [{low:.2f} {high:.2f}]"


def interval(values: Sequence[float], rounds: int = 500) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of a mean, from a fixed seed."""
    draw = random.Random(0)
    means = sorted(statistics.mean(draw.choices(values, k=len(values))) for _ in range(rounds))
    return means[int(0.025 * rounds)], means[int(0.975 * rounds)]


def _write(path: Path, results: Sequence[tuple[Case, Answer, Score]]) -> None:
    with path.open("w", encoding="utf-8") as out:
        for case, answer, one in results:
            line = {
                "id": case.id,
                "question": list(case.turns),
                "expect": case.expect.value,
                "status": answer.status.value,
                "gold": [[g.document, g.locator] for g in case.gold],
                "cited": [[c.source, c.locator] for c in answer.citations],
                "scores": {figure: getattr(one, figure) for figure in FIGURES},
                "answer": answer.text,
            }
            out.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
