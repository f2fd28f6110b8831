"""Reports on a verdict as people receive them: Word, PDF, Markdown and a calendar."""

import datetime as dt
from pathlib import Path

import docx
import pypdfium2
import pytest
from icalendar import Calendar

from assistant.app import checking
from assistant.app.verdicts.calendar import Entry, calendar, entry
from assistant.app.verdicts.version import corpus_version
from assistant.app.verdicts.writing import write_calendar, write_report
from assistant.eligibility.model import Line, Verdict
from assistant.eligibility.phrase import Phrase
from assistant.errors import FactError
from assistant.readers import read

DAY = "2026-11-22"


@pytest.fixture(scope="module")
def credit() -> Verdict:
    """Invested 1,000,000 in 2024 and nothing in 2025; 200,000 and 300,000 of surcharges were due."""
    facts = {
        "in_pool": "是", "investment_qualifies": "是", "credit_carried_in": 0, "investment_withdrawn": {2024: 0, 2025: 0},
        "vocational_investment": {2024: "100万元", 2025: 0}, "surcharge_due": {2024: "20万元", 2025: "30万元"},
    }  # fmt: skip
    return checking.check("surcharge-credit", facts, as_of=DAY)


@pytest.fixture(scope="module")
def jinhua() -> Verdict:
    return checking.check("internship-subsidy-jinhua", {"months_each": 6}, place="金华", as_of=DAY)


def text_of(path: Path) -> str:
    return "".join(line.text for line in read(path, path.name).lines).replace(" ", "")


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".md"])
def test_a_report_says_the_same_on_every_kind_of_paper(credit: Verdict, tmp_path: Path, suffix: str):
    write_report(credit, tmp_path / f"report{suffix}", "zh")
    text = text_of(tmp_path / f"report{suffix}")
    clause = credit.findings[0].clause
    # 30 % of 1,000,000 is 300,000; 200,000 of it is used in 2024, the 100,000 left in 2025.
    for words in ("符合条件", "300,000元", "结转下期可抵免金额", "步骤", "以主管部门认定为准", DAY, corpus_version()):
        assert words in text
    assert clause.quote.replace(" ", "") in text.replace("<br>", "")
    assert clause.locator.replace(" ", "") in text


def test_the_carry_forward_table_has_a_row_per_year_with_the_columns_of_the_form(credit: Verdict, tmp_path: Path):
    write_report(credit, tmp_path / "report.docx", "zh")
    table = docx.Document(str(tmp_path / "report.docx")).tables[-1]
    head = [cell.text for cell in table.rows[0].cells]
    rows = {
        row.cells[0].text: dict(zip(head, (cell.text for cell in row.cells), strict=True)) for row in table.rows[1:]
    }
    assert rows["2024"]["当期新增可抵免金额"] == "300,000元"
    assert rows["2024"]["当期可抵免金额"] == "200,000元"
    assert rows["2024"]["结转下期可抵免金额"] == "100,000元"
    assert rows["2025"]["上期留抵可抵免金额"] == "100,000元"
    assert rows["2025"]["结转下期可抵免金额"] == "0元"


def test_chinese_in_a_pdf_is_text_with_its_font_inside(credit: Verdict, tmp_path: Path):
    write_report(credit, tmp_path / "report.pdf", "zh")
    assert b"FontFile3" in (tmp_path / "report.pdf").read_bytes()
    page = pypdfium2.PdfDocument(tmp_path / "report.pdf")[0]
    assert "产教融合型企业30%教育费附加抵免" in page.get_textpage().get_text_range()
    assert page.render(scale=0.5).to_pil().convert("L").getextrema() == (0, 255)


def test_an_english_report_has_english_words_around_the_chinese_clause(credit: Verdict, tmp_path: Path):
    write_report(credit, tmp_path / "report.md", "en")
    text = (tmp_path / "report.md").read_text("utf-8")
    assert "# Preliminary check of eligibility and amount: 30 % credit against the education surcharges" in text
    assert "**The conditions are met**" in text
    assert "the authority decides whether you qualify" in text
    assert credit.findings[0].clause.quote in text


def test_papers_are_a_checklist(tmp_path: Path):
    verdict = checking.check("iei-enterprise", {}, as_of=DAY)
    write_report(verdict, tmp_path / "report.md", "zh")
    assert f"- [ ] {verdict.scheme.materials[0].text.zh}" in (tmp_path / "report.md").read_text("utf-8")


def test_a_window_of_every_july_is_an_event_that_comes_again(jinhua: Verdict):
    (event,) = Calendar.from_ical(calendar([jinhua], "zh")).events
    assert (event.start, event.end) == (dt.date(2027, 7, 1), dt.date(2027, 8, 1))  # the end is the first day after it
    assert event["rrule"]["FREQ"] == ["YEARLY"]
    assert "金华" in event["summary"]


def test_lines_of_a_calendar_are_folded_at_75_bytes_and_end_as_the_standard_says(jinhua: Verdict):
    raw = calendar([jinhua], "zh")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert raw.count(b"\n") == raw.count(b"\r\n")


@pytest.mark.parametrize(
    ("opens", "closes", "day", "expected"),
    [
        ("--07-01", "--07-31", dt.date(2026, 7, 31), Entry(dt.date(2026, 7, 1), dt.date(2026, 7, 31), True)),
        ("--07-01", "--07-31", dt.date(2026, 8, 1), Entry(dt.date(2027, 7, 1), dt.date(2027, 7, 31), True)),
        ("--11-01", "--02-15", dt.date(2026, 12, 1), Entry(dt.date(2026, 11, 1), dt.date(2027, 2, 15), True)),
        (None, "--01-31", dt.date(2026, 5, 1), Entry(dt.date(2027, 1, 31), dt.date(2027, 1, 31), True)),
        (None, "2022-11-18", dt.date(2022, 1, 1), Entry(dt.date(2022, 11, 18), dt.date(2022, 11, 18), False)),
        (None, None, dt.date(2026, 1, 1), None),
    ],
)
def test_a_window_is_told_as_its_next_days(opens: str | None, closes: str | None, day: dt.date, expected: Entry | None):
    assert entry(Line("window", Phrase("时间", "when"), opens=opens, closes=closes), day) == expected


def test_a_window_that_closed_for_good_is_in_no_calendar():
    hefei = checking.check("iei-enterprise-hefei", {}, as_of=DAY)
    assert [line.closes for line in hefei.scheme.windows] == ["2022-11-18"]
    assert Calendar.from_ical(calendar([hefei], "zh")).events == []


def test_a_file_of_another_kind_and_a_folder_that_is_none_are_told(credit: Verdict, tmp_path: Path):
    with pytest.raises(FactError, match=r"report\.txt: a report is a \.docx, a \.pdf or a \.md file"):
        write_report(credit, tmp_path / "report.txt", "zh")
    with pytest.raises(FactError, match=r"when\.txt: a calendar is a \.ics file"):
        write_calendar([credit], tmp_path / "when.txt", "zh")
    with pytest.raises(FactError, match=r"cannot be written .* Name a file in a folder that exists"):
        write_report(credit, tmp_path / "nowhere" / "report.pdf", "zh")
