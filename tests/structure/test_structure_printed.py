"""A law printed by a browser or saved by Word has the same provisions as its text."""

import html

import docx
import pytest
from structure_texts import bare

from assistant.readers import read
from assistant.structure import parse

pytestmark = pytest.mark.originals

LAWS = (  # chapters and sections, 目, unnumbered headings, a rate table at the end
    "enterprise-income-tax-law-regulations-2019",
    "value-added-tax-law-2024",
    "henan-vocational-training-regulation-2017",
    "individual-income-tax-law-2018",
)


def provisions(path):
    parsed = parse("x", read(path, path.name))
    return {p.address: bare(p.text) for p in parsed.provisions}


@pytest.fixture(params=LAWS)
def law(request, originals):
    path = originals / f"{request.param}.md"
    return provisions(path), read(path, path.name).lines


def test_a_printed_law_has_the_same_provisions(law, print_pdf, tmp_path):
    expected, lines = law
    body = "".join(
        f"<h{line.heading}>{html.escape(line.text)}</h{line.heading}>"
        if line.heading
        else f'<p style="text-indent:2em">{html.escape(line.text)}</p>'
        for line in lines
    )
    assert provisions(print_pdf(f'<meta charset="utf-8">{body}', tmp_path / "law.pdf")) == expected


def test_a_law_in_a_word_file_has_the_same_provisions(law, tmp_path):
    expected, lines = law
    document = docx.Document()
    for line in lines:
        if line.heading:
            document.add_heading(line.text, level=line.heading - 1)
        else:
            document.add_paragraph(line.text)
    document.save(str(tmp_path / "law.docx"))
    assert provisions(tmp_path / "law.docx") == expected
