"""Numbering: which of the markers that look like headings stand, judged from the whole sequence.

The rule for 编 章 节 条 and their English counterparts. A candidate is a marker at the beginning of a line that is not
followed by the words of a mention (`markers.read`). Of all candidates the chain with the highest score stands:

- every member counts, one that is printed as the document prints its headings (第五条 with a space after it, or
  without, whichever this document does) more than one that is not;
- a step to the very next number counts again; a gap (an excerpt, a missing article) costs a little, a restart at 1
  (a new part, a second text in the same file) a little, a step back or a repeated number more;
- a marker whose previous line breaks off in mid-sentence may only continue the numbering (依照本法⏎第九条…), or begin
  it again where 2 follows (the title of a second text is no sentence either).

So a real heading survives a gap, an excerpt may begin at 第五条, and a mention that jumps out of the sequence loses
against the headings that run on without it. What loses stays in the text of the clause it stands in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.models import Level
from assistant.structure.blocks import is_complete
from assistant.structure.markers import ARABIC, PLAIN
from assistant.structure.phrases import heads_bibliography
from assistant.structure.rows import Row

_LOOK_BACK = 40  # predecessors considered for each candidate: mentions and quoted articles come in small groups


@dataclass(frozen=True, slots=True)
class Candidate:
    """A marker that may be a heading: its number, and how the line it stands in looks."""

    numbers: tuple[int, ...]
    spaced: bool  # white space after the number
    clean: bool  # the line before it is complete, or there is none


def _follows(before: tuple[int, ...], after: tuple[int, ...]) -> bool:
    """Tell whether one number is the very next: 12 → 13, 12 → 12-1, 12-1 → 12-2, 12-1 → 13."""
    if len(after) == 1:
        return after[0] == before[0] + 1
    return before[0] == after[0] and after[1] == (before[1] + 1 if len(before) > 1 else 1)


def _step(before: Candidate, after: Candidate, habitual: bool) -> int | None:
    """Return what the step from one heading to another is worth; None where it cannot be."""
    if _follows(before.numbers, after.numbers):
        return 4
    if not after.clean:
        return -4 if after.numbers == (1,) else None
    if after.numbers > before.numbers:
        return -min(1 + (after.numbers[0] - before.numbers[0]) // 2, 3)
    if after.numbers == (1,):
        return -2
    return -3 if habitual else None


def standing(candidates: Sequence[Candidate]) -> set[int]:
    """Return the positions of the candidates that are headings."""
    if not candidates:
        return set()
    unbroken = all(_follows(a.numbers, b.numbers) for a, b in pairwise(candidates))
    first = candidates[0]
    alone = len(candidates) == 1
    if unbroken and (not alone or (first.clean and (first.spaced or first.numbers == (1,)))):
        return set(range(len(candidates)))
    if alone:  # 第十二条另有约定的… in a notice without articles, or one that a line break put at a line start
        return set()
    spaced = sum(c.spaced for c in candidates if c.clean) * 2 >= sum(c.clean for c in candidates)
    habitual = [c.clean and c.spaced >= spaced for c in candidates]
    worth = [4 if h else 2 if c.clean else 0 for c, h in zip(candidates, habitual, strict=True)]
    best = list(worth)
    came_from: list[int | None] = [None] * len(candidates)
    for i, candidate in enumerate(candidates):
        for j in range(max(0, i - _LOOK_BACK), i):
            step = _step(candidates[j], candidate, habitual[i])
            if step is not None and best[j] + step + worth[i] > best[i]:
                best[i], came_from[i] = best[j] + step + worth[i], j
    end: int | None = max(range(len(candidates)), key=lambda i: best[i])
    if best[end or 0] <= 0:
        return set()
    chain: set[int] = set()
    while end is not None:
        chain.add(end)
        end = came_from[end]
    return chain


_PAPER = frozenset({"plain", "roman"})


def _is_title(text: str) -> bool:
    return len(text) <= 60 and not is_complete(text)


def settle(rows: Sequence[Row]) -> list[Row]:
    """Return the rows with the markers of 编 章 节 条 and of papers' sections taken off where they are mentions."""
    done = list(rows)
    starts = [i for i, row in enumerate(rows) if _is_annex(row)]
    for start, end in zip([0, *starts], [*starts, len(rows)], strict=True):
        series: dict[str, list[int]] = {}
        works = False  # in a list of references, whose numbers are no sections
        for i in range(start, end):
            marker = rows[i].marker
            works = (works and not rows[i].heading) or heads_bibliography(rows[i - 1].text if i else "")
            if marker is None:
                continue
            if marker.is_heading or marker.is_article:
                series.setdefault(marker.shape.name, []).append(i)
            elif marker.shape.name in _PAPER:
                done[i] = replace(rows[i], marker=None)
                if rows[i].heading or (_is_title(rows[i].text) and not works):
                    series.setdefault(marker.shape.name, []).append(i)
        for name, places in series.items():
            stand = {places[n] for n in standing([_candidate(rows, i) for i in places])}
            if name in _PAPER and len(stand) < 2:  # "1 引言" is a heading only with a "2 …" after it
                stand = {i for i in places if rows[i].heading}
            listed = name == PLAIN.name and all(b - a == 1 for a, b in pairwise(sorted(stand)))
            for i in places:
                marker = rows[i].marker
                if marker and listed:  # nothing stands between them: a list of names, not headings
                    marker = replace(marker, shape=ARABIC)
                done[i] = replace(rows[i], marker=marker if i in stand else None)
    return done


def _is_annex(row: Row | None) -> bool:
    return row is not None and row.marker is not None and row.marker.shape.level is Level.ANNEX


def _candidate(rows: Sequence[Row], i: int) -> Candidate:
    row, before = rows[i], rows[i - 1] if i else None
    marker = row.marker
    assert marker is not None  # noqa: S101  the caller picked rows with markers
    clean = (
        before is None
        or row.heading is not None
        or before.heading is not None
        or before.cells is not None
        or is_complete(before.text)
        or (before.marker is not None and before.marker.is_heading)
        or _is_annex(rows[i - 2] if i > 1 else None)  # 附件2, its title, its first article
    )
    return Candidate(marker.numbers, marker.spaced or row.heading is not None, clean)
