"""HTML of the clauses a verdict rests on: a card for each, and what is to be known of whose words they are."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from assistant.app.web.eligibility_texts import EligibilityTexts
from assistant.app.web.sources import link
from assistant.app.web.texts import texts
from assistant.eligibility.model import Clause, Verdict
from assistant.models import Wording
from assistant.prompts import Phrases
from assistant.text import locators


def card(clause: Clause, held: frozenset[str], t: EligibilityTexts, say: Phrases) -> str:
    """Return the locator of a clause, which opens its card; `held` are the policies whose official text is there."""
    original = clause.wording is Wording.ORIGINAL
    marks = [("original" if original else "digest", say.say("original" if original else "digest"))]
    if clause.from_memory:
        marks.append(("force-unknown", say.say("memory")))
    badges = "".join(f'<span class="badge {style}">{escape(words)}</span>' for style, words in marks)
    number = say.say("number", number=clause.doc_number) if clause.doc_number else ""
    there = f'<p class="small">{escape(t.original_held)}</p>' if policy_of(clause) in held else ""
    locator = locators.written(clause.locator, t.language)
    return (
        f'<details class="basis"><summary>{escape(t.clause_of.format(locator=locator))}</summary>'
        f'<div class="clause-card" tabindex="-1"><p class="of"><b>{escape(clause.policy_title)}</b>{escape(number)}</p>'
        f'<p>{escape(locator)} <span class="badges">{badges}</span></p>'
        f'<blockquote lang="zh">{escape(clause.quote)}</blockquote>{there}{link(clause.url, texts(t.language))}'
        "</div></details>"
    )


def resting(verdict: Verdict, held: frozenset[str], t: EligibilityTexts) -> str:
    """Return on what a verdict rests, in a sentence: how many documents, and of how many there is no official text."""
    clauses = {clause.address: clause for clause in used(verdict)}
    policies = {policy_of(clause): clause.wording for clause in clauses.values()}
    digests = [name for name, wording in policies.items() if wording is Wording.DIGEST and name not in held]
    told = t.basis_digest if len(digests) == len(policies) else t.basis_part if digests else t.basis_original
    words = told.format(count=len(policies), digests=len(digests))
    unchecked = sum(clause.from_memory for clause in clauses.values())
    if unchecked:
        words += (" " if t.language == "en" else "") + t.basis_memory.format(count=unchecked)
    return f'<p class="resting">{escape(words)}</p>'


def used(verdict: Verdict) -> Iterable[Clause]:
    """Yield the clauses of all conditions and of every line of the amounts; those the scheme is built on without any."""
    yield from (finding.clause for finding in verdict.findings)
    yield from (line.clause for amount in verdict.amounts for line in amount.trace if line.clause)
    yield from (verdict.scheme.clauses[address] for address in verdict.scheme.basis)


def policy_of(clause: Clause) -> str:
    """Return the id of the policy a clause belongs to."""
    return clause.address.partition("/")[0]
