"""The last look before a statement is shown: its quote is in the clause, and its figures, days and 文号 are in its quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from assistant.answer.figures import figures, supported
from assistant.models import Citation, Provision, Statement
from assistant.text.normal import normalise, squeeze

# A mark before an item, such as "1.", is no claim; of normalised text, where 、 is a comma; 3.5% is no mark.
_LIST_MARK = re.compile(r"^(?:\(?\d{1,2}\)|\d{1,2}[.,](?!\d))")


def verify(
    statements: Sequence[Statement], citations: Sequence[Citation], provisions: Mapping[str, Provision]
) -> tuple[tuple[Statement, ...], int]:
    """Return the statements that hold, and how many were removed because a quote or a figure did not.

    `provisions` gives the cited provisions by address.
    """
    good = {c.n for c in citations if _quoted(c, provisions.get(c.address))}
    quotes = {c.n: c.quote for c in citations}
    kept = tuple(
        s
        for s in statements
        if s.citations and good.issuperset(s.citations) and _figures_agree(s.text, (quotes[n] for n in s.citations))
    )
    return kept, len(statements) - len(kept)


def _quoted(citation: Citation, provision: Provision | None) -> bool:
    if provision is None:
        return False
    quote = squeeze(citation.quote)
    return bool(quote) and any(quote in squeeze(text) for text in (provision.text, provision.text_en) if text)


def _figures_agree(statement: str, quotes: Iterable[str]) -> bool:
    stated = figures(_LIST_MARK.sub("", normalise(statement)))
    return supported(stated, figures("\n".join(quotes)))
