"""Real laws: every article found, none invented, every item under the right article, nothing lost."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
from structure_texts import bare

from assistant.models import Level, Line, Metadata, Source
from assistant.structure import parse

pytestmark = pytest.mark.originals

LAWS = 28
ARTICLE = re.compile(r"第([一二三四五六七八九十百零]+)条[\s　]")
ITEM = re.compile(r"[（(]([一二三四五六七八九十]+)[）)](?!项(?!目))")


def printed_lines(path: Path) -> list[tuple[str, int | None]]:
    """The lines of a law as its Markdown file shows them, with the depth of headings: comments and marks gone."""
    raw = re.sub(r"<!--.*?-->", "", path.read_text("utf-8"), flags=re.DOTALL)
    raw = re.sub(r"\A\s*---\n.*?\n---\n", "", raw, flags=re.DOTALL).replace("**", "")
    lines = []
    for line in raw.splitlines():
        mark = re.match(r"(#+)\s+", line)
        lines.append((line[mark.end() :] if mark else line, len(mark[1]) if mark else None))
    return lines


@pytest.fixture(scope="session")
def laws(originals):
    paths = sorted(originals.glob("*.md"))
    assert len(paths) == LAWS
    read = {}
    for path in paths:
        lines = printed_lines(path)
        source = Source(path.name, tuple(Line(text, heading=depth) for text, depth in lines), Metadata())
        read[path.stem] = ([text.strip() for text, _ in lines], parse(path.stem, source))
    return read


def test_every_article_is_found_in_order_and_none_is_invented(laws):
    for name, (lines, parsed) in laws.items():
        printed = [f"第{m[1]}条" for line in lines if (m := ARTICLE.match(line))]
        assert [p.locator for p in parsed.provisions if p.level is Level.ARTICLE] == printed, name
        assert parsed.findings == (), name


def test_all_laws_in_one_file_are_still_told_apart(laws):
    lines = tuple(Line(line) for printed, _ in laws.values() for line in printed)
    parsed = parse("all", Source("all.txt", lines, Metadata()))
    apart = [p.locator for _, law in laws.values() for p in law.provisions if p.level is Level.ARTICLE]
    assert [p.locator for p in parsed.provisions if p.level is Level.ARTICLE] == apart


def test_every_item_stands_under_its_article(laws):
    for name, (lines, parsed) in laws.items():
        printed, article = defaultdict(list), None
        for line in lines:
            if m := ARTICLE.match(line):
                article = f"第{m[1]}条"
            elif (m := ITEM.match(line)) and article:
                printed[article].append(m[1])
        found = defaultdict(list)
        for p in parsed.provisions:
            if p.level is Level.ITEM:
                found[re.match(r"第.+?条", p.locator)[0]].append(re.search(r"第[（(](.+?)[）)]项$", p.locator)[1])
        assert found == printed, name


def test_chapters_are_the_headings_of_the_file(laws):
    for name, (lines, parsed) in laws.items():
        printed = [re.match(r"第.+?章", line)[0] for line in lines if re.match(r"第[一二三四五六七八九十]+章", line)]
        assert [p.locator for p in parsed.provisions if p.level is Level.CHAPTER] == printed, name


def test_the_provisions_give_back_the_text(laws):
    for name, (lines, parsed) in laws.items():
        assert bare("\n".join(p.text for p in parsed.provisions)) == bare("\n".join(lines)), name


def test_paragraphs_are_counted_by_position(laws):
    """An article's 款 are the lines from its number to the next heading that are no items."""
    for name, (lines, parsed) in laws.items():
        counted, article = {}, None
        for line in lines:
            if m := ARTICLE.match(line):
                article = f"第{m[1]}条"
                counted[article] = 1
            elif re.match(r"第[一二三四五六七八九十]+[章节]|[^。；：:＝]{2,24}$", line):
                article = None  # a heading, among them those without a number (保障与监督)
            elif line and article and not ITEM.match(line) and not re.match(r"\d+[.．]", line):
                counted[article] += 1
        paragraphs = defaultdict(int)
        for p in parsed.provisions:
            if p.level is Level.PARAGRAPH and (m := re.match(r"(第.+?条)第.+款$", p.locator)):
                paragraphs[m[1]] += 1
        for article, number in counted.items():
            assert paragraphs.get(article, 1) == number, (name, article)


def test_unnumbered_headings_between_articles_stand_above_them(laws):
    _, parsed = laws["henan-vocational-training-regulation-2017"]
    eighth = next(p for p in parsed.provisions if p.locator == "第八条")
    assert eighth.address == "henan-vocational-training-regulation-2017/art_8"
    assert eighth.trail == ("职业培训体系",)


def test_a_rate_table_after_the_last_article_is_no_paragraph_of_it(laws):
    _, parsed = laws["individual-income-tax-law-2018"]
    last = [p for p in parsed.provisions if p.address.startswith("individual-income-tax-law-2018/art_22")]
    assert [p.text for p in last] == ["第二十二条 本法自公布之日起施行。"]


def test_addresses_are_unique_and_read_like_the_locators(laws):
    _, parsed = laws["vocational-education-law-2022"]
    by_address = {p.address.partition("/")[2]: p for p in parsed.provisions}
    assert len(by_address) == len(parsed.provisions)
    third = by_address["art_2/para_2"]
    assert (third.locator, third.trail) == ("第二条第二款", ("第一章 总则",))
    assert third.text == "机关、事业单位对其工作人员实施的专门培训由法律、行政法规另行规定。"
    assert by_address["art_2"].text == "第二条"


def test_what_laws_say_of_themselves_is_found(laws):
    known = {
        "vocational-education-law-2022": ("2022-04-20", "2022-05-01", "CN", "law", None),
        "qingdao-vocational-education-regulation-2015": ("2015-09-24", "2015-11-01", "370200", "regulation", None),
        "private-education-promotion-law-regulations-2021": (
            "2021-04-07",
            "2021-09-01",
            "CN",
            "regulation",
            "国务院令第741号",
        ),
        # amended seven times: 自公布之日起 cannot mean one of those days
        "individual-income-tax-law-2018": ("2018-08-31", "None", "CN", "law", None),
    }
    for name, expected in known.items():
        m = laws[name][1].metadata
        assert (str(m.issued), str(m.effective), m.jurisdiction, m.tier, m.doc_number) == expected, name
    repealed = {r.target for r in laws["value-added-tax-law-2024"][1].relations if r.kind == "repeals"}
    assert repealed == {"中华人民共和国增值税暂行条例"}
