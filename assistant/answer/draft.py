"""What is to be said, as it is being collected: nothing of it is shown before it is verified."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from assistant.answer.passages import Passage
from assistant.models import Cell, Citation, Provision, Statement, Table


@dataclass(frozen=True, slots=True)
class Line:
    """One line below a heading: a statement with its citation, or a remark on the statements after it."""

    indent: str
    text: str
    statement: Statement | None = None

    @property
    def written(self) -> str:
        """The line as a reader sees it."""
        return f"{self.indent}{self.text}{marked(self.statement.citations) if self.statement else ''}"


@dataclass(slots=True)
class Section:
    """What one clause contributes."""

    heading: str
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Draft:
    """Sections and citations in the order in which they were added."""

    sections: list[Section] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    _numbers: dict[tuple[str, str], int] = field(default_factory=dict)

    @property
    def statements(self) -> list[Statement]:
        """All statements in order."""
        return [line.statement for section in self.sections for line in section.lines if line.statement]

    def cite(self, passage: Passage, provision: Provision, quote: str) -> int:
        """Return the number of the citation for this quote, a new one only when it was not cited before."""
        key = (provision.address, quote)
        if key not in self._numbers:
            self._numbers[key] = len(self.citations) + 1
            self.citations.append(citation(self._numbers[key], passage, provision, quote))
        return self._numbers[key]


def citation(n: int, passage: Passage, provision: Provision, quote: str) -> Citation:
    """Return the citation of a quote from a provision of a passage."""
    metadata = passage.policy.metadata
    return Citation(
        n=n,
        source=passage.policy.source,
        policy_id=passage.policy.id,
        title=metadata.title or passage.policy.source,
        doc_number=metadata.doc_number,
        tier=metadata.tier,
        jurisdiction=metadata.jurisdiction,
        address=provision.address,
        locator=provision.locator,
        quote=quote,
        wording=passage.policy.wording,
        page=provision.page,
        url=metadata.url,
        in_force=passage.in_force,
        boxes=provision.boxes,
    )


def render(draft: Draft, kept: Collection[Statement]) -> str:
    """Return the draft as text with the statements that were kept: no heading and no remark stands without one."""
    return "\n\n".join(
        "\n".join((section.heading, *lines)) for section in draft.sections if (lines := _shown(section, kept))
    )


def marked(citations: Sequence[int]) -> str:
    """Return the numbers behind a statement."""
    return "".join(f" [{n}]" for n in citations)


def markdown(table: Table) -> str:
    """Return a comparison as a Markdown table."""
    lines = [
        _row(["", *table.columns]),
        _row(["---"] * (len(table.columns) + 1)),
        *(_row([row.aspect, *map(_written, row.cells)]) for row in table.rows),
    ]
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(" ".join(cell.replace("|", "｜").split()) for cell in cells) + " |"


def _written(cell: Cell) -> str:
    return f"{cell.text}{marked(cell.citations)}"


def _shown(section: Section, kept: Collection[Statement]) -> list[str]:
    shown: list[str] = []
    remarks: list[str] = []
    for line in section.lines:
        if line.statement is None:
            remarks.append(line.written)
        elif line.statement in kept:
            shown += [*remarks, line.written]
            remarks.clear()
    return shown
