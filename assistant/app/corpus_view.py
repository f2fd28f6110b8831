"""What the `corpus` commands show: counts, the table of policies, one policy among the others."""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from assistant.app.contract import entry_json, policy_json
from assistant.corpus.coverage import BASES, Coverage, basis
from assistant.corpus.lineage import Link, Stage
from assistant.models import Kind, Policy
from assistant.structure.places import NATION, place

Json = dict[str, Any]
_COLUMNS = ("id", "title", "place", "tier", "status", "from", "until", *BASES)


def print_coverage(covered: Coverage) -> None:
    """Print a corpus in numbers: by level, by place, by kind, by what its clauses rest on."""
    lines = [("level", "policies", "clauses")]
    lines += [(name, str(count.policies), str(count.clauses)) for name, count in covered.levels.items()]
    lines += [("", "", ""), ("place", "policies", "clauses")]
    lines += [(place_name(code), str(count.policies), str(count.clauses)) for code, count in covered.places.items()]
    lines += [("", "", ""), ("kind", "", "clauses")]
    lines += [(kind.value, "", str(covered.kinds.get(kind, 0))) for kind in Kind]
    lines += [("", "", ""), ("basis", "", "clauses")]
    lines += [(name, "", str(covered.bases.get(name, 0))) for name in BASES]
    for name, policies, clauses in lines:
        print(f"{name:16}{policies:>10}{clauses:>10}".rstrip())  # noqa: T201  # rich would break the columns
    print(f"\n{covered.questions} lay questions lead to {covered.asked} clauses.")  # noqa: T201


def print_table(policies: Sequence[Policy], kind: Kind | None = None) -> None:
    """Print one row a policy: a table for people, cells parted by tabs for other programs.

    The last columns count its clauses by what they rest on; with a kind, those of that kind only.
    """
    rows = [_row(policy, kind) for policy in policies]
    if not sys.stdout.isatty():
        for row in (_COLUMNS, *rows):
            print("\t".join(row))  # noqa: T201  # rich would turn tabs into spaces
        return
    table = Table(show_edge=False, header_style="bold")
    for name in _COLUMNS:
        table.add_column(name, justify="right" if name in BASES else "left", overflow="fold")
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    console = Console(highlight=False)
    console.print(table)
    console.print(f"{len(rows)} policies and papers", markup=False)


def print_among_others(policy: Policy, stages: Sequence[Stage], links: Sequence[Link]) -> None:
    """Print a policy with its line of succession, its relations both ways, and what each clause rests on."""
    console = Console(soft_wrap=True, highlight=False)
    metadata = policy.metadata
    number = f" {metadata.doc_number}" if metadata.doc_number else ""
    console.print(f"{metadata.title or policy.id}{number}", style="bold", markup=False)
    facts = {
        "issuers": "、".join(metadata.issuers),
        "issued": metadata.issued,
        "effective": metadata.effective,
        "expires": metadata.expires,
        "repealed": metadata.repealed,
        "place": place_name(metadata.jurisdiction or NATION),
        "tier": metadata.tier,
        "status": policy.status,
        "url": metadata.url,
    }
    for name, value in facts.items():
        if value:
            console.print(f"{name:10}{value}", markup=False)
    if policy.validity_note:
        console.print(f"{'validity':10}{policy.validity_note}", markup=False)
    if len(stages) > 1:
        console.print("\ntimeline", style="bold")
        for stage in stages:
            mark = "*" if stage.policy_id == policy.id else " "
            console.print(f"{mark} {_span(stage):28}{_name(stage.title, stage.policy_id)}", markup=False)
    if links:
        console.print("\nrelations", style="bold")
        for link in links:
            console.print(f"  {link.kind:16}{_name(link.title, link.policy_id)}", markup=False)
    console.print("\nclauses", style="bold")
    for provision in policy.provisions:
        kinds = ", ".join(kind.value for kind in provision.kinds)
        console.print(
            f"[bold]{escape(provision.locator)}[/bold] {escape(provision.text)}\n"
            f"  [dim]{escape(provision.address)} · {kinds} · {escape(provision.basis or 'original')}[/dim]"
        )
        if provision.note:
            console.print(f"  ! {provision.note}", markup=False)


def row_json(policy: Policy, kind: Kind | None = None) -> Json:
    """Return one line of `corpus list --json`."""
    return {**entry_json(policy), "coverage": _coverage(policy, kind)}


def among_others_json(policy: Policy, stages: Iterable[Stage], links: Iterable[Link]) -> Json:
    """Return a policy as `corpus show --json` prints it: its structure, then how it stands among the others."""
    shown = policy_json(policy)
    for entry, provision in zip(shown["provisions"], policy.provisions, strict=True):
        entry |= {"text_en": provision.text_en, "kinds": list(provision.kinds), "basis": provision.basis}
    return {
        **shown,
        "validity_note": policy.validity_note,
        "coverage": _coverage(policy, None),
        "timeline": [
            {
                "policy_id": stage.policy_id,
                "title": stage.title,
                "start": stage.start.isoformat() if stage.start else None,
                "end": stage.end.isoformat() if stage.end else None,
                "status": stage.status,
            }
            for stage in stages
        ],
        "relations": [{"kind": link.kind, "policy_id": link.policy_id, "title": link.title} for link in links],
    }


def place_name(code: str) -> str:
    """Return the English name of a place by its code, 330200 is Ningbo; a county is named in Chinese."""
    found = place(code)
    if code == NATION:
        return "China"
    return (found.english[0] if found.english else found.name) if found else code


def _coverage(policy: Policy, kind: Kind | None) -> dict[str, int]:
    counted = Counter(basis(p) for p in policy.provisions if kind is None or kind in p.kinds)
    return {name: counted[name] for name in BASES}


def _row(policy: Policy, kind: Kind | None) -> list[str]:
    metadata = policy.metadata
    values = (
        policy.id,
        metadata.title,
        place_name(metadata.jurisdiction or NATION),
        metadata.tier,
        policy.status,
        metadata.effective or metadata.issued,
        _last_day(policy),
        *_coverage(policy, kind).values(),
    )
    return [" ".join(str("" if value is None else value).split()) for value in values]


def _last_day(policy: Policy) -> dt.date | None:
    metadata = policy.metadata
    return metadata.repealed - dt.timedelta(days=1) if metadata.repealed else metadata.expires


def _span(stage: Stage) -> str:
    start = stage.start.isoformat() if stage.start else "?"
    last = (stage.end - dt.timedelta(days=1)).isoformat() if stage.end else ""
    return f"{start} to {last or ('today' if stage.status == 'in_force' else '?')}"


def _name(title: str, policy_id: str | None) -> str:
    return f"{title} ({policy_id or 'outside the corpus'})"
