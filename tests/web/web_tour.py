"""A tour of everything the page shows, as a reader would go through it, for checks that concern all of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from playwright.sync_api import expect
from web_browser import Visit

from assistant.app.web.documents_texts import documents_texts
from assistant.app.web.eligibility_texts import eligibility_texts
from assistant.app.web.insight_texts import insight_texts
from assistant.app.web.library_texts import library_texts
from assistant.app.web.texts import EN

_QUESTIONS = {
    "zh": (
        "申请成为产教融合型企业要满足哪些条件？",
        "德国的学徒工资最低标准是多少？",
        "宁波和全国的实习报酬规定有什么不同？",
    ),
    "en": (
        "What conditions must we meet to become an industry-education integration enterprise?",
        "What is the minimum apprentice wage in Germany?",
        "How do the internship pay rules of Ningbo and the nation differ?",
    ),
}


STOPS = (
    *("welcome", "answer", "refusal", "comparison", "conversations", "schemes", "eligibility", "library", "policy"),
    *("compare", "documents", "added", "insight", "record", "no record"),
)


def to_add(folder: Path) -> tuple[Path, ...]:
    """Return two files to add, the second of which cannot be read."""
    good, bad = folder / "办法.html", folder / "坏的.pdf"
    good.write_text("<nav>首页</nav><h1>江海市学徒补助办法</h1><p>第一条　企业招收学徒的，给予补助。</p>", "utf-8")
    bad.write_bytes(b"%PDF-1.7 cut off")
    return good, bad


def tour(visit: Visit, language: Literal["zh", "en"], files: Sequence[Path]) -> Iterator[str]:
    """Go from place to place on the page and yield the name of each when it is shown; `files` are added on the way."""
    page = visit.page
    if language == "en":
        page.get_by_role("radio", name="English").check()
        expect(page.locator(".welcome h2")).to_have_text(EN.welcome)
    yield "welcome"
    answer, refusal, comparison = _QUESTIONS[language]
    visit.ask(answer)
    page.locator("a.cite").nth(2).click(timeout=20_000)
    expect(page.locator(".clause.current mark").first).to_be_visible()
    yield "answer"
    visit.ask(refusal)
    expect(page.locator("#turn-2 .box").first).to_be_visible(timeout=20_000)
    yield "refusal"
    visit.ask(comparison)
    expect(page.locator("#turn-3 .comparison")).to_be_visible(timeout=20_000)
    yield "comparison"
    page.locator("#history button").first.click()
    yield "conversations"
    page.keyboard.press("Escape")
    page.get_by_role("tab", name=eligibility_texts(language).tab).click()
    expect(page.locator("button.open[data-scheme]").first).to_be_visible()
    yield "schemes"
    page.locator("button.open[data-scheme]").first.click()
    expect(page.locator(".outcome")).to_be_visible()
    yield "eligibility"
    page.get_by_role("tab", name=library_texts(language).tab).click()
    page.locator(".library input[type=search]").fill("Ningbo" if language == "en" else "宁波")
    expect(page.locator("table.policies tbody tr:visible").first).to_be_visible()
    yield "library"
    page.locator("table.policies tr:visible .open").first.click()
    expect(page.locator(".policy-page h2")).to_be_visible()
    yield "policy"
    page.locator(".chooser select").select_option(index=1)
    page.get_by_role("button", name=library_texts(language).compare, exact=True).click()
    expect(page.locator("table.sides")).to_be_visible()
    yield "compare"
    page.get_by_role("tab", name=documents_texts(language).tab).click()
    expect(page.locator(".drop")).to_be_visible()
    yield "documents"
    page.locator("input.files").set_input_files(files)
    expect(page.locator(".sent li.failed")).to_be_visible(timeout=30_000)
    page.locator(".upload .lost summary").click(timeout=30_000)
    yield "added"
    page.get_by_role("tab", name=insight_texts(language).tab).click()
    expect(page.locator(".insight h2")).to_be_visible()
    yield "insight"
    record = page.locator("[data-record]").first.get_attribute("data-record")
    for id_, name in ((record, "record"), ("nothing", "no record")):
        page.goto(f"{page.url.partition('?')[0]}?answer={id_}")
        if language == "en":
            page.get_by_role("radio", name="English").check()
        expect(page.locator(f".record[lang={language}]")).to_be_visible(timeout=20_000)
        yield name
