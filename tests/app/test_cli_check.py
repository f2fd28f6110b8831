"""`assistant check` and `assistant schemes`: what people see, what programs get, what bad input is told."""

import datetime as dt
from decimal import Decimal

import pytest

from assistant.app import checking
from assistant.app.api import Assistant
from assistant.config import Settings
from assistant.eligibility.model import Outcome
from assistant.errors import FactError, QuestionError, SchemeNotFound

DAY = ("--as-of", "2026-11-22")
CREDIT = ("surcharge-credit", "in_pool=是", "investment_qualifies=是", "credit_carried_in=0")


def test_the_verdict_comes_first_and_the_authority_has_the_last_word(nowhere):
    done = nowhere("check", *CREDIT, "vocational_investment.2024=80万", "surcharge_due.2024=10万元", *DAY)
    lines = done.out.splitlines()
    assert done.status == 0
    assert lines[0] == "符合条件：产教融合型企业30%教育费附加抵免（全国，2026-11-22）"
    assert "当期可抵免金额：100,000元" in done.out
    assert "2024 当期新增可抵免金额：800,000元 × 30% = 240,000元" in done.out
    assert lines[-1] == "以上根据条文和所给事实推算，是否符合、金额多少，以主管部门认定为准。"


def test_each_condition_has_its_mark_its_fact_and_its_clause(nowhere):
    done = nowhere("check", "iei-enterprise", "--place", "南京", "years_operating=4", "legal_person=是", *DAY)
    lines = [line.strip() for line in done.out.splitlines()]
    assert lines[0] == "不符合条件：江苏省产教融合型试点企业（南京市企业）（南京市，2026-11-22）"
    years = lines.index("✗ 连续经营年数 ≥ 5年　已知：4年")
    assert "《江苏省产教融合型试点企业申报条件（省市通用口径）》二、（一）1." in lines[years + 1]
    assert "✓ 独立法人资格　已知：是" in lines
    assert "? 规模以上企业或行业龙头" in lines
    assert "- 连续经营年数 ≥ 5年" in lines  # what would have to change


def test_a_check_that_is_open_ends_with_the_next_question(nowhere):
    done = nowhere("check", "surcharge-credit", "in_pool=是", "--language", "en", *DAY)
    assert done.out.startswith("More facts are needed: 30 % credit against the education surcharges")
    assert "Next question: Is the investment for running vocational education" in done.out
    assert done.out.splitlines()[-3].endswith("(investment_qualifies=…)")


def test_english_has_its_units_and_marks(nowhere):
    out = nowhere("check", "iei-enterprise", "--place", "Nanjing", "years_operating=4", "--language", "en", *DAY).out
    assert "✗ years of continuous operation ≥ 5 years　given: 4 years" in out
    assert out.startswith(
        "The conditions are not met: Jiangsu pilot enterprises: companies in Nanjing (Nanjing, 2026-11-22)"
    )


def test_a_share_that_just_misses_is_not_shown_as_met(nowhere):
    # 79,996 of 100,000 are 79.996 %, which two decimals would show as 80 %.
    out = nowhere("check", "internship-compliance", "intern_pay=79996", "same_post_pay=100000", *DAY).out
    assert "✗ 实习报酬占相同岗位工资标准的比例 ≥ 80%　已知：79.996%" in out


def test_json_holds_the_tree_the_amounts_and_the_next_fact(nowhere):
    done = nowhere(
        "check", *CREDIT, "vocational_investment.2024=80万", "surcharge_due.2024=10万元", "--json", *DAY
    ).json
    assert (done["outcome"], done["standing"], done["as_of"]) == ("eligible", "in_force", "2026-11-22")
    assert done["next_fact"] is None
    who = done["conditions"]["members"][0]
    assert (who["kind"], who["truth"], [leaf["truth"] for leaf in who["members"]]) == ("any", "met", ["met", "unknown"])
    clause = who["members"][0]["clause"]
    assert clause["address"] == "surcharge-offset-caishui-2019-46/part_3/para_1"
    assert clause["quote"].startswith("自2019年1月1日起")
    amount = done["amounts"][0]
    assert (amount["low"], amount["high"], amount["unit"]) == ("100000", "100000", "元")
    assert amount["table"]["rows"] == [
        {"year": 2024, "values": ["0", "240000", "100000", "100000", "140000", "0", "0"]}
    ]
    assert done["facts"][0] == {
        "id": "in_pool", "value": True, "year": None, "provenance": "user", "words": "是"
    }  # fmt: skip


def test_facts_come_from_a_file_and_the_command_line_goes_before_it(nowhere, tmp_path):
    file = tmp_path / "firm.yaml"
    file.write_text("in_pool: 否\ngroup_member: no\ninvestment_qualifies: yes\nsurcharge_due: {2024: 5万}\n", "utf-8")
    refused = nowhere("check", "surcharge-credit", "--facts", file, "--json", *DAY).json
    assert refused["outcome"] == "not_eligible"
    assert refused["would_change"] == ["in-pool"]
    assert (
        nowhere("check", "surcharge-credit", "--facts", file, "in_pool=是", "--json", *DAY).json["outcome"]
        == "eligible"
    )


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("check", "nothing"), "There is no scheme 'nothing'. `assistant schemes` lists them."),
        (("check", "surcharge-credt"), "There is no scheme 'surcharge-credt'. Did you mean surcharge-credit?"),
        (("check", "iei-enterprise", "interns=5"), "There is no fact 'interns'."),
        (("check", "iei-enterprise", "interns_3y=many"), "interns_3y: 'many' is no number; write digits and the unit"),
        (
            ("check", "iei-enterprise", "--place", "Atlantis"),
            "'Atlantis' is not a known place; give its GB/T 2260 code",
        ),
        (("check", "iei-enterprise", "--as-of", "today"), "'today' is not a day; write it as YYYY-MM-DD"),
        (("check", "iei-enterprise", "--language", "fr"), "'fr' is no language of this command; write zh or en."),
        (
            ("check", "iei-enterprise", "--facts", "nowhere.yaml"),
            "nowhere.yaml cannot be read: No such file or directory.",
        ),
        (("schemes", "nothing"), "There is no scheme 'nothing'."),
    ],
)
def test_bad_input_is_told_in_one_line(nowhere, arguments, complaint):
    done = nowhere(*arguments)
    assert done.status == 1
    assert done.complaint.startswith(complaint)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"- 1\n- 2\n", "firm.yaml holds no facts; write one `key: value` a line, for example `interns_3y: 60`."),
        (b"a: [1\n", "firm.yaml is not readable as YAML or JSON in UTF-8 at line 2; write one `key: value` a line."),
        (b"\xff\xfe\x00", "firm.yaml is not readable as YAML or JSON in UTF-8; write one `key: value` a line."),
        (
            b"interns_3y: viele\n",
            "interns_3y: 'viele' is no number; write digits and the unit, for example interns_3y=12人.",
        ),
    ],
)
def test_a_file_of_facts_that_cannot_be_read_is_told(tmp_path, content, complaint):
    file = tmp_path / "firm.yaml"
    file.write_bytes(content)
    with pytest.raises(FactError) as told:
        checking.facts_in(file)
    assert str(told.value) == complaint


def test_schemes_lists_what_holds_in_a_place(nowhere):
    lines = nowhere("schemes", "--place", "临沂").out.splitlines()
    assert "iei-enterprise-linyi\t临沂市\t临沂市产教融合型企业建设培育（第三批）" in lines
    assert not any(line.startswith(("iei-enterprise-jiangsu", "internship-subsidy-jinhua")) for line in lines)


def test_one_scheme_is_shown_with_the_facts_it_asks_for(nowhere):
    out = nowhere("schemes", "surcharge-credit").out
    assert "vocational_investment.2024\t各年实际发生的符合规定的职业教育投资是多少？ (元)" in out
    facts = nowhere("schemes", "surcharge-credit", "--json").json["facts"]
    assert [fact["id"] for fact in facts][:2] == ["in_pool", "group_member"]


def test_from_python(tmp_path):
    with Assistant.open(tmp_path / "home", Settings()) as assistant:
        facts = {"in_pool": True, "investment_qualifies": True, "credit_carried_in": 0,
                 "vocational_investment": {2024: "80万"}, "surcharge_due": {2024: 500_000}}  # fmt: skip
        verdict = assistant.check("surcharge-credit", facts, as_of="2026-11-22")
        assert verdict.outcome is Outcome.ELIGIBLE
        assert verdict.amounts[0].low == Decimal(240_000)
        assert verdict.as_of == dt.date(2026, 11, 22)
        assert {scheme.family for scheme in assistant.schemes("临沂")} >= {"iei-enterprise", "surcharge-credit"}
        with pytest.raises(SchemeNotFound):
            assistant.check("nothing")
        with pytest.raises(QuestionError):
            assistant.check("surcharge-credit", place="Atlantis")
