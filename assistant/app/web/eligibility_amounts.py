"""HTML of amounts: the total, every step that leads to it, and how it runs over the years."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from html import escape

from assistant.app.web.eligibility_chart import chart
from assistant.app.web.eligibility_clauses import card
from assistant.app.web.eligibility_texts import EligibilityTexts
from assistant.eligibility.model import Amount, AmountLine, Verdict, YearTable
from assistant.eligibility.units import in_english, shown
from assistant.eligibility.wording import amount_text
from assistant.prompts import Phrases


def totals(found: Verdict, t: EligibilityTexts) -> Iterator[str]:
    """Yield what each benefit comes to, in one line of HTML."""
    for amount in found.amounts:
        name = escape(amount.label.in_language(t.language))
        yield f"{name} <b>{escape(_total(amount, t))}</b>"


def amounts(found: Verdict, held: frozenset[str], t: EligibilityTexts, say: Phrases) -> str:
    """Return the amounts of a verdict, step by step; why there are none where the conditions are not met."""
    title = f"<h3>{escape(say.say('amounts'))}</h3>"
    if not found.scheme.benefits:
        return ""
    if not found.amounts:
        return f'<section class="amounts">{title}<p class="small">{escape(t.no_amount)}</p></section>'
    return (
        f'<section class="amounts">{title}'
        f"{''.join(_amount(amount, held, t, say) for amount in found.amounts)}</section>"
    )


def _amount(amount: Amount, held: frozenset[str], t: EligibilityTexts, say: Phrases) -> str:
    name = say.say("amount", name=amount.label.in_language(t.language), total=_total(amount, t))
    lines = "".join(_line(line, held, t, say) for line in amount.trace)
    trace = f'<ol class="trace">{lines}</ol>' if lines else ""
    missing = ""
    if amount.missing:
        facts = say.say("and").join(fact.label.in_language(t.language) for fact in amount.missing)
        missing = f'<p class="small">{escape(say.say("amount_missing", facts=facts))}</p>'
    table = f"{chart(amount.table, t)}{_table(amount.table, t, say)}" if amount.table else ""
    return f"<h4>{escape(name)}</h4>{missing}{table}{trace}"


def _total(amount: Amount, t: EligibilityTexts) -> str:
    if amount.low is None and amount.high is None:
        return t.amount_open
    return amount_text(amount.low, amount.high, amount.unit, t.language)


def _line(line: AmountLine, held: frozenset[str], t: EligibilityTexts, say: Phrases) -> str:
    """One step: what, for when, how it is worked out, and what it comes to."""
    period = f'<span class="period">{escape(line.period)}</span> ' if line.period else ""
    words = line.formula if t.language == "zh" else in_english(line.formula)
    formula = f'<span class="formula">{escape(words)} =</span> ' if words and line.fact is None else ""
    result = amount_text(line.low, line.high, line.unit, t.language)
    basis = card(line.clause, held, t, say) if line.clause else ""
    return (
        f'<li><span>{period}<span class="label">{escape(line.label.in_language(t.language))}</span></span>'
        f'<span class="worked">{formula}<b>{escape(result)}</b></span>{basis}</li>'
    )


def _table(table: YearTable, t: EligibilityTexts, say: Phrases) -> str:
    """The years as a table, its columns named as on the tax form."""
    columns = [column.label.in_language(t.language) for column in table.columns]
    head = "".join(
        f'<th scope="col" role="columnheader">{escape(words)}</th>' for words in (say.say("column_year"), *columns)
    )
    rows = "".join(
        f'<tr role="row"><th scope="row" role="rowheader">{row.year}</th>'
        + "".join(
            f'<td role="cell" data-label="{escape(label)}">{escape(_figure(value, say))}</td>'
            for label, value in zip(columns, row.values, strict=True)
        )
        + "</tr>"
        for row in table.rows
    )
    return (
        f'<p class="small">{escape(say.say("year_table"))} {escape(t.in_yuan)}</p><div class="scroll"><table class="years" role="table">'
        f'<thead><tr role="row">{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _figure(value: Decimal | None, say: Phrases) -> str:
    return say.say("unknown") if value is None else shown(value, "元").removesuffix("元")
