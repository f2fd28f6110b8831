"""Whether a company qualifies, for how much, and what is still to be known.

A scheme is data (`corpus/schemes/`), a verdict is worked out from it alone: no model, no network.
"""

from assistant.eligibility.evaluate import check
from assistant.eligibility.facts import read_fact, read_mapping, read_pair
from assistant.eligibility.load import Catalogue, load

__all__ = ["Catalogue", "check", "load", "read_fact", "read_mapping", "read_pair"]
