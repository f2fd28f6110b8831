"""What the product is for, through the command line: the starter corpus, and a law printed from a browser."""

from __future__ import annotations

import html
import re
import unicodedata

import pytest

CREDIT = "财税〔2019〕46号"
MEASURES = "industry-education-enterprise-measures-2019"


@pytest.mark.parametrize(
    ("question", "rate", "carried", "language"),
    [
        ("财税〔2019〕46号规定投资可以抵免多少？未抵完的怎么办？", "30%", "结转", "zh"),
        (
            "What share of the investment does 财税〔2019〕46号 let us credit, and can the unused part be carried forward?",
            "30%",
            "carried forward",
            "en",
        ),
        ("How much of our investment can we credit, and against what?", "30%", "carried forward", "en"),
    ],
)
def test_the_credit_notice_gives_its_share_and_what_becomes_of_the_rest(starter, question, rate, carried, language):
    answer = starter("ask", "--json", question).json
    assert (answer["status"], answer["language"]) == ("answered", language)
    assert rate in answer["answer"]
    assert carried in answer["answer"]
    assert CREDIT in {citation["doc_number"] for citation in answer["citations"]}


def test_all_alternative_conditions_of_the_national_measures_are_cited_to_their_clauses(starter):
    answer = starter("ask", "--json", "产教融合型企业的申报条件有哪些？").json
    assert answer["status"] == "answered"
    cited = {c["locator"] for c in answer["citations"] if c["policy_id"] == MEASURES}
    assert {f"第五条第（{number}）项" for number in "一二三四五六"} <= cited


@pytest.mark.parametrize("question", ["德国的学徒工资最低标准是多少？", "今天天气怎么样"])
def test_what_the_policies_do_not_cover_is_not_answered(starter, question):
    done = starter("ask", "--json", question)
    assert done.status == 0
    assert done.json["status"] in {"not_found", "out_of_scope"}
    assert (done.json["citations"], done.json["statements"]) == ([], [])


@pytest.fixture(scope="module")
def printed(originals, print_pdf, tmp_path_factory):
    """The Vocational Education Law as a browser prints it, and its text."""
    text = (originals / "vocational-education-law-2022.md").read_text("utf-8")
    text = re.sub(r"<!--.*?-->|\A\s*---\n.*?\n---\n", "", text, flags=re.DOTALL).replace("**", "")
    lines = [line.lstrip("# ").strip() for line in text.splitlines() if line.strip()]
    body = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    page = f'<html lang="zh"><meta charset="utf-8"><style>p{{text-indent:2em}}</style><body>{body}'
    return print_pdf(page, tmp_path_factory.mktemp("law") / "职业教育法.pdf", header_footer=True), lines


@pytest.mark.originals
def test_a_law_printed_from_a_browser_answers_with_all_items_of_an_enumerated_clause(printed, fresh):
    path, lines = printed
    at = next(n for n, line in enumerate(lines) if line.startswith("第三十三条"))
    items = [line for line in lines[at : at + 8] if re.match(r"（[一二三四五六七八九]）", line)]
    assert len(items) >= 4  # 职业学校的设立，应当符合下列基本条件
    assert fresh("ingest", path).status == 0
    answer = fresh("ask", "--json", "设立职业学校应当符合哪些基本条件？").json
    assert answer["status"] == "answered"
    cited = {c["locator"]: c for c in answer["citations"]}
    for item in items:
        number = item[1]
        [citation] = [
            c for locator, c in cited.items() if re.fullmatch(rf"第三十三条(第.款)?第（{number}）项", locator)
        ]
        assert re.sub(r"\s", "", item[3:]).rstrip("；。") in re.sub(r"\s", "", citation["quote"])
        assert citation["page"]
        assert citation["kind"] == "original"
    shown = answer["answer"] + "".join(cited)
    assert not [c for c in shown if unicodedata.name(c, "").startswith(("KANGXI", "CJK RADICAL", "CJK COMPATIBILITY"))]
