"""Verdicts and schemes as JSON. Stable: fields are added, never renamed. Numbers are text, so that none is rounded."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from assistant.eligibility.model import (
    Amount,
    AmountLine,
    Clause,
    Fact,
    FactDefinition,
    Finding,
    GroupFinding,
    Line,
    Scheme,
    Stacking,
    Value,
    Verdict,
    YearTable,
)
from assistant.eligibility.phrase import Phrase
from assistant.eligibility.units import plain

Json = dict[str, Any]


def verdict_json(verdict: Verdict) -> Json:
    """Return a verdict as `check --json` prints it."""
    scheme = verdict.scheme
    return {
        "scheme": scheme.id,
        "family": scheme.family,
        "purpose": scheme.purpose,
        "title": phrase_json(scheme.title),
        "place": verdict.place,
        "as_of": verdict.as_of.isoformat(),
        "outcome": verdict.outcome.value,
        "standing": verdict.standing.value,
        "effective": _day(scheme.effective),
        "expires": _day(scheme.expires),
        "conditions": _found(verdict.conditions),
        "exclusions": _found(verdict.exclusions) if verdict.exclusions else None,
        "would_change": [finding.id for finding in verdict.would_change],
        "next_fact": fact_definition_json(verdict.next_fact) if verdict.next_fact else None,
        "missing": [definition.id for definition in verdict.missing],
        "amounts": [_amount(amount) for amount in verdict.amounts],
        "stacking": [_stacking(scheme, stacking) for stacking in scheme.stacking],
        "steps": [_line(scheme, line) for line in scheme.steps],
        "materials": [_line(scheme, line) for line in scheme.materials],
        "windows": [_line(scheme, line) for line in scheme.windows],
        "office": _line(scheme, scheme.office) if scheme.office else None,
        "remarks": [_line(scheme, line) for line in scheme.remarks],
        "facts": [_fact(fact) for fact in verdict.facts],
        "notices": [phrase_json(notice) for notice in verdict.notices],
    }


def scheme_json(scheme: Scheme) -> Json:
    """Return a scheme as `schemes --json` prints it, with the facts it asks for."""
    return {
        "id": scheme.id,
        "family": scheme.family,
        "purpose": scheme.purpose,
        "title": phrase_json(scheme.title),
        "summary": phrase_json(scheme.summary),
        "authority": phrase_json(scheme.authority),
        "place": scheme.place,
        "effective": _day(scheme.effective),
        "expires": _day(scheme.expires),
        "confirmed": scheme.confirmed,
        "basis": list(scheme.basis),
        "facts": [fact_definition_json(fact) for fact in scheme.facts.values()],
    }


def phrase_json(phrase: Phrase) -> Json:
    """Return words in both languages."""
    return {"zh": phrase.zh, "en": phrase.en}


def fact_definition_json(fact: FactDefinition) -> Json:
    """Return what to ask for."""
    return {
        "id": fact.id,
        "label": phrase_json(fact.label),
        "question": phrase_json(fact.question),
        "type": fact.type.value,
        "unit": fact.unit,
        "yearly": fact.yearly,
        "choices": [{"id": choice.id, "label": phrase_json(choice.label)} for choice in fact.choices],
        "proof": phrase_json(fact.proof) if fact.proof else None,
    }


def _found(found: Finding | GroupFinding) -> Json:
    if isinstance(found, GroupFinding):
        return {
            "id": found.id,
            "kind": found.kind.value,
            "least": found.least,
            "truth": found.truth.value,
            "label": phrase_json(found.label) if found.label else None,
            "clause": _clause(found.clause) if found.clause else None,
            "members": [_found(member) for member in found.members],
        }
    return {
        "id": found.id,
        "truth": found.truth.value,
        "label": phrase_json(found.label),
        "fact": found.fact.id,
        "given": _fact(found.given) if found.given else None,
        "partial": found.partial,
        "share_of": _fact(found.share_given) if found.share_given else None,
        "measured": plain(found.measured.quantize(Decimal("0.0001"))) if found.measured is not None else None,
        "op": found.op.value,
        "threshold": list(found.threshold) if isinstance(found.threshold, tuple) else _value(found.threshold),
        "unit": found.unit,
        "excludes": found.excludes,
        "clause": _clause(found.clause),
    }


def _clause(clause: Clause) -> Json:
    return {
        "address": clause.address,
        "title": clause.policy_title,
        "doc_number": clause.doc_number,
        "locator": clause.locator,
        "quote": clause.quote,
        "wording": clause.wording.value,
        "from_memory": clause.from_memory,
        "url": clause.url,
    }


def _fact(fact: Fact) -> Json:
    return {
        "id": fact.id,
        "value": _value(fact.value),
        "year": fact.year,
        "provenance": fact.provenance.value,
        "words": fact.words,
    }


def _value(value: Value) -> str | bool:
    if isinstance(value, Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def _amount(amount: Amount) -> Json:
    return {
        "id": amount.id,
        "label": phrase_json(amount.label),
        "recipient": amount.recipient,
        "unit": amount.unit,
        "low": _number(amount.low),
        "high": _number(amount.high),
        "missing": [fact.id for fact in amount.missing],
        "trace": [_trace(line) for line in amount.trace],
        "table": _table(amount.table) if amount.table else None,
        "notices": [phrase_json(notice) for notice in amount.notices],
    }


def _trace(line: AmountLine) -> Json:
    return {
        "label": phrase_json(line.label),
        "formula": line.formula,
        "low": _number(line.low),
        "high": _number(line.high),
        "unit": line.unit,
        "period": line.period,
        "clause": _clause(line.clause) if line.clause else None,
    }


def _table(table: YearTable) -> Json:
    return {
        "columns": [{"id": column.id, "label": phrase_json(column.label)} for column in table.columns],
        "rows": [{"year": row.year, "values": [_number(value) for value in row.values]} for row in table.rows],
    }


def _line(scheme: Scheme, line: Line) -> Json:
    return {
        "id": line.id,
        "text": phrase_json(line.text),
        "opens": line.opens,
        "closes": line.closes,
        "clause": _clause(scheme.clauses[line.address]) if line.address else None,
    }


def _stacking(scheme: Scheme, stacking: Stacking) -> Json:
    return {
        "id": stacking.id,
        "rule": stacking.rule,
        "text": phrase_json(stacking.text),
        "schemes": list(stacking.schemes),
        "clause": _clause(scheme.clauses[stacking.address]) if stacking.address else None,
    }


def _number(number: Decimal | None) -> str | None:
    return None if number is None else plain(number)


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
