"""What an editor reads when a file does not hold what the format asks for."""

from pathlib import Path

import pytest
from corpus_files import PAPER, TOWN_FILE, broken, write

from assistant import corpus
from assistant.errors import CorpusError


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("    audience: enterprise\n", "", "provisions[1] (art_2).audience: it is missing. Add a line `audience: …`."),
        (
            "doc_number:",
            "doc_nummer:",
            "doc_nummer: the format has no key `doc_nummer`. Did you mean `doc_number`? Otherwise take the line out.",
        ),
        ("status: in_force", "status: current", "status: “current” is not among the allowed words. Write one of "),
        ("kind: condition\n", "kind: rule\n", "provisions[1] (art_2).kind[1]: “rule” is not among the allowed words. "),
        (
            "issued: 2024-01\n",
            "issued: 2024-13\n",
            "issued: “2024-13” is no date. Write 2019-04-03, or 2019-04 or 2019 where the day is not known.",
        ),
        ("expires: 2026-12-31", "expires: 2026-02-30", "expires: day is out of range for month. Correct it."),
        (
            "jurisdiction: '330700'",
            "jurisdiction: 金华",
            "jurisdiction: “金华” is no place. Write CN or the six-digit code of GB/T 2260.",
        ),
        (
            "https://www.jinhua.gov.cn/a.html, official",
            "www.jinhua.gov.cn, official",
            "sources[1].url: “www.jinhua.gov.cn” is no web address. Write it whole, from https:// on.",
        ),
        (
            "https://www.jinhua.gov.cn/a.html, official",
            "https://example.com/a, official",
            "sources[1].url: “https://example.com/a” is no web address. Write it whole, from https:// on.",
        ),
        (
            "https://www.jinhua.gov.cn/a.html, official",
            "https://xxx.gov.cn/a, official",
            "sources[1].url: “https://xxx.gov.cn/a” is no web address. Write it whole, from https:// on.",
        ),
        (
            "basis: seen:https://www.jinhua.gov.cn/a.html",
            "basis: seen:https://www…",
            "provisions[2] (art_2/item_1).basis: “seen:https://www…” is no basis. Write seen:<address>, ",
        ),
        (
            "basis: memory",
            "basis: I think so",
            "provisions[1] (art_2).basis: “I think so” is no basis. Write seen:<address>, law-text:<file> or memory.",
        ),
        (
            "address: art_2/item_1",
            "address: 第二条（一）",
            "provisions[2] (第二条（一）).address: “第二条（一）” is no clause address. "
            "Write art_5/item_1, part_3/point_2, point_subsidy-rate or practice/name.",
        ),
        (
            "target: nation-rules-2021",
            "target: nation-rules-2021, external: 国家规定",
            "relations[1]: it points nowhere or to two places. "
            "Write `target` with the id of a policy, or `external` with a title.",
        ),
        (
            "value: 5, unit: 人, op: '>='",
            "value: [5, 9], unit: 人, op: '>='",
            "provisions[2] (art_2/item_1).quantities[1]: "
            "the values do not fit the operator. Write [low, high] with the op range, one value with every other.",
        ),
        (
            "en: It takes at least 5 students, each for 3 months.",
            "en: ''",
            "provisions[2] (art_2/item_1).text.en: it is empty.",
        ),
        (
            "status: in_force\n",
            "status: in_force\nstatus: in_force\n",
            "line 13: the key “status” stands twice. Mend the line",
        ),
        ("    basis: memory", "   basis: memory", "line 26: did not find expected '-' indicator. Mend the line"),
    ],
)
def test_a_broken_file_is_told_by_file_field_and_remedy(tmp_path: Path, old: str, new: str, message: str) -> None:
    problems = corpus.check(write(tmp_path, policy=broken(old, new)))
    assert str(problems[0]).startswith(f"{TOWN_FILE}: {message}")


def test_a_doi_is_written_without_its_address(tmp_path: Path) -> None:
    problems = corpus.check(
        write(tmp_path, paper=broken("doi: 10.1000/182", "doi: https://doi.org/10.1000/182", PAPER))
    )
    assert str(problems[0]) == (
        "papers/survey-2023.yaml: doi: “https://doi.org/10.1000/182” is no DOI. "
        "Write it as 10.1234/abc, without https://doi.org/."
    )


def test_loading_stops_at_the_first_broken_file(tmp_path: Path) -> None:
    folder = write(tmp_path, policy=broken("tier: normative\n", ""))
    with pytest.raises(CorpusError, match=r"tier: it is missing\. Add a line `tier: …`"):
        list(corpus.load(folder))


def test_an_empty_file_points_to_the_guide(tmp_path: Path) -> None:
    problems = corpus.check(write(tmp_path, policy="# nothing yet\n"))
    assert str(problems[0]) == (
        f"{TOWN_FILE}: the whole file: it holds no keys. Start from the example in corpus/README.md."
    )
