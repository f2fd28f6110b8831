"""The words with which schemes, facts and verdicts are told apart."""

from enum import StrEnum


class FactType(StrEnum):
    """What kind of value a fact holds."""

    NUMBER = "number"
    MONEY = "money"  # always in 元
    BOOLEAN = "boolean"
    DATE = "date"
    CHOICE = "choice"  # the id of the choice
    PLACE = "place"  # a GB/T 2260 code
    TEXT = "text"


class Truth(StrEnum):
    """Three-valued: what is not known is neither met nor failed."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Outcome(StrEnum):
    """How a check ended."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    NEEDS_FACTS = "needs_facts"


class Standing(StrEnum):
    """Whether a scheme can be used at all, in that place on that day."""

    IN_FORCE = "in_force"
    UNDATED = "undated"  # no source says from when or until when
    NOT_YET = "not_yet"
    ENDED = "ended"
    ELSEWHERE = "elsewhere"  # the company is in another place


class Provenance(StrEnum):
    """How a fact came to be known."""

    USER = "user"  # stated as a fact, or corrected by hand
    MESSAGE = "message"  # taken from a sentence the user wrote
    FILE = "file"


class Op(StrEnum):
    """How a fact is compared with its threshold."""

    EQUAL = "="
    AT_LEAST = ">="
    AT_MOST = "<="
    MORE = ">"
    LESS = "<"
    ONE_OF = "in"  # a choice among several
    WITHIN = "within"  # a place in a place, by its code


class GroupKind(StrEnum):
    """How the members of a group count together."""

    ALL = "all"
    ANY = "any"
    AT_LEAST = "at_least"
    NOT = "not"
