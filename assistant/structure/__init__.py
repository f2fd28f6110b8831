"""Structure: a source as read becomes addressed provisions with what the text says of itself."""

from assistant.structure.clauses import lead_in, quantifier
from assistant.structure.parsing import Parsed, parse
from assistant.structure.phrases import heads_bibliography, is_reference

VERSION = 4  # raise it when the same text comes to give other provisions or facts: documents are then read anew

__all__ = ["VERSION", "Parsed", "heads_bibliography", "is_reference", "lead_in", "parse", "quantifier"]
