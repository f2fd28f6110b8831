"""A scheme as its file has it, made into values: units reduced, dates read, addresses bound to their clauses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from assistant.corpus.format import Bilingual
from assistant.eligibility import format as entries
from assistant.eligibility import format_forms as form_entries
from assistant.eligibility import formulas as forms
from assistant.eligibility.model import (
    Benefit,
    Clause,
    Dated,
    FactDefinition,
    FactType,
    Group,
    GroupKind,
    Leaf,
    Line,
    Node,
    Parameter,
    Scheme,
    Stacking,
    Value,
)
from assistant.eligibility.phrase import Phrase
from assistant.eligibility.units import base_unit, in_base
from assistant.errors import CorpusError
from assistant.models import Policy, Provision

CONFIRMED = ("in_force", "amended", "expired", "superseded")


def scheme(
    entry: entries.SchemeEntry, family: str, facts: Mapping[str, FactDefinition], policies: Mapping[str, Policy]
) -> Scheme:
    """Return a scheme, complete and bound; raises CorpusError for a fact or an address that is not there."""
    conditions = _node(entry.conditions, facts, entry.id)
    group = conditions if isinstance(conditions, Group) else Group("conditions", GroupKind.ALL, (conditions,))
    exclusions = tuple(_node(node, facts, entry.id) for node in entry.exclusions)
    benefits = tuple(
        Benefit(b.id, _phrase(b.label), b.recipient, b.unit, formula(b.formula), b.address) for b in entry.benefits
    )
    used = [fact for node in (group, *exclusions) for fact in facts_of(node)]
    used += [fact for benefit in benefits for fact in forms.facts_of(benefit.formula)]
    policy = policies.get(entry.basis[0].partition("/")[0])
    ends = [d for d in (policy.metadata.expires, _day_before(policy.metadata.repealed)) if d] if policy else []
    return Scheme(
        id=entry.id,
        family=family,
        purpose=entry.purpose,
        title=_phrase(entry.title),
        summary=_phrase(entry.summary),
        authority=_phrase(entry.authority),
        place=entry.place,
        basis=entry.basis,
        conditions=group,
        exclusions=exclusions,
        facts={name: _known(name, facts, entry.id) for fact in used for name in (fact, facts[fact].sum_of) if name},
        clauses={address: clause(address, policies) for address in addresses(entry)},
        effective=_day(entry.effective) or (policy.metadata.effective if policy else None),
        expires=_day(entry.expires) or (min(ends) if ends else None),
        confirmed=policy is not None and policy.status in CONFIRMED,
        parameters={p.id: _parameter(p) for p in entry.parameters},
        benefits=benefits,
        stacking=tuple(Stacking(s.id, s.rule, _phrase(s.text), s.schemes, s.address) for s in entry.stacking),
        steps=_lines(entry.steps),
        materials=_lines(entry.materials),
        windows=_lines(entry.windows),
        office=next(iter(_lines([entry.office])), None) if entry.office else None,
        remarks=_lines(entry.remarks),
    )


def clause(address: str, policies: Mapping[str, Policy]) -> Clause:
    """Return the provision at an address, to be quoted; raises CorpusError when there is none."""
    policy = policies.get(address.partition("/")[0])
    provision = next((p for p in policy.provisions if p.address == address), None) if policy else None
    if policy is None or provision is None:
        raise CorpusError(f"no provision has the address {address}")
    return _clause(policy, provision)


def _clause(policy: Policy, provision: Provision) -> Clause:
    return Clause(
        address=provision.address,
        policy_title=policy.metadata.title or policy.id,
        doc_number=policy.metadata.doc_number,
        locator=provision.locator,
        quote=provision.text,
        wording=policy.wording,
        from_memory=provision.basis == "memory",
        url=policy.metadata.url,
    )


def addresses(entry: entries.SchemeEntry) -> tuple[str, ...]:
    """Return every address a scheme names, in order, each once."""
    return tuple(dict.fromkeys(address for _, address in located(entry)))


def located(entry: entries.SchemeEntry) -> Iterator[tuple[str, str]]:
    """Yield every address a scheme names with the place in the file where it stands."""
    for n, address in enumerate(entry.basis, start=1):
        yield f"basis[{n}]", address
    for root in (entry.conditions, *entry.exclusions):
        yield from _in_node(root)
    for parameter in entry.parameters:
        yield from ((f"parameters ({parameter.id})", v.address) for v in parameter.values if v.address)
    for benefit in entry.benefits:
        if benefit.address:
            yield f"benefits ({benefit.id})", benefit.address
        for address in _in_formula(benefit.formula):
            yield f"benefits ({benefit.id}).formula", address
    for name in ("stacking", "steps", "materials", "windows", "remarks"):
        for part in getattr(entry, name):
            if part.address:
                yield f"{name} ({part.id})", part.address
    if entry.office and entry.office.address:
        yield "office", entry.office.address


def _in_node(node: entries.NodeEntry) -> Iterator[tuple[str, str]]:
    if node.address:
        yield f"conditions ({node.name})", node.address
    for member in node.members:
        yield from _in_node(member)


def _in_formula(entry: object) -> Iterator[str]:
    if isinstance(entry, form_entries.CarryForwardEntry):
        yield entry.address
        if entry.withdrawn_address:
            yield entry.withdrawn_address


def facts_of(node: Node) -> tuple[str, ...]:
    """Return the facts that a condition asks for, in order."""
    if isinstance(node, Leaf):
        return (node.fact,) if node.share_of is None else (node.fact, node.share_of)
    return tuple(fact for member in node.members for fact in facts_of(member))


def _node(entry: entries.NodeEntry, facts: Mapping[str, FactDefinition], scheme_id: str) -> Node:
    label = _phrase(entry.label) if entry.label else None
    if entry.fact is None:
        members = tuple(_node(member, facts, scheme_id) for member in entry.members)
        return Group(entry.name, entry.kind or GroupKind.ALL, members, label, entry.address, entry.least)
    definition = _known(entry.fact, facts, scheme_id)
    if entry.share_of:
        _known(entry.share_of, facts, scheme_id)
    return Leaf(
        id=entry.name,
        label=label or definition.label,
        fact=entry.fact,
        op=entry.op,
        value=_value(entry, definition),
        unit="%" if entry.share_of else (base_unit(entry.unit) if entry.unit else definition.unit),
        address=entry.address or "",
        share_of=entry.share_of,
        effective=_day(entry.effective),
        expires=_day(entry.expires),
    )


def _value(entry: entries.NodeEntry, definition: FactDefinition) -> Value | tuple[str, ...]:
    """The threshold in the type of its fact; raises CorpusError when it cannot be one."""
    if isinstance(entry.value, tuple):
        return entry.value
    match definition.type, entry.value:
        case FactType.BOOLEAN, bool(value):
            return value
        case ((FactType.NUMBER | FactType.MONEY), str(text)):
            try:
                return in_base(text, entry.unit)
            except ArithmeticError as error:
                raise CorpusError(f"conditions ({entry.name}): “{text}” is no number") from error
        case FactType.DATE, str(text):
            return dt.date.fromisoformat(text)
        case ((FactType.CHOICE | FactType.PLACE | FactType.TEXT), str(text)):
            return text
    raise CorpusError(f"conditions ({entry.name}): “{entry.value}” is no value of {definition.id} ({definition.type})")


def _known(fact: str, facts: Mapping[str, FactDefinition], scheme_id: str) -> FactDefinition:
    if fact not in facts:
        raise CorpusError(f"{scheme_id}: facts.yaml has no fact {fact}")
    return facts[fact]


def _parameter(entry: entries.ParameterEntry) -> Parameter:
    def dated(value: entries.DatedEntry) -> Dated:
        low, high = value.value or value.least, value.value or value.most
        return Dated(
            low=in_base(low, entry.unit) if low else None,
            high=in_base(high, entry.unit) if high else None,
            address=value.address,
            effective=_day(value.effective),
            expires=_day(value.expires),
            note=_phrase(value.note) if value.note else None,
        )

    return Parameter(entry.id, _phrase(entry.label), base_unit(entry.unit), tuple(dated(v) for v in entry.values))


def formula(entry: form_entries.FormEntry) -> forms.Formula:
    """Return a benefit's formula as a value."""
    match entry:
        case form_entries.OfFactEntry():
            return forms.OfFact(entry.fact)
        case form_entries.OfParameterEntry():
            return forms.OfParameter(entry.parameter)
        case form_entries.ShareOfEntry():
            return forms.ShareOf(entry.rate, formula(entry.base))
        case form_entries.PerHeadEntry():
            return forms.PerHead(entry.rate, entry.heads, entry.times, entry.most_times)
        case form_entries.CappedByEntry():
            return forms.CappedBy(formula(entry.amount), formula(entry.cap))
        case form_entries.SumEntry():
            return forms.SumOf(tuple(formula(part) for part in entry.parts))
        case form_entries.DeductFromEntry():
            return forms.DeductFrom(formula(entry.amount), formula(entry.deduction))
        case form_entries.ChosenEntry():
            return forms.Chosen(entry.fact, {case: formula(f) for case, f in entry.cases.items()})
        case form_entries.WhenEntry():
            return forms.When(entry.fact, formula(entry.amount))
        case form_entries.CarryForwardEntry():
            return forms.CarryForward(
                entry.base, entry.rate, entry.limit, entry.limit_rate, entry.years, entry.withdrawn, entry.opening,
                entry.columns, entry.address, entry.withdrawn_address,
            )  # fmt: skip


def _lines(lines: Iterable[entries.LineEntry]) -> tuple[Line, ...]:
    return tuple(Line(line.id, _phrase(line.text), line.address, line.opens, line.closes) for line in lines)


def _phrase(entry: Bilingual) -> Phrase:
    return Phrase(entry.zh, entry.en)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text and len(text) == 10 else None


def _day_before(day: dt.date | None) -> dt.date | None:
    return day - dt.timedelta(days=1) if day else None
