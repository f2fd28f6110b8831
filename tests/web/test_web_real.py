"""The page over the real assistant and the starter corpus: a company's first questions, as it would see the answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from web_browser import served, visiting

from assistant import Assistant
from assistant.app.web.texts import EN, ZH
from assistant.text.normal import squeeze

pytestmark = pytest.mark.browser

CREDIT_NOTICE = "财税〔2019〕46号"
MEASURES = "建设产教融合型企业实施办法（试行）"


@pytest.fixture(scope="module")
def real(starter_home: Path) -> Iterator[tuple[Assistant, str]]:
    with Assistant.open(starter_home) as assistant, served(assistant) as address:
        yield assistant, address


def test_the_conditions_are_listed_and_each_number_shows_its_marked_clause(browser: Browser, real):
    _, address = real
    with visiting(browser, address) as visit:
        page = visit.page
        visit.ask("申请成为产教融合型企业要满足哪些条件？")
        expect(page.locator("h4.policy-title", has_text=MEASURES).first).to_be_visible()
        cites = page.locator("a.cite")
        assert cites.count() >= 5
        for n in range(min(cites.count(), 5)):
            cites.nth(n).click()
            card = page.locator(".clause.current")
            expect(card.locator("mark").first).to_be_visible()
            marked = squeeze("".join(card.locator("mark").all_inner_texts()))
            statement = squeeze(cites.nth(n).locator("xpath=..").inner_text())
            assert marked in statement
        visit.shoot("real-conditions")
        assert visit.hosts == {"127.0.0.1"}
        assert not visit.faults


def test_the_credit_is_told_in_english_with_its_share_and_source(browser: Browser, real):
    _, address = real
    with visiting(browser, address) as visit:
        page = visit.page
        page.get_by_role("radio", name="English").check()
        visit.ask("How much of our investment can we credit, and against what?")
        expect(page.locator(".statements").first).to_be_visible()
        assert "30%" in page.locator(".answer").inner_text()
        numbers = page.locator("dl.facts dd").all_inner_texts()
        assert CREDIT_NOTICE in numbers
        visit.shoot("real-credit")


@pytest.mark.parametrize("question", ["德国的学徒工资最低标准是多少？", "今天天气怎么样"])
def test_what_the_policies_do_not_cover_is_refused_without_sources(browser: Browser, real, question):
    _, address = real
    with visiting(browser, address) as visit:
        visit.ask(question)
        box = visit.page.locator(".box.not_found, .box.out_of_scope")
        expect(box).to_be_visible()
        assert visit.page.locator(".statements a.cite").count() == 0  # what comes near can be opened, but is no source
        visit.shoot(f"real-refusal-{re.sub('[^a-z]', '', box.get_attribute('class') or '')}")


def test_every_question_the_page_offers_is_answered(real):
    assistant, _ = real
    unanswered = [q for t in (ZH, EN) for q in t.examples if assistant.ask(q).status != "answered"]
    assert not unanswered
