"""Adding documents in a real browser: read, confirmed, used, removed; refused; and nobody else's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import docx
import gradio as gr
import pytest
from fpdf import FPDF
from playwright.sync_api import Browser, BrowserContext, Page, expect
from web_browser import Visit, served, visiting

from assistant import Assistant
from assistant.app.reading_words import reason_in
from assistant.app.web import documents, documents_upload
from assistant.app.web import reader as reading
from assistant.app.web.documents_texts import documents_texts
from assistant.app.web.documents_upload import HEADER, PATH
from assistant.app.web.library_texts import library_texts
from assistant.app.web.reader import Reader, Role
from assistant.app.web.texts import texts

pytestmark = pytest.mark.browser

ZH, EN = documents_texts("zh"), documents_texts("en")
QUESTION = "企业接收学徒满多少天可以获得补助？"
HOSTILE = "<img src=x onerror=alert(1)>.docx"
ROLES = {"bob": Role.EDITOR, "root": Role.ADMINISTRATOR, "guest": Role.READER}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A Word file with a rule, a PDF, and one that only says that it is one."""
    made = docx.Document()
    for text in (
        "江海市学徒补助办法",
        "江海政发〔2024〕7号",
        "第一条　企业接收学徒满九十七天的，可以获得八万元的一次性补助。",
    ):
        made.add_paragraph(text)
    made.save(str(tmp_path / "补助.docx"))
    made.save(str(tmp_path / HOSTILE))
    page = FPDF()
    page.add_page()
    page.set_font("helvetica", size=14)
    page.cell(text="Article 1 Colleges shall publish their plans by 31 March.")
    page.output(str(tmp_path / "plans.pdf"))
    (tmp_path / "坏的.pdf").write_bytes(b"%PDF-1.7\nthis is cut off")
    return tmp_path


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with Assistant.open(tmp_path / "home") as assistant, served(assistant) as address:
        yield address


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers go by the name their browser sends: the login itself has tests of its own."""

    def reader(request: gr.Request) -> Reader:
        name = request.headers.get("x-test-name", "guest")
        return Reader(name, ROLES[name])

    for module in (reading, documents, documents_upload):
        monkeypatch.setattr(module, "reader", reader)


def opened(page: Page, tab: str = ZH.tab) -> None:
    expect(page.locator(f".tab-wrapper button:text-is('{tab}')").last).to_be_attached()
    page.get_by_role("tab", name=tab).click()


def add(page: Page, *paths: Path) -> None:
    expect(page.locator(".drop")).to_be_visible()
    page.locator("input.files").set_input_files([str(path) for path in paths])


def drop(page: Page, path: Path) -> None:
    """Let go of a file or folder over the page, as from a window of the desktop."""
    box = page.locator(".drop").bounding_box()
    assert box
    browser = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(path)], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        browser.send("Input.dispatchDragEvent", {"type": kind, "x": box["x"] + 30, "y": box["y"] + 30, "data": data})


def test_files_are_read_confirmed_used_and_removed(browser: Browser, address: str, folder: Path) -> None:
    with visiting(browser, address) as visit:
        page = visit.page
        opened(page)
        expect(page.locator(".documents").first).to_contain_text(ZH.for_all)
        add(page, folder / "补助.docx", folder / "plans.pdf", folder / "坏的.pdf", folder / HOSTILE)
        expect(page.locator(".sent li.failed")).to_contain_text("文件已损坏", timeout=90_000)
        expect(page.locator(".sent li.added")).to_have_count(3, timeout=90_000)
        expect(page.locator(".upload.waits")).to_have_count(3)
        expect(page.locator(".upload .file", has_text=HOSTILE)).to_be_visible()
        assert page.locator(".documents img").count() == 0
        card = page.locator(".upload", has=page.locator(".file", has_text="补助.docx"))
        assert card.locator("[name=doc_number]").input_value() == "江海政发〔2024〕7号"
        visit.shoot("documents")

        page.get_by_role("tab", name=texts("zh").send).click()
        visit.ask(QUESTION)
        expect(page.locator("#transcript")).to_contain_text(QUESTION)
        page.wait_for_timeout(1500)
        expect(page.locator("#transcript")).not_to_contain_text("八万元")

        opened(page)
        card.locator("[name=issued]").fill("2024年5月")
        card.get_by_role("button", name=ZH.confirm).click()
        expect(page.locator(".said.bad")).to_have_text(ZH.bad_day.format(field=ZH.fields["issued"]))
        card.locator("[name=issued]").fill("2024年5月6日")
        card.locator("[name=jurisdiction]").fill("没有这个地方")
        card.get_by_role("button", name=ZH.confirm).click()
        expect(page.locator(".said.bad")).to_have_text(ZH.bad_fact.format(field=ZH.fields["jurisdiction"]))
        assert card.locator("[name=issued]").input_value() == "2024年5月6日"  # nothing typed is lost
        card.locator("[name=jurisdiction]").fill("宁波市")
        card.get_by_role("button", name=ZH.confirm).click()
        expect(page.locator(".said")).to_have_text(ZH.confirmed.format(name="补助.docx"), timeout=60_000)
        card.locator("summary", has_text=ZH.correct).click()
        assert card.locator("[name=issued]").input_value() == "2024-05-06"
        assert card.locator("[name=jurisdiction]").input_value() == "宁波市"

        page.get_by_role("tab", name=texts("zh").send).click()
        page.locator("#new-chat").click()
        visit.ask(QUESTION)
        expect(page.locator("#transcript")).to_contain_text("八万元", timeout=30_000)

        opened(page)
        card.get_by_role("button", name=ZH.again).click()
        expect(page.locator(".said")).to_have_text(ZH.unchanged.format(name="补助.docx"), timeout=60_000)
        card.get_by_role("button", name=ZH.remove).click()
        card.get_by_role("button", name=ZH.remove_sure).click()
        expect(page.locator(".said")).to_have_text(ZH.removed.format(name="补助.docx"))
        expect(page.locator(".upload")).to_have_count(2)
        assert visit.hosts == {"127.0.0.1"}
        assert not visit.faults


def test_a_folder_is_dropped_as_a_whole_and_what_is_no_document_passed_over(visit: Visit, tmp_path: Path) -> None:
    folder = tmp_path / "政策"
    (folder / "下级").mkdir(parents=True)
    (folder / "下级" / "坏的.pdf").write_bytes(b"%PDF-1.7 cut off")
    (folder / "Thumbs.db").write_bytes(b"no document")
    opened(visit.page)
    drop(visit.page, folder)
    expect(visit.page.locator(".sent li b")).to_have_text(["政策/下级/坏的.pdf"])
    (empty := tmp_path / "空的").mkdir()
    drop(visit.page, empty)
    expect(visit.page.locator(".documents .hint")).to_contain_text("没有可以读取的文件")


def test_the_page_in_english_at_phone_width_says_what_is_wrong(browser: Browser, address: str, folder: Path) -> None:
    (folder / "table.xlsx").write_bytes(b"PK")
    with visiting(browser, address, width=390, height=844) as visit:
        page = visit.page
        page.get_by_role("radio", name="English").check()
        opened(page, EN.tab)
        add(page, folder / "坏的.pdf", folder / "table.xlsx", folder / "plans.pdf")
        expect(page.locator(".sent li.failed")).to_have_count(2, timeout=60_000)
        expect(page.locator(".sent li").nth(1)).to_contain_text("Files of this kind cannot be read")
        expect(page.locator(".upload.waits")).to_have_count(1, timeout=60_000)
        expect(page.locator(".upload label span").first).to_have_text("Title")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        visit.shoot("documents-phone")
        page.evaluate("document.querySelector('.upload').scrollIntoView()")
        visit.shoot("documents-phone-form")


def test_who_may_not_add_is_told_why_and_is_refused_by_the_server_as_well(
    browser: Browser, address: str, named: None, folder: Path
) -> None:
    with visiting(browser, address) as visit:  # nobody has said who this is: a guest
        opened(visit.page)
        expect(visit.page.locator(".documents")).to_contain_text("不能添加文件")
        assert visit.page.locator(".drop").count() == 0
        visit.shoot("documents-reader")
        context: BrowserContext = visit.page.context
        body = (folder / "补助.docx").read_bytes()
        sent = context.request.post(f"{address}/{PATH}?name=a.docx", data=body, headers={HEADER: "1"})
        assert sent.status == 403
        forged = context.request.post(f"{address}/{PATH}?name=a.docx", data=body, headers={"x-test-name": "bob"})
        assert forged.status == 403  # what another site can send lacks the header


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("the PDF is locked with a password. Open it…", "文件有密码保护"),
        ("the file is empty. Download or save it again.", "文件是空的"),
        ("it holds no text", "文件里没有可读的文字"),
        ("has 60,000,000 bytes and the limit is 50,000,000. Split it", "文件太大"),
        ("something nobody foresaw", "无法读取这个文件（something nobody foresaw）"),
    ],
)
def test_a_reason_is_told_in_chinese(reason: str, told: str) -> None:
    assert reason_in("zh", reason).startswith(told)


def test_an_administrator_publishes_what_he_added_and_takes_it_back(
    browser: Browser, address: str, named: None, folder: Path
) -> None:
    with visiting(browser, address, dark=True) as visit, visiting(browser, address) as other:
        for name, each in (("root", visit), ("bob", other)):
            each.page.context.set_extra_http_headers({"x-test-name": name})
            each.page.reload()
            each.page.wait_for_selector(".welcome")
        page = visit.page
        opened(page)
        add(page, folder / "补助.docx")
        page.get_by_role("button", name=ZH.confirm).click(timeout=60_000)
        expect(page.locator(".upload .badge")).to_have_text("仅自己可见", timeout=60_000)
        for button, badge, found in ((ZH.publish, "所有人可见", 1), (ZH.withdraw, "仅自己可见", 0)):
            page.get_by_role("button", name=button).click()
            expect(page.locator(".upload .badge")).to_have_text(badge)
            visit.shoot(f"documents-dark-{found}")
            opened(other.page, library_texts("zh").tab)
            expect(other.page.locator("table.policies tbody .open", has_text="江海市学徒补助办法")).to_have_count(found)
            assert "root" not in other.page.locator("body").inner_text()
            opened(other.page)
