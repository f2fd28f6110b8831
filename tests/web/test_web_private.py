"""Two people with accounts in real browsers: what one adds and asks is nowhere for the other, nor for who comes after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from web_browser import SHOTS, served

from assistant import Assistant
from assistant.app.accounts import Accounts, Role
from assistant.app.web.documents_texts import documents_texts
from assistant.app.web.insight_texts import insight_texts
from assistant.app.web.library_texts import library_texts
from assistant.app.web.texts import ZH

pytestmark = pytest.mark.browser

PASSWORD = "a long password"
QUESTION = "企业接收学徒满多少天可以获得补助？"
TITLE, NUMBER, AMOUNT, BROKEN = "江海市学徒补助办法", "江海政发〔2024〕7号", "八万元", "合同扫描件.pdf"
TELLING = (TITLE, NUMBER, AMOUNT, BROKEN, "补助.pdf", "ben")
TEXT = f"<h1>{TITLE}</h1><p>{NUMBER}</p><p>第一条　企业接收学徒满九十七天的，可以获得{AMOUNT}的一次性补助。</p>"
TABS = (documents_texts("zh").tab, library_texts("zh").tab, insight_texts("zh").tab)


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    accounts = Accounts(tmp_path)
    accounts.add("anna", Role.ADMINISTRATOR, PASSWORD)
    accounts.add("ben", Role.EDITOR, PASSWORD)
    with Assistant.open(tmp_path / "home") as assistant, served(assistant, accounts) as address:
        yield address


def sign_in(page: Page, address: str, name: str, password: str = PASSWORD) -> None:
    page.goto(address)
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()


def ask(page: Page) -> None:
    page.get_by_role("tab", name=ZH.send).click()
    page.locator("#question textarea").fill(QUESTION)
    page.locator("#question textarea").press("Enter")
    expect(page.locator("#turn-1 [data-record]")).to_be_visible(timeout=30_000)


def shown(page: Page) -> list[str]:
    """What of the document, its question aside, the page tells."""
    text = page.locator("body").inner_text()
    return [word for word in TELLING if word in text]


def test_what_one_adds_is_nowhere_for_another_and_gone_with_signing_out(
    browser: Browser, address: str, tmp_path: Path, print_pdf: Callable[[str, Path], Path]
):
    document, broken = print_pdf(TEXT, tmp_path / "补助.pdf"), tmp_path / BROKEN
    broken.write_bytes(b"%PDF-1.7 cut off")
    ben, anna = (browser.new_context(locale="zh-CN").new_page() for _ in range(2))
    sign_in(ben, address, "ben", "not the password")
    expect(ben.get_by_role("alert")).to_have_text("用户名或密码不对，请重新输入。")
    sign_in(ben, address, "ben")
    ben.get_by_role("tab", name=TABS[0]).click()
    ben.locator("input.files").set_input_files([document, broken])
    expect(ben.locator(".sent li.failed")).to_contain_text("文件已损坏", timeout=60_000)
    ben.get_by_role("button", name=documents_texts("zh").confirm).click()
    expect(ben.locator(".upload .badge")).to_have_text("仅自己可见", timeout=30_000)
    expect(ben.get_by_role("button", name=documents_texts("zh").publish)).to_have_count(0)  # for administrators
    ask(ben)
    expect(ben.locator("#transcript")).to_contain_text(AMOUNT)
    expect(ben.locator("#source-panel .policy h3")).to_have_text(TITLE)
    record = ben.locator("[data-record]").get_attribute("data-record")
    image = f"{address}/{ben.locator('figure[data-source]').first.get_attribute('data-source')}"
    assert ben.request.get(image).status == 200

    sign_in(anna, address, "anna")
    ask(anna)
    assert shown(anna) == []
    for tab in TABS:
        anna.get_by_role("tab", name=tab).click()
        expect(anna.locator(".documents, .library, .insight").locator("visible=true").first).to_be_visible()
        assert shown(anna) == [], tab
    assert anna.request.get(image).status == 404
    anna.goto(f"{address}/?answer={record}")
    expect(anna.locator(".record")).to_contain_text("没有这个回答的记录", timeout=20_000)
    assert shown(anna) == []
    anna.screenshot(path=SHOTS / "web-record-of-another.png") if SHOTS.exists() else None

    ben.get_by_role("button", name="退出").click()
    expect(ben.get_by_label("用户名")).to_be_visible()
    assert ben.request.get(image).status == 401
    ben.go_back()
    expect(ben.get_by_label("用户名")).to_be_visible()
    assert shown(ben) == []
    for page in (ben, anna):
        page.context.close()
