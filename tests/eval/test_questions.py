"""The question sets can be trusted: well formed, of one split each, and pointing at clauses that exist."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

from assistant import config, corpus, readers, structure
from assistant.evaluation.cases import load, questions
from assistant.models import Status
from assistant.structure import places
from assistant.text.normal import squeeze

FIRST = ("laws", "corpus", "unanswerable")
SUITES = (*FIRST, "second")
LANGUAGES = {"zh", "zh-Hant", "en", "mixed"}


@pytest.fixture(scope="module")
def entries() -> dict[str, list[dict]]:
    return {suite: yaml.safe_load((questions() / f"{suite}.yaml").read_text("utf-8")) for suite in SUITES}


@pytest.fixture(scope="module")
def provisions() -> dict[str, dict[str, str]]:
    """Policy id → address within it → locator, of the starter corpus."""
    return {
        p.id: {v.address.removeprefix(f"{p.id}/"): v.locator for v in p.provisions}
        for p in corpus.load(config.bundled("corpus"))
    }


def gold(entry: dict) -> list[dict]:
    return [*(entry.get("gold") or ()), *(entry.get("also") or ())]


@pytest.mark.parametrize("suite", SUITES)
def test_each_set_loads_whole(entries, suite):
    assert len(load((suite,))) == len(entries[suite]) > 0
    assert len(load((suite,), "dev")) + len(load((suite,), "test")) == len(entries[suite])


def test_there_are_at_least_two_hundred_and_fifty_questions():
    assert len(load()) >= 250


def test_ids_are_unique_over_all_sets():
    counts = Counter(case.id for case in load())
    assert [id_ for id_, n in counts.items() if n > 1] == []


def test_every_case_has_a_split_a_language_a_question_and_an_expected_end():
    for case in load():
        assert case.split in ("dev", "test"), case.id
        assert case.language in LANGUAGES, case.id
        assert all(turn.strip() for turn in case.turns), case.id
        assert case.jurisdiction is None or places.place(case.jurisdiction), case.id


def test_what_must_be_refused_has_no_gold_and_what_must_be_answered_has_some(entries):
    for case in load():
        refused = case.expect in (Status.NOT_FOUND, Status.OUT_OF_SCOPE)
        assert refused == (not case.gold), case.id
        assert case.suite == "second" or refused == (case.suite == "unanswerable"), case.id
    assert all(
        e.get("trap") for suite in SUITES for e in entries[suite] if e["expect"] in ("not_found", "out_of_scope")
    )


def test_dev_and_test_share_no_question_and_each_holds_about_half():
    asked = Counter(tuple(squeeze(t) for t in case.turns) for case in load())
    assert [turns for turns, n in asked.items() if n > 1] == []
    share = len(load(split="dev")) / len(load())
    assert 0.45 <= share <= 0.55


def test_no_clause_is_gold_on_both_sides_of_the_split(entries):
    sides: dict[tuple[str, str | None], set[str]] = {}
    for entry in (entry for suite in FIRST for entry in entries[suite]):  # the second set was never tuned on
        for clause in entry.get("gold") or ():
            document = clause.get("policy") or clause["source"]
            sides.setdefault((document, clause.get("address") or clause.get("locator")), set()).add(entry["split"])
    assert [clause for clause, splits in sides.items() if len(splits) > 1] == []


def test_gold_clauses_of_the_starter_corpus_exist(entries, provisions):
    wrong = []
    for entry in (*entries["corpus"], *entries["second"]):
        for clause in (clause for clause in gold(entry) if "policy" in clause):
            held = provisions.get(clause["policy"], {})
            address, locator = clause.get("address"), clause.get("locator")
            there = [v for a, v in held.items() if address is None or a == address or a.startswith(f"{address}/")]
            if not any(locator is None or squeeze(v).startswith(squeeze(locator)) for v in there):
                wrong.append((entry["id"], clause, there))
    assert wrong == []


def test_gold_clauses_of_the_law_texts_exist(entries, originals: Path):
    texts: dict[str, set[str]] = {}
    wrong = []
    for entry in (*entries["laws"], *entries["second"]):
        for clause in gold(entry):
            name = clause.get("source")
            if name is None:
                continue
            if name not in texts:
                texts[name] = _locators(originals / name)
            if clause.get("locator") and squeeze(clause["locator"]) not in texts[name]:
                wrong.append((entry["id"], clause))
    assert wrong == []


def test_facts_of_the_law_questions_stand_in_their_texts(originals: Path):
    missing = []
    for case in load(("laws",)):
        documents = {g.document for g in case.gold}
        text = squeeze("\n".join((originals / d).read_text("utf-8") for d in documents if (originals / d).is_file()))
        missing += [(case.id, fact) for fact in case.facts if not any(squeeze(f) in text for f in fact)]
    assert missing == []


def _locators(path: Path) -> set[str]:
    parsed = structure.parse(path.stem, readers.read(path, path.name))
    return {squeeze(p.locator) for p in parsed.provisions}
