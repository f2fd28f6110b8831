"""Where there are accounts nothing answers but the login: every route is walked, and a browser signs in and out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, expect
from starlette.routing import BaseRoute, Mount
from web_browser import QUIET, SHOTS, served
from web_fakes import FakeAssistant

from assistant.app.accounts import Account, Accounts, Role
from assistant.app.web import application, listen
from assistant.app.web.login import corner
from assistant.app.web.sessions import FAILURES_KEPT, MOST_FAILURES, Failures, Sessions

PASSWORD = "a long password"
ADDRESS = "http://127.0.0.1:7860"

assert QUIET


@pytest.fixture(scope="module")
def accounts(tmp_path_factory: pytest.TempPathFactory) -> Accounts:
    made = Accounts(tmp_path_factory.mktemp("accounts"))
    made.add("anna", Role.ADMINISTRATOR, PASSWORD)
    made.add("ben", Role.EDITOR, PASSWORD)
    made.add("rita", Role.READER, PASSWORD)
    return made


@pytest.fixture
def client(accounts: Accounts) -> Iterator[TestClient]:
    with TestClient(application(FakeAssistant(), accounts), base_url=ADDRESS, follow_redirects=False) as client:
        yield client


def sign_in(client: TestClient, name: str = "anna", password: str = PASSWORD, **headers: str):
    return client.post("/login", data={"name": name, "password": password}, headers=headers)


def walked(routes: list[BaseRoute], prefix: str = "") -> Iterator[tuple[str, str]]:
    for route in routes:
        if inner := getattr(route, "original_router", None):  # as FastAPI keeps what was included
            yield from walked(inner.routes, prefix + inner.prefix * (not inner.routes[0].path.startswith(inner.prefix)))
            continue
        path = f"{prefix}{getattr(route, 'path', '')}".replace("//", "/")
        inner = getattr(getattr(route, "app", None), "routes", None) if isinstance(route, Mount) else None
        if inner:
            yield from walked(inner, path)
        for method in getattr(route, "methods", None) or {"GET"}:
            yield method, path


def test_no_route_answers_whoever_is_not_signed_in(client):
    found = {
        (method, path.replace("{path:path}", "x").replace("{", "").replace("}", "").replace(":path", ""))
        for method, path in walked(client.app.routes)
    }
    assert len(found) > 50  # Gradio's own among them
    open_ = {
        (method, path)
        for method, path in found
        if path.rstrip("/") not in ("/login", "/logout") and client.request(method, path or "/").status_code != 401
    }
    assert open_ == set()


def test_a_browser_that_is_not_signed_in_is_led_to_the_login_and_back_to_its_answer(client):
    led = client.get("/?answer=abc123", headers={"accept": "text/html"})
    assert (led.status_code, led.headers["location"]) == (303, "/login?answer=abc123")
    back = client.post("/login?answer=abc123", data={"name": "anna", "password": PASSWORD})
    assert (back.status_code, back.headers["location"]) == (303, "/?answer=abc123")
    assert client.get("/?answer=//evil", headers={"accept": "text/html"}).status_code == 200
    assert client.get("/config").status_code == 200


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client):
    cookie = next(c for c in sign_in(client).headers.get_list("set-cookie") if c.startswith("assistant_session"))
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()


@pytest.mark.parametrize("headers", [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}])
def test_what_another_site_sends_is_refused(client, headers):
    assert sign_in(client, **headers).status_code == 403
    sign_in(client)
    assert client.post("/gradio_api/queue/join", json={}, headers=headers).status_code == 403


def test_a_window_is_its_openers_alone_and_what_the_page_does_not_use_is_closed(client):
    sign_in(client, "anna")
    joined = {"session_hash": "w1", "data": [], "fn_index": 0}
    assert client.post("/gradio_api/queue/join", json=joined).status_code != 403
    sign_in(client, "rita")
    assert client.post("/gradio_api/queue/join", json=joined).status_code == 403
    assert client.get("/gradio_api/queue/data?session_hash=w1").status_code == 403
    assert client.get("/gradio_api/heartbeat/w1").status_code == 403
    for closed in ("file=/etc/passwd", "upload_progress?upload_id=1", "call/x/1", "stream/w1/1/1/playlist.m3u8"):
        assert client.get(f"/gradio_api/{closed}").status_code == 403


def test_signing_out_ends_the_session_for_good(client):
    sign_in(client)
    held = dict(client.cookies)
    assert client.post("/logout").headers["location"] == "/login"
    client.cookies.update(held)
    assert client.get("/config").status_code == 401


def test_a_wrong_password_is_told_and_too_many_must_wait(client):
    wrong = [sign_in(client, password="wrong" * 3) for _ in range(MOST_FAILURES)]
    assert {answer.status_code for answer in wrong} == {401}
    assert "用户名或密码不对" in wrong[0].text
    waiting = sign_in(client)
    assert waiting.status_code == 429
    assert "15 分钟" in waiting.text


def test_the_name_typed_comes_back_as_text(client):
    page = sign_in(client, name='"><script>alert(1)</script>').text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_who_is_signed_in_stands_in_the_corner_as_text():
    assert "<b>" not in corner("<b>anna</b>", "zh")
    assert "&lt;b&gt;anna" in corner("<b>anna</b>", "en")
    assert corner("", "zh") == ""


def test_a_session_ends_by_age_by_idleness_and_with_its_account(tmp_path):
    now = [0.0]
    accounts = Accounts(tmp_path)
    accounts.add("anna", Role.ADMINISTRATOR, PASSWORD)
    sessions = Sessions(accounts, hours=2, idle_minutes=60, clock=lambda: now[0])

    def begun() -> str:
        account = accounts.find("anna")
        assert isinstance(account, Account)
        return sessions.begin(account)

    token = begun()
    now[0] = 3_599
    assert sessions.account(token)
    now[0] = 7_198
    assert sessions.account(token)
    now[0] = 7_201
    assert sessions.account(token) is None  # two hours old, though in use
    token = begun()
    now[0] += 3_601
    assert sessions.account(token) is None  # an hour without a request
    token = begun()
    accounts.set_password("anna", "another long password")
    assert sessions.account(token) is None


def test_failures_are_forgotten_in_time():
    now = [0.0]
    failures = Failures(clock=lambda: now[0])
    for _ in range(MOST_FAILURES):
        assert failures.note("name anna", "address 1")
    assert not failures.note("name ben", "address 1")
    assert failures.note("name ben", "address 2")
    now[0] = FAILURES_KEPT + 1
    assert failures.note("name ben", "address 1")


def test_signing_in_clears_the_name_and_not_the_address_it_came_from():
    failures = Failures(clock=lambda: 0.0)
    for n in range(MOST_FAILURES - 1):
        assert failures.note(f"name {n}", "address 1")
    assert failures.note("name anna", "address 1")
    failures.forget("name anna", "address 1")
    assert failures.note("name 9", "address 1")  # the fifth wrong one
    assert not failures.note("name 10", "address 1")


def test_with_a_login_other_machines_may_be_served():
    with listen("0.0.0.0", 0, has_login=True) as listener:
        assert listener.getsockname()[1] > 0


@pytest.mark.browser
def test_one_signs_in_reads_and_signs_out(browser: Browser, accounts: Accounts):
    with served(FakeAssistant(), accounts) as address:
        context = browser.new_context(viewport={"width": 390, "height": 800}, locale="zh-CN")
        page = context.new_page()
        page.goto(address)
        expect(page.get_by_role("heading", name="产教融合政策助手")).to_be_visible()
        page.screenshot(path=SHOTS / "web-login-phone.png") if SHOTS.exists() else None
        page.get_by_label("用户名").fill("rita")
        page.get_by_label("密码").fill("not the password")
        page.get_by_role("button", name="登录").click()
        expect(page.get_by_role("alert")).to_contain_text("用户名或密码不对")
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        expect(page.locator("#who")).to_contain_text("已登录：rita", timeout=20_000)
        expect(page.get_by_role("tab", name="管理概览")).to_have_count(0)  # for administrators only
        page.screenshot(path=SHOTS / "web-signed-in-phone.png") if SHOTS.exists() else None
        page.locator("#who button").click()
        expect(page.get_by_label("用户名")).to_be_visible()
        page.get_by_role("link", name="English").click()
        expect(page.get_by_role("button", name="Sign in")).to_be_visible()
        context.close()
