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
from assistant.evaluation.cases import Case, load
from assistant.evaluation.installation import law_texts, prepare
from assistant.models import Status
from assistant.pipeline.ask import ranked
from assistant.retrieve import Hit, ranker

Floats = NDArray[np.float64]
PENALTY_ORDER, PENALTY_ANSWERS = 0.01, 0.01
FIRST = 5  # candidates of the order that the probability is fitted on
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
        prepare(assistant._index, assistant._settings, law_texts(None))
        examples = [e for case in load(split="dev") if (e := _example(assistant, case))]
    print(f"{len(examples)} questions, {sum(len(e.right) for e in examples)} candidates")
    answerable = [e for e in examples if e.case.gold]
    print(f"a gold clause is among the candidates for {np.mean([e.right.any() for e in answerable]):.3f} of them")
    _report("first stage alone", answerable, [e.figures[:, ranker.FEATURES.index("first")] for e in answerable])
    _report("late interaction", answerable, [e.figures[:, ranker.FEATURES.index("late")] for e in answerable])
    both = _cross_validated(examples)
    scores = [order for order, _ in both]
    _report("ranker", answerable, [s for e, s in zip(examples, scores, strict=True) if e.case.gold])
    for view in ("suite", "language", "type"):
        for value in sorted({getattr(e.case, view) for e in answerable}):
            chosen = [
                (e, s) for e, s in zip(examples, scores, strict=True) if e.case.gold and getattr(e.case, view) == value
            ]
            _report(f"ranker, {value} ({len(chosen)})", [e for e, _ in chosen], [s for _, s in chosen])
    _report_refusal(examples, both)
    fitted = fit(examples)
    for i, name in enumerate(ranker.FEATURES + ranker.STANDING):
        order = f"{fitted.order[i]:8.2f}" if i < len(fitted.order) else " " * 8
        print(f"  {name:16}{order}{fitted.answers[i]:8.2f}")
    if arguments.write:
        stored = {
            "fitted_on": f"{len(examples)} development questions, {dt.date.today().isoformat()}",
            "order": {n: round(float(w), 4) for n, w in zip(ranker.FEATURES, fitted.order, strict=True)},
            "answers": {
                n: round(float(w), 4) for n, w in zip(ranker.FEATURES + ranker.STANDING, fitted.answers, strict=True)
            },
            "bias": round(fitted.bias, 4),
        }
        TARGET.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def _example(assistant: Assistant, case: Case) -> Example | None:
    hits = ranked(assistant._index, assistant._settings, case.turns, as_of=case.as_of, jurisdiction=case.jurisdiction)
    if not hits:
        return None
    right = np.array([_is_right(case, h, assistant) for h in hits])
    if case.expect in (Status.NOT_FOUND, Status.OUT_OF_SCOPE):
        right[:] = False
    return Example(case, np.array([h.features for h in hits]), right)


def _is_right(case: Case, hit: Hit, assistant: Assistant) -> bool:
    index = assistant._index
    locators = [p.locator for address in hit.chunk.addresses for p in index.subtree(address)[:1]]
    return any(
        gold.covers(hit.policy.source, hit.policy.id, locator)
        for gold in (*case.gold, *case.also)
        for locator in locators
    )


@dataclass(frozen=True, slots=True)
class Fit:
    """Both models as fitted."""

    order: Floats
    answers: Floats
    bias: float

    def scores(self, example: Example) -> tuple[Floats, Floats]:
        """Return each candidate's place in the order as a number, and the probability that it answers."""
        order = example.figures @ self.order
        return order, 1 / (1 + np.exp(-(_with_standing(example.figures, order) @ self.answers + self.bias)))


def fit(examples: list[Example]) -> Fit:
    """Fit the order, then the probability on the first few of that order."""
    order = _fit_order([e for e in examples if e.right.any()])
    x, y = [], []
    for example in examples:
        scores = example.figures @ order
        first = np.argsort(-scores, kind="stable")[:FIRST]
        x.append(_with_standing(example.figures, scores)[first])
        y.append(example.right[first])
    answers, bias = _fit_logistic(np.concatenate(x), np.concatenate(y).astype(float), PENALTY_ANSWERS)
    return Fit(order, answers, bias)


def _with_standing(figures: Floats, scores: Floats) -> Floats:
    order = np.argsort(-scores, kind="stable")
    stands = np.empty((len(scores), len(ranker.STANDING)))
    for place, i in enumerate(order):
        stands[i] = ranker.standing(list(scores[order]), place)
    return np.column_stack([figures, stands])


def _fit_order(examples: list[Example]) -> Floats:
    """Maximise the share of a softmax over each question's candidates that falls to the right ones, with a penalty."""
    every = np.concatenate([e.figures for e in examples])
    deviation = every.std(0)
    deviation[deviation == 0] = 1
    w = np.zeros(every.shape[1])
    velocity = np.zeros_like(w)
    for _ in range(600):
        gradient = PENALTY_ORDER * w
        for example in examples:
            z = example.figures / deviation
            scores = z @ w
            p = np.exp(scores - scores.max())
            p /= p.sum()
            right = p * example.right
            gradient -= z.T @ (right / right.sum() - p) / len(examples)
        velocity = 0.9 * velocity - 0.3 * gradient
        w += velocity
    fitted: Floats = w / deviation
    return fitted


def _fit_logistic(x: Floats, y: Floats, penalty: float) -> tuple[Floats, float]:
    """Newton's method on the penalised log-likelihood; features are standardised for it and weights scaled back."""
    mean, deviation = x.mean(0), x.std(0)
    deviation[deviation == 0] = 1
    z = np.column_stack([(x - mean) / deviation, np.ones(len(x))])
    ridge = np.diag([penalty * len(x)] * x.shape[1] + [0])
    w = np.zeros(z.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-z @ w))
        step = np.linalg.solve(
            (z * (p * (1 - p))[:, None]).T @ z + ridge + 1e-9 * np.eye(len(w)), z.T @ (p - y) + ridge @ w
        )
        w -= step
        if np.abs(step).max() < 1e-8:
            break
    weights = w[:-1] / deviation
    return weights, float(w[-1] - weights @ mean)


def _cross_validated(examples: list[Example], folds: int = 5) -> list[tuple[Floats, Floats]]:
    scores: list[tuple[Floats, Floats]] = [(np.empty(0), np.empty(0))] * len(examples)
    for fold in range(folds):
        fitted = fit([e for i, e in enumerate(examples) if i % folds != fold])
        for i in range(fold, len(examples), folds):
            scores[i] = fitted.scores(examples[i])
    return scores


def _report(name: str, examples: list[Example], scores: list[Floats]) -> None:
    ranks = [_first_right(e, s) for e, s in zip(examples, scores, strict=True)]
    recall = {k: np.mean([r is not None and r < k for r in ranks]) for k in (1, 3, 10)}
    print(f"{name:24}" + "  ".join(f"@{k} {value:.3f}" for k, value in recall.items()))


def _first_right(example: Example, scores: Floats) -> int | None:
    order = np.argsort(-scores, kind="stable")
    right = np.flatnonzero(example.right[order])
    return int(right[0]) if len(right) else None


def _report_refusal(examples: list[Example], scores: list[tuple[Floats, Floats]]) -> None:
    best = np.array([answers[np.argmax(order)] for order, answers in scores])
    refuse = np.array([not e.case.gold for e in examples])
    print("threshold  refusal recall  false refusal")
    for threshold in (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5):
        print(
            f"{threshold:9.2f}  {np.mean(best[refuse] < threshold):14.3f}  {np.mean(best[~refuse] < threshold):13.3f}"
        )


if __name__ == "__main__":
    main()
