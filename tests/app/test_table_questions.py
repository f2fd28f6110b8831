"""Every cell of a table answers a question about its row and column, cited with its page and its place there."""

from __future__ import annotations

import pypdfium2
import pytest
from documents import DEGREES, DISTRICTS, subsidies, subsidy_document, subsidy_table

import assistant
from assistant.app.contract import answer_json, policy_json
from assistant.models import Level, Status
from assistant.readers import read
from assistant.structure import parse
from assistant.text.normal import squeeze

QUESTIONS = {
    2: "{}{}学历的实习补贴每月多少元？",
    3: "{}{}学历的实习补贴最长几个月？",
    4: "{}{}学历的就业补贴一次性多少元？",
}


@pytest.fixture(scope="module")
def files(print_pdf, tmp_path_factory):
    """One table as a print, a web page and a Word document."""
    folder = tmp_path_factory.mktemp("tables")
    (folder / "table.html").write_text(subsidy_table(), "utf-8")
    subsidy_document().save(str(folder / "table.docx"))
    return {".pdf": print_pdf(subsidy_table(), folder / "table.pdf"), ".html": folder / "table.html",
            ".docx": folder / "table.docx"}  # fmt: skip


@pytest.fixture(scope="module", params=[".pdf", ".html", ".docx"])
def held(request, files, tmp_path_factory):
    """An installation that holds the table in one of the formats, and the file."""
    with assistant.Assistant.open(tmp_path_factory.mktemp("home") / "home") as opened:
        report = opened.ingest(files[request.param])
        assert not report.failed, report.outcomes
        yield opened, files[request.param]


def pages_of(path):
    """Return the page on which each row is printed, looked up by its last amount, which no other row has."""
    if path.suffix != ".pdf":
        return dict.fromkeys(range(len(subsidies())))
    printed = [squeeze(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(path)]
    found = {}
    for n, row in enumerate(subsidies()):
        [found[n]] = [number for number, text in enumerate(printed, start=1) if row[-1] in text]
    return found


def test_a_question_about_a_row_and_a_column_is_answered_by_that_row_alone_cited_to_the_page(held):
    opened, path = held
    pages = pages_of(path)
    missed = []
    for n, row in enumerate(subsidies()):
        for column, wording in QUESTIONS.items():
            question = wording.format(row[0], row[1])
            answer = opened.ask(question)
            asked_for = [all(cell in c.quote for cell in (row[0], row[1], row[column])) for c in answer.citations]
            places = [(c.page, bool(c.boxes)) for c in answer.citations]
            if (answer.status, asked_for, places) != (
                Status.ANSWERED,
                [True],
                [(pages[n], path.suffix == ".pdf")],
            ):
                missed.append(question)
    assert not missed
    assert len(DISTRICTS) * len(DEGREES) * len(QUESTIONS) == 108


def test_the_ledger_gives_back_the_places_it_was_given(held):
    opened, path = held
    [policy] = opened.policies()
    expected = parse(policy.id, read(path, path.name)).provisions
    assert [(p.address, p.page, p.boxes) for p in opened.policy(policy.id).provisions] == [
        (p.address, p.page, p.boxes) for p in expected
    ]


def test_the_contract_shows_page_and_places_of_clauses_and_citations(held):
    opened, path = held
    answer = opened.ask(QUESTIONS[2].format(DISTRICTS[0], DEGREES[2]))
    citation, shown = answer.citations[0], answer_json(answer)["citations"][0]
    assert shown["page"] == citation.page
    rows = [p for p in policy_json(opened.policy(citation.policy_id))["provisions"] if p["level"] == Level.ROW]
    places = [place for row in rows for place in row["boxes"]]
    if path.suffix != ".pdf":
        assert shown["boxes"] == places == []
        return
    assert {"page", "x0", "y0", "x1", "y1"} <= set(shown["boxes"][0])
    assert shown["boxes"][0]["y0"] == citation.boxes[0].y0
    assert [place["page"] for place in places] == list(pages_of(path).values())
    assert all(0 <= place["x0"] < place["x1"] <= 1 and 0 <= place["y0"] < place["y1"] <= 1 for place in places)
