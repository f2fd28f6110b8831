"""References: where a text names a clause or a document, and which address that is.

Used for clauses that point at other clauses and for questions that name what they ask about. `find` needs nothing but
the text; `resolve` asks a `Lookup` what there is, and leaves unresolved what could be read in two ways; `links` does
both for the clauses of a policy.
"""

from assistant.references.finding import Reference, find
from assistant.references.linking import Link, links, referred, short_names
from assistant.references.register import Register, names
from assistant.references.resolving import Lookup, documents, resolve

__all__ = [
    "Link", "Lookup", "Reference", "Register", "documents", "find", "links", "names", "referred", "resolve", "short_names",
]  # fmt: skip
