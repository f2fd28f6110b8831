"""A verdict as the command line shows it: the verdict first, then conditions, amounts, and what to ask next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import typer

from assistant.eligibility.model import (
    Amount,
    AmountLine,
    Clause,
    Finding,
    GroupFinding,
    GroupKind,
    Line,
    Scheme,
    Verdict,
)
from assistant.eligibility.notices import AUTHORITY_DECIDES, place_name
from assistant.eligibility.phrase import Phrase
from assistant.eligibility.units import shown
from assistant.eligibility.wording import MARKS, OUTCOMES, amount_text, bracketed, colon, condition, given_text, mark
from assistant.models import Wording

_KINDS = {
    GroupKind.ALL: Phrase("全部符合", "all of these"),
    GroupKind.ANY: Phrase("符合其一", "one of these"),
    GroupKind.NOT: Phrase("不得", "not"),
}
_WORDS = {
    "conditions": Phrase("条件", "Conditions"),
    "exclusions": Phrase("排除情形", "What rules a company out"),
    "change": Phrase("改变结论最少要改这些", "The fewest that would have to change"),
    "amounts": Phrase("金额", "Amounts"),
    "steps": Phrase("步骤", "Steps"),
    "materials": Phrase("材料", "Papers"),
    "windows": Phrase("时间", "When"),
    "stacking": Phrase("与其他政策", "With other schemes"),
    "remarks": Phrase("说明", "Remarks"),
    "office": Phrase("受理", "Office"),
    "next": Phrase("下一个问题", "Next question"),
    "given": Phrase("已知", "given"),
    "least": Phrase("至少", "at least "),
    "digest": Phrase("条文大意", "digest"),
    "original": Phrase("原文", "original"),
    "memory": Phrase("未核实", "unchecked"),
    "missing": Phrase("还需要", "still needed"),
}


def print_verdict(verdict: Verdict, language: str) -> None:
    """Print a verdict for people."""
    for line in verdict_lines(verdict, language):
        typer.echo(line)


def verdict_lines(verdict: Verdict, language: str) -> Iterator[str]:
    """Yield the lines of a verdict; a clause is quoted where it first counts, and named after that."""
    quoted: set[str] = set()
    scheme, words = verdict.scheme, {key: phrase.in_language(language) for key, phrase in _WORDS.items()}
    where = place_name(verdict.place or scheme.place).in_language(language)
    outcome, title = OUTCOMES[verdict.outcome].in_language(language), scheme.title.in_language(language)
    when = f"{where}，{verdict.as_of}" if language == "zh" else f"{where}, {verdict.as_of}"
    yield f"{outcome}{colon(language)}{title}{bracketed(when, language)}"
    for notice in verdict.notices[:-1]:
        yield f"  ! {notice.in_language(language)}"
    yield f"\n{words['conditions']}"
    yield from _group(verdict.conditions, language, 1, quoted)
    if verdict.exclusions:
        yield f"\n{words['exclusions']}"
        for member in verdict.exclusions.members:
            yield from _found(member, language, 1, quoted)
    if verdict.would_change:
        yield f"\n{words['change']}"
        yield from (f"  - {condition(finding, language)}" for finding in verdict.would_change)
    if verdict.amounts:
        yield f"\n{words['amounts']}"
        for amount in verdict.amounts:
            yield from _amount(amount, language)
    for key, lines in (
        ("steps", scheme.steps), ("materials", scheme.materials), ("windows", scheme.windows), ("remarks", scheme.remarks),
    ):  # fmt: skip
        yield from _section(words[key], lines, scheme, language)
    if scheme.stacking:
        yield f"\n{words['stacking']}"
        for stacking in scheme.stacking:
            yield f"  - {stacking.text.in_language(language)}{_source(scheme, stacking.address)}"
    if scheme.office:
        yield f"\n{words['office']}{colon(language)}{scheme.office.text.in_language(language)}"
    if verdict.next_fact:
        question, key = verdict.next_fact.question.in_language(language), f"{verdict.next_fact.id}=…"
        yield f"\n{words['next']}{colon(language)}{question}{bracketed(key, language)}"
    yield f"\n{AUTHORITY_DECIDES.in_language(language)}"


def _group(group: GroupFinding, language: str, depth: int, quoted: set[str]) -> Iterator[str]:
    for member in group.members:
        yield from _found(member, language, depth, quoted)


def _found(found: Finding | GroupFinding, language: str, depth: int, quoted: set[str]) -> Iterator[str]:
    pad = "  " * depth
    if isinstance(found, Finding):
        yield f"{pad}{mark(found)} {condition(found, language)}{_given(found, language)}"
        clause = found.clause
        again = clause.address in quoted
        yield f"{pad}    " + (f"——《{clause.policy_title}》{clause.locator}" if again else _quote(clause, language))
        quoted.add(clause.address)
        return
    kind = _KINDS.get(found.kind) or Phrase(f"至少{found.least}项", f"at least {found.least} of these")
    label = (
        found.label.in_language(language) + bracketed(kind.in_language(language), language)
        if found.label
        else kind.in_language(language)
    )
    yield f"{pad}{MARKS[found.truth]} {label}"
    yield from _group(found, language, depth + 1, quoted)


def _given(finding: Finding, language: str) -> str:
    text = given_text(finding, language)
    least = _WORDS["least"].in_language(language) if finding.partial else ""
    return f"　{_WORDS['given'].in_language(language)}{colon(language)}{least}{text}" if text else ""


def _quote(clause: Clause, language: str) -> str:
    kind = "original" if clause.wording is Wording.ORIGINAL else "digest"
    marks = [_WORDS[kind].in_language(language)] + (
        [_WORDS["memory"].in_language(language)] if clause.from_memory else []
    )
    return f"“{clause.quote}” ——《{clause.policy_title}》{clause.locator}（{'，'.join(marks)}）"


def _amount(amount: Amount, language: str) -> Iterator[str]:
    result = amount_text(amount.low, amount.high, amount.unit, language)
    yield f"  {amount.label.in_language(language)}{colon(language)}{result}"
    for line in amount.trace:
        yield f"    {_trace(line, language)}"
    if amount.table:
        yield "    " + " | ".join(["", *(column.label.in_language(language) for column in amount.table.columns)])
        for row in amount.table.rows:
            yield f"    {row.year} | " + " | ".join("?" if v is None else shown(v, "元", language) for v in row.values)
    if amount.missing:
        facts = [fact.label.in_language(language) + bracketed(fact.id, language) for fact in amount.missing]
        needed = ("、" if language == "zh" else ", ").join(facts)
        yield f"    {_WORDS['missing'].in_language(language)}{colon(language)}{needed}"


def _trace(line: AmountLine, language: str) -> str:
    period = f"{line.period} " if line.period else ""
    result = amount_text(line.low, line.high, line.unit, language)
    formula = f"{line.formula} = " if line.formula and line.fact is None else ""
    source = f"　《{line.clause.policy_title}》{line.clause.locator}" if line.clause else ""
    return f"{period}{line.label.in_language(language)}{colon(language)}{formula}{result}{source}"


def _section(title: str, lines: Iterable[Line], scheme: Scheme, language: str) -> Iterator[str]:
    for n, line in enumerate(lines):
        if n == 0:
            yield f"\n{title}"
        yield f"  - {line.text.in_language(language)}{_source(scheme, line.address)}"


def _source(scheme: Scheme, address: str | None) -> str:
    clause = scheme.clauses[address] if address else None
    return f"　《{clause.policy_title}》{clause.locator}" if clause else ""


def print_schemes(schemes: Iterable[Scheme], language: str) -> None:
    """Print one line for each scheme."""
    for scheme in schemes:
        place = place_name(scheme.place).in_language(language)
        typer.echo(f"{scheme.id}\t{place}\t{scheme.title.in_language(language)}")


def print_facts(scheme: Scheme, language: str) -> None:
    """Print what a scheme is and the facts it asks for."""
    typer.echo(f"{scheme.title.in_language(language)}\n{scheme.summary.in_language(language)}\n")
    for fact in scheme.facts.values():
        key = f"{fact.id}.2024" if fact.yearly else fact.id
        choices = f" [{' | '.join(choice.id for choice in fact.choices)}]" if fact.choices else ""
        unit = f" ({fact.unit})" if fact.unit else ""
        typer.echo(f"{key}\t{fact.question.in_language(language)}{unit}{choices}")
