"""What is wrong in schemes beyond their format: clauses that are not there, numbers that disagree, conditions nobody can meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from assistant.corpus import load as load_policies
from assistant.corpus.numbers import chinese_numbers, plain, scale
from assistant.corpus.reading import Problem
from assistant.eligibility import build, reach
from assistant.eligibility import formulas as forms
from assistant.eligibility.format import NodeEntry, SchemeEntry, VariantEntry
from assistant.eligibility.load import FACTS, FOLDER, complete, read, vocabulary_of
from assistant.eligibility.model import FactDefinition, FactType, Scheme
from assistant.eligibility.units import base_unit
from assistant.eligibility.variants import walk
from assistant.errors import CorpusError
from assistant.models import Policy, Provision
from assistant.structure.places import NATION, place


def check(directory: Path) -> list[Problem]:
    """Return every problem of the schemes in a corpus directory; none where there are no schemes."""
    if not (directory / FOLDER).is_dir():
        return []
    entries, vocabulary, problems = read(directory)
    if vocabulary is None:
        return problems
    facts = vocabulary_of(vocabulary)
    policies = {policy.id: policy for policy in load_policies(directory)}
    by_id = {entry.id: entry for entry in entries.values()}
    problems.extend(_twice([fact.id for fact in vocabulary.facts]))
    used: set[str] = set()
    for name, entry in entries.items():
        if entry.id != Path(name).stem:
            problems.append(
                Problem(name, "id", f"the id is {entry.id}, the file {Path(name).name}", "Make the two the same")
            )
        try:
            whole, family = complete(entry, by_id)
            found = list(_addresses(name, whole, policies))
            problems.extend(found)
            if not found:
                scheme = build.scheme(whole, family, facts, policies)
                used |= set(scheme.facts)
                problems.extend(_scheme(name, entry, whole, scheme, policies, set(by_id)))
        except CorpusError as error:
            problems.append(Problem(name, "the whole file", str(error), "Correct the name, or add what is missing"))
    problems.extend(_unused(facts, used))
    return problems


def _twice(ids: list[str]) -> Iterator[Problem]:
    for name, count in Counter(ids).items():
        if count > 1:
            yield Problem(f"{FOLDER}/{FACTS}", f"facts ({name})", "the fact stands twice", "Take one of them out")


def _unused(facts: Mapping[str, FactDefinition], used: set[str]) -> Iterator[Problem]:
    for name in facts:
        if name not in used:
            yield Problem(f"{FOLDER}/{FACTS}", f"facts ({name})", "no scheme uses the fact", "Take it out")


def _addresses(name: str, entry: SchemeEntry, policies: Mapping[str, Policy]) -> Iterator[Problem]:
    for where, address in build.located(entry):
        if _provision(address, policies) is None:
            yield Problem(
                name,
                where,
                f"no provision of the corpus has the address {address}",
                "Look it up with `assistant corpus show`",
            )


def _scheme(
    name: str, entry: SchemeEntry | VariantEntry, whole: SchemeEntry, scheme: Scheme, policies: Mapping[str, Policy],
    schemes: set[str],
) -> Iterator[Problem]:  # fmt: skip
    if entry.place != NATION and place(entry.place) is None:
        yield Problem(name, "place", f"no place has the code {entry.place}", "Look the code up in GB/T 2260")
    yield from _ids(name, whole)
    yield from _own_numbers(name, whole, policies)
    yield from _units(name, whole, scheme)
    yield from _parameters(name, whole, scheme)
    for stacking in entry.stacking:
        for other in stacking.schemes:
            if other not in schemes:
                yield Problem(name, f"stacking ({stacking.id})", f"there is no scheme {other}", "Correct the id")
    for where, message in reach.trouble(scheme):
        yield Problem(name, where, message, "Change or remove one of the two")


def _ids(name: str, entry: SchemeEntry) -> Iterator[Problem]:
    nodes = [node.name for root in (entry.conditions, *entry.exclusions) for node in walk(root)]
    for twice in (node for node, count in Counter(nodes).items() if count > 1):
        yield Problem(name, f"conditions ({twice})", "two conditions have this id", "Give each an `id` of its own")
    for node in walk(entry.conditions):
        if node.at_least is not None and not 0 < node.least <= len(node.at_least):
            count = len(node.at_least)
            yield Problem(
                name, f"conditions ({node.name})", f"{node.least} of {count} cannot be met", "Correct `least`"
            )


def _own_numbers(name: str, entry: SchemeEntry, policies: Mapping[str, Policy]) -> Iterator[Problem]:
    """Every number must stand in the clause it is bound to."""
    for node in (n for root in (entry.conditions, *entry.exclusions) for n in walk(root)):
        if node.fact and isinstance(node.value, str) and node.address and _is_number(node):
            yield from _stated(name, f"conditions ({node.name})", node.value, node.unit or "", node.address, policies)
        if node.at_least is not None and node.address:
            yield from _stated(name, f"conditions ({node.name}).least", str(node.least), "", node.address, policies)
    for parameter in entry.parameters:
        for value in parameter.values:
            for number in (value.value, value.least, value.most):
                if number and value.address:
                    where = f"parameters ({parameter.id})"
                    yield from _stated(name, where, number, parameter.unit, value.address, policies)


def _is_number(node: NodeEntry) -> bool:
    # More than none, or none at all, is a matter of wording and not a number that a clause states.
    return str(node.value).replace(".", "").isdigit() and node.unit is not None and node.value != "0"


def _stated(
    name: str, where: str, number: str, unit: str, address: str, policies: Mapping[str, Policy]
) -> Iterator[Problem]:
    provision = _provision(address, policies)
    if provision is None:
        return
    wanted = plain(number, scale(unit))
    known = set(chinese_numbers(provision.text).all)
    for quantity in provision.quantities:
        known |= {plain(value, scale(quantity.unit)) for value in quantity.value.split("~")}
    if wanted not in known:
        said = ", ".join(sorted(known)) or "no number"
        yield Problem(
            name,
            where,
            f"it says {wanted}, and {provision.locator} ({address}) says {said}",
            "Correct the number or the address",
        )


def _units(name: str, entry: SchemeEntry, scheme: Scheme) -> Iterator[Problem]:
    for node in (n for root in (entry.conditions, *entry.exclusions) for n in walk(root)):
        if not node.fact:
            continue
        definition = scheme.facts[node.fact]
        numeric = definition.type in (FactType.NUMBER, FactType.MONEY)
        own = base_unit(node.unit) if node.unit else None
        if node.share_of and not (own == "%" and numeric):
            yield Problem(name, f"conditions ({node.name})", "a share is compared in %", "Write `unit: '%'`")
        elif not node.share_of and numeric and own != definition.unit:
            yield Problem(
                name,
                f"conditions ({node.name})",
                f"{node.fact} is in {definition.unit}, the threshold in {own}",
                "Use one unit",
            )
        if isinstance(node.value, tuple) and definition.choices:
            for answer in set(node.value) - {choice.id for choice in definition.choices}:
                yield Problem(
                    name, f"conditions ({node.name})", f"{node.fact} has no answer {answer}", "Correct the value"
                )


def _parameters(name: str, entry: SchemeEntry, scheme: Scheme) -> Iterator[Problem]:
    used = {p for benefit in scheme.benefits for p in forms.parameters_of(benefit.formula)}
    for missing in sorted(used - set(scheme.parameters)):
        yield Problem(name, "benefits", f"there is no parameter {missing}", "Add it under `parameters`")
    for parameter in entry.parameters:
        if parameter.id not in used:
            yield Problem(name, f"parameters ({parameter.id})", "no benefit uses it", "Take it out")
        days = sorted((v.effective or "", v.expires or "9999") for v in parameter.values)
        if any(end >= start for (_, end), (start, _) in pairwise(days)):
            yield Problem(
                name, f"parameters ({parameter.id})", "two of its values hold on the same day", "Correct the dates"
            )


def _provision(address: str, policies: Mapping[str, Policy]) -> Provision | None:
    policy = policies.get(address.partition("/")[0])
    return next((p for p in policy.provisions if p.address == address), None) if policy else None
