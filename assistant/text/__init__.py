"""Text as the other stages need it: repaired, normalised, counted, cut into words."""

from assistant.text.languages import language, simplified
from assistant.text.normal import normalise, repair
from assistant.text.tokens import count_tokens, count_tokens_batch
from assistant.text.words import bigrams, words

__all__ = ["bigrams", "count_tokens", "count_tokens_batch", "language", "normalise", "repair", "simplified", "words"]
