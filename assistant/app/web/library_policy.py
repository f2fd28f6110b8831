"""HTML of one policy: what is known of it, how it stands among the others, its structure and its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from html import escape
from itertools import groupby

from assistant.app.web.library_table import badges, basis_words, title_of
from assistant.app.web.library_texts import LibraryTexts
from assistant.app.web.places import place_name
from assistant.app.web.sources import link
from assistant.app.web.standing import Standing, bases
from assistant.app.web.texts import Texts
from assistant.corpus.lineage import Link, Stage, links, timeline
from assistant.models import Policy, Provision, Wording

_OPEN_TREE = 60  # a longer structure starts with its chapters closed
_LONGEST_LABEL = 28


def page(
    policy: Policy, others: Sequence[Policy], standing: Mapping[str, Standing], t: LibraryTexts, common: Texts
) -> str:
    """Return the page of one policy among all that are held."""
    titles = {other.id: title_of(other, t) for other in others}
    related = [replace(near, title=titles.get(near.policy_id or "", near.title)) for near in links(policy, others)]
    stages = [replace(one, title=titles.get(one.policy_id or "", one.title)) for one in timeline(policy, others)]
    return (
        f'<article class="policy-page" lang="{t.language}" data-policy="{escape(policy.id)}">{back(t)}'
        f'<h2 tabindex="-1">{escape(title_of(policy, t))}</h2>{_head(policy, standing, t, common)}'
        f'<div class="among">{_timeline(policy, stages, t)}{_relations(related, t)}</div>'
        f"{_chooser(policy, others, related, stages, t)}"
        f'<div class="reading">{_structure(policy.provisions, t)}{_words(policy, t, common)}</div></article>'
    )


def back(t: LibraryTexts) -> str:
    """Return the way back to the table."""
    return f'<button type="button" class="shut"><span aria-hidden="true">← </span>{escape(t.back)}</button>'


def _head(policy: Policy, standing: Mapping[str, Standing], t: LibraryTexts, common: Texts) -> str:
    about = policy.metadata
    rows = (
        (common.doc_number, about.doc_number),
        (common.issuers, common.comma.join(about.issuers)),
        (t.place, place_name(about.jurisdiction, t.language) if about.jurisdiction else None),
        (t.tier, common.tiers[about.tier] if about.tier else None),
        (common.issued, about.issued),
        (common.effective, about.effective),
        (common.expires, about.expires),
        (common.repealed, about.repealed),
        (common.validity, policy.validity_note),
        (t.basis, basis_words(bases(policy), t)),
        (common.file, policy.source if policy.wording is Wording.ORIGINAL else None),
    )
    facts = "".join(f"<div><dt>{escape(k)}</dt><dd>{escape(str(v))}</dd></div>" for k, v in rows if v)
    shown = badges(policy, standing[policy.id], t)
    return f'<p class="badges">{shown}</p><dl class="facts">{facts}</dl>{link(about.url, common)}'


def _timeline(policy: Policy, stages: Sequence[Stage], t: LibraryTexts) -> str:
    if len(stages) < 2:
        return ""
    items = "".join(
        f'<li{" class=current" if stage.policy_id == policy.id else ""}><span class="when">{_when(stage)}</span> '
        f"{escape(stage.title) if stage.policy_id == policy.id else _named(stage.policy_id, stage.title, t)}"
        f"{f' <b>{escape(t.this_one)}</b>' if stage.policy_id == policy.id else ''}</li>"
        for stage in stages
    )
    return f'<section class="timeline"><h3>{escape(t.timeline)}</h3><ol>{items}</ol></section>'


def _when(stage: Stage) -> str:
    return f"{stage.start or '?'} – {stage.end or ''}"


def _relations(related: Sequence[Link], t: LibraryTexts) -> str:
    heading = f"<h3>{escape(t.relations)}</h3>"
    if not related:
        return f'<section>{heading}<p class="small">{escape(t.no_relations)}</p></section>'
    order = {kind: n for n, kind in enumerate(t.kinds)}
    ordered = sorted(related, key=lambda found: order.get(found.kind, len(order)))
    groups = "".join(
        f"<details{' open' if kind != 'related' else ''}><summary>{escape(t.kinds.get(kind, kind))} "
        f'<span class="number">{len(members)}</span></summary>'
        f"<ul>{''.join(f'<li>{_named(m.policy_id, m.title, t)}</li>' for m in members)}</ul></details>"
        for kind, members in ((kind, list(group)) for kind, group in groupby(ordered, key=lambda found: found.kind))
    )
    return f'<section class="relations">{heading}{groups}</section>'


def _named(policy_id: str | None, title: str, t: LibraryTexts) -> str:
    if policy_id is None:
        return f'{escape(title)} <span class="small">{escape(t.outside)}</span>'
    return f'<button type="button" class="open" data-policy="{escape(policy_id)}">{escape(title)}</button>'


def _chooser(
    policy: Policy, others: Iterable[Policy], related: Sequence[Link], stages: Sequence[Stage], t: LibraryTexts
) -> str:
    first = {near.policy_id for near in related} | {stage.policy_id for stage in stages}
    rest = sorted((other for other in others if other.id != policy.id), key=lambda other: title_of(other, t))
    groups = (
        (t.compare_near, [o for o in rest if o.id in first]),
        (t.compare_other, [o for o in rest if o.id not in first]),
    )
    options = "".join(
        f'<optgroup label="{escape(label)}">'
        + "".join(f'<option value="{escape(o.id)}">{escape(_with_number(o, t))}</option>' for o in members)
        + "</optgroup>"
        for label, members in groups
        if members
    )
    return (
        f'<div class="chooser"><label><span>{escape(t.compare_with)}</span><select><option value=""></option>{options}'
        f'</select></label><button type="button" class="compare" data-none="{escape(t.compare_none)}"'
        f' data-busy="{escape(t.comparing)}">{escape(t.compare)}</button><p class="hint" role="alert" hidden></p></div>'
    )


def _with_number(policy: Policy, t: LibraryTexts) -> str:
    about = policy.metadata
    said = about.doc_number or str(about.effective or about.issued or "")
    return f"{title_of(policy, t)} {said}".strip()


def _depth(provision: Provision) -> int:
    """How deep a provision stands: below the headings above it, or below its article."""
    return len(provision.trail) + provision.address.count("/") - 1


def _structure(provisions: Sequence[Provision], t: LibraryTexts) -> str:
    """The headings, articles and points as a tree, each leading to its words."""
    nodes = [(n, p) for n, p in enumerate(provisions) if p.address.count("/") <= 1]
    if len(nodes) < 2:
        return ""
    opened = " open" if len(nodes) <= _OPEN_TREE else ""
    return (
        f'<nav class="tree" aria-label="{escape(t.structure)}"><details open><summary>{escape(t.structure)}</summary>'
        f"{_branch(nodes, opened)}</details></nav>"
    )


def _branch(nodes: Sequence[tuple[int, Provision]], opened: str) -> str:
    """A list of the nodes that stand highest, each with those below it."""
    parts, at = [], 0
    while at < len(nodes):
        number, provision = nodes[at]
        end = at + 1
        while end < len(nodes) and _depth(nodes[end][1]) > _depth(provision):
            end += 1
        label = f'<a href="#clause-{number}" data-goto="clause-{number}">{escape(_label(provision))}</a>'
        below = nodes[at + 1 : end]
        inner = f"<details{opened}><summary>{label}</summary>{_branch(below, opened)}</details>" if below else label
        parts.append(f"<li>{inner}</li>")
        at = end
    return f"<ul>{''.join(parts)}</ul>"


def _label(provision: Provision) -> str:
    words = " ".join(provision.text.split())
    text = words if words.startswith(provision.locator) else f"{provision.locator} {words}"
    return text if len(text) <= _LONGEST_LABEL else f"{text[: _LONGEST_LABEL - 1]}…"


def _words(policy: Policy, t: LibraryTexts, common: Texts) -> str:
    if not policy.provisions:
        return f'<section class="full"><h3>{escape(t.full_text)}</h3><p class="small">{escape(t.no_text)}</p></section>'
    clauses = "".join(_clause(n, p, policy.wording, t, common) for n, p in enumerate(policy.provisions))
    return f'<section class="full"><h3>{escape(t.full_text)}</h3>{clauses}</section>'


def _clause(number: int, provision: Provision, wording: Wording, t: LibraryTexts, common: Texts) -> str:
    named = wording is Wording.DIGEST or not provision.text.lstrip().startswith(provision.locator)
    at = f'<p class="at">{escape(provision.locator)}</p>' if named and provision.locator else ""
    english = ""
    if provision.text_en:
        english = (
            f'<details class="translation" lang="en"{" open" if t.language == "en" else ""}>'
            f"<summary>{escape(t.translation)}</summary><p>{escape(provision.text_en)}</p></details>"
        )
    unchecked = f'<p class="warn">{escape(common.memory)}</p>' if provision.basis == "memory" else ""
    note = f'<p class="small">{escape(common.note + common.colon + provision.note)}</p>' if provision.note else ""
    depth = min(max(provision.address.count("/") - 1, 0), 3)
    return (
        f'<div class="provision depth-{depth} level-{provision.level}" id="clause-{number}" tabindex="-1">{at}'
        f'<p class="said">{escape(provision.text)}</p>{english}{unchecked}{note}</div>'
    )
