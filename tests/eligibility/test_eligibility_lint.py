"""What the check of the corpus says of schemes: each message, on a small corpus in which one thing is wrong."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from assistant import config
from assistant.eligibility import check, lint, load
from assistant.eligibility.model import Fact, Outcome
from assistant.errors import CorpusError

POLICY = """\
id: town-subsidy-2024
title: {zh: 某市实习补贴办法, en: Town internship subsidy}
tier: normative
jurisdiction: CN
issuers: [某市人社局]
effective: 2024-03-01
status: in_force
validity_note: 有效。
provisions:
  - address: art_2
    locator: 第二条
    kind: condition
    audience: enterprise
    text: {zh: 企业接收60人以上实习，每人补3万元。, en: 'It takes at least 60 interns; 30000 yuan each.'}
    basis: memory
    quantities:
      - {name: 人数, value: 60, unit: 人, op: '>='}
"""
FACTS = """\
facts:
  - {id: interns, label: {zh: 实习生, en: interns}, question: {zh: 多少实习生？, en: 'How many interns?'}, type: number, unit: 人}
  - {id: licensed, label: {zh: 有执照, en: licensed}, question: {zh: 有执照吗？, en: 'Licensed?'}, type: boolean}
"""
SCHEME = """\
id: town-subsidy
purpose: benefit
title: {zh: 实习补贴, en: internship subsidy}
summary: {zh: 补贴, en: subsidy}
authority: {zh: 人社局, en: the bureau}
place: CN
basis: town-subsidy-2024/art_2
conditions:
  id: requirements
  all:
    - {id: interns-60, fact: interns, op: '>=', value: 60, unit: 人, address: town-subsidy-2024/art_2}
    - {fact: licensed, address: town-subsidy-2024/art_2}
parameters:
  - id: rate
    label: {zh: 标准, en: rate}
    unit: 万元/人
    values: [{value: 3, address: town-subsidy-2024/art_2}]
benefits:
  - id: subsidy
    label: {zh: 补贴, en: subsidy}
    formula: {form: per_head, rate: rate, heads: interns}
"""
NAME = "schemes/town-subsidy.yaml: "
AT_LEAST_60 = "    - {id: interns-60, fact: interns, op: '>=', value: 60, unit: 人, address: town-subsidy-2024/art_2}\n"


def write(folder: Path, scheme: str = SCHEME, facts: str = FACTS) -> Path:
    (folder / "national").mkdir()
    (folder / "schemes").mkdir()
    (folder / "national" / "town-subsidy-2024.yaml").write_text(POLICY, "utf-8")
    (folder / "schemes" / "facts.yaml").write_text(facts, "utf-8")
    (folder / "schemes" / "town-subsidy.yaml").write_text(scheme, "utf-8")
    return folder


def test_the_shipped_schemes_have_no_problem() -> None:
    assert [str(problem) for problem in lint.check(config.bundled("corpus"))] == []


def test_a_sound_scheme_has_no_problem(tmp_path: Path) -> None:
    assert lint.check(write(tmp_path)) == []


def test_a_corpus_without_schemes_has_no_problem(tmp_path: Path) -> None:
    assert lint.check(tmp_path) == []
    assert load(tmp_path).schemes == ()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("id: town-subsidy\n", "id: town\n", "id: the id is town, the file town-subsidy.yaml. Make the two the same."),
        ("licensed, address: town-subsidy-2024/art_2", "licensed, address: town-subsidy-2024/art_3",
         "conditions (licensed): no provision of the corpus has the address town-subsidy-2024/art_3. "
         "Look it up with `assistant corpus show`."),
        ("value: 60, unit: 人", "value: 50, unit: 人",
         "conditions (interns-60): it says 50, and 第二条 (town-subsidy-2024/art_2) says 30000, 60. "
         "Correct the number or the address."),
        ("values: [{value: 3,", "values: [{value: 5,",
         "parameters (rate): it says 50000, and 第二条 (town-subsidy-2024/art_2) says 30000, 60. "
         "Correct the number or the address."),
        ("value: 60, unit: 人", "value: 60, unit: 个月",
         "conditions (interns-60): interns is in 人, the threshold in 个月. Use one unit."),
        ("{fact: licensed,", "{fact: licenced,",
         "the whole file: town-subsidy: facts.yaml has no fact licenced. Correct the name, or add what is missing."),
        ("    - {fact: licensed, address: town-subsidy-2024/art_2}\n",
         "    - {fact: licensed, address: town-subsidy-2024/art_2}\n"
         "    - {id: few, fact: interns, op: '<', value: 60, unit: 人, address: town-subsidy-2024/art_2}\n",
         "conditions (few): no value of interns meets it together with the others. Change or remove one of the two."),
        ("    - {fact: licensed, address: town-subsidy-2024/art_2}\n",
         "    - {fact: licensed, address: town-subsidy-2024/art_2}\n"
         "    - {id: unlicensed, fact: licensed, value: false, address: town-subsidy-2024/art_2}\n",
         "conditions (unlicensed): it contradicts licensed. Change or remove one of the two."),
        ("    - {fact: licensed, address: town-subsidy-2024/art_2}\n",
         "    - {fact: licensed, address: town-subsidy-2024/art_2}\n"
         "    - {id: again, fact: licensed, address: town-subsidy-2024/art_2}\n",
         "conditions (again): licensed says the same. Change or remove one of the two."),
        ("    - {fact: licensed, address: town-subsidy-2024/art_2}\n",
         "    - {id: interns-60, fact: licensed, address: town-subsidy-2024/art_2}\n",
         "conditions (interns-60): two conditions have this id. Give each an `id` of its own."),
        ("    - {fact: licensed, address: town-subsidy-2024/art_2}\n",
         "    - id: either\n      any:\n"
         "        - {id: any-60, fact: interns, op: '>=', value: 60, unit: 人, address: town-subsidy-2024/art_2}\n"
         "        - {id: any-3, fact: interns, op: '>=', value: 3, unit: 万人, address: town-subsidy-2024/art_2}\n"
         "        - {fact: licensed, address: town-subsidy-2024/art_2}\n",
         "conditions (any-3): whoever meets it meets any-60 too, so it can never matter. Change or remove one of the two."),
        ("    - {fact: licensed, address: town-subsidy-2024/art_2}\n",
         "    - {fact: licensed, expires: 2020-01-01, address: town-subsidy-2024/art_2}\n",
         "conditions (licensed): it is never asked while the scheme is in force. Change or remove one of the two."),
        ("parameters:\n", "exclusions: [{id: no-licence, fact: licensed, address: town-subsidy-2024/art_2}]\nparameters:\n",
         "exclusions (no-licence): the same is asked for under conditions. Change or remove one of the two."),
        ("rate: rate,", "rate: price,", "benefits: there is no parameter price. Add it under `parameters`."),
        ("formula: {form: per_head, rate: rate, heads: interns}", "formula: {form: fact, fact: interns}",
         "parameters (rate): no benefit uses it. Take it out."),
        ("values: [{value: 3, address: town-subsidy-2024/art_2}]",
         "values: [{value: 3, address: town-subsidy-2024/art_2}, {value: 3, effective: 2025-01-01, address: town-subsidy-2024/art_2}]",
         "parameters (rate): two of its values hold on the same day. Correct the dates."),
        ("place: CN", "place: '399900'", "place: no place has the code 399900. Look the code up in GB/T 2260."),
        ("parameters:\n",
         "stacking: [{id: other, rule: not_with, text: {zh: 不重复, en: not with}, schemes: [nothing]}]\nparameters:\n",
         "stacking (other): there is no scheme nothing. Correct the id."),
        ("purpose: benefit\n", "purpose: money\n", "purpose: “money” is not among the allowed words. Write one of "),
        ("place: CN\n", "palce: CN\n", "place: it is missing. Add a line `place: …`."),
        ("  all:\n", "  all: []\n  any:\n", "conditions: it is not one thing. Write exactly one of `fact`, `all`, `any`, "),
        (", address: town-subsidy-2024/art_2}\nparameters", "}\nparameters",
         "conditions.all[2]: no provision asks for licensed. Add the `address` of the one that does."),
        ("values: [{value: 3, address: town-subsidy-2024/art_2}]", "values: [{value: 3}]",
         "parameters[1].values[1]: no provision sets this number. Add its `address`."),
        ("values: [{value: 3, address: town-subsidy-2024/art_2}]", "values: [{effective: 2024-01-01}]",
         "parameters[1].values[1]: an unknown value says nothing. Add a `note` on who sets it."),
        ("{value: 3,", "{value: three,", "“three” is no number. Write digits only, and the unit under `unit`."),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_scheme_is_named_with_its_remedy(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert SCHEME.count(old) >= 1
    told = [str(problem) for problem in lint.check(write(tmp_path, SCHEME.replace(old, new, 1)))]
    assert any(message in line and line.startswith(NAME) for line in told), told


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("  - {id: idle, label: {zh: 闲, en: idle}, question: {zh: 闲吗？, en: 'Idle?'}, type: boolean}\n",
         "schemes/facts.yaml: facts (idle): no scheme uses the fact. Take it out."),
        ("  - {id: licensed, label: {zh: 有, en: has}, question: {zh: 有吗？, en: 'Has it?'}, type: boolean}\n",
         "schemes/facts.yaml: facts (licensed): the fact stands twice. Take one of them out."),
        ("  - {id: rate, label: {zh: 率, en: rate}, question: {zh: 多少？, en: 'What?'}, type: number}\n",
         "the unit does not fit the type. Numbers and money need one, nothing else has one."),
        ("  - {id: size, label: {zh: 大, en: size}, question: {zh: 多大？, en: 'Size?'}, type: choice}\n",
         "choices do not fit the type. List `choices` for the type choice, and for no other."),
    ],
)  # fmt: skip
def test_what_is_wrong_in_the_facts_is_named_with_its_remedy(tmp_path: Path, more: str, message: str) -> None:
    told = [str(problem) for problem in lint.check(write(tmp_path, facts=FACTS + more))]
    assert any(message in line for line in told), told


def test_an_exclusion_that_no_company_can_meet_is_named(tmp_path: Path) -> None:
    impossible = """\
exclusions:
  - id: never
    all:
      - {id: over, fact: interns, op: '>', value: 60, unit: 人, address: town-subsidy-2024/art_2}
      - {id: under, fact: interns, op: '<', value: 60, unit: 人, address: town-subsidy-2024/art_2}
parameters:
"""
    told = [str(p) for p in lint.check(write(tmp_path, SCHEME.replace("parameters:\n", impossible, 1)))]
    assert told == [
        f"{NAME}conditions (under): no value of interns meets it together with the others. Change or remove one of the two."
    ]


@pytest.mark.parametrize(
    ("day", "outcome", "asked"),
    [
        ("2024-02-29", Outcome.NOT_ELIGIBLE, True),  # the policy takes effect on 1 March 2024
        ("2024-12-31", Outcome.NEEDS_FACTS, True),
        ("2025-01-01", Outcome.ELIGIBLE, False),
    ],
)
def test_a_condition_counts_until_its_last_day(tmp_path: Path, day: str, outcome: Outcome, asked: bool) -> None:
    dated = SCHEME.replace("{fact: licensed,", "{fact: licensed, expires: 2024-12-31,")
    scheme = load(write(tmp_path, dated)).get("town-subsidy")
    verdict = check(scheme, [Fact("interns", Decimal(60))], None, dt.date.fromisoformat(day))
    assert verdict.outcome is outcome
    assert ("licensed" in {finding.id for finding in verdict.findings}) is asked


VARIANT = """\
id: town-subsidy-ningbo
extends: town-subsidy
title: {zh: 宁波实习补贴, en: Ningbo internship subsidy}
place: '330200'
basis: town-subsidy-2024/art_2
"""


def vary(folder: Path, more: str, extends: str = "town-subsidy") -> Path:
    write(folder)
    text = VARIANT.replace("extends: town-subsidy", f"extends: {extends}") + more
    (folder / "schemes" / "town-subsidy-ningbo.yaml").write_text(text, "utf-8")
    return folder


def test_a_variant_inherits_replaces_adds_and_removes(tmp_path: Path) -> None:
    more = """\
conditions:
  add:
    requirements: [{id: here, fact: licensed, address: town-subsidy-2024/art_2}]
remove: [licensed, subsidy, rate]
"""
    made = load(vary(tmp_path, more)).get("town-subsidy", "330200")
    assert (made.id, made.family, made.place) == ("town-subsidy-ningbo", "town-subsidy", "330200")
    assert [node.id for node in made.conditions.members] == ["interns-60", "here"]
    assert (made.benefits, made.parameters) == ((), {})


@pytest.mark.parametrize(
    ("more", "extends", "message"),
    [
        ("remove: [nothing]\n", "town-subsidy", "it changes nothing, which town-subsidy does not have."),
        ("", "village-subsidy", "there is no scheme village-subsidy."),
        ("", "town-subsidy-ningbo", "it extends itself, by way of town-subsidy-ningbo."),
    ],
)
def test_a_variant_of_what_is_not_there_is_named(tmp_path: Path, more: str, extends: str, message: str) -> None:
    folder = vary(tmp_path, more, extends)
    told = [str(problem) for problem in lint.check(folder)]
    assert any(line.startswith("schemes/town-subsidy-ningbo.yaml: ") and message in line for line in told), told
    with pytest.raises(CorpusError, match=message.split(",")[0].rstrip(".")):
        load(folder)


def test_a_file_that_breaks_the_format_stops_loading_and_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="palce"):
        load(write(tmp_path, SCHEME.replace("place: CN", "palce: CN\nplace: CN")))
