"""Fit the ranker's weights on the development questions: `python -m eval.fit_ranker --home DIR [--write]`.

Each question gives its candidates with the ranker's features; a candidate is right when it stands in a gold clause.
Weights are those of a logistic regression with a quadratic penalty, every question counting alike. Quality is printed
from five-fold cross-validation over questions, so that what is printed was not fitted on; `test` is never touched.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant import Assistant
from assistant.models import Status
from assistant.pipeline.ask import ranked
from assistant.retrieve import ranker
from eval.cases import Case, load
from eval.run import prepare

Floats = NDArray[np.float64]
PENALTY = 1e-3
TARGET = Path(ranker.__file__).with_name("ranker.json")


@dataclass(frozen=True, slots=True)
class Example:
    """One question with its candidates."""

    case: Case
    figures: Floats  # [candidates, features]
    right: NDArray[np.bool_]  # [candidates]; all False for a question that must be refused


def main() -> None:
    """Print cross-validated ranking figures for each feature set, and write the weights when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    with Assistant.open(arguments.home) as assistant:
        prepare(assistant)
        examples = [e for case in load(split="dev") if (e := _example(assistant, case))]
    print(f"{len(examples)} questions, {sum(len(e.right) for e in examples)} candidates")
    answerable = [e for e in examples if e.case.gold]
    print(f"a gold clause is among the candidates for {np.mean([e.right.any() for e in answerable]):.3f} of them")
    _report("first stage alone", answerable, [e.figures[:, ranker.FEATURES.index("first")] for e in answerable])
    _report("late interaction", answerable, [e.figures[:, ranker.FEATURES.index("late")] for e in answerable])
    scores = _cross_validated(examples)
    _report("ranker", answerable, [s for e, s in zip(examples, scores, strict=True) if e.case.gold])
    for suite in ("laws", "corpus"):
        _report(
            f"ranker, {suite}",
            [e for e in answerable if e.case.suite == suite],
            [s for e, s in zip(examples, scores, strict=True) if e.case.gold and e.case.suite == suite],
        )
    _report_refusal(examples, scores)
    weights, bias = _fit(examples)
    for name, weight in zip(ranker.FEATURES, weights, strict=True):
        print(f"  {name:16}{weight:8.2f}")
    if arguments.write:
        stored = {
            "fitted_on": f"{len(examples)} development questions, {dt.date.today().isoformat()}",
            "bias": round(bias, 4),
            "weights": {n: round(float(w), 4) for n, w in zip(ranker.FEATURES, weights, strict=True)},
        }
        TARGET.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def _example(assistant: Assistant, case: Case) -> Example | None:
    hits = ranked(assistant._index, assistant._settings, case.turns, as_of=case.as_of, jurisdiction=case.jurisdiction)
    if not hits:
        return None
    right = np.array([any(g.covers(h.policy.source, h.policy.id, h.locator) for g in (*case.gold, *case.also)) for h in hits])
    if case.expect in (Status.NOT_FOUND, Status.OUT_OF_SCOPE):
        right[:] = False
    return Example(case, np.array([h.features for h in hits]), right)


def _fit(examples: list[Example]) -> tuple[Floats, float]:
    """Newton's method on the penalised log-likelihood; features are standardised for it and weights scaled back."""
    x = np.concatenate([e.figures for e in examples])
    y = np.concatenate([e.right for e in examples]).astype(float)
    counts = np.concatenate([np.full(len(e.right), 1 / len(e.right)) for e in examples])
    counts *= len(examples) / counts.sum()
    mean, deviation = x.mean(0), x.std(0)
    deviation[deviation == 0] = 1
    z = np.column_stack([(x - mean) / deviation, np.ones(len(x))])
    penalty = np.diag([PENALTY * len(examples)] * x.shape[1] + [0])
    w = np.zeros(z.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-z @ w))
        gradient = z.T @ (counts * (p - y)) + penalty @ w
        hessian = (z * (counts * p * (1 - p))[:, None]).T @ z + penalty + 1e-9 * np.eye(len(w))
        step = np.linalg.solve(hessian, gradient)
        w -= step
        if np.abs(step).max() < 1e-8:
            break
    weights = w[:-1] / deviation
    return weights, float(w[-1] - weights @ mean)


def _cross_validated(examples: list[Example], folds: int = 5) -> list[Floats]:
    scores: list[Floats] = [np.empty(0)] * len(examples)
    for fold in range(folds):
        weights, bias = _fit([e for i, e in enumerate(examples) if i % folds != fold])
        for i in range(fold, len(examples), folds):
            scores[i] = 1 / (1 + np.exp(-(examples[i].figures @ weights + bias)))
    return scores


def _report(name: str, examples: list[Example], scores: list[Floats]) -> None:
    ranks = [_first_right(e, s) for e, s in zip(examples, scores, strict=True)]
    recall = {k: np.mean([r is not None and r < k for r in ranks]) for k in (1, 3, 10)}
    print(f"{name:24}" + "  ".join(f"@{k} {value:.3f}" for k, value in recall.items()))


def _first_right(example: Example, scores: Floats) -> int | None:
    order = np.argsort(-scores, kind="stable")
    right = np.flatnonzero(example.right[order])
    return int(right[0]) if len(right) else None


def _report_refusal(examples: list[Example], scores: list[Floats]) -> None:
    best = np.array([s.max() for s in scores])
    refuse = np.array([not e.case.gold for e in examples])
    print("threshold  refusal recall  false refusal")
    for threshold in (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5):
        print(f"{threshold:9.2f}  {np.mean(best[refuse] < threshold):14.3f}  {np.mean(best[~refuse] < threshold):13.3f}")


if __name__ == "__main__":
    main()
