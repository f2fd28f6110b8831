"""The page in a real browser: what a reader sees and does."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import Browser, expect
from web_browser import Visit, visiting
from web_fakes import HOSTILE, FakeAssistant

from assistant.app.web.texts import EN, ZH

pytestmark = pytest.mark.browser

CONDITIONS = "产教融合型企业的申报条件有哪些？"


def test_a_question_is_answered_as_a_list_and_a_number_opens_the_marked_clause(visit: Visit):
    visit.shoot("welcome")
    visit.ask(CONDITIONS)
    page = visit.page
    expect(page.locator("ul.statements li")).to_have_text(
        [
            re.compile(r"^（一）独立或者与职业学校联合举办产业学院；\[1\]$"),
            re.compile(r"^（二）近三年每年接收实习学生不少于五人；\[2\]$"),
            re.compile(r"^（三）承担现代学徒制试点任务。\[3\]$"),
            re.compile(r"^投资额的30%可以抵免教育费附加。 未经原文核对\[4\]$"),
        ]
    )
    card = page.locator("#source-1-3")
    expect(card.locator("mark")).to_be_hidden()
    page.locator("a.cite", has_text="[3]").click()
    expect(card).to_have_class(re.compile("current"))
    expect(card.locator("mark")).to_have_text("承担现代学徒制试点任务")
    expect(card.locator("mark")).to_be_in_viewport()
    expect(card).to_contain_text("第五条　申请认定的企业应当依法登记，并符合下列条件之一：")
    visit.shoot("answer")
    assert visit.hosts == {"127.0.0.1"}
    assert not visit.faults


def test_a_citation_is_used_with_the_keyboard_there_and_back(visit: Visit):
    visit.ask(CONDITIONS)
    page = visit.page
    cite = page.locator('a.cite[href="#source-1-4"]')
    cite.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#source-1-4 > summary")).to_be_focused()
    expect(page.locator("#source-1-4 mark")).to_be_in_viewport()
    back = page.locator("#source-1-4 a.back")
    back.focus()
    page.keyboard.press("Enter")
    expect(cite).to_be_focused()
    expect(cite).to_be_in_viewport()


def test_a_number_of_an_earlier_answer_brings_its_sources_back(visit: Visit):
    page = visit.page
    visit.ask(CONDITIONS)
    expect(page.locator("#source-1-1")).to_be_visible()
    visit.ask("德国的学徒工资最低标准是多少？")
    expect(page.locator(".source-group:not([hidden]) .source-empty")).to_have_text(ZH.sources_none)
    expect(page.locator("#source-1-1")).to_be_hidden()
    page.locator('a.cite[href="#source-1-2"]').click()
    expect(page.locator("#source-1-2 mark")).to_be_visible()


def test_a_question_without_an_answer_gets_a_designed_refusal_with_a_way_on(visit: Visit):
    page = visit.page
    visit.ask("德国的学徒工资最低标准是多少？")
    box = page.locator(".box.not_found")
    expect(box.locator("h4")).to_have_text("收录的政策没有写到这一点")
    visit.shoot("not-found")
    assert page.locator("a.cite").count() == 0
    visit.ask("今天天气怎么样")
    expect(page.locator(".box.out_of_scope h4")).to_have_text("这不是产教融合政策方面的问题")
    page.locator("#turn-1").get_by_role("button", name=ZH.examples[0]).click()
    expect(page.locator("#turn-3 .question p")).to_have_text(ZH.examples[0])
    expect(page.locator('a.cite[href="#source-3-1"]')).to_be_visible()


def test_an_example_asks_its_question(visit: Visit):
    visit.page.get_by_role("button", name=ZH.examples[0]).click()
    expect(visit.page.locator("#turn-1 .question p")).to_have_text(ZH.examples[0])
    expect(visit.page.locator("ul.statements li")).to_have_count(4)


def test_what_was_understood_stands_above_an_answer_and_each_part_can_be_taken_away(visit: Visit, fake: FakeAssistant):
    page = visit.page
    visit.ask(f"宁波的{CONDITIONS}")
    expect(page.locator("#turn-1 .chip")).to_have_text(["地区：宁波市 ×", "所问：条件 ×"])
    visit.shoot("chips")
    page.get_by_role("button", name="去掉“地区：宁波市”再问一次").click()
    expect(page.locator("#turn-2 .question p")).to_have_text(f"宁波的{CONDITIONS}")
    expect(page.locator("#turn-2 .chip")).to_have_text(["所问：条件 ×"])
    assert fake.without == ("place",)
    assert fake.asked[-1][1] == ()  # it follows what the first asking followed
    page.locator("#turn-2 .chip").press("Enter")
    expect(page.locator("#turn-3 .question p")).to_be_visible()
    expect(page.locator("#turn-3 .answer ul.statements li").first).to_be_visible()
    assert fake.without == ("place", "kind")
    expect(page.locator("#turn-3 .chip")).to_have_count(0)


def test_a_follow_up_hands_over_what_the_answer_before_it_rests_on(visit: Visit, fake: FakeAssistant):
    visit.ask(CONDITIONS)
    expect(visit.page.locator("#turn-1 .answer ul.statements li").first).to_be_visible()  # until then none is taken
    visit.ask("那条件的材料呢？")
    expect(visit.page.locator("#turn-2 .answer ul.statements li").first).to_be_visible()
    assert fake.cited == ("sample-measures-2019", "sample-tax-notice-2019")


def test_day_place_and_earlier_questions_reach_the_assistant(visit: Visit, fake: FakeAssistant):
    page = visit.page
    page.locator("#day-written").fill("2021-01-05")
    page.get_by_role("combobox").click()
    page.wait_for_timeout(400)  # the list has faded in
    visit.shoot("places")
    page.get_by_role("option", name="宁波市", exact=True).click()
    visit.ask("第一个条件问题")
    expect(page.locator("#turn-1 .small").last).to_have_text("按 2021-01-05 的规定 · 宁波市")
    assert fake.asked[-1] == ("第一个条件问题", (), dt.date(2021, 1, 5), "330200")
    page.locator("#day-written").fill("")
    page.get_by_role("combobox").click()
    page.get_by_role("option", name=ZH.place_any, exact=True).click()
    visit.ask("再问一个条件")
    expect(page.locator("#turn-2 .small").last).to_have_text("按 2026-03-01 的规定 · 不限地区")
    assert fake.asked[-1] == ("再问一个条件", ("第一个条件问题",), None, None)


def test_while_an_answer_is_made_the_page_says_so_and_takes_no_second_question(visit: Visit, fake: FakeAssistant):
    page = visit.page
    fake.gate.clear()
    try:
        visit.ask(CONDITIONS)
        expect(page.locator(".pending")).to_have_text(ZH.pending)
        expect(page.locator("#question textarea")).to_have_value("")
        visit.shoot("pending")
        visit.ask("等不及了的条件")
        page.wait_for_timeout(300)
        assert page.locator(".turn").count() == 1
    finally:
        fake.gate.set()
    expect(page.locator("ul.statements li")).to_have_count(4)
    expect(page.locator(".pending")).to_have_count(0)
    assert page.locator(".turn").count() == 1


def test_a_new_chat_drops_the_conversation_even_while_an_answer_is_made(visit: Visit, fake: FakeAssistant):
    page = visit.page
    visit.ask(CONDITIONS)
    expect(page.locator("ul.statements li")).to_have_count(4)
    fake.gate.clear()
    try:
        visit.ask(CONDITIONS)
        expect(page.locator(".pending")).to_be_visible()
        page.get_by_role("button", name=ZH.new_chat).click()
        expect(page.locator(".welcome")).to_be_visible()
    finally:
        fake.gate.set()
    page.wait_for_timeout(500)
    expect(page.locator(".welcome")).to_be_visible()
    visit.ask("新的条件问题")
    expect(page.locator("#turn-1 .question p")).to_have_text("新的条件问题")
    assert fake.asked[-1][1] == ()  # the dropped questions are no history


def test_an_empty_or_endless_question_is_told_at_once_and_kept(visit: Visit, fake: FakeAssistant):
    page, asked = visit.page, len(fake.asked)
    visit.ask("   ")
    expect(page.locator("#hint")).to_have_text(ZH.empty_question)
    endless = "长" * 50_000
    visit.ask(endless)
    expect(page.locator("#hint")).to_have_text("问题太长（50000 字）。请缩短到 4000 字以内，一次问一件事。")
    visit.shoot("too-long")
    assert page.locator("#question textarea").input_value() == endless
    assert len(fake.asked) == asked
    visit.ask(CONDITIONS)
    expect(page.locator("ul.statements li")).to_have_count(4)
    expect(page.locator("#hint p")).to_have_count(0)


def test_a_fault_is_a_message_and_never_a_traceback(visit: Visit):
    page = visit.page
    visit.ask("坏")
    expect(page.locator(".box.trouble h4")).to_have_text("这次没能答出来")
    assert "secret" not in page.content()
    visit.ask("乱码")
    expect(page.locator("#turn-2 .box.trouble")).to_contain_text("The question holds no words.")
    visit.shoot("trouble")
    visit.ask(CONDITIONS)  # the page lives on
    expect(page.locator("ul.statements li")).to_have_count(4)


def test_markup_in_questions_titles_and_clauses_is_shown_and_never_run(visit: Visit):
    page = visit.page
    question = (
        "脚本 <img src=x onerror=\"window.broken='question'\"> ${window.broken='template'} {{constructor}} `${1}`"
    )
    visit.ask(question)
    expect(page.locator("#turn-1 .question p")).to_have_text(question)
    page.locator('a.cite[href="#source-1-1"]').click()
    expect(page.locator(".policy h3")).to_have_text(HOSTILE.metadata.title or "")
    expect(page.locator("#source-1-1 .words")).to_have_text(HOSTILE.provisions[0].text)
    visit.shoot("hostile")
    page.get_by_role("radio", name="English").check()
    expect(page.locator("#head h1")).to_have_text(EN.title)
    expect(page.locator("#turn-1 .question p")).to_have_text(question)
    assert page.evaluate("window.broken") is None
    assert page.locator("#transcript img, #source-panel img, #source-panel svg, #transcript iframe").count() == 0
    assert visit.hosts == {"127.0.0.1"}
    assert not visit.faults


def test_the_language_switch_changes_every_label_and_keeps_the_conversation(visit: Visit):
    page = visit.page
    visit.ask(CONDITIONS)
    expect(page.locator("ul.statements li")).to_have_count(4)
    page.get_by_role("radio", name="English").check()
    expect(page.locator("#head h1")).to_have_text(EN.title)
    expect(page.locator("#send")).to_have_text(EN.send)
    expect(page.locator("#new-chat")).to_have_text(EN.new_chat)
    expect(page.locator("#day label")).to_have_text("Rules as of (optional)")
    expect(page.get_by_label(EN.question_label)).to_be_visible()
    expect(page.get_by_role("combobox", name=EN.place_label)).to_have_value(EN.place_any)
    expect(page.locator("#source-1-1 > summary")).to_contain_text("In force")
    expect(page.locator("#turn-1 .small").last).to_have_text("Rules as of 2026-03-01 · Any place")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    labels = page.locator("#head, #composer, #source-panel h2, .badge, dt, .policy .small, .back").all_inner_texts()
    assert not re.findall(r"[\u4e00-\u9fff]", "".join(labels).replace("结转年限待核。", ""))  # the editor's own words
    visit.shoot("english")
    page.get_by_role("radio", name="中文").check()
    expect(page.locator("#send")).to_have_text(ZH.send)
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")


def test_at_390_px_the_sources_stand_below_the_chat_and_nothing_is_cut_off(browser: Browser, address: str):
    with visiting(browser, address, width=390, height=844) as visit:
        page = visit.page
        visit.shoot("phone-welcome")
        visit.ask(CONDITIONS)
        expect(page.locator("ul.statements li")).to_have_count(4)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        chat, sources = page.locator("#chat").bounding_box(), page.locator("#source-column").bounding_box()
        assert chat
        assert sources
        assert sources["y"] >= chat["y"] + chat["height"]
        page.locator('a.cite[href="#source-1-4"]').click()
        expect(page.locator("#source-1-4 mark")).to_be_in_viewport()
        page.wait_for_timeout(600)  # the smooth scroll comes to rest
        visit.shoot("phone-card")
        page.locator("#source-1-4 a.back").click()
        expect(page.locator('a.cite[href="#source-1-4"]')).to_be_in_viewport()


def test_in_dark_mode_text_is_light_on_dark(browser: Browser, address: str):
    with visiting(browser, address, dark=True) as visit:
        page = visit.page
        visit.ask(CONDITIONS)
        expect(page.locator("ul.statements li")).to_have_count(4)
        page.locator('a.cite[href="#source-1-2"]').click()
        page.wait_for_timeout(600)
        visit.shoot("dark")
        colours = page.locator(".words p").first.evaluate(
            "e => [getComputedStyle(e).color, getComputedStyle(e.closest('.policy')).backgroundColor]"
        )
        assert colours == ["rgb(230, 238, 241)", "rgb(23, 34, 39)"]  # --ink on --paper of the dark block
