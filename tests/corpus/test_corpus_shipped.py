"""The starter corpus that ships: what must hold of it, whoever edits it."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
import yaml
from corpus_files import NATION

from assistant import corpus
from assistant.corpus.numbers import chinese_numbers
from assistant.models import Kind, Policy, Provision, Tier
from assistant.structure.places import place
from assistant.text import language
from assistant.text.numerals import parse_numeral

ROOT = Path(__file__).parents[2]
ARTICLE = re.compile(r"\**第([零一二三四五六七八九十百]+)条\**[ 　]")
ITEM = re.compile(r"[（(][一二三四五六七八九十]+[）)]")


@pytest.fixture(scope="module")
def policies() -> dict[str, Policy]:
    return {policy.id: policy for policy in corpus.load(ROOT / "corpus")}


def beneath(policy: Policy, address: str) -> list[Provision]:
    return [p for p in policy.provisions if p.address.startswith(f"{policy.id}/{address}/")]


def test_the_check_finds_nothing() -> None:
    assert [str(problem) for problem in corpus.check(ROOT / "corpus", ROOT / "eval" / "questions")] == []


def test_the_example_in_the_guide_passes_the_check(tmp_path: Path) -> None:
    guide = (ROOT / "corpus" / "README.md").read_text(encoding="utf-8")
    example = re.search(r"```yaml\n(id: (\S+)\n.*?)```", guide, re.DOTALL)
    assert example is not None
    related = tmp_path / "national" / "student-internship-rules-2021.yaml"
    for path, text in {
        tmp_path / "local" / "jiangsu" / f"{example[2]}.yaml": example[1],
        related: NATION.replace("nation-rules-2021", related.stem),
    }.items():
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    assert [str(problem) for problem in corpus.check(tmp_path)] == []


@pytest.mark.parametrize(
    ("policy_id", "lead_in", "items"),
    [
        ("industry-education-enterprise-measures-2019", "art_5", 6),
        ("student-internship-rules-2021", "art_16", 7),
        ("vocational-education-law-2022", "art_33/para_1", 4),
        ("enterprise-income-tax-law-regulations-2019", "art_52", 9),
        ("employment-promotion-law-2015", "art_17", 6),
        ("jiangsu-iei-pilot-enterprise-criteria", "part_2/point_1", 5),
        ("jiangsu-iei-pilot-enterprise-criteria", "part_2/point_2", 5),
    ],
)
def test_a_list_is_a_lead_in_and_all_its_items(
    policies: dict[str, Policy], policy_id: str, lead_in: str, items: int
) -> None:
    policy = policies[policy_id]
    opening = next(p for p in policy.provisions if p.address == f"{policy_id}/{lead_in}")
    assert opening.text.endswith("：")
    assert len(beneath(policy, lead_in)) == items


def test_the_conditions_nobody_has_seen_in_print_stay_marked(policies: dict[str, Policy]) -> None:
    items = beneath(policies["industry-education-enterprise-measures-2019"], "art_5")
    assert {item.basis for item in items} == {"memory"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("vocational-education-law-1996", "vocational-education-law-2022"),
        ("student-internship-rules-2016", "student-internship-rules-2021"),
    ],
)
def test_the_old_text_ends_on_the_day_the_new_one_begins(policies: dict[str, Policy], old: str, new: str) -> None:
    assert policies[old].metadata.repealed == policies[new].metadata.effective


def test_every_place_is_known_and_a_folder_holds_one_province(policies: dict[str, Policy]) -> None:
    folders = defaultdict(set)
    for policy in policies.values():
        if policy.source.startswith("local/"):
            code = str(policy.metadata.jurisdiction)
            assert place(code) is not None, policy.source
            folders[policy.source.split("/")[1]].add(code[:2])
    assert len(folders) == 28
    assert all(len(codes) == 1 for codes in folders.values()), folders


def test_english_speaks_of_integration_and_not_in_initials(policies: dict[str, Policy]) -> None:
    texts = [(p.address, p.text_en or "") for policy in policies.values() for p in policy.provisions]
    assert [address for address, text in texts if re.search(r"\b(IEI|PEI|VET|HRSS)\b", text)] == []


def test_what_a_lay_reader_asks_for_has_a_lay_question(policies: dict[str, Policy]) -> None:
    asked = {Kind.CONDITION, Kind.BENEFIT, Kind.PROCEDURE, Kind.MATERIAL, Kind.DEADLINE, Kind.SANCTION}
    missing = [
        provision.address
        for policy in policies.values()
        for provision in policy.provisions
        if asked & set(provision.kinds) and not provision.asks
    ]
    assert missing == []


def test_a_lay_question_is_put_in_both_languages(policies: dict[str, Policy]) -> None:
    one_sided = [
        provision.address
        for policy in policies.values()
        for provision in policy.provisions
        if provision.asks and {language(ask) for ask in provision.asks} != {"zh", "en"}
    ]
    assert one_sided == []


def test_every_clause_the_question_set_points_to_is_in_the_corpus(policies: dict[str, Policy]) -> None:
    cases = yaml.safe_load((ROOT / "eval" / "questions" / "corpus.yaml").read_text(encoding="utf-8"))
    golds = {(gold["policy"], gold["address"]) for case in cases for gold in case.get("gold", [])}
    known = {provision.address for policy in policies.values() for provision in policy.provisions}
    under = {address.rsplit("/", n)[0] for address in known for n in range(3)}
    assert {f"{policy}/{address}" for policy, address in golds} - under == set()


def test_the_glossary_knows_the_words_people_use() -> None:
    terms = corpus.glossary(ROOT / "corpus")
    said = {synonym: term.zh for term in terms for synonym in term.synonyms_zh}
    assert len(terms) >= 150
    assert said["返税"] == "抵免"
    assert said["冠名班"] == "订单班"
    assert said["双师"] == "双师型教师"
    assert said["门槛"] == "申报条件"
    assert {term.zh: term.en for term in terms}["教育费附加"] == "education surcharge"


def test_papers_are_findings_only(policies: dict[str, Policy]) -> None:
    papers = [policy for policy in policies.values() if policy.metadata.tier is Tier.PAPER]
    assert len(papers) == 40
    assert {kind for paper in papers for p in paper.provisions for kind in p.kinds} == {Kind.FINDING}


@pytest.mark.originals
def test_clauses_read_in_full_stand_where_they_say_with_their_numbers(
    policies: dict[str, Policy], originals: Path
) -> None:
    wrong = []
    for policy in policies.values():
        path = originals / f"{policy.id}.md"
        if not path.exists():
            continue
        articles = _articles(path.read_text(encoding="utf-8"))
        for provision in policy.provisions:
            steps = dict(re.findall(r"/(art|para|item)_(\d+)", provision.address))
            if not (provision.basis or "").startswith("law-text") or "art" not in steps:
                continue
            scope = _scope(articles.get(int(steps["art"]), []), steps)
            stated = {number for number in chinese_numbers(provision.text).digits if len(number) < 9}
            if not scope or stated - chinese_numbers(scope).all:
                wrong.append((provision.address, stated - chinese_numbers(scope).all))
    assert wrong == []


def _articles(text: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        if match := ARTICLE.match(line):
            lines = found.setdefault(parse_numeral(match[1]) or 0, [])
        elif line.startswith("#"):
            lines = []
        if line.strip():
            lines.append(line)
    return found


def _scope(article: list[str], steps: dict[str, str]) -> str:
    """The printed words an address points to: an article, or a paragraph with the items; "" when out of range."""
    paragraphs = [line for line in article if not ITEM.match(line)]
    items = [line for line in article if ITEM.match(line)]
    if int(steps.get("para", 1)) > len(paragraphs) or int(steps.get("item", 1)) > max(1, len(items)):
        return ""
    return " ".join([paragraphs[int(steps["para"]) - 1], *items] if "para" in steps else article)


@pytest.mark.originals
def test_a_digest_never_copies_a_sentence_of_the_law(policies: dict[str, Policy], originals: Path) -> None:
    copied = []
    for policy in policies.values():
        path = originals / f"{policy.id}.md"
        if path.exists():
            law = re.sub(r"\s", "", path.read_text(encoding="utf-8"))
            copied += [p.address for p in policy.provisions if _copied(p.text, law, length=24)]
    assert copied == []


def _copied(text: str, law: str, length: int) -> bool:
    return any(text[start : start + length] in law for start in range(len(text) - length + 1))
