"""HTML of the cited clauses: one head per policy, below it each clause with the quoted words marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from assistant.app.web import page_images
from assistant.app.web.clauses import Clause, Paragraph
from assistant.app.web.library_texts import library_texts
from assistant.app.web.places import place_name
from assistant.app.web.standing import Standing
from assistant.app.web.texts import LANGUAGES, Texts
from assistant.models import Citation, Metadata, Tier, Wording
from assistant.text import locators

_WEB = re.compile(r"https?://(?P<host>[^/?#\s@]+)(?=[/?#]|$)", re.IGNORECASE)


def cards(turn: int, clauses: Sequence[Clause], t: Texts) -> str:
    """Return the clauses of one answer, grouped by policy in the order in which they are first cited."""
    by_policy: dict[str, list[Clause]] = {}
    for clause in clauses:
        by_policy.setdefault(clause.citation.policy_id, []).append(clause)
    first = clauses[0].citation.n if clauses else 0
    return "".join(_policy(turn, group, first, t) for group in by_policy.values())


def title_of(clause: Clause, t: Texts) -> str:
    """Return the title of a clause's policy in the language of the page, where it has one in it."""
    english = clause.metadata.title_en if clause.metadata else None
    return english if english and t.language == "en" else clause.citation.title


def wording_badge(citation: Citation, t: Texts) -> str:
    """Return what a reader must know of whose words these are; nothing for the official ones."""
    if citation.tier is Tier.PAPER:
        return _badge("digest", t.research)
    return _badge("digest", t.digest) if citation.wording is Wording.DIGEST else ""


def _policy(turn: int, clauses: Sequence[Clause], first: int, t: Texts) -> str:
    head = clauses[0]
    citation = head.citation
    badges = [_badge("tier", t.tiers[citation.tier])] if citation.tier else []
    if citation.jurisdiction:
        badges.append(_badge("place", place_name(citation.jurisdiction, t.language)))
    rows = _facts(head, t)
    facts = "".join(f"<div><dt>{escape(k)}</dt><dd>{escape(v)}</dd></div>" for k, v in rows)
    gone = "" if head.metadata else f'<p class="warn">{escape(t.unknown_policy)}</p>'
    return (
        f'<section class="policy"><h3>{escape(title_of(head, t))}</h3><p class="badges">{"".join(badges)}</p>'
        f'<dl class="facts">{facts}</dl>{gone}{link(citation.url, t)}'
        f"{''.join(_clause(turn, clause, clause.citation.n == first, t) for clause in clauses)}</section>"
    )


def _facts(clause: Clause, t: Texts) -> list[tuple[str, str]]:
    citation = clause.citation
    metadata = clause.metadata or Metadata()
    paper = citation.tier is Tier.PAPER
    rows = (
        (t.venue if paper else t.doc_number, citation.doc_number),
        (t.authors if paper else t.issuers, t.comma.join(metadata.issuers)),
        (t.issued, metadata.issued),
        (t.effective, metadata.effective),
        (t.expires, metadata.expires),
        (t.repealed, metadata.repealed),
        (t.validity, clause.validity_note),
    )
    return [(label, str(value)) for label, value in rows if value]


def _clause(turn: int, clause: Clause, opened: bool, t: Texts) -> str:
    citation = clause.citation
    key = f"{turn}-{citation.n}"
    notes = "".join(
        f'<p class="{style}">{escape(text)}</p>'
        for style, text in (
            ("warn", t.memory if clause.basis == "memory" else ""),
            ("small", f"{t.note}{t.colon}{clause.note}" if clause.note else ""),
            ("small", t.page_number.format(page=citation.page) if citation.page else ""),
        )
        if text
    )
    badges = "".join(_badge(style, label) for style, label in (*_standing(clause, t), _wording(clause, t)))
    return (
        f'<details class="clause" id="source-{key}" data-turn="{turn}"{" open" if opened else ""}>'
        f'<summary><span class="number">[{citation.n}]</span><span class="locator">{escape(locators.written(citation.locator, t.language))}</span>'
        f"{badges}</summary>{_words(clause, t)}{notes}{page_images.control(clause, title_of(clause, t), t.language)}"
        f'<a class="back" href="#turn-{turn}">{escape(t.back)}</a></details>'
    )


def status_of(clause: Clause, t: Texts) -> tuple[str, ...]:
    """Return in words where a clause stands on the day asked, and whose words it is in."""
    return tuple(label for _, label in (*_standing(clause, t), _wording(clause, t)))


def _standing(clause: Clause, t: Texts) -> list[tuple[str, str]]:
    """Style and label of where a clause stands; that of a paper is told by its wording already."""
    if clause.standing is Standing.RESEARCH:
        return []
    if clause.standing:
        return [(clause.standing.value.replace("_", "-"), library_texts(t.language).standings[clause.standing])]
    style, label = {
        True: ("in-force", t.in_force),
        False: ("not-in-force", t.not_in_force),
        None: ("force-unknown", t.force_unknown),
    }[clause.citation.in_force]
    return [(style, label)]


def _wording(clause: Clause, t: Texts) -> tuple[str, str]:
    if clause.citation.tier is Tier.PAPER:
        return "digest", t.research
    if clause.basis == "memory":
        return "unchecked", library_texts(t.language).unchecked
    return ("digest", t.digest) if clause.citation.wording is Wording.DIGEST else ("original", t.original)


def _words(clause: Clause, t: Texts) -> str:
    """The text of the clause; a quote that is not found in it stands apart, so that it is never lost."""
    trail = f'<p class="trail">{escape(" › ".join(clause.trail))}</p>' if clause.trail else ""
    apart = ""
    if clause.citation.quote and not clause.quote_found:
        apart = f'<p class="small">{escape(t.quote_apart)}</p><p><mark>{escape(clause.citation.quote)}</mark></p>'
    body = "".join(_paragraph(p) for p in clause.paragraphs)
    other = ""
    if clause.translation:
        lines = "".join(f"<p>{escape(line)}</p>" for line in clause.translation)
        code = clause.translation_language
        other = f'<details class="translation" lang="{code}"><summary>{LANGUAGES[code]}</summary>{lines}</details>'
    label = escape(clause.citation.locator)
    return f'{trail}<div class="words" role="group" aria-label="{label}" tabindex="0">{apart}{body}</div>{other}'


def _paragraph(paragraph: Paragraph) -> str:
    runs = (f"<mark>{escape(r.text)}</mark>" if r.quoted else escape(r.text) for r in paragraph.runs)
    return f'<p class="depth-{min(paragraph.depth, 3)}">{"".join(runs)}</p>'


def link(url: str | None, t: Texts) -> str:
    """Return a link to the page a policy was taken from; what is no web address is shown but cannot be followed."""
    if not url:
        return ""
    web = _WEB.match(url)
    if not web:
        return f'<p class="small">{escape(url)}</p>'
    label = t.official_page if web["host"].lower().endswith(".gov.cn") else t.web_page
    return (
        f'<p class="link"><a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{escape(label)}'
        f'<span aria-hidden="true"> ↗</span></a> <span class="host">{escape(web["host"])}</span></p>'
    )


def _badge(style: str, label: str) -> str:
    return f'<span class="badge {style}">{escape(label)}</span>'
