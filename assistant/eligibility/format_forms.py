"""The forms of a benefit as editors write them: each says its `form` and what it is made from."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from assistant.corpus.format import Entry, Identifier

FactName = Annotated[str, Field(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")]
FullAddress = Annotated[str, Field(pattern=r"^[a-z0-9-]+/\S+$")]  # policy id and the address inside it


class OfFactEntry(Entry):
    """The value of a fact."""

    form: Literal["fact"]
    fact: FactName


class OfParameterEntry(Entry):
    """The value of a parameter."""

    form: Literal["parameter"]
    parameter: Identifier


class ShareOfEntry(Entry):
    """A percentage of an amount."""

    form: Literal["share_of"]
    rate: Identifier
    base: FormEntry


class PerHeadEntry(Entry):
    """A rate times people, or times people and months."""

    form: Literal["per_head", "per_head_month", "per_head_year"]
    rate: Identifier
    heads: FactName
    times: FactName | None = None
    most_times: Identifier | None = None


class CappedByEntry(Entry):
    """The lower of an amount and its cap."""

    form: Literal["capped_by"]
    amount: FormEntry
    cap: FormEntry


class SumEntry(Entry):
    """Several amounts together."""

    form: Literal["sum"]
    parts: Annotated[tuple[FormEntry, ...], Field(min_length=1)]


class DeductFromEntry(Entry):
    """What is left of an amount after another."""

    form: Literal["deduct_from"]
    amount: FormEntry
    deduction: FormEntry


class ChosenEntry(Entry):
    """One of several amounts, by the answer to a choice."""

    form: Literal["chosen"]
    fact: FactName
    cases: dict[Identifier, FormEntry]


class WhenEntry(Entry):
    """An amount that is given only if a yes-or-no fact holds."""

    form: Literal["when"]
    fact: FactName
    amount: FormEntry


class CarryForwardEntry(Entry):
    """Year by year, with what is left carried on."""

    form: Literal["carry_forward"]
    base: FactName
    rate: Identifier | None = None
    limit: FactName
    limit_rate: Identifier | None = None
    years: Identifier | None = None
    withdrawn: FactName | None = None
    withdrawn_address: FullAddress | None = None
    opening: FactName | None = None
    columns: Literal["credit", "donation", "education"]
    address: FullAddress


FormEntry = Annotated[
    OfFactEntry
    | OfParameterEntry
    | ShareOfEntry
    | PerHeadEntry
    | CappedByEntry
    | SumEntry
    | DeductFromEntry
    | ChosenEntry
    | WhenEntry
    | CarryForwardEntry,
    Field(discriminator="form"),
]
