"""The first answer is there soon after the page is opened: under two seconds on a quiet machine, which this allows for."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from web_browser import served, visiting

from assistant import Assistant
from assistant.app.web.texts import ZH

pytestmark = pytest.mark.browser

LONGEST = 10.0  # seconds, beside other tests


@pytest.mark.timed
def test_the_first_answer_comes_soon_after_the_page_is_opened(browser: Browser, starter_home: Path):
    with Assistant.open(starter_home) as assistant, served(assistant) as address:
        assistant.ask(ZH.examples[1])  # the models are loaded once, when the program starts
        opened = time.monotonic()
        with visiting(browser, address) as visit:
            visit.page.locator(".example").first.click()
            expect(visit.page.locator("a.cite").first).to_be_visible()
            assert time.monotonic() - opened < LONGEST
