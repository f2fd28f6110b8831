"""Documents named by title: in full, in short, abbreviated, or slightly wrong."""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache

from assistant.models import Policy
from assistant.structure import places
from assistant.text.normal import normalise, squeeze, title_key
from assistant.understand import wording

_STATE = re.compile(r"^(中华人民共和国|中国)")
_STATE_EN = re.compile(r"\s*\bof (the )?(prc|people's republic of china)\b|^the\b|\([^)]*\)")
_ACT = re.compile(r"\bact\b")  # what English speakers call a law
_LABOUR = re.compile(r"\blabour(?=s?\b)")  # as the British spell it
# What may stand right before a title that is not its own beginning: 民办教育法 does not name 教育法.
_BEFORE = re.compile(
    r"(^|[^一-鿿]|的|和|与|及|或|按|照|按照|根据|依据|依照|请问|问|新|旧|老|现行|看|在|国家|我国|对|于|跟|比|让|里|下|前|后|时|是|部|这|那|该|份|[12]\d{3}年)$"
)
_BEFORE_EN = re.compile(
    r"(^|[^a-z ]|\b(the|of|under|in|by|old|new|current|present|and|to|does|do|say|from|with|\d{4}|china's|chinese|prc))\s*$"
)
_KIND = re.compile(r"法|条例|办法|规定|细则|意见|方案|规划|纲要|指南")
_ONLY_KIND = re.compile(r"(?:条例|办法|规定|细则|意见|方案|规划)$")
# Words that titles have and people leave out.
_WEAK = re.compile(
    r"职业教育|职业学校|职业院校|促进|管理|实施|建设|暂行|若干|有关|关于|推动|推进|全面|推行|深化|工作|进一步|的"
)
_ISSUED = re.compile(r"^.{0,30}?关于")
CLOSE = 0.8  # share of matching characters from which a quoted title counts as meant
NEAR = 0.65  # from which it is offered
LEAD = 0.03  # by which the closest must be ahead of the next: of two that fit alike neither is taken
SHORTEST = 3
MOST_OFFERED = 3
MOST_NAMES = 20  # looked up in one question
LEAST_CORE = 5  # characters of a title that tell it from any other: 改革方案 does not
_LONGEST = 30


@dataclass(frozen=True, slots=True)
class Guess:
    """What a name that is no title here may mean."""

    written: str  # as in the question
    ids: frozenset[str] = frozenset()  # what it is taken for; empty when two fit alike
    offered: tuple[str, ...] = ()  # ids of what else it may mean, one of each title


class Titles:
    """The titles of an installation with their short forms."""

    def __init__(self, policies: Iterable[Policy]) -> None:
        self._ids: dict[str, set[str]] = {}
        self._cores: dict[str, set[str]] = {}  # without issuer, place and the words people leave out
        self._place: dict[str, str] = {}
        self._title: dict[str, str] = {}
        for policy in policies:
            self._place[policy.id] = policy.metadata.jurisdiction or places.NATION
            self._title[policy.id] = title_key(policy.metadata.title or "")
            for form in _forms(policy):
                self._ids.setdefault(form, set()).add(policy.id)
            if core := _core(title_key(policy.metadata.title or "")):
                self._cores.setdefault(core, set()).add(policy.id)
        self._by_length = sorted(self._ids, key=lambda form: (-len(form), form))

    def resolve(self, title: str) -> frozenset[str]:
        """Return the policies a quoted title means: the same, or one it ends with (旧的职业教育法)."""
        wanted = squeeze(title)
        wanted = _short().get(wanted, wanted)
        for form in (wanted, title_key(title), _STATE.sub("", wanted), normalise(title)):
            if form in self._ids:
                return frozenset(self._ids[form])
        for form in self._by_length:
            if wanted.endswith(form) and _BEFORE.search(wanted.removesuffix(form)):
                return frozenset(self._ids[form])
        return frozenset()

    def guess(self, title: str, here: Collection[str] = (places.NATION,)) -> Guess:
        """Return what a title that is not held may mean in a place, given by its code and those above it."""
        wanted = _STATE.sub("", squeeze(title))
        wanted = _short().get(wanted, wanted)
        alike = self._of_core(_core(wanted), here)
        if alike.ids:
            return Guess(title, alike.ids, alike.offered)
        scored = sorted(
            ((difflib.SequenceMatcher(None, wanted, f).ratio(), f) for f in self._alike(wanted)), reverse=True
        )
        ranked = [(score, form) for score, form in scored if score >= NEAR]
        groups = list(dict.fromkeys(frozenset(self._ids[form]) for _, form in ranked))
        ahead = ranked[0][0] - next((s for s, f in ranked if frozenset(self._ids[f]) != groups[0]), 0) if ranked else 0
        taken = ranked and ranked[0][0] >= CLOSE and ahead >= LEAD and self._holds(groups[0], here)
        offered = (*alike.offered, *(min(group) for group in groups[1 if taken else 0 :]))
        return Guess(title, groups[0] if taken else frozenset(), tuple(dict.fromkeys(offered))[:MOST_OFFERED])

    def find(self, text: str) -> frozenset[str]:
        """Return the policies whose title or short title stands in a text, each stretch of text counted once."""
        return self._found(text)[0]

    def guesses(self, text: str, here: Collection[str] = (places.NATION,)) -> tuple[Guess, ...]:
        """Return what the names of documents in a text may mean that are no titles here: 产教融合条例, 职教法."""
        _, rest = self._found(text)
        found: list[Guess] = []
        at = 0
        for kind in itertools.islice(_KIND.finditer(rest), MOST_NAMES):
            for start in range(max(at, kind.end() - _LONGEST), kind.end() - SHORTEST + 1):
                name = rest[start : kind.end()]
                if not re.fullmatch(r"[一-鿿“”]+", name) or not _BEFORE.search(rest[max(0, start - 2) : start]):
                    continue
                guess = self._of_core(_core(name), here)
                if guess.ids or guess.offered:
                    found.append(Guess(name, guess.ids, guess.offered))
                    at = kind.end()
                    break
        return tuple(found)

    def of_place(self, name: str, code: str | None) -> Guess:
        """What 宁波条例 may mean: the documents of that place that are called so, where the name says no more."""
        kind = _ONLY_KIND.search(name)
        rest = name.removesuffix(kind[0]) if kind else ""
        where = places.place(code) if code else None
        if not kind or where is None or rest not in ("", where.name, where.short):
            return Guess(name)
        ids = [id_ for id_, at in self._place.items() if at == code and self._title[id_].endswith(kind[0])]
        titles = {self._title[id_] for id_ in ids}
        return (
            Guess(name, frozenset(ids)) if len(titles) == 1 else Guess(name, offered=tuple(sorted(ids))[:MOST_OFFERED])
        )

    def _found(self, text: str) -> tuple[frozenset[str], str]:
        squeezed, spaced = squeeze(text), _spelled(_ACT.sub("law", normalise(text)))
        for short, full in _short().items():
            at = squeezed.find(short)
            if at >= 0 and full in self._ids and _BEFORE.search(squeezed[:at]):
                squeezed = squeezed.replace(short, full)
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
        return frozenset(found), squeezed

    def _of_core(self, core: str, here: Collection[str]) -> Guess:
        """The policies with a title of this core: those of the place before those above it; elsewhere, offered."""
        ids = self._cores.get(core, set()) if core else set()
        for code in here:
            own = frozenset(id_ for id_ in ids if self._place[id_] == code)
            if own:
                return Guess(core, own)
        return Guess(core, offered=tuple(sorted(ids))[:MOST_OFFERED])

    def _holds(self, ids: Iterable[str], here: Collection[str]) -> bool:
        return any(self._place[id_] in (*here, places.NATION) for id_ in ids) or len({*here} - {places.NATION}) == 0

    def _alike(self, wanted: str) -> list[str]:
        """Titles that share most of their characters: comparing with every title of a large collection is slow."""
        characters = set(wanted)
        return [f for f in self._by_length if len(characters & set(f)) >= NEAR * len(characters)]


@cache
def _short() -> dict[str, str]:
    """How people call policies for short, with the title meant; a longer one before a shorter one that it contains."""
    pairs = ((short, full) for short, full in wording.lines("short_titles"))
    return dict(sorted(pairs, key=lambda pair: -len(pair[0])))


def _spelled(english: str) -> str:
    return _LABOUR.sub("labor", english)


def short_forms(title: str) -> tuple[str, ...]:
    """Return how people call a document for short, by its title without the state's name."""
    return tuple(short for short, full in _short().items() if full == title)


def _core(title: str) -> str:
    """What is left of a title without issuer, place and the words people leave out; "" where that says too little."""
    title = _STATE.sub("", _ISSUED.sub("", squeeze(title).replace("《", "").replace("》", "")))
    for place in places.find(title[:12]):
        for name in (place.name, place.short):
            title = title.removeprefix(name)
    core = _WEAK.sub("", title)
    return core if len(core) >= LEAST_CORE else title if len(title) >= LEAST_CORE else ""


def _forms(policy: Policy) -> set[str]:
    title = policy.metadata.title or ""
    forms = {form for full in (squeeze(title), title_key(title)) for form in (full, _STATE.sub("", full))}
    english = _spelled(normalise(policy.metadata.title_en or ""))
    forms |= {english, " ".join(_STATE_EN.sub(" ", english).split())}
    return {form for form in forms if len(form) >= SHORTEST and form not in ("law", "measures")}
