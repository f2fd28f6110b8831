"""Parsing: one source in, its metadata and its provisions in document order out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant import text as texts
from assistant.models import Evidence, Level, Metadata, Provision, Relation, Source
from assistant.structure import addresses, blocks, closings, kinds, loose, numbering, outline, sections, wrapping
from assistant.structure.facts import find
from assistant.structure.rows import boxes_of, rows_of, unfold

_AROUND = {"preamble": ("题注", "preamble"), "toc": ("目录", "contents")}
_SHOWN = 5  # clauses named in a finding
_SAMPLE = 4000  # characters that tell the language of a document


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a source holds: metadata (declared before found), provisions, relations, and where each fact was found."""

    metadata: Metadata
    provisions: tuple[Provision, ...]
    findings: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    status: str | None = None  # expired | repealed, where the text or its page says so


def parse(policy_id: str, source: Source) -> Parsed:
    """Return the provisions and the metadata of a source; joined in order, the provisions give back its lines."""
    rows = unfold(rows_of(source.lines))
    front = blocks.front(rows, source.declared.title)
    body = closings.mark(rows[front.length :])
    body = wrapping.mark(sections.mark(numbering.settle(body)))
    body = loose.mark_titles(loose.mark_questions(body))
    language = texts.language("\n".join(row.text for row in rows)[:_SAMPLE])
    provisions = [
        *_around(policy_id, front, language),
        *addresses.provisions(policy_id, outline.build(body), language),
    ]
    facts = find(source.declared, front, provisions)
    labelled = kinds.label(provisions, facts.metadata.tier)
    return Parsed(facts.metadata, labelled, _findings(labelled), facts.relations, facts.evidence, facts.status)


def _around(policy_id: str, front: blocks.Front, language: str) -> Iterable[Provision]:
    """Yield the title block and the table of contents; a title block that goes on after the contents is preamble~2."""
    steps: list[str] = []
    for step, rows in front.runs:
        steps.append(step)
        address = f"{policy_id}/{step}" + (f"~{steps.count(step)}" if steps.count(step) > 1 else "")
        locator = _AROUND[step][language == "en"]
        text, page = "\n".join(row.text for row in rows), rows[0].page
        yield Provision(address, Level.PREAMBLE, locator, text, page=page, boxes=boxes_of(rows))


def _findings(provisions: Sequence[Provision]) -> tuple[str, ...]:
    """Return what a reader should know about the structure: numbers that come twice, and articles that are missing."""
    twice = [p.locator for p in provisions if "~" in p.address.rpartition("/")[2] and p.level is not Level.PREAMBLE]
    found = []
    if twice:
        more = f" and {len(twice) - _SHOWN} more" if len(twice) > _SHOWN else ""
        found.append(f"{'、'.join(twice[:_SHOWN])}{more} come twice; the second has ~2 in its address")
    missing: list[str] = []
    by_scope: dict[str, list[int]] = {}
    for p in provisions:
        if p.level is Level.ARTICLE:
            step = p.address.rpartition("/")[2].partition("~")[0].removeprefix("art_")
            by_scope.setdefault(p.parent, []).append(int(step.partition("_")[0]))
    for numbers in by_scope.values():
        present = set(numbers)
        missing += [str(n) for n in range(min(numbers), max(numbers)) if n not in present]
    if missing:
        found.append(f"articles {', '.join(missing[:10])}{' …' if len(missing) > 10 else ''} are not in the text")
    return tuple(found)
