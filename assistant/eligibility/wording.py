"""Verdicts in words, the same on the command line, in an answer, and in a report."""

from __future__ import annotations

from decimal import Decimal

from assistant.eligibility.model import Finding, Op, Outcome, Truth
from assistant.eligibility.notices import place_name
from assistant.eligibility.phrase import Phrase
from assistant.eligibility.units import shown

MARKS = {Truth.MET: "✓", Truth.NOT_MET: "✗", Truth.UNKNOWN: "?"}
OUTCOMES = {
    Outcome.ELIGIBLE: Phrase("符合条件", "The conditions are met"),
    Outcome.NOT_ELIGIBLE: Phrase("不符合条件", "The conditions are not met"),
    Outcome.NEEDS_FACTS: Phrase("还缺事实，暂不能判断", "More facts are needed"),
}
_OPS = {Op.EQUAL: "=", Op.AT_LEAST: "≥", Op.AT_MOST: "≤", Op.MORE: ">", Op.LESS: "<"}
_OPEN = Phrase("未定", "open")


def colon(language: str) -> str:
    """Return the colon of a language, with the space that English has behind it."""
    return "：" if language == "zh" else ": "


def bracketed(text: str, language: str) -> str:
    """Return words in the brackets of a language, with the space that English has before them."""
    return f"（{text}）" if language == "zh" else f" ({text})"


def mark(finding: Finding) -> str:
    """Return ✓ ✗ ?; for what rules a company out, ✓ where it does not apply."""
    if finding.excludes and finding.truth is not Truth.UNKNOWN:
        return MARKS[Truth.NOT_MET if finding.truth is Truth.MET else Truth.MET]
    return MARKS[finding.truth]


def condition(finding: Finding, language: str) -> str:
    """Return a condition in words: 近3年累计接收实习生人数 ≥ 60人."""
    label = finding.label.in_language(language)
    value = finding.threshold
    if isinstance(value, bool):
        return label if value else f"{label}{colon(language)}{'否' if language == 'zh' else 'no'}"
    if isinstance(value, Decimal):
        return f"{label} {_OPS[finding.op]} {shown(value, finding.unit, language)}"
    if finding.op is Op.WITHIN:
        return f"{label}{colon(language)}{place_name(str(value)).in_language(language)}"
    if isinstance(value, tuple):
        labels = {choice.id: choice.label.in_language(language) for choice in finding.fact.choices}
        return f"{label}{colon(language)}{' / '.join(labels.get(each, each) for each in value)}"
    return f"{label} {_OPS[finding.op]} {value}"


def given_text(finding: Finding, language: str) -> str | None:
    """Return the fact as it was given, with the share it makes; None when it is not known."""
    if finding.given is None:
        return None
    value = finding.given.value
    if finding.measured is not None:
        return shown(finding.measured, "%")
    if isinstance(value, bool):
        return ("是" if value else "否") if language == "zh" else ("yes" if value else "no")
    if isinstance(value, Decimal):
        return shown(value, finding.fact.unit, language)
    if finding.op is Op.WITHIN:
        return place_name(str(value)).in_language(language)
    return finding.given.words or str(value)


def amount_text(low: Decimal | None, high: Decimal | None, unit: str, language: str) -> str:
    """Return an amount in words: exactly, from – to, at least, at most, or open."""
    if low is not None and low == high:
        return shown(low, unit, language)
    if low is not None and high is not None:
        return f"{shown(low, '')}–{shown(high, unit, language)}"
    if low is not None:
        return f"≥ {shown(low, unit, language)}"
    return f"≤ {shown(high, unit, language)}" if high is not None else _OPEN.in_language(language)
