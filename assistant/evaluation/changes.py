"""What has changed since an earlier run, question by question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.evaluation import intervals
from assistant.evaluation.figure import Figure, Over
from assistant.evaluation.figures import FIGURES
from assistant.evaluation.intervals import Estimate
from assistant.evaluation.report import Values


@dataclass(frozen=True, slots=True)
class Change:
    """How one figure moved, over the questions that both runs have it for."""

    figure: Figure
    before: float
    after: float
    gain: Estimate  # mean of the differences, question by question

    @property
    def fell(self) -> bool:
        """Whether it became worse by more than chance explains: the whole interval of its gain is on the wrong side."""
        return self.gain.high < 0 if self.figure.more_is_better else self.gain.low > 0


@dataclass(frozen=True, slots=True)
class Changes:
    """Two runs beside each other."""

    figures: tuple[Change, ...]
    gained: tuple[str, ...]  # ids of questions that are now answered in full, and were not
    lost: tuple[str, ...]  # the other way round
    compared: int  # questions that both have

    @property
    def fallen(self) -> tuple[Change, ...]:
        """The figures that became worse by more than chance explains."""
        return tuple(change for change in self.figures if change.fell)


def changes(before: Mapping[str, Values], after: Mapping[str, Values]) -> Changes:
    """Return how the figures of two runs differ, over the questions they share; times are not compared."""
    both = [(id_, before[id_], after[id_]) for id_ in after if id_ in before]
    found = []
    for figure in FIGURES:
        key = figure.key
        pairs = [(old[key], new[key]) for _, old, new in both if key in old and key in new]
        gain = intervals.mean([new - old for old, new in pairs])
        if gain and figure.over in (Over.MEAN, Over.SUM):
            share = 1 if figure.over is Over.SUM else len(pairs)
            old_sum, new_sum = (sum(column) for column in zip(*pairs, strict=True))
            found.append(Change(figure, old_sum / share, new_sum / share, gain))
    marks = [(id_, old.get("complete"), new.get("complete")) for id_, old, new in both]
    return Changes(
        figures=tuple(found),
        gained=tuple(id_ for id_, old, new in marks if old == 0 and new == 1),
        lost=tuple(id_ for id_, old, new in marks if old == 1 and new == 0),
        compared=len(both),
    )
