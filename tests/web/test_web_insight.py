"""The insight page in a real browser, after real questions to the real assistant; and who does not get to see it."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from web_browser import served, visiting

from assistant import Assistant
from assistant.app.insight import Health, insight
from assistant.app.insight.words import words
from assistant.app.web import insight as insight_page
from assistant.app.web import insight_html
from assistant.app.web.insight_texts import InsightTexts, insight_texts
from assistant.app.web.library_texts import library_texts
from assistant.app.web.reader import Reader, Role
from assistant.app.web.talk_texts import talk_texts
from assistant.records import FILE

pytestmark = pytest.mark.browser

ZH, EN = insight_texts("zh"), insight_texts("en")
HOSTILE = "=<img src=x onerror=alert(1)>.pdf"
BITCOIN = ("我叫王芳，比特币怎么交税？",) * 3
CREDIT = ("产教融合型企业能抵免多少？",) * 3


@pytest.fixture(scope="module")
def home(starter_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter corpus, of which seven things were asked in two weeks, and a file that could not be read."""
    folder = tmp_path_factory.mktemp("insight")
    unasked = shutil.ignore_patterns(f"{FILE}*")  # what other tests asked is no part of it
    home = Path(shutil.copytree(starter_home, folder / "home", ignore=unasked))
    (folder / HOSTILE).write_bytes(b"%PDF-1.7 broken")
    with Assistant.open(home) as assistant:
        assistant.ingest(folder / HOSTILE)
        asked = [assistant.ask(question) for question in (*BITCOIN, *CREDIT, "宁波的实习补贴怎么申请？")]
        for answer in asked[3:6]:
            assistant.rate(str(answer.record), False, "incomplete")
    with sqlite3.connect(home / FILE) as db:  # the first was asked a week ago
        week_ago = "strftime('%Y-%m-%dT%H:%M:%S+00:00', made, '-7 days')"
        db.execute(
            f"UPDATE answers SET made = {week_ago}, record = json_set(record, '$.made', {week_ago}) WHERE id = ?",
            (asked[0].record,),
        )
    return home


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    with Assistant.open(home) as assistant, served(assistant) as address:
        yield address


def opened(page: Page, tab: str = ZH.tab) -> None:
    """Open the page."""
    expect(page.locator(f".tab-wrapper button:text-is('{tab}')").last).to_be_attached(timeout=20_000)
    page.get_by_role("tab", name=tab).click()
    expect(page.locator(".insight h2")).to_be_visible(timeout=20_000)


def row(page: Page, card: str, name: str) -> list[str]:
    """The cells of one row of a table, its name first."""
    found = page.locator(f"#insight-{card} tbody tr", has=page.get_by_role("rowheader", name=name, exact=True))
    return [cell.strip() for cell in found.locator("th, td").all_inner_texts()]


def test_an_administrator_sees_what_is_asked_and_not_answered(browser: Browser, address: str):
    with visiting(browser, address, height=1500) as visit:
        page = visit.page
        opened(page)
        figures = [text.split("\n")[:2] for text in page.locator(".figures li").all_inner_texts()]
        assert figures[:3] == [["提问", "7"], ["未答", "3"], ["差评", "3"]]
        assert figures[5] == ["入库与索引", "需要处理"]  # one file could not be read
        assert row(page, "unanswered", "比特币")[:4] == ["比特币", "3", "3", "没有找到依据"]
        assert page.locator("#insight-unanswered svg.columns rect").count() == 2  # two weeks
        assert page.locator("#insight-unanswered .unseen").first.inner_text() == "1, 2"
        assert row(page, "asked", "实习补贴") == ["实习补贴", "少于3", "0"]
        low = row(page, "low_rated", "产教融合型企业")
        assert low[1:4] == ["3", "3", "不完整"]
        assert "财政部关于调整部分政府性基金有关政策的通知" in low[4]
        assert row(page, "places", "浙江省")[:2] == ["浙江省", "少于3"]
        assert "王芳" not in page.content()
        page.locator(".figures a", has_text=ZH.figures["expiring"]).click()
        expect(page.locator("#insight-expiring")).to_be_in_viewport()
        page.evaluate("scrollTo(0, 0)")
        visit.shoot("insight")
        assert visit.hosts == {"127.0.0.1"}
        assert not visit.faults


def test_names_of_files_are_text_and_their_table_is_a_file_that_runs_nothing(browser: Browser, address: str):
    with visiting(browser, address) as visit:
        page = visit.page
        opened(page)
        assert row(page, "failures", HOSTILE)[0] == HOSTILE
        assert page.locator(".insight img, .insight script").count() == 0
        with page.expect_download() as download:
            page.locator("#insight-failures .csv").click()
        assert download.value.suggested_filename == "failures.csv"
        written = Path(download.value.path()).read_bytes()
        assert written.startswith(codecs.BOM_UTF8)
        rows = list(csv.reader(io.StringIO(written.decode("utf-8-sig"))))
        assert rows[0] == ["文件", "原因"]
        assert rows[1][0] == f"'{HOSTILE}"
        assert not visit.faults


def test_the_page_in_english_at_phone_width_stays_within_the_screen(browser: Browser, address: str):
    with visiting(browser, address, width=390, height=844) as visit:
        page = visit.page
        page.get_by_role("radio", name="English").check()
        opened(page, EN.tab)
        expect(page.locator(".insight h2")).to_have_text(EN.heading)
        assert row(page, "unanswered", "bitcoin")[1:4] == ["3", "3", "no basis found"]
        assert row(page, "asked", "internship subsidy") == ["internship subsidy", "<3", "0"]
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        headings = " ".join(page.locator(".insight h2, .insight h3, .insight h4, .insight p").all_inner_texts())
        assert headings.isascii() or not any("一" <= character <= "鿿" for character in headings)
        visit.shoot("insight-phone")
        assert not visit.faults


def test_a_change_of_language_changes_the_open_page(browser: Browser, address: str):
    with visiting(browser, address, dark=True, height=1500) as visit:
        page = visit.page
        opened(page)
        visit.shoot("insight-dark")
        page.get_by_role("radio", name="English").check()
        expect(page.locator(".insight h2")).to_have_text(EN.heading)
        expect(page.get_by_role("tab", name=EN.tab)).to_be_visible()
        assert not visit.faults


def test_before_anything_is_asked_the_page_says_what_will_be_there(browser: Browser, tmp_path: Path):
    with Assistant.open(tmp_path) as assistant, served(assistant) as address, visiting(browser, address) as visit:
        opened(visit.page)
        expect(visit.page.locator(".nothing").first).to_contain_text(ZH.nothing_asked)
        expect(visit.page.locator(".nothing").nth(1)).to_contain_text(ZH.nothing_held)
        assert (
            visit.page.locator(".figures a[href]").count() == 1
        )  # the state of the indexes; nothing else leads anywhere
        expect(visit.page.locator("#insight-findings")).to_contain_text(ZH.empty["findings"])
        visit.shoot("insight-empty")
        assert not visit.faults


@pytest.mark.parametrize("t", [ZH, EN])
def test_where_no_records_are_kept_the_page_says_how_to_keep_them(t: InsightTexts):
    shown = insight_html.page(insight((), (), Health((), (), 0, ()), dt.date(2026, 11, 25), keep_days=0), t)
    assert t.nothing_kept in shown
    assert t.kept.format(days=0) not in shown
    assert t.nothing_asked_help not in shown


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_complaint_is_told_in_the_words_it_was_chosen_by(language: str):
    offered = {complaint.value: text.lower() for complaint, text in talk_texts(language).complaints.items()}
    assert words(language).complaints == offered


def test_nobody_but_an_administrator_gets_the_page(browser: Browser, address: str, monkeypatch: pytest.MonkeyPatch):
    with visiting(browser, address) as visit:
        page = visit.page
        expect(page.get_by_role("tab", name=ZH.tab)).to_be_visible()
        # The tab is there, and then its reader is one no longer: the server looks again.
        monkeypatch.setattr(insight_page, "reader", lambda request: Reader("li", Role.READER))
        page.get_by_role("tab", name=ZH.tab).click()
        expect(page.get_by_role("alert")).to_have_text(ZH.not_allowed)
        assert page.locator(".insight").count() == 0
    with visiting(browser, address) as visit:
        visit.page.get_by_role("tab", name=library_texts("zh").tab).click()
        expect(visit.page.locator("table.policies")).to_be_visible()
        visit.page.get_by_role("radio", name="English").check()  # long after the page has asked what to show
        expect(visit.page.get_by_role("tab", name=library_texts("en").tab)).to_be_visible()
        assert visit.page.get_by_role("tab", name=EN.tab, exact=True).count() == 0
