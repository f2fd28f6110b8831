"""Every full law text, printed by a real browser or written to a real Word file, is read back as it was."""

from __future__ import annotations

import re

import docx
import pytest

from assistant.readers import read
from assistant.text.normal import squeeze

pytestmark = pytest.mark.originals

ARTICLE = re.compile(r"第[零一二三四五六七八九十百]+条(?:之[一二三四五])?(?=[\s　])")


@pytest.fixture(scope="module")
def laws(originals, paragraphs_of):
    return [paragraphs_of(path) for path in sorted(originals.glob("*.md"))]


def articles(texts):
    return [found[0] for found in map(ARTICLE.match, texts) if found]


@pytest.fixture(scope="module", params=["indented", "spaced"])
def printed(request, laws, page, as_html, print_pdf, tmp_path_factory):
    """All laws in one print, each from a new page: the paragraphs that went in, and the source that came out."""
    body = "".join(f'<div style="break-before:page">{as_html(law)}</div>' for law in laws)
    path = tmp_path_factory.mktemp("laws") / "laws.pdf"
    print_pdf(page(body, request.param), path, header_footer=request.param == "spaced")
    return [text for law in laws for text, _ in law], read(path, "laws.pdf")


def test_every_character_of_a_printed_law_is_read_in_order(printed):
    expected, source = printed
    assert "".join(squeeze(line.text) for line in source.lines) == "".join(map(squeeze, expected))


def test_every_article_of_a_printed_law_begins_a_line_and_no_mention_does(printed):
    expected, source = printed
    assert articles(line.text for line in source.lines) == articles(expected)
    loose = [line.text for line in source.lines if re.match(r"第[零一二三四五六七八九十百]+条", line.text)]
    assert len(loose) == len(articles(expected))


def test_the_paragraphs_of_a_printed_law_are_put_back_together(printed):
    expected, source = printed
    found = {squeeze(line.text) for line in source.lines}
    whole = sum(squeeze(text) in found for text in expected)
    # A paragraph whose last line is full, at the foot of a page, ends without any visible sign: few do.
    assert whole >= 0.995 * len(expected)


def test_what_the_browser_printed_around_the_laws_is_removed_and_reported(printed):
    _, source = printed
    text = "".join(line.text for line in source.lines)
    assert "file://" not in text
    assert not re.search(r"\d+/\d+/\d+, \d+:\d+ [AP]M", text)
    if source.findings:
        assert any(re.fullmatch(r"page numbers removed from pages 1-\d+", finding) for finding in source.findings)


@pytest.mark.parametrize("name", ["labor-law-2018", "individual-income-tax-law-2018", "donation-law-1999"])
def test_a_law_printed_alone_without_indent_or_gap_keeps_its_articles(
    name, originals, paragraphs_of, page, as_html, print_pdf, tmp_path
):
    law = paragraphs_of(originals / f"{name}.md")
    source = read(print_pdf(page(as_html(law), "flush"), tmp_path / "law.pdf"), "law.pdf")
    assert articles(line.text for line in source.lines) == articles(text for text, _ in law)
    assert "".join(squeeze(line.text) for line in source.lines) == "".join(squeeze(text) for text, _ in law)


def test_a_law_in_two_columns_is_read_column_by_column(originals, paragraphs_of, page, as_html, print_pdf, tmp_path):
    law = paragraphs_of(originals / "labor-law-2018.md")
    body = f'{as_html(law[:1])}<div style="columns:2;column-gap:2em">{as_html(law[1:])}</div>'
    source = read(print_pdf(page(body, css="body{font-size:14px}"), tmp_path / "gazette.pdf"), "gazette.pdf")
    assert [squeeze(line.text) for line in source.lines] == [squeeze(text) for text, _ in law]


def test_every_law_is_read_from_markdown_line_by_line(originals, paragraphs_of):
    for path in sorted(originals.glob("*.md")):
        source = read(path, path.name)
        expected = [(text, level or None) for text, level in paragraphs_of(path)]
        assert [(line.text, line.heading) for line in source.lines] == expected


def test_every_law_is_read_from_a_web_page_line_by_line(laws, page, as_html, tmp_path):
    for law in laws:
        path = tmp_path / "law.html"
        path.write_text(page(as_html(law)), "utf-8")
        source = read(path, "law.html")
        expected = [(re.sub(" +", " ", text), level) for text, level in law]  # as a browser shows spaces
        assert [(line.text, line.heading or 0) for line in source.lines] == expected


def test_every_law_is_read_from_word_line_by_line(laws, tmp_path):
    for law in laws:
        document = docx.Document()
        for text, level in law:
            document.add_heading(text, level) if level else document.add_paragraph(text)
        document.save(tmp_path / "law.docx")
        source = read(tmp_path / "law.docx", "law.docx")
        assert [(line.text, line.heading or 0) for line in source.lines] == law
