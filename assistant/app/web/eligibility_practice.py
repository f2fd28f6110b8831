"""HTML of what to do with a verdict: papers, steps, windows with the days left, and the files to take along."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from html import escape

from assistant.app.verdicts.calendar import Entry, entries
from assistant.app.verdicts.calendar import entry as days_of
from assistant.app.web.eligibility_clauses import card
from assistant.app.web.eligibility_texts import EligibilityTexts
from assistant.eligibility.model import Line, Stacking, Verdict
from assistant.eligibility.wording import colon
from assistant.prompts import Phrases

REPORTS = {"docx": "Word", "pdf": "PDF", "md": "Markdown"}  # by the ending of the file
CALENDAR = "ics"


def practice(found: Verdict, held: frozenset[str], t: EligibilityTexts, say: Phrases) -> str:
    """Return papers, windows, steps, office, and how the scheme stands to others; "" where none is known."""
    scheme = found.scheme
    windows = "".join(_window(line, found, held, t, say) for line in scheme.windows)
    parts = (
        _section(say.say("windows"), windows, "windows"),
        _papers(found, held, t, say),
        _section(say.say("steps"), _lines(scheme.steps, found, held, t, say), "steps", "ol"),
        _section(say.say("office"), _lines((scheme.office,) if scheme.office else (), found, held, t, say)),
        _section(say.say("stacking"), _lines(scheme.stacking, found, held, t, say)),
        _section(say.say("remarks"), _lines(scheme.remarks, found, held, t, say)),
    )
    return "".join(parts)


def files(found: Verdict, t: EligibilityTexts) -> str:
    """Return the buttons that make a report, and a calendar where the scheme has windows with days."""
    offered = {ending: t.report_file.format(kind=name) for ending, name in REPORTS.items()}
    if entries(found.scheme, found.as_of):
        offered[CALENDAR] = t.calendar_file
    buttons = "".join(
        f'<button type="button" class="take" data-ending="{ending}">{escape(words)}</button>'
        for ending, words in offered.items()
    )
    return (
        f'<section class="files"><h3>{escape(t.files)}</h3><p class="buttons">{buttons}</p>'
        f'<p class="warn" role="alert" data-failed="{escape(t.file_failed)}" hidden></p></section>'
    )


def _papers(found: Verdict, held: frozenset[str], t: EligibilityTexts, say: Phrases) -> str:
    """The papers a clause asks for, else those that show the facts of the conditions."""
    listed = _lines(found.scheme.materials, found, held, t, say)
    if listed:
        return _section(say.say("materials"), listed, "papers")
    facts = {finding.fact.id: finding.fact for finding in found.findings}
    proofs = dict.fromkeys(fact.proof.in_language(t.language) for fact in facts.values() if fact.proof)
    items = "".join(f"<li>{escape(proof)}</li>" for proof in proofs)
    return _section(t.proofs, items, "papers")


def _window(line: Line, found: Verdict, held: frozenset[str], t: EligibilityTexts, say: Phrases) -> str:
    days = days_of(line, found.as_of)
    when = f'<p class="days">{escape(_when(days, found.as_of, t))}</p>' if days else ""
    return f"<li>{escape(line.text.in_language(t.language))}{when}{_basis(line, found, held, t, say)}</li>"


def _when(days: Entry, day: dt.date, t: EligibilityTexts) -> str:
    told = (t.window_yearly if days.yearly else t.window_once).format(first=days.first, last=days.last)
    if day < days.first:
        return f"{told}{colon(t.language)}{t.days_left.format(days=(days.first - day).days)}"
    if day <= days.last:
        return f"{told}{colon(t.language)}{t.open_now.format(days=(days.last - day).days)}"
    return told


def _lines(
    lines: Iterable[Line | Stacking], found: Verdict, held: frozenset[str], t: EligibilityTexts, say: Phrases
) -> str:
    return "".join(
        f"<li>{escape(line.text.in_language(t.language))}{_basis(line, found, held, t, say)}</li>" for line in lines
    )


def _basis(line: Line | Stacking, found: Verdict, held: frozenset[str], t: EligibilityTexts, say: Phrases) -> str:
    return card(found.scheme.clauses[line.address], held, t, say) if line.address else ""


def _section(title: str, items: str, style: str = "", tag: str = "ul") -> str:
    if not items:
        return ""
    return f'<section class="practice {style}"><h3>{escape(title)}</h3><{tag}>{items}</{tag}></section>'
