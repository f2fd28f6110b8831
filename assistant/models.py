"""The nouns of the product: frozen values that every stage takes and returns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Tier(StrEnum):
    """Authority of a policy, strongest first."""

    LAW = "law"
    REGULATION = "regulation"
    NORMATIVE = "normative"
    INTERPRETATION = "interpretation"
    NOTICE = "notice"
    LIST = "list"
    PAPER = "paper"
    NOTE = "note"


class Level(StrEnum):
    """What a provision is in the structure of its policy."""

    PREAMBLE = "preamble"  # what stands before the first numbered heading
    BOOK = "book"  # 第一编
    CHAPTER = "chapter"  # 第一章
    SECTION = "section"  # 第一节, or 1.2 in a paper
    ARTICLE = "article"  # 第一条
    PARAGRAPH = "paragraph"  # 款: unnumbered, counted by position
    ITEM = "item"  # （一） inside an article: 项
    SUBITEM = "subitem"  # 1. inside an item: 目
    PART = "part"  # 一、 or 第一部分 in opinions, notices and plans
    POINT = "point"  # （一） in those
    SUBPOINT = "subpoint"  # 1.
    DETAIL = "detail"  # （1） or ①
    ANNEX = "annex"  # 附件1
    HEADING = "heading"  # an unnumbered heading of a web page, a Word file or a paper
    TABLE = "table"
    ROW = "row"


class Kind(StrEnum):
    """What a provision does for its reader."""

    DEFINITION = "definition"
    CONDITION = "condition"
    BENEFIT = "benefit"
    PROCEDURE = "procedure"
    MATERIAL = "material"
    DEADLINE = "deadline"
    OBLIGATION = "obligation"
    SUPERVISION = "supervision"
    SANCTION = "sanction"
    AUTHORITY = "authority"
    TARGET = "target"
    PRINCIPLE = "principle"
    FINDING = "finding"  # what a research paper found; never a rule


class Wording(StrEnum):
    """Whose words a text is in."""

    ORIGINAL = "original"  # the official words, fetched or uploaded
    DIGEST = "digest"  # our own words, always labelled as such


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page: shares of its width and height, from the upper left of the page as it is displayed."""

    page: int  # 1-based
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float | None = None  # of what stands there, from 0 to 1, where it was read by text recognition


def least_confidence(boxes: Iterable[Box]) -> float | None:
    """Return the confidence of the least sure of some places; None where none was read by text recognition."""
    return min((box.confidence for box in boxes if box.confidence is not None), default=None)


@dataclass(frozen=True, slots=True)
class Line:
    """One line a reader found, in reading order."""

    text: str  # as printed
    page: int | None = None  # 1-based, for paged formats
    heading: int | None = None  # 1 is the title, 2 a chapter, …, where the format marks headings
    cells: tuple[str, ...] | None = None  # for a table row; `text` then reads the row on its own
    boxes: tuple[Box, ...] = ()  # one per printed line, or the row of the table, for paged formats

    @property
    def confidence(self) -> float | None:
        """How sure text recognition is of its least sure place; None for text that was not recognised."""
        return least_confidence(self.boxes)


@dataclass(frozen=True, slots=True)
class Source:
    """A document as read: its lines, what the format itself says of it, and what was lost on the way."""

    name: str  # as the user gave it
    lines: tuple[Line, ...]
    declared: Metadata
    findings: tuple[str, ...] = ()  # "pages 3-4 have no text", "header repeated on 12 pages removed"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a policy besides its text; None is unknown, never a guess."""

    title: str | None = None
    title_en: str | None = None
    doc_number: str | None = None  # 文号, 财税〔2019〕46号
    issuers: tuple[str, ...] = ()
    issued: dt.date | None = None
    effective: dt.date | None = None
    expires: dt.date | None = None  # last day in force
    repealed: dt.date | None = None  # first day no longer in force
    jurisdiction: str | None = None  # GB/T 2260 code, "CN" for the nation
    tier: Tier | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number a provision sets, with its unit and comparison."""

    name: str
    value: str  # as a decimal or ISO date in text, so that nothing is rounded
    unit: str
    op: str  # = >= <= > < ≈ range


@dataclass(frozen=True, slots=True)
class Relation:
    """How one policy stands to another."""

    kind: str  # implements | based_on | amends | repeals | superseded_by | interprets | related | original_of
    target: str  # policy id, or a title or 文号 outside the installation


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact about a policy comes from: the words that say it and the provision they stand in, or who set it."""

    field: str  # of Metadata, "status", or "relation:repeals" and the like
    value: str
    quote: str
    address: str  # that of the policy where no provision holds the words


@dataclass(frozen=True, slots=True)
class Provision:
    """One node of a policy's structure with its own text only: joined in order, provisions give back the document."""

    address: str  # "vocational-education-law-2022/art_27/para_1/item_3"
    level: Level
    locator: str  # 第二十七条第一款第（三）项, as a reader would write it
    text: str  # as printed, with its number; for a digest, our own words
    trail: tuple[str, ...] = ()  # headings above it, outermost first: ("第三章 职业教育的实施",)
    page: int | None = None
    text_en: str | None = None
    kinds: tuple[Kind, ...] = ()
    audiences: tuple[str, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    asks: tuple[str, ...] = ()  # lay questions it answers; indexed, and offered as what to ask next
    basis: str | None = None  # seen:… | law-text:… | memory; None for an original
    note: str | None = None  # what is uncertain
    effective: dt.date | None = None  # only where it differs from the policy's
    expires: dt.date | None = None
    boxes: tuple[Box, ...] = ()  # where its lines are printed, for paged formats

    @property
    def confidence(self) -> float | None:
        """How sure text recognition is of its least sure line; None for text that was not recognised."""
        return least_confidence(self.boxes)

    @property
    def parent(self) -> str:
        """The address one level up: an item's paragraph or article, an article's policy."""
        return self.address.rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class Policy:
    """One issued text at one version, with all its provisions in document order."""

    id: str
    source: str  # JSONL id, or file name as given at ingest
    wording: Wording
    metadata: Metadata
    provisions: tuple[Provision, ...]
    status: str | None = None  # in_force | expired | superseded | amended | unknown, where an editor judged it
    validity_note: str | None = None
    relations: tuple[Relation, ...] = ()
    findings: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()  # of what was found in its text or set by hand
    begun: tuple[dt.date, dt.date] | None = None  # it took effect within these days; where only month or year is known
    ending: tuple[dt.date, dt.date] | None = None  # its last day is one of these; where only month or year is known


class Role(StrEnum):
    """In which words a chunk stands for its clause."""

    TEXT = "text"  # its own: what is shown and quoted
    TRANSLATION = "translation"  # English words of a digest
    ASKS = "asks"  # lay questions it answers; never shown


@dataclass(frozen=True, slots=True)
class Chunk:
    """What is indexed and retrieved: one clause, or a part of a long one, with its surroundings as context."""

    ordinal: int  # position in its policy
    addresses: tuple[str, ...]  # provisions whose text it holds, in document order
    context: str  # title + chapter + locator: for the index only, never quoted
    text: str
    tokens: int  # of context and text together
    role: Role = Role.TEXT

    @property
    def indexed(self) -> str:
        """The text that is embedded."""
        return f"{self.context}\n{self.text}" if self.context else self.text


@dataclass(frozen=True, slots=True)
class Citation:
    """Where one statement of an answer comes from."""

    n: int  # 1-based number shown in the answer
    source: str
    policy_id: str
    title: str
    doc_number: str | None
    tier: Tier | None
    jurisdiction: str | None
    address: str
    locator: str
    quote: str  # copied from the provision, never written by a model
    wording: Wording
    page: int | None
    url: str | None
    in_force: bool | None  # on the day asked; None when the dates are unknown
    boxes: tuple[Box, ...] = ()  # where the provision is printed, for paged formats

    @property
    def confidence(self) -> float | None:
        """How sure text recognition is of the least sure line; None for text that was not recognised."""
        return least_confidence(self.boxes)


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence or list item of an answer, with the numbers of its citations."""

    text: str
    citations: tuple[int, ...]
    kind: Kind | None = None  # shown accordingly: a step of a procedure, a thing to tick off, a sanction, a finding
    remark: str = ""  # what to look for in it, in its own words: 办理：省级主管部门；时限：20个工作日
    translation: str = ""  # of Chinese words in an English answer, by a model and checked by nobody


@dataclass(frozen=True, slots=True)
class Cell:
    """What one side of a comparison says of one thing; empty, and without citations, where no clause was found."""

    text: str = ""
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One thing compared, with a cell for each side."""

    aspect: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A comparison: what is compared side by side in columns, in which respects in rows."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


class Status(StrEnum):
    """How an answer ended."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    NOT_FOUND = "not_found"
    OUT_OF_SCOPE = "out_of_scope"


class Refusal(StrEnum):
    """Why what was asked is not said; with `needs_facts` the conditions are told, the verdict is not."""

    NOT_FOUND = "not_found"
    OUT_OF_SCOPE = "out_of_scope"
    SMALL_TALK = "small_talk"  # a greeting, or a question what the assistant is for: told what can be asked
    NO_SUCH_CLAUSE = "no_such_clause"
    NO_SUCH_DOCUMENT = "no_such_document"
    NOT_IN_FORCE = "not_in_force"  # the rule there is does not hold on the day asked
    FOREIGN_LAW = "foreign_law"
    PLACE_NOT_HELD = "place_not_held"  # no rules of the place asked for are held, and the nation's do not say it
    NEEDS_FACTS = "needs_facts"


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """The place a question is asked for."""

    code: str  # GB/T 2260 code, "CN" for the nation
    name: str
    origin: str  # named | carried | given: in the question, in one before it, by the caller


@dataclass(frozen=True, slots=True)
class NamedDocument:
    """A document a question is asked of."""

    policy_id: str
    title: str
    origin: str  # named | carried


@dataclass(frozen=True, slots=True)
class Understood:
    """How a message was understood; each of place, day, documents and kinds can be left out when it is asked again."""

    questions: tuple[str, ...]  # standing alone
    language: str  # zh | en
    kinds: tuple[Kind, ...] = ()
    place: NamedPlace | None = None
    day: dt.date | None = None  # None: no day was asked for, and today is meant
    day_from: str | None = None  # named | carried | given
    documents: tuple[NamedDocument, ...] = ()
    audience: str | None = None  # enterprise | vocational_school | student | teacher, where the asker says so
    beside: tuple[NamedPlace, ...] = ()  # further places that the same is asked for
    without: tuple[str, ...] = ()  # of place, day, document, kind: what the asker has left out


@dataclass(frozen=True, slots=True)
class StatedFact:
    """One fact about the asker's company, taken from what was written in the conversation."""

    id: str
    label: str
    value: str  # as a reader writes it: 45人, 800,000元, 是
    year: int | None
    words: str  # those it was taken from


@dataclass(frozen=True, slots=True)
class SchemeVerdict:
    """Where the company stands with one scheme, in short."""

    scheme: str
    title: str
    outcome: str  # eligible | not_eligible | needs_facts
    told: str  # the outcome in words
    unmet: tuple[Statement, ...] = ()  # conditions that are not met, with their clauses
    open: tuple[Statement, ...] = ()  # conditions that nothing is known of
    amounts: tuple[str, ...] = ()
    next_fact: str | None = None  # id of the fact to ask for next
    next_question: str | None = None


@dataclass(frozen=True, slots=True)
class Eligibility:
    """What follows from the facts of a conversation; the authority decides."""

    as_of: dt.date  # the day checked for: today, unless another was asked for outright
    facts: tuple[StatedFact, ...]
    verdicts: tuple[SchemeVerdict, ...]
    unsure: tuple[str, ...] = ()  # words that speak of a fact without saying exactly how much
    remarks: tuple[str, ...] = ()
    text: str = ""  # all of it, as it stands in the answer


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply: statements, the citations they rest on, and what the reader must know besides."""

    question: str
    status: Status
    text: str
    language: str  # zh | en
    as_of: dt.date
    jurisdiction: str | None
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    notices: tuple[str, ...] = ()
    particulars: tuple[
        str, ...
    ] = ()  # what the records of the documents asked about say: in force, by whom, since when
    removed: int = 0  # statements that failed verification
    lead: Statement | None = None  # the short answer, where a sentence of the clauses below or their figures give one
    table: Table | None = None  # of a comparison
    refusal: Refusal | None = None
    related: tuple[Citation, ...] = ()  # clauses near the question that are no answer, numbered on after the citations
    missing: tuple[str, ...] = ()  # of a partial answer: what is said of the parts that have no basis
    latency_ms: float = field(default=0.0, compare=False)
    worded_by: str | None = None  # the language model that wrote the statements; None where clauses are quoted
    record: str | None = field(default=None, compare=False)  # under which its record is kept
    understood: Understood | None = None
    eligibility: Eligibility | None = None  # only where the asker's company is asked about, with facts
    suggestions: tuple[str, ...] = ()  # questions to ask next, which a clause held answers on the same day and place
