"""Eligibility checked in a real browser over the starter corpus: chosen, filled in, judged, mended, taken along."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import docx
import pypdfium2
import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Locator, Page, expect
from web_browser import served, visiting

from assistant import Assistant
from assistant.app.web.eligibility_texts import eligibility_texts
from assistant.errors import Fault

pytestmark = pytest.mark.browser

ZH, EN = eligibility_texts("zh"), eligibility_texts("en")
HOSTILE = "<img src=x onerror=alert(1)>"
# 财税〔2019〕46号 with nothing carried in: 2024 brings 1,000,000 × 30 % = 300,000, of which 100,000 are due and used;
# 2025 brings 500,000 × 30 % = 150,000 to the 200,000 left, of which 180,000 are due and used, so 170,000 go on.
CREDIT = {
    "credit_carried_in": "0",
    "vocational_investment.2024": "100",
    "surcharge_due.2024": "10",
    "vocational_investment.2025": "50",
    "surcharge_due.2025": "18",
}


@pytest.fixture(scope="module")
def address(starter_home: Path) -> Iterator[str]:
    with Assistant.open(starter_home) as assistant, served(assistant) as address:
        yield address


def opened(page: Page, scheme: str, tab: str = ZH.tab) -> None:
    page.get_by_role("tab", name=tab).click()
    page.locator(f'button.open[data-scheme="{scheme}"]').click(timeout=15_000)
    expect(page.locator(".outcome")).to_be_visible()


def answer(page: Page, fact: str, value: str) -> None:
    page.locator(f'input[name="{fact}"][value="{value}"]').check()


def fill(page: Page, values: dict[str, str]) -> None:
    for name, value in values.items():
        page.locator(f'.sheet input[name="{name}"]').fill(value)


def conditions(page: Page) -> Locator:
    return page.locator(".tree-of .conditions > li:not(.group)")


def test_the_30_percent_credit_is_checked_and_worked_out_year_by_year(browser: Browser, address: str):
    with visiting(browser, address) as visit:
        page = visit.page
        opened(page, "surcharge-credit")
        expect(page.locator(".outcome h3")).to_contain_text("还缺事实")
        expect(page.locator(".field.next .next-mark")).to_have_text(ZH.next_here)
        visit.shoot("eligibility-open")
        answer(page, "in_pool", "yes")
        answer(page, "investment_qualifies", "yes")
        fill(page, CREDIT)
        expect(page.locator(".total b")).to_have_text("180,000元")
        expect(page.locator(".outcome h3")).to_have_text("✓ 符合条件")
        expect(page.locator(".tree-of .group > .condition")).to_contain_text("（符合其一）")
        assert [text.split("\n")[0] for text in conditions(page).all_inner_texts()] == ["✓符合", "?待定", "✓符合"]
        figures = [row.locator("td").all_inner_texts() for row in page.locator(".years tbody tr").all()]
        assert figures == [
            ["0", "300,000", "100,000", "100,000", "200,000", "0", "0"],
            ["200,000", "150,000", "180,000", "180,000", "170,000", "0", "0"],
        ]
        expect(page.locator(".trace li", has_text="2025 当期新增可抵免金额")).to_contain_text("500,000元 × 30% =")
        assert page.locator(".carried svg rect.rest").count() == 2
        expect(page.locator(".resting")).to_contain_text("都只有摘要")
        visit.shoot("eligibility-credit")
        fill(page, {"surcharge_due.2024": "100000", "surcharge_due.2025": "150000"})  # in 元, once that is chosen:
        page.locator('select[name="unit.surcharge_due"]').select_option("元")
        expect(page.locator(".total b")).to_have_text("150,000元")
        page.locator("#field-day").fill("2024年12月31日")
        page.keyboard.press("Tab")
        expect(page.locator(".years tbody tr")).to_have_count(1)  # 2025 has not come yet
        page.locator("#field-day").fill("2026-03-01")
        page.keyboard.press("Tab")
        expect(page.locator('input[name="vocational_investment.2025"]')).to_have_value("50")  # and was not lost
        assert visit.hosts == {"127.0.0.1"}
        assert not visit.faults


def test_a_clause_opens_under_the_mouse_and_by_key_and_closes_again(browser: Browser, address: str):
    with visiting(browser, address) as visit:
        page = visit.page
        opened(page, "surcharge-credit")
        basis = page.locator(".tree-of .basis").first
        card = basis.locator(".clause-card")
        basis.locator("summary").hover()
        expect(card).to_contain_text("财税〔2019〕46号")
        expect(card.locator(".badge")).to_have_text("条文大意")
        expect(card.locator("blockquote")).to_contain_text("30%")
        expect(card.get_by_role("link")).to_have_attribute("href", re.compile(r"^https?://"))
        page.mouse.move(5, 5)
        expect(card).to_be_hidden()
        basis.locator("summary").press("Enter")
        expect(card).to_be_visible()
        page.keyboard.press("Escape")
        expect(card).to_be_hidden()


def test_a_condition_that_fails_says_by_how_much_and_is_led_to(browser: Browser, address: str):
    """Jinhua asks for five interns at least (认定的基地、每年5名以上、各满1个月): with three, two are missing."""
    with visiting(browser, address) as visit:
        page = visit.page
        opened(page, "internship-subsidy-jinhua")
        answer(page, "recognised_base", "yes")
        fill(page, {"eligible_interns": "3", "months_each": "2"})
        expect(page.locator(".outcome h3")).to_have_text("✗ 不符合条件")
        expect(conditions(page).filter(has_text="≥ 5人")).to_contain_text("不符合")
        expect(page.locator(".mend li")).to_contain_text("现在：3人；还差 2人")
        expect(page.locator(".amounts")).to_contain_text(ZH.no_amount)
        visit.shoot("eligibility-failed")
        page.locator(".mend .to-field").click()
        expect(page.locator("#field-eligible_interns")).to_be_focused()
        page.keyboard.type("5")
        page.locator("#field-eligible_interns").fill("5")
        expect(page.locator(".outcome h3")).to_have_text("✓ 符合条件")
        expect(page.locator(".windows .days")).to_contain_text("07-01 至")


def test_what_cannot_be_read_is_told_beside_its_field_and_nothing_is_lost(browser: Browser, address: str):
    with visiting(browser, address) as visit:
        page = visit.page
        opened(page, "surcharge-credit")
        answer(page, "in_pool", "yes")
        fill(page, {**CREDIT, "credit_carried_in": HOSTILE, "surcharge_due.2025": "3个月"})
        wrong = page.locator('[data-field="credit_carried_in"] .wrong')
        expect(wrong).to_have_text(ZH.faults[Fault.NOT_A_NUMBER].format(text=HOSTILE, example="80万元"))
        expect(page.locator('[data-field="surcharge_due.2025"] .wrong')).to_contain_text("的单位不对，没有计入")
        expect(page.locator("#field-credit_carried_in")).to_have_attribute("aria-invalid", "true")
        expect(page.locator(".outcome .warn")).to_have_text(ZH.problems.format(count=2))
        visit.shoot("eligibility-wrong")
        page.get_by_role("radio", name="English").check()
        expect(wrong).to_have_text(EN.faults[Fault.NOT_A_NUMBER].format(text=HOSTILE, example="80"))
        expect(page.locator("#field-credit_carried_in")).to_have_value(HOSTILE)
        expect(page.locator('input[name="vocational_investment.2024"]')).to_have_value("100")
        expect(page.locator('input[name="in_pool"][value="yes"]')).to_be_checked()
        fill(page, {"credit_carried_in": "0", "surcharge_due.2025": "18"})
        expect(wrong).to_be_hidden()
        expect(page.locator(".total b")).to_have_text("180,000 yuan")
        assert not visit.faults


def test_a_place_with_rules_of_its_own_brings_its_own_conditions(browser: Browser, address: str):
    with visiting(browser, address) as visit:
        page = visit.page
        opened(page, "iei-enterprise")
        answer(page, "stable_cooperation", "yes")
        page.locator("#field-registered_place").select_option("320000")
        expect(page.locator(".sheet h2")).to_contain_text("江苏省")
        expect(page.locator('input[name="stable_cooperation"][value="yes"]')).to_be_checked()
        expect(page.locator(".outcome")).to_contain_text("按江苏省、")


def test_the_chat_leads_to_the_form_filled_in_with_what_was_said(browser: Browser, address: str):
    with visiting(browser, address) as visit:
        page = visit.page
        visit.ask("我们公司已入库，2025年投了80万职业教育投资，应缴教育费附加10万元，能抵免多少？")
        page.locator('.check-in-full[data-scheme="surcharge-credit"]').click(
            timeout=60_000
        )  # the first question of all
        expect(page.locator(".sheet h2")).to_have_text("产教融合型企业30%教育费附加抵免")
        expect(page.locator('input[name="vocational_investment.2025"]')).to_have_value("80")
        expect(page.locator('td[data-field="vocational_investment.2025"] .taken')).to_contain_text("80万")
        visit.shoot("eligibility-from-chat")
        assert not visit.faults


def test_the_result_is_taken_along_as_real_files(browser: Browser, address: str, tmp_path: Path):
    with visiting(browser, address) as visit:
        page = visit.page
        opened(page, "internship-subsidy-jinhua")
        fill(page, {"eligible_interns": "3"})
        expect(page.locator(".outcome h3")).to_have_text("✗ 不符合条件")
        taken = {}
        for ending in ("docx", "pdf", "md", "ics"):
            with page.expect_download() as download:
                page.locator(f'.take[data-ending="{ending}"]').click()
            assert download.value.suggested_filename.startswith("金华市大学生实习基地实习补贴-")
            download.value.save_as(tmp_path / f"file.{ending}")
            taken[ending] = (tmp_path / f"file.{ending}").read_bytes()
        word = docx.Document(io.BytesIO(taken["docx"]))
        assert "金华市大学生实习基地实习补贴" in word.paragraphs[0].text
        assert "金华" in pypdfium2.PdfDocument(taken["pdf"])[0].get_textpage().get_text_range()
        assert "3人" in taken["md"].decode()
        assert len(Calendar.from_ical(taken["ics"].decode()).walk("VEVENT")) == 1


def test_a_scheme_is_found_by_everyday_words_and_by_place(browser: Browser, address: str):
    with visiting(browser, address) as visit:
        page = visit.page
        page.get_by_role("tab", name=ZH.tab).click()
        entries = page.locator(".scheme:visible h3")
        expect(entries.first).to_be_visible(timeout=15_000)
        everything = entries.count()
        search = page.locator(".schemes input[type=search]")
        search.fill("抵税")
        assert "产教融合型企业30%教育费附加抵免" in entries.all_inner_texts()
        search.fill("带实习生有钱拿吗")
        assert 0 < entries.count() < everything
        assert "实习" in entries.first.inner_text()  # before those that only count interns
        visit.shoot("eligibility-search")
        search.fill("qqq")
        expect(page.locator(".none-found")).to_have_text(ZH.none_found)
        search.fill("")
        page.locator("select.where").select_option("330700")
        expect(page.locator(".scheme h3", has_text="金华市大学生实习基地实习补贴")).to_be_visible()
        expect(page.locator(".scheme h3", has_text="山东省")).to_have_count(0)


def test_it_is_used_in_english_in_the_dark_on_a_telephone(browser: Browser, address: str):
    with visiting(browser, address, width=390, height=844, dark=True) as visit:
        page = visit.page
        page.get_by_role("radio", name="English").check()
        expect(page.get_by_role("tab", name=EN.tab)).to_be_visible()
        opened(page, "surcharge-credit", EN.tab)
        answer(page, "in_pool", "no")
        answer(page, "group_member", "no")
        expect(page.locator(".follow")).to_contain_text("The conditions are not met")
        visit.shoot("eligibility-390")
        page.locator(".follow").click()
        expect(page.locator(".outcome")).to_be_in_viewport()
        visit.shoot("eligibility-390-verdict")
        page.locator(".tree-of .basis summary").first.click()
        expect(page.locator(".tree-of .clause-card").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        words = page.locator("#eligibility-page").inner_text()
        for ours in ("依据：", "现在：", "未提供", "不清楚", "凭证"):
            assert ours not in words
        assert not visit.faults
