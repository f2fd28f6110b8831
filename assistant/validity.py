"""Whether a text was in force on a day: from recorded dates and relations, never from its age."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.models import Metadata, Policy, Provision, Tier, Wording
from assistant.text import normalise
from assistant.text.normal import title_key

ORIGINAL_OF = "original_of"  # the relation of a fetched text to the policy it was fetched for
_ENDED = frozenset({"expired", "superseded", "repealed"})
# Two texts of one title are versions of one instrument only where titles identify instruments; notices share titles.
_VERSIONED = frozenset({Tier.LAW, Tier.REGULATION, Tier.NORMATIVE})

# A notice may take effect before it is issued, by a year or so; a law "in force since 1995" and issued in 2018 was amended.
RETROACTIVE = dt.timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Span:
    """The days a policy is in force: from `start` to the day before `end`. None is unknown."""

    start: dt.date | None
    end: dt.date | None
    ended: bool = False  # an editor judged it ended, the day is not known
    doubtful: bool = False  # an editor could not tell whether it is still in force
    begun: tuple[dt.date, dt.date] | None = None  # the days `start` lies within, where only its month or year is known
    ending: tuple[dt.date, dt.date] | None = None  # the last day lies within these, where only month or year is known

    def holds(self, day: dt.date) -> bool | None:
        """Return whether the day lies in the span; None when the records do not tell."""
        if self.is_before(day):
            return False
        if self.end:
            return day < self.end
        if self.ending and day >= self.ending[0]:
            return None if day <= self.ending[1] else False
        if self.ended and not self.ending:
            return False
        surely_begun = self.start or (self.begun and day >= self.begun[1])
        return True if surely_begun and not self.doubtful else None

    def is_before(self, day: dt.date) -> bool:
        """Return whether the policy had not begun on the day; of a known month or year, its first day counts."""
        earliest = self.start or (self.begun and self.begun[0])
        return earliest is not None and day < earliest


def spans(policies: Iterable[Policy]) -> dict[str, Span]:
    """Return the span of every policy, cut short where another policy repeals it or is a later version of it.

    What is known of a digest's end holds for the original of the same text too.
    """
    known = {policy.id: policy for policy in policies}
    ends: dict[str, list[dt.date]] = defaultdict(list)
    ended = {policy.id for policy in known.values() if policy.status in _ENDED}
    for policy in known.values():
        ends[policy.id].extend(_own_ends(policy.metadata))
        for relation in policy.relations:
            if relation.kind == "superseded_by":
                _end(policy.id, known.get(relation.target), ends, ended)
            elif relation.kind == "repeals":
                for target in _named(relation.target, known):
                    if target != policy.id:
                        _end(target, policy, ends, ended)
    for earlier, later in _versions(known.values()):
        _end(earlier.id, later, ends, ended)
    for digest, original in originals(known.values()).items():
        ends[original].extend(ends[digest])
        if digest in ended:
            ended.add(original)
    return {
        id_: Span(
            start=start_of(policy.metadata),
            end=min(ends[id_], default=None),
            ended=id_ in ended,
            doubtful=policy.status == "unknown",
            begun=policy.begun,
            ending=policy.ending,
        )
        for id_, policy in known.items()
    }


def originals(policies: Iterable[Policy]) -> dict[str, str]:
    """Return for each digest the original of the same text, where both are held.

    That is the one fetched for it, else one of the same title with a date in common.
    """
    held = list(policies)
    fetched = {r.target: policy.id for policy in held for r in policy.relations if r.kind == ORIGINAL_OF}
    by_title: dict[str, list[Policy]] = defaultdict(list)
    for policy in held:
        if policy.wording is Wording.ORIGINAL and policy.metadata.title:
            by_title[title_key(policy.metadata.title)].append(policy)
    pairs = {}
    for digest in held:
        if digest.wording is Wording.DIGEST and digest.id in fetched:
            pairs[digest.id] = fetched[digest.id]
        elif digest.wording is Wording.DIGEST:
            same = [o for o in by_title[title_key(digest.metadata.title or "")] if _same_version(digest, o)]
            if same:
                pairs[digest.id] = same[0].id
    return pairs


def _same_version(one: Policy, other: Policy) -> bool:
    pairs = (
        (start_of(one.metadata), start_of(other.metadata)),
        (one.metadata.effective, other.metadata.effective),
        (one.metadata.issued, other.metadata.issued),
        (one.metadata.doc_number, other.metadata.doc_number),
    )
    known = [a == b for a, b in pairs if a and b]
    return any(known) if known else True


def in_force(span: Span, provision: Provision | None, day: dt.date) -> bool | None:
    """Return whether a provision holds on a day; its own dates, where it has them, go before its policy's."""
    if provision and provision.effective and day < provision.effective:
        return False
    if provision and provision.expires and day > provision.expires:
        return False
    return span.holds(day)


def is_before(policy: Policy, day: dt.date) -> bool:
    """Return whether a policy had not begun on the day, by its own dates."""
    return Span(start_of(policy.metadata), None, begun=policy.begun).is_before(day)


def start_of(metadata: Metadata) -> dt.date | None:
    """Return the first day of this version of a text: 自…起施行, unless it was amended long after that day."""
    effective, issued = metadata.effective, metadata.issued
    if effective and issued and issued - effective > RETROACTIVE:
        return issued
    return effective or issued


def _own_ends(metadata: Metadata) -> list[dt.date]:
    ends = [metadata.repealed] if metadata.repealed else []
    return [*ends, metadata.expires + dt.timedelta(days=1)] if metadata.expires else ends


def _end(target: str, by: Policy | None, ends: dict[str, list[dt.date]], ended: set[str]) -> None:
    start = start_of(by.metadata) if by else None
    if start:
        ends[target].append(start)
    else:
        ended.add(target)


def _named(target: str, known: Mapping[str, Policy]) -> list[str]:
    """Return the ids a relation's target means: an id, a 文号 or a full title."""
    if target in known:
        return [target]
    wanted = normalise(target).strip("《》<>")
    return [
        policy.id
        for policy in known.values()
        if wanted in (normalise(policy.metadata.doc_number or ""), normalise(policy.metadata.title or ""))
    ]


def _versions(policies: Iterable[Policy]) -> Iterable[tuple[Policy, Policy]]:
    """Pairs of (earlier, next) version: one title, one place, both with a date.

    A digest and an original are not compared: what they are dated by may differ, issued or amended here, in force there.
    """
    same: dict[tuple[str, str | None, Wording], list[Policy]] = defaultdict(list)
    for policy in policies:
        if policy.metadata.title and policy.metadata.tier in _VERSIONED:
            same[title_key(policy.metadata.title), policy.metadata.jurisdiction, policy.wording].append(policy)
    for group in same.values():
        dated = [(start, p) for p in group if (start := start_of(p.metadata))]
        dated.sort(key=lambda pair: pair[0])
        for (start, earlier), (next_start, later) in itertools.pairwise(dated):
            if start < next_start:
                yield earlier, later
