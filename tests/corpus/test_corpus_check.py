"""What is wrong in a corpus although each file keeps to the format."""

from pathlib import Path

import pytest
from corpus_files import NATION, PAPER, POLICY, TOWN_FILE, broken, write

from assistant import corpus


def told(problems: list[corpus.Problem]) -> list[str]:
    return [str(problem) for problem in problems]


def test_a_sound_corpus_has_no_problem(tmp_path: Path) -> None:
    assert corpus.check(write(tmp_path)) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("id: town-subsidy-2024", "id: town-subsidy",
         "id: the id is town-subsidy and the file is called town-subsidy-2024.yaml. "
         "Make the two the same."),
        ("expires: 2026-12-31", "expires: 2024-02-28", "expires: 2024-02-28 is before effective (2024-03-01). "
         "Correct one of the two dates."),
        ("issued: 2024-01", "issued: 2027-01", "expires: 2026-12-31 is before issued (2027-01). "
         "Correct one of the two dates."),
        ("jurisdiction: '330700'", "jurisdiction: CN", "jurisdiction: a policy in local/ needs its place. "
         "Write the six-digit code of GB/T 2260."),
        ("jurisdiction: '330700'", "jurisdiction: '339900'", "jurisdiction: no place has the code 339900. "
         "Look the code up in GB/T 2260."),
        ("target: nation-rules-2021", "target: nation-rules-2020",
         "relations[1]: the corpus has no policy nation-rules-2020. "
         "Correct the id, or name a policy outside the corpus with `external:` and its title."),
        ("target: nation-rules-2021", "target: town-subsidy-2024",
         "relations[1]: a policy cannot be related to itself. "
         "Take the line out."),
        ("kind: implements", "kind: repeals", "relations[1]: nation-rules-2021 does not say that it is superseded. "
         "Add `superseded_by` town-subsidy-2024 to the relations of nation-rules-2021."),
        ("locator: 第二条第（一）项", "locator: 第二条第（二）项",
         "provisions[2] (art_2/item_1).locator: the address art_2/item_1 and the locator 第二条第（二）项 name "
         "different clauses (the locator reads as art_2, item_2). Correct whichever is wrong."),
        ("address: art_2/item_1", "address: point_interns",
         "provisions[2] (point_interns).locator: the address point_interns "
         "and the locator 第二条第（一）项 name different clauses (the locator reads as art_2, item_1)."),
        ("locator: 第二条第（一）项", "locator: 第二条第(一)项", "provisions[2] (art_2/item_1).locator: the address"),
        ("address: art_2/item_1\n    locator: 第二条第（一）项", "address: art_2\n    locator: 第二条",
         "provisions[2] (art_2): the address stands already at provisions[1]. "
         "Give each clause its own address, or join the two."),
        ("address: art_2/item_1\n    locator: 第二条第（一）项", "address: art_1\n    locator: 第一条",
         "provisions[2] (art_1): it stands after a clause with a higher number. "
         "Put the clauses in the order of the document."),
        ("address: art_2/item_1\n    locator: 第二条第（一）项", "address: practice/interns\n    locator: 实习人数",
         "provisions[2] (practice/interns).locator: 实习人数 could be taken for a clause of this policy. "
         "Say whose practice it is, for example 地方做法：深圳年报."),
        ("at least 5 students", "at least 6 students",
         "provisions[2] (art_2/item_1).text.en: it lacks 5, which stands in `zh`. "
         "Write the same numbers and dates in both languages."),
        ("value: 5,", "value: 50,", "provisions[2] (art_2/item_1).quantities (人数): 50 does not stand in text.zh. "
         "Make the quantity and the text say the same."),
        ("each for 3 months.\n    quantities:", "each for 3 months.\n    expires: 2027-02\n    quantities:",
         "provisions[2] (art_2/item_1).expires: 2027-02 is after the policy has ended (expires 2026-12-31). "
         "Correct one of the two dates."),
        ("接收5名以上学生，每人实习满3个月。", "接收5名以上学生，3个月，其余待补。",
         "provisions[2] (art_2/item_1).text.zh: “待补” claims nothing. Write what the clause says, or take it out."),
        ("each for 3 months.", "each for 3 months. TBD.",
         "provisions[2] (art_2/item_1).text.en: “TBD” claims nothing. Write what the clause says, or take it out."),
        ("每人实习满3个月。", "每人实习满3个月，",
         "provisions[2] (art_2/item_1).text.zh: it breaks off after “学生，每人实习满3个月，”. "
         "End the sentence with its mark."),
        ("企业接收实习生并符合下列条件之一的，可以申领：", "第二条。",
         "provisions[1] (art_2).text.zh: it only repeats the locator. Write what the clause says, or take it out."),
        ("address: art_2/item_1\n    locator: 第二条第（一）项", "address: art_3\n    locator: 第三条",
         "provisions[1] (art_2).text.zh: it opens a list, and no item follows. "
         "Add the items as art_2/item_1 and so on, or end the sentence."),
        ("接收5名以上学生，每人实习满3个月。", "企业接收实习生并符合下列条件之一的，可以申领：",
         "provisions[2] (art_2/item_1).text.zh: art_2 says the same. "
         "Say here what this clause adds, or take it out."),
        ("official: true}", "official: true}\n  - {url: https://www.jinhua.gov.cn/a.html, official: true}",
         "sources[2].url: it stands already at sources[1]. Take one of them out."),
        ("{url: https://www.jinhua.gov.cn/a.html", "{url: https://www.gov.cn.jinhua.com/a.html",
         "sources[1].official: www.gov.cn.jinhua.com is no address of a government or ministry. "
         "Write `official: false`."),
        ("target: nation-rules-2021}", "target: nation-rules-2021}\n  - {kind: implements, target: nation-rules-2021}",
         "relations[2]: it stands already at relations[1]. Take one of them out."),
        ("kind: implements", "kind: superseded_by", "relations[1]: nation-rules-2021 does not say "
         "that it repeals this policy. Add `repeals` town-subsidy-2024 to the relations of nation-rules-2021."),
        ("status: in_force", "status: superseded", "status: the status is superseded, and no relation names the successor. "
         "Add `superseded_by` with its id, or with `external:` and its title."),
        ("en: It takes at least 5 students, each for 3 months.", "en: 接收5名以上学生，每人满3个月。",
         "provisions[2] (art_2/item_1).text.en: the text is in the other language. Put each language in its place."),
        ("en: [How many interns do we need?]", "en: [要接几个学生？]",
         "provisions[2] (art_2/item_1).asks.en: “要接几个学生？” is in the other language. Move it to its language."),
        ("zh: [要接几个实习生才能领钱？]", "zh: [要接几个实习生才能领钱？, 要接几个实习生 才能领钱？]",
         "provisions[2] (art_2/item_1).asks.zh: “要接几个实习生 才能领钱？” is asked already "
         "at town-subsidy-2024/art_2/item_1. "
         "Keep it where the answer is fullest."),
    ],
)  # fmt: skip
def test_a_contradiction_is_told_by_file_field_and_remedy(tmp_path: Path, old: str, new: str, message: str) -> None:
    found = told(corpus.check(write(tmp_path, policy=broken(old, new))))
    assert any(line.startswith(f"{TOWN_FILE}: {message}") for line in found), found


def test_what_has_ended_must_say_when(tmp_path: Path) -> None:
    policy = broken("expires: 2026-12-31\nstatus: in_force", "status: expired")
    assert told(corpus.check(write(tmp_path, policy=policy))) == [
        f"{TOWN_FILE}: status: the status is expired, and no date says since when. "
        "Add `expires` (last day in force) or `repealed` (first day no longer in force), if only to the year."
    ]


def test_what_is_repealed_says_so_itself_and_ends_on_the_day_its_successor_begins(tmp_path: Path) -> None:
    policy = broken("kind: implements", "kind: repeals")
    back = "relations: [{kind: superseded_by, target: town-subsidy-2024}]\nprovisions:"
    nation = broken("provisions:", f"repealed: 2024-02-28\n{back}", NATION)
    assert told(corpus.check(write(tmp_path, policy=policy, nation=nation))) == [
        f"{TOWN_FILE}: relations[1]: nation-rules-2021 is repealed here, and its own status is in_force. "
        "Write `status: superseded` in nation-rules-2021, with the day in `repealed`.",
        f"{TOWN_FILE}: relations[1]: it takes effect on 2024-03-01, and nation-rules-2021 is repealed on 2024-02-28. "
        "Correct one of the two dates.",
    ]
    sound = broken("2024-02-28", "2024-03-01", broken("status: in_force", "status: superseded", nation))
    assert corpus.check(write(tmp_path, policy=policy, nation=sound)) == []


def test_a_successor_outside_the_corpus_is_named_by_its_title(tmp_path: Path) -> None:
    policy = broken("status: in_force", "status: superseded")
    named = broken("sources:", "  - {kind: superseded_by, external: 某市实习补贴新办法}\nsources:", policy)
    assert corpus.check(write(tmp_path, policy=named)) == []


def test_two_files_of_one_id_are_told(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "national" / "town-subsidy-2024.yaml").write_text(
        broken("jurisdiction: '330700'", "jurisdiction: CN"), encoding="utf-8"
    )
    assert (
        f"{TOWN_FILE}: id: national/town-subsidy-2024.yaml has the same id. Rename one of the two files and its id."
    ) in told(corpus.check(tmp_path))


def test_a_lay_question_that_is_nearly_one_of_the_evaluation_is_told_without_showing_that_one(tmp_path: Path) -> None:
    folder = tmp_path / "questions"
    folder.mkdir()
    (folder / "corpus.yaml").write_text(
        '- {id: a, question: 请问要接几个实习生才能领钱？}\n- {id: b, turns: [那里呢？, "How many interns do we need?"]}\n',
        encoding="utf-8",
    )
    written = write(tmp_path / "corpus")
    assert told(corpus.check(written, folder)) == [
        f"{TOWN_FILE}: provisions[2] (art_2/item_1).asks.{code}: “{ask}” is nearly a question of the evaluation. "
        "Ask it in other words, or the evaluation would measure what it was told."
        for code, ask in (("zh", "要接几个实习生才能领钱？"), ("en", "How many interns do we need?"))
    ]
    assert corpus.check(written) == []


def test_two_policies_of_one_title_need_a_relation(tmp_path: Path) -> None:
    policy = broken("  zh: 某市实习补贴办法", "  zh: 国家实习规定")
    unrelated = broken("relations:\n  - {kind: implements, target: nation-rules-2021}\n", "", policy)
    assert corpus.check(write(tmp_path, policy=policy)) == []
    assert told(corpus.check(write(tmp_path, policy=unrelated))) == [
        f"{TOWN_FILE}: title.zh: nation-rules-2021 has the same title, "
        "and no relation says how the two stand to each other. "
        "Add a relation such as `superseded_by`, or the year to one of the titles."
    ]


def test_two_policies_cannot_implement_each_other(tmp_path: Path) -> None:
    nation = broken("provisions:", "relations: [{kind: implements, target: town-subsidy-2024}]\nprovisions:", NATION)
    assert (
        f"{TOWN_FILE}: relations[1]: town-subsidy-2024 and nation-rules-2021 each say `implements` of the other. "
        "Keep the line in one of the two files."
    ) in told(corpus.check(write(tmp_path, nation=nation)))


def test_a_paper_never_states_a_rule(tmp_path: Path) -> None:
    paper = broken("kind: finding", "kind: obligation", PAPER)
    assert told(corpus.check(write(tmp_path, paper=paper))) == [
        "papers/survey-2023.yaml: provisions[1] (finding_1).kind: what a paper says is never a rule. "
        "Write `kind: finding`."
    ]


def test_the_glossary_names_each_term_once(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "glossary.yaml").write_text(
        "terms:\n"
        "  - {zh: 抵免, en: offset, synonyms: {zh: [返税]}}\n"
        "  - {zh: 结转, en: carry forward, synonyms: {zh: [抵免]}}\n",
        encoding="utf-8",
    )
    assert told(corpus.check(tmp_path)) == [
        "glossary.yaml: terms[2] (结转).synonyms.zh: “抵免” is a term of its own at terms[1] (抵免). "
        "Take it out here, or join the two entries."
    ]


def test_a_policy_may_point_outside_the_corpus(tmp_path: Path) -> None:
    policy = broken("target: nation-rules-2021", "external: 浙江省实习条例", POLICY)
    assert corpus.check(write(tmp_path, policy=policy)) == []
    town = next(p for p in corpus.load(tmp_path) if p.id == "town-subsidy-2024")
    assert town.relations[0].target == "浙江省实习条例"
