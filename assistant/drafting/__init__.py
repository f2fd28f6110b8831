"""Answers worded by a language model that can say nothing the clauses do not.

The model sees numbered clauses and may only point at their numbers. Every sentence it writes is compared with the
clauses it points at before anybody sees it; what does not hold is left out, and what lists it leaves out is added.
"""

from assistant.drafting.clauses import Clause, clauses_of
from assistant.drafting.compose import Verified, compose
from assistant.drafting.facts import Proposal, proposed
from assistant.drafting.rewrite import rewritten
from assistant.drafting.sides import Sides
from assistant.drafting.trace import Removed, Trace
from assistant.drafting.translate import Translation, translated

__all__ = [
    "Clause",
    "Proposal",
    "Removed",
    "Sides",
    "Trace",
    "Translation",
    "Verified",
    "clauses_of",
    "compose",
    "proposed",
    "rewritten",
    "translated",
]
