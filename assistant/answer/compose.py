"""An answer without a language model: the clauses themselves, arranged, each statement with its citation."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from assistant.answer.passages import Group, Passage, body, groups
from assistant.models import Citation, Provision, Statement, Tier, Wording
from assistant.prompts import Phrases
from assistant.structure import quantifier
from assistant.text import language
from assistant.understand import Inquiry
from assistant.understand.evidence import coverage

SHORT_CLAUSE = 320  # characters; a clause up to this length is shown whole
KEEP_SHARE = (
    0.5  # of the best paragraph's agreement with the question, below which a long clause's paragraph is left out
)
LONG_PARAGRAPH = 260  # characters, above which only the sentences that bear on the question are quoted


@dataclass(frozen=True, slots=True)
class Line:
    """One line below a heading: a statement with its citation, or a remark on the statements after it."""

    indent: str
    text: str
    statement: Statement | None = None

    @property
    def written(self) -> str:
        """The line as a reader sees it."""
        numbers = "".join(f" [{n}]" for n in self.statement.citations) if self.statement else ""
        return f"{self.indent}{self.text}{numbers}"


@dataclass(slots=True)
class Section:
    """What one clause contributes."""

    heading: str
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Draft:
    """Sections and citations as they are being collected; nothing of it is shown before it is verified."""

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
            metadata = passage.policy.metadata
            self.citations.append(
                Citation(
                    n=self._numbers[key],
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
            )
        return self._numbers[key]


def compose(
    inquiry: Inquiry, passages: Sequence[Passage], phrases: Phrases, draft: Draft, side: str | None = None
) -> None:
    """Add what the passages say to the draft, clause by clause, lists whole and in the clause's order.

    `side` is what a comparison calls the thing that these passages speak of.
    """
    for passage in passages:
        heading = _heading(passage, phrases)
        section = Section(phrases.say("side_head", side=side, heading=heading) if side else heading)
        for group in _bearing(passage, inquiry):
            _add_group(group, passage, inquiry, phrases, draft, section)
        draft.sections.append(section)


def render(draft: Draft, kept: Collection[Statement]) -> str:
    """Return the draft as text with the statements that were kept: no heading and no remark stands without one."""
    return "\n\n".join(
        "\n".join((section.heading, *lines)) for section in draft.sections if (lines := _shown(section, kept))
    )


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


def _heading(passage: Passage, phrases: Phrases) -> str:
    metadata, first = passage.policy.metadata, passage.provisions[0]
    title = (metadata.title_en if phrases.language == "en" else None) or metadata.title or passage.policy.source
    return phrases.say(
        "source_head",
        title=f"《{title}》" if phrases.language == "zh" else title,
        number=phrases.say("doc_number", number=metadata.doc_number) if metadata.doc_number else "",
        locator=first.locator,
        marks=_marks(passage, phrases),
    )


def _bearing(passage: Passage, inquiry: Inquiry) -> list[Group]:
    """The paragraphs of a clause that bear on the question; all of them where the clause is short."""
    shown = [g for g in groups(passage) if body(g.lead) or g.items]
    if sum(len(g.text) for g in shown) <= SHORT_CLAUSE or len(shown) == 1:
        return shown
    agreement = [coverage(inquiry.subjects, g.text) for g in shown]
    best = max(agreement)
    return [
        g
        for g, share in zip(shown, agreement, strict=True)
        if share >= KEEP_SHARE * best and (best > 0 or g.lead.address in passage.matched)
    ] or shown


def _add_group(
    group: Group, passage: Passage, inquiry: Inquiry, phrases: Phrases, draft: Draft, section: Section
) -> None:
    if body(group.lead):
        _add(group.lead, passage, inquiry, phrases, draft, section, indent="- ")
    rule = quantifier(group.lead.text) if group.items else None
    if rule in ("all", "any") and language(group.lead.text) != phrases.language:
        section.lines.append(Line("  ", phrases.say("all_of" if rule == "all" else "any_of")))
    for item in group.items:
        depth = item.address.count("/") - group.lead.address.count("/")
        _add(item, passage, inquiry, phrases, draft, section, indent="  " * depth + "- ")


def _add(
    provision: Provision,
    passage: Passage,
    inquiry: Inquiry,
    phrases: Phrases,
    draft: Draft,
    section: Section,
    *,
    indent: str,
) -> None:
    english = phrases.language == "en" and provision.text_en
    text = provision.text_en if english and provision.text_en else body(provision)
    for quote in _quotes(text, inquiry):
        statement = Statement(quote, (draft.cite(passage, provision, quote),))
        unchecked = phrases.say("memory_mark") if provision.basis == "memory" else ""
        section.lines.append(Line(indent, f"{quote}{unchecked}", statement))


def _marks(passage: Passage, phrases: Phrases) -> str:
    """Return what the reader must know of the text itself, told beside its name."""
    if passage.policy.metadata.tier is Tier.PAPER:
        return phrases.say("research_mark")
    if passage.policy.wording is Wording.DIGEST:
        return phrases.say("digest_mark")
    return phrases.say("chinese_original") if phrases.language == "en" else ""


def _quotes(text: str, inquiry: Inquiry) -> Iterable[str]:
    """Return the text whole, or of a long paragraph the run of sentences that bears most on the question."""
    if len(text) <= LONG_PARAGRAPH:
        return (text,)
    sentences = _sentences(text)
    agreement = [coverage(inquiry.subjects, s) for s in sentences]
    best = max(agreement)
    if best == 0:
        return (text,)
    chosen = [i for i, share in enumerate(agreement) if share >= KEEP_SHARE * best]
    return ("".join(sentences[chosen[0] : chosen[-1] + 1]).strip(),)


def _sentences(text: str) -> list[str]:
    pieces: list[str] = []
    start = 0
    for i, mark in enumerate(text):
        ends = mark in "。！？；" or (mark in ".!?" and text[i + 1 : i + 2].isspace())
        if ends and i + 1 > start:
            pieces.append(text[start : i + 1])
            start = i + 1
    return [*pieces, text[start:]] if text[start:].strip() else pieces
