"""Amounts over years: what is new joins what was carried in, the year's limit is used, and the rest goes on.

Three rules have this form: the 30 % credit against the education surcharges, donations, and staff education spending.
Rests are used oldest first, so that a rest which lives three years is not lost to a younger one.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from assistant.eligibility.amounts import HUNDRED, UNKNOWN, ZERO, Span, Working, exact, on
from assistant.eligibility.formulas import CarryForward
from assistant.eligibility.model import Clause, Column, YearRow, YearTable
from assistant.eligibility.phrase import Phrase
from assistant.eligibility.units import shown

# By the names on the forms: the surcharge return, and annexes A105070 and A105050 of the yearly income tax return.
COLUMNS = {
    "credit": (
        Column("carried_in", Phrase("上期留抵可抵免金额", "credit carried in")),
        Column("new", Phrase("当期新增可抵免金额", "new credit")),
        Column("limit", Phrase("当期应缴两项附加", "surcharges due")),
        Column("used", Phrase("当期可抵免金额", "credit used")),
        Column("carried_out", Phrase("结转下期可抵免金额", "credit carried out")),
        Column("cancelled", Phrase("撤资核减未抵免金额", "unused credit cancelled")),
        Column("repaid", Phrase("撤资应补缴金额", "to be repaid")),
    ),
    "donation": (
        Column("carried_in", Phrase("以前年度结转可扣除的捐赠额", "donations carried in")),
        Column("new", Phrase("账载金额", "donated in the year")),
        Column("limit", Phrase("按税收规定计算的扣除限额", "limit of the year")),
        Column("used", Phrase("税收金额", "deducted")),
        Column("carried_out", Phrase("可结转以后年度扣除的捐赠额", "donations carried out")),
        Column("lapsed", Phrase("到期未扣除", "lapsed")),
    ),
    "education": (
        Column("carried_in", Phrase("以前年度累计结转扣除额", "carried in")),
        Column("new", Phrase("账载金额", "spent in the year")),
        Column("limit", Phrase("按税收规定计算的扣除限额", "limit of the year")),
        Column("used", Phrase("税收金额", "deducted")),
        Column("carried_out", Phrase("累计结转以后年度扣除额", "carried out")),
    ),
}


@dataclass(slots=True)
class Rest:
    """What is left of one year, and how long it lives."""

    year: int
    amount: Decimal


@dataclass(slots=True)
class Ledger:
    """The running state from one year to the next."""

    rests: list[Rest] = field(default_factory=list)  # oldest first
    granted: Decimal = ZERO  # used so far and not repaid

    @property
    def total(self) -> Decimal:
        return sum((rest.amount for rest in self.rests), ZERO)

    def take(self, amount: Decimal) -> Decimal:
        """Take an amount from the oldest rests first; return what was really taken."""
        wanted = amount
        for rest in self.rests:
            part = min(rest.amount, wanted)
            rest.amount -= part
            wanted -= part
        self.rests = [rest for rest in self.rests if rest.amount > 0]
        return amount - wanted

    def lapse(self, before: int) -> Decimal:
        """Drop rests from before a year; return what they were worth."""
        gone = sum((rest.amount for rest in self.rests if rest.year < before), ZERO)
        self.rests = [rest for rest in self.rests if rest.year >= before]
        return gone


@dataclass(frozen=True, slots=True)
class Year:
    """The numbers of one year, as worked out from facts and parameters; None where one is not known."""

    year: int
    new: Decimal | None
    limit: Decimal | None
    withdrawn: Decimal  # credit of investment taken back; nothing said is nothing taken back, and the notice says so


def carry_forward(formula: CarryForward, working: Working) -> Span:
    """Return what can be used in the last year given, and put the table of all years into the working."""
    names = [name for name in (formula.base, formula.limit, formula.withdrawn) if name]
    years = working.sheet.years(*names)
    columns = COLUMNS[formula.columns]
    if not years:
        for name in (formula.base, formula.limit):
            working.missing[name] = working.scheme.facts[name]
        if formula.rate:
            working.parameter(formula.rate)  # the rate is known even where nothing is to be multiplied yet
        return UNKNOWN
    opening = _opening(formula, working, years[0])
    vague = formula.opening is not None and formula.opening in working.missing
    lives = working.parameter(formula.years).high if formula.years else None
    ledger = Ledger([Rest(years[0] - 1, opening)] if opening else [])
    rows: list[YearRow] = []
    used: Span = UNKNOWN
    open_year: int | None = None
    for year in years:
        numbers = _numbers(formula, working, year) if open_year is None else Year(year, None, None, ZERO)
        if numbers.new is None or numbers.limit is None:
            open_year = open_year or year
            carried_in = ledger.total if open_year == year and not vague else None
            rows.append(_open_row(columns, numbers, carried_in, year))
            used = Span(None, numbers.limit)
            continue
        row = _settle(ledger, numbers, lives)
        rows.append(YearRow(year, tuple(_cell(column.id, row, vague) for column in columns)))
        used = _write(formula, working, numbers, row, vague)
    working.table = YearTable(columns, tuple(rows))
    _say(formula, working, open_year, years)
    return used


def _opening(formula: CarryForward, working: Working, first: int) -> Decimal | None:
    """What was carried in before the first year: nothing where no rule gave any yet; None where it is not known."""
    if formula.opening is None:
        return None
    known = working.sheet.number(formula.opening)
    if known is not None:
        working.fact(formula.opening)
        return known
    if formula.rate and on(working.scheme.parameters[formula.rate], dt.date(first - 1, 12, 31)) is None:
        return ZERO
    working.missing[formula.opening] = working.scheme.facts[formula.opening]
    return None


def _cell(column: str, row: dict[str, Decimal], vague: bool) -> Decimal | None:
    """A figure of the table; what hangs on an unknown opening is left open."""
    settled = {"used": row["used"] == row["limit"], "new": True, "limit": True, "lapsed": True}
    nothing_withdrawn = not row["cancelled"] and not row["repaid"]
    settled |= dict.fromkeys(("cancelled", "repaid"), nothing_withdrawn)
    return row.get(column) if not vague or settled.get(column, False) else None


def _numbers(formula: CarryForward, working: Working, year: int) -> Year:
    day = dt.date(year, 12, 31)
    rate = _rate(formula.rate, working, day)
    base = working.sheet.number(formula.base, year)
    new = None
    if base is None:
        working.missing[formula.base] = working.scheme.facts[formula.base]
    elif rate is not None:
        new = base * rate / HUNDRED
    limit = _limit(formula, working, year)
    if limit is None:
        working.missing[formula.limit] = working.scheme.facts[formula.limit]
    withdrawn = working.sheet.number(formula.withdrawn, year) if formula.withdrawn else None
    return Year(year, new, limit, (withdrawn or ZERO) * (rate or ZERO) / HUNDRED)


def _rate(name: str | None, working: Working, day: dt.date) -> Decimal | None:
    """A rate in percent on a day: all of it without a parameter, nothing before it came into force."""
    if name is None:
        return HUNDRED
    parameter = working.scheme.parameters[name]
    if all(dated.effective and day < dated.effective for dated in parameter.values):
        return ZERO
    return working.parameter(name, day, quiet=True).high


def _limit(formula: CarryForward, working: Working, year: int) -> Decimal | None:
    """The most that can be used in a year; a loss leaves no room, which is not the same as an unknown profit."""
    of = working.sheet.number(formula.limit, year)
    rate = _rate(formula.limit_rate, working, dt.date(year, 12, 31))
    return None if of is None or rate is None else max(ZERO, of * rate / HUNDRED)


def _settle(ledger: Ledger, year: Year, lives: Decimal | None) -> dict[str, Decimal]:
    """Move a ledger on by one year; return the figures of that year by column."""
    new, limit = year.new or ZERO, year.limit or ZERO
    carried_in = ledger.total
    ledger.rests.append(Rest(year.year, new))
    cancelled = ledger.take(year.withdrawn)
    used = ledger.take(limit)
    granted = ledger.granted
    repaid = min(year.withdrawn - cancelled, granted)
    ledger.granted += used - repaid
    lapsed = ledger.lapse(year.year - int(lives) + 1) if lives is not None else ZERO  # what no later year may use
    return {
        "carried_in": carried_in, "new": new, "limit": limit, "used": used, "carried_out": ledger.total,
        "cancelled": cancelled, "repaid": repaid, "lapsed": lapsed,
        "granted": granted,
    }  # fmt: skip


def _open_row(columns: tuple[Column, ...], year: Year, carried_in: Decimal | None, number: int) -> YearRow:
    known = {"carried_in": carried_in, "new": year.new, "limit": year.limit}
    return YearRow(number, tuple(known.get(column.id) for column in columns))


def _write(formula: CarryForward, working: Working, year: Year, row: dict[str, Decimal], vague: bool) -> Span:
    """Put a year's lines into the trace: what is new, what is used, what goes on; return what is used."""
    labels = {column.id: column.label for column in COLUMNS[formula.columns]}
    at = str(year.year)

    def clause_of(name: str | None) -> Clause | None:
        dated = on(working.scheme.parameters[name], dt.date(year.year, 12, 31)) if name else None
        return working.clause(dated.address) if dated else None

    base = working.sheet.number(formula.base, year.year) or ZERO
    rate = _rate(formula.rate, working, dt.date(year.year, 12, 31)) or ZERO
    text = f"{shown(base, '元')} × {shown(rate, '%')}" if formula.rate else shown(base, "元")
    working.write(labels["new"], text, exact(row["new"]), clause_of(formula.rate), at)
    if formula.limit_rate:
        of = working.sheet.number(formula.limit, year.year) or ZERO
        share = _rate(formula.limit_rate, working, dt.date(year.year, 12, 31)) or ZERO
        text = f"{shown(of, '元')} × {shown(share, '%')}" if of > 0 else f"{shown(of, '元')} ≤ 0"
        working.write(labels["limit"], text, exact(row["limit"]), clause_of(formula.limit_rate), at)
    if row["cancelled"] or row["repaid"]:
        withdrawn = working.clause(formula.withdrawn_address)
        text = f"min({shown(year.withdrawn, '元')} − {shown(row['cancelled'], '元')}, {shown(row['granted'], '元')})"
        repaid = UNKNOWN if vague else exact(row["repaid"])
        working.write(labels["repaid"], text, repaid, withdrawn, at)
    room = row["carried_in"] + row["new"] - row["cancelled"]
    text = f"min({shown(row['carried_in'], '')} + {shown(row['new'], '')}"
    text += f" − {shown(row['cancelled'], '')}" if row["cancelled"] else ""
    result = Span(row["used"], row["limit"] if vague else row["used"])
    rule = clause_of(formula.rate or formula.limit_rate)
    used = working.write(labels["used"], f"{text}, {shown(row['limit'], '元')})", result, rule, at)
    text = f"{shown(room, '元')} − {shown(row['used'], '元')}"
    text += f" − {shown(row['lapsed'], '元')}（{labels['lapsed'].zh}）" if row["lapsed"] else ""
    rest = Span(row["carried_out"], None if vague else row["carried_out"])
    working.write(labels["carried_out"], text, rest, working.clause(formula.address), at)
    return used


def _say(formula: CarryForward, working: Working, open_year: int | None, years: range) -> None:
    if open_year:
        working.notices.append(
            Phrase(
                f"{open_year}年的数据不全，从这一年起算不出来。",
                f"The figures of {open_year} are not all known; from that year on nothing can be worked out.",
            )
        )
    if formula.opening and formula.opening in working.missing:
        label = working.scheme.facts[formula.opening].label
        working.notices.append(
            Phrase(
                f"不知道{years[0]}年之前的{label.zh}，没有计入，实际可能更多。",
                f"{label.en} before {years[0]} is not known and not counted; the true figure may be higher.",
            )
        )
    if formula.withdrawn:
        stated = any(working.sheet.number(formula.withdrawn, year) is not None for year in years)
        working.notices.append(_ORDER if stated else _NOT_WITHDRAWN)


_ORDER = Phrase(
    "条文没有写明撤资先核减未抵免的还是先补缴已抵免的；表中先核减未抵免的。",
    "The clause does not say whether withdrawal first cancels unused credit or first repays used credit; "
    "the table cancels unused credit first.",
)
_NOT_WITHDRAWN = Phrase(
    "没有说到撤回投资或转让股权；发生的应当补缴已抵免的附加。",
    "No withdrawal of investment or sale of shares was stated; if there is one, credit already used is to be repaid.",
)
