"""Everything the page shows passes axe's checks of WCAG A and AA, and showing it asks this machine alone.

Two tours, one in each language; at every other stop the page is also looked at as on a phone, in the other of light and
dark, so that every two of language, width and mode meet, and each stop is seen on a phone in one of the languages.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from web_axe import audit
from web_browser import served, visiting
from web_tour import STOPS, to_add, tour

from assistant import Assistant
from assistant.app.web import login

pytestmark = pytest.mark.browser

_WIDE, _PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}


@dataclass
class Tour:
    """What was noted on the way."""

    stops: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tour")


@pytest.fixture(scope="module")
def address(starter_home: Path, folder: Path) -> Iterator[str]:
    home = shutil.copytree(starter_home, folder / "home")  # documents are added to it
    with Assistant.open(home) as assistant, served(assistant) as address:
        yield address


@pytest.fixture(scope="module", params=[("zh", False), ("en", True)], ids=["Chinese, light", "English, dark"])
def toured(request, browser: Browser, address: str, folder: Path) -> Tour:
    language, dark = request.param
    noted = Tour()
    with visiting(browser, address, dark=dark) as visit:
        page = visit.page
        for number, stop in enumerate(tour(visit, language, to_add(folder))):
            noted.stops.append(stop)
            on_phone = number % 2 == (language == "en")
            for size, is_dark in ((_WIDE, dark), *([(_PHONE, not dark)] if on_phone else [])):
                page.set_viewport_size(size)
                page.emulate_media(color_scheme="dark" if is_dark else "light")
                page.wait_for_timeout(150)  # for what fades in
                visit.shoot(f"axe-{stop}-{language}-{size['width']}")
                noted.violations += [f"{stop} at {size['width']}: {told}" for told in audit(page)]
            page.set_viewport_size(_WIDE)
            page.emulate_media(color_scheme="dark" if dark else "light")
        noted.hosts, noted.faults = visit.hosts, visit.faults
    return noted


def test_nothing_shown_fails_the_checks_of_axe(toured: Tour):
    assert not toured.violations, "\n".join(toured.violations)


def test_a_whole_tour_asks_this_machine_alone_and_nothing_breaks(toured: Tour):
    assert tuple(toured.stops) == STOPS
    assert toured.hosts == {"127.0.0.1"}
    assert not toured.faults


@pytest.mark.parametrize(("language", "dark"), [("zh", True), ("en", False)])
@pytest.mark.parametrize("problem", [None, *login.Problem])
def test_the_login_passes_the_checks_of_axe(browser: Browser, language: str, dark: bool, problem: login.Problem | None):
    page = browser.new_page(viewport=_PHONE, color_scheme="dark" if dark else "light")
    page.set_content(login.page(language, problem, "anna"))
    assert audit(page) == []
    page.close()
