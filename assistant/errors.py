"""The exceptions of this package: one tree, each message saying what, why and what to do."""


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


class FactError(AssistantError):
    """A fact about a company is unknown here, or its value is not one it can have."""


class SchemeNotFound(AssistantError):
    """There is no scheme of that name."""


class FetchError(AssistantError):
    """An official text could not be fetched, or what came is not that text; the others go on."""
