"""Policies, papers and terms of the starter corpus, read from their files."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.corpus.addresses import level
from assistant.corpus.format import (
    Bilingual,
    GlossaryEntry,
    PaperEntry,
    PolicyEntry,
    ProvisionEntry,
    QuantityEntry,
    SourceEntry,
)
from assistant.corpus.reading import Problem, read_as
from assistant.errors import CorpusError
from assistant.models import Kind, Level, Metadata, Policy, Provision, Quantity, Relation, Tier, Wording

FOLDERS = ("national", "local", "papers")
GLOSSARY = "glossary.yaml"


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the field in both languages, with the words people use for it."""

    zh: str
    en: str
    synonyms_zh: tuple[str, ...]
    synonyms_en: tuple[str, ...]


def files(directory: Path) -> list[Path]:
    """Return the policy and paper files of a corpus, in the order in which they are loaded."""
    return [path for folder in FOLDERS for path in sorted((directory / folder).rglob("*.yaml"))]


def read(path: Path, name: str) -> PolicyEntry | PaperEntry | Problem:
    """Return what a file holds, or the first thing that is wrong with it."""
    return read_as(PaperEntry, path, name) if name.startswith("papers/") else read_as(PolicyEntry, path, name)


def load(directory: Path) -> Iterator[Policy]:
    """Yield every policy and paper of a corpus; the first file that breaks the format raises a CorpusError."""
    for found in read_all(directory):
        if isinstance(found, Problem):
            raise CorpusError(str(found))
        yield found


def read_all(directory: Path) -> Iterator[Policy | Problem]:
    """Yield every policy and paper of a corpus, and for a file that breaks the format what is wrong with it."""
    for path in files(directory):
        name = path.relative_to(directory).as_posix()
        entry = read(path, name)
        if isinstance(entry, Problem):
            yield entry
        else:
            yield _paper(entry, name) if isinstance(entry, PaperEntry) else _policy(entry, name)


def glossary(directory: Path) -> tuple[Term, ...]:
    """Return the terms of a corpus' glossary."""
    entry = read_as(GlossaryEntry, directory / GLOSSARY, GLOSSARY)
    if isinstance(entry, Problem):
        raise CorpusError(str(entry))
    return tuple(Term(t.zh, t.en, t.synonyms.zh, t.synonyms.en) for t in entry.terms)


def _policy(entry: PolicyEntry, name: str) -> Policy:
    written = {"发布": entry.issued, "施行": entry.effective, "截止": entry.expires, "废止": entry.repealed}
    vague = [f"{what}日期只知道是{date}。" for what, date in written.items() if date and _day(date) is None]
    return Policy(
        id=entry.id,
        source=name,
        wording=Wording.DIGEST,
        metadata=Metadata(
            title=entry.title.zh,
            title_en=entry.title.en,
            doc_number=entry.doc_number,
            issuers=entry.issuers,
            issued=_day(entry.issued),
            effective=_day(entry.effective),
            expires=_day(entry.expires),
            repealed=_day(entry.repealed),
            jurisdiction=entry.jurisdiction,
            tier=entry.tier,
            url=_page(entry.sources),
        ),
        provisions=tuple(_provision(entry.id, provision) for provision in entry.provisions),
        status=entry.status,
        validity_note="".join((entry.validity_note, *vague)),
        relations=tuple(Relation(r.kind, r.target or r.external or "") for r in entry.relations),
        begun=_within(entry.effective or entry.issued),
        ending=_within(entry.repealed or entry.expires),
    )


def _paper(entry: PaperEntry, name: str) -> Policy:
    """A paper as a policy of the weakest kind: authors stand as issuers, the place of publication as its number."""
    basis = entry.provisions[0].basis
    return Policy(
        id=entry.id,
        source=name,
        wording=Wording.DIGEST,
        metadata=Metadata(
            title=entry.title.zh,
            title_en=entry.title.en,
            doc_number=entry.venue,
            issuers=entry.authors,
            jurisdiction="CN",
            tier=Tier.PAPER,
            url=f"https://doi.org/{entry.doi}" if entry.doi else _page(entry.sources),
        ),
        provisions=(
            _about(f"{entry.id}/head_question", "研究问题", entry.question, basis),
            _about(f"{entry.id}/head_method", "研究方法", entry.method, basis),
            *(_provision(entry.id, provision) for provision in entry.provisions),
        ),
        validity_note=entry.note,
    )


def _about(address: str, locator: str, text: Bilingual, basis: str) -> Provision:
    return Provision(
        address, Level.HEADING, locator, text.zh, text_en=text.en, kinds=(Kind.FINDING,), audiences=(), basis=basis
    )


def _provision(policy_id: str, entry: ProvisionEntry) -> Provision:
    return Provision(
        address=f"{policy_id}/{entry.address}",
        level=level(entry.address),
        locator=entry.locator,
        text=entry.text.zh,
        trail=entry.trail,
        text_en=entry.text.en,
        kinds=entry.kind,
        audiences=entry.audience,
        quantities=tuple(_quantity(quantity) for quantity in entry.quantities),
        asks=(*entry.asks.zh, *entry.asks.en),
        basis=entry.basis,
        note=entry.note,
        effective=_day(entry.effective),
        expires=_day(entry.expires),
    )


def _quantity(entry: QuantityEntry) -> Quantity:
    return Quantity(entry.name, "~".join(entry.values), entry.unit, entry.op)


def _page(sources: tuple[SourceEntry, ...]) -> str | None:
    """The page to show: an official one where there is one, else the first."""
    return next((s.url for s in sources if s.official), sources[0].url if sources else None)


def _day(text: str | None) -> dt.date | None:
    """A day only when the day is known: 2024-01 is kept in words, never made 2024-01-01."""
    return dt.date.fromisoformat(text) if text and len(text) == 10 else None


def _within(text: str | None) -> tuple[dt.date, dt.date] | None:
    """The first and the last day of a month or year; None where the day itself is known, or nothing is."""
    if not text or len(text) == 10:
        return None
    year, month = int(text[:4]), int(text[5:] or 0)
    last = month or 12
    return dt.date(year, month or 1, 1), dt.date(year, last, calendar.monthrange(year, last)[1])
