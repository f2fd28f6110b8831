"""Every law, printed by a browser or saved by Word, has the same articles and items as its text."""

import pytest
from structure_texts import bare

from assistant.models import Level, Line, Metadata, Source
from assistant.readers import read
from assistant.structure import parse
from eval.structure_check import Figures, as_html, as_word, compare, content, numbered, parsed

pytestmark = pytest.mark.originals

CLOSE = (  # chapters and sections, 目, unnumbered headings, a rate table at the end
    "enterprise-income-tax-law-regulations-2019",
    "value-added-tax-law-2024",
    "henan-vocational-training-regulation-2017",
    "individual-income-tax-law-2018",
)


@pytest.fixture(scope="module")
def laws(originals):
    return {path.stem: read(path, path.name).lines for path in sorted(originals.glob("*.md"))}


def provisions(source):
    return {p.address: bare(p.text) for p in parse("x", source).provisions}


def test_every_article_and_item_of_every_law_is_found_in_a_print(laws, print_pdf, tmp_path):
    """All laws in one print, each from a new page: as many articles and items as the files number, and no others."""
    pages = "".join(f'<div style="break-before:page">{as_html(lines)}</div>' for lines in laws.values())
    found = parse("x", read(print_pdf(pages, tmp_path / "laws.pdf"), "laws.pdf"))
    figures = compare(numbered([line for lines in laws.values() for line in lines]), content(found))
    assert figures == Figures(1944, 1944, 0, 914, 914, 1.0)
    assert figures.complete


def test_every_article_and_item_of_every_law_is_found_in_a_word_file(laws, tmp_path):
    for name, lines in laws.items():
        figures = compare(numbered(lines), parsed(as_word(lines, tmp_path / f"{name}.docx")))
        assert figures.complete, (name, figures)
        assert figures.characters == 1.0, name


@pytest.mark.parametrize("name", CLOSE)
def test_a_law_has_the_same_provisions_in_print_and_in_word(laws, name, print_pdf, tmp_path):
    expected = provisions(Source(name, laws[name], Metadata()))
    printed, saved = print_pdf(as_html(laws[name]), tmp_path / "law.pdf"), as_word(laws[name], tmp_path / "law.docx")
    assert provisions(read(printed, "law.pdf")) == expected
    assert provisions(read(saved, "law.docx")) == expected


def test_what_is_missing_invented_or_misplaced_is_counted():
    law = [Line(text) for text in ("第一条 甲：", "（一）乙；", "（二）丙。", "第二条 丁。")]
    other = [Line(text) for text in ("第一条 甲：", "（一）乙；", "第三条 丁。", "（二）丙。")]
    figures = compare(numbered(law), numbered(other))
    assert (figures.articles, figures.found, figures.items, figures.placed) == (2, 1, 2, 1)
    assert figures.invented == 2  # 第三条, and its （二）
    assert not figures.complete


def test_what_a_law_holds_is_read_off_its_numbering_alone():
    lines = [
        Line(text)
        for text in ("第一条 甲。", "依照第二条 的规定", "第二条　有下列情形：", "（一）项所列；", "（一）乙。")
    ]
    assert numbered(lines).articles == ("第一条", "第二条")
    assert numbered(lines).items == (("第二条", "一"),)
    assert [
        p.locator for p in parse("x", Source("x", tuple(lines), Metadata())).provisions if p.level is Level.ARTICLE
    ] == [
        "第一条",
        "第二条",
    ]
