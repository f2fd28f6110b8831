"""What each part of the ranking brings, as tables: `python -m eval.ablation --home DIR [--settings]`.

Ranks the development questions by each stage alone, and tells what reranking changes on each set of them. With
`--settings` also answers them with parts of the ranking turned off or mixed otherwise.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant import Assistant
from assistant.evaluation.cases import OVER_TEXTS, SUITES, Case, load
from assistant.evaluation.facts import Record
from assistant.evaluation.figures import estimates
from assistant.evaluation.installation import law_texts, prepare, warm
from assistant.evaluation.run import run
from assistant.evaluation.stages import FUSED
from assistant.evaluation.systems import Installation
from eval import stages

VARIANTS: dict[str, dict[str, object]] = {
    "as shipped": {},
    "words in place of bigrams": {"words": 0.35, "bigrams": 0.0},
    "bigrams alone": {"bigrams": 1.0, "vectors": 0.0},
    "vectors alone": {"bigrams": 0.0, "vectors": 1.0},
    "equal shares": {"bigrams": 0.5, "vectors": 0.5},
    'without late interaction (`reranker = "none"`)': {"reranker": "none"},
}
FIGURES = ("false_refusal", "refusal", "recall", "precision", "facts", "items")


def main() -> None:
    """Print the tables in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True, help="an installation to reuse; made where it is absent")
    parser.add_argument("--originals", type=Path, help="folder of full law texts")
    parser.add_argument("--settings", action="store_true", help="also answer with parts turned off")
    arguments = parser.parse_args()
    with Assistant.open(arguments.home) as assistant:
        laws = law_texts(arguments.originals)
        prepare(assistant._index, assistant._settings, laws)
        warm(assistant._index)
        cases = load([suite for suite in SUITES if laws or suite not in OVER_TEXTS], "dev")
        tables = [*_stages(assistant, cases), *(_settings(assistant, cases) if arguments.settings else ())]
    print("\n".join(tables))


def _stages(assistant: Assistant, cases: Sequence[Case]) -> Iterator[str]:
    asked = stages.measure(assistant, cases)
    numbered = stages.measure(assistant, stages.look_ups(assistant))
    yield f"{len(asked)} development questions with an answer\n"
    yield from _heading("", "@1", "@3", "@10", "nDCG@10")
    for q in stages.table(asked):
        yield f"| {q.stage} | {q.recall[1]:.3f} | {q.recall[3]:.3f} | {q.recall[10]:.3f} | {q.ndcg:.3f} |"
    yield "\nThe final order was fitted on these questions, so its line flatters.\n"
    yield from _heading("right clause first", "questions", FUSED, stages.RERANKED, "gain [95 % interval]")
    for c in stages.compare([*asked, *numbered], assistant, FUSED, stages.RERANKED):
        gain = f"{c.after - c.before:+.3f} [{c.low:+.2f} {c.high:+.2f}]{' WORSE' if c.is_worse else ''}"
        yield f"| {c.set} | {c.questions} | {c.before:.3f} | {c.after:.3f} | {gain} |"


def _settings(assistant: Assistant, cases: Sequence[Case]) -> Iterator[str]:
    record = Record(assistant._index)
    yield ""
    yield from _heading("", *FIGURES)
    for name, changed in VARIANTS.items():
        retrieval = assistant._settings.retrieval.model_copy(update=changed)
        settings = assistant._settings.model_copy(update={"retrieval": retrieval})
        results = run(cases, Installation(assistant._index, settings), record, search=False)
        by_key = {figure.key: str(estimate) for figure, estimate in estimates([r.values for r in results.values()])}
        yield f"| {name} | " + " | ".join(by_key[key] for key in FIGURES) + " |"


def _heading(*cells: str) -> Iterator[str]:
    yield f"| {' | '.join(cells)} |"
    yield f"|{'---|' * len(cells)}"


if __name__ == "__main__":
    main()
