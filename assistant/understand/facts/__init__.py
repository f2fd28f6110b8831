"""Facts about a company in what its people write: no model, patterns alone; what is unsure is left out."""

from assistant.understand.facts.conversation import corrects, remembered, stated
from assistant.understand.facts.finding import Found, Unsure, find

__all__ = ["Found", "Unsure", "corrects", "find", "remembered", "stated"]
