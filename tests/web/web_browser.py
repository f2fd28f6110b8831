"""The page served on a free port of this machine, and a window on it that notes what it fetches."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, ViewportSize

from assistant.app.accounts import Accounts
from assistant.app.web import application
from assistant.app.web.answering import Assistant
from assistant.app.web.server import PageServer

SHOTS = Path(__file__).parents[2] / "test-output"
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking")


@contextlib.contextmanager
def served(assistant: Assistant, accounts: Accounts | None = None) -> Iterator[str]:
    """Serve the page over an assistant on a free port; gives its address."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        server = PageServer(application(assistant, accounts), address, open_browser=False)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        deadline = time.monotonic() + 30
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.02)
        assert server.started, "the page did not start within 30 s"
        try:
            yield address
        finally:
            server.should_exit = True
            thread.join(20)


@dataclass
class Visit:
    """One browser window on the page, with what it fetched and what went wrong in it."""

    page: Page
    hosts: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def ask(self, question: str) -> None:
        box = self.page.locator("#question textarea")
        box.fill(question)
        box.press("Enter")

    def shoot(self, name: str) -> None:
        """Keep a picture of the page for people to look at."""
        SHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=SHOTS / f"web-{name}.png")


@contextlib.contextmanager
def visiting(
    browser: Browser, address: str, *, width: int = 1280, height: int = 860, dark: bool = False
) -> Iterator[Visit]:
    """Open the page in a window of its own and wait until it is ready."""
    context = browser.new_context(
        viewport=ViewportSize(width=width, height=height), color_scheme="dark" if dark else "light"
    )
    visit = Visit(context.new_page())
    visit.page.set_default_timeout(20_000)
    visit.page.on("request", lambda request: visit.hosts.add(urlsplit(request.url).hostname or request.url[:30]))
    visit.page.on("pageerror", lambda error: visit.faults.append(str(error)))
    visit.page.on("console", lambda m: visit.faults.append(m.text) if m.type == "error" else None)
    visit.page.on("dialog", lambda dialog: (visit.faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    visit.page.goto(address)
    visit.page.wait_for_selector(".welcome")
    yield visit
    context.close()
