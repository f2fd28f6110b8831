"""From an inquiry to the clauses that bear on it, best first."""

from assistant.retrieve.candidates import Candidate, Hit
from assistant.retrieve.named import Named, Scope, resolve
from assistant.retrieve.search import idf, search

__all__ = ["Candidate", "Hit", "Named", "Scope", "idf", "resolve", "search"]
