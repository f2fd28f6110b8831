"""From an inquiry to the clauses that bear on it, best first."""

from assistant.retrieve.candidates import Candidate, Hit
from assistant.retrieve.first import encoded, first_stage
from assistant.retrieve.named import Named, Scope, day_before, resolve
from assistant.retrieve.search import idf, search
from assistant.retrieve.sides import Side, nation_beside, sides

__all__ = [
    "Candidate",
    "Hit",
    "Named",
    "Scope",
    "Side",
    "day_before",
    "encoded",
    "first_stage",
    "idf",
    "nation_beside",
    "resolve",
    "search",
    "sides",
]
