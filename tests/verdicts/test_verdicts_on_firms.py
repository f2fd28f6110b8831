"""Many firms checked at once: a table in, a table out, and a bad row stops nothing."""

import csv
import time
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from assistant.app.cli import app
from assistant.app.verdicts.tables import harmless

DAY = ["--as-of", "2026-11-22"]


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["check", *map(str, arguments), *DAY])
    return result.exit_code, result.stdout, result.stderr or str(result.exception or "")


def written(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_firm_in_linyi_and_one_in_nanjing_are_checked_against_their_own_version(tmp_path: Path, encoding: str):
    firms = written(tmp_path / "firms.csv", "企业名称,注册地,interns_3y", "甲,临沂,60", "乙,南京,60", encoding=encoding)
    code, _, errors = run("iei-enterprise", "--batch", firms, "--out", tmp_path / "out.csv")
    assert code == 0, errors
    assert [(row["企业"], row["项目编号"]) for row in table(tmp_path / "out.csv")] == [
        ("甲", "iei-enterprise-linyi"),
        ("乙", "iei-enterprise-nanjing"),
    ]


def test_columns_are_ids_or_names_in_either_language_and_may_name_a_year(tmp_path: Path):
    firms = written(
        tmp_path / "firms.csv",
        "Firm,已纳入产教融合型企业建设培育范围,surcharge_due.2026,vocational_investment.2026,investment_qualifies,"
        "credit_carried_in,investment_withdrawn.2026",
        "A,是,200000,100万,yes,0,0",
    )
    code, _, errors = run("surcharge-credit", "--batch", firms, "--out", tmp_path / "out.csv", "--language", "en")
    assert code == 0, errors
    (row,) = table(tmp_path / "out.csv")
    # 30 % of 1,000,000 is more than the 200,000 that are due.
    assert "200,000 yuan" in row["amounts"]


def test_without_a_scheme_every_family_that_fits_the_place_has_a_row(tmp_path: Path):
    firms = written(tmp_path / "firms.csv", "企业名称,注册地,staff", "甲,金华,50")
    assert run("--batch", firms, "--out", tmp_path / "out.csv")[0] == 0
    ids = [row["项目编号"] for row in table(tmp_path / "out.csv")]
    assert "internship-subsidy-jinhua" in ids
    assert "surcharge-credit" in ids
    assert "internship-subsidy-yantai" not in ids
    assert len(ids) == len(set(ids))


def test_a_bad_row_says_its_line_and_reason_and_the_others_go_on(tmp_path: Path):
    firms = written(
        tmp_path / "firms.csv",
        "企业名称,注册地,interns_3y",
        "甲,临沂,六百个吧",
        "乙,临沂,60",
        "丙,火星,60",
        "",
        "丁,临沂,60,多",
    )
    code, _, errors = run("iei-enterprise", "--batch", firms, "--out", tmp_path / "out.csv")
    assert code == 1
    assert "line 2 (甲): interns_3y" in errors
    assert "line 4 (丙): registered_place: '火星' is not a known place" in errors
    assert "line 6 (丁): it has 4 cells, the header 3; put cells with commas in quotes." in errors
    rows = table(tmp_path / "out.csv")
    assert [(row["企业"], bool(row["结论"])) for row in rows] == [
        ("甲", False),
        ("乙", True),
        ("丙", False),
        ("丁", False),
    ]
    assert "interns_3y" in rows[0]["未能核对的原因"]


@pytest.mark.parametrize("name", ["=1+1", "+cmd", "-2", "@SUM(A1)", "\tx"])
def test_no_cell_is_a_formula(tmp_path: Path, name: str):
    assert harmless(name) == f"'{name}"
    firms = written(tmp_path / "firms.csv", "企业名称,interns_3y", f'"{name}",60')
    run("iei-enterprise", "--batch", firms, "--out", tmp_path / "out.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "out.xlsx").active["B2"]
    assert cell.data_type == "s"
    assert cell.value == f"'{name.strip()}" or name == "\tx"


def test_a_file_that_is_no_table_is_told(tmp_path: Path):
    empty = written(tmp_path / "empty.csv", "")
    assert "empty.csv is empty; its first line names the columns" in run("--batch", empty)[2]
    unknown = written(tmp_path / "unknown.csv", "企业名称,intern_3y", "甲,60")
    assert "There is no fact 'intern_3y'. Did you mean interns_3y?" in run("--batch", unknown)[2]
    twice = written(tmp_path / "twice.csv", "interns_3y,近3年累计接收实习生人数", "60,60")
    assert "twice.csv has two columns for interns_3y; leave one." in run("--batch", twice)[2]
    nameless = written(tmp_path / "nameless.csv", "企业名称", "甲")
    assert "nameless.csv has no column of a fact" in run("--batch", nameless)[2]
    (tmp_path / "bytes.csv").write_bytes(b"\xff\xfe\xff\xff")
    assert "bytes.csv is neither UTF-8 nor GB18030" in run("--batch", tmp_path / "bytes.csv")[2]
    assert "Give a CSV file, one firm a line." in run("--batch", tmp_path / "none.csv")[2]


def test_options_that_do_not_go_together_are_told(tmp_path: Path):
    firms = written(tmp_path / "firms.csv", "企业名称,interns_3y", "甲,60")
    assert "--batch goes with SCHEME" in run("iei-enterprise", "staff=3", "--batch", firms)[2]
    assert "give a scheme, as `assistant schemes` lists them" in run()[2]
    assert "--out goes with --batch FILE" in run("iei-enterprise", "--out", tmp_path / "out.csv")[2]
    assert "results are a .xlsx or a .csv file" in run("--batch", firms, "--out", tmp_path / "out.txt")[2]
    assert "is the file the firms are read from" in run("--batch", firms, "--out", firms)[2]


def test_a_report_and_a_calendar_are_written_where_asked(tmp_path: Path):
    code, _, errors = run(
        "internship-subsidy-jinhua", "--report", tmp_path / "r.pdf", "--calendar", tmp_path / "c.ics", "--place", "金华"
    )
    assert code == 0, errors
    assert "r.pdf" in errors
    assert "c.ics (1 window)" in errors
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")


def test_a_thousand_firms_against_all_schemes_take_less_than_twenty_seconds(tmp_path: Path):
    places = ("临沂", "南京", "合肥", "金华", "北京")
    lines = [f"企业{n},{places[n % 5]},{n % 120},{n}万,{n % 10}%" for n in range(1_000)]
    header = "企业名称,注册地,interns_3y,school_investment_3y,layoff_rate"
    firms = written(tmp_path / "firms.csv", header, *lines)
    before = time.process_time()
    code, _, errors = run("--batch", firms, "--out", tmp_path / "out.xlsx")
    assert code == 0, errors
    assert time.process_time() - before < 20
