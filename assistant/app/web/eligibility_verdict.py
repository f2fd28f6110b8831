"""HTML of a verdict: how it stands, what to fill in next, condition by condition, and what would mend it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from html import escape

from assistant.app.web import eligibility_amounts, eligibility_practice
from assistant.app.web.eligibility_clauses import card, resting
from assistant.app.web.eligibility_texts import EligibilityTexts
from assistant.app.web.places import place_name
from assistant.eligibility.model import (
    FactDefinition,
    Finding,
    GroupFinding,
    Op,
    Outcome,
    Scheme,
    Standing,
    Truth,
    Verdict,
)
from assistant.eligibility.notices import AUTHORITY_DECIDES
from assistant.eligibility.notices import place_name as place_called
from assistant.eligibility.units import shown
from assistant.eligibility.wording import MARKS, OUTCOMES, condition, given_text, mark
from assistant.prompts import Phrases, phrases

Held = frozenset[str]  # ids of the policies whose official text is in the installation


def verdict(
    found: Verdict, problems: Mapping[str, str], held: Held, fitting: Scheme | None, t: EligibilityTexts
) -> str:
    """Return a verdict; `problems` are told beside their fields, `fitting` is the version that holds in the place."""
    say = phrases("report", t.language)
    wanted = next_field(found)
    marks = json.dumps({"problems": dict(problems), "next": wanted}, ensure_ascii=False)
    listed = "".join(f"<li>{escape(notice)}</li>" for notice in _notices(found, t)[_first(found) :])
    return (
        f'<article class="verdict-of {found.outcome.value}" lang="{t.language}" data-marks="{escape(marks)}">'
        f"{_head(found, problems, fitting, t, say)}{resting(found, held, t)}"
        f"{_missing(found, t)}{_mend(found, t)}"
        f"{_tree(say.say('conditions'), found.conditions, held, t, say)}"
        f"{_tree(say.say('exclusions'), found.exclusions, held, t, say)}"
        f"{eligibility_amounts.amounts(found, held, t, say)}{eligibility_practice.practice(found, held, t, say)}"
        + (f'<div class="box notices"><ul>{listed}</ul></div>' if listed else "")
        + f'{eligibility_practice.files(found, t)}<p class="small">{escape(AUTHORITY_DECIDES.in_language(t.language))}</p></article>'
    )


def next_field(found: Verdict) -> str:
    """Return the fact worth asking next: for the verdict first, then for the amount; "" where none is."""
    if found.next_fact:
        return found.next_fact.id
    open_amounts = (fact.id for amount in found.amounts for fact in amount.missing)
    return next(open_amounts, "")


def _head(
    found: Verdict, problems: Mapping[str, str], fitting: Scheme | None, t: EligibilityTexts, say: Phrases
) -> str:
    outcome = OUTCOMES[found.outcome].in_language(t.language)
    sign = {Outcome.ELIGIBLE: "✓", Outcome.NOT_ELIGIBLE: "✗", Outcome.NEEDS_FACTS: "?"}[found.outcome]
    place = place_called(found.scheme.place).in_language(t.language)
    standing = "".join(f'<p class="why">{escape(notice)}</p>' for notice in _notices(found, t)[: _first(found)])
    only_if = t.if_met if found.outcome is Outcome.NEEDS_FACTS else ""
    totals = "".join(f'<p class="total">{only_if}{line}</p>' for line in eligibility_amounts.totals(found, t))
    wrong = f'<p class="warn">{escape(t.problems.format(count=len(problems)))}</p>' if problems else ""
    other = ""
    if fitting is not None:
        words = t.other_version.format(
            place=place_name(fitting.place, t.language), title=fitting.title.in_language(t.language)
        )
        other = f'<p><button type="button" class="open" data-scheme="{escape(fitting.id)}">{escape(words)}</button></p>'
    return (
        f'<header class="outcome"><h3><span class="mark" aria-hidden="true">{sign}</span> {escape(outcome)}</h3>{standing}'
        f'<p class="small">{escape(say.say("basis", place=place, day=found.as_of))}'
        f" {escape(say.say('authority', name=found.scheme.authority.in_language(t.language)))}</p>"
        f"{totals}{wrong}{other}</header>"
    )


def _notices(found: Verdict, t: EligibilityTexts) -> list[str]:
    return [notice.in_language(t.language) for notice in found.notices if notice != AUTHORITY_DECIDES]


def _first(found: Verdict) -> int:
    """How many notices belong beside the outcome: the first, where it says that the scheme may not hold here or today."""
    return int(found.standing is not Standing.IN_FORCE)


def _missing(found: Verdict, t: EligibilityTexts) -> str:
    """What is still to be filled in, each leading to its field; the first is the one marked in the form."""
    facts: dict[str, FactDefinition] = {fact.id: fact for fact in found.missing}
    facts |= {fact.id: fact for amount in found.amounts for fact in amount.missing if fact.id not in facts}
    if not facts:
        return ""
    first, *rest = facts.values()
    asked = (
        f'<p class="next-fact"><b>{escape(t.next)}</b> {_to_field(first, first.question.in_language(t.language))}</p>'
    )
    items = "".join(f"<li>{_to_field(fact, fact.label.in_language(t.language))}</li>" for fact in rest)
    more = f"<details><summary>{escape(t.missing)}{escape(f' · {len(rest)}')}</summary><ul>{items}</ul></details>"
    return f'<section class="missing">{asked}{more if rest else ""}</section>'


def _to_field(fact: FactDefinition, words: str) -> str:
    return f'<button type="button" class="to-field" data-to="{escape(fact.id)}">{escape(words)}</button>'


def _mend(found: Verdict, t: EligibilityTexts) -> str:
    """What falls short, by how much, and the papers that would show it put right."""
    if not found.would_change:
        return ""
    items = "".join(_short(finding, t) for finding in found.would_change)
    return f'<section class="mend"><h3>{escape(t.mend)}</h3><ul>{items}</ul></section>'


def _short(finding: Finding, t: EligibilityTexts) -> str:
    given = given_text(finding, t.language) or t.nothing_given
    lines = [t.now.format(given=given)]
    if gap := _gap(finding, t):
        lines.append(gap)
    if finding.fact.proof:
        separator = "：" if t.language == "zh" else ": "
        lines.append(f"{t.proof}{separator}{finding.fact.proof.in_language(t.language)}")
    words = condition(finding, t.language)
    joined = ("；" if t.language == "zh" else "; ").join(lines)
    return f'<li>{_to_field(finding.fact, words)}<p class="small">{escape(joined)}</p></li>'


def _gap(finding: Finding, t: EligibilityTexts) -> str:
    """How much is missing to a threshold that is to be reached."""
    measured = finding.measured if finding.measured is not None else finding.given.value if finding.given else None
    if finding.op not in (Op.AT_LEAST, Op.MORE) or not isinstance(finding.threshold, Decimal):
        return ""
    if not isinstance(measured, Decimal) or measured >= finding.threshold:
        return ""
    return t.gap.format(gap=shown(finding.threshold - measured, finding.unit, t.language))


def _tree(title: str, group: GroupFinding | None, held: Held, t: EligibilityTexts, say: Phrases) -> str:
    if group is None or not group.members:
        return ""
    inner = "".join(_found(member, held, t, say) for member in group.members)
    return f'<section class="tree-of"><h3>{escape(title)}</h3><ul class="conditions">{inner}</ul></section>'


def _found(found: Finding | GroupFinding, held: Held, t: EligibilityTexts, say: Phrases) -> str:
    return _leaf(found, held, t, say) if isinstance(found, Finding) else _group(found, held, t, say)


def _group(group: GroupFinding, held: Held, t: EligibilityTexts, say: Phrases) -> str:
    kind = say.say(f"group_{group.kind.value}", least=group.least)
    label = group.label.in_language(t.language) if group.label else ""
    gap = " " if t.language == "en" else ""
    inner = "".join(_found(member, held, t, say) for member in group.members)
    excludes = any(leaf.excludes for leaf in group.leaves)
    sign, word, style = _standing(group.truth, MARKS[group.truth], excludes, say)
    basis = card(group.clause, held, t, say) if group.clause else ""
    return (
        f'<li class="group {style}"><div class="condition">{_sign(sign, word)}'
        f'<div class="what"><b>{escape(f"{label}{gap}{kind}")}</b>{basis}</div></div>'
        f'<ul class="conditions">{inner}</ul></li>'
    )


def _leaf(finding: Finding, held: Held, t: EligibilityTexts, say: Phrases) -> str:
    given = given_text(finding, t.language)
    if given and finding.partial:
        given = say.say("partial", given=given)
    sign, word, style = _standing(finding.truth, mark(finding), finding.excludes, say)
    now = t.now.format(given=given) if given else t.nothing_given
    return (
        f'<li class="{style}"><div class="condition">{_sign(sign, word)}<div class="what">'
        f'<p>{escape(condition(finding, t.language))}</p><p class="small">{escape(now)}</p>'
        f"{card(finding.clause, held, t, say)}</div></div></li>"
    )


def _standing(truth: Truth, sign: str, excludes: bool, say: Phrases) -> tuple[str, str, str]:
    """The sign, the word and the style of a finding; what rules a company out is good where it does not apply."""
    word = say.say(f"{'excluding' if excludes else 'truth'}_{truth.value}")
    if excludes and truth is not Truth.UNKNOWN:
        good = truth is Truth.NOT_MET
        return MARKS[Truth.MET if good else Truth.NOT_MET], word, "met" if good else "not_met"
    return sign, word, truth.value


def _sign(sign: str, word: str) -> str:
    return f'<span class="truth"><span class="mark" aria-hidden="true">{sign}</span>{escape(word)}</span>'
