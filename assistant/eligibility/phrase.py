"""Words in both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    """The same words in Chinese and English."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the words for zh or en."""
        return self.zh if language == "zh" else self.en
