"""A comparison as a table: the sides in columns, what is compared in rows, every cell a quote with its citation."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answer.draft import Draft
from assistant.answer.figures import Figure, measured
from assistant.answer.passages import Passage, words_in
from assistant.answer.quoting import quotes, sentences, unmarked
from assistant.answer.verify import verify
from assistant.models import Cell, Citation, Provision, Row, Statement, Table
from assistant.prompts import Phrases
from assistant.structure.kinds import kinds_of
from assistant.text import bigrams, normalise, words
from assistant.text.normal import squeeze
from assistant.understand import Inquiry
from assistant.understand.evidence import coverage

MOST_ROWS = 5
ALIKE = 0.2  # share of common bigrams from which two sentences are taken to set the same thing
ONE_THING = 0.25  # likeness from which the figures of two sentences are set against each other
SHORTEST_ASPECT, LONGEST_ASPECT = 3, 10  # characters that two sentences must have in common to be called by them


@dataclass(frozen=True, slots=True)
class Compared:
    """One side of a comparison: what it is called, what is asked of it, and what answers."""

    name: str
    inquiry: Inquiry
    passages: Sequence[Passage]


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    passage: Passage
    provision: Provision
    quote: str  # of the provision, in which the text stands
    fit: float  # how well it answers what is asked


_GENERIC = frozenset({"要求", "规定", "条件", "标准", "requirement", "requirements", "rule", "rules"})
_MARK = re.compile(r"[\d\W]")
_TableRow = list[_Piece | None]


def table(sides: Sequence[Compared], phrases: Phrases, draft: Draft) -> Table:
    """Return the sides' sentences on what is asked, and below them those that set the same thing differently."""
    pieces = [_pieces(side, phrases) for side in sides]
    first = _on_the_question(pieces)
    rest = [[p for p in own if p is not told] for own, told in zip(pieces, first, strict=True)]
    rows = [first, *_alike(rest)][:MOST_ROWS]
    none = phrases.say("cell_none")
    return Table(
        tuple(side.name for side in sides),
        tuple(
            Row(
                _aspect([p.text for p in row if p], sides[0].inquiry, phrases, common_first=row is not first),
                tuple(Cell(p.text, (draft.cite(p.passage, p.provision, p.quote),)) if p else Cell(none) for p in row),
            )
            for row in rows
        ),
    )


def differences(compared: Table, phrases: Phrases) -> Statement | None:
    """Return the line that names the figures in which the sides differ, in the first row where they do."""
    for row in compared.rows:
        told = [
            (name, measured(cell.text), cell.citations)
            for name, cell in zip(compared.columns, row.cells, strict=True)
            if cell.citations
        ]
        differing = _differing([found for _, found, _ in told])
        if differing and _of_one_thing([cell.text for cell in row.cells if cell.citations]):
            sides = phrases.say("between").join(
                phrases.say("side_figures", side=name, figures=phrases.say("comma").join(_written(found, differing)))
                for name, found, _ in told
            )
            cited = tuple(dict.fromkeys(n for _, _, numbers in told for n in numbers))
            return Statement(phrases.say("figures_differ", sides=sides), cited)
    return None


def _of_one_thing(texts: Sequence[str]) -> bool:
    """Whether sentences are alike enough that their figures measure the same: 培育满1年 and 注册满3年 do not."""
    return all(_likeness(one, other) >= ONE_THING for one, other in itertools.combinations(texts, 2))


def _differing(told: Sequence[Sequence[Figure]]) -> list[str]:
    """The units in which each side gives one figure, and not the same: of several it is not known which to compare."""
    if len(told) < 2:
        return []
    single = [u for u in _units(told[0]) if all(len(_values(found, u)) == 1 for found in told)]
    return [u for u in single if len({_values(found, u) for found in told}) > 1]


def verified(
    compared: Table, citations: Sequence[Citation], provisions: Mapping[str, Provision], phrases: Phrases
) -> Table:
    """Return the table with nothing in it that does not hold: such a cell says that no clause was found."""
    said = [Statement(c.text, c.citations) for row in compared.rows for c in row.cells if c.citations]
    good = {(s.text, s.citations) for s in verify(said, citations, provisions)[0]}
    none = Cell(phrases.say("cell_none"))
    return Table(
        compared.columns,
        tuple(
            Row(row.aspect, tuple(c if (c.text, c.citations) in good else none for c in row.cells))
            for row in compared.rows
        ),
    )


def _pieces(side: Compared, phrases: Phrases) -> list[_Piece]:
    return [
        _Piece(text, passage, provision, quote, _fit(text, side.inquiry))
        for passage in side.passages
        for provision in passage.provisions
        for quote in quotes(words_in(phrases.language, provision), side.inquiry)
        for sentence in sentences(quote)
        if (text := unmarked(sentence)) and not text.endswith((":", "："))
    ]


def _fit(text: str, inquiry: Inquiry) -> float:
    """How much a sentence bears on the question: its subjects, a figure where one is asked for, its wording."""
    asked = set(bigrams(inquiry.text))
    wording = len(asked & set(bigrams(text))) / max(len(asked), 1)
    figure = 0.5 if measured(text) else 0.0
    kind = 0.2 if set(inquiry.kinds) & set(kinds_of(text)) else 0.0
    return coverage(inquiry.subjects, text) + wording + figure + kind


def _on_the_question(sides: Sequence[Sequence[_Piece]]) -> _TableRow:
    """For each side what bears most on the question; what fits best on one side chooses the others with it."""
    anchor = max((p for own in sides for p in own), key=lambda p: p.fit)
    return [
        anchor if any(p is anchor for p in own) else max(own, key=lambda p: p.fit + _nearness(p, anchor), default=None)
        for own in sides
    ]


def _nearness(piece: _Piece, anchor: _Piece) -> float:
    comparable = set(_units(measured(piece.text))) & set(_units(measured(anchor.text)))
    return _likeness(piece.text, anchor.text) + (0.3 if comparable else 0.0)


def _alike(sides: Sequence[Sequence[_Piece]]) -> list[_TableRow]:
    """Rows of sentences that set the same thing otherwise on two sides at least; figures that differ first."""
    order = max(range(len(sides)), key=lambda i: len(sides[i]))
    used: set[int] = set()
    rows: list[_TableRow] = []
    for piece in sides[order]:
        row: _TableRow = []
        for i, others in enumerate(sides):
            free = [o for o in others if id(o) not in used]
            nearest = piece if i == order else max(free, key=lambda o: _likeness(piece.text, o.text), default=None)
            row.append(nearest if nearest and (i == order or _likeness(piece.text, nearest.text) >= ALIKE) else None)
        told = [p for p in row if p]
        if len(told) > 1:
            used |= {id(p) for p in told}
            if len({squeeze(p.text) for p in told}) > 1:
                rows.append(row)
    return sorted(rows, key=lambda row: not any(p and measured(p.text) for p in row))


def _likeness(one: str, other: str) -> float:
    a, b = set(bigrams(one)), set(bigrams(other))
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def _aspect(texts: Sequence[str], inquiry: Inquiry, phrases: Phrases, *, common_first: bool) -> str:
    """What a row compares: what the question names and all cells speak of, or their words in common, else their kind."""
    haystacks = [normalise(text) for text in texts]
    shared = [
        s.word
        for s in inquiry.subjects
        if s.word not in _GENERIC and all(any(form in h for form in s.forms) for h in haystacks)
    ][:2]
    common = _common(texts) if len(texts) > 1 and phrases.language == "zh" else ""
    if common and len(common) <= LONGEST_ASPECT and (common_first or (shared and all(w in common for w in shared))):
        return common
    if shared and texts:
        return phrases.say("comma").join(shared)
    kind = next((k for text in texts for k in kinds_of(text)), None)
    return common or phrases.say(f"kind_{kind}" if kind else "kind_other")


def _common(texts: Sequence[str]) -> str:
    """The longest run of whole words that all texts have in common."""
    first, *others = texts
    places = [
        (match.start(), match.end()) for word in set(words(first)) for match in re.finditer(re.escape(word), first)
    ]
    runs = (first[start:end] for start, _ in places for _, end in places if start + SHORTEST_ASPECT <= end)
    found = [run for run in runs if all(run in other for other in others) and not _MARK.search(run)]
    return max(found, key=len, default="").strip("的个年月日和与")


def _units(found: Sequence[Figure]) -> list[str]:
    return list(dict.fromkeys(f.unit for f in found))


def _values(found: Sequence[Figure], unit: str) -> frozenset[str]:
    return frozenset(f.value for f in found if f.unit == unit)


def _written(found: Sequence[Figure], units: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(f.written for f in found if f.unit in units))
