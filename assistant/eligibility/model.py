"""The nouns of a check: schemes and facts as given, findings and amounts as found. Frozen values only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from assistant.eligibility.formulas import Formula
from assistant.eligibility.kinds import FactType as FactType
from assistant.eligibility.kinds import GroupKind as GroupKind
from assistant.eligibility.kinds import Op as Op
from assistant.eligibility.kinds import Outcome as Outcome
from assistant.eligibility.kinds import Provenance as Provenance
from assistant.eligibility.kinds import Standing as Standing
from assistant.eligibility.kinds import Truth as Truth
from assistant.eligibility.phrase import Phrase
from assistant.models import Wording

Value = Decimal | bool | dt.date | str


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a fact that has a fixed set of them."""

    id: str
    label: Phrase
    words_zh: tuple[str, ...] = ()
    words_en: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FactDefinition:
    """One thing to know about a company; the same id means the same in every scheme."""

    id: str
    label: Phrase
    question: Phrase
    type: FactType
    unit: str | None = None  # 元 for money; 人, 年, 个月, 人月, % … for numbers
    proof: Phrase | None = None  # how a company shows it
    words_zh: tuple[str, ...] = ()  # what people call it, for finding it in their sentences
    words_en: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    yearly: bool = False  # one value for each calendar year
    least: Decimal | None = None  # numbers below or above these are slips of the pen
    most: Decimal | None = None
    sum_of: str | None = None  # the yearly fact that this one adds up …
    over_years: int = 0  # … over so many whole years before the day asked for


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact as given. Money is in 元, percent as 12 for 12%; every other number in the unit of its definition."""

    id: str
    value: Value
    year: int | None = None  # for yearly facts; None then means the year of the day asked for
    provenance: Provenance = Provenance.USER
    words: str | None = None  # those it was taken from, unit included: 投了80万


@dataclass(frozen=True, slots=True)
class Clause:
    """The provision a condition or a number is bound to."""

    address: str
    policy_title: str
    doc_number: str | None
    locator: str
    quote: str  # its whole text, as the corpus or the original has it
    wording: Wording
    from_memory: bool  # nobody has checked it against the text
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Leaf:
    """One comparison: fact (or its share of another fact) against a threshold set by a provision."""

    id: str
    label: Phrase
    fact: str
    op: Op
    value: Value | tuple[str, ...]  # money in 元
    unit: str | None
    address: str
    share_of: str | None = None  # the other fact; the value is then a percentage of it
    effective: dt.date | None = None  # outside its dates a leaf is not asked
    expires: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions that count together."""

    id: str
    kind: GroupKind
    members: tuple[Node, ...]
    label: Phrase | None = None
    address: str | None = None
    least: int = 1  # of at_least


Node = Leaf | Group


@dataclass(frozen=True, slots=True)
class Dated:
    """What a parameter is worth between two days: one value, a range, or unknown when both ends are missing."""

    low: Decimal | None
    high: Decimal | None
    address: str | None
    effective: dt.date | None = None
    expires: dt.date | None = None
    note: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that a provision sets and that changes over time."""

    id: str
    label: Phrase
    unit: str  # 元, %, 元/人/月 …; money in 元
    values: tuple[Dated, ...]


@dataclass(frozen=True, slots=True)
class Benefit:
    """What a scheme gives, and how it is worked out."""

    id: str
    label: Phrase
    recipient: str  # enterprise | student | employee
    unit: str
    formula: Formula
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A step, a paper, a window or a remark, with the clause that asks for it where one is known."""

    id: str
    text: Phrase
    address: str | None = None
    opens: str | None = None  # of a window: 2025-07-01, or --07-01 for every year
    closes: str | None = None


@dataclass(frozen=True, slots=True)
class Stacking:
    """How a scheme stands to others: they exclude each other, the higher counts, or both may be had."""

    id: str
    rule: str  # not_with | higher_only | once | together
    text: Phrase
    schemes: tuple[str, ...] = ()
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Scheme:
    """One incentive or duty with everything that is needed to check it; variants are already merged in."""

    id: str
    family: str  # id of the national scheme it varies, or its own
    purpose: str  # benefit | status | compliance
    title: Phrase
    summary: Phrase
    authority: Phrase
    place: str  # GB/T 2260 code, or CN
    basis: tuple[str, ...]  # addresses of the provisions it rests on
    conditions: Group
    exclusions: tuple[Node, ...]  # one that is met ends it
    facts: Mapping[str, FactDefinition]  # every fact it uses, in the order in which they are asked
    clauses: Mapping[str, Clause]  # every provision it names
    effective: dt.date | None = None
    expires: dt.date | None = None  # last day
    confirmed: bool = True  # whether somebody confirmed that its first policy is in force
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    benefits: tuple[Benefit, ...] = ()
    stacking: tuple[Stacking, ...] = ()
    steps: tuple[Line, ...] = ()
    materials: tuple[Line, ...] = ()
    windows: tuple[Line, ...] = ()
    office: Line | None = None
    remarks: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found for one condition: the fact given, the threshold, the clause."""

    id: str
    label: Phrase
    truth: Truth
    fact: FactDefinition
    given: Fact | None
    op: Op
    threshold: Value | tuple[str, ...]
    unit: str | None
    clause: Clause
    excludes: bool = False  # a condition under exclusions: met is bad
    share_of: FactDefinition | None = None
    share_given: Fact | None = None
    measured: Decimal | None = None  # the share in percent, where one was worked out
    partial: bool = False  # what is given is only a part: 45 interns of one year out of three


@dataclass(frozen=True, slots=True)
class GroupFinding:
    """What was found for conditions that count together."""

    id: str
    kind: GroupKind
    truth: Truth
    members: tuple[Finding | GroupFinding, ...]
    label: Phrase | None = None
    clause: Clause | None = None
    least: int = 1

    @property
    def leaves(self) -> tuple[Finding, ...]:
        """Every comparison below, in order."""
        found: list[Finding] = []
        for member in self.members:
            found.extend(member.leaves if isinstance(member, GroupFinding) else (member,))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class AmountLine:
    """One line of a trace that a tax officer can follow: what, how much, for when, by which clause, and the result."""

    label: Phrase
    formula: str  # 800000 × 30%
    low: Decimal | None  # result; None when unknown
    high: Decimal | None
    unit: str
    period: str | None = None  # 2024, or 2019-01-01 ~
    clause: Clause | None = None
    fact: Fact | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table over years, named as on the tax form."""

    id: str
    label: Phrase


@dataclass(frozen=True, slots=True)
class YearRow:
    """One year of such a table; None where a figure is not known."""

    year: int
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class YearTable:
    """How an amount runs over years."""

    columns: tuple[Column, ...]
    rows: tuple[YearRow, ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """What a benefit comes to. Low and high are the same where nothing is left open, None where nothing can be said."""

    id: str
    label: Phrase
    recipient: str
    unit: str
    low: Decimal | None
    high: Decimal | None
    trace: tuple[AmountLine, ...]
    missing: tuple[FactDefinition, ...] = ()  # facts that would make it known
    table: YearTable | None = None
    notices: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where a company stands with one scheme, in a place on a day. The authority decides; this is what the text says."""

    scheme: Scheme
    place: str | None
    as_of: dt.date
    outcome: Outcome
    standing: Standing
    conditions: GroupFinding
    exclusions: GroupFinding | None
    would_change: tuple[Finding, ...]  # the shortest list of conditions that, met (or not excluding), would change it
    missing: tuple[FactDefinition, ...]  # facts that can still decide, the most useful first
    amounts: tuple[Amount, ...]
    notices: tuple[Phrase, ...]
    facts: tuple[Fact, ...]  # those that were used

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every comparison, conditions first."""
        return self.conditions.leaves + (self.exclusions.leaves if self.exclusions else ())

    @property
    def next_fact(self) -> FactDefinition | None:
        """The one to ask for next; None when the verdict is decided."""
        return self.missing[0] if self.missing and self.outcome is Outcome.NEEDS_FACTS else None
