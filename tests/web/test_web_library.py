"""The library in a real browser over the starter corpus: found, opened, set side by side, and what cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from web_browser import served, visiting

from assistant import Assistant
from assistant.app.web.library_texts import library_texts

pytestmark = pytest.mark.browser

ZH, EN = library_texts("zh"), library_texts("en")
HOSTILE = """# <img src=x onerror=alert(1)>校企合作办法

（2021年3月1日江海市人民政府发布）

第一条　企业应当<script>alert(2)</script>提供岗位。
"""


@pytest.fixture(scope="module")
def address(starter_home: Path) -> Iterator[str]:
    with Assistant.open(starter_home) as assistant, served(assistant) as address:
        yield address


def opened(page: Page, tab: str = ZH.tab) -> None:
    page.get_by_role("tab", name=tab).click()
    expect(page.locator("table.policies tbody tr").first).to_be_visible(timeout=15_000)


def rows(page: Page) -> list[str]:
    return page.locator("table.policies tbody tr:visible .open").all_inner_texts()


def test_a_policy_is_found_opened_read_and_left_again(browser: Browser, address: str):
    with visiting(browser, address) as visit:
        page = visit.page
        opened(page)
        everything = len(rows(page))
        page.locator("input[type=search]").fill("宁波 校企合作")
        found = rows(page)
        assert 0 < len(found) < everything
        assert all("宁波" in title for title in found)
        visit.shoot("library")
        page.locator("table.policies tbody tr:visible .open").first.click()
        expect(page.locator(".policy-page h2")).to_have_text(found[0])
        expect(page.locator(".policy-page")).to_contain_text("不得向学生收取")
        visit.shoot("library-policy")
        page.locator(".shut").first.click()
        expect(page.locator(".policy-page")).to_have_count(0)
        assert visit.hosts == {"127.0.0.1"}
        assert not visit.faults


def test_a_search_without_a_result_says_so_and_is_cleared(browser: Browser, address: str):
    with visiting(browser, address) as visit:
        page = visit.page
        opened(page)
        page.locator("input[type=search]").fill("没有这样的政策")
        expect(page.locator(".none-found")).to_be_visible()
        page.locator(".clear").click()
        expect(page.locator(".none-found")).to_be_hidden()


def test_two_policies_are_set_side_by_side_with_what_differs_marked(browser: Browser, address: str):
    with visiting(browser, address) as visit:
        page = visit.page
        opened(page)
        page.locator("input[type=search]").fill("实习管理规定")
        page.locator("table.policies tbody tr:visible .open").first.click()
        page.locator(".compare").click()
        expect(page.locator(".chooser .hint")).to_be_visible()  # nothing was chosen to compare with
        other = page.locator(".chooser select option", has_text="职业学校学生实习管理规定").first.get_attribute("value")
        page.locator(".chooser select").select_option(other)
        page.locator(".compare").click()
        expect(page.locator("table.sides")).to_be_visible(timeout=15_000)
        assert page.locator("table.sides del, table.sides ins").count() > 0
        visit.shoot("library-compare")
        assert not visit.faults


def test_the_library_in_english_at_phone_width_stays_within_the_screen(browser: Browser, address: str):
    with visiting(browser, address) as visit:
        page = visit.page
        page.set_viewport_size({"width": 390, "height": 844})
        page.get_by_role("radio", name="English").check()
        opened(page, EN.tab)
        expect(page.locator(".library h2")).to_have_text(EN.heading)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        visit.shoot("library-phone")


def test_markup_in_a_document_is_shown_as_text(browser: Browser, tmp_path: Path):
    (tmp_path / "办法.md").write_text(HOSTILE, encoding="utf-8")
    with Assistant.open(tmp_path / "home") as assistant:
        assistant.ingest(tmp_path / "办法.md")
        with served(assistant) as address, visiting(browser, address) as visit:
            page = visit.page
            opened(page)
            assert "<img src=x onerror=alert(1)>" in rows(page)[0]
            page.locator(".open").first.click()
            expect(page.locator(".policy-page")).to_contain_text("<script>alert(2)</script>")
            assert page.locator(".policy-page img, .policy-page script").count() == 0
            assert not visit.faults
