"""Cases written by hand from the clauses: a sentence each, and what must come out."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.app import given
from assistant.eligibility import Catalogue, check, read_mapping
from assistant.eligibility.model import Verdict
from assistant.text import language


def cases() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    found = []
    for path in sorted((Path(__file__).parent / "cases").glob("*.yaml")):
        sheet = yaml.safe_load(path.read_text("utf-8"))
        found += [(sheet, case) for case in sheet["cases"]]
    return found


CASES = cases()


def verdict(sheet: dict[str, Any], case: dict[str, Any], catalogue: Catalogue) -> Verdict:
    day = case.get("as_of", sheet["as_of"])
    place = given.place(case.get("place", sheet.get("place")))
    facts = case["only"] if "only" in case else {**sheet["base"], **case.get("facts", {})}
    scheme = catalogue.get(case.get("scheme", sheet["scheme"]), place, day)
    return check(scheme, read_mapping(catalogue.facts, facts), place, day)


@pytest.mark.parametrize(("sheet", "case"), CASES, ids=[case["en"] for _, case in CASES])
def test_a_case_comes_out_as_its_sentence_says(
    sheet: dict[str, Any], case: dict[str, Any], catalogue: Catalogue
) -> None:
    found = verdict(sheet, case, catalogue)
    truths = {finding.id: finding.truth.value for finding in found.findings}
    assert found.outcome.value == case["outcome"]
    assert {name: truths.get(name) for name in case.get("findings", {})} == case.get("findings", {})
    assert not set(case.get("absent", [])) & set(truths)
    if "standing" in case:
        assert found.standing.value == case["standing"]
    if "uses" in case:
        assert found.scheme.id == case["uses"]
    if "change" in case:
        assert [finding.id for finding in found.would_change] == case["change"]
    if "change_count" in case:
        assert len(found.would_change) == case["change_count"]
    if "next" in case:
        assert found.next_fact is not None
        assert found.next_fact.id == case["next"]
    if case.get("memory"):
        assert any("尚未对照原文核实" in notice.zh for notice in found.notices)
    clauses = {finding.id: finding.clause.address for finding in found.findings}
    assert {name: clauses[name] for name in case.get("clause", {})} == case.get("clause", {})
    _amounts(found, case)


def _amounts(found: Verdict, case: dict[str, Any]) -> None:
    amounts = {amount.id: amount for amount in found.amounts}
    for name, expected in case.get("amounts", {}).items():
        low, high = expected if isinstance(expected, list) else (expected, expected)
        ends = [None if end is None else Decimal(end) for end in (low, high)]
        assert [amounts[name].low, amounts[name].high] == ends
    for name, lacks in case.get("lacks", {}).items():
        assert [fact.id for fact in amounts[name].missing] == lacks


def test_there_are_enough_cases_each_with_a_sentence_in_both_languages() -> None:
    sentences = [case for _, case in CASES]
    assert len(sentences) >= 120
    assert len({case["zh"] for case in sentences}) == len({case["en"] for case in sentences}) == len(sentences)
    assert all(language(case["zh"]) == "zh" and language(case["en"]) == "en" for case in sentences)


def test_every_scheme_has_a_case(catalogue: Catalogue) -> None:
    seen = {verdict(sheet, case, catalogue).scheme.id for sheet, case in CASES}
    inherits_all = {"iei-enterprise-jiangsu"}  # Nanjing's, which adds nothing to it, stands for it
    assert {scheme.id for scheme in catalogue.schemes} - seen - inherits_all == set()


def test_a_check_of_today_needs_no_day(catalogue: Catalogue) -> None:
    assert check(catalogue.get("iei-enterprise"), ()).as_of == dt.date.today()
