"""Clauses as a draft is held against them, from their words alone."""

from __future__ import annotations

from assistant.drafting import Clause
from assistant.models import Citation, Level, Metadata, Policy, Provision, Tier, Wording


def clause(text: str, n: int = 1, lead: str | None = None, locator: str = "") -> Clause:
    """Return a clause with nothing around it: neither a title nor a place, nor a locator where none is given."""
    provision = Provision(f"text/art_{n}", Level.ARTICLE, locator, text)
    policy = Policy("text", "text.md", Wording.ORIGINAL, Metadata(tier=Tier.NORMATIVE), (provision,))
    citation = Citation(
        n, "text.md", "text", "", None, Tier.NORMATIVE, None, provision.address, locator, text, Wording.ORIGINAL,
        None, None, True,
    )  # fmt: skip
    return Clause(f"C{n}", provision, policy, citation, lead)
