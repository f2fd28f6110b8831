"""Whether a company qualifies, for how much, and what is still to be known.

A scheme is data (`corpus/schemes/`), a verdict is worked out from it alone: no model, no network.
`check(scheme: Scheme, facts: Iterable[Fact], place: str | None, as_of: date) -> Verdict`
"""
