"""What an installation holds, and which of it a question names outright: documents by number or title, clauses by place."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant import validity
from assistant.index import Index
from assistant.models import Policy, Wording
from assistant.references import Reference, Register
from assistant.retrieve.numbers import Numbers
from assistant.retrieve.titles import MOST_OFFERED, Guess, Titles
from assistant.structure import places
from assistant.structure.places import Place
from assistant.text.normal import title_key
from assistant.understand import Inquiry
from assistant.understand.laws import law_asked_about

_OLD = re.compile(r"旧|老(?!师|板|人)|原来的|以前的|\b(old|former|previous|earlier)\b", re.IGNORECASE)


_BEFORE_NEW = re.compile(r"[前]$|\bbefore the (?:new|revised|current)\b", re.IGNORECASE)
_NEW = re.compile(
    r"新(?=[《的]|职|法|办法|规|条例|版)|现行|现在(?:这|的|那)|\b(new|current|present|latest)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Scope:
    """What an installation holds, as the ranking needs it; made once per generation."""

    policies: Mapping[str, Policy]
    spans: Mapping[str, validity.Span]
    originals: Mapping[str, str]  # id of a digest → id of the original of the same text
    titles: Titles
    numbers: Numbers
    register: Register  # by the names that clauses call other documents by
    unlisted: tuple[Place, ...] = ()  # places that documents are from and no table knows

    @classmethod
    def of(cls, policies: Iterable[Policy]) -> Scope:
        """Return the scope of some policies."""
        known = {p.id: p for p in policies}
        spans, originals = validity.spans(known.values()), validity.originals(known.values())

        def living(ids: Sequence[str]) -> list[str]:
            """Of several texts under one name those not told by an original that is held, and not ended."""
            own = [id_ for id_ in ids if id_ not in originals]
            return [id_ for id_ in own if spans[id_].end is None and not spans[id_].ended] or own

        titles, numbers = Titles(known.values()), Numbers(known.values())
        codes = sorted({code for p in known.values() if (code := p.metadata.jurisdiction) and not code.isdigit()})
        unlisted = tuple(place for code in codes if (place := places.unlisted(code)))
        return cls(known, spans, originals, titles, numbers, Register(known.values(), narrow=living), unlisted)


@dataclass(frozen=True, slots=True)
class Named:
    """What a question names outright, found in the installation."""

    policies: frozenset[str] = frozenset()
    clauses: frozenset[str] = frozenset()  # addresses that exist
    missing: tuple[str, ...] = ()  # documents that are not held
    no_such_clause: tuple[tuple[str, str], ...] = ()  # (title, locator) of clauses that the document does not have
    by_number: frozenset[str] = frozenset()  # those of `policies` that are named by 文号: nothing else is meant
    carried: frozenset[str] = frozenset()  # those of `policies` that were spoken of before and are not named again
    taken: tuple[tuple[str, str], ...] = ()  # (as written, id) of what is no title here and was taken for one
    offered: tuple[tuple[str, tuple[str, ...]], ...] = ()  # (as written, ids) of what may be meant and was not taken


def resolve(inquiry: Inquiry, index: Index, scope: Scope, spoken_of: Iterable[str] = ()) -> Named:
    """Return the documents and clauses that the question names, as far as they are held.

    `spoken_of` are the policies that the answers before it rest on: a follow-up that names no document means those.
    """
    if "document" in inquiry.without:
        return Named()
    context = _meant_versions(_all_versions(spoken_of, scope), inquiry, scope)
    here = places.chain(inquiry.jurisdiction or places.NATION)
    policies = _meant_versions(scope.titles.find(inquiry.text), inquiry, scope)
    # Beside a title in full what is called otherwise has to be sure: 按河南的职业培训条例和按民办教育促进法.
    guesses = [guess for guess in _guesses(inquiry, scope, here) if guess.ids or not policies]
    clauses: set[str] = set()
    by_number, loose = _loose_numbers(inquiry, scope, context)
    policies |= by_number
    missing, no_such = [], []
    for reference in inquiry.references:
        if reference.doc_number:
            meant = {p.id for p in index.find_policies(doc_number=reference.doc_number)}
            by_number |= meant
        elif reference.title:
            meant = _ending_in(reference.title, policies, scope) or _titled(
                reference.title, inquiry, scope, here, guesses
            )
        else:
            meant = set(policies) or context
        if (reference.doc_number or reference.title) and not meant:
            missing.append(reference.doc_number or f"《{reference.title}》")
        policies |= meant
        if reference.steps and meant:
            meant |= {original for digest, original in scope.originals.items() if digest in meant}
            found = {a for policy in meant if (a := _clause_address(policy, reference.steps, index))}
            clauses |= found
            whole = [p for p in sorted(meant) if _is_complete(scope.policies[p])]
            if not found and whole:
                no_such.append((_title(scope.policies[whole[0]], inquiry.language), _written(reference)))
    if not (policies or missing or guesses or context) and (law := law_asked_about(inquiry.question)):
        missing.append(law if law.isascii() else f"《{law}》")
    policies |= {id_ for guess in guesses for id_ in _meant_versions(guess.ids, inquiry, scope)}
    carried = frozenset() if policies or missing else frozenset(context)
    # An English title is a digest's alone: the original it stands for is meant as well.
    policies |= {original for digest, original in scope.originals.items() if digest in policies}
    by_number |= {original for digest, original in scope.originals.items() if digest in by_number}
    return Named(
        frozenset(policies) | carried,
        frozenset(clauses),
        tuple(missing),
        tuple(no_such),
        frozenset(by_number),
        carried,
        tuple(
            (g.written, min(_meant_versions(g.ids, inquiry, scope))) for g in guesses if g.ids and not _says(g, scope)
        ),
        (*((g.written, g.offered) for g in guesses if g.offered and not g.ids), *loose),
    )


def _guesses(inquiry: Inquiry, scope: Scope, here: tuple[str, ...]) -> list[Guess]:
    """What the names in a question mean that are no titles here, 《…》 apart."""
    return [
        g for g in scope.titles.guesses(inquiry.text, here) if not any(r.title == g.written for r in inquiry.references)
    ]


def _ending_in(title: str, named: Iterable[str], scope: Scope) -> set[str]:
    """Of the policies that a question names by their whole title those of which a reference read no more than the end."""
    end = title_key(title)
    whole = {id_: title_key(scope.policies[id_].metadata.title or "") for id_ in named}
    return {id_ for id_, name in whole.items() if name.endswith(end) and name != end}


def _titled(title: str, inquiry: Inquiry, scope: Scope, here: tuple[str, ...], guesses: list[Guess]) -> set[str]:
    """The policies that a quoted title means; what it may mean besides is added to the guesses."""
    found = scope.titles.resolve(title)
    if not found:
        guess = scope.titles.guess(title, here)
        if not guess.ids:
            guess = of_place if (of_place := scope.titles.of_place(title, inquiry.jurisdiction)).ids else guess
        if guess.ids or guess.offered:
            guesses.append(guess)
        found = guess.ids
    return _meant_versions(found, inquiry, scope)


def _says(guess: Guess, scope: Scope) -> bool:
    """Whether a name is only shorter than the title it was taken for: 产教融合条例 needs no remark."""
    title = scope.policies[min(guess.ids)].metadata.title or ""
    characters = iter(title)
    return all(c in characters for c in guess.written)


def _loose_numbers(
    inquiry: Inquiry, scope: Scope, context: set[str]
) -> tuple[set[str], list[tuple[str, tuple[str, ...]]]]:
    """The policies meant by numbers that are not written in full, and those that cannot be told apart."""
    full = [(r.start, r.end) for r in inquiry.references if r.doc_number]
    meant: set[str] = set()
    open_: list[tuple[str, tuple[str, ...]]] = []
    for numbered in scope.numbers.find(inquiry.text, full):
        ids = (numbered.ids & context) or numbered.ids
        titles = {title_key(scope.policies[id_].metadata.title or id_) for id_ in ids}
        if len(titles) == 1:
            meant |= ids
        else:
            open_.append((numbered.written, tuple(sorted(ids))[:MOST_OFFERED]))
    return meant, open_


def day_before(inquiry: Inquiry, named: Named, scope: Scope) -> dt.date | None:
    """Return the last day before a new version of the named document held: 新职业教育法实施前; None where none is told."""
    if not inquiry.unclear_day or not _BEFORE_NEW.search(inquiry.unclear_day):
        return None
    starts = [start for id_ in named.policies if (start := scope.spans[id_].start)]
    return max(starts) - dt.timedelta(days=1) if starts else None


def _all_versions(ids: Iterable[str], scope: Scope) -> set[str]:
    """Policies with their other versions: which of them is meant depends on the day asked for."""
    wanted = {title_key(scope.policies[id_].metadata.title or id_) for id_ in ids if id_ in scope.policies}
    return (
        {id_ for id_, p in scope.policies.items() if title_key(p.metadata.title or id_) in wanted} if wanted else set()
    )


def _meant_versions(named: Iterable[str], inquiry: Inquiry, scope: Scope) -> set[str]:
    """Of several versions of one instrument the one whose year is given, the old or new one where it is so called, else the day's."""
    groups: dict[str, list[Policy]] = defaultdict(list)
    for id_ in named:
        groups[title_key(scope.policies[id_].metadata.title or id_)].append(scope.policies[id_])
    meant: set[str] = set()
    for versions in groups.values():
        of_year = [p for p in versions if any(d and str(d.year) in inquiry.text for d in _days(p))]
        held = [p for p in versions if scope.spans[p.id].holds(inquiry.as_of) is not False]
        old = [p for p in versions if p not in held] if _OLD.search(inquiry.text) else []
        new = _latest(versions) if _NEW.search(inquiry.text) else []
        meant |= {p.id for p in (of_year or old or new or held or versions)}
    return meant


def _latest(versions: list[Policy]) -> list[Policy]:
    started = {p.id: validity.start_of(p.metadata) for p in versions}
    last = max((day for day in started.values() if day), default=None)
    return [p for p in versions if last and started[p.id] == last]


def _days(policy: Policy) -> tuple[dt.date | None, dt.date | None]:
    return policy.metadata.issued, policy.metadata.effective


def _clause_address(policy: str, steps: tuple[str, ...], index: Index) -> str | None:
    """The address of a named clause; of 第二十七条第一款, where the article is not divided, the article's.

    An item may lie in the first paragraph without its being said, and what is called one may be a paragraph: 27(3).
    """
    last = steps[-1]
    ways = [steps, tuple(s for s in steps if s != "para_1")]
    if last.startswith("item_"):
        ways += [(*steps[:-1], "para_1", last), (*steps[:-1], last.replace("item_", "para_"))]
        ways += [steps[:-1]] if last == "item_1" else []
    for used in ways:
        address = "/".join((policy, *used))
        if index.subtree(address):
            return address
    return None


def _title(policy: Policy, language: str) -> str:
    title = policy.metadata.title or policy.source
    return f"《{title}》" if language == "zh" else policy.metadata.title_en or title


def _written(reference: Reference) -> str:
    """The clause as the question wrote it, without the document's name."""
    named = f"《{reference.title}》" if f"《{reference.title}》" in reference.text else reference.title or ""
    return reference.text.replace(named, "").strip() or reference.text


def _is_complete(policy: Policy) -> bool:
    """Whether the absence of an article can be told from what is held: a digest holds only part of its policy."""
    return policy.wording is Wording.ORIGINAL
