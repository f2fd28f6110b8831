"""HTML of the table of policies. Searching and sorting happen in the browser, on what each row says of itself."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from assistant.app.web.library_texts import LibraryTexts
from assistant.app.web.places import place_name
from assistant.app.web.standing import Standing, bases
from assistant.app.web.texts import Texts
from assistant.models import Policy, Tier, Wording
from assistant.structure.places import NATION

_STYLES = {
    Standing.IN_FORCE: "in-force",
    Standing.NOT_YET: "force-unknown",
    Standing.EXPIRED: "not-in-force",
    Standing.REPEALED: "not-in-force",
    Standing.UNVERIFIED: "force-unknown",
    Standing.RESEARCH: "research",
}


def loading(words: str) -> str:
    """Return what stands in place of the table until it is there."""
    return f'<p class="pending"><span class="dots" aria-hidden="true"></span>{escape(words)}</p>'


def trouble(message: str) -> str:
    """Return a message about what could not be shown."""
    return f'<div class="box trouble" role="alert"><p>{escape(message)}</p></div>'


def table(policies: Sequence[Policy], standing: Mapping[str, Standing], t: LibraryTexts, common: Texts) -> str:
    """Return the filters and one row for each policy."""
    if not policies:
        return f'<div class="library" lang="{t.language}"><p class="source-empty">{escape(t.empty)}</p></div>'
    heads = (t.title, t.status, t.place, t.tier, t.start, t.until, t.clauses, t.basis)
    head = "".join(
        f'<th scope="col" role="columnheader" aria-sort="none"><button type="button" data-sort="{n}">{escape(label)}'
        '<span aria-hidden="true"></span></button></th>'
        for n, label in enumerate(heads)
    )
    ordered = sorted(policies, key=lambda p: (p.metadata.jurisdiction or "", title_of(p, t)))
    rows = "".join(_row(policy, standing[policy.id], heads, t, common) for policy in ordered)
    return (
        f'<div class="library" lang="{t.language}"><h2>{escape(t.heading)}</h2>{_filters(policies, standing, t, common)}'
        f'<p class="count" role="status" data-count="{escape(t.count)}">'
        f"{escape(t.count.format(count=len(policies), shown=len(policies)))}</p>"
        f'<table class="policies" role="table"><thead><tr role="row">{head}</tr></thead><tbody>{rows}</tbody></table>'
        f'<p class="source-empty none-found" hidden>{escape(t.none_found)}</p></div>'
    )


def badges(policy: Policy, standing: Standing, t: LibraryTexts) -> str:
    """Return where a policy stands, and whether it is held as our digest only."""
    shown = f'<span class="badge {_STYLES[standing]}">{escape(t.standings[standing])}</span>'
    if policy.wording is Wording.DIGEST and standing is not Standing.RESEARCH:
        label = t.unchecked if bases(policy)["memory"] else t.digest
        shown += f' <span class="badge digest">{escape(label)}</span>'
    return shown


def basis_words(counted: Counter[str], t: LibraryTexts) -> str:
    """Return what clauses rest on, in words with counts."""
    return " · ".join(f"{t.bases[name]} {count}" for name, count in counted.items() if count)


def title_of(policy: Policy, t: LibraryTexts) -> str:
    """Return the title of a policy in the language of the page, where it has one in it; its file's name without any."""
    english = policy.metadata.title_en if t.language == "en" else None
    return english or policy.metadata.title or policy.source


def _filters(policies: Sequence[Policy], standing: Mapping[str, Standing], t: LibraryTexts, common: Texts) -> str:
    places = sorted({p.metadata.jurisdiction or NATION for p in policies}, key=lambda code: (code != NATION, code))
    tiers = [tier for tier in Tier if any(p.metadata.tier is tier for p in policies)]
    held = [s for s in Standing if s in set(standing.values())]
    return (
        '<div class="library-filters">'
        f'<label><span>{escape(t.search)}</span><input type="search" placeholder="{escape(t.search_hint)}"></label>'
        + _select("standing", t.status, t.any_status, [(s.value, t.standings[s]) for s in held])
        + _select("place", t.place, t.any_place, [(code, place_name(code, t.language)) for code in places])
        + _select("tier", t.tier, t.any_tier, [(tier.value, common.tiers[tier]) for tier in tiers])
        + f'<button type="button" class="clear">{escape(t.clear)}</button></div>'
    )


def _select(name: str, label: str, everything: str, options: Iterable[tuple[str, str]]) -> str:
    listed = "".join(f'<option value="{escape(value)}">{escape(words)}</option>' for value, words in options)
    return (
        f'<label><span>{escape(label)}</span><select data-filter="{name}">'
        f'<option value="">{escape(everything)}</option>{listed}</select></label>'
    )


def _row(policy: Policy, standing: Standing, heads: Sequence[str], t: LibraryTexts, common: Texts) -> str:
    about = policy.metadata
    title = title_of(policy, t)
    code = about.jurisdiction or NATION
    tier = common.tiers[about.tier] if about.tier else ""
    start, until = about.effective or about.issued, _last_day(policy)
    counted = bases(policy)
    number = f'<span class="doc-number">{escape(about.doc_number)}</span>' if about.doc_number else ""
    cells = (
        (
            title,
            f'<button type="button" class="open" data-policy="{escape(policy.id)}">{escape(title)}</button>{number}',
        ),
        (str(list(Standing).index(standing)), badges(policy, standing, t)),
        (code, escape(place_name(code, t.language))),
        (str(list(Tier).index(about.tier)) if about.tier else "", escape(tier)),
        (str(start or ""), escape(str(start or ""))),
        (str(until or ""), escape(str(until or ""))),
        (str(len(policy.provisions)), str(len(policy.provisions))),
        (basis_words(counted, t), escape(basis_words(counted, t))),
    )
    words = " ".join(
        filter(None, (about.title, about.title_en, about.doc_number, *about.issuers, place_name(code, t.language)))
    )
    columns = "".join(
        f'<td role="cell" data-key="{escape(key)}" data-label="{escape(label)}">{shown}</td>'
        for label, (key, shown) in zip(heads, cells, strict=True)
    )
    return (
        f'<tr role="row" data-words="{escape(words.lower())}" data-standing="{standing}" data-place="{escape(code)}"'
        f' data-tier="{about.tier or ""}">{columns}</tr>'
    )


def _last_day(policy: Policy) -> dt.date | None:
    repealed = policy.metadata.repealed
    return repealed - dt.timedelta(days=1) if repealed else policy.metadata.expires
