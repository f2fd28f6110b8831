"""A clause read from a PDF can be seen on its printed page, with the quoted words marked; others are not found."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from documents import red_header_notice, sheet
from PIL import Image
from playwright.sync_api import Browser, expect
from web_browser import served, visiting

from assistant import Assistant
from assistant.app.web.paper_texts import EN, ZH

pytestmark = pytest.mark.browser

ANNEX = 3  # the page on which the annex of the notice begins
QUESTION = "云溪市企业接收学生实习补贴的标准是多少？"
LONG = "企业应当为每一名实习学生投保实习责任保险，并将保险单副本报送所在地教育行政部门备案；"


@pytest.fixture(scope="module")
def files(print_pdf, tmp_path_factory) -> Path:
    """A notice, and rules whose second article runs over the end of a page."""
    folder = tmp_path_factory.mktemp("files")
    print_pdf(red_header_notice(), folder / "通知.pdf")
    css = "@page{size:A5;margin:20mm} body{margin:0;font-size:12pt;line-height:2} p{margin:0}"
    print_pdf(
        sheet(f"<h1>云溪市实习保险办法</h1><p>第一条　制定本办法。</p><p>第二条　{LONG * 16}</p>", css),
        folder / "保险.pdf",
    )
    (folder / "说明.md").write_text("# 云溪市说明\n\n第一条　本说明不分页，企业按月申报。\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def held(files: Path, tmp_path_factory) -> Iterator[tuple[Assistant, str]]:
    with Assistant.open(tmp_path_factory.mktemp("home")) as assistant:
        assert not assistant.ingest(files).failed
        with served(assistant) as address:
            yield assistant, address


def clause_of(assistant: Assistant, source: str, words: str) -> tuple[str, str]:
    """Return the id of a policy and the address of its clause that says something."""
    policy = assistant.policy(source)
    return policy.id, next(p.address for p in policy.provisions if words in p.text)


def yellow(png: bytes) -> list[tuple[int, int]]:
    """Return where a picture has the colour of the felt pen, as shares of its size in percent."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    width, height = picture.size
    pixels = picture.load()
    assert pixels is not None
    return [
        (100 * x // width, 100 * y // height)
        for y in range(0, height, 4)
        for x in range(0, width, 4)
        if pixels[x, y] == (255, 226, 104)
    ]


def test_the_quoted_words_alone_are_marked(held):
    assistant, _ = held
    policy, address = clause_of(assistant, "通知.pdf", "每人每月五百元")
    text = next(p.text for p in assistant.policy(policy).provisions if p.address == address)
    few, whole = (assistant.page_image(policy, address, ANNEX, words) for words in ("每人每月五百元", text))
    assert (few.marked, whole.marked) == ("words", "words")
    assert 0 < len(yellow(few.png)) < len(yellow(whole.png)) / 3


def test_a_passage_that_runs_over_a_page_is_marked_on_both(held):
    assistant, _ = held
    policy, address = clause_of(assistant, "保险.pdf", LONG)
    first, second = (assistant.page_image(policy, address, page, f"第二条　{LONG * 16}") for page in (1, 2))
    assert first.marked == second.marked == "words"
    assert max(y for _, y in yellow(first.png)) > 75  # down to the last line of one page
    assert min(y for _, y in yellow(second.png)) < 20  # and from the first of the next


def test_words_that_are_not_printed_leave_the_lines_of_the_clause_marked(held):
    assistant, _ = held
    policy, address = clause_of(assistant, "通知.pdf", "每人每月五百元")
    shown = assistant.page_image(policy, address, ANNEX, "从未写过的话")
    assert shown.marked == "lines"
    assert shown.marks


def test_nothing_else_is_served_under_the_address_of_a_page(held, files):
    assistant, address = held
    policy, clause = clause_of(assistant, "通知.pdf", "每人每月五百元")
    plain, note = clause_of(assistant, "说明.md", "按月申报")

    def status(**given: object) -> int:
        asked = {"policy": policy, "clause": clause, "page": ANNEX, "words": "五百元"} | given
        return httpx.get(f"{address}/page-image", params=asked).status_code

    assert status() == 200
    assert status(page=1) == 404  # of the same file, but the clause is not printed there
    assert status(policy="no-such-policy") == 404
    assert status(policy=str(files / "通知.pdf")) == 404
    assert status(clause=f"{policy}/art_99") == 404
    assert status(clause=note) == 404
    assert status(policy=plain, clause=note, page=1) == 404
    assert status(page="../../etc/passwd") == status(page=0) == status(words="长" * 2_001) == 422


def test_a_reader_opens_the_page_from_the_card(browser: Browser, held):
    _, address = held
    with visiting(browser, address) as visit:
        page = visit.page
        visit.ask(QUESTION)
        card = page.locator(".clause[open]").first
        picture = card.locator(".paper img")
        assert not picture.first.get_attribute("src")  # nothing is fetched before it is wanted
        card.get_by_text(ZH.show).click()
        expect(picture.first).to_be_visible()
        expect(card.locator(".paper figcaption:visible").first).to_have_text(re.compile("第 3 页，引用的文字已标出"))
        assert "原件第 3 页" in (picture.first.get_attribute("alt") or "")
        assert picture.first.evaluate("image => image.naturalWidth") > 1_000
        card.locator(".paper").scroll_into_view_if_needed()
        visit.shoot("paper-zh")
        assert {host for host in visit.hosts if not host.startswith("blob:")} == {"127.0.0.1"}
        assert not visit.faults


def test_a_file_that_was_changed_is_not_shown_and_the_reader_is_told(browser: Browser, held, files):
    assistant, address = held
    policy, clause = clause_of(assistant, "通知.pdf", "每人每月五百元")
    before = (files / "通知.pdf").read_bytes()
    (files / "通知.pdf").write_bytes(before + b"\n")
    try:
        with visiting(browser, address, width=390, height=844, dark=True) as visit:
            page = visit.page
            page.get_by_role("radio", name="English").check()
            visit.ask(QUESTION)
            card = page.locator(".clause[open]").first
            card.get_by_text(EN.show).click()
            expect(card.locator(".paper .warn")).to_have_text(EN.failed)
            visit.shoot("paper-gone-narrow-dark")
            assert page.evaluate("document.documentElement.scrollWidth") <= 390
        with pytest.raises(Exception, match=r"通知\.pdf: the file was moved or changed since it was read"):
            assistant.page_image(policy, clause, ANNEX, "五百元")
    finally:
        (files / "通知.pdf").write_bytes(before)
    assert assistant.page_image(policy, clause, ANNEX, "五百元").marked == "words"
