"""The starter corpus as its editors write it: one YAML file per policy or paper, checked when it is read."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from assistant.models import Kind, Tier

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_STEP = (
    r"(?:(?:book|ch|sec|art|para|item|sub|part|point|subpoint|detail|annex|head|table|row|finding)"
    r"_(?:\d+(?:_\d+)?|[a-z][a-z0-9]*(?:-[a-z0-9]+)*)|preamble)"
)
_ADDRESS = re.compile(rf"{_STEP}(?:/{_STEP})*|practice/[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_PLACEHOLDER_HOST = r"(?:www\.)?(?:example|test|domain|website|your[a-z-]*|x{2,})\.|localhost"
_URL = re.compile(rf"https?://(?!{_PLACEHOLDER_HOST})[^\s/…]+\.[^\s/….]{{2,}}(?::\d+)?(?:/[^\s…]*)?")
_BASIS = re.compile(rf"seen:(?!https?:|www\.)\S.*|seen:{_URL.pattern}|law-text:\S.*|memory")
_DOI = re.compile(r"10\.\d{4,9}/\S+")

Audience = Literal["enterprise", "vocational_school", "university", "student", "teacher", "government", "association"]
Status = Literal["in_force", "expired", "superseded", "amended", "unknown"]
RelationKind = Literal["implements", "based_on", "amends", "repeals", "superseded_by", "interprets", "related"]
Operator = Literal["=", ">=", "<=", ">", "<", "≈", "range"]


def _real_date(value: str) -> str:
    if not _DATE.fullmatch(value):
        raise ValueError(f"“{value}” is no date: write 2019-04-03, or 2019-04 or 2019 where the day is not known")
    if len(value) == 10:
        dt.date.fromisoformat(value)
    return value


def _matching(pattern: re.Pattern[str], advice: str) -> AfterValidator:
    def check(value: str) -> str:
        if not pattern.fullmatch(value):
            raise ValueError(f"“{value}” {advice}")
        return value

    return AfterValidator(check)


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
DateText = Annotated[str, AfterValidator(_real_date)]
Url = Annotated[str, _matching(_URL, "is no web address: write it whole, from https:// on")]
Doi = Annotated[str, _matching(_DOI, "is no DOI: write it as 10.1234/abc, without https://doi.org/")]
Basis = Annotated[str, _matching(_BASIS, "is no basis: write seen:<address>, law-text:<file> or memory")]
Address = Annotated[
    str,
    _matching(
        _ADDRESS, "is no clause address: write art_5/item_1, part_3/point_2, point_subsidy-rate or practice/name"
    ),
]
Place = Annotated[str, _matching(re.compile(r"CN|\d{6}"), "is no place: write CN or the six-digit code of GB/T 2260")]
Identifier = Annotated[
    str,
    _matching(re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"), "is no id: small Latin letters, digits and single hyphens only"),
]


class Entry(BaseModel):
    """Base of everything in a file: unknown keys are refused, so that a slip of the pen is seen at once."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(Entry):
    """The same words in both languages."""

    zh: Words
    en: Words


class SourceEntry(Entry):
    """A page on which the policy can be read."""

    url: Url
    official: bool


class RelationEntry(Entry):
    """How this policy stands to another: one of the corpus by its id, or one outside by its title."""

    kind: RelationKind
    target: Identifier | None = None
    external: Words | None = None

    @model_validator(mode="after")
    def _one_end(self) -> RelationEntry:
        if (self.target is None) == (self.external is None):
            raise ValueError(
                "it points nowhere or to two places: write `target` with the id of a policy, or `external` with a title"
            )
        return self


class QuantityEntry(Entry):
    """A number the provision sets; `value` is [low, high] for the operator range."""

    name: Words
    value: Words | tuple[Words, Words]
    unit: Words
    op: Operator

    @model_validator(mode="after")
    def _two_ends(self) -> QuantityEntry:
        if isinstance(self.value, tuple) != (self.op == "range"):
            raise ValueError(
                "the values do not fit the operator: write [low, high] with the op range, one value with every other"
            )
        return self

    @property
    def values(self) -> tuple[str, ...]:
        """Both ends of a range, or the one value."""
        return self.value if isinstance(self.value, tuple) else (self.value,)


class Asks(Entry):
    """Questions in the words of a company or a college that the provision answers."""

    zh: tuple[Words, ...] = ()
    en: tuple[Words, ...] = ()


class ProvisionEntry(Entry):
    """One clause in our own words."""

    address: Address
    locator: Words
    trail: Annotated[tuple[Words, ...], BeforeValidator(_as_list)] = ()
    kind: Annotated[tuple[Kind, ...], BeforeValidator(_as_list), Field(min_length=1)]
    audience: Annotated[tuple[Audience, ...], BeforeValidator(_as_list), Field(min_length=1)]
    text: Bilingual
    quantities: tuple[QuantityEntry, ...] = ()
    basis: Basis
    note: Words | None = None
    asks: Asks = Asks()
    effective: DateText | None = None
    expires: DateText | None = None


class PolicyEntry(Entry):
    """One policy file."""

    id: Identifier
    title: Bilingual
    doc_number: Words | None = None
    tier: Tier
    jurisdiction: Place
    issuers: tuple[Words, ...]
    issued: DateText | None = None
    effective: DateText | None = None
    expires: DateText | None = None
    repealed: DateText | None = None
    status: Status
    validity_note: Words
    relations: tuple[RelationEntry, ...] = ()
    sources: tuple[SourceEntry, ...] = ()
    basis: dict[Literal["title", "doc_number", "issued", "effective", "expires", "repealed"], Basis] = {}
    provisions: Annotated[tuple[ProvisionEntry, ...], Field(min_length=1)]


class PaperEntry(Entry):
    """One research paper: what it asked, how, and what it found. A finding is never a rule."""

    id: Identifier
    title: Bilingual
    tier: Literal[Tier.PAPER]
    authors: tuple[Words, ...]
    venue: Words
    year: int | None = None
    doi: Doi | None = None
    sources: tuple[SourceEntry, ...] = ()
    topics: tuple[Words, ...]
    question: Bilingual
    method: Bilingual
    note: Words | None = None
    provisions: Annotated[tuple[ProvisionEntry, ...], Field(min_length=1)]


class TermEntry(Entry):
    """One line of the glossary."""

    zh: Words
    en: Words
    synonyms: Asks = Asks()


class GlossaryEntry(Entry):
    """The glossary file."""

    terms: tuple[TermEntry, ...]
