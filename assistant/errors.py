"""The exceptions of this package: one tree, each message saying what, why and what to do."""

from enum import StrEnum


class AssistantError(Exception):
    """Base of every error this package raises on purpose."""


class ConfigError(AssistantError):
    """A setting is unknown, of the wrong type, or names a package that is not installed."""


class CorpusError(AssistantError):
    """A corpus file does not hold what its format asks for."""


class ReadError(AssistantError):
    """A document could not be read; the rest of the batch goes on."""


class NoTextFound(ReadError):
    """A document was opened and holds no text."""


class RecognitionUnavailable(ReadError):
    """Scans and images cannot be read here: text recognition is missing, broken or switched off."""


class UnsupportedFormat(ReadError):
    """No reader knows this kind of file."""


class InstallationError(AssistantError):
    """The installation's ledger or one of its derived indexes cannot be used."""


class InstallationBusy(InstallationError):
    """Another process is writing to this installation."""


class EngineError(AssistantError):
    """The embedding model cannot be loaded or run."""


class ChatError(AssistantError):
    """The language model cannot be reached, refused, or gave no answer in time; the clauses can be quoted without it."""


class QuestionError(AssistantError):
    """A question is empty or too long to be answered."""


class Fault(StrEnum):
    """What is wrong with the value of a fact, for those who tell it in words of their own."""

    NOT_YES_OR_NO = "not_yes_or_no"
    NOT_A_NUMBER = "not_a_number"
    OTHER_UNIT = "other_unit"
    NOT_A_DAY = "not_a_day"
    NOT_A_CHOICE = "not_a_choice"
    UNKNOWN_PLACE = "unknown_place"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"


class FactError(AssistantError):
    """A fact about a company is unknown here, or its value is not one it can have."""

    def __init__(self, message: str, fault: Fault | None = None) -> None:
        super().__init__(message)
        self.fault = fault  # None where it is not the value that is at fault


class SchemeNotFound(AssistantError):
    """There is no scheme of that name."""


class FetchError(AssistantError):
    """An official text could not be fetched, or what came is not that text; the others go on."""
