"""Schemes as their editors write them: one YAML file each, checked when it is read, merged when it is a variant."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from assistant.corpus.format import Bilingual, DateText, Entry, Identifier, Place, Words
from assistant.eligibility.format_forms import FactName, FormEntry, FullAddress
from assistant.eligibility.model import FactType, GroupKind, Op


def _number(value: str) -> str:
    try:
        finite = Decimal(value).is_finite()
    except InvalidOperation:
        finite = False
    if not finite:
        raise ValueError(f"“{value}” is no number: write digits only, and the unit under `unit`")
    return value


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


NumberText = Annotated[str, AfterValidator(_number)]


class WordList(Entry):
    """What people say, in both languages."""

    zh: tuple[Words, ...] = ()
    en: tuple[Words, ...] = ()


class ChoiceEntry(Entry):
    """One answer of a fact that has a fixed set of them."""

    id: Identifier
    label: Bilingual
    words: WordList = WordList()


class FactEntry(Entry):
    """One thing to know about a company."""

    id: FactName
    label: Bilingual
    question: Bilingual
    type: FactType
    unit: Words | None = None
    proof: Bilingual | None = None
    words: WordList = WordList()
    choices: tuple[ChoiceEntry, ...] = ()
    yearly: bool = False
    least: NumberText | None = None
    most: NumberText | None = None
    sum_of: FactName | None = None
    over_years: int = 0

    @model_validator(mode="after")
    def _whole(self) -> FactEntry:
        if bool(self.choices) != (self.type is FactType.CHOICE):
            raise ValueError("choices do not fit the type: list `choices` for the type choice, and for no other")
        if (self.unit is not None) != (self.type in (FactType.NUMBER, FactType.MONEY)):
            raise ValueError("the unit does not fit the type: numbers and money need one, nothing else has one")
        if (self.sum_of is None) != (self.over_years == 0):
            raise ValueError("half a sum: write both `sum_of` and `over_years`, or neither")
        return self


class VocabularyEntry(Entry):
    """The file of facts."""

    facts: Annotated[tuple[FactEntry, ...], Field(min_length=1)]


class NodeEntry(Entry):
    """A comparison, or conditions that count together: whichever keys are there."""

    id: Identifier | None = None
    label: Bilingual | None = None
    address: FullAddress | None = None
    # a comparison
    fact: FactName | None = None
    op: Op = Op.EQUAL
    value: bool | NumberText | tuple[Words, ...] | Words = True
    unit: Words | None = None
    share_of: FactName | None = None
    effective: DateText | None = None
    expires: DateText | None = None
    # a group
    all: tuple[NodeEntry, ...] | None = None
    any: tuple[NodeEntry, ...] | None = None
    at_least: tuple[NodeEntry, ...] | None = None
    least: int = 1
    not_: NodeEntry | None = Field(default=None, alias="not")

    @model_validator(mode="after")
    def _one_kind(self) -> NodeEntry:
        kinds = [self.fact, self.all, self.any, self.at_least, self.not_]
        if sum(kind is not None for kind in kinds) != 1:
            raise ValueError("it is not one thing: write exactly one of `fact`, `all`, `any`, `at_least`, `not`")
        if self.fact and not self.address:
            raise ValueError(f"no provision asks for {self.fact}: add the `address` of the one that does")
        if not self.fact and not self.id:
            raise ValueError("a group has no name: add an `id`")
        return self

    @property
    def name(self) -> str:
        """Its id; for a comparison without one, that of its fact."""
        return self.id or (self.fact or "").replace("_", "-")

    @property
    def kind(self) -> GroupKind | None:
        """How its members count together; None for a comparison."""
        if self.fact:
            return None
        if self.not_:
            return GroupKind.NOT
        if self.at_least is not None:
            return GroupKind.AT_LEAST
        return GroupKind.ANY if self.any is not None else GroupKind.ALL

    @property
    def members(self) -> tuple[NodeEntry, ...]:
        """What counts together; nothing for a comparison."""
        return (self.not_,) if self.not_ else self.all or self.any or self.at_least or ()

    def with_members(self, members: tuple[NodeEntry, ...]) -> NodeEntry:
        """Return the same group with other members."""
        key = {GroupKind.NOT: "not_", GroupKind.ANY: "any", GroupKind.AT_LEAST: "at_least", GroupKind.ALL: "all"}
        kind = self.kind or GroupKind.ALL
        return self.model_copy(update={key[kind]: members[0] if kind is GroupKind.NOT else members})


class DatedEntry(Entry):
    """What a parameter is worth between two days; without a number it is unknown."""

    value: NumberText | None = None
    least: NumberText | None = None
    most: NumberText | None = None
    address: FullAddress | None = None
    effective: DateText | None = None
    expires: DateText | None = None
    note: Bilingual | None = None

    @model_validator(mode="after")
    def _bound(self) -> DatedEntry:
        numbers = [n for n in (self.value, self.least, self.most) if n is not None]
        if self.value and len(numbers) > 1:
            raise ValueError("it is both a value and a range: write `value`, or `least` and `most`")
        if numbers and not self.address:
            raise ValueError("no provision sets this number: add its `address`")
        if not numbers and not self.note:
            raise ValueError("an unknown value says nothing: add a `note` on who sets it")
        return self


class ParameterEntry(Entry):
    """A number that a provision sets and that changes over time."""

    id: Identifier
    label: Bilingual
    unit: Words
    values: Annotated[tuple[DatedEntry, ...], Field(min_length=1)]


class BenefitEntry(Entry):
    """What a scheme gives."""

    id: Identifier
    label: Bilingual
    recipient: Literal["enterprise", "student", "employee"] = "enterprise"
    unit: Words = "元"
    formula: FormEntry
    address: FullAddress | None = None


class LineEntry(Entry):
    """A step, a paper, a window or a remark."""

    id: Identifier
    text: Bilingual
    address: FullAddress | None = None
    opens: Annotated[str, Field(pattern=r"^(\d{4}|-)-\d{2}-\d{2}$")] | None = None  # --07-01: every year
    closes: Annotated[str, Field(pattern=r"^(\d{4}|-)-\d{2}-\d{2}$")] | None = None


class StackingEntry(Entry):
    """How a scheme stands to others."""

    id: Identifier
    rule: Literal["not_with", "higher_only", "once", "together"]
    text: Bilingual
    schemes: tuple[Identifier, ...] = ()
    address: FullAddress | None = None


class SectionsEntry(Entry):
    """What a scheme and a variant both hold; in a variant, the same id replaces and a new one adds."""

    exclusions: tuple[NodeEntry, ...] = ()
    parameters: tuple[ParameterEntry, ...] = ()
    benefits: tuple[BenefitEntry, ...] = ()
    stacking: tuple[StackingEntry, ...] = ()
    steps: tuple[LineEntry, ...] = ()
    materials: tuple[LineEntry, ...] = ()
    windows: tuple[LineEntry, ...] = ()
    remarks: tuple[LineEntry, ...] = ()
    office: LineEntry | None = None


class SchemeEntry(SectionsEntry):
    """One scheme file."""

    id: Identifier
    purpose: Literal["benefit", "status", "compliance"]
    title: Bilingual
    summary: Bilingual
    authority: Bilingual
    place: Place
    effective: DateText | None = None
    expires: DateText | None = None
    basis: Annotated[tuple[FullAddress, ...], BeforeValidator(_as_list), Field(min_length=1)]
    conditions: NodeEntry


class EditEntry(Entry):
    """What a variant changes in the tree of conditions it inherits."""

    add: dict[Identifier, tuple[NodeEntry, ...]] = Field(default_factory=dict)  # by the group they join
    replace: tuple[NodeEntry, ...] = ()  # by id


class VariantEntry(SectionsEntry):
    """A place's own version of a scheme: what it says itself, the rest is inherited."""

    id: Identifier
    extends: Identifier
    title: Bilingual
    place: Place
    summary: Bilingual | None = None
    authority: Bilingual | None = None
    effective: DateText | None = None
    expires: DateText | None = None
    basis: Annotated[tuple[FullAddress, ...], BeforeValidator(_as_list), Field(min_length=1)]
    conditions: EditEntry = EditEntry()
    remove: tuple[Identifier, ...] = ()  # ids of inherited conditions, steps, papers and the like
