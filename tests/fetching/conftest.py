"""The server of `pages.py`, started once, empty for each test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pages import Site, certificate, started


@pytest.fixture(scope="session")
def _running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    if not shutil.which("openssl"):
        reason = "the command openssl, which makes a certificate for the tests, is not installed"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    server, site = started(*certificate(tmp_path_factory.mktemp("certificate")))
    yield site
    server.shutdown()
    server.server_close()


@pytest.fixture
def site(_running: Site) -> Site:
    _running.routes.clear()
    _running.asked.clear()
    return _running


@pytest.fixture
def part(tmp_path: Path) -> Path:
    """Where a download goes."""
    return tmp_path / "originals" / "one" / "original.part"
