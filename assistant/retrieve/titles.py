"""Documents named by title, in full, in short, or slightly wrong."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from assistant.models import Policy
from assistant.text.normal import normalise, squeeze, title_key

_STATE = re.compile(r"^(中华人民共和国|中国)")
_STATE_EN = re.compile(r"\s*\bof (the )?(prc|people's republic of china)\b|^the\b|\([^)]*\)")
# What may stand right before a title that is not its own beginning: 民办教育法 does not name 教育法.
_BEFORE = re.compile(
    r"(^|[^一-鿿]|的|和|与|及|或|按|照|按照|根据|依据|依照|请问|问|新|旧|现行|看|在|国家|我国|对|于|跟|比|让|里|下|前|后|时|是|部|这|那|该|份)$"
)
_BEFORE_EN = re.compile(
    r"(^|[^a-z ]|\b(the|of|under|in|by|old|new|current|present|and|to|does|do|say|from|with|\d{4}|china's))\s*$"
)
CLOSE = 0.8  # share of matching characters from which a quoted title counts as meant
SHORTEST = 3


class Titles:
    """The titles of an installation with their short forms."""

    def __init__(self, policies: Iterable[Policy]) -> None:
        self._ids: dict[str, set[str]] = {}
        for policy in policies:
            for form in _forms(policy):
                self._ids.setdefault(form, set()).add(policy.id)
        self._by_length = sorted(self._ids, key=lambda form: (-len(form), form))

    def resolve(self, title: str) -> frozenset[str]:
        """Return the policies a quoted title means: the same, one it ends with (旧的职业教育法), or a close one."""
        wanted = squeeze(title)
        for form in (wanted, title_key(title), _STATE.sub("", wanted), normalise(title)):
            if form in self._ids:
                return frozenset(self._ids[form])
        for form in self._by_length:
            if wanted.endswith(form) and _BEFORE.search(wanted.removesuffix(form)):
                return frozenset(self._ids[form])
        close = difflib.get_close_matches(wanted, self._alike(wanted), n=1, cutoff=CLOSE)
        return frozenset(self._ids[close[0]]) if close else frozenset()

    def find(self, text: str) -> frozenset[str]:
        """Return the policies whose title or short title stands in a text, each stretch of text counted once."""
        squeezed, spaced = squeeze(text), normalise(text)
        found: set[str] = set()
        for form in self._by_length:
            if form.isascii():
                at = spaced.find(form)
                if at >= 0 and _BEFORE_EN.search(spaced[:at]):
                    found |= self._ids[form]
                    spaced = spaced.replace(form, "\n")
            else:
                at = squeezed.find(form)
                if at >= 0 and _BEFORE.search(squeezed[:at]):
                    found |= self._ids[form]
                    squeezed = squeezed.replace(form, "\n")
        return frozenset(found)

    def _alike(self, wanted: str) -> list[str]:
        """Titles that share most of their characters: comparing with every title of a large collection is slow."""
        characters = set(wanted)
        return [f for f in self._by_length if len(characters & set(f)) >= CLOSE * len(characters)]


def _forms(policy: Policy) -> set[str]:
    title = policy.metadata.title or ""
    forms = {form for full in (squeeze(title), title_key(title)) for form in (full, _STATE.sub("", full))}
    english = normalise(policy.metadata.title_en or "")
    forms |= {english, " ".join(_STATE_EN.sub(" ", english).split())}
    return {form for form in forms if len(form) >= SHORTEST and form not in ("law", "measures")}
