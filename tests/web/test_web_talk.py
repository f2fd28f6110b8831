"""A conversation in a real browser: stopping an answer, keeping what was said, taking it along."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Locator, expect
from web_browser import Visit, served, visiting
from web_fakes import FakeAssistant

from assistant.app.web.talk_texts import EN, ZH

pytestmark = pytest.mark.browser

CONDITIONS = "产教融合型企业的申报条件有哪些？"


def test_a_stopped_answer_keeps_what_was_verified_and_can_be_asked_for_again(visit: Visit, fake: FakeAssistant):
    page = visit.page
    field = page.locator("#question textarea")
    expect(page.locator("#stop")).to_be_hidden()
    fake.gate.clear()
    try:
        visit.ask(f"逐句：{CONDITIONS}")
        expect(page.locator(".answer")).to_contain_text("（二）近三年每年接收实习学生不少于五人；")
        expect(page.locator("#send")).to_be_hidden()
        expect(field).to_have_value("")
        field.fill("那材料呢？")
        visit.shoot("talk-stop")
        page.locator("#stop").press("Enter")
        expect(page.locator(".box.stopped")).to_contain_text(ZH.stopped_kept)
    finally:
        fake.gate.set()
    expect(field).to_be_focused()
    expect(page.locator("ul.statements li")).to_have_count(2)
    page.locator("a.cite", has_text="[2]").click()
    expect(page.locator("#source-1-2 mark")).to_have_text("近三年每年接收实习学生不少于五人")
    visit.shoot("talk-stopped")
    page.get_by_role("button", name=ZH.ask_again).click()
    expect(page.locator("#turn-2 ul.statements li")).to_have_count(4)
    expect(field).to_have_value("那材料呢？")  # what was typed meanwhile stays
    assert fake.asked[-1][1] == ()  # it follows what it followed the first time
    assert not visit.faults


def test_an_answer_stopped_before_its_first_sentence_says_that_there_is_nothing(
    browser: Browser, address: str, fake: FakeAssistant
):
    with visiting(browser, address, width=390, height=844, dark=True) as visit:
        page = visit.page
        page.get_by_role("radio", name="English").check()
        fake.gate.clear()
        try:
            visit.ask(CONDITIONS)
            page.get_by_role("button", name=EN.stop).click()
            expect(page.locator(".box.stopped")).to_contain_text(EN.stopped_empty)
        finally:
            fake.gate.set()
        expect(page.locator(".pending")).to_have_count(0)
        visit.shoot("talk-stopped-phone")
        page.get_by_role("button", name=EN.ask_again).click()
        expect(page.locator("#turn-2 ul.statements li")).to_have_count(4)


def conversations(visit: Visit) -> Locator:
    """The entries of the drawer, opened with the keyboard."""
    visit.page.locator(".history-open").press("Enter")
    expect(visit.page.locator("dialog.history")).to_be_visible()
    return visit.page.locator(".history-entry")


def test_a_conversation_survives_a_reload_and_goes_on(visit: Visit, fake: FakeAssistant):
    page = visit.page
    visit.ask(CONDITIONS)
    expect(page.locator("ul.statements li")).to_have_count(4)
    page.reload()
    expect(page.locator("ul.statements li")).to_have_count(4)
    page.locator("a.cite", has_text="[3]").click()
    expect(page.locator("#source-1-3 mark")).to_have_text("承担现代学徒制试点任务")
    visit.ask("那条件的材料呢？")
    expect(page.locator("#turn-2 ul.statements li")).to_have_count(4)
    assert fake.asked[-1][1] == (CONDITIONS,)
    assert not visit.faults


def test_conversations_are_listed_renamed_deleted_and_brought_back(visit: Visit):
    page = visit.page
    visit.ask(CONDITIONS)
    expect(page.locator("ul.statements li")).to_have_count(4)
    page.get_by_role("button", name="新对话").click()
    expect(page.locator(".welcome")).to_be_visible()
    visit.ask("第二个<b>条件</b>问题")
    expect(page.locator("ul.statements li")).to_have_count(4)
    listed = conversations(visit)
    expect(listed).to_have_text([re.compile("第二个<b>条件</b>问题"), re.compile(CONDITIONS)])
    expect(listed.first).to_have_attribute("aria-current", "true")
    visit.shoot("talk-drawer")
    page.get_by_role("button", name=ZH.rename_one.format(name=CONDITIONS)).press("Enter")
    page.get_by_role("textbox", name=ZH.new_name).fill("申报<i>条件</i>")
    page.keyboard.press("Enter")
    expect(listed).to_have_text([re.compile("第二个"), re.compile("申报<i>条件</i>")])
    page.get_by_role("button", name=ZH.remove_one.format(name="申报<i>条件</i>")).press("Enter")
    expect(listed).to_have_count(1)
    page.get_by_role("button", name=ZH.undo).press("Enter")
    expect(listed).to_have_count(2)
    listed.last.press("Enter")
    expect(page.locator("dialog.history")).to_be_hidden()
    expect(page.locator("#turn-1 .question p")).to_have_text(CONDITIONS)
    assert not visit.faults


def test_the_conversation_shown_goes_from_the_page_when_it_is_deleted(visit: Visit):
    page = visit.page
    visit.ask(CONDITIONS)
    expect(page.locator("ul.statements li")).to_have_count(4)
    conversations(visit)
    page.get_by_role("button", name=ZH.remove_one.format(name=CONDITIONS)).click()
    page.keyboard.press("Escape")
    expect(page.locator(".welcome")).to_be_visible()
    page.reload()
    expect(page.locator(".welcome")).to_be_visible()
    expect(conversations(visit)).to_have_count(0)
    expect(page.locator(".history-none")).to_have_text(ZH.history_none)


def test_what_is_damaged_or_of_an_older_version_is_told_and_removed(visit: Visit):
    page = visit.page
    visit.ask(CONDITIONS)
    expect(page.locator("ul.statements li")).to_have_count(4)
    page.evaluate(
        """() => {
          const [key] = Object.keys(localStorage).filter((name) => name.startsWith("policy-assistant.conversation."));
          const entry = JSON.parse(localStorage.getItem(key));
          localStorage.setItem("policy-assistant.conversation.broken", "{");
          localStorage.setItem("policy-assistant.conversation.old",
            JSON.stringify({ ...entry, conversation: { ...entry.conversation, version: 0 } }));
          entry.conversation.turns[0].answer.status = "sure";
          localStorage.setItem(key, JSON.stringify(entry));
        }"""
    )
    conversations(visit)
    expect(page.locator(".history-said")).to_have_text(ZH.history_lost.format(count=2))
    page.keyboard.press("Escape")
    page.reload()
    expect(page.locator("#hint")).to_have_text(ZH.unreadable)
    expect(conversations(visit)).to_have_count(0)


def test_the_oldest_conversations_make_room_for_a_new_one(visit: Visit):
    page = visit.page
    page.evaluate(
        """() => {
          for (const [name, changed] of [["older", 1], ["old", 2]]) localStorage.setItem(
            "policy-assistant.conversation." + name, JSON.stringify({ title: name, changed, conversation:
              { version: 1, turns: [{ question: "长".repeat(1499000) }] } }));
        }"""
    )
    visit.ask(CONDITIONS)
    expect(page.locator("ul.statements li")).to_have_count(4)
    expect(conversations(visit)).to_have_text([re.compile(CONDITIONS), re.compile("^old[^e]")])


def test_at_390_px_in_english_the_drawer_covers_most_of_the_page_and_is_left_with_escape(
    browser: Browser, address: str
):
    with visiting(browser, address, width=390, height=844, dark=True) as visit:
        page = visit.page
        page.get_by_role("radio", name="English").check()
        visit.ask(CONDITIONS)
        expect(page.locator("ul.statements li")).to_have_count(4)
        expect(page.locator(".history-open")).to_have_text(EN.history)
        conversations(visit)
        expect(page.get_by_role("button", name=EN.rename_one.format(name=CONDITIONS))).to_be_visible()
        visit.shoot("talk-drawer-phone")
        box = page.locator("dialog.history").bounding_box()
        assert box
        assert box["width"] <= 390
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.keyboard.press("Escape")
        expect(page.locator("dialog.history")).to_be_hidden()


def test_an_answer_is_copied_with_its_sources(visit: Visit, address: str):
    page = visit.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    visit.ask(CONDITIONS)
    page.get_by_role("button", name=ZH.copy).press("Enter")
    expect(page.locator(".action-said")).to_have_text(ZH.copied)
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith(f"{CONDITIONS}\n")
    assert "（三）承担现代学徒制试点任务。 [3]" in text
    assert "[3] 《示范市产教融合型企业认定办法》（示发改〔2019〕7号）第五条第（三）项" in text


def test_a_conversation_is_exported_as_word_and_markdown(visit: Visit):
    page = visit.page
    page.locator(".export summary").press("Enter")
    page.get_by_role("button", name=ZH.export_word).press("Enter")
    expect(page.locator("#hint")).to_have_text(ZH.export_none)
    visit.ask(CONDITIONS)
    expect(page.locator("ul.statements li")).to_have_count(4)
    page.locator(".export summary").press("Enter")
    visit.shoot("talk-export")
    with page.expect_download() as download:
        page.get_by_role("button", name=ZH.export_word).click()
    assert download.value.suggested_filename.endswith(".docx")
    texts = [paragraph.text for paragraph in docx.Document(download.value.path()).paragraphs]
    assert CONDITIONS in texts
    expect(page.locator(".export")).not_to_have_attribute("open", "")
    page.get_by_role("radio", name="English").check()
    page.locator(".export summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=EN.export_markdown).click()
    assert Path(download.value.path()).read_text("utf-8").startswith("# Questions and answers on industry–education")
    assert not visit.faults


def test_a_link_leads_to_what_is_kept_of_an_answer(visit: Visit, address: str):
    page = visit.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    visit.ask(CONDITIONS)
    page.get_by_role("button", name=ZH.link).press("Enter")
    expect(page.locator(".action-said")).to_have_text(ZH.linked)
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(f"{address}/?answer=")
    page.goto(link)
    expect(page.locator(".record h2")).to_have_text(ZH.record)
    expect(page.locator(".record details.clause")).to_have_count(4)
    expect(page.locator(".turn")).to_have_count(0)
    assert CONDITIONS not in page.locator("#record").inner_text()
    visit.shoot("talk-record")
    page.get_by_role("radio", name="English").check()
    expect(page.locator(".record h2")).to_have_text(EN.record)
    visit.ask(CONDITIONS)
    expect(page.locator("ul.statements li")).to_have_count(4)
    expect(page.locator(".record")).to_be_hidden()
    page.get_by_role("button", name="New chat").click()
    expect(page.locator(".welcome")).to_be_visible()
    page.wait_for_function("!location.search")
    assert not visit.faults


def test_a_link_to_nothing_says_so_at_390_px(browser: Browser, address: str):
    with visiting(browser, address, width=390, height=844) as visit:
        visit.page.goto(f"{address}/?answer=%3Cb%3E123")
        expect(visit.page.locator(".record h4")).to_have_text(ZH.record_unknown)
        expect(visit.page.locator(".record p")).to_contain_text("“<b>123”")
        visit.shoot("talk-record-unknown")
        visit.ask(CONDITIONS)
        expect(visit.page.locator("ul.statements li")).to_have_count(4)


def test_an_answer_is_rated_with_a_reason_and_the_page_stays_where_it_is(visit: Visit, fake: FakeAssistant):
    page = visit.page
    visit.ask(CONDITIONS)
    expect(page.locator("ul.statements li")).to_have_count(4)
    bad = page.get_by_role("button", name=ZH.rate_bad)
    bad.press("Enter")
    expect(page.get_by_role("group", name=ZH.rate_why)).to_be_in_viewport()
    expect(page.locator(".own-words")).to_be_hidden()  # where words are not kept, none are asked for
    expect(bad).to_have_attribute("aria-pressed", "true")
    expect(bad).to_be_focused()
    visit.shoot("talk-rating")
    page.get_by_role("button", name="规定过时了").press("Enter")
    expect(page.locator(".rated")).to_have_text(ZH.rate_thanks)
    assert list(fake.ratings.values())[-1] == (False, "outdated")
    page.reload()
    expect(page.get_by_role("button", name=ZH.rate_bad)).to_have_attribute("aria-pressed", "true")
    fake.records.clear()
    page.get_by_role("button", name=ZH.rate_good).click()
    expect(page.locator("#hint")).to_have_text(ZH.rate_gone)


def test_a_reason_in_words_of_ones_own_is_asked_for_where_words_are_kept(browser: Browser):
    fake = FakeAssistant()
    fake.keeps_words = True
    with served(fake) as address, visiting(browser, address, width=390, height=844) as visit:
        page = visit.page
        page.get_by_role("radio", name="English").check()
        visit.ask(CONDITIONS)
        page.get_by_role("button", name=EN.rate_bad).click()
        page.get_by_role("textbox", name=EN.rate_words).fill("the term has <ended>")
        visit.shoot("talk-rating-phone")
        page.keyboard.press("Enter")
        expect(page.locator(".rated")).to_have_text(EN.rate_thanks)
        assert list(fake.ratings.values()) == [(False, "the term has <ended>")]
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_day_is_written_year_first_in_the_ways_people_write_it(visit: Visit, fake: FakeAssistant):
    page = visit.page
    field = page.get_by_label("按哪一天的规定（选填）")
    expect(field).to_have_attribute("placeholder", "年-月-日")
    for written in ("2021年1月5日", "2021/1/5", "20210105", "２０２１．１．５"):
        field.fill(written)
        field.press("Tab")
        expect(field).to_have_value("2021-01-05")
    visit.ask(CONDITIONS)
    expect(page.locator("#turn-1 .small").first).to_be_visible()
    assert fake.asked[-1][2] == dt.date(2021, 1, 5)
    field.fill("2021-02-30")
    field.press("Tab")
    expect(page.locator("#day-wrong")).to_have_text(ZH.day_wrong)
    expect(field).to_have_attribute("aria-invalid", "true")
    visit.shoot("talk-day-wrong")
    visit.ask(CONDITIONS)
    expect(page.locator("#hint")).to_contain_text("“2021-02-30”不是有效的日期")
    page.get_by_role("radio", name="English").check()
    expect(page.locator("#day-wrong")).to_have_text(EN.day_wrong)
    field = page.get_by_label(EN.day_label)
    field.fill("")
    expect(page.locator("#day-wrong")).to_be_hidden()
    expect(field).not_to_have_attribute("aria-invalid", "true")
    visit.ask(CONDITIONS)
    expect(page.locator("#turn-2")).to_be_visible()
    assert fake.asked[-1][2] is None
    assert not visit.faults


def test_the_calendar_of_the_browser_opens_from_its_button_and_fills_the_day_in(visit: Visit):
    page = visit.page
    page.evaluate("HTMLInputElement.prototype.showPicker = function () { window.opened = this.type; }")
    page.get_by_role("button", name=ZH.day_pick).press("Enter")
    assert page.evaluate("window.opened") == "date"
    page.locator(".day-calendar").evaluate(
        "field => { field.value = '2022-05-01'; field.dispatchEvent(new Event('change')); }"
    )
    expect(page.locator("#day-written")).to_have_value("2022-05-01")
    expect(page.locator("#day-written")).to_be_focused()
